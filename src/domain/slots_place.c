/* SPDX-License-Identifier: GPL-2.0-or-later */
/* slots_place.c - gives the functions of a card one slot of the guest, and who it takes. */
#include "config.h"

#include <errno.h>

#include "domain/slots_bus.h"

bool hd_bus_can_plug(const struct hd_guest_bus *bus)
{
	return bus->model->can_plug && !bus->no_plug;
}

/* Is the bus of a kind that the card is looked for on?  As libvirt would have it. */
static bool suits(const struct hd_slots *slots, const struct hd_slots_ask *ask,
		  const struct hd_guest_bus *bus)
{
	if (!bus->model || bus->model->takes == HD_TAKES_NOTHING)
		return false;
	if (ask->is_live && !hd_bus_can_plug(bus))
		return false;
	if (bus->model->takes == HD_TAKES_PCI)
		return slots->root == HD_SLOTS_PCI || ask->is_conventional;
	/* A port with nothing behind it may be what libvirt gives to the next device. */
	return bus->model->is_port &&
	       (ask->is_live || (!slots->has_unplaced && !ask->is_conventional));
}

/* The guest's node that stands for the card's, or -1. */
static int near_node(const struct hd_slots *slots, const struct hd_slots_ask *ask)
{
	for (size_t i = 0; i < slots->n_nodes; i++)
		if ((int)slots->nodes[i].host == ask->host_node)
			return (int)slots->nodes[i].guest;
	return -1;
}

/* The lower the better: its own kind of bus, near its memory, not near another's. */
static int rank_of(const struct hd_slots *slots, const struct hd_slots_ask *ask, unsigned index)
{
	const struct hd_guest_bus *bus = &slots->buses[index];
	bool is_own_kind = ask->is_conventional == (bus->model->takes == HD_TAKES_PCI);
	int node = hd_slots_node_of(slots, index), near = near_node(slots, ask);

	return (is_own_kind || slots->root == HD_SLOTS_PCI ? 0 : 4) +
	       (node == near ? 0 : node < 0 ? 1 : 2);
}

bool hd_slots_is_free(const struct hd_slots *slots, unsigned bus, unsigned slot)
{
	return !slots->buses[bus].taken[slot] && !hd_slots_is_kept(slots, bus, slot);
}

/* A free slot of this bus: the lowest, or the one that libvirt fills last; or -1. */
static int free_slot(const struct hd_slots *slots, unsigned index)
{
	const struct hd_bus_model *model = slots->buses[index].model;
	int found = -1;

	for (unsigned slot = model->first_slot; slot <= model->last_slot; slot++)
		if (hd_slots_is_free(slots, index, slot) && (found < 0 || slots->has_unplaced))
			found = (int)slot;
	return found;
}

bool hd_slots_find(const struct hd_slots *slots, const struct hd_slots_ask *ask,
		   struct hd_place *ret)
{
	int best = -1;

	for (unsigned i = 0; i < slots->n_buses; i++) {
		int slot, rank;

		if (!suits(slots, ask, &slots->buses[i]))
			continue;
		slot = free_slot(slots, i);
		rank = rank_of(slots, ask, i);
		if (slot < 0 || (best >= 0 && rank >= best))
			continue;
		best = rank;
		*ret = (struct hd_place){ i, (unsigned)slot };
	}
	return best >= 0;
}

static int choose(struct hd_slots *slots, const struct hd_slots_ask *ask, struct hd_place *ret,
		  struct hd_error *err)
{
	if (!hd_slots_must_grow(slots, ask) && hd_slots_find(slots, ask, ret))
		return 0;
	return hd_slots_grow(slots, ask, ret, err);
}

static void note(struct hd_slots *slots, const char *text)
{
	*(const char **)hd_append(slots->arena, &slots->notes, &slots->n_notes,
				  sizeof(*slots->notes)) = text;
}

/* With guest and host nodes matched, an expander bus tells the guest where the card is. */
static void propose_near(struct hd_slots *slots, const struct hd_slots_ask *ask, unsigned bus)
{
	int near = near_node(slots, ask);
	bool is_pcie = slots->root != HD_SLOTS_PCI;

	if (near < 0 || ask->is_live || hd_slots_node_of(slots, bus) == near)
		return;
	note(slots, hd_printf(slots->arena,
			      "%s is on NUMA node %d of the host, node %d of the guest. An expander "
			      "bus would tell the guest so: <controller type='pci' "
			      "model='%s-expander-bus'><target><node>%d</node></target>"
			      "</controller>%s", ask->name, ask->host_node, near,
			      is_pcie ? "pcie" : "pci", near,
			      is_pcie ? " with a pcie-root-port on it" : ""));
}

static void give(struct hd_slots *slots, const struct hd_slots_ask *ask,
		 const struct hd_place *place, struct hd_guest_addr *ret)
{
	const char *holder = hd_printf(slots->arena, "%s, which is placed with it", ask->name);
	bool keeps = !ask->fns[0];

	for (size_t i = 0; i < ask->n; i++) {
		unsigned fn = keeps ? ask->fns[i] : (unsigned)i;

		if (ask->n == 1)
			fn = ask->wanted ? ask->wanted->fn : 0;
		ret[i] = (struct hd_guest_addr){
			.is_set = true,
			.multifunction = ask->n > 1 && !i,
			.addr = { .bus = (uint8_t)place->bus, .slot = (uint8_t)place->slot,
				  .fn = (uint8_t)fn },
		};
		hd_slots_take(slots, &ret[i].addr, ret[i].multifunction, holder);
	}
}

static int leave(struct hd_slots *slots, const struct hd_slots_ask *ask,
		 struct hd_guest_addr *ret, struct hd_error *err)
{
	if (ask->wanted)
		return hd_fail(err, -EINVAL, "%s: --slot: machine '%s': placing is left to libvirt",
			       ask->name, slots->machine);
	for (size_t i = 0; i < ask->n; i++)
		ret[i] = (struct hd_guest_addr){ 0 };
	note(slots, hd_printf(slots->arena, "%s gets its place from libvirt: machine '%s'",
			      ask->name, slots->machine));
	return 0;
}

int hd_slots_place(struct hd_slots *slots, const struct hd_slots_ask *ask,
		   struct hd_guest_addr *ret, struct hd_error *err)
{
	struct hd_place place = { 0 };
	int rc;

	if (!ask->n || ask->n > HD_FNS_PER_SLOT || (ask->is_live && ask->n > 1))
		return hd_fail(err, -EINVAL, "%s: %zu functions do not fit on one guest slot",
			       ask->name, ask->n);
	if (slots->root == HD_SLOTS_UNKNOWN)
		return leave(slots, ask, ret, err);
	rc = ask->wanted ? hd_slots_wish(slots, ask, &place, err) : choose(slots, ask, &place, err);
	if (rc < 0)
		return rc;
	give(slots, ask, &place, ret);
	propose_near(slots, ask, place.bus);
	return 0;
}
