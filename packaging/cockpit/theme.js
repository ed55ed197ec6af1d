/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * theme.js - dark or light?
 *
 * The shell of Cockpit keeps the choice in localStorage and announces it by an event; base1 does
 * not help with either (Cockpit's pkg/lib/cockpit-dark-theme).
 */

const dark = window.matchMedia("(prefers-color-scheme: dark)");

function apply(announced) {
	const style = announced || localStorage.getItem("shell:style") || "auto";
	const isDark = style === "dark" || (style === "auto" && dark.matches);

	document.documentElement.classList.toggle("dark", isDark);
}

export function followTheme() {
	window.addEventListener("storage", event => event.key === "shell:style" && apply());
	window.addEventListener("cockpit-style", event => apply(event.detail?.style));
	dark.addEventListener("change", () => apply());
	apply();
}
