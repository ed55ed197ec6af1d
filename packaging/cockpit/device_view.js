/* SPDX-License-Identifier: GPL-2.0-or-later */
/* device_view.js - what is this device, who uses it, and what do the checks say of it? */

import { deviceSetup } from "./device_setup.js";
import { chain, deviceLink, guestBadge, hrefOf } from "./devices_view.js";
import { badge, banner, el } from "./dom.js";
import { findingsList, remarks } from "./findings.js";
import { devices, mayAct } from "./host_data.js";
import { deviceFrom, refuses } from "./model.js";
import { ask } from "./tool.js";
import { twoSteps } from "./two_steps.js";

function linkText(link) {
	if (!link)
		return null;
	const most = `${link.max_speed} GT/s x${link.max_width}`;
	const now = link.width ? `${link.speed} GT/s x${link.width}` : "down";

	return !link.max_speed || now === most ? now : `${now} (of ${most})`;
}

function addressLink(address) {
	return address && el("a", { href: hrefOf(address) }, address);
}

function vfsText(vfs) {
	return vfs && `${vfs.used ?? "?"} of ${vfs.total}`;
}

function facts(device) {
	const rows = [
		["Class", device.class], ["Driver", device.driver ?? "none"], ["ID", device.id],
		["Subsystem", device.subsystem], ["IOMMU group", device.group],
		["NUMA node", device.numa_node], ["Link", linkText(device.link)],
		["Reset", device.reset?.join(" ")],
		["Virtual functions", vfsText(device.vfs)],
		["Physical function", addressLink(device.physical_function)],
		["Below", addressLink(device.parent)],
		["Serial number", device.serial], ["Device nodes", device.nodes?.join(" ")],
		["Stable path", device.stable],
		["Path in sysfs", device.path],
	];

	return el("dl", null, rows.filter(([, value]) => value || value === 0)
		.map(([name, value]) => el("div", null, el("dt", null, name), el("dd", null, value))));
}

function verdict(device, answer) {
	const errors = answer.findings.filter(refuses);

	if (device.never)
		return banner("warning", "It never goes to a guest", el("p", null, device.never));
	if (!errors.length)
		return banner("ready", "It can go to a guest", remarks(answer.findings));
	return banner("refused", "It cannot go to a guest now", el("p", null,
		      `These checks refuse it: ${[...new Set(errors.map(error => error.id))].join(", ")}.`));
}

function actions(device) {
	const href = `#/give/${encodeURIComponent(device.address)}`;

	if (device.verdict === "never")
		return null;
	if (mayAct())
		return el("p", null, el("a", { class: "button", href }, "Give to a guest…"));
	return el("p", { class: "dim" }, "To give it to a guest, turn on administrative access.");
}

function takeFrom(device, guest, again) {
	return twoSteps({
		plan: ["detach-from", "--dry-run"], act: ["detach-from"],
		operands: [guest.name, device.address],
		label: `Take from ${guest.name}…`, now: "Take it now",
		busy: `Taking it from ${guest.name}`, done: `It was taken from ${guest.name}`,
		refused: `It cannot be taken from ${guest.name}`,
		failed: `It was not taken from ${guest.name}`, after: again,
	});
}

function use(device, again) {
	if (!device.used_by.length && !device.guests.length)
		return null;
	return [
		el("h2", null, "Who uses it"),
		device.guests.map(guest => {
			const [button, place] = takeFrom(device, guest, again);

			return [el("p", null, guestBadge(guest), " ", button), place];
		}),
		device.used_by.length ?
			el("ul", null, device.used_by.map(text => el("li", null, chain(text)))) : null,
	];
}

function others(title, members, known) {
	const rows = members.map(member => {
		const device = known.find(one => one.address === member.address);

		return el("li", null, device ? deviceLink(device) : member.name ?? member.address, " ",
			  el("code", null, member.address), " ",
			  device && badge(device.standing.tone, device.standing.icon, device.standing.label));
	});

	return members.length ? [el("h2", null, title), el("ul", { class: "members" }, rows)] : null;
}

export async function deviceView(address, again) {
	const [answer, known] = await Promise.all([ask(["show", "--verbose"], [address]), devices()]);
	const device = deviceFrom(answer.device);
	const members = answer.group_members.filter(member => member.address !== device.address);

	return [
		el("a", { href: "#/" }, "All devices"),
		el("h1", null, device.name ?? device.address),
		el("p", { class: "dim" }, el("code", null, device.address)),
		verdict(device, answer), actions(device),
		el("div", { class: "columns" },
		   el("div", null, el("h2", null, "Checks"), findingsList(answer.findings)),
		   el("div", null, use(device, again),
		      others(`Also in IOMMU group ${device.group}`, members, known),
		      others("Below it", answer.below, known), deviceSetup(device, again),
		      el("h2", null, "Facts"), facts(device))),
		(answer.notes ?? []).map(note => el("p", { class: "dim" }, note)),
	];
}
