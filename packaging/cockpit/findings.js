/* SPDX-License-Identifier: GPL-2.0-or-later */
/* findings.js - how do checks look: what failed with its remedy first, what passed folded. */

import { badge, count, el, say, shown } from "./dom.js";
import { gatherSame, sortFindings, splitCommands, subjectsText, toCopy } from "./model.js";

const SEVERITIES = {
	error: ["refused", "error", "Error"],
	warning: ["warning", "warning", "Warning"],
	note: ["note", "note", "Note"],
};

async function toClipboard(text) {
	try {
		await navigator.clipboard.writeText(text);
	} catch {
		/* A browser that Cockpit reaches without TLS has no clipboard API. */
		const area = el("textarea", { class: "unseen", "aria-hidden": "true" });

		area.value = text;
		document.body.append(area);
		area.select();
		document.execCommand("copy");
		area.remove();
	}
}

/* A button that copies TEXT; WHAT names it for those who do not see what it stands beside. */
export function copyButton(text, what) {
	const button = el("button", { type: "button", class: "quiet", "aria-label": `Copy ${what}` },
			  "Copy");

	button.addEventListener("click", async () => {
		/* What is not seen on the page must not reach a terminal. */
		await toClipboard(shown(text));
		button.textContent = "Copied";
		say("Copied");
		setTimeout(() => { button.textContent = "Copy"; }, 2000);
		button.focus();
	});
	return button;
}

/* TEXT as one types it, with a button to copy it. */
export function command(text) {
	return el("div", { class: "command" }, el("code", null, text),
		  copyButton(text, "the command"));
}

/* TEXT with its commands as such. */
export function prose(text) {
	return splitCommands(text).map((part, at) => at % 2 ? el("code", null, part) : part);
}

/* TEXT, to follow and to copy, with its COMMANDS if they are known; WHAT needs it. */
export function remedy(text, what, commands = []) {
	return text &&
		el("div", { class: "remedy" }, el("p", null, el("b", null, "Remedy: "), prose(text)),
		   copyButton(toCopy(text, commands), `the remedy of ${what}`));
}

function failed(finding) {
	const [tone, icon, word] = SEVERITIES[finding.severity];

	return el("li", { class: "finding" },
		  el("div", { class: "finding-head" }, badge(tone, icon, word),
		     el("a", { href: `#/explain/${encodeURIComponent(finding.id)}` }, finding.id),
		     el("span", { class: "dim" }, subjectsText(finding.subjects)),
		     finding.verdict === "unknown" && el("span", null, "(not known: counts as failed)")),
		  finding.evidence && el("p", null, prose(finding.evidence)),
		  remedy(finding.remedy, finding.id, finding.commands),
		  finding.allowed_by && el("p", { class: "dim" }, `Accepted by: ${finding.allowed_by}`));
}

function passed(finding) {
	return el("li", null, el("a", { href: `#/explain/${encodeURIComponent(finding.id)}` }, finding.id),
		  " ", el("span", { class: "dim" }, finding.subject),
		  finding.evidence && el("div", { class: "dim" }, finding.evidence));
}

/* "2 warnings and 1 note" of what does not refuse it. */
export function remarks(findings) {
	const failed = findings.filter(finding => finding.verdict !== "pass");
	const told = ["warning", "note"].map(severity => [failed.filter(one =>
		one.severity === severity).length, severity]).filter(([n]) => n);

	return told.length ? el("p", null, `With ${told.map(([n, word]) => count(n, word)).join(" and ")}.`) :
		null;
}

/* All of FINDINGS, one list each for what failed and what passed. */
export function findingsList(findings) {
	const sorted = sortFindings(findings);

	return [
		sorted.failed.length ? el("ul", { class: "findings" }, gatherSame(sorted.failed).map(failed)) :
			el("p", null, "No check failed."),
		sorted.passed.length ?
			el("details", null,
			   el("summary", null, `${count(sorted.passed.length, "check")} passed`),
			   el("ul", { class: "passed" }, sorted.passed.map(passed))) : null,
	];
}
