/* SPDX-License-Identifier: GPL-2.0-or-later */
/* plan.js - how does a plan look, and what is shown while hostdevctl works? */

import { banner, el, forgetDone, put, say } from "./dom.js";
import { findingsList } from "./findings.js";
import { age } from "./host_data.js";
import { refuses } from "./model.js";
import { ToolError } from "./tool.js";

const KNOBS = {
	"pci-driver": "driver of", "managed-driver": "driver of", "unloaded-driver": "driver of",
	"kernel-module": "module", unit: "service", "card-idle": "users of", "card-answers": "answer of",
	vtconsole: "text consoles on", framebuffer: "boot screen",
};

/* "vfio-pci:vfio-pci" is a driver and its override, as hostdevctl's own texts have it. */
function stateWords(knob, state) {
	const text = knob === "pci-driver" ? (state ?? "-").split(":")[0] : state ?? "-";

	if (text === "-")
		return "no driver";
	return text === "*" ? "its host driver" : el("code", null, text);
}

function step(one) {
	return el("li", null, `${KNOBS[one.knob] ?? one.knob} `, el("code", null, one.target), ": ",
		  stateWords(one.knob, one.from), " → ", stateWords(one.knob, one.to),
		  one.why && el("span", { class: "dim" }, ` (${one.why})`),
		  one.state !== "planned" && ` – ${one.state.replace("-", " ")}`,
		  one.ms >= 0 && el("span", { class: "dim" }, `, ${(one.ms / 1000).toFixed(1)} s`),
		  one.error && el("div", { class: "bad" }, one.error));
}

/* What would change, or has changed, in order. */
export function planSteps(answer) {
	const steps = answer.steps ?? [], notes = answer.notes ?? [];

	if (!steps.length && !notes.length)
		return el("p", null, "Nothing on the host has to change.");
	return el("div", null,
		  steps.length ? el("ol", { class: "steps" }, steps.map(step)) : null,
		  notes.length ? el("ul", null, notes.map(note => el("li", null, note))) : null);
}

/* The host is not as before, nor as it should be: exit status 4 of hostdevctl. */
const STRANDED = 4;

/* That ANSWER did not do what it should: TITLE, unless it is worse. */
export function refusal(title, answer) {
	const isStranded = answer.exit_status === STRANDED;
	const findings = (answer.findings ?? []).filter(refuses);

	return banner("refused", isStranded ? "The host could not be restored: the administrator must act" :
		      title,
		      answer.error && el("p", null, answer.error),
		      answer.notes?.length ? el("ul", null, answer.notes.map(note => el("li", null, note))) : null,
		      findings.length ? el("p", null, "The checks below say why, and what to do first.") : null);
}

/* The same in PLACE, with the checks that say why. */
export function showRefusal(place, title, answer) {
	put(place, refusal(title, answer), answer.findings?.length ? findingsList(answer.findings) : null);
	say(title);
}

/*
 * Where a plan is shown.  It takes the focus, not its button: an Enter that is held down, or pressed
 * once more, would act before anybody has seen the plan.
 */
export function planPlace(id = null) {
	return el("div", { id, class: "plan", tabindex: "-1", role: "group", "aria-label": "Plan" });
}

/*
 * The button that does what a plan says, which was asked for at the AGE of the host.  If the host
 * has changed since, it is off until there is a new plan.
 */
export function deedButton(label, since, isReady = true) {
	return el("button", { type: "button", class: "primary", disabled: !isReady || since !== age() }, label);
}

/* The plans on the page are old. */
export function stopDeeds() {
	for (const button of document.querySelectorAll(".plan button.primary"))
		button.disabled = true;
}

export function failure(error, again) {
	return banner("refused", "This did not work", el("p", { class: "lines" }, error.message),
		      error instanceof ToolError && el("p", { class: "dim" }, el("code", null, error.command)),
		      again && el("button", { type: "button", onclick: again }, "Try again"));
}

/* "TEXT ... 3 s": what takes longer than a second says so. */
export function spinner(text) {
	const seconds = el("span");
	const node = el("p", { class: "busy" }, el("span", { class: "spinner", "aria-hidden": "true" }),
			text, seconds);
	const start = Date.now();
	const timer = setInterval(() => {
		if (!node.isConnected)
			clearInterval(timer);
		else
			seconds.textContent = ` ${Math.round((Date.now() - start) / 1000)} s`;
	}, 1000);

	return node;
}

/*
 * Shows TEXT in PLACE until WORK has put something else there; a failure is shown there, too.
 * WORK gets a function that says whether its answer is still waited for: whoever empties PLACE
 * does not want it any more.  How a deed has failed is always shown: the host may be changed.
 */
export async function whileBusy(place, text, work, isDeed = false) {
	const waiting = spinner(text);
	const isWanted = () => waiting.parentNode === place;

	forgetDone();
	place.replaceChildren(waiting);
	say(text);
	try {
		await work(isWanted);
	} catch (error) {
		if (!isDeed && !isWanted())
			return;
		place.replaceChildren(failure(error));
		say(error.message);
	}
}
