/* SPDX-License-Identifier: GPL-2.0-or-later */
/* host_data.js - what several views show: the list of devices, and whether the user may act. */
/* global cockpit */

import { deviceFrom } from "./model.js";
import { ask } from "./tool.js";

const permission = cockpit.permission({ admin: true });
let list = null;

/* All devices of the host, read once until forget(). */
export function devices() {
	list ??= ask(["list", "--long"]).then(answer => answer.devices.map(deviceFrom));
	list.catch(forget);
	return list;
}

export function forget() {
	list = null;
}

/* null while Cockpit does not know it yet. */
export function mayAct() {
	return permission.allowed;
}

/* Calls BACK when the user comes back to the page from another one of Cockpit, or another tab. */
export function watchReturn(back) {
	cockpit.addEventListener("visibilitychange", () => cockpit.hidden || back());
}

/* Calls CHANGED whenever the user gains or drops administrative access. */
export function watchAccess(changed) {
	permission.addEventListener("changed", () => {
		forget();
		changed();
	});
}
