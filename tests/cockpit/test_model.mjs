/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_model.mjs - what the page makes of hostdevctl's answers, without a browser. */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";

const page = join(process.env.SRCDIR, "packaging/cockpit");
/* Modules of a page have no package.json that says so to node. */
async function load(name) {
	const text = await readFile(join(page, name), "utf8");

	return import(`data:text/javascript,${encodeURIComponent(text)}`);
}
globalThis.cockpit = { permission: () => ({ allowed: true }) };
const model = await load("model.js");
const tool = await load("tool.js");
const { diffLines } = await load("diff.js");

const NVME = { address: "0000:02:00.0", kind: "pci", class: "Non-Volatile memory controller",
	       name: "SM981", group: 12, driver: "nvme", guests: [],
	       used_by: [], needs: [], never: null, verdict: "ready" };

const STANDINGS = [
	["ready", { verdict: "ready" }],
	["needs", { verdict: "needs", needs: ["vf-parent-up"] }],
	["used", { verdict: "needs", needs: ["storage-free"], used_by: ["nvme0n1 -> /srv: mounted"] }],
	["never", { verdict: "never", never: "the host's root filesystem", used_by: ["/: mounted"] }],
	["guest", { verdict: "needs", guests: [{ name: "router", running: true }] }],
	["ready", { verdict: "ready", guests: [{ name: "router", running: false }] }],
	["needs", { verdict: null }],
];
for (const [want, raw] of STANDINGS) {
	test(`${JSON.stringify(raw)} is ${want}`, () => {
		assert.equal(model.deviceFrom({ ...NVME, ...raw }).standing.state, want);
	});
}

test("parts of the machine are hidden, a disk in use is not", () => {
	const filter = { words: "", state: "", kind: "", parts: false };
	const bridge = model.deviceFrom({ ...NVME, verdict: "never" });
	const root = model.deviceFrom({ ...NVME, verdict: "never", used_by: ["/: mounted"] });

	assert.equal(model.matches(bridge, filter), false);
	assert.equal(model.matches(bridge, { ...filter, parts: true }), true);
	assert.equal(model.matches(root, filter), true);
});

test("all words of a search must occur", () => {
	const filter = { words: "NVME  group 12", state: "", kind: "", parts: false };

	assert.equal(model.matches(model.deviceFrom(NVME), filter), true);
	assert.equal(model.matches(model.deviceFrom(NVME), { ...filter, words: "nvme intel" }), false);
	assert.equal(model.matches(model.deviceFrom(NVME), { ...filter, kind: "usb" }), false);
	assert.equal(model.matches(model.deviceFrom(NVME), { ...filter, state: "used" }), false);
});

test("groups by number, then what has none", () => {
	const list = [{ group: null, kind: "usb" }, { group: 10 }, { group: 2 }, { group: 10 }]
		.map(raw => model.deviceFrom({ ...NVME, ...raw }));

	assert.deepEqual(model.groupsOf(list).map(group => [group.title, group.devices.length]),
			 [["IOMMU group 2", 1], ["IOMMU group 10", 2], ["USB devices", 1]]);
});

test("all kinds that hostdevctl lists can be chosen, and have a heading", async () => {
	const path = join(process.env.SRCDIR, "docs/hostdevctl.schema.json");
	const kinds = JSON.parse(await readFile(path, "utf8")).$defs.device.properties.kind.enum.filter(Boolean);

	assert.deepEqual(model.KINDS.map(([kind]) => kind), kinds);
	for (const kind of kinds)
		assert.notEqual(model.groupsOf([model.deviceFrom({ ...NVME, kind, group: null })])[0].title,
				"Other devices");
});

test("the worst finding first, an unknown one has failed", () => {
	const finding = (severity, verdict) => ({ severity, verdict });
	const { failed, passed } = model.sortFindings([finding("note", "fail"), finding("error", "pass"),
						       finding("error", "unknown"), finding("warning", "fail")]);

	assert.deepEqual(failed.map(one => one.severity), ["error", "warning", "note"]);
	assert.equal(passed.length, 1);
	assert.equal(model.refuses(finding("error", "unknown")), true);
	assert.equal(model.refuses(finding("warning", "fail")), false);
});

