/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_host.mjs - the views that prepare the host, in a browser, and how the page follows the host. */
import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

import { device, go, holdAnswers, isAccessible, settled, shoot, withPage } from "./browser.mjs";
import { asked, directory, endAll, following, tell } from "./server.mjs";

test("the preparation as a diff, then the button", () => withPage({ address: "/host" }, async page => {
	asked.length = 0;
	await page.getByRole("button", { name: "Undo…" }).click();
	await page.locator("strong", { hasText: "There is nothing to undo" }).waitFor();
	await page.getByRole("button", { name: "Prepare…" }).click();
	const button = page.getByRole("button", { name: "Prepare the host" });

	await button.waitFor();
	assert.equal(await page.evaluate(() => document.activeElement.id), "setup");
	assert.match(await page.locator("#setup").innerText(),
		     /modules-load.d\/hostdevctl.conf is created[^]*\+ vfio_pci[^]*iommu=pt/);
	assert.deepEqual(asked.filter(words => words.includes(" setup ")),
			 ["hostdevctl setup --revert --dry-run --json", "hostdevctl setup --json"]);
	await isAccessible(page);
	await page.locator("#setup").scrollIntoViewIfNeeded();
	await shoot(page, "setup");
	await button.click();
	await page.locator("#setup .banner.warning", { hasText: "Done in part: the rest is up to you" }).waitFor();
	assert.match(await page.locator("#setup").innerText(), /boot loader is unknown: add to [^]* by hand: iommu=pt/);
	await page.getByRole("button", { name: "Undo…" }).click();
	await page.getByRole("button", { name: "Undo the preparation" }).click();
	await page.locator("strong", { hasText: "The preparation was undone" }).waitFor();
}));

test("a host that is prepared in full", () => withPage({ host: "lab-debian13", address: "/host" }, async page => {
	await page.getByRole("button", { name: "Prepare…" }).click();
	await page.getByRole("button", { name: "Prepare the host" }).click();
	await page.locator("#setup .banner.ready", { hasText: "The host was prepared" }).waitFor();
}));

test("what only a person can prepare is not done", () => withPage({ host: "vfio-built-in", address: "/host" },
								 async page => {
	await page.getByRole("button", { name: "Prepare…" }).click();
	await page.locator("#setup .banner.warning", { hasText: "this is up to you" }).waitFor();
	assert.match(await page.locator("#setup").innerText(), /by hand: iommu=pt/);
}));

test("virtual functions, seen first", () => withPage({ host: "lab-debian13", address: device("0000:03:00.0") },
						     async page => {
	const number = page.getByLabel("Number, of 4");

	await number.fill("2");
	await page.getByRole("button", { name: "Change…" }).click();
	const button = page.getByRole("button", { name: "Have 2 virtual functions" });

	await button.waitFor();
	assert.match(await page.locator("main").innerText(), /sriov_numvfs: 0 → 2[^]*nvme virt-mgmt/);
	assert.equal(asked.at(-1), "hostdevctl setup vfs --json -- 0000:03:00.0 2");
	await isAccessible(page);
	await number.fill("3");
	assert.equal(await button.count(), 0);
	await number.fill("9");
	asked.length = 0;
	await page.getByRole("button", { name: "Change…" }).click();
	assert.deepEqual(asked, []);
}));

test("virtual functions that a guest has", () => withPage({ address: device("0000:03:00.0") }, async page => {
	await page.getByLabel("Number, of 7").fill("0");
	await page.getByRole("button", { name: "Change…" }).click();
	await page.locator(".plan .banner.refused").waitFor();
	assert.match(await page.locator(".plan").allInnerTexts().then(all => all.join()),
		     /cannot be changed[^]*running guest "router" has 0000:03:10.4/);
}));

