/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_page.mjs - the page in a browser, on captured hosts and with the hostdevctl that was built. */
import assert from "node:assert/strict";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

import {
	device, go, holdAnswers, isAccessible, isAccessibleInDark, row, settled, shoot, showPlan, withPage,
} from "./browser.mjs";
import { asked } from "./server.mjs";

const hosts = readdirSync(join(process.env.SRCDIR, "tests/hosts"))
	.filter(name => name.endsWith(".tree")).map(name => name.replace(".tree", ""));

test("devices by group, with verdict, use and guests", () => withPage({}, async page => {
	const text = address => row(page, address).innerText();

	assert.match(await page.locator("section", { hasText: "IOMMU group 1" }).first().innerText(),
		     /GTX 1080[^]*Audio/);
	assert.match(await text("0000:01:00.0"), /Ready[^]*game/);
	assert.match(await text("0000:00:1f.6"), /In use[^]*eno1 → default route/);
	assert.match(await text("0000:02:00.0"), /Never[^]*the host's root filesystem/);
	assert.match(await text("0000:03:10.4"), /In a guest[^]*router \(running\)/);
	await shoot(page, "devices");
}));

test("search and filters", () => withPage({}, async page => {
	assert.equal(await page.locator("li.device").count(), 19);
	await page.getByLabel("Bridges and other parts").check();
	assert.equal(await page.locator("li.device").count(), 28);
	await page.getByLabel("Search devices").fill("1080 nouveau");
	assert.equal(await page.locator("li.device").count(), 1);
	assert.match(await page.locator("#said").innerText(), /^1 device of 28/);
	await page.getByLabel("Search devices").fill("");
	await page.getByLabel("All states").selectOption("used");
	assert.equal(await row(page, "0000:01:00.0").count(), 0);
	assert.equal(await row(page, "0000:00:1f.6").count(), 1);
	await page.getByLabel("All kinds").selectOption("serial");
	assert.match(await page.locator("main").innerText(), /No device matches/);
	await go(page, device("0000:01:00.0"));
	await page.goBack();
	await settled(page);
	assert.equal(await page.getByLabel("All kinds").inputValue(), "serial");
}));

test("disks of one model are told apart", () => withPage({ host: "scsi-server" }, async page => {
	const disk = address => row(page, address).innerText();

	assert.match(await page.locator("section", { hasText: "SCSI devices" }).innerText(), /INTEL SSDSC2KB24/);
	assert.match(await disk("scsi:2:0:1:0"), /HUS726T4TAL5204[^]*disk \/dev\/sdc/);
	assert.match(await disk("scsi:2:0:2:0"), /HUS726T4TAL5204[^]*disk \/dev\/sdd/);
	await page.getByLabel("All kinds").selectOption("scsi");
	assert.equal(await page.locator("li.device").count(), 8);
	await page.getByLabel("Search devices").fill("sdc");
	assert.equal(await page.locator("li.device").count(), 1);
	await go(page, device("scsi:2:0:1:0"));
	assert.match(await page.locator("main").innerText(), /Device nodes\s+\/dev\/sdc \/dev\/sg3/);
}));

test("a reason that several functions share is told once", () => withPage({
	address: device("0000:01:00.0"),
}, async page => {
	const same = page.locator(".finding", { hasText: "iommu-group-exclusive" });

	assert.equal(await same.count(), 1);
	assert.match(await same.innerText(), /0000:01:00\.0, 0000:01:00\.1/);
}));

test("a device in use, with its chain and its remedy", () => withPage({
	address: device("0000:02:00.0"), permissions: ["clipboard-read", "clipboard-write"],
}, async page => {
	assert.match(await page.locator("main").innerText(),
		     /It never goes to a guest[^]*storage-free[^]*nvme0n1p2[^]*Remedy: /);
	await page.getByRole("button", { name: "Copy the remedy of storage-free" }).click();
	await page.getByText("Copied", { exact: true }).first().waitFor();
	assert.match(await page.evaluate(() => navigator.clipboard.readText()), /choose another device/);
	assert.equal(await page.getByRole("link", { name: "Give to a guest" }).count(), 0);
	await shoot(page, "device-in-use");
}));

test("the plan first, then the button", () => withPage({
	host: "lab-debian13", address: "/give/0000%3A05%3A00.0",
}, async page => {
	asked.length = 0;
	assert.equal(await page.getByLabel("0000:05:00.1").isChecked(), true);
	await showPlan(page, "test");
	assert.match(await page.locator("#plan").innerText(),
		     /driver of 0000:05:00.1: snd_hda_intel → vfio-pci[^]*added to the running guest/);
	assert.equal(await page.getByRole("button", { name: "Give to test" }).isEnabled(), true);
	assert.deepEqual(asked.filter(words => words.includes("attach")),
			 ["hostdevctl attach --dry-run --json -- test 0000:05:00.0 0000:05:00.1"]);
	await shoot(page, "give-plan");
	await page.getByLabel("0000:05:00.1").uncheck();
	assert.equal(await page.getByRole("button", { name: "Give to test" }).count(), 0);
	await page.getByText("More choices").click();
	await page.getByLabel("When").selectOption("--config");
	await showPlan(page, "test");
	await page.getByRole("button", { name: "Give to test" }).click();
	/* libvirt's test driver attaches no host devices: what it says is on the page. */
	await page.locator(".banner.refused").waitFor();
	assert.match(await page.locator(".banner.refused").innerText(),
		     /It was not given to test[^]*0000:05:00.0 cannot be added/);
	assert.equal(asked.at(-1), "hostdevctl attach --config --json -- test 0000:05:00.0");
}));

test("a plan that comes after another choice is not shown", () => withPage({
	host: "lab-debian13", address: "/give/0000%3A05%3A00.0",
}, async page => {
	let letGo, arrived;
	const held = new Promise(resolve => { letGo = resolve; });
	const asks = new Promise(resolve => { arrived = resolve; });

	await page.route("**/spawn", async route => {
		arrived();
		await held;
		await route.continue();
	});
	const answer = page.waitForResponse("**/spawn");

	await page.getByLabel("Guest", { exact: true }).fill("test");
	await page.getByRole("button", { name: "Show the plan" }).click();
	await asks;
	await page.getByLabel("Guest", { exact: true }).fill("other");
	letGo();
	await (await answer).finished();
	await page.evaluate(() => new Promise(resolve => setTimeout(resolve)));
	assert.equal(await page.locator("#plan").innerText(), "");
	await page.unrouteAll();
	await showPlan(page, "test");
	assert.equal(await page.getByRole("button", { name: "Give to test" }).isEnabled(), true);
}));

test("a refused plan leaves the button off and says why", () => withPage({
	host: "lab-debian13", address: "/give/0000%3A04%3A00.0",
}, async page => {
	await showPlan(page, "test");
	assert.equal(await page.getByRole("button", { name: "Give to test" }).isDisabled(), true);
	assert.match(await page.locator("#plan").innerText(),
		     /Refused[^]*network-free[^]*enp4s0[^]*Remedy: [^]*ip route del default/);
	await shoot(page, "give-refused");
	await showPlan(page, "nope");
	assert.match(await page.locator("#plan").innerText(), /'nope' is not a guest/);
	assert.equal(await page.getByRole("button", { name: "Give to nope" }).isDisabled(), true);
}));

test("held devices and the plan that gives them back", () => withPage({ address: "/held" }, async page => {
	const opener = page.getByRole("button", { name: "Give back 0000:03:10.4" });

	await opener.click();
	const now = page.getByRole("button", { name: "Give back now" });

	await now.waitFor();
	assert.match(await page.locator("main").innerText(),
		     /driver of 0000:03:10.4: vfio-pci → its host driver/);
	/* A second Enter must not be the one that acts. */
	assert.equal(await page.evaluate(() => document.activeElement.className), "plan");
	await page.keyboard.press("Enter");
	await shoot(page, "held");
	await page.getByRole("button", { name: "Cancel" }).click();
	assert.equal(await now.count(), 0);
	assert.equal(await opener.isEnabled(), true);
	assert.equal(asked.some(words => words.startsWith("hostdevctl reattach --json")), false);
}));

test("what a guest has can be taken from it", () => withPage({ address: device("0000:03:10.4") },
							     async page => {
	await page.getByRole("button", { name: "Take from router" }).click();
	await page.locator("strong", { hasText: "It cannot be taken from router" }).waitFor();
	assert.equal(await page.getByRole("button", { name: "Take from router" })
		.evaluate(node => node === document.activeElement), true);
	assert.match(await page.locator("main").innerText(), /'router' is not a guest/);
}));

test("the host and what is missing", () => withPage({ host: "intel-iommu-off", address: "/host" },
						    async page => {
	assert.match(await page.locator("main").innerText(),
		     /This host is not ready[^]*iommu-enabled[^]*intel_iommu=off/);
	await shoot(page, "host");
}));

test("a pasted error is explained, and stays text", () => withPage({ address: "/explain" }, async page => {
	const explain = async text => {
		await page.getByLabel("Paste an error").fill(text);
		await page.getByRole("button", { name: "Explain", exact: true }).click();
		await page.waitForFunction(() => document.getElementById("explained")?.childElementCount &&
					   !document.querySelector(".busy"));
	};

	await explain("qemu-system-x86_64: vfio 0000:01:00.0: group 1 is not viable");
	assert.match(await page.locator("main").innerText(),
		     /What is wrong now[^]*iommu-group-viable[^]*still on its host driver/);
	assert.equal(await page.locator("#explained .badge", { hasText: "Usually" }).count(), 0);
	await shoot(page, "explain");
	await explain("vfio-pci 0000:01:00.0: Unable to change power state from D3cold to D0, device inaccessible");
	assert.match(await page.locator("#explained .finding-head", { hasText: "kernel" }).innerText(), /Usually/);
	await explain("qemu: error: <img src=x onerror=\"document.title='run'\"> failed");
	assert.equal(await page.locator("main img").count(), 0);
	assert.match(await page.locator("#explained").innerText(), /<img src=x/);
	await go(page, "/explain/iommu-group-viable");
	assert.match(await page.locator("main").innerText(), /It passes if every other function/);
}));

test("an ordinary user looks and does not touch", () => withPage({ user: "ordinary", address: "/held" },
								 async page => {
	asked.length = 0;
	assert.match(await page.locator("#access").innerText(), /Read-only/);
	assert.equal(await page.getByRole("button", { name: "Give back 0000:03:10.4" }).isDisabled(), true);
	await isAccessible(page);
	await go(page, device("0000:03:10.4"));
	assert.equal(await page.getByRole("button", { name: "Take from router" }).isDisabled(), true);
	await go(page, device("0000:01:00.0"));
	assert.equal(await page.getByRole("link", { name: "Give to a guest" }).count(), 0);
	await go(page, "/give/0000%3A01%3A00.0");
	assert.match(await page.locator("main").innerText(), /turn on administrative access/);
	assert.equal(asked.some(words => /attach/.test(words)), false);
}));

test("an address is never an option", () => withPage({ address: "/device/--sysroot%3D%2Fevil" },
						     async page => {
	assert.equal(asked.at(-1).includes("--json -- --sysroot=/evil") ||
		     asked.at(-2).includes("--json -- --sysroot=/evil"), true);
	assert.match(await page.locator("main").innerText(), /This did not work/);
}));

test("by keyboard alone", () => withPage({}, async page => {
	for (const key of ["Tab", "Tab", "Tab", "Enter"])
		await page.keyboard.press(key);
	await page.getByRole("heading", { name: "Host", level: 1 }).waitFor();
	assert.equal(await page.evaluate(() => document.activeElement.id), "main");
	assert.equal(await page.locator("nav a[aria-current=page]").innerText(), "Host");
}));

const VIEWS = ["/", device("0000:01:00.0"), device("0000:03:00.0"), "/give/0000%3A01%3A00.0", "/host",
	       "/held", "/handover/game", "/replug/test", "/map", "/explain/iommu-group-viable"];
for (const [colorScheme, isFine] of [["light", isAccessible], ["dark", isAccessibleInDark]]) {
	test(`accessible, ${colorScheme}`, () => withPage({ colorScheme }, async page => {
		for (const address of VIEWS) {
			await go(page, address);
			await isFine(page);
			if (address.startsWith("/give")) {
				await showPlan(page, "nope");
				await isFine(page);
			}
		}
		await go(page, "/");
		await shoot(page, `devices-${colorScheme}`);
	}));
}

test("a device that is gone leads back to the others", () => withPage({
	address: device("0000:09:00.0"), viewport: { width: 700, height: 700 },
}, async page => {
	await page.locator("main .banner.refused", { hasText: "the host does not have this device" }).waitFor();
	await page.getByRole("link", { name: "All devices" }).click();
	await page.getByRole("heading", { name: "Devices", level: 1 }).waitFor();
	await settled(page);
	const [button, heading] = await Promise.all([page.getByRole("button", { name: "Refresh" }),
						     page.getByRole("heading", { level: 1 })]
		.map(one => one.boundingBox()));

	assert.ok(button.y + button.height <= heading.y, "they are not in one line");
	assert.ok(button.x + button.width > 600, "it is where it is on a wide screen");
}));

test("on a narrow screen", () => withPage({ viewport: { width: 360, height: 700 } }, async page => {
	for (const address of VIEWS) {
		await go(page, address);
		assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 360, address);
	}
	await go(page, "/");
	await shoot(page, "devices-narrow");
}));

