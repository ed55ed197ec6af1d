/* SPDX-License-Identifier: GPL-2.0-or-later */
/* host_data.js - what several views show: the list of devices, and whether the user may act. */
/* global cockpit */

import { deviceFrom } from "./model.js";
import { ask, follow, permission } from "./tool.js";

let list = null, changes = 0;

/* All devices and guests of the host, read once until forget(). */
function read() {
	list ??= ask(["list", "--long"]).then(answer => ({ devices: answer.devices.map(deviceFrom),
							   guests: answer.guests.sort() }));
	list.catch(forget);
	return list;
}

export async function devices() {
	return (await read()).devices;
}

/* Their names, to choose from: as an ordinary user, perhaps none. */
export async function guests() {
	return (await read()).guests;
}

export function forget() {
	list = null;
}

/* null while Cockpit does not know it yet. */
export function mayAct() {
	return permission.allowed;
}

/* How often the host has changed: a plan that was asked for before the last time is old. */
export function age() {
	return changes;
}

/* The first event only says that the others will come. */
const NOT_NEWS = new Set(["ready"]);

/* After an end that comes sooner, there is no monitor; after a later one, another is tried. */
const SHORT_MS = 1000, AGAIN_MS = 10000;

/*
 * Calls CHANGED when the host is no longer as it was read: at an event, or when the user comes back
 * to the page, which hears of none while it is hidden.
 */
export function watchHost(changed) {
	let stop = null;
	const tell = () => {
		changes++;
		forget();
		changed();
	};
	const listen = () => {
		if (stop || cockpit.hidden)
			return false;
		const start = Date.now();
		const mine = follow(event => {
			if (!NOT_NEWS.has(event.event))
				tell();
		}, () => {
			if (stop !== mine)
				return;
			stop = null;
			if (Date.now() - start >= SHORT_MS)
				setTimeout(() => listen() && tell(), AGAIN_MS);
		});

		stop = mine;
		return true;
	};

	cockpit.addEventListener("visibilitychange", () => {
		if (cockpit.hidden) {
			stop?.();
			stop = null;
			return;
		}
		listen();
		tell();
	});
	listen();
}

/*
 * Calls KNOWN when it is known whether the user may act, and CHANGED whenever that changes.  What was read
 * until it is known was read with the access that the user has.
 */
export function watchAccess(known, changed) {
	let before = mayAct();

	permission.addEventListener("changed", () => {
		const isFirst = before === null;

		before = mayAct();
		if (isFirst) {
			known();
			return;
		}
		forget();
		changed();
	});
}
