/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_guests.mjs - what is about one guest, or left of one, in a browser. */
import assert from "node:assert/strict";
import { test } from "node:test";

import { go, isAccessible, settled, shoot, withPage } from "./browser.mjs";
import { asked } from "./server.mjs";

/* What `hostdevctl status` prints after a hook was killed. */
const LEFT = { device: "0000:03:10.4", held_for: "guest", guest: "router", since: null, driver: "vfio-pci",
	       before: "igbvf", state: "unfinished", detail: "unfinished: run 'hostdevctl recover'" };
const RECOVERED = { api_level: 1, given_back: 1, in_use: 0, steps: [], notes: [] };

test("what a crash left behind is given back", () => withPage({ address: "/explain" }, async page => {
	const answers = { status: { api_level: 1, held: [LEFT], notes: [] }, recover: RECOVERED };
	const words = [];

	await page.route("**/spawn", async route => {
		const all = route.request().postDataJSON().words, answer = answers[all[1]];

		words.push(all.join(" "));
		return answer ? route.fulfill({ json: { status: answer.error ? 4 : 0, out: JSON.stringify(answer) } }) :
			route.continue();
	});
	await go(page, "/held");
	await page.getByRole("button", { name: "Give back what was left…" }).click();
	const plan = page.locator("#recovery");

	assert.match(await plan.innerText(), /0000:03:10.4 of guest router: unfinished[^]*hostdevctl recover/);
	assert.equal(await page.evaluate(() => document.activeElement.id), "recovery");
	assert.equal(words.some(one => one.includes(" recover ")), false);
	await isAccessible(page);
	await shoot(page, "left-behind");
	answers.recover = { ...RECOVERED, given_back: 0, error: "some devices could not be given back" };
	await plan.getByRole("button", { name: "Give back all of it" }).click();
	await plan.locator(".banner.refused", { hasText: "some devices could not be given back" }).waitFor();
	answers.recover = { ...RECOVERED, in_use: 1 };
	await page.getByRole("button", { name: "Give back what was left…" }).click();
	await plan.getByRole("button", { name: "Give back all of it" }).click();
	await page.locator("#done .banner.warning", { hasText: "but for 1 step" }).waitFor();
	await settled(page);
	answers.recover = RECOVERED;
	answers.status.held = [];
	await page.getByRole("button", { name: "Give back what was left…" }).click();
	await plan.getByRole("button", { name: "Give back all of it" }).click();
	await page.locator("#done", { hasText: "What was left behind was given back" }).waitFor();
	await page.getByText("No device is held").waitFor();
	assert.equal(words.filter(one => one.includes(" recover ")).at(-1), "hostdevctl recover --json");
}));

test("what comes back to a guest when it is plugged in again", () => withPage({ address: "/replug/test" },
									    async page => {
	await page.locator(".banner.note", { hasText: "no running guest 'test' has <hd:usb replug='yes'>" }).waitFor();
	await isAccessible(page);
	asked.length = 0;
	await page.getByRole("button", { name: "Let it come back: usb:1-6" }).click();
	await page.getByRole("button", { name: "Let it come back", exact: true }).waitFor();
	assert.match(await page.locator(".plan:not(:empty)").innerText(),
		     /would get what is plugged in[^]*hostdevctl replug --enable test usb:1-6/);
	await shoot(page, "replug");
	await page.getByRole("button", { name: "Let it come back", exact: true }).click();
	await page.locator("#done", { hasText: "The guest was changed" }).waitFor();
	assert.deepEqual(asked.filter(words => words.includes("--enable")),
			 ["hostdevctl replug --enable --dry-run --json -- test usb:1-6",
			  "hostdevctl replug --enable --json -- test usb:1-6"]);
	await settled(page);
	await page.getByRole("button", { name: "No longer: usb:1-6" }).click();
	await page.locator(".plan:not(:empty)", { hasText: "hostdevctl replug --disable test usb:1-6" }).waitFor();
	assert.equal(await page.getByRole("button", { name: /usb:usb1/ }).count(), 0);
}));

/* Of two devices, one cannot go: that is no success. */
test("what comes back in part is a warning", () => withPage({ address: "/explain" }, async page => {
	const answer = verb => ({ api_level: 1, ready: false, changed: true, findings: [],
				  notes: [`guest 'game': usb:1-2 ${verb}`,
					  "guest 'game': usb:1-3 is refused: usb-free"] });

	await page.route("**/spawn", async route => {
		const { words } = route.request().postDataJSON();

		await (words[1] !== "replug" ? route.continue() : route.fulfill({ json: { status: 1,
			out: JSON.stringify(answer(words.includes("--dry-run") ? "would be added" : "is added")) } }));
	});
	await go(page, "/replug/game");
	await page.locator("main .banner.warning", { hasText: /Not all devices[^]*usb:1-3 is refused/ }).waitFor();
	await page.getByRole("button", { name: "Give what is plugged in…" }).click();
	await page.locator(".plan .banner.warning", { hasText: /Only a part[^]*usb:1-2 would be added/ }).waitFor();
	await shoot(page, "replug-part");
	await page.getByRole("button", { name: "Give it now" }).click();
	await page.locator("#done .banner.warning", { hasText: /Done in part[^]*usb:1-3 is refused/ }).waitFor();
	assert.equal(await page.locator("#done .banner.ready").count(), 0);
	await isAccessible(page);
}));

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
