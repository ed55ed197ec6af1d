/* SPDX-License-Identifier: GPL-2.0-or-later */
/* explain_view.js - what does a message of the kernel, QEMU or libvirt mean on this host? */

import { badge, banner, el, put, say } from "./dom.js";
import { findingsList, prose, remedy } from "./findings.js";
import { guests } from "./host_data.js";
import { whileBusy } from "./plan.js";
import { ask } from "./tool.js";

/* How sure is it?  What has no badge is meant to be certain. */
function sureness(one) {
	if (one.general)
		return badge("note", "note", "In general");
	if (one.partial)
		return badge("note", "note", "In part");
	return one.certain ? null : badge("note", "note", "Usually");
}

function explanation(one) {
	return el("li", { class: "finding" },
		  el("pre", null, one.line),
		  el("div", { class: "finding-head" }, el("b", null, one.speaker),
		     one.harmless && badge("ready", "pass", "Harmless"),
		     one.warning && badge("note", "note", "Warning"),
		     sureness(one),
		     one.count > 1 && el("span", { class: "dim" }, `${one.count} times`)),
		  el("p", null, prose(one.means)),
		  one.problem && el("p", null, one.problem),
		  remedy(one.remedy, "this message"),
		  one.gone && el("p", null, "The checks find nothing of it any more."),
		  one.now?.length ? el("details", null, el("summary", null, "What the checks see now"),
				       findingsList(one.now)) : null);
}

function named(answer) {
	return answer.named?.length ?
		[el("h2", null, "What it names"), el("ul", null, answer.named.map(one =>
			el("li", null, `${one.kind} `, el("code", null, one.value), ": ",
			   one.state ?? (one.here ? "here" : "not on this host"))))] : null;
}

function nothing() {
	return banner("note", "hostdevctl has no answer to that",
		      el("p", null, "Paste the whole message, with the lines before it, as QEMU's log " +
			 "(/var/log/libvirt/qemu) or the journal has it."));
}

function messages(answer) {
	const isEmpty = !answer.explanations.length && !answer.not_understood.length &&
		!answer.wrong.length;

	return [
		answer.wrong.length ? [el("h2", null, "What is wrong now, whatever the text says"),
				       findingsList(answer.wrong)] : null,
		isEmpty ? nothing() : null,
		answer.recovered ? el("p", null, "A later line says that it recovered: ",
				      el("code", null, answer.recovered)) : null,
		answer.explanations.length ?
			el("ul", { class: "findings" }, answer.explanations.map(explanation)) : null,
		answer.not_understood.length ? [
			el("h2", null, "Not understood"),
			el("ul", null, answer.not_understood.map(line =>
				el("li", null, el("code", null, line.line)))),
			answer.not_shown ? el("p", { class: "dim" },
					      `${answer.not_shown} more lines are not understood.`) : null,
		] : null,
		named(answer),
	];
}

function aboutCheck(check) {
	return el("section", { class: "card" },
		  el("h2", null, check.id), el("p", null, el("b", null, `It passes if ${check.title}.`)),
		  el("p", null, prose(check.doc)), remedy(check.remedy, check.id));
}

/* Not a message of this host, but what such a message means in general. */
function aboutMessage(message) {
	return el("section", { class: "card" },
		  el("h2", null, message.id, " ", sureness(message)), el("p", null, prose(message.means)),
		  remedy(message.remedy, message.id));
}

function content(answer) {
	if (answer.check)
		return aboutCheck(answer.check);
	return answer.message ? aboutMessage(answer.message) : messages(answer);
}

/* An answer that comes after the next question is dropped. */
function show(place, answer, isWanted) {
	if (!isWanted())
		return;
	put(place, content(answer));
	say("Explained");
}

async function fill(place, text, isWanted) {
	const isId = /^[a-z0-9-]+$/.test(text);
	const answer = isId ? await ask(["explain"], [text]) :
		await ask(["explain", "--file", "-"], [], `${text}\n`);

	show(place, answer, isWanted);
}

async function fillGuest(place, name, isWanted) {
	/* One word: a name that begins with "-" is not an option. */
	show(place, await ask(["explain", `--guest=${name}`]), isWanted);
}

/* QEMU's log of the guest has why its last start failed. */
function lastStart(names, place) {
	const select = el("select", { id: "guest", name: "guest" },
			  names.map(name => el("option", { value: name }, name)));
	const form = el("form", { class: "give" }, el("label", { for: "guest" }, "Last start of a guest"), select,
			el("p", { class: "buttons" }, el("button", { type: "submit" }, "Explain its log")));

	form.addEventListener("submit", event => {
		event.preventDefault();
		whileBusy(place, "Reading the log", isWanted => fillGuest(place, select.value, isWanted));
	});
	return names.length ? form : null;
}

export async function explainView(text) {
	const area = el("textarea", { id: "message", rows: 6, spellcheck: "false" });
	const button = el("button", { type: "submit", class: "primary" }, "Explain");
	const place = el("div", { id: "explained" });
	const form = el("form", null, el("label", { for: "message" },
					 "Paste an error of QEMU, libvirt or the kernel, or the name of a check"),
			area, el("p", { class: "buttons" }, button));

	form.addEventListener("submit", event => {
		event.preventDefault();
		if (area.value.trim())
			whileBusy(place, "Looking at the message",
				  isWanted => fill(place, area.value.trim(), isWanted));
	});
	if (text) {
		area.value = text;
		await whileBusy(place, "Looking at the message", isWanted => fill(place, text, isWanted));
	}
	return [el("h1", null, "Explain an error"), form, lastStart(await guests(), place), place];
}
