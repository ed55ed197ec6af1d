/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * dom.js - how do texts of the host get onto the page?  As text nodes and attributes only.
 *
 * Names come from devices and guests, so nothing here or elsewhere parses markup.
 */

const SVG = "http://www.w3.org/2000/svg";

/*
 * Names come from devices and guests: what would turn or hide the text around it is shown as "?". What goes
 * back to hostdevctl, and so the value of a choice, is left as it is.
 */
const UNSEEN = /[^\P{C}\n\t]|[\p{Zl}\p{Zp}]/gu;

export function shown(text) {
	return text.replace(UNSEEN, "?");
}

function asShown(thing) {
	return typeof thing === "string" ? shown(thing) : thing;
}

function fill(node, attributes, children) {
	for (const [name, value] of Object.entries(attributes ?? {})) {
		if (name.startsWith("on"))
			node.addEventListener(name.slice(2), value);
		else if (value === true)
			node.setAttribute(name, "");
		else if (value !== false && value !== null && value !== undefined)
			node.setAttribute(name, name === "value" ? value : asShown(value));
	}
	node.append(...children.flat(Infinity).filter(child => child || child === 0).map(asShown));
	return node;
}

/* el("a", { href: "#/", onclick: f }, "text", node, [nodes]): null and false are left out. */
export function el(name, attributes, ...children) {
	return fill(document.createElement(name), attributes, children);
}

/* What PLACE shows from now on, by the same rules. */
export function put(place, ...children) {
	place.replaceChildren();
	fill(place, null, children);
}

/* One path each, in a box of 16 by 16; the words beside an icon say the same. */
const ICONS = {
	pass: "M8 1a7 7 0 1 0 0 14A7 7 0 0 0 8 1Zm-1 10L3.6 7.6 5 6.2l2 2 4-4 1.4 1.4Z",
	warning: "M8 1 .5 14.5h15ZM7 6h2v4H7Zm0 5h2v2H7Z",
	error: "M5 1h6l4 4v6l-4 4H5l-4-4V5Zm2 3v5h2V4Zm0 6v2h2v-2Z",
	note: "M8 1a7 7 0 1 0 0 14A7 7 0 0 0 8 1ZM7 4h2v2H7Zm0 3h2v5H7Z",
	lock: "M5 7V5a3 3 0 0 1 6 0v2h1.5v7h-9V7Zm1.5 0h3V5a1.5 1.5 0 0 0-3 0Z",
	guest: "M1 2h14v9H9v2h3v1.5H4V13h3v-2H1Zm1.5 1.5v6h11v-6Z",
};

export function icon(name) {
	const path = document.createElementNS(SVG, "path");

	path.setAttribute("d", ICONS[name]);
	path.setAttribute("fill-rule", "evenodd");
	const svg = document.createElementNS(SVG, "svg");

	return fill(svg, { viewBox: "0 0 16 16", class: "icon", "aria-hidden": "true" }, [path]);
}

/* Words for those who do not see the layout. */
export function unseen(text) {
	return el("span", { class: "unseen" }, text);
}

/* Says TEXT to a screen reader without moving the focus. */
export function say(text) {
	document.getElementById("said").textContent = shown(text);
}

/*
 * Says that TEXT is done, also to those who see, until the user goes to another view or does something else.
 * What is done in part is no success: TONE is a warning then, and MORE says what is left.
 */
export function sayDone(text, tone = "ready", ...more) {
	put(document.getElementById("done"), banner(tone, text, ...more));
	say(text);
}

export function forgetDone() {
	put(document.getElementById("done"));
}

export function count(n, one, many = `${one}s`) {
	return `${n} ${n === 1 ? one : many}`;
}

/* LABEL with a colour of its own: ready, warning, refused, never, guest. */
export function badge(tone, iconName, label) {
	return el("span", { class: `badge ${tone}` }, icon(iconName), label);
}

/* A box that says how something went: TONE is ready, note, warning or refused. */
export function banner(tone, title, ...children) {
	const icons = { ready: "pass", note: "note", warning: "warning", refused: "error" };

	return el("div", { class: `banner ${tone}` }, icon(icons[tone]),
		  el("div", null, el("strong", null, title), ...children));
}
