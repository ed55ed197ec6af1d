/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * visit.mjs - the page in Cockpit itself: the shell, the bridge and the policy are real, and the
 * packages are installed.
 *
 * visit.mjs ADDRESS HOST: looks at all views, and at what follows a change below the directory HOST.
 */
import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

const require = createRequire(join(process.env.HD_NODE_MODULES, "x"));
const { chromium } = require("playwright-core");
const [, , address, host] = process.argv;
const LIMIT_MS = 60000;
const VIEWS = ["Map", "Host", "Held devices", "Hand-over", "Explain an error", "Devices"];

/* Those of Cockpit's own files are not ours. */
function watchErrors(page) {
	const errors = [];

	page.on("console", message => message.type() === "error" &&
		message.location().url.includes("/hostdevctl/") && errors.push(message.text()));
	page.on("pageerror", error => error.stack?.includes("/hostdevctl/") && errors.push(error.message));
	return errors;
}

async function lookAround(frame) {
	for (const view of VIEWS) {
		await frame.locator("nav").getByRole("link", { name: view, exact: true }).click();
		await frame.getByRole("heading", { name: view, level: 1 }).waitFor();
		assert.equal(await frame.getByText("This did not work").count(), 0, view);
		if (view === "Map")
			await frame.locator(".map img").evaluate(image => image.decode());
	}
}

/* A guest is defined, and can be chosen, although nobody has asked to read again. */
async function follow(frame) {
	const folder = join(host, "etc/libvirt/qemu");

	await frame.locator("nav").getByRole("link", { name: "Hand-over" }).click();
	await frame.getByRole("heading", { name: "Hand-over", level: 1 }).waitFor();
	mkdirSync(folder, { recursive: true });
	writeFileSync(join(folder, "newcomer.xml"), "<domain type='kvm'><name>newcomer</name></domain>\n");
	await frame.locator("#guest option", { hasText: "newcomer" }).waitFor({ state: "attached" });
}

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: ["--no-sandbox"] });
try {
	const page = await browser.newPage({ viewport: { width: 1300, height: 900 } });
	const errors = watchErrors(page);
	const frame = page.frameLocator('iframe[name*="/hostdevctl"]');

	page.setDefaultTimeout(LIMIT_MS);
	await page.goto(address);
	await frame.getByText("IOMMU group 1", { exact: true }).waitFor();
	await lookAround(frame);
	await follow(frame);
	assert.deepEqual(errors, []);
} finally {
	await browser.close();
}
