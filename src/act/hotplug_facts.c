/* SPDX-License-Identifier: GPL-2.0-or-later */
/* hotplug_facts.c - collects what came to running guests without us, and what nobody has. */
#include "config.h"

#include <string.h>

#include "act/host_change.h"
#include "act/hotplug_facts.h"
#include "base/text.h"
#include "facts/facts.h"
#include "facts/pci/boot_binding.h"

struct collecting {
	struct hd_hotplug *hotplug;
	struct hd_context *context;
	struct hd_guests guests;
	struct hd_journal_entry *entries;
	size_t n_entries;
};

/* The first function of its group that a host driver has; bridges do not count. */
static const char *sharer_of(const struct hd_facts *facts, struct hd_arena *arena,
			     const struct hd_pci_addr *addr)
{
	const struct hd_pci_facts *own = hd_facts_fn(facts, addr);

	for (size_t i = 0; own && own->fn.group != HD_NO_GROUP && i < facts->n_fns; i++) {
		const struct hd_pci_fn *fn = &facts->fns[i].fn;

		if (fn->group == own->fn.group && fn->driver_kind == HD_DRIVER_HOST &&
		    !hd_pci_fn_is_bridge(fn))
			return hd_printf(arena, "%s on %s", fn->name, fn->driver);
	}
	return NULL;
}

static int add_given(struct collecting *c, const struct hd_unseen_device *device,
		     struct hd_error *err)
{
	_cleanup_(hd_facts_close) struct hd_facts facts = { 0 };
	struct hd_arena *arena = c->context->arena;
	const struct hd_facts_query query = { .addrs = &device->dev.addr, .n_addrs = 1,
					      .guest_uuid = "", .only_functions = true };
	char name[HD_PCI_ADDR_SIZE];
	int rc = hd_facts_collect(&facts, &c->context->root, arena, &query, err);

	if (rc < 0)
		return rc;
	hd_push(arena, &c->hotplug->given, &c->hotplug->n_given, ((struct hd_hotplugged){
		.name = hd_strdup(arena, hd_pci_addr_format(&device->dev.addr, name)),
		.guest = device->guest,
		.shares = sharer_of(&facts, arena, &device->dev.addr),
		.is_managed = device->dev.managed,
	}));
	return 0;
}

static bool has_claim(const struct collecting *c, const struct hd_pci_addr *addr)
{
	for (size_t i = 0; i < c->guests.n_claims; i++)
		if (!hd_pci_addr_compare(&c->guests.claims[i].addr, addr))
			return true;
	return false;
}

static int add_unowned(struct collecting *c, const struct hd_pci_addr *addr, struct hd_error *err)
{
	struct hd_arena *arena = c->context->arena;
	struct hd_pci_fn fn = { 0 };
	int rc = hd_pci_fn_read(&fn, &c->context->root, arena, addr, err);

	if (rc < 0 || !fn.is_present || fn.driver_kind != HD_DRIVER_VFIO || !fn.driver_override ||
	    !*fn.driver_override || has_claim(c, addr) ||
	    hd_journal_holder(c->entries, c->n_entries, addr) ||
	    hd_pci_is_bound_at_boot(&c->context->root, arena, fn.name))
		return rc;
	hd_push(arena, &c->hotplug->unowned, &c->hotplug->n_unowned,
		((struct hd_unowned){ .name = hd_strdup(arena, fn.name), .driver = fn.driver }));
	return 0;
}

static int find_unowned(struct collecting *c, struct hd_error *err)
{
	_cleanup_(hd_close) int fd = -1;
	struct hd_pci_addr *all;
	ssize_t n_entries = 0;
	size_t n;
	int rc = hd_pci_addresses(&c->context->root, c->context->arena, &all, &n, err);

	if (rc == 0)
		rc = hd_guests_read(&c->guests, &c->context->root, c->context->arena, "", err);
	if (rc == 0)
		rc = hd_state_dir_peek(c->context, &fd, err);
	if (rc > 0)
		n_entries = hd_journal_list(&c->entries, c->context->arena, fd, err);
	if (rc < 0 || n_entries < 0)
		return rc < 0 ? rc : (int)n_entries;
	c->n_entries = (size_t)n_entries;
	rc = 0;
	for (size_t i = 0; rc == 0 && i < n; i++)
		rc = add_unowned(c, &all[i], err);
	return rc;
}

int hd_hotplug_read(struct hd_hotplug *ret, struct hd_unseen *unseen, struct hd_context *context,
		    struct hd_error *err)
{
	struct collecting c = { .hotplug = ret, .context = context };
	int rc = hd_unseen_read(unseen, context, err);

	*ret = (struct hd_hotplug){ .n_given = 0 };
	for (size_t i = 0; rc == 0 && i < unseen->n; i++)
		if (unseen->items[i].dev.kind == HD_DEVICE_PCI)
			rc = add_given(&c, &unseen->items[i], err);
	if (rc == 0)
		rc = find_unowned(&c, err);
	ret->unreadable = c.guests.hidden ? c.guests.hidden : unseen->unreadable;
	return rc;
}
