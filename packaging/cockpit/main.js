/* SPDX-License-Identifier: GPL-2.0-or-later */
/* main.js - which view does the address ask for?  "#/device/0000:01:00.0" */

import { devicesView } from "./devices_view.js";
import { banner, el, forgetDone, put as fill, say } from "./dom.js";
import { forget, mayAct, watchAccess, watchHost } from "./host_data.js";
import { failure, spinner, stopDeeds } from "./plan.js";
import { followTheme } from "./theme.js";

/* What takes less time than this shows no spinner: it would only flicker. */
const PATIENCE_MS = 300;

/*
 * The tab that a view belongs to, and whether it shows the state of the host.  All but the first are loaded
 * when that one is there: it is what most people wait for.
 */
const VIEWS = {
	"": { tab: "", load: async () => devicesView, isLive: true },
	device: { tab: "", load: async () => (await import("./device_view.js")).deviceView, isLive: true },
	give: { tab: "", load: async () => (await import("./give_view.js")).giveView },
	map: { tab: "map", load: async () => (await import("./map_view.js")).mapView, isLive: true },
	host: { tab: "host", load: async () => (await import("./host_view.js")).hostView, isLive: true },
	held: { tab: "held", load: async () => (await import("./held_view.js")).heldView, isLive: true },
	handover: { tab: "handover", load: async () => (await import("./handover_view.js")).handoverView,
		    isLive: true },
	replug: { tab: "replug", load: async () => (await import("./replug_view.js")).replugView, isLive: true },
	explain: { tab: "explain", load: async () => (await import("./explain_view.js")).explainView },
};

async function viewIn(view) {
	try {
		return await view.load();
	} catch (error) {
		throw new Error(`A part of this page could not be loaded: reload the page. ${error.message}`);
	}
}

/* Whoever needs a view that fails now is told then. */
function loadOthers() {
	for (const view of Object.values(VIEWS))
		view.load().catch(() => {});
}

const main = document.getElementById("main");
let shown = 0;		/* counts: an answer that comes after the next click is dropped */

function address() {
	const [, name = "", argument = ""] = window.location.hash.split("/");
	let text = "";

	try {
		text = decodeURIComponent(argument);
	} catch {
		/* Not from this page. */
	}
	return { view: VIEWS[name] ?? VIEWS[""], argument: text };
}

function markTab(tab) {
	for (const link of document.querySelectorAll("nav a")) {
		if (link.dataset.view === tab)
			link.setAttribute("aria-current", "page");
		else
			link.removeAttribute("aria-current");
	}
}

function showAccess() {
	document.getElementById("access").replaceChildren(...mayAct() === false ? [
		banner("note", "Read-only", el("p", null, "You have no administrative access: what only " +
		       "the administrator may read, such as guests and open files, is missing here.")),
	] : []);
}

/* By what the same node is found in the same view that was read again. */
function nameOf(node) {
	return node.id || node.getAttribute("aria-label") || node.getAttribute("href") || node.textContent;
}

const FOCUSED = "a, button, input, select, textarea";

/* What the user has opened and where the user is, as a function that does the same to new nodes. */
function placeInView() {
	const top = window.scrollY, node = document.activeElement;
	const name = main.contains(node) && node.matches(FOCUSED) ? nameOf(node) : null;
	const range = node.matches("[type=search]") ? [node.selectionStart, node.selectionEnd] : null;
	const open = [...main.querySelectorAll("details[open] > summary")].map(nameOf);

	return () => {
		for (const summary of main.querySelectorAll("details > summary"))
			summary.parentNode.open ||= open.includes(nameOf(summary));
		const same = name && [...main.querySelectorAll(FOCUSED)].find(one => nameOf(one) === name);

		same?.focus({ preventScroll: true });
		if (same && range)
			same.setSelectionRange(...range);
		window.scrollTo(0, top);
	};
}

/*
 * A new view starts at its top; one that is read again stays as it is until the answer is there.
 * The first one leaves the focus where the shell of Cockpit has it.
 */