test("4,000 functions", () => withPage({}, async page => {
	const devices = Array.from({ length: 4000 }, (_, n) => ({
		address: `0000:${n.toString(16).padStart(4, "0")}`, kind: "pci", class: "Ethernet controller",
		name: `Virtual Function ${n}`, group: n, driver: "iavf", guests: [], used_by: [],
		needs: [], never: null, verdict: "ready",
	}));

	await page.route("**/spawn", route => route.fulfill({ json: {
		out: JSON.stringify({ devices, guests: [] }), status: 0 } }));
	const start = Date.now();

	await page.getByRole("button", { name: "Refresh" }).click();
	await page.getByText("4000 devices of 4000").waitFor();
	await page.getByText("Virtual Function 3999").scrollIntoViewIfNeeded();
	const ms = Date.now() - start;

	console.log(`# 4,000 functions in ${ms} ms`);
	assert.ok(ms < 20000, `${ms} ms`);
}));

/* What a person waits for: one command beside the monitor, and the modules that index.html names. */
test("the first view asks once, and loads nothing that it does not need", () => withPage({ alone: true },
										     async page => {
	const html = readFileSync(join(process.env.SRCDIR, "packaging/cockpit/index.html"), "utf8");
	const wanted = [...html.matchAll(/(?:href|src)="([a-z_]+\.js)"/g)].map(([, name]) => name);
	const scripts = new Set();

	page.on("request", request => {
		const name = request.url().match(/hostdevctl\/([a-z_]+\.js)$/)?.[1];

		if (name)
			scripts.add(name);
	});
	const letGo = await holdAnswers(page);
	const spawned = page.waitForRequest("**/spawn");

	asked.length = 0;
	await page.reload({ waitUntil: "commit" });
	await spawned;
	/* Now everything else that it would ask for has its time. */
	await page.waitForFunction(() => window.cockpit.isKnown);
	await page.locator(".busy", { hasText: "Asking the host" }).waitFor();
	assert.deepEqual([...scripts].sort(), wanted.sort());
	await letGo();
	await settled(page);
	assert.ok(await page.locator("li.device").count() > 10);
	assert.deepEqual(asked, ["hostdevctl list --long --json"]);
	/* A click does not wait for what was loaded meanwhile. */
	await page.waitForFunction(() => performance.getEntriesByType("resource")
		.some(entry => entry.name.endsWith("/explain_view.js")));
}));

