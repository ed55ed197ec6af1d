/* SPDX-License-Identifier: GPL-2.0-or-later */
/* held_view.js - which devices are taken from the host, for whom, and how do they come back? */

import { deviceLink } from "./devices_view.js";
import { banner, count, el, put, sayDone } from "./dom.js";
import { command } from "./findings.js";
import { age, devices, forget, mayAct } from "./host_data.js";
import { canComeBack, holderOf, isLeft } from "./model.js";
import { deedButton, planPlace, planSteps, showRefusal, whileBusy } from "./plan.js";
import { act, ask, commandLine } from "./tool.js";
import { twoSteps } from "./two_steps.js";

function giveBack(address, again) {
	return twoSteps({
		plan: ["reattach", "--dry-run"], act: ["reattach"], operands: [address],
		label: "Give back…", name: `Give back ${address}`, now: "Give back now",
		busy: "Giving it back", done: `${address} was given back`,
		refused: "It cannot be given back", failed: "It was not given back", after: again,
	});
}

async function recover(place, again) {
	const answer = await act(["recover"], []);

	forget();
	if (answer.error) {
		showRefusal(place, "Not everything was given back", answer);
		if (answer.steps?.length)
			place.append(planSteps({ steps: answer.steps }));
		return;
	}
	if (place.isConnected)
		again();
	if (answer.in_use)
		sayDone(`Given back, but for ${count(answer.in_use, "step")}: somebody has the device open`, "warning",
			answer.steps?.length ? planSteps(answer) : null);
	else
		sayDone("What was left behind was given back");
}

function leftLine(entry) {
	return el("li", null, el("code", null, entry.device ?? entry.guest), ` of ${holderOf(entry)}: ${entry.state}`);
}

/*
 * A crash, or a hook that was killed. There is no rehearsal of it: the list says what it is about, and if the
 * host changes after SINCE, only another look helps.
 */
function leftBehind(left, since, again) {
	const place = planPlace("recovery");
	const button = el("button", { type: "button", disabled: !mayAct() }, "Give back what was left…");

	button.addEventListener("click", () => {
		const now = deedButton("Give back all of it", since);
		const cancel = el("button", { type: "button" }, "Cancel");

		cancel.addEventListener("click", () => {
			place.replaceChildren();
			button.focus();
		});
		now.addEventListener("click", () => whileBusy(place, "Giving back what was left",
							      () => recover(place, again), true));
		put(place, el("ul", null, left.map(leftLine)),
		    command(commandLine(["recover"])), el("p", { class: "buttons" }, now, cancel));
		place.focus();
	});
	return left.length ? [
		banner("warning", "Something was left behind",
		       el("p", null, "A start, an end or a command was cut off, or is still under way. What a " +
			  "process has open, or a guest that may be starting needs, stays as it is."),
		       el("p", null, button)),
		place,
	] : null;
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

export async function heldView(argument, again) {
	const since = age();
	const [answer, known] = await Promise.all([ask(["status"]), devices()]);
	const { held } = answer;

	return [
		el("h1", null, "Held devices"),
		el("p", null, "What hostdevctl or libvirt took from the host for guests and administrators."),
		leftBehind(held.filter(isLeft), since, again),
		held.length ? el("ul", { class: "cards" }, held.map(entry => row(entry, known, again))) :
			banner("ready", "No device is held"),
		(answer.notes ?? []).map(note => el("p", { class: "dim" }, note)),
	];
}