function put(nodes, isNew) {
	const goBack = isNew ? () => window.scrollTo(0, 0) : placeInView();

	main.replaceChildren(...nodes);
	goBack();
	if (isNew && main.dataset.shown !== undefined)
		main.focus();
}

/* MAYWAIT: nobody has asked for it, so a view that is in use when the answer comes stays. */
async function read(isNew, mayWait) {
	const { view, argument } = address();
	const mine = ++shown, hash = window.location.hash;
	/* The answer for a click may be overtaken by one that an event asked for. */
	const isFresh = isNew || main.dataset.shown !== hash;
	const patience = setTimeout(() => {
		if (isFresh && mine === shown)
			main.replaceChildren(spinner("Asking the host"));
	}, PATIENCE_MS);
	let nodes;

	markTab(view.tab);
	showChanged(false);
	main.setAttribute("aria-busy", "true");
	try {
		nodes = await (await viewIn(view))(argument, reload);
	} catch (error) {
		/* A device that was unplugged is gone for good. */
		nodes = [el("h1", null, "Host devices"), failure(error, reload),
			 view.tab === "" && argument && el("p", null, el("a", { href: "#/" }, "All devices"))];
	}
	clearTimeout(patience);
	if (mine !== shown)
		return;
	main.removeAttribute("aria-busy");
	if (mayWait && main.dataset.shown === hash && isInUse()) {
		showChanged(true);
		return;
	}
	put([refreshButton(view), nodes].flat(Infinity).filter(Boolean), isFresh);
	main.dataset.shown = hash;
	document.title = `${main.querySelector("h1")?.textContent ?? "Host devices"} – Host devices`;
}

/*
 * What happens while a view is read is read once more at its end.  One that another has overtaken does not
 * count: it may wait for a daemon that hangs.
 */
let loads = 0, reading = 0, isOld = false;

async function load(isNew, mayWait = false) {
	const mine = ++loads;

	reading = mine;
	try {
		await read(isNew, mayWait);
	} finally {
		if (reading === mine)
			reading = 0;
	}
	if (isOld && !reading) {
		isOld = false;
		gather();
	}
}

function refreshButton(view) {
	return view.isLive && el("button", { type: "button", class: "refresh", onclick: reload }, "Refresh");
}

function reload() {
	say("Reading again");
	forget();
	load(false);
}

/* Nobody wants to lose a plan to think about, work that goes on, or what is typed into a form. */
function isInUse() {
	return main.querySelector(".plan:not(:empty), .busy, form[data-touched]") !== null;
}

/*
 * Many events at once are read once: a hub with 20 devices has 20.  However fast they come, one
 * refresh runs and one waits for its end.
 */
const GATHER_MS = 200;
let gathering = null;

function refresh() {
	gathering = null;
	if (reading) {
		isOld = true;
		return;
	}
	if (!address().view.isLive || isInUse()) {
		showChanged(true);
		return;
	}
	load(false, true);
}

function gather() {
	gathering ??= setTimeout(refresh, GATHER_MS);
}

function hostChanged() {
	stopDeeds();
	gather();
}

function showChanged(is) {
	fill(document.getElementById("changed"), is && banner("note", "Something on the host has changed",
		el("p", null, "A plan from before does nothing any more: ask for it again."),
		el("p", null, el("button", { type: "button", onclick: reload }, "Read it again"))));
}

main.addEventListener("input", event => {
	const form = event.target.closest("form");

	if (form)
		form.dataset.touched = "";
});
followTheme();
watchHost(hostChanged);
watchAccess(() => {
	showAccess();
	/* What has not waited for it shows no buttons yet. */
	if (main.dataset.shown !== undefined)
		load(false);
}, () => {
	showAccess();
	load(false);
});
window.addEventListener("hashchange", () => {
	forgetDone();
	load(true);
});
showAccess();
load(true).finally(() => setTimeout(loadOthers, PATIENCE_MS));
