/* SPDX-License-Identifier: GPL-2.0-or-later */
/* removed.c - has a running guest lost a function that a journal still has for it? */
#include "config.h"

#include <string.h>

#include "act/removed.h"
#include "domain/early_exit.h"
#include "domain/xml.h"
#include "facts/libvirt/running_guests.h"

static bool runs(const char *live, size_t length)
{
	(void)live;
	return length > 0;
}

static void add_guest(struct hd_running_devices *ret, struct hd_arena *arena, const char *live)
{
	struct hd_guest_devices guest = { 0 };
	struct hd_request request;
	struct hd_error ignored;

	if (hd_request_parse(&request, arena, live, strlen(live), &ignored) < 0 || !*request.uuid)
		return;
	guest.uuid = hd_strdup(arena, request.uuid);
	for (size_t i = 0; i < request.n_hostdevs; i++)
		if (request.hostdevs[i].kind == HD_DEVICE_PCI && request.hostdevs[i].has_addr)
			hd_push(arena, &guest.addrs, &guest.n, request.hostdevs[i].addr);
	hd_push(arena, &ret->items, &ret->n, guest);
}

int hd_running_devices_read(struct hd_running_devices *ret, struct hd_context *context,
			    struct hd_error *err)
{
	struct hd_running_guests running;
	int rc = hd_running_guests_read(&running, &context->root, context->arena, runs, err);

	*ret = (struct hd_running_devices){ .n = 0 };
	for (size_t i = 0; rc == 0 && i < running.n; i++)
		add_guest(ret, context->arena, running.items[i].live);
	return rc;
}

static bool has_function(const struct hd_guest_devices *guest, const char *target)
{
	struct hd_pci_addr addr;

	for (size_t i = 0; hd_pci_addr_parse(target, &addr) && i < guest->n; i++)
		if (!hd_pci_addr_compare(&guest->addrs[i], &addr))
			return true;
	return false;
}

bool hd_is_removed(const struct hd_running_devices *running, const struct hd_journal_entry *entry,
		   const struct hd_journal_step *step)
{
	const struct hd_guest_devices *guest = NULL;

	for (size_t i = 0; i < running->n; i++)
		if (hd_journal_is_of_guest(&entry->id, running->items[i].uuid))
			guest = &running->items[i];
	for (size_t i = 0; guest && i < entry->n_steps; i++)
		if (entry->steps[i].group == step->group && has_function(guest, entry->steps[i].target))
			return false;
	return guest;
}
