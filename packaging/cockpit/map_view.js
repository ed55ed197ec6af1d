/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * map_view.js - the host as a picture.
 *
 * As an image, its text is neither part of the page nor can it run or load anything; the policy of
 * Cockpit allows data: for images, but not for frames.
 */

import { el } from "./dom.js";
import { picture } from "./tool.js";

export async function mapView() {
	const source = `data:image/svg+xml,${encodeURIComponent(await picture())}`;

	return [
		el("h1", null, "Map"),
		el("p", { class: "dim" }, "Root complexes, IOMMU groups and devices; ",
		   el("a", { href: "#/" }, "the list"), " has the same in words."),
		el("p", null, el("a", { class: "button", href: source, download: "host.svg" }, "Download")),
		el("div", { class: "map", tabindex: "0", role: "region", "aria-label": "Map of the host" },
		   el("img", { src: source, alt: "Map of the host" })),
	];
}
