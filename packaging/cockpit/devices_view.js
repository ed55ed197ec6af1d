/* SPDX-License-Identifier: GPL-2.0-or-later */
/* devices_view.js - which devices has the host, in which groups, and which can go to a guest? */

import { badge, count, el, icon, say, unseen } from "./dom.js";
import { devices } from "./host_data.js";
import { groupsOf, KINDS, matches, STATES } from "./model.js";

export function guestBadge(guest) {
	return el("span", { class: "badge guest" }, icon("guest"), unseen("guest "), guest.name,
		  guest.running && " (running)");
}

/* "0000:01:00.0 -> nvme0n1 -> /srv: mounted" */
export function chain(text) {
	return text.replaceAll(" -> ", " → ");
}

/* The shortest true reason for the verdict; a device's page has all. */
function reason(device) {
	if (device.never)
		return device.never;
	if (device.used_by.length)
		return chain(device.used_by[0]) +
			(device.used_by.length > 1 ? ` and ${device.used_by.length - 1} more` : "");
	return device.needs.length ? `needs ${device.needs.join(", ")}` : null;
}

export function hrefOf(address) {
	return `#/device/${encodeURIComponent(address)}`;
}

export function deviceLink(device) {
	return el("a", { href: hrefOf(device.address) }, device.name ?? device.address);
}

function row(device) {
	const { tone, icon, label } = device.standing;
	const why = reason(device);

	return el("li", { class: "device" },
		  el("div", { class: "device-name" }, deviceLink(device),
		     el("div", { class: "dim" }, el("code", null, device.address), " ", device.class,
			device.nodes?.length && [" ", el("code", null, device.nodes[0])])),
		  el("div", { class: "device-driver" }, unseen("driver "), device.driver ?? "no driver"),
		  el("div", { class: "device-use" }, badge(tone, icon, label),
		     device.guests.map(guestBadge), why && el("div", { class: "reason" }, why)));
}

function section(group, at) {
	const id = `group-${at}`;

	return el("section", { class: "group", "aria-labelledby": id },
		  el("h2", { id }, group.title),
		  el("ul", null, group.devices.map(row)));
}

function choice(label, options, changed) {
	const select = el("select", { "aria-label": label }, el("option", { value: "" }, label),
			  options.map(([value, text]) => el("option", { value }, text)));

	select.addEventListener("change", () => changed(select.value));
	return select;
}

/* The filter outlives the view: who looks at a device and comes back finds the same list. */
const filter = { words: "", state: "", kind: "", parts: false };

function summary(shown, all) {
	const hidden = all.filter(device => device.isPart).length;

	return `${count(shown.length, "device")} of ${all.length}` +
		(filter.parts || !hidden ? "" : `; ${count(hidden, "part")} of the machine not shown`);
}

function tools(changed) {
	const set = name => value => {
		filter[name] = value;
		changed();
	};
	const search = el("input", { type: "search", placeholder: "Search: name, address, driver, guest",
				     "aria-label": "Search devices", value: filter.words });
	const parts = el("input", { type: "checkbox" });
	const kind = choice("All kinds", KINDS, set("kind"));
	const state = choice("All states", STATES, set("state"));

	search.addEventListener("input", () => set("words")(search.value));
	parts.addEventListener("change", () => set("parts")(parts.checked));
	parts.checked = filter.parts;
	kind.value = filter.kind;
	state.value = filter.state;
	return el("div", { class: "tools", role: "search" }, search, state, kind,
		  el("label", null, parts, " Bridges and other parts of the machine"));
}

export async function devicesView() {
	const all = await devices();
	const told = el("p", { class: "dim" });
	const list = el("div", { class: "groups" });
	const draw = () => {
		const shown = all.filter(device => matches(device, filter));

		list.replaceChildren(...groupsOf(shown).map(section));
		if (!shown.length)
			list.append(el("p", null, "No device matches."));
		told.textContent = summary(shown, all);
		return told.textContent;
	};

	draw();
	return [el("h1", null, "Devices"), tools(() => say(draw())), told, list];
}
