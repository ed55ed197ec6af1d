/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * give_view.js - gives a device to a guest, in the order of the safe way: choose, look, do.
 *
 * The button that changes something works only for the plan that is on the screen: any other
 * choice takes the plan away, and with it the button.
 */

import { hrefOf } from "./devices_view.js";
import { banner, el, put, say } from "./dom.js";
import { command, findingsList, remarks } from "./findings.js";
import { age, devices, forget, guests, mayAct } from "./host_data.js";
import { goesAlong, isSameCard } from "./model.js";
import { deedButton, planPlace, planSteps, refusal, showRefusal, whileBusy } from "./plan.js";
import { act, commandLine } from "./tool.js";

const WHEN = [
	["", "As libvirt has it: its definition, and the guest itself if it runs"],
	["--config", "For its next start: only its definition"],
	["--live", "Now: only the running guest"],
];

const DRIVERS = [
	["", "hostdevctl binds it to VFIO (recommended)"],
	["yes", "libvirt binds it to VFIO (managed='yes')"],
];

function select(id, label, options) {
	return [el("label", { for: id }, label),
		el("select", { id, name: id }, options.map(([value, text]) => el("option", { value }, text)))];
}

/* What else of the card or the group may go: never parts of the machine. */
function companions(device, known) {
	const others = known.filter(one => one !== device && one.verdict !== "never" &&
		((device.group !== null && one.group === device.group) ||
		 isSameCard(device, one)));

	if (!others.length)
		return null;
	return el("fieldset", null, el("legend", null, "Give with it"), others.map(one => {
		const box = el("input", { type: "checkbox", name: "with", value: one.address,
					  checked: goesAlong(device, one) });

		return el("label", null, box, ` ${one.name ?? one.class} `, el("code", null, one.address));
	}));
}

/* What the form asks for: { options, device, guest, addresses }. */
function choiceOf(form, device) {
	const chosen = new FormData(form);

	return {
		options: [...[chosen.get("when")].filter(Boolean),
			  ...(chosen.get("managed") ? ["--managed", chosen.get("managed")] : []),
			  ...(chosen.get("iommufd") ? ["--iommufd"] : [])],
		device, guest: chosen.get("guest").trim(),
		addresses: [device.address, ...chosen.getAll("with")],
	};
}

function attach(choice, ...more) {
	return act(["attach", ...more, ...choice.options], [choice.guest, ...choice.addresses]);
}

async function give(choice, place) {
	const answer = await attach(choice);

	forget();
	if (!answer.ready || answer.error) {
		showRefusal(place, `It was not given to ${choice.guest}`, answer);
		return;
	}
	place.replaceChildren(banner("ready", `The device was given to ${choice.guest}`, planSteps(answer)),
			      el("p", null, el("a", { href: "#/" }, "All devices")));
	say(`The device was given to ${choice.guest}`);
}

/* An address of USB is a port: what is plugged in there may be another device by now. */
function isStill(device, known) {
	const now = known.find(one => one.address === device.address);

	return ["id", "name", "serial"].every(key => now?.[key] === device[key]);
}

async function look(choice, form, place, isWanted) {
	const since = age();
	const [answer, known] = await Promise.all([attach(choice, "--dry-run"), devices()]);

	if (!isWanted())
		return;
	if (!isStill(choice.device, known)) {
		showRefusal(place, "Another device is there now: choose it in the list of devices", {});
		return;
	}
	const isReady = answer.ready && !answer.error;
	const button = deedButton(`Give to ${choice.guest}`, since, isReady);

	button.addEventListener("click", async () => {
		/* Another choice would hide what becomes of this one. */
		form.inert = true;
		await whileBusy(place, `Giving it to ${choice.guest}`, () => give(choice, place), true);
		form.inert = false;
	});
	put(place,
		el("h2", null, "Plan"),
		isReady ? banner("ready", "The checks allow it. This is what happens:", planSteps(answer),
				 remarks(answer.findings)) :
			refusal("Refused", answer),
		isReady && command(commandLine(["attach", ...choice.options],
					      [choice.guest, ...choice.addresses])),
		el("p", { class: "buttons" }, button),
		answer.findings.length ? [el("h2", null, "Checks"), findingsList(answer.findings)] : null);
	say(isReady ? "The checks allow it" : "Refused");
}

function guestField(names) {
	return [el("label", { for: "guest" }, "Guest"),
		el("input", { id: "guest", name: "guest", list: "guests", required: true,
			      autocomplete: "off", spellcheck: "false" }),
		el("datalist", { id: "guests" }, names.map(value => el("option", { value })))];
}

export async function giveView(address) {
	const [known, names] = await Promise.all([devices(), guests()]);
	const device = known.find(one => one.address === address);

	if (!device)
		return banner("warning", `${address} is not a device of this host`);
	if (!mayAct())
		return banner("note", "To give devices to guests, turn on administrative access");
	const place = planPlace("plan");
	const form = el("form", { class: "give" }, guestField(names), companions(device, known),
			el("details", null, el("summary", null, "More choices"),
			   select("when", "When", WHEN), select("managed", "Driver", DRIVERS),
			   el("label", null, el("input", { type: "checkbox", name: "iommufd", value: "on" }),
			      " Use IOMMUFD (libvirt 12.1 or later)")),
			el("p", { class: "buttons" },
			   el("button", { type: "submit", class: "primary" }, "Show the plan")));

	form.addEventListener("input", () => place.replaceChildren());
	form.addEventListener("submit", event => {
		event.preventDefault();
		whileBusy(place, "Checking", isWanted => look(choiceOf(form, device), form, place, isWanted));
	});
	return [el("a", { href: hrefOf(address) }, "Back to the device"),
		el("h1", null, `Give ${device.name ?? address} to a guest`),
		el("p", { class: "dim" }, el("code", null, address)), form, place];
}