test("what goes to VFIO at each boot", () => withPage({ address: device("0000:01:00.0") }, async page => {
	await page.getByRole("button", { name: "Leave to the host…" }).click();
	await page.locator("strong", { hasText: "The boot cannot be changed" }).waitFor();
	await page.getByRole("button", { name: "Bind to VFIO…" }).click();
	await page.getByRole("button", { name: "Bind it at each boot" }).click();
	await page.locator("strong", { hasText: "It goes to VFIO at each boot" }).waitFor();
	await page.getByRole("button", { name: "Leave to the host…" }).click();
	await page.getByRole("button", { name: "Leave it to the host at boot" }).click();
	await page.locator("strong", { hasText: "It stays with the host at boot" }).waitFor();
	assert.equal(asked.at(-1), "hostdevctl setup unbind --apply --json -- 0000:01:00.0");
}));

test("huge pages by size", () => withPage({ host: "amd-server", address: "/host" }, async page => {
	await page.getByLabel("Size in all").fill("4G");
	await page.getByRole("button", { name: "Huge pages…" }).click();
	await page.getByRole("button", { name: "Provide huge pages" }).waitFor();
	assert.match(await page.locator("#pages").innerText(),
		     /hugepages-2048kB.conf is created[^]*nr_hugepages: 0 → /);
	assert.equal(asked.at(-1), "hostdevctl setup hugepages --json -- 4G");
	await page.locator("#pages").scrollIntoViewIfNeeded();
	await shoot(page, "huge-pages");
}));

test("what a hand-over ends, and what it waits for", () => withPage({
	host: "one-card-desktop", address: "/handover/win11",
}, async page => {
	const text = await page.locator("main").innerText();

	assert.match(text, /session 2 of eve \(wayland\): it is shown on[^]*gdm.service[^]*firefox \(process 1700\)/);
	assert.match(text, /Last rehearsal or start/);
	assert.match(text, /A start of this guest takes the card/);
	await page.getByLabel("Seconds without the card").fill("3");
	await page.getByLabel("Seconds without the card").press("Enter");
	await page.getByRole("button", { name: "Rehearse now" }).waitFor();
	await page.keyboard.press("Enter");
	assert.match(await page.locator("main").innerText(), /your session/);
	await isAccessible(page);
	await shoot(page, "handover");
	assert.equal(asked.some(words => words.includes("--rehearse")), false);
}));

/* As test_handover.sh sees it: a rehearsal needs a host with a kernel that answers. */
const STEP = { stage: 1, knob: "unit", target: "gdm.service", from: "active", to: "inactive", why: "its session",
	       state: "done", error: null, ms: 1500 };
const RECORD = { api_level: 1, kind: "rehearsal", uuid: "u", guest: "win11", time: "2026-11-29T10:00:00Z",
		 result: "done", reason: null, ms: 2500, steps: [STEP] };

test("the report of the last rehearsal", async () => {
	const reports = join(directory("one-card-desktop"), "var/lib/hostdevctl/handover");
	const uuid = "c7a5fdbd-edaf-9455-926a-d65c16db1809";
	const write = (name, record) => writeFileSync(join(reports, name), JSON.stringify(record));

	mkdirSync(reports, { recursive: true });
	write(`${uuid}.json`, { ...RECORD, uuid });
	write(`${uuid}.back.json`, { ...RECORD, uuid, result: "failed", reason: "it does not answer" });
	await withPage({ host: "one-card-desktop", address: "/handover/win11" }, async page => {
		assert.match(await page.locator("main").innerText(),
			     /Taken in 2.5 s[^]*Done[^]*Given back in 2.5 s[^]*Failed[^]*it does not answer/);
		await page.getByText("1 step", { exact: true }).first().click();
		assert.match(await page.locator("main").innerText(), /service gdm.service: active → inactive[^]*1.5 s/);
	});
});

