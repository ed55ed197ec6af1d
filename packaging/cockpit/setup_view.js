/* SPDX-License-Identifier: GPL-2.0-or-later */
/* setup_view.js - what would prepare the host, as a diff, and the buttons that do or undo it. */

import { diffLines } from "./diff.js";
import { banner, count, el, say, unseen } from "./dom.js";
import { command, findingsList } from "./findings.js";
import { forget, mayAct } from "./host_data.js";
import { refusal, whileBusy } from "./plan.js";
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

function changes(answer) {
	return [
		el("ul", { class: "changes" }, answer.files.map(file), answer.values.map(value),
		   answer.commands.map(started)),
		answer.notes.length ? el("ul", null, answer.notes.map(note => el("li", null, note))) : null,
	];
}

function isEmpty(answer) {
	return !answer.files.length && !answer.values.length && !answer.commands.length;
}

async function apply(deed, place, again) {
	const answer = await act(deed.act, []);

	forget();
	if (answer.error || !answer.applied) {
		place.replaceChildren(...[refusal(deed.failed, answer),
					  answer.findings?.length ? findingsList(answer.findings) : null]
			.flat().filter(Boolean));
		say(deed.failed);
		return;
	}
	place.replaceChildren(banner("ready", deed.done, el("ul", null, answer.done.map(text =>
						el("li", null, text)))),
			      el("p", null, el("button", { type: "button", onclick: again }, "Check again")));
	say(deed.done);
}

async function show(deed, place, again) {
	const answer = await act(deed.plan, []);
	const button = el("button", { type: "button", class: "primary" }, deed.button);

	if (answer.error || answer.findings.length) {
		place.replaceChildren(...[refusal(deed.refused, answer), findingsList(answer.findings)]
			.flat().filter(Boolean));
		say(deed.refused);
		return;
	}
	if (isEmpty(answer)) {
		place.replaceChildren(...[banner("ready", deed.nothing), changes(answer)].flat().filter(Boolean));
		say(deed.nothing);
		return;
	}
	button.addEventListener("click", () => whileBusy(place, deed.busy, () => apply(deed, place, again)));
	place.replaceChildren(...[changes(answer),
				  command(commandLine(deed.act)),
				  el("p", { class: "buttons" }, button)].flat().filter(Boolean));
	say("This is the plan");
	button.focus();
}

/* --revert acts by itself: only --dry-run makes a plan of it. */
const PREPARE = {
	plan: ["setup"], act: ["setup", "--apply"],
	button: "Prepare the host", busy: "Preparing the host",
	nothing: "There is nothing that hostdevctl would change", done: "The host was prepared",
	refused: "The host cannot be prepared", failed: "The host was not prepared",
};

const REVERT = {
	plan: ["setup", "--revert", "--dry-run"], act: ["setup", "--revert"],
	button: "Undo the preparation", busy: "Undoing the preparation",
	nothing: "There is nothing to undo", done: "The preparation was undone",
	refused: "The preparation cannot be undone", failed: "The preparation was not undone",
};

/* The section of the host's view: two buttons, and the place of what they would change. */
export function setupSection(again) {
	const place = el("div", { id: "setup" });
	const open = (label, deed) => el("button", {
		type: "button", disabled: !mayAct(),
		onclick: () => whileBusy(place, "Asking what would change", () => show(deed, place, again)),
	}, label);

	return [
		el("h2", null, "Preparation"),
		el("p", null, "Kernel parameters and modules that passthrough needs. Each button shows first " +
		   "what it would change."),
		el("p", { class: "buttons" }, open("Prepare…", PREPARE), open("Undo…", REVERT)),
		place,
		mayAct() ? null : el("p", { class: "dim" }, "To see and do it, turn on administrative access."),
	];
}