test("a view that cannot be loaded says so", () => withPage({ alone: true }, async page => {
	await page.route("**/host_view.js", route => route.fulfill({ status: 404 }));
	await page.reload();
	await go(page, "/host");
	assert.match(await page.locator("main").innerText(), /This did not work[^]*reload the page/);
}));

test("what is shown before the access is known gets its buttons", () => withPage({
	alone: true, address: "/held",
}, async page => {
	const button = page.getByRole("button", { name: "Give back 0000:03:10.4" });

	await page.goto(page.url().replace("?", "?known=later&"));
	await button.waitFor();
	assert.equal(await button.isDisabled(), true);
	await page.evaluate(() => window.cockpit.know());
	await settled(page);
	assert.equal(await button.isDisabled(), false);
}));

/* Milliseconds until the list of HOST is there, the best of three on a machine that is busy. */
async function loadTime(host) {
	const times = [];

	for (let i = 0; i < 3; i++)
		await withPage({ host }, async page => times.push(await page.evaluate(() => performance.now())));
	return Math.min(...times);
}

test("the first view of the largest host", async () => {
	const sizes = hosts.map(host => [statSync(join(process.env.SRCDIR, "tests/hosts", `${host}.tree`)).size, host])
		.sort(([a], [b]) => a - b).map(([, host]) => host);
	const small = await loadTime(sizes[0]), large = await loadTime(sizes.at(-1));

	console.log(`# the list is there after ${Math.round(large)} ms (${sizes.at(-1)}), ` +
		    `${Math.round(small)} ms (${sizes[0]})`);
	assert.ok(large < 3 * small + 1000, `${large} ms, of a small host ${small} ms`);
});

/* What is asked from now on is asked of HOST, and what was read is forgotten. */
async function moveTo(page, host) {
	await page.evaluate(async name => {
		window.history.replaceState(null, "", `?host=${name}&user=root${window.location.hash}`);
		(await import("/hostdevctl/host_data.js")).forget();
	}, host);
}

test("all views of all hosts", context => withPage({ address: "/held" }, async page => {
	const lists = new Set();

	for (const host of hosts)
		await context.test(host, async () => {
			await moveTo(page, host);
			for (const [address, heading] of [["/", "Devices"], ["/map", "Map"], ["/host", "Host"],
							  ["/held", "Held devices"]]) {
				await go(page, address);
				await page.getByRole("heading", { name: heading, level: 1 }).waitFor();
				if (address === "/")
					lists.add(await page.locator("main").innerText());
			}
		});
	/* Some hosts differ in their boot files alone. */
	assert.ok(lists.size > hosts.length / 2, `${lists.size} lists`);
}));
