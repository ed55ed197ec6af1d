/* SPDX-License-Identifier: GPL-2.0-or-later */
/* slots_grow.c - the controllers that a guest needs in addition. */
#include "config.h"

#include <errno.h>
#include <string.h>

#include "domain/slots_bus.h"

/* Slots of conventional buses that nobody has. */
static unsigned count_free(const struct hd_slots *slots)
{
	unsigned n = 0;

	for (unsigned i = 0; i < slots->n_buses; i++) {
		const struct hd_bus_model *model = slots->buses[i].model;

		if (!model || model->takes != HD_TAKES_PCI)
			continue;
		for (unsigned slot = model->first_slot; slot <= model->last_slot; slot++)
			n += hd_slots_is_free(slots, i, slot);
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
		if (hd_slots_is_free(slots, 0, slot))
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
			       "%s: the guest has no controller index left for a %s", ask->name,
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
		if (hd_slots_is_free(slots, 0, slot) && (!found.is_set || slots->has_unplaced))
			found = (struct hd_guest_addr){ .is_set = true, .multifunction = true,
							.addr.slot = (uint8_t)slot };
	}
	return found;
}

int hd_slots_add_port(struct hd_slots *slots, unsigned index, const struct hd_slots_ask *ask,
		      struct hd_error *err)
{
	const struct hd_guest_addr guest = find_port_place(slots);
	int rc;

	if (!guest.is_set || count_port_room(slots) <= slots->n_floating)
		return hd_fail(err, -ENOSPC,
			       "%s: pcie.0 of the guest is full, and so there is no room for a "
			       "pcie-root-port; remove a device that the guest does not need",
			       ask->name);
	rc = add_bus(slots, "pcie-root-port", index, &guest, ask, err);
	if (rc == 0 && !guest.addr.fn)
		slots->buses[0].is_ports |= UINT32_C(1) << guest.addr.slot;
	return rc;
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

	if (!hd_slots_find(slots, &bridge, &place)) {
		if (slots->root == HD_SLOTS_PCI)
			return hd_fail(err, -ENOSPC,
				       "%s: the guest has no free slot left, also none for a "
				       "pci-bridge; remove a device that the guest does not need",
				       ask->name);
		rc = hd_slots_add_port(slots, place.bus, ask, err);
		if (rc < 0)
			return rc;
	}
	*ret = (struct hd_place){ slots->n_buses, hd_bus_model_find(model)->first_slot };
	guest = (struct hd_guest_addr){ .is_set = true,
					.addr = { .bus = (uint8_t)place.bus,
						  .slot = (uint8_t)place.slot } };
	rc = add_bus(slots, model, slots->n_buses, &guest, ask, err);
	if (rc < 0)
		hd_slots_shrink(slots, &before);
	return rc;
}

void hd_slots_shrink(struct hd_slots *slots, const struct hd_slots *before)
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

int hd_slots_grow(struct hd_slots *slots, const struct hd_slots_ask *ask, struct hd_place *ret,
		  struct hd_error *err)
{
	if (ask->is_live)
		return hd_fail(err, -ENOSPC,
			       "%s: the running guest has no free place that can be plugged; "
			       "attach it with --config and start the guest again, or give the "
			       "guest more %s controllers", ask->name,
			       slots->root == HD_SLOTS_PCI ? "pci-bridge" : "pcie-root-port");
	if (slots->root == HD_SLOTS_PCI || ask->is_conventional)
		return add_bridge(slots, ask, ret, err);
	*ret = (struct hd_place){ .bus = slots->n_buses };
	return hd_slots_add_port(slots, ret->bus, ask, err);
}

bool hd_slots_must_grow(const struct hd_slots *slots, const struct hd_slots_ask *ask)
{
	return slots->root == HD_SLOTS_PCI && !ask->is_live && !slots->has_unplaced &&
	       count_free(slots) == 1;
}
