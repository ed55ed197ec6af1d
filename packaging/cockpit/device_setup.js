/* SPDX-License-Identifier: GPL-2.0-or-later */
/* device_setup.js - what of a device is set up for each boot: its virtual functions, its driver. */

import { el } from "./dom.js";
import { mayAct } from "./host_data.js";
import { planPlace } from "./plan.js";
import { changeButton, showChanges, subject } from "./setup.js";

function vfsDeed(device, form) {
	const chosen = new FormData(form), n = chosen.get("number");

	return subject("vfs", chosen.get("no-probe") ? ["--no-probe"] : [], [device.address, n], {
		button: n === "0" ? "Remove the virtual functions" : `Have ${n} virtual functions`,
		busy: "Changing the virtual functions", nothing: "They are as they should be already",
		done: "The virtual functions were changed",
		refused: "The virtual functions cannot be changed",
		failed: "The virtual functions were not changed",
	});
}

function virtualFunctions(device, again) {
	if (!device.vfs?.total)
		return null;
	const place = planPlace();
	const form = el("form", { class: "give" },
			el("label", { for: "vfs" }, `Number, of ${device.vfs.total}`),
			el("input", { id: "vfs", name: "number", type: "number", min: 0, required: true,
				      max: device.vfs.total, value: device.vfs.used ?? 0 }),
			el("label", null, el("input", { type: "checkbox", name: "no-probe", value: "on" }),
			   " Keep the host's drivers off them"),
			el("p", { class: "buttons" },
			   el("button", { type: "submit", disabled: !mayAct() }, "Change…")));

	form.addEventListener("input", () => place.replaceChildren());
	form.addEventListener("submit", event => {
		event.preventDefault();
		showChanges(vfsDeed(device, form), place, again);
	});
	return [el("h2", null, "Virtual functions"), form, place];
}

const BIND = {
	button: "Bind it at each boot", busy: "Setting up the boot",
	nothing: "It goes to VFIO at each boot already", done: "It goes to VFIO at each boot",
	refused: "It cannot go to VFIO at boot", failed: "The boot was not changed",
};

const UNBIND = {
	button: "Leave it to the host at boot", busy: "Setting up the boot",
	nothing: "It stays with the host at boot already", done: "It stays with the host at boot",
	refused: "The boot cannot be changed", failed: "The boot was not changed",
};

function atBoot(device, again) {
	if (device.kind !== "pci" || device.verdict === "never")
		return null;
	const place = planPlace();
	const deed = (name, words) => () => subject(name, [], [device.address], words);

	return [
		el("h2", null, "At each boot"),
		el("p", { class: "buttons" }, changeButton("Bind to VFIO…", place, again, deed("bind", BIND)),
		   changeButton("Leave to the host…", place, again, deed("unbind", UNBIND))),
		place,
	];
}

/* The sections of a device's page that set something up, each after it has shown what. */
export function deviceSetup(device, again) {
	return [virtualFunctions(device, again), atBoot(device, again)];
}