test("what many fail for one reason is said once, of all", () => {
	const of = (subject, more) => ({ id: "vf-parent-up", verdict: "fail", severity: "error", subject,
					 evidence: `${subject}: its parent is down`, remedy: `up ${subject}`,
					 commands: [`up ${subject}`, "ip link"], ...more });
	const pool = ["03:10.0", "03:10.1", "03:10.2", "03:10.3", "03:10.4"].map(subject => of(subject));
	const gathered = model.gatherSame([...pool, of("04:00.0", { evidence: "04:00.0: none" }),
					   of("05:00.0", { verdict: "unknown" }), of("")]);

	assert.deepEqual(gathered.map(one => model.subjectsText(one.subjects)),
			 ["03:10.0, 03:10.1, 03:10.2 and 2 more", "04:00.0", "05:00.0", ""]);
	assert.deepEqual(gathered[0].commands, ["up 03:10.0", "ip link", "up 03:10.1", "up 03:10.2", "up 03:10.3",
						"up 03:10.4"]);
});

test("a command that failed has done nothing, or a part", () => {
	const rows = [
		[{ ready: true, exit_status: 0 }, "done"], [{ ready: true, exit_status: 1 }, "failed"],
		[{ ready: true, exit_status: 1, changed: true }, "part"], [{ ready: false, changed: true }, "part"],
		[{ ready: false, changed: false }, "failed"], [{ ready: true, changed: true, error: "why" }, "failed"],
	];

	for (const [answer, outcome] of rows)
		assert.equal(model.outcomeOf(answer), outcome, JSON.stringify(answer));
});

test("commands of a remedy are what is copied", () => {
	assert.equal(model.toCopy("unmount it: `umount /srv`; then `vgchange -an vg`"),
		     "umount /srv\nvgchange -an vg");
	assert.equal(model.toCopy("hostdevctl setup --apply"), "hostdevctl setup --apply");
	assert.equal(model.toCopy("run `x`, or y", ["x --now", "y"]), "x --now\ny");
	assert.deepEqual(model.splitCommands("an odd ` alone"), ["an odd ` alone"]);
});

const DIFFS = [
	["a file that is new", null, "a\nb\n", [["+", "a"], ["+", "b"]]],
	["a file that goes", "a\n", null, [["-", "a"]]],
	["a word of one line", "a\nb\nc\n", "a\nB\nc\n", [[" ", "a"], ["-", "b"], ["+", "B"], [" ", "c"]]],
	["lines in two places", "a\nb\nc\nd\n", "a\nc\nd\ne\n",
	 [[" ", "a"], ["-", "b"], [" ", "c"], [" ", "d"], ["+", "e"]]],
	["far from what differs", "1\n2\n3\n4\n5\n6\n", "1\n2\n3\n4\n5\n7\n",
	 [[null, 2], [" ", "3"], [" ", "4"], [" ", "5"], ["-", "6"], ["+", "7"]]],
	["nothing", "a\n", "a\n", [[" ", "a"]]],
];
for (const [name, old, text, want] of DIFFS)
	test(`diff: ${name}`, () => assert.deepEqual(diffLines(old, text), want));

const pci = (address, group = 1, more = {}) => ({ address, kind: "pci", group, physical_function: null, ...more });
const vf = address => pci(address, 1, { physical_function: "0000:03:00.0" });
const usb = address => ({ address, kind: "usb", group: null });
const CARDS = [		/* of one card? chosen with it? */
	["a graphics card and its sound", pci("0000:01:00.0"), pci("0000:01:00.1"), true, true],
	["ports of a network card, each in its group", pci("0000:01:00.0"), pci("0000:01:00.1", 2), true, false],
	["functions without a group", pci("0000:01:00.0", null), pci("0000:01:00.1", null), true, false],
	["the device itself", pci("0000:01:00.0"), pci("0000:01:00.0"), false, false],
	["another card of the group", pci("0000:01:00.0"), pci("0000:02:00.1"), false, false],
	["two virtual functions", vf("0000:03:10.0"), vf("0000:03:10.2"), false, false],
	["a virtual function beside its card", pci("0000:03:00.0"), vf("0000:03:00.2"), false, false],
	["ports of one hub", usb("usb:1-1.2"), usb("usb:1-1.3"), false, false],
	["serial ports", { address: "/dev/ttyS0", kind: "serial" }, { address: "/dev/ttyS1", kind: "serial" },
	 false, false],
];
for (const [name, a, b, isCard, isAlong] of CARDS) {
	test(`given with it: ${name}`, () => {
		assert.equal(model.isSameCard(a, b), isCard);
		assert.equal(model.isSameCard(b, a), isCard);
		assert.equal(model.goesAlong(a, b), isAlong);
	});
}