test("a rehearsal and its report", () => withPage({ host: "one-card-desktop", address: "/handover/win11" },
						  async page => {
	await page.route("**/spawn", async route => {
		const { words } = route.request().postDataJSON();

		if (!words.includes("--rehearse"))
			return route.continue();
		assert.deepEqual(words.slice(1), ["handover", "--rehearse", "--yes", "--json", "--", "win11", "3"]);
		return route.fulfill({ json: { status: 4, out: JSON.stringify({ api_level: 1, held: true, taken: RECORD,
			back: { ...RECORD, result: "stranded", reason: "gdm.service did not start" } }) } });
	});
	await page.getByLabel("Seconds without the card").fill("3");
	await page.getByRole("button", { name: "Rehearse…" }).click();
	await page.getByRole("button", { name: "Rehearse now" }).click();
	await page.getByText("The card is still taken").waitFor();
	assert.match(await page.locator("main").innerText(),
		     /Taken in 2.5 s[^]*Done[^]*Given back in 2.5 s[^]*Not given back[^]*gdm.service did not start/);
	await isAccessible(page);
}));

test("the last failed start of a guest", () => withPage({ address: "/explain" }, async page => {
	const logs = join(directory("workstation"), "var/log/libvirt/qemu");

	mkdirSync(logs, { recursive: true });
	writeFileSync(join(logs, "game.log"), "2026-11-21 10:00:00.000+0000: starting up libvirt version: 11.3.0\n" +
		      "qemu-system-x86_64: vfio 0000:01:00.0: group 1 is not viable\n" +
		      "2026-11-21 10:00:01.000+0000: shutting down, reason=failed\n");
	await page.getByLabel("Last start of a guest").selectOption("game");
	await page.getByRole("button", { name: "Explain its log" }).click();
	await page.locator("#explained li.finding").first().waitFor();
	assert.match(await page.locator("#explained").innerText(), /group 1 is not viable[^]*host driver/);
	await page.getByLabel("Last start of a guest").selectOption("desk");
	await page.getByRole("button", { name: "Explain its log" }).click();
	await page.locator("#explained", { hasText: "guest 'desk' has no log in /var/log/libvirt/qemu" }).waitFor();
}));

test("the map is an image, whatever its names are", () => withPage({ address: "/map" }, async page => {
	const image = page.getByRole("img", { name: "Map of the host" });

	await page.waitForFunction(() => document.querySelector(".map img").naturalWidth > 100);
	await shoot(page, "map");
	await page.route("**/spawn", route => route.fulfill({ json: { status: 0, out:
		"<svg xmlns='http://www.w3.org/2000/svg' width='300' height='9' onload='parent.document.title=1'>" +
		"<script>parent.document.title = 1</script><style>svg { color: red }</style></svg>" } }));
	await page.getByRole("button", { name: "Refresh" }).click();
	await page.waitForFunction(() => document.querySelector(".map img").naturalWidth === 300);
	assert.equal(await image.count(), 1);
	assert.equal(await page.title(), "Map – Host devices");
	assert.equal(await page.locator("main script, main svg script, main style").count(), 0);
}));

const BOUND = { event: "device", action: "bind", kind: "pci", address: "0000:01:00.0", driver: "vfio-pci" };

test("the host changes: the page follows, and the user stays where she is", () => withPage({}, async page => {
	const search = page.getByLabel("Search devices");

	await search.fill("router");
	await search.press("ArrowLeft");
	asked.length = 0;
	tell({ event: "ready", api_level: 1, unwatched: [] }, BOUND, BOUND, { event: "held" });
	await page.waitForFunction(() => document.getElementById("main").hasAttribute("aria-busy"));
	await page.waitForFunction(() => !document.getElementById("main").hasAttribute("aria-busy"));
	assert.deepEqual(asked, ["hostdevctl list --long --json"]);
	assert.equal(await search.inputValue(), "router");
	assert.deepEqual(await search.evaluate(node => [node === document.activeElement, node.selectionStart]),
			 [true, 5]);
}));

