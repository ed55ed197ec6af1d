/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_map_page.mjs - the page of `hostdevctl map --html` in a browser: pointer, search, keys, accessibility. */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";

import { isAccessible, isAccessibleInDark, shoot, withFile } from "./browser.mjs";

const { SRCDIR, BUILDDIR } = process.env;
const place = mkdtempSync(join(tmpdir(), "map."));
after(() => rmSync(place, { recursive: true }));

const pages = new Map();
function pageOf(name, tree) {
	if (!pages.has(name)) {
		const file = join(place, `${name}.html`);

		writeFileSync(file, execFileSync(join(BUILDDIR, "hostdevctl"), ["map", "--html", "--host", tree],
						 { maxBuffer: 1 << 26 }));
		pages.set(name, file);
	}
	return pages.get(name);
}

function hostPage(name) {
	return pageOf(name, join(SRCDIR, "tests/hosts", `${name}.tree`));
}

let big = null;
function bigPage() {
	if (!big) {
		const tree = join(place, "big.tree");

		writeFileSync(tree, execFileSync("awk", ["-v", "N=600", "-f",
			join(SRCDIR, "tests/support/bigtree.awk")], { maxBuffer: 1 << 26 }));
		big = pageOf("big", tree);
	}
	return big;
}

function device(page, address) {
	return page.locator(`.device[data-address="${address}"]`);
}

async function count(page) {
	return page.locator("#count").innerText();
}

for (const [colorScheme, isFine] of [["light", isAccessible], ["dark", isAccessibleInDark]])
	test(`accessible, ${colorScheme}`, () => withFile(hostPage("workstation"), { colorScheme }, async page => {
		await isFine(page);
		await page.getByLabel("unfold").check();
		await device(page, "0000:01:00.0").locator("summary").click();
		await isFine(page);
		await shoot(page, `map-page-${colorScheme}`);
	}));

test("a click unfolds what is known of a device", () => withFile(hostPage("workstation"), {}, async page => {
	const facts = device(page, "0000:01:00.0").getByText("hostdevctl show 0000:01:00.0");

	assert.equal(await facts.isVisible(), false);
	await device(page, "0000:01:00.0").locator("summary").click();
	assert.equal(await facts.isVisible(), true);
	await device(page, "0000:01:00.0").locator("summary").click();
	assert.equal(await facts.isVisible(), false);
}));

test("a search shows what matches, and where it is", () => withFile(hostPage("workstation"), {}, async page => {
	assert.equal(await count(page), "28 of 28 devices");
	await page.getByLabel("Search").fill("NOUVEAU 01:00");
	assert.equal(await count(page), "1 of 28 devices");
	assert.equal(await page.locator(".device:visible").count(), 1);
	assert.equal(await page.locator(".group:visible").count(), 1 + await page.locator(".legend .group").count());
	assert.equal(await page.getByRole("region", { name: "group 1", exact: true }).isVisible(), true);
	await page.getByLabel("Search").fill("0000:03:10.4");
	assert.equal(await device(page, "0000:03:10.4").isVisible(), true);
	await page.getByLabel("Search").fill("");
	assert.equal(await device(page, "0000:03:10.4").isVisible(), false);
	await page.getByLabel("Verdict").selectOption("free");
	/* And what these hang on. */
	assert.equal(await page.locator(".device:visible:not([data-mark=free], :has([data-mark=free]))").count(), 0);
	assert.equal(await device(page, "0000:01:00.0").isVisible(), true);
	await page.getByLabel("Search").fill("nobody has this");
	assert.equal(await count(page), "0 of 28 devices");
}));

test("keys alone", () => withFile(hostPage("workstation"), {}, async page => {
	const focused = () => page.evaluate(() => document.activeElement.closest("[data-address]")?.dataset.address ??
					    document.activeElement.id);

	await page.keyboard.press("/");
	assert.equal(await focused(), "find");
	await page.keyboard.type("nouveau");
	assert.equal(await count(page), "1 of 28 devices");
	await page.keyboard.press("ArrowDown");
	assert.equal(await focused(), "0000:01:00.0");
	await page.keyboard.press("Enter");
	assert.equal(await device(page, "0000:01:00.0").getByText("hostdevctl show 0000:01:00.0").isVisible(), true);
	await page.keyboard.press("Escape");
	assert.equal(await count(page), "28 of 28 devices");
	assert.equal(await page.getByLabel("Search").inputValue(), "");
	const at = await focused();

	await page.keyboard.press("ArrowUp");
	assert.notEqual(await focused(), at);
	await page.keyboard.press("ArrowDown");
	assert.equal(await focused(), at);
}));

test("cards of one model are one box, which unfolds", () => withFile(bigPage(), {}, async page => {
	const fold = page.locator(".equal").first();

	assert.match(await fold.locator("> summary").innerText(),
		     /^\d+ × [^]*each in a group of its own: \d+, \d+[^]*\d+ VFs, \d+ in use/);
	assert.equal(await fold.locator(".device").first().isVisible(), false);
	await fold.locator("> summary").click();
	assert.equal(await fold.locator("section.group").first().isVisible(), true);
	await shoot(page, "map-page-equal");
	await fold.locator("> summary").click();
	const inside = await fold.locator(".device").nth(3).getAttribute("data-address");

	await page.getByLabel("Search").fill(inside);
	assert.equal(await device(page, inside).isVisible(), true);
	await page.getByLabel("Search").fill("");
	await page.getByLabel("unfold").check();
	assert.equal(await page.locator(".device:visible").count(), 600);
}));
