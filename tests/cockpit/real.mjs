/* SPDX-License-Identifier: GPL-2.0-or-later */
/* real.mjs - what visits the page in Cockpit itself: a browser, the frame of the page, and its errors. */
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { join } from "node:path";

const require = createRequire(join(process.env.HD_NODE_MODULES, "x"));
const { chromium } = require("playwright-core");

/* Those of Cockpit's own files are not ours. */
function watchErrors(page) {
	const errors = [];

	page.on("console", message => message.type() === "error" &&
		message.location().url.includes("/hostdevctl/") && errors.push(message.text()));
	page.on("pageerror", error => error.stack?.includes("/hostdevctl/") && errors.push(error.message));
	return errors;
}

/*
 * Runs CASE with the frame of the page at ADDRESS, and with what it is in. Each thing that it waits for
 * may take LIMITMS. The page may leave no error on the console.
 */
export async function inCockpit(address, limitMs, run) {
	const browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: ["--no-sandbox"] });

	try {
		const page = await browser.newPage({ viewport: { width: 1300, height: 900 } });
		const errors = watchErrors(page);

		page.setDefaultTimeout(limitMs);
		await page.goto(address);
		await run(page.frameLocator('iframe[name*="/hostdevctl"]'), page);
		assert.deepEqual(errors, []);
	} finally {
		await browser.close();
	}
}

export async function openView(frame, view) {
	await frame.locator("nav").getByRole("link", { name: view, exact: true }).click();
	await frame.getByRole("heading", { name: view, level: 1 }).waitFor();
}
