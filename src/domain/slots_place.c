/* SPDX-License-Identifier: GPL-2.0-or-later */
/* slots_place.c - finds a card its slot, and adds the controllers that are missing for it. */
#include "config.h"

#include <errno.h>
#include <string.h>

#include "domain/slots_internal.h"

static bool bus_can_plug(const struct hd_guest_bus *bus)
{
	return bus->model->can_plug && !bus->no_plug;
}

/* Is the bus of a kind that the card is looked for on?  As libvirt would have it. */
static bool suits(const struct hd_slots *slots, const struct hd_slots_ask *ask,
		  const struct hd_guest_bus *bus)
{
	if (!bus->model || bus->model->takes == HD_TAKES_NOTHING)
		return false;
	if (ask->is_live && !bus_can_plug(bus))
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

static bool is_free_slot(const struct hd_slots *slots, unsigned bus, unsigned slot)
{
	return !slots->buses[bus].taken[slot] && !hd_slots_is_kept(slots, bus, slot);
}

/* A free slot of this bus: the lowest, or the one that libvirt fills last; or -1. */
static int free_slot(const struct hd_slots *slots, unsigned index)
{
	const struct hd_bus_model *model = slots->buses[index].model;
	int found = -1;

	for (unsigned slot = model->first_slot; slot <= model->last_slot; slot++)
		if (is_free_slot(slots, index, slot) && (found < 0 || slots->has_unplaced))
			found = (int)slot;
	return found;
}

/* The best place for the card among the buses that the guest has. */
static bool find_place(const struct hd_slots *slots, const struct hd_slots_ask *ask,
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

/* Slots of conventional buses that nobody has. */
static unsigned count_free(const struct hd_slots *slots)
{
	unsigned n = 0;

	for (unsigned i = 0; i < slots->n_buses; i++) {
		const struct hd_bus_model *model = slots->buses[i].model;

		if (!model || model->takes != HD_TAKES_PCI)
			continue;
		for (unsigned slot = model->first_slot; slot <= model->last_slot; slot++)
			n += is_free_slot(slots, i, slot);
	}
	return n;
}

/* How many ports pcie.0 still has room for: libvirt puts eight on a slot. */
static unsigned count_port_room(const struct hd_slots *slots)
{
	const struct hd_guest_bus *root = &slots->buses[0];
	const uint32_t shared = root->is_ports & root->is_multi;
	unsigned n = 0;

	for (unsigned slot = root->model->first_slot; slot <= root->model->last_slot; slot++) {
		if (is_free_slot(slots, 0, slot))
			n += HD_FNS_PER_SLOT;
		else if (shared & (UINT32_C(1) << slot))
			n += HD_FNS_PER_SLOT - (unsigned)__builtin_popcount(root->taken[slot]);
	}
	return n;
}

/* QEMU's names, libvirt qemuDomainControllerSetDefaultModelPCI; what each needs beside them. */
static const struct kind {
	const char *model, *model_name;
	bool has_port, has_chassis_nr;
} kinds[] = {
	{ "pcie-root-port", "pcie-root-port", true, false },
	{ "pcie-to-pci-bridge", "pcie-pci-bridge", false, false },
	{ "pci-bridge", "pci-bridge", false, true },
};

static const struct kind *find_kind(const char *model)
{
	size_t i = 0;

	while (i + 1 < HD_ARRAY_SIZE(kinds) && strcmp(kinds[i].model, model) != 0)
		i++;
	return &kinds[i];
}

/* Numbers as libvirt chooses them (qemuDomainAssignPCIAddresses). */
static void describe(struct hd_guest_controller *added, const char *model, unsigned index,
		     const struct hd_guest_addr *guest)
{
	const struct kind *kind = find_kind(model);

	*added = (struct hd_guest_controller){
		.model = kind->model,
		.index = index,
		.guest = *guest,
		.model_name = kind->model_name,
		.chassis = kind->has_port ? (int)index : -1,
		.port = kind->has_port ? guest->addr.slot << 3 | guest->addr.fn : -1,
		.chassis_nr = kind->has_chassis_nr ? (int)index : -1,
	};
}

static int add_bus(struct hd_slots *slots, const char *model, unsigned index,
		   const struct hd_guest_addr *guest, const struct hd_slots_ask *ask,
		   struct hd_error *err)
{
	struct hd_guest_controller *added;

	if (index >= HD_SLOTS_BUSES)
		return hd_fail(err, -ENOSPC,
			       "%s: the guest has no free controller index for a %s", ask->name,
			       model);
	slots->buses[index].model = hd_bus_model_find(model);
	slots->buses[index].parent = guest->addr.bus;
	if (index >= slots->n_buses)
		slots->n_buses = index + 1;
	added = hd_append(slots->arena, &slots->added, &slots->n_added, sizeof(*added));
	describe(added, model, index, guest);
	hd_slots_take(slots, &guest->addr, guest->multifunction,
		      hd_printf(slots->arena, "controller %u (%s), which is added", index,
				added->model));
	return 0;
}

/* Beside other ports, or on a slot of its own, which then has room for seven more. */
static struct hd_guest_addr find_port_place(const struct hd_slots *slots)
{
	const struct hd_guest_bus *root = &slots->buses[0];
	const uint32_t shared = root->is_ports & root->is_multi;
	struct hd_guest_addr found = { .is_set = false };

	for (unsigned slot = root->model->first_slot; slot <= root->model->last_slot; slot++) {
		unsigned fn = (unsigned)__builtin_ctz(~(unsigned)root->taken[slot]);

		if (shared & (UINT32_C(1) << slot) && fn < HD_FNS_PER_SLOT)
			return (struct hd_guest_addr){
				.is_set = true,
				.addr = { .slot = (uint8_t)slot, .fn = (uint8_t)fn },
			};
		if (is_free_slot(slots, 0, slot) && (!found.is_set || slots->has_unplaced))
			found = (struct hd_guest_addr){ .is_set = true, .multifunction = true,
							.addr.slot = (uint8_t)slot };
	}
	return found;
}

static int add_port(struct hd_slots *slots, unsigned index,
			  const struct hd_slots_ask *ask, struct hd_error *err)
{
	const struct hd_guest_addr guest = find_port_place(slots);
	int rc;

	if (!guest.is_set || count_port_room(slots) <= slots->n_floating)
		return hd_fail(err, -ENOSPC,
			       "%s: the guest's pcie.0 is full, so there is no room for a "
			       "pcie-root-port; remove a device that the guest does not need",
			       ask->name);
	rc = add_bus(slots, "pcie-root-port", index, &guest, ask, err);
	if (rc == 0 && !guest.addr.fn)
		slots->buses[0].is_ports |= UINT32_C(1) << guest.addr.slot;
	return rc;
}

/* Takes back the buses that were added since BEFORE. */
static void drop_added(struct hd_slots *slots, const struct hd_slots *before)
{
	for (size_t i = before->n_added; i < slots->n_added; i++) {
		const struct hd_pci_addr *addr = &slots->added[i].guest.addr;
		struct hd_guest_bus *parent = &slots->buses[addr->bus];

		slots->buses[slots->added[i].index] =
			(struct hd_guest_bus){ .node = -1, .parent = -1 };
		parent->taken[addr->slot] &= (uint8_t)~(1u << addr->fn);
		if (parent->taken[addr->slot])
			continue;
		parent->holder[addr->slot] = NULL;
		parent->is_multi &= ~(UINT32_C(1) << addr->slot);
		parent->is_ports &= ~(UINT32_C(1) << addr->slot);
	}
	slots->n_added = before->n_added;
	slots->n_buses = before->n_buses;
}

/* A slot of a bus that is added, behind what may have to be added for that. */
static int add_bridge(struct hd_slots *slots, const struct hd_slots_ask *ask,
		      struct hd_place *ret, struct hd_error *err)
{
	const char *model = slots->root == HD_SLOTS_PCI ? "pci-bridge" : "pcie-to-pci-bridge";
	const struct hd_slots_ask bridge = { .name = ask->name, .host_node = ask->host_node };
	const struct hd_slots before = *slots;
	struct hd_place place = { .bus = slots->n_buses };
	struct hd_guest_addr guest;
	int rc;

	if (!find_place(slots, &bridge, &place)) {
		if (slots->root == HD_SLOTS_PCI)
			return hd_fail(err, -ENOSPC,
				       "%s: the guest has no free slot left, not even for "
				       "a pci-bridge; remove a device that the guest does not need",
				       ask->name);
		rc = add_port(slots, place.bus, ask, err);
		if (rc < 0)
			return rc;
	}
	*ret = (struct hd_place){ slots->n_buses, hd_bus_model_find(model)->first_slot };
	guest = (struct hd_guest_addr){ .is_set = true,
					.addr = { .bus = (uint8_t)place.bus,
						  .slot = (uint8_t)place.slot } };
	rc = add_bus(slots, model, slots->n_buses, &guest, ask, err);
	if (rc < 0)
		drop_added(slots, &before);
	return rc;
}

/* Adds a bus for the card: 0, or -ENOSPC and nothing is added. */
static int add_place(struct hd_slots *slots, const struct hd_slots_ask *ask,
		      struct hd_place *ret, struct hd_error *err)
{
	if (ask->is_live)
		return hd_fail(err, -ENOSPC,
			       "%s: the running guest has no free slot for hotplug; attach "
			       "it with --config and restart the guest, or give the guest "
			       "more %s controllers", ask->name,
			       slots->root == HD_SLOTS_PCI ? "pci-bridge" : "pcie-root-port");
	if (slots->root == HD_SLOTS_PCI || ask->is_conventional)
		return add_bridge(slots, ask, ret, err);
	*ret = (struct hd_place){ .bus = slots->n_buses };
	return add_port(slots, ret->bus, ask, err);
}

/* Is the last free slot of a pc guest left, which is for the bridge that makes more of it? */
static bool must_add_bridge(const struct hd_slots *slots, const struct hd_slots_ask *ask)
{
	return slots->root == HD_SLOTS_PCI && !ask->is_live && !slots->has_unplaced &&
	       count_free(slots) == 1;
}

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
				hd_printf(arena, "its bus is a controller of model %s, "
					  "which cannot have such a device", bus->model->name));
	if (slot < bus->model->first_slot || slot > bus->model->last_slot)
		return bad_wish(err, -EINVAL, ask->wanted,
				hd_printf(arena, "a %s has slots %u to %u", bus->model->name,
					  bus->model->first_slot, bus->model->last_slot));
	if (ask->is_live && !bus_can_plug(bus))
		return bad_wish(err, -EINVAL, ask->wanted,
				"nothing can be plugged there while the guest runs");
	return 0;
}

