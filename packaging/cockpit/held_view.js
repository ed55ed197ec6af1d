/* SPDX-License-Identifier: GPL-2.0-or-later */
/* held_view.js - which devices are taken from the host, for whom, and how do they come back? */

import { deviceLink } from "./devices_view.js";
import { banner, el } from "./dom.js";
import { devices } from "./host_data.js";
import { canComeBack, holderOf } from "./model.js";
import { ask } from "./tool.js";
import { twoSteps } from "./two_steps.js";

function giveBack(address, again) {
	return twoSteps({
		plan: ["reattach", "--dry-run"], act: ["reattach"], operands: [address],
		label: "Give back…", name: `Give back ${address}`, now: "Give back now",
		busy: "Giving it back", done: `${address} was given back`,
		refused: "It cannot be given back", failed: "It was not given back", after: again,
	});
}

function row(entry, known, again) {
	const device = known.find(one => one.address === entry.device);
	const [button, place] = entry.device && canComeBack(entry) ? giveBack(entry.device, again) : [];

	return el("li", { class: "held" },
		  el("div", { class: "held-what" },
		     el("div", { class: "device-name" }, device ? deviceLink(device) : entry.device,
			el("div", { class: "dim" }, el("code", null, entry.device))),
		     el("div", null, el("div", null, holderOf(entry)),
			entry.since && el("div", { class: "dim" }, `since ${entry.since}`)),
		     el("div", null, el("div", null, entry.state.replace("-", " ")),
			entry.detail && el("div", null, entry.detail),
			el("div", { class: "dim" }, `${entry.driver ?? "no driver"}` +
			   (entry.before ? `, before: ${entry.before}` : ""))),
		     button),
		  place);
}

export async function heldView(again) {
	const [answer, known] = await Promise.all([ask(["status"]), devices()]);
	const { held } = answer;

	return [
		el("h1", null, "Held devices"),
		el("p", null, "What hostdevctl or libvirt took from the host for guests and administrators."),
		held.length ? el("ul", { class: "cards" }, held.map(entry => row(entry, known, again))) :
			banner("ready", "No device is held"),
		(answer.notes ?? []).map(note => el("p", { class: "dim" }, note)),
	];
}