const HELD = [
	["a rehearsal of guest win11", { held_for: "rehearsal", guest: "win11", state: "held" }, true],
	["guest win11", { held_for: "guest", guest: "win11", state: "in-use" }, false],
	["the administrator", { held_for: "administrator", guest: null, state: "held" }, true],
	["not by hostdevctl", { held_for: "other", guest: null, state: "unused" }, true],
	["for whom is not known", { held_for: null, guest: null, state: "plugged" }, false],
];
for (const [who, entry, isReturnable] of HELD) {
	test(`held: ${who}`, () => {
		assert.equal(model.holderOf(entry), who);
		assert.equal(model.canComeBack(entry), isReturnable);
	});
}

test("a command line for a shell", () => {
	assert.equal(tool.commandLine(["attach", "win 11", "0000:01:00.0", "it's"]),
		     "hostdevctl attach 'win 11' 0000:01:00.0 'it'\\''s'");
	assert.equal(tool.commandLine(["attach", "--live"], ["-c", "usb:1-2"]),
		     "hostdevctl attach --live -- -c usb:1-2");
	assert.equal(tool.commandLine(["attach"], ["game", "usb:1-2"]), "hostdevctl attach game usb:1-2");
});

/* spawn() of Cockpit, which answers OUT and fails with EXCEPTION. */
function cockpitWith(out, exception) {
	const words = [];

	globalThis.cockpit = {
		spawn(list, options) {
			words.push(list, options);
			let take;
			const done = new Promise(resolve => setTimeout(resolve)).then(() => {
				take(out);
				if (exception)
					throw exception;
			});

			return { stream: callback => { take = callback; }, then: done.then.bind(done),
				 input: text => words.push(text) };
		},
	};
	return words;
}

test("no operand becomes an option", async () => {
	const words = cockpitWith("{}");

	await tool.ask(["show", "--verbose"], ["--sysroot=/evil"]);
	assert.deepEqual(words[0], ["hostdevctl", "show", "--verbose", "--json", "--", "--sysroot=/evil"]);
	assert.equal(words[1].superuser, "try");
});

test("what changes something needs administrative access", async () => {
	const words = cockpitWith("{}");

	await tool.act(["reattach"], ["0000:01:00.0"]);
	assert.equal(words[1].superuser, "require");
});

test("a refusal is an answer, with its exit status", async () => {
	cockpitWith('{"ready": false}', { exit_status: 1, message: "refused" });
	assert.deepEqual(await tool.ask(["check"]), { ready: false, exit_status: 1 });
});

test("an answer that is only an error", async () => {
	const error = '{"ready": false, "findings": [], "error": "status needs root"}';

	cockpitWith(error, { exit_status: 3, message: "" });
	await assert.rejects(tool.ask(["status"]), /status needs root/);
	cockpitWith(error, { exit_status: 3, message: "" });
	assert.equal((await tool.act(["reattach"], ["x"])).error, "status needs root");
});

test("what prints no JSON is an error with its message", async () => {
	cockpitWith("", { exit_status: 2, message: "hostdevctl: unknown device" });
	await assert.rejects(tool.ask(["show"], ["x"]), /unknown device/);
	cockpitWith("", { problem: "not-found" });
	await assert.rejects(tool.ask(["show"], ["x"]), /install the package hostdevctl/);
	cockpitWith("");
	await assert.rejects(tool.ask(["show"], ["x"]), /printed no JSON/);
});

test("names are what they are, but for what no address can have", async () => {
	cockpitWith('{"name": "a\\u202eb\\u0007c\\nd\\ud800"}');
	assert.equal((await tool.ask(["list"])).name, "a\u202eb\u0007c\nd?");
});

const COMMANDS = [
	["plain", "plain"], ["two words", "'two words'"], ["it's", "'it'\\''s'"],
	["a\u202eb", "$'a\\xe2\\x80\\xaeb'"], ["it's\n\\", "$'it\\'s\\x0a\\\\'"],
];
for (const [name, word] of COMMANDS) {
	test(`${JSON.stringify(name)} in a command`, () => {
		assert.equal(tool.commandLine(["explain"], [name]), `hostdevctl explain ${word}`);
		assert.equal(execFileSync("bash", ["-c", `printf %s ${word}`], { encoding: "utf8" }), name);
	});
}