test("a plan stays when the host changes, and what is old is said", () => withPage({ address: "/held" },
										   async page => {
	await page.getByRole("button", { name: "Give back 0000:03:10.4" }).click();
	await page.getByRole("button", { name: "Give back now" }).waitFor();
	asked.length = 0;
	tell(BOUND);
	await page.getByText("Something on the host has changed").waitFor();
	assert.deepEqual(asked, []);
	assert.equal(await page.getByRole("button", { name: "Give back now" }).isDisabled(), true);
	await isAccessible(page);
	await page.getByRole("button", { name: "Give back 0000:03:10.4" }).click();
	await page.locator(".plan button.primary:enabled", { hasText: "Give back now" }).waitFor();
	await page.getByRole("button", { name: "Read it again" }).click();
	await page.waitForFunction(() => !document.querySelector("#changed > *, .plan > *"));
	assert.ok(asked.includes("hostdevctl status --json"));
}));

test("what is typed stays", () => withPage({ address: "/host" }, async page => {
	await page.getByText(/checks passed/).click();
	tell(BOUND);
	await page.waitForFunction(() => document.getElementById("main").hasAttribute("aria-busy"));
	await page.waitForFunction(() => !document.getElementById("main").hasAttribute("aria-busy"));
	assert.equal(await page.locator("details").first().getAttribute("open"), "");
	await page.getByLabel("Size in all").fill("4G");
	tell(BOUND);
	await page.getByText("Something on the host has changed").waitFor();
	assert.equal(await page.getByLabel("Size in all").inputValue(), "4G");
}));

function hide(page, hidden) {
	return page.evaluate(is => {
		window.cockpit.hidden = is;
		window.cockpit.dispatchEvent(new Event("visibilitychange"));
	}, hidden);
}

async function until(is) {
	const end = Date.now() + 10000;

	while (!is() && Date.now() < end)
		await new Promise(resolve => setTimeout(resolve, 20));
	assert.ok(is());
}

test("one monitor runs while the page is seen, none while it is hidden", () => withPage({}, async page => {
	await until(() => following() === 1);
	await hide(page, true);
	await until(() => following() === 0);
	await hide(page, false);
	await until(() => following() === 1);
}));

test("a hidden page hears nothing, and reads again when it is seen", () => withPage({ address: "/held" },
										    async page => {
	await hide(page, true);
	asked.length = 0;
	tell(BOUND);
	await go(page, "/held");
	await hide(page, false);
	await page.waitForFunction(() => document.getElementById("main").hasAttribute("aria-busy"));
	await page.waitForFunction(() => !document.getElementById("main").hasAttribute("aria-busy"));
	assert.deepEqual(asked.filter(words => words.includes("status")), ["hostdevctl status --json"]);
}));

test("a view that was left does not come back", () => withPage({ alone: true }, async page => {
	const letGo = await holdAnswers(page);

	await page.clock.install();
	await page.evaluate(() => { window.location.hash = "/host"; });
	await page.locator("nav a[aria-current=page]", { hasText: "Host" }).waitFor();
	await page.evaluate(() => { window.location.hash = "/"; });
	await page.locator("nav a[aria-current=page]", { hasText: "Devices" }).waitFor();
	await page.clock.runFor(1000);
	assert.equal(await page.getByRole("heading", { name: "Devices", level: 1 }).count(), 1);
	await letGo();
	await settled(page);
	assert.equal(await page.getByRole("heading", { name: "Devices", level: 1 }).count(), 1);
}));

test("a plan that is asked for while the page reads again stays", () => withPage({ address: "/held" },
										   async page => {
	const letGo = await holdAnswers(page, words => words.includes(" status "));

	tell(BOUND);
	await page.locator("main[aria-busy]").waitFor();
	await page.getByRole("button", { name: "Give back 0000:03:10.4" }).click();
	await page.getByRole("button", { name: "Give back now" }).waitFor();
	await letGo();
	await page.locator("main:not([aria-busy])").waitFor();
	assert.equal(await page.getByRole("button", { name: "Give back now" }).count(), 1);
	assert.equal(await page.getByText("Something on the host has changed").count(), 1);
}));

