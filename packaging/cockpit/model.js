/* SPDX-License-Identifier: GPL-2.0-or-later */
/* model.js - what do the answers of hostdevctl mean for the page?  Pure: no DOM, no host. */

/*
 * What a person wants to know first.  TONE is a colour, LABEL the words for it.  A use ends by
 * itself or by its user; other needs take a change of the host.
 */
function standing(device) {
	if (device.guests.some(guest => guest.running))
		return { state: "guest", label: "In a guest", tone: "guest", icon: "guest" };
	if (device.verdict === "ready")
		return { state: "ready", label: "Ready", tone: "ready", icon: "pass" };
	if (device.verdict === "never")
		return { state: "never", label: "Never", tone: "never", icon: "lock" };
	if (device.used_by.length)
		return { state: "used", label: "In use", tone: "refused", icon: "error" };
	return { state: "needs", label: "Needs a fix", tone: "warning", icon: "warning" };
}

export const STATES = [
	["ready", "Ready"], ["used", "In use"], ["needs", "Needs a fix"], ["guest", "In a guest"],
	["never", "Never"],
];

export function deviceFrom(raw) {
	const device = { ...raw };

	device.standing = standing(device);
	/* Bridges, hubs and the like: never given, and nobody's disk or network. */
	device.isPart = device.verdict === "never" && !device.used_by.length;
	device.text = [device.address, device.class, device.name, device.driver, device.id,
		       device.group === null ? "" : `group ${device.group}`, ...device.nodes ?? [],
		       ...device.needs, ...device.used_by, ...device.guests.map(guest => guest.name)]
		.filter(Boolean).join(" ").toLowerCase();
	return device;
}

/* All words must occur. */
export function matches(device, filter) {
	if (device.isPart && !filter.parts)
		return false;
	if (filter.state && device.standing.state !== filter.state)
		return false;
	if (filter.kind && device.kind !== filter.kind)
		return false;
	return filter.words.toLowerCase().split(/\s+/).every(word => device.text.includes(word));
}

/* Each with the heading of those that are in no group. */
export const KINDS = [
	["pci", "PCI", "PCI functions without an IOMMU group"], ["usb", "USB", "USB devices"],
	["serial", "Serial", "Serial ports"], ["mdev", "Mediated", "Mediated devices"],
	["scsi", "SCSI", "SCSI devices"],
];

function headingOf(device) {
	return device.group !== null && device.group !== undefined ? `IOMMU group ${device.group}` :
	       KINDS.find(([kind]) => kind === device.kind)?.[2] ?? "Other devices";
}

/* [{ title, devices }], numbered groups first, each in the order of the list. */
export function groupsOf(devices) {
	const groups = new Map();

	for (const device of devices) {
		const title = headingOf(device);

		if (!groups.has(title))
			groups.set(title, { title, number: device.group ?? Infinity, devices: [] });
		groups.get(title).devices.push(device);
	}
	return [...groups.values()].sort((a, b) => a.number === b.number ? 0 : a.number - b.number);
}

/* What FINDING says, but for the name of what it is about. */
function saying(finding) {
	const { id, verdict, severity, subject, allowed_by: allowedBy, evidence, remedy } = finding;

	return JSON.stringify([id, verdict, severity, allowedBy, ...[evidence, remedy].map(text =>
		subject ? text?.replaceAll(subject, "\0") : text)]);
}

/* A pool of virtual functions fails a check for one reason: it is said once, of all SUBJECTS. */
export function gatherSame(findings) {
	const all = new Map();

	for (const finding of findings) {
		const same = all.get(saying(finding));

		if (!same) {
			all.set(saying(finding), { ...finding, subjects: [finding.subject],
						   commands: [...finding.commands ?? []] });
			continue;
		}
		same.subjects.push(finding.subject);
		same.commands.push(...(finding.commands ?? []).filter(one => !same.commands.includes(one)));
	}
	return [...all.values()];
}

const NAMED = 3;

/* "0000:03:10.0, 0000:03:10.1, 0000:03:10.2 and 35 more" */
export function subjectsText(subjects) {
	const more = subjects.length - NAMED;

	return subjects.slice(0, NAMED).join(", ") + (more > 0 ? ` and ${more} more` : "");
}

const ORDER = { error: 0, warning: 1, note: 2 };

/* What failed, the worst first, and what passed.  An unknown answer counts as failed. */
export function sortFindings(findings) {
	const failed = findings.filter(finding => finding.verdict !== "pass");

	failed.sort((a, b) => ORDER[a.severity] - ORDER[b.severity]);
	return { failed, passed: findings.filter(finding => finding.verdict === "pass") };
}

export function refuses(finding) {
	return finding.verdict !== "pass" && finding.severity === "error";
}

/* "see `dmesg`, then" is "see ", "dmesg" and ", then": every second part is a command. */
export function splitCommands(text) {
	const parts = text.split("`");

	return parts.length % 2 ? parts : [text];
}

/*
 * What one wants to copy of a remedy: its COMMANDS; of a text without any, what is marked in it; or
 * all of it.
 */
export function toCopy(remedy, commands = []) {
	const found = commands.length ? commands : splitCommands(remedy).filter((part, at) => at % 2);

	return found.length ? found.join("\n") : remedy;
}

/* Functions of one PCI card; a virtual function, or a USB port beside it, is a device of its own. */
export function isSameCard(a, b) {
	const isFunction = one => one.kind === "pci" && !one.physical_function;

	return a.address !== b.address && isFunction(a) && isFunction(b) &&
		a.address.slice(0, -1) === b.address.slice(0, -1);
}

/*
 * Is B chosen with A unless the user says otherwise?  Only what hostdevctl takes from the host with
 * A anyway: of another group, a function may be wanted elsewhere.
 */
export function goesAlong(a, b) {
	return isSameCard(a, b) && Number.isInteger(a.group) && a.group === b.group;
}

/*
 * How did it go, or would it go?  "part": something was done, and something refused; notes say what.  Whether
 * the command failed is its exit status, too.
 */
export function outcomeOf(answer) {
	if (answer.ready && !answer.error && !answer.exit_status)
		return "done";
	return answer.changed && !answer.error ? "part" : "failed";
}

const HOLDERS = {
	rehearsal: "a rehearsal", administrator: "the administrator", journal: "a journal",
	other: "not by hostdevctl",
};

/* For whom is it held?  ENTRY is one of `hostdevctl status`. */
export function holderOf(entry) {
	if (!entry.guest)
		return HOLDERS[entry.held_for] ?? entry.held_for ?? "for whom is not known";
	return entry.held_for === "rehearsal" ? `a rehearsal of guest ${entry.guest}` : `guest ${entry.guest}`;
}

/* Not from a guest that runs, and not what is only told of, as the last event of a USB port. */
const RETURNABLE = new Set(["held", "unused", "stuck", "unfinished"]);

/* Nobody is there for whom it is held: `hostdevctl recover` is for that. */
const LEFT = new Set(["stuck", "unfinished"]);

export function isLeft(entry) {
	return LEFT.has(entry.state);
}

export function canComeBack(entry) {
	return RETURNABLE.has(entry.state);
}
