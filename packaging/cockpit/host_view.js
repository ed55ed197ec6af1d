/* SPDX-License-Identifier: GPL-2.0-or-later */
/* host_view.js - is the host ready to give devices to guests? */

import { banner, el } from "./dom.js";
import { findingsList } from "./findings.js";
import { sortFindings } from "./model.js";
import { setupSections } from "./setup_view.js";
import { ask } from "./tool.js";

function summary(answer) {
	const { failed } = sortFindings(answer.findings);

	if (!answer.ready)
		return banner("refused", "This host is not ready",
			      el("p", null, "Guests with host devices would be refused. The remedies say why " +
				 "and what to do."));
	if (failed.length)
		return banner("note", "This host is ready", el("p", null, "Some of it could be better."));
	return banner("ready", "This host is ready");
}

export async function hostView(argument, again) {
	const answer = await ask(["check", "--verbose"]);

	return [
		el("h1", null, "Host"), summary(answer),
		el("h2", null, "Checks"), findingsList(answer.findings),
		await setupSections(again),
	];
}
