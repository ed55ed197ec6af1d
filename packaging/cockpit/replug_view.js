/* SPDX-License-Identifier: GPL-2.0-or-later */
/* replug_view.js - which USB devices come back to a guest when they are plugged in again? */

import { deviceLink } from "./devices_view.js";
import { banner, el } from "./dom.js";
import { guestChooser } from "./guest_chooser.js";
import { devices, guests, mayAct } from "./host_data.js";
import { outcomeOf } from "./model.js";
import { act } from "./tool.js";
import { twoSteps } from "./two_steps.js";

function deed(way, operands, words, again) {
	return twoSteps({
		plan: ["replug", ...way, "--dry-run"], act: ["replug", ...way], operands,
		busy: "Changing the guest", done: "The guest was changed", refused: "The guest cannot be changed",
		failed: "The guest was not changed", after: again, ...words,
	});
}

/* By outcomeOf(); a guest that does not run, or asks for nothing, has an error. */
const NOW = {
	done: ["ready", "Devices come back to this guest"],
	part: ["warning", "Not all devices come back to this guest"],
	failed: ["note", "No device comes back to this guest now"],
};

/* What it would get now. */
function now(guest, answer, again) {
	const outcome = outcomeOf(answer), [tone, title] = NOW[outcome];
	const told = banner(tone, title, answer.error && el("p", null, answer.error),
			    el("ul", null, (answer.notes ?? []).map(note => el("li", null, note))));

	if (outcome === "failed")
		return told;
	return [
		told,
		deed([], [guest], { label: "Give what is plugged in…", now: "Give it now", busy: "Looking at the ports",
				    done: "The guest has what is plugged in", refused: "It gets nothing",
				    failed: "It got nothing" }, again),
	];
}

const YES = { label: "Let it come back…", now: "Let it come back" };
const NO = { label: "No longer…", now: "It no longer comes back" };

function device(one, guest, again) {
	const name = one.name ?? one.address;
	const operands = [guest, one.address];
	const ways = [deed(["--enable"], operands, { ...YES, name: `Let it come back: ${one.address}` }, again),
		      deed(["--disable"], operands, { ...NO, name: `No longer: ${one.address}` }, again)];

	return el("li", null,
		  el("div", { class: "what" },
		     el("div", { class: "device-name" }, deviceLink({ ...one, name }),
			el("div", { class: "dim" }, el("code", null, one.address), " ", one.class)),
		     el("div", null, ways.map(([button]) => [button, " "]))),
		  ways.map(([, place]) => place));
}

async function ofGuest(guest, again) {
	const [answer, all] = await Promise.all([act(["replug", "--dry-run"], [guest]), devices()]);
	const usb = all.filter(one => one.kind === "usb" && !/^usb:usb\d+$/.test(one.address));

	return [
		now(guest, answer, again),
		el("h2", null, "All that the guest may start without"),
		el("p", null, "Devices that its definition makes optional (startupPolicy)."),
		deed(["--enable"], [guest], { label: "Let them come back…", now: "Let them come back" }, again),
		deed(["--disable"], [guest], { label: "Nothing comes back…", now: "Nothing comes back" }, again),
		el("h2", null, "One device, or what is behind a hub"),
		usb.length ? el("ul", { class: "cards" }, usb.map(one => device(one, guest, again))) :
			el("p", null, "No USB device is plugged in."),
	];
}

export async function replugView(guest, again) {
	const intro = [el("h1", null, "Re-plug"),
		       el("p", null, "A USB device that was pulled, or reset itself, comes back to a running guest " +
			  "if the guest's metadata asks for it.")];

	if (mayAct() === false)
		return [intro, banner("note", "To see what comes back, turn on administrative access")];
	return [intro, guestChooser("replug", await guests(), guest), guest ? await ofGuest(guest, again) : null];
}
