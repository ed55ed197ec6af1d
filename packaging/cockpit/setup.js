/* SPDX-License-Identifier: GPL-2.0-or-later */
/* setup.js - what `hostdevctl setup` would change, as a diff, and the button that does it. */

import { diffLines } from "./diff.js";
import { banner, count, el, put, say, unseen } from "./dom.js";
import { command } from "./findings.js";
import { age, forget, mayAct } from "./host_data.js";
import { deedButton, showRefusal, whileBusy } from "./plan.js";
import { act, commandLine } from "./tool.js";

const SIGNS = { "+": "added", "-": "removed" };

function line([sign, text]) {
	if (sign === null)
		return el("div", { class: "dim" }, `(${count(text, "line")})`);
	return el("div", { class: SIGNS[sign] }, SIGNS[sign] && unseen(`${SIGNS[sign]}: `),
		  `${sign} ${text}`);
}

function file(one) {
	const word = one.old === null ? "created" : one.new === null ? "deleted" : "changed";

	return el("li", null, el("code", null, one.path), ` is ${word}`,
		  one.why && el("span", { class: "dim" }, ` (${one.why})`),
		  el("pre", { class: "diff" }, diffLines(one.old, one.new).map(line)));
}

function value(one) {
	return el("li", null, el("code", null, one.path), ": ", el("code", null, one.old ?? "none"), " → ",
		  el("code", null, one.new ?? "none"), one.why && el("span", { class: "dim" }, ` (${one.why})`));
}

function started(one) {
	return el("li", null, "runs ", el("code", null, one.argv.join(" ")),
		  one.why && el("span", { class: "dim" }, ` (${one.why})`));
}

function list(texts) {
	return texts.length ? el("ul", null, texts.map(text => el("li", null, text))) : null;
}

/* Not complete: a person has to do what hostdevctl cannot. */
const PARTLY = "Done in part: the rest is up to you";
const BY_HAND = "hostdevctl changes nothing: this is up to you";

function changes(answer) {
	return [
		el("ul", { class: "changes" }, answer.files.map(file), answer.values.map(value),
		   answer.commands.map(started)),
		list(answer.notes),
	];
}

function isEmpty(answer) {
	return !answer.files.length && !answer.values.length && !answer.commands.length;
}

async function apply(deed, place, again) {
	const answer = await act(deed.act, deed.operands);

	forget();
	if (answer.error || !answer.applied) {
		showRefusal(place, deed.failed, answer);
		return;
	}
	const [tone, title] = answer.complete ? ["ready", deed.done] : ["warning", PARTLY];

	put(place, banner(tone, title, list([...answer.done, ...answer.notes])),
	    el("p", null, el("button", { type: "button", onclick: again }, "Check again")));
	say(title);
}

async function show(deed, place, again, isWanted) {
	const since = age();
	const answer = await act(deed.plan, deed.operands);
	const button = deedButton(deed.button, since);

	if (!isWanted())
		return;
	if (answer.error || answer.findings.length) {
		showRefusal(place, deed.refused, answer);
		return;
	}
	if (isEmpty(answer)) {
		const [tone, title] = answer.complete ? ["ready", deed.nothing] : ["warning", BY_HAND];

		put(place, banner(tone, title), changes(answer));
		say(title);
		return;
	}
	button.addEventListener("click", () => whileBusy(place, deed.busy,
							       () => apply(deed, place, again), true));
	put(place, changes(answer), command(commandLine(deed.act, deed.operands)),
	    el("p", { class: "buttons" }, button));
	say("This is the plan");
	place.focus();
}

/*
 * Shows in PLACE what DEED would change, with the button that does it.  DEED: plan and act, each the
 * words of a command; operands; and the words button, busy, nothing, done, refused, failed.
 */
export function showChanges(deed, place, again) {
	return whileBusy(place, "Asking what would change", isWanted => show(deed, place, again, isWanted));
}

/* A button that shows in PLACE what the deed that DEED() returns would change. */
export function changeButton(label, place, again, deed) {
	return el("button", { type: "button", disabled: !mayAct(),
			      onclick: () => showChanges(deed(), place, again) }, label);
}

/* `hostdevctl setup SUBJECT OPERANDS`; WORDS are those of showChanges(). */
export function subject(name, options, operands, words) {
	const command = ["setup", name, ...options];

	return { plan: command, act: [...command, "--apply"], operands, ...words };
}
