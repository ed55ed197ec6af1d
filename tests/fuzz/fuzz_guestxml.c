/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * fuzz_guestxml.c - does any guest's XML crash what reads it to write: its slots, its
 * elements, its metadata?
 */
#include "config.h"

#include <string.h>

#include "domain/hostdev_elements.h"
#include "domain/pins.h"
#include "domain/slots.h"
#include "domain/xml.h"
#include "tests/fuzz/fuzz.h"

#define ASKS 40

/* A place is of one device: it is given once, and has a holder from then on. */
static void place_holds(const struct hd_slots *slots, const struct hd_guest_addr *given, size_t n)
{
	if (!given[n].is_set)
		return;
	must(hd_slots_holder(slots, &given[n].addr) != NULL);
	for (size_t i = 0; i < n; i++)
		must(!given[i].is_set || hd_pci_addr_compare(&given[i].addr, &given[n].addr) != 0);
}

static void slots_hold(struct hd_arena *arena, const char *xml, size_t size)
{
	static const uint8_t fns[] = { 0, 1 };
	struct hd_error err = { 0 };
	struct hd_slots slots = { 0 };
	struct hd_guest_addr given[ASKS + 1] = { 0 };

	if (hd_slots_read(&slots, arena, xml, size, &err) < 0) {
		must(err.text[0] && fuzz_is_shown(err.text));
		return;
	}
	must(fuzz_is_shown(slots.machine) && slots.n_buses <= HD_SLOTS_BUSES);
	/* Of a card with two functions the second is where the next ask's first will be. */
	for (size_t i = 0; i < ASKS; i++) {
		const struct hd_slots_ask ask = {
			.name = "x", .fns = fns, .n = i % 2 + 1, .is_conventional = i % 3 == 0,
			.host_node = (int)(i % 2) - 1,
		};

		if (hd_slots_place(&slots, &ask, &given[i], &err) < 0) {
			must(err.text[0] && fuzz_is_shown(err.text));
			break;
		}
		place_holds(&slots, given, i);
	}
	for (size_t i = 0; i < slots.n_notes; i++)
		must(fuzz_is_shown(slots.notes[i]));
}

static void is_xml(const char *text)
{
	_cleanup_(hd_xml_free) struct _xmlDoc *doc = NULL;
	struct hd_error err = { 0 };

	must(hd_xml_read(&doc, text, strlen(text), &err) == 0);
}

/* Each element can be given to libvirt alone. */
static void picks_hold(struct hd_arena *arena, const char *xml, size_t size)
{
	struct hd_error err = { 0 };
	struct hd_picked *picked = NULL;
	size_t n = 0;

	if (hd_pick_devices(&picked, &n, arena, xml, size, &err) < 0) {
		must(err.text[0] && fuzz_is_shown(err.text));
		return;
	}
	for (size_t i = 0; i < n; i++) {
		must(picked[i].text && *picked[i].text == '<');
		must(fuzz_is_shown(hd_hostdev_name(arena, &picked[i].dev)));
	}
}

/* A pin that is written is read as the same pin. */
static void pins_hold(struct hd_arena *arena, const char *xml, size_t size)
{
	struct hd_pin pin = {
		.addr = { 0, 0x41, 0x1f, 7 }, .vendor = 0x10de, .device = 1, .subsystem_vendor = -1,
		.subsystem_device = -1, .serial = "S<&'\">",
	};
	struct hd_error err = { 0 };
	struct hd_request request = { 0 };
	struct hd_pins_text text;
	const struct hd_pin *read;
	const char *domain;

	if (hd_pins_write(&text, arena, xml, size,
			  &(struct hd_policy){ .pins = &pin, .n_pins = 1 }, &err) < 0)
		return;
	must(fuzz_is_shown(text.element) && fuzz_is_shown(text.metadata));
	is_xml(text.metadata);
	domain = hd_printf(arena, "<domain>%s</domain>", text.metadata);
	if (hd_request_parse(&request, arena, domain, strlen(domain), &err) < 0)
		return;		/* what the guest had beside the pin is wrong */
	read = hd_policy_pin(&request.policy, &pin.addr);
	must(read && read->vendor == 0x10de && read->subsystem_device == -1);
	must(!strcmp(read->serial, pin.serial));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct hd_arena arena = { 0 };

	slots_hold(&arena, (const char *)data, size);
	picks_hold(&arena, (const char *)data, size);
	pins_hold(&arena, (const char *)data, size);
	hd_arena_done(&arena);
	return 0;
}