static int judge_form(const struct hd_slots_ask *ask, struct hd_error *err)
{
	const struct hd_pci_addr *addr = ask->wanted;

	if (addr->domain)
		return bad_wish(err, -EINVAL, addr, "a guest has only PCI domain 0");
	if (addr->fn && ask->is_live)
		return bad_wish(err, -EINVAL, addr,
				"only function 0 can be plugged while the guest runs");
	if (addr->fn && ask->n > 1)
		return bad_wish(err, -EINVAL, addr,
				"a card with several functions starts at function 0");
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
				hd_printf(slots->arena, "%s uses it", holder));
	if (addr->fn && !holder)
		return bad_wish(err, -EINVAL, addr, "its function 0 is empty");
	return bus->model ? judge_bus(slots, ask, err) : 0;
}

/* Takes the wanted slot: 0, -EBUSY, -EINVAL or -ENOSPC. */
static int take_wanted(struct hd_slots *slots, const struct hd_slots_ask *ask,
		      struct hd_place *ret, struct hd_error *err)
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
	return add_port(slots, addr->bus, ask, err);
}

static int choose_place(struct hd_slots *slots, const struct hd_slots_ask *ask,
			struct hd_place *ret, struct hd_error *err)
{
	if (!must_add_bridge(slots, ask) && find_place(slots, ask, ret))
		return 0;
	return add_place(slots, ask, ret, err);
}

