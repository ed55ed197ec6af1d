/* SPDX-License-Identifier: GPL-2.0-or-later */
/* main.js - which view does the address ask for?  "#/device/0000:01:00.0" */

import { deviceView } from "./device_view.js";
import { devicesView } from "./devices_view.js";
import { banner, el, say } from "./dom.js";
import { explainView } from "./explain_view.js";
import { giveView } from "./give_view.js";
import { heldView } from "./held_view.js";
import { forget, mayAct, watchAccess, watchReturn } from "./host_data.js";
import { hostView } from "./host_view.js";
import { failure, spinner } from "./plan.js";
import { followTheme } from "./theme.js";

/* What takes less time than this shows no spinner: it would only flicker. */
const PATIENCE_MS = 300;

/* The tab that a view belongs to, and whether it shows the state of the host. */
const VIEWS = {
	"": { tab: "", show: devicesView, isLive: true },
	device: { tab: "", show: deviceView, isLive: true },
	give: { tab: "", show: giveView },
	host: { tab: "host", show: hostView, isLive: true },
	held: { tab: "held", show: (argument, again) => heldView(again), isLive: true },
	explain: { tab: "explain", show: explainView },
};

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

/*
 * A new view starts at its top; one that is read again stays as it is until the answer is there.
 * The first one leaves the focus where the shell of Cockpit has it.
 */
function put(nodes, isNew) {
	const hadFocus = document.activeElement?.classList.contains("refresh");
	const top = isNew ? 0 : window.scrollY;

	main.replaceChildren(...nodes);
	window.scrollTo(0, top);
	if (isNew && main.dataset.shown !== undefined)
		main.focus();
	else if (hadFocus)
		main.querySelector(".refresh")?.focus();
}

async function load(isNew) {
	const { view, argument } = address();
	const mine = ++shown, hash = window.location.hash;
	const patience = setTimeout(() => isNew && main.replaceChildren(spinner("Asking the host")),
				    PATIENCE_MS);
	let nodes;

	markTab(view.tab);
	main.setAttribute("aria-busy", "true");
	try {
		nodes = await view.show(argument, reload);
	} catch (error) {
		nodes = failure(error, reload);
	}
	clearTimeout(patience);
	if (mine !== shown)
		return;
	put([refreshButton(view), nodes].flat(Infinity).filter(Boolean), isNew);
	main.removeAttribute("aria-busy");
	main.dataset.shown = hash;
	document.title = `${main.querySelector("h1")?.textContent ?? "Host devices"} – Host devices`;
}

function refreshButton(view) {
	return view.isLive && el("button", { type: "button", class: "refresh", onclick: reload }, "Refresh");
}

function reload() {
	say("Reading again");
	forget();
	load(false);
}

/* What is shown may have changed meanwhile; a plan that somebody thinks about stays, and work. */
function cameBack() {
	if (address().view.isLive && !main.querySelector(".buttons, .busy"))
		reload();
}

followTheme();
watchReturn(cameBack);
watchAccess(() => {
	showAccess();
	load(false);
});
window.addEventListener("hashchange", () => load(true));
showAccess();
load(true);
