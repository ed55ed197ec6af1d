/* SPDX-License-Identifier: GPL-2.0-or-later */
/* browser.mjs - what the tests of the page in a browser share: a page of a captured host. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { after, before } from "node:test";
import { pathToFileURL } from "node:url";

import { startServer } from "./server.mjs";

const require = createRequire(join(process.env.HD_NODE_MODULES, "x"));
const { chromium } = require("playwright-core");
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const LIMIT_MS = 60000;
const shots = process.env.HD_SCREENSHOTS;	/* a directory, or nothing */

let server, browser;
before(async () => {
	browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: ["--no-sandbox"] });
});
after(async () => {
	await browser?.close();
	await server?.stop();
});

/* Waits until the view of ADDRESS is there, and nothing is still asked. */
export async function go(page, address) {
	await page.evaluate(hash => { window.location.hash = hash; }, address);
	await settled(page);
}

export async function settled(page) {
	await page.waitForFunction(() => window.cockpit.isKnown && document.getElementById("main").dataset.shown ===
				   window.location.hash && !document.querySelector(".busy, main[aria-busy]"));
}

/* Most tests share a page: it loads in half the time where the last one was loaded. */
let shared = null;

/* A test that is ALONE leaves something in its page, such as a clock of its own. */
async function pageFor({ alone = false, viewport = { width: 1200, height: 900 }, colorScheme = "light",
			 permissions = [] }) {
	const page = (alone ? null : shared) ?? await browser.newPage();

	if (!alone)
		shared = page;
	page.setDefaultTimeout(LIMIT_MS);
	await page.setViewportSize(viewport);
	await page.emulateMedia({ colorScheme });
	await page.context().clearPermissions();
	await page.context().grantPermissions(permissions);
	return page;
}

/* Ends what the page shows, with the monitor that it follows. */
async function leave(page) {
	for (const event of ["pageerror", "console"])
		page.removeAllListeners(event);
	/* What the page asked for last may still be on its way through a route of the test. */
	await page.unrouteAll({ behavior: "ignoreErrors" });
	if (page === shared)
		await page.goto("about:blank");
	else
		await page.close();
}

/* Runs CASE with the page at URL. No test may leave an error on the console. */
async function withUrl(url, options, run) {
	const page = await pageFor(options);
	const errors = [];

	page.on("pageerror", error => errors.push(error.message));
	page.on("console", message => message.type() === "error" &&
		!message.text().includes("404") && errors.push(message.text()));
	try {
		await page.goto(url);
		await run(page);
		assert.deepEqual(errors, []);
	} finally {
		await leave(page);
	}
}

/* Runs CASE with the page of HOST in Cockpit at ADDRESS. */
export async function withPage({ host = "workstation", user = "root", address = "/", ...options }, run) {
	server ??= await startServer();
	await withUrl(`${server.url}/hostdevctl/index.html?host=${host}&user=${user}#${address}`, options,
		      async page => {
		await settled(page);
		await run(page);
	});
}

/* Runs CASE with the page that is in the file PATH. */
export function withFile(path, options, run) {
	return withUrl(pathToFileURL(path).href, options, run);
}

/* All commands wait until the function that is returned is called. */
export async function holdAnswers(page, isHeld = () => true) {
	let letGo;
	const released = new Promise(resolve => { letGo = resolve; });

	await page.route("**/spawn", async route => {
		if (isHeld(route.request().postDataJSON().words.join(" ")))
			await released;
		await route.continue();
	});
	return async () => {
		letGo();
		await page.unrouteAll({ behavior: "wait" });
	};
}

export function device(address) {
	return `/device/${encodeURIComponent(address)}`;
}

export function row(page, address) {
	return page.locator("li.device", { has: page.locator("code", { hasText: address }) });
}

export async function shoot(page, name) {
	if (shots)
		await page.screenshot({ path: join(shots, `${name}.png`) });
}

export async function showPlan(page, guest) {
	await page.getByLabel("Guest", { exact: true }).fill(guest);
	await page.getByRole("button", { name: "Show the plan" }).click();
	await page.getByRole("heading", { name: "Plan" }).waitFor();
}

async function violations(page, options) {
	if (await page.evaluate(() => !window.axe))
		await page.evaluate(axe);
	const found = await page.evaluate(only => window.axe.run(only), options);

	return found.violations.map(one => [page.url(), one.id, one.nodes[0].html]);
}

export async function isAccessible(page) {
	assert.deepEqual(await violations(page, {}), []);
}

/* The same of a view that is accessible in light: only colours can differ. */
export async function isAccessibleInDark(page) {
	assert.deepEqual(await violations(page, { runOnly: ["color-contrast", "link-in-text-block"] }), []);
}
