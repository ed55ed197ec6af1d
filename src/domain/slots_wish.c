/* SPDX-License-Identifier: GPL-2.0-or-later */
/* slots_wish.c - can a card have the slot that a person wants for it? */
#include "config.h"

#include <errno.h>

#include "domain/slots_bus.h"

static int bad_wish(struct hd_error *err, int code, const struct hd_pci_addr *addr,
		    const char *reason)
{
	char name[HD_PCI_ADDR_SIZE];

	return hd_fail(err, code, "guest slot %s: %s", hd_pci_addr_format(addr, name), reason);
}

/* A single function may stand beside others, if their function 0 says so. */
static bool is_beside(const struct hd_guest_bus *bus, const struct hd_pci_addr *addr)
{
	return addr->fn && bus->is_multi & (UINT32_C(1) << (addr->slot & 31u)) &&
	       !(bus->taken[addr->slot & 31u] & (1u << addr->fn));
}

static int judge_bus(const struct hd_slots *slots, const struct hd_slots_ask *ask,
		     struct hd_error *err)
{
	const struct hd_guest_bus *bus = &slots->buses[ask->wanted->bus];
	unsigned slot = ask->wanted->slot;
	struct hd_arena *arena = slots->arena;

	if (bus->model->takes == HD_TAKES_NOTHING)
		return bad_wish(err, -EINVAL, ask->wanted,
				hd_printf(arena, "its bus is a controller of model %s, which takes "
					  "no such device", bus->model->name));
	if (slot < bus->model->first_slot || slot > bus->model->last_slot)
		return bad_wish(err, -EINVAL, ask->wanted,
				hd_printf(arena, "a %s has slots %u to %u", bus->model->name,
					  bus->model->first_slot, bus->model->last_slot));
	if (ask->is_live && !hd_bus_can_plug(bus))
		return bad_wish(err, -EINVAL, ask->wanted,
				"nothing can be plugged there while the guest runs");
	return 0;
}

static int judge_form(const struct hd_slots_ask *ask, struct hd_error *err)
{
	const struct hd_pci_addr *addr = ask->wanted;

	if (addr->domain)
		return bad_wish(err, -EINVAL, addr, "a guest has PCI domain 0 alone");
	if (addr->fn && ask->is_live)
		return bad_wish(err, -EINVAL, addr,
				"only function 0 can be plugged while the guest runs");
	if (addr->fn && ask->n > 1)
		return bad_wish(err, -EINVAL, addr,
				"a card with several functions begins at function 0");
	return 0;
}

static int judge_wish(const struct hd_slots *slots, const struct hd_slots_ask *ask,
		      struct hd_error *err)
{
	const struct hd_pci_addr *addr = ask->wanted;
	const char *holder = hd_slots_holder(slots, addr);
	const struct hd_guest_bus *bus = &slots->buses[addr->bus];

	if (judge_form(ask, err) < 0)
		return err->code;
	if (holder && (hd_slots_chipset(slots, addr) || !is_beside(bus, addr)))
		return bad_wish(err, -EBUSY, addr,
				hd_printf(slots->arena, "it is taken by %s", holder));
	if (addr->fn && !holder)
		return bad_wish(err, -EINVAL, addr, "nothing is at its function 0");
	return bus->model ? judge_bus(slots, ask, err) : 0;
}

int hd_slots_wish(struct hd_slots *slots, const struct hd_slots_ask *ask, struct hd_place *ret,
		  struct hd_error *err)
{
	const struct hd_pci_addr *addr = ask->wanted;
	int rc = judge_wish(slots, ask, err);

	if (rc < 0)
		return rc;
	*ret = (struct hd_place){ addr->bus, addr->slot };
	if (slots->buses[addr->bus].model)
		return 0;
	if (slots->root == HD_SLOTS_PCI || ask->is_live || addr->slot)
		return bad_wish(err, -EINVAL, addr,
				hd_printf(slots->arena, "the guest has no bus %02x", addr->bus));
	return hd_slots_add_port(slots, addr->bus, ask, err);
}
