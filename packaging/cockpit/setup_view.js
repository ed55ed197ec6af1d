/* SPDX-License-Identifier: GPL-2.0-or-later */
/* setup_view.js - what prepares the host as a whole: kernel parameters, modules, huge pages. */

import { el } from "./dom.js";
import { guests, mayAct } from "./host_data.js";
import { planPlace } from "./plan.js";
import { changeButton, showChanges, subject } from "./setup.js";

/* --revert acts by itself: only --dry-run makes a plan of it. */
const PREPARE = {
	plan: ["setup"], act: ["setup", "--apply"], operands: [],
	button: "Prepare the host", busy: "Preparing the host",
	nothing: "There is nothing that hostdevctl would change", done: "The host was prepared",
	refused: "The host cannot be prepared", failed: "The host was not prepared",
};

const REVERT = {
	plan: ["setup", "--revert", "--dry-run"], act: ["setup", "--revert"], operands: [],
	button: "Undo the preparation", busy: "Undoing the preparation",
	nothing: "There is nothing to undo", done: "The preparation was undone",
	refused: "The preparation cannot be undone", failed: "The preparation was not undone",
};

function preparation(again) {
	const place = planPlace("setup");

	return [
		el("h2", null, "Preparation"),
		el("p", null, "Kernel parameters and modules that passthrough needs. Each button shows first " +
		   "what it would change; Undo takes back all that was set up, also virtual functions, " +
		   "huge pages and binding at boot."),
		el("p", { class: "buttons" }, changeButton("Prepare…", place, again, () => PREPARE),
		   changeButton("Undo…", place, again, () => REVERT)),
		place,
	];
}

function pagesDeed(form) {
	const chosen = new FormData(form);
	const operand = chosen.get("guest") || chosen.get("size").trim();

	return subject("hugepages", chosen.get("page") ? ["--page-size", chosen.get("page")] : [], [operand], {
		button: "Provide huge pages", busy: "Providing huge pages",
		nothing: "The huge pages are there already", done: "The huge pages are provided",
		refused: "The huge pages cannot be provided", failed: "The huge pages are not provided",
	});
}

const PAGES = [["", "As the guest, or the host, has them"], ["2M", "2 MiB, now"],
	       ["1G", "1 GiB, at the next boot"]];

function options(pairs) {
	return pairs.map(([value, text]) => el("option", { value }, text));
}

function hugePages(again, names) {
	const place = planPlace("pages");
	const size = el("input", { id: "pages-size", name: "size", autocomplete: "off", placeholder: "16G" });
	const guest = el("select", { id: "pages-guest", name: "guest" },
			 options([["", "None: a size in all"], ...names.map(name => [name, name])]));
	const form = el("form", { class: "give" },
			el("label", { for: "pages-guest" }, "For the guest"), guest,
			el("label", { for: "pages-size" }, "Size in all"), size,
			el("label", { for: "pages-page" }, "Size of a page"),
			el("select", { id: "pages-page", name: "page" }, options(PAGES)),
			el("p", { class: "buttons" },
			   el("button", { type: "submit", disabled: !mayAct() }, "Huge pages…")));
	const oneOfBoth = () => {
		size.required = !guest.value;
		size.disabled = Boolean(guest.value);
	};

	oneOfBoth();
	form.addEventListener("input", () => {
		oneOfBoth();
		place.replaceChildren();
	});
	form.addEventListener("submit", event => {
		event.preventDefault();
		showChanges(pagesDeed(form), place, again);
	});
	return [
		el("h2", null, "Huge pages"),
		el("p", null, "Memory for guests that ask for huge pages, on the NUMA nodes that they are bound " +
		   "to, now and at each boot."),
		form, place,
	];
}

/* The sections of the host's view that change something, each after it has shown what. */
export async function setupSections(again) {
	return [
		preparation(again), hugePages(again, await guests()),
		mayAct() ? null : el("p", { class: "dim" }, "To see and do it, turn on administrative access."),
	];
}
