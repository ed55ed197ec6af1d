/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_guests.mjs - what is about one guest, or left of one, in a browser. */
import assert from "node:assert/strict";
import { test } from "node:test";

import { go, settled, withPage } from "./browser.mjs";

test("keys choose a guest, and only then show it", () => withPage({ address: "/handover" }, async page => {
	await page.getByLabel("Guest", { exact: true }).focus();
	await page.keyboard.press("ArrowDown");
	await page.keyboard.press("ArrowDown");
	assert.equal(await page.getByLabel("Guest", { exact: true }).inputValue(), "game");
	assert.equal(await page.evaluate(() => window.location.hash), "#/handover");
	await page.keyboard.press("Tab");
	await page.keyboard.press("Enter");
	await page.waitForFunction(() => window.location.hash === "#/handover/game");
	await settled(page);
}));

test("a name is shown without what hides text, and used as it is", () => withPage({ address: "/explain" },
										   async page => {
	const name = "rou\u202eter\u0007";
	const words = [];

	await page.route("**/spawn", async route => {
		words.push(route.request().postDataJSON().words);
		const response = await route.fetch(), { out, ...more } = await response.json();

		await route.fulfill({ json: { out: out.replaceAll('"router"', JSON.stringify(name)), ...more } });
	});
	await go(page, "/held");
	await page.getByRole("button", { name: "Refresh" }).click();
	await page.waitForFunction(() => document.getElementById("main").hasAttribute("aria-busy"));
	await settled(page);
	await go(page, "/handover");
	assert.match(await page.locator("#guest").innerText(), /rou\?ter\?/);
	await page.locator("#guest").selectOption({ label: "rou?ter?" });
	await page.getByRole("button", { name: "Show" }).click();
	await page.locator("main .banner.refused").waitFor();
	assert.ok(words.some(all => all[1] === "handover" && all.at(-1) === name));
	assert.doesNotMatch(await page.locator("body").innerText(), /[\u202e\u0007]/);
}));
