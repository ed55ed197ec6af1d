/* SPDX-License-Identifier: GPL-2.0-or-later */
/* fuzz_guests.c - does any guest's XML below /etc or /run crash, or claim half of what it has? */
#include "config.h"

#include <string.h>

#include "facts/libvirt/guests.h"
#include "tests/fuzz/fuzz.h"
#include "tests/fuzz/host.h"

const char *const fuzz_host_name = NULL;

static bool has_claim(const struct hd_guests *guests, const struct hd_pci_addr *addr,
		      bool is_running)
{
	for (size_t i = 0; i < guests->n_claims; i++)
		if (!hd_pci_addr_compare(&guests->claims[i].addr, addr) &&
		    guests->claims[i].is_running == is_running)
			return true;
	return false;
}

static void names_hold(const struct hd_guests *guests)
{
	must(fuzz_is_shown(guests->unreadable));
	for (size_t i = 0; i < guests->n_claims; i++)
		must(fuzz_is_shown(guests->claims[i].guest));
	for (size_t i = 0; i < guests->n_devices; i++)
		must(fuzz_is_shown(guests->devices[i].guest));
	must(guests->n_own == 0 && guests->n_own_devices == 0);
}

/* Each function that the parser finds is claimed; what it cannot read is not passed over. */
static void claims_hold(const struct hd_guests *guests, struct hd_arena *arena, const uint8_t *data,
			size_t size)
{
	struct hd_request request = { 0 };
	struct hd_error err = { 0 };

	if (hd_request_parse(&request, arena, (const char *)data, size, &err) < 0) {
		must(guests->n_claims == 0);
		return;
	}
	for (size_t i = 0; i < request.n_hostdevs; i++) {
		const struct hd_hostdev *dev = &request.hostdevs[i];

		if (dev->kind == HD_DEVICE_PCI && dev->has_addr)
			must(guests->unreadable || has_claim(guests, &dev->addr, true));
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct fake_host *host = fuzz_host();
	struct hd_arena arena = { 0 };
	struct hd_error err = { 0 };
	struct hd_guests guests = { 0 };

	fuzz_host_put("run/libvirt/qemu/g.xml", data, size);
	fuzz_host_put("etc/libvirt/qemu/g.xml", data, size);
	if (hd_guests_read(&guests, &host->root, &arena, "", &err) == 0) {
		names_hold(&guests);
		claims_hold(&guests, &arena, data, size);
	} else {
		must(err.text[0] && fuzz_is_shown(err.text));
	}
	hd_arena_done(&arena);
	return 0;
}
