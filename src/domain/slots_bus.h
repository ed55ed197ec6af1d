/* SPDX-License-Identifier: GPL-2.0-or-later */
/* slots_bus.h - the buses of a guest, for slots.h alone. */
#pragma once

#include "domain/slots.h"
#include "domain/xml.h"

#define HD_SLOTS_PER_BUS 32
#define HD_FNS_PER_SLOT 8

enum hd_bus_takes {
	HD_TAKES_NOTHING,	/* but bridges, or we do not know */
	HD_TAKES_PCI,
	HD_TAKES_PCIE,
};

/* A model of <controller type='pci'>, as virDomainPCIAddressBusSetModel has them. */
struct hd_bus_model {
	const char *name;
	enum hd_bus_takes takes;
	uint8_t first_slot, last_slot;
	bool is_port;		/* one device, and nothing else beside it */
	bool can_plug;		/* while the guest runs */
};

struct hd_guest_bus {
	const struct hd_bus_model *model;	/* NULL: no such bus */
	uint8_t taken[HD_SLOTS_PER_BUS];	/* a bit per function */
	const char *holder[HD_SLOTS_PER_BUS];	/* the first that took one */
	uint32_t is_multi;	/* a bit per slot: function 0 says multifunction='on' */
	uint32_t is_ports;	/* a bit per slot: function 0 is a root port */
	bool no_plug;		/* <target hotplug='off'> */
	int node;		/* <target><node> of an expander bus, or -1 */
	int parent;		/* the bus that its own address is on, or -1 */
};

/* Where a card goes. */
struct hd_place {
	unsigned bus, slot;
};

/* The model of this name; one that takes nothing for NULL and for unknown names. */
const struct hd_bus_model *hd_bus_model_find(const char *name) _returns_nonnull_;

/* Marks the function as taken by HOLDER. */
void hd_slots_take(struct hd_slots *slots, const struct hd_pci_addr *addr,
		   bool multifunction, const char *holder) _nonnull_(1, 2, 4);

bool hd_slots_is_free(const struct hd_slots *slots, unsigned bus, unsigned slot) _nonnull_(1);
bool hd_bus_can_plug(const struct hd_guest_bus *bus) _nonnull_(1);

/* The best place for the card among the buses that the guest has. */
bool hd_slots_find(const struct hd_slots *slots, const struct hd_slots_ask *ask,
		   struct hd_place *ret) _nonnull_(1, 2, 3);

/* Adds a bus for the card: 0, or -ENOSPC and nothing is added. */
int hd_slots_grow(struct hd_slots *slots, const struct hd_slots_ask *ask, struct hd_place *ret,
		  struct hd_error *err) _nonnull_(1, 2, 3, 4) _must_check_;
int hd_slots_add_port(struct hd_slots *slots, unsigned index, const struct hd_slots_ask *ask,
		      struct hd_error *err) _nonnull_(1, 3, 4) _must_check_;

/* Takes back the buses that were added since BEFORE. */
void hd_slots_shrink(struct hd_slots *slots, const struct hd_slots *before) _nonnull_(1, 2);

/* Is the last free slot of a pc guest left, which is for the bridge that makes more of it? */
bool hd_slots_must_grow(const struct hd_slots *slots, const struct hd_slots_ask *ask)
	_nonnull_(1, 2);

/* Takes the wanted slot: 0, -EBUSY, -EINVAL or -ENOSPC. */
int hd_slots_wish(struct hd_slots *slots, const struct hd_slots_ask *ask, struct hd_place *ret,
		  struct hd_error *err) _nonnull_(1, 2, 3, 4) _must_check_;

/* What the chipset has in this slot, or NULL. */
const char *hd_slots_chipset(const struct hd_slots *slots, const struct hd_pci_addr *addr)
	_nonnull_(1, 2);

/* Is it one that libvirt likes to give to a certain device?  Then it is not chosen. */
bool hd_slots_is_kept(const struct hd_slots *slots, unsigned bus, unsigned slot)
	_nonnull_(1);

/* The guest's node of the nearest expander bus above (or at) BUS, or -1. */
int hd_slots_node_of(const struct hd_slots *slots, unsigned bus) _nonnull_(1);

/* Reads what is of use here from <cpu> and <numatune>. */
void hd_slots_read_nodes(struct hd_slots *slots, const struct _xmlNode *domain)
	_nonnull_(1, 2);
