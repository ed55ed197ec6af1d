/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * whole_way.mjs - a person at the page in Cockpit, on a host that really gives devices to guests.
 *
 * whole_way.mjs ADDRESS LIMIT_S FREE USED PICTURES: gives the device FREE to the guest g1, starts and stops
 * the guest, and takes the device back; is refused USED, whose disk is mounted. Cockpit itself runs virsh
 * on that host. Pictures of each step go to the directory PICTURES.
 */
import assert from "node:assert/strict";
import { join } from "node:path";

import { inCockpit } from "./real.mjs";

const [, , address, limit, free, used, pictures] = process.argv;
const LIMIT_MS = limit * 1000;

let taken = 0;
async function shoot(page, name) {
	await page.screenshot({ path: join(pictures, `cockpit-${++taken}-${name}.png`) });
}

function say(text) {
	console.log(`${Math.round(performance.now() / 1000)} s: ${text}`);
}

/* What a terminal of that host would print. */
async function runThere(page, ...words) {
	const frame = page.frames().find(one => one.url().includes("/hostdevctl/"));
	/* The browser's protocol does not wait for Cockpit's own kind of promise. */
	const out = await frame.evaluate(async all =>
		await window.cockpit.spawn(all, { superuser: "require", err: "out" }), words);

	say(`${words.join(" ")}: ${out.trim()}`);
	return out.trim();
}

async function driverOf(page, device) {
	return (await runThere(page, "readlink", `/sys/bus/pci/devices/${device}/driver`)).split("/").at(-1);
}

function row(frame, device) {
	return frame.locator("li.device", { has: frame.locator("code", { hasText: device }) });
}

async function openDevices(frame) {
	await frame.locator("nav").getByRole("link", { name: "Devices", exact: true }).click();
	await frame.getByRole("heading", { name: "Devices", level: 1 }).waitFor();
}

async function openDevice(frame, device) {
	await openDevices(frame);
	await row(frame, device).getByRole("link").first().click();
	await frame.getByRole("heading", { name: "Checks" }).waitFor();
}

async function showPlan(frame, device, guest) {
	await openDevice(frame, device);
	await frame.getByRole("link", { name: "Give to a guest…" }).click();
	await frame.getByLabel("Guest", { exact: true }).fill(guest);
	await frame.getByRole("button", { name: "Show the plan" }).click();
	await frame.getByRole("heading", { name: "Plan" }).waitFor();
}

async function give(frame, page) {
	await row(frame, free).getByText("Ready", { exact: true }).waitFor();
	say("the page is there");
	await shoot(page, "devices");
	await showPlan(frame, free, "g1");
	await frame.getByText("The checks allow it").first().waitFor();
	await shoot(page, "plan");
	await frame.getByRole("button", { name: "Give to g1" }).click();
	await frame.getByText("The device was given to g1").first().waitFor();
	await shoot(page, "given");
	assert.equal(await driverOf(page, free), "nvme");
}

/* The list follows both without a reload. */
async function startAndStop(frame, page) {
	await openDevices(frame);
	await row(frame, free).locator(".badge.guest", { hasText: "g1" }).first().waitFor();
	await runThere(page, "virsh", "start", "g1");
	await row(frame, free).getByText("In a guest", { exact: true }).waitFor();
	await shoot(page, "running");
	assert.equal(await driverOf(page, free), "vfio-pci");
	await runThere(page, "virsh", "destroy", "g1");
	await row(frame, free).getByText("Ready", { exact: true }).waitFor();
	assert.equal(await driverOf(page, free), "nvme");
}

async function takeBack(frame, page) {
	await openDevice(frame, free);
	await frame.getByRole("button", { name: "Take from g1…" }).click();
	await frame.getByRole("button", { name: "Take it now" }).click();
	await frame.getByRole("button", { name: "Take from g1…" }).waitFor({ state: "detached" });
	await shoot(page, "taken-back");
	assert.doesNotMatch(await runThere(page, "virsh", "dumpxml", "--inactive", "g1"), /<hostdev/);
}

async function refused(frame, page) {
	await showPlan(frame, used, "g1");
	const plan = frame.locator("#plan");

	await plan.locator(".banner.refused", { hasText: "Refused" }).waitFor();
	assert.match(await plan.innerText(), /storage-free[^]*nvme\d+n1[^]*\/run\/lab-mnt/);
	assert.equal(await frame.getByRole("button", { name: "Give to g1" }).isDisabled(), true);
	await shoot(page, "refused");
	await openDevices(frame);
	assert.match(await row(frame, used).innerText(), /In use[^]*nvme\d+n1[^]*\/run\/lab-mnt/);
	await shoot(page, "in-use");
}

await inCockpit(address, LIMIT_MS, async (frame, page) => {
	await frame.getByRole("heading", { name: "Devices", level: 1 }).waitFor();
	await give(frame, page);
	await startAndStop(frame, page);
	await takeBack(frame, page);
	await refused(frame, page);
});
