/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * visit.mjs - the page in Cockpit itself: the shell, the bridge and the policy are real, and the
 * packages are installed.
 *
 * visit.mjs ADDRESS HOST: looks at all views, and at what follows a change below the directory HOST.
 */
import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { inCockpit, openView } from "./real.mjs";

const [, , address, host] = process.argv;
const LIMIT_MS = 60000;
const VIEWS = ["Map", "Host", "Held devices", "Hand-over", "Re-plug", "Explain an error", "Devices"];

async function lookAround(frame) {
	for (const view of VIEWS) {
		await openView(frame, view);
		assert.equal(await frame.getByText("This did not work").count(), 0, view);
		if (view === "Map")
			await frame.locator(".map img").evaluate(image => image.decode());
	}
}

/* A guest is defined, and can be chosen, although nobody has asked to read again. */
async function follow(frame) {
	const folder = join(host, "etc/libvirt/qemu");

	await openView(frame, "Hand-over");
	mkdirSync(folder, { recursive: true });
	writeFileSync(join(folder, "newcomer.xml"), "<domain type='kvm'><name>newcomer</name></domain>\n");
	await frame.locator("#guest option", { hasText: "newcomer" }).waitFor({ state: "attached" });
}

await inCockpit(address, LIMIT_MS, async frame => {
	await frame.getByText("IOMMU group 1", { exact: true }).waitFor();
	await lookAround(frame);
	await follow(frame);
});