test("a plan that was asked for before the host changed does nothing", () => withPage({ address: "/held" },
										   async page => {
	const letGo = await holdAnswers(page, words => words.includes(" reattach "));
	const opener = page.getByRole("button", { name: "Give back 0000:03:10.4" });

	await opener.click();
	await page.locator(".plan .busy").waitFor();
	tell(BOUND);
	await page.getByText("Something on the host has changed").waitFor();
	await letGo();
	await page.getByRole("button", { name: "Give back now" }).waitFor();
	assert.equal(await page.getByRole("button", { name: "Give back now" }).isDisabled(), true);
}));

test("another device at the address is not given", () => withPage({ address: "/give/0000%3A01%3A00.0" },
								   async page => {
	await page.route("**/spawn", async route => {
		const response = await route.fetch(), { out, ...more } = await response.json();

		await route.fulfill({ json: { out: out.replaceAll("GTX 1080", "Other"), ...more } });
	});
	await page.getByLabel("Guest", { exact: true }).fill("game");
	tell(BOUND);
	await page.getByText("Something on the host has changed").waitFor();
	await page.getByRole("button", { name: "Show the plan" }).click();
	await page.locator("#plan strong", { hasText: "Another device is there now" }).waitFor();
	assert.equal(await page.locator("#plan button.primary").count(), 0);
}));

test("events without a pause: one refresh runs, and one waits", () => withPage({ alone: true }, async page => {
	let asks = 0, events = 0;
	const letGo = await holdAnswers(page);
	const event = async ms => {
		events++;
		tell(BOUND);
		await page.waitForFunction(async n => (await import("/hostdevctl/host_data.js")).age() === n, events);
		await page.clock.runFor(ms);
	};

	page.on("request", request => { asks += request.url().endsWith("/spawn"); });
	await page.clock.install();
	for (const ms of [100, 100, 100, 100])
		await event(ms);
	await until(() => asks === 1);
	for (const ms of [300, 300, 300])
		await event(ms);
	assert.equal(asks, 1);
	await letGo();
	await page.locator("main:not([aria-busy])").waitFor();
	await page.clock.runFor(300);
	await until(() => asks === 2);
	await page.locator("main:not([aria-busy])").waitFor();
	await page.clock.runFor(1000);
	assert.equal(asks, 2);
}));

/* Cancelled or not, a command that was given to the host answers WHAT, after a while. */
async function answerLate(page, command, what) {
	let letGo;
	const released = new Promise(resolve => { letGo = resolve; });

	await page.route("**/spawn", async route => {
		if (!route.request().postDataJSON().words.join(" ").startsWith(`hostdevctl ${command}`))
			return route.continue();
		await released;
		return route.fulfill({ json: what });
	});
	return letGo;
}

const DONE = { status: 0, out: JSON.stringify({ api_level: 1, ready: true, findings: [], steps: [], notes: [] }) };

async function giveBack(page) {
	await page.getByRole("button", { name: "Give back 0000:03:10.4" }).click();
	await page.getByRole("button", { name: "Give back now" }).click();
	await page.locator(".plan .busy").waitFor();
}

test("that it is done is said, and the view is read again", () => withPage({ address: "/held" }, async page => {
	const letGo = await answerLate(page, "reattach --json", DONE);

	await giveBack(page);
	asked.length = 0;
	letGo();
	await page.locator("#said", { hasText: "0000:03:10.4 was given back" }).waitFor({ state: "attached" });
	await until(() => asked.includes("hostdevctl status --json"));
	assert.match(await page.locator("#said").innerText(), /was given back/);
	await page.locator("#done .banner.ready", { hasText: "0000:03:10.4 was given back" }).waitFor();
	await page.locator("main:not([aria-busy])").waitFor();
	const edge = place => page.locator(place).evaluate(node => node.getBoundingClientRect().left);

	assert.equal(await edge("#done .banner"), await edge("main h1"));
	await isAccessible(page);
	await shoot(page, "done");
	await go(page, "/explain");
	assert.equal(await page.locator("#done").innerText(), "");
}));

