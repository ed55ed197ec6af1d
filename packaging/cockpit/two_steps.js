/* SPDX-License-Identifier: GPL-2.0-or-later */
/* two_steps.js - a button that shows its plan first, and acts only at a second click. */

import { banner, el, put, say, sayDone } from "./dom.js";
import { command } from "./findings.js";
import { age, forget, mayAct } from "./host_data.js";
import { outcomeOf } from "./model.js";
import { deedButton, planPlace, planSteps, showRefusal, whileBusy } from "./plan.js";
import { act, commandLine } from "./tool.js";

const PARTLY = "Done in part";
const ONLY_PART = "Only a part of it can be done";

async function carryOut(deed, place) {
	const answer = await act(deed.act, deed.operands), outcome = outcomeOf(answer);

	forget();
	if (outcome === "failed") {
		showRefusal(place, deed.failed, answer);
		return;
	}
	/* In another view, that would throw away what the user does there. */
	if (place.isConnected)
		deed.after();
	if (outcome === "part")
		sayDone(PARTLY, "warning", planSteps(answer));
	else
		sayDone(deed.done);
}

/* One thing at a time: OPENER is off until WORK is done. */
async function withoutOpener(opener, place, text, work, isDeed = false) {
	opener.disabled = true;
	await whileBusy(place, text, work, isDeed);
	opener.disabled = false;
	if (document.activeElement === document.body)
		opener.focus();
}

async function showPlan(deed, place, opener) {
	const since = age();
	const plan = await act(deed.plan, deed.operands), outcome = outcomeOf(plan);
	const now = deedButton(deed.now, since);
	const cancel = el("button", { type: "button" }, "Cancel");

	if (outcome === "failed") {
		showRefusal(place, deed.refused, plan);
		return;
	}
	now.addEventListener("click", () => withoutOpener(opener, place, deed.busy,
							  () => carryOut(deed, place), true));
	cancel.addEventListener("click", () => {
		place.replaceChildren();
		opener.focus();
	});
	put(place, outcome === "part" ? banner("warning", ONLY_PART, planSteps(plan)) : planSteps(plan),
	    command(commandLine(deed.act, deed.operands)),
	    el("p", { class: "buttons" }, now, cancel));
	say(outcome === "part" ? ONLY_PART : "This is the plan");
	place.focus();
}

/*
 * [the button, the place of its plan].  DEED: plan and act, each the words of a command, with
 * operands; the words label, name (for those who do not see the row), now, busy, done, refused,
 * failed; after() when it is done.
 */
export function twoSteps(deed) {
	const place = planPlace();
	const button = el("button", { type: "button", disabled: !mayAct(), "aria-label": deed.name },
			  deed.label);

	button.addEventListener("click", () => withoutOpener(button, place, "Asking what would change",
							     () => showPlan(deed, place, button)));
	return [button, place];
}