static void add_note(struct hd_slots *slots, const char *text)
{
	hd_push(slots->arena, &slots->notes, &slots->n_notes, text);
}

/* With guest and host nodes matched, an expander bus tells the guest where the card is. */
static void propose_near(struct hd_slots *slots, const struct hd_slots_ask *ask, unsigned bus)
{
	int near = near_node(slots, ask);
	bool is_pcie = slots->root != HD_SLOTS_PCI;

	if (near < 0 || ask->is_live || hd_slots_node_of(slots, bus) == near)
		return;
	add_note(slots, hd_printf(slots->arena,
				  "%s is on NUMA node %d of the host, node %d of the guest. An "
				  "expander bus would show this to the guest: <controller "
				  "type='pci' "
				  "model='%s-expander-bus'><target><node>%d</node></target></controller>%s",
				  ask->name, ask->host_node, near,
				  is_pcie ? "pcie" : "pci", near,
				  is_pcie ? " with a pcie-root-port on it" : ""));
}

static void give_place(struct hd_slots *slots, const struct hd_slots_ask *ask,
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

static int leave_to_libvirt(struct hd_slots *slots, const struct hd_slots_ask *ask,
			    struct hd_guest_addr *ret, struct hd_error *err)
{
	if (ask->wanted)
		return hd_fail(err, -EINVAL, "%s: --slot: libvirt places the devices of "
					     "machine '%s'",
			       ask->name, slots->machine);
	for (size_t i = 0; i < ask->n; i++)
		ret[i] = (struct hd_guest_addr){ 0 };
	add_note(slots, hd_printf(slots->arena, "libvirt places %s: machine '%s'",
				  ask->name, slots->machine));
	return 0;
}

int hd_slots_place(struct hd_slots *slots, const struct hd_slots_ask *ask,
		   struct hd_guest_addr *ret, struct hd_error *err)
{
	struct hd_place place = { 0 };
	int rc;

	if (!ask->n || ask->n > HD_FNS_PER_SLOT || (ask->is_live && ask->n > 1))
		return hd_fail(err, -EINVAL, "%s: %zu functions do not fit into one guest slot",
			       ask->name, ask->n);
	if (slots->root == HD_SLOTS_UNKNOWN)
		return leave_to_libvirt(slots, ask, ret, err);
	rc = ask->wanted ? take_wanted(slots, ask, &place, err) : choose_place(slots, ask, &place, err);
	if (rc < 0)
		return rc;
	give_place(slots, ask, &place, ret);
	propose_near(slots, ask, place.bus);
	return 0;
}
