/* SPDX-License-Identifier: GPL-2.0-or-later */
/* handover_view.js - the host's only graphics card for a guest: what ends, does it come back? */

import { badge, banner, count, el, put, say } from "./dom.js";
import { command, findingsList, remedy } from "./findings.js";
import { guestChooser } from "./guest_chooser.js";
import { age, guests, mayAct } from "./host_data.js";
import { deedButton, planPlace, planSteps, refusal, showRefusal, whileBusy } from "./plan.js";
import { act, commandLine } from "./tool.js";
import { twoSteps } from "./two_steps.js";

const LONGEST_S = 600, USUAL_S = 10;

function list(title, items) {
	return items.length ?
		[el("h3", null, title), el("ul", null, items.map(item => el("li", null, item)))] : null;
}

function because(text, why) {
	return why ? `${text}: ${why}` : text;
}

function ending(ends) {
	return [
		ends.unknown && banner("warning", "What uses the card is not known", el("p", null, ends.unknown)),
		ends.obstacles.map(one => el("div", { class: "card" }, el("p", null, one.what),
					     remedy(one.remedy, one.what))),
		list("Sessions that end", ends.sessions.map(one => because(one.session, one.why))),
		list("Services that stop", ends.units.map(one => because(one.unit, one.why))),
		list("Programs that end", ends.programs.map(one => `${one.command ?? "?"} (process ${one.pid})` +
			(one.ended_by ? `, with ${one.ended_by}` : ""))),
		list("Modules that are unloaded", ends.modules),
	];
}

function verdict(answer) {
	if (!answer.ready || answer.error)
		return refusal("A start of this guest would be refused", answer);
	if (!answer.handover?.enabled)
		return banner("note", "The hand-over is not enabled: a start that needs it is refused");
	return banner("ready", "A start of this guest takes the card");
}

function setting(guest, isEnabled, sessions, again) {
	const yes = isEnabled ? ["handover", "--disable"] : ["handover", "--enable", "--sessions", sessions];
	const name = isEnabled ? "Disable" : sessions === "end" ? "Enable" : "Enable, but end no session";

	return twoSteps({
		plan: [...yes, "--dry-run"], act: [...yes, "--yes"], operands: [guest],
		label: `${name}…`, now: `${name} now`,
		busy: "Changing the guest", done: "The guest was changed",
		refused: "The guest cannot be changed", failed: "The guest was not changed", after: again,
	});
}

function seconds(ms) {
	return `${(ms / 1000).toFixed(1)} s`;
}

const RESULTS = { done: ["ready", "pass", "Done"], refused: ["refused", "error", "Refused"],
		  failed: ["refused", "error", "Failed"], stranded: ["refused", "error", "Not given back"] };

function record(title, one) {
	return one && [
		el("h3", null, `${title} in ${seconds(one.ms)} `, badge(...RESULTS[one.result])),
		el("p", { class: "dim" }, `${one.kind}, ${one.time}`),
		one.reason && el("p", { class: "bad" }, one.reason),
		el("details", null, el("summary", null, count(one.steps.length, "step")),
		   planSteps({ steps: one.steps })),
	];
}

function report(answer) {
	if (!answer.taken)
		return el("p", { class: "dim" }, answer.error ?? "Nothing is recorded.");
	return [
		answer.held && banner("warning", "The card is still taken"),
		record("Taken", answer.taken), record("Given back", answer.back),
	];
}

async function rehearse(guest, time, place) {
	const answer = await act(["handover", "--rehearse", "--yes"], [guest, time]);

	if (!answer.taken) {
		showRefusal(place, "The rehearsal did not take place", answer);
		return;
	}
	put(place, report(answer));
	say("The rehearsal is over");
}

/* What ends is in the view itself: if the host changes after SINCE, only another look helps. */
function rehearsal(guest, since, isPossible) {
	const place = planPlace();
	const time = el("input", { id: "seconds", type: "number", min: 1, max: LONGEST_S, value: USUAL_S,
				   required: true });
	const form = el("form", { class: "give" }, el("label", { for: "seconds" }, "Seconds without the card"), time,
			el("p", { class: "buttons" },
			   el("button", { type: "submit", disabled: !isPossible }, "Rehearse…")));

	form.addEventListener("input", () => place.replaceChildren());
	form.addEventListener("submit", event => {
		const now = deedButton("Rehearse now", since);

		event.preventDefault();
		now.addEventListener("click", () => whileBusy(place, "Rehearsing: the screen of the host is dark",
							      () => rehearse(guest, time.value, place), true));
		put(place, banner("warning", "All that is listed above ends, also your session if it is one of them",
				  el("p", null, "If the screen of the host stays dark, log in by ssh or another " +
				     "computer's browser and run hostdevctl recover.")),
		    command(commandLine(["handover", "--rehearse", "--yes"], [guest, time.value])),
		    el("p", { class: "buttons" }, now));
		place.focus();
	});
	return [form, place];
}

async function ofGuest(guest, again) {
	const since = age();
	const [answer, last] = await Promise.all([act(["handover"], [guest]),
						  act(["handover", "--report"], [guest])]);
	const isEnabled = answer.handover?.enabled ?? false;
	const isReady = Boolean(answer.ready && !answer.error);

	return [
		verdict(answer), (answer.notes ?? []).map(note => el("p", null, note)),
		answer.handover && [
			el("h2", null, "What ends"), ending(answer.handover),
			el("details", null, el("summary", null, count((answer.steps ?? []).length, "step")),
			   planSteps({ steps: answer.steps })),
			(isEnabled ? [[isEnabled]] : [[isEnabled, "end"], [isEnabled, "refuse"]])
				.map(([is, sessions]) => setting(guest, is, sessions, again)),
			el("h2", null, "Rehearsal"),
			el("p", null, "Takes the card as the start would, holds it, and gives it back."),
			rehearsal(guest, since, isReady && isEnabled),
		],
		el("h2", null, "Last rehearsal or start"), report(last),
		answer.findings?.length ? [el("h2", null, "Checks"), findingsList(answer.findings)] : null,
	];
}

export async function handoverView(guest, again) {
	const intro = [el("h1", null, "Hand-over"),
		       el("p", null, "For a guest that gets the graphics card that the host works with: its start " +
			  "ends what uses the card, and its end brings the host's screen back.")];

	if (mayAct() === false)
		return [intro, banner("note", "To see what would end, turn on administrative access")];
	return [intro, guestChooser("handover", await guests(), guest), guest ? await ofGuest(guest, again) : null];
}
