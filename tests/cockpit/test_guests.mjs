/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_guests.mjs - what is about one guest, or left of one, in a browser. */
import assert from "node:assert/strict";
import { test } from "node:test";

import { settled, withPage } from "./browser.mjs";

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
