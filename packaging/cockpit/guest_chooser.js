/* SPDX-License-Identifier: GPL-2.0-or-later */
/* guest_chooser.js - which guest is a view about? */

import { el } from "./dom.js";

/* A form that goes to the address of VIEW for a guest, CHOSEN now: only its button does, so that keys can choose. */
export function guestChooser(view, names, chosen) {
	const select = el("select", { id: "guest", required: true }, el("option", { value: "" }, "Choose a guest"),
			  names.map(name => el("option", { value: name, selected: name === chosen }, name)));
	const form = el("form", { class: "chooser" }, el("label", { for: "guest" }, "Guest"), select,
			el("button", { type: "submit" }, "Show"));

	form.addEventListener("submit", event => {
		event.preventDefault();
		const hash = `#/${view}/${encodeURIComponent(select.value)}`;

		/* The same guest once more is read again, too. */
		if (window.location.hash === hash)
			window.dispatchEvent(new HashChangeEvent("hashchange"));
		window.location.hash = hash;
	});
	return form;
}