test("what is done leaves another view alone", () => withPage({ address: "/held" }, async page => {
	const letGo = await answerLate(page, "reattach --json", DONE);

	await giveBack(page);
	await go(page, "/explain");
	await page.getByLabel("Paste an error").fill("what I type");
	letGo();
	await page.locator("#said", { hasText: "0000:03:10.4 was given back" }).waitFor({ state: "attached" });
	await page.locator("main:not([aria-busy])").waitFor();
	assert.equal(await page.getByLabel("Paste an error").inputValue(), "what I type");
}));

test("how a change has failed is shown, whatever is typed meanwhile", () => withPage({
	host: "lab-debian13", address: device("0000:03:00.0"),
}, async page => {
	const letGo = await answerLate(page, "setup vfs --apply", { status: 70, out: "", err: "It was killed" });

	await page.getByLabel("Number, of 4").fill("2");
	await page.getByRole("button", { name: "Change…" }).click();
	await page.getByRole("button", { name: "Have 2 virtual functions" }).click();
	await page.locator(".plan .busy").waitFor();
	await page.getByLabel("Number, of 4").fill("3");
	letGo();
	await page.locator(".plan .banner.refused", { hasText: "It was killed" }).waitFor();
}));

test("a view that an event has read first starts as any other", () => withPage({ alone: true }, async page => {
	await page.getByLabel("Search devices").focus();
	const letGo = await holdAnswers(page);

	await page.clock.install();
	await page.evaluate(() => { window.location.hash = "/host"; });
	await page.locator("nav a[aria-current=page]", { hasText: "Host" }).waitFor();
	tell(BOUND);
	await page.waitForFunction(async () => (await import("/hostdevctl/host_data.js")).age() === 1);
	await page.clock.runFor(250);
	await letGo();
	await settled(page);
	assert.equal(await page.evaluate(() => document.activeElement.id), "main");
}));

test("the answer to the last question is shown", () => withPage({ address: "/explain" }, async page => {
	const letGo = await holdAnswers(page, words => words.includes("iommu-group-viable"));
	const explain = async text => {
		await page.getByLabel("Paste an error").fill(text);
		await page.getByRole("button", { name: "Explain", exact: true }).click();
	};
	const first = page.waitForResponse(response => response.request().postData()?.includes("group-viable"));

	await explain("iommu-group-viable");
	await explain("rom-file");
	await page.locator("#explained h2", { hasText: "rom-file" }).waitFor();
	await letGo();
	await (await first).finished();
	await page.evaluate(() => new Promise(resolve => setTimeout(resolve)));
	assert.equal(await page.locator("#explained h2", { hasText: "rom-file" }).count(), 1);
}));

test("another monitor follows one that has ended, but not one that ends at once", () => withPage({ alone: true },
												  async page => {
	const end = async ms => {
		endAll();
		await page.waitForFunction(() => window.cockpit.hasEnded);
		await page.evaluate(() => { window.cockpit.hasEnded = false; });
		await until(() => following() === 0);
		asked.length = 0;
		await page.clock.runFor(ms);
	};

	await until(() => following() === 1);
	await page.clock.install();
	await page.clock.pauseAt(Date.now() + 60000);
	await end(10000);
	await until(() => following() === 1);
	await page.clock.runFor(300);
	await until(() => asked.includes("hostdevctl list --long --json"));
	await end(30000);
	await go(page, "/host");
	assert.equal(following(), 0);
}));

test("what a change brings with it is read with its end, and not announced", () => withPage({
	alone: true, address: "/held",
}, async page => {
	const done = await answerLate(page, "reattach --json", DONE);

	await giveBack(page);
	const letGo = await holdAnswers(page, words => words.includes(" status "));

	await page.clock.install();
	done();
	await page.locator("main[aria-busy]").waitFor();
	tell(BOUND);
	await page.waitForFunction(async () => (await import("/hostdevctl/host_data.js")).age() > 0);
	await page.clock.runFor(300);
	letGo();
	await page.locator("main:not([aria-busy])").waitFor();
	await page.waitForFunction(() => !document.querySelector(".plan > *"));
	assert.equal(await page.getByText("Something on the host has changed").count(), 0);
}));
