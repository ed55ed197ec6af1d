/* SPDX-License-Identifier: GPL-2.0-or-later */
/* slots_internal.h - the buses of a guest, for slots.h alone. */
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

/* What the chipset has in this slot, or NULL. */
const char *hd_slots_chipset(const struct hd_slots *slots, const struct hd_pci_addr *addr)
	_nonnull_(1, 2);

/* Is it one that libvirt likes to give to a certain device?  Then it is not chosen. */
bool hd_slots_is_kept(const struct hd_slots *slots, unsigned bus, unsigned slot)
	_nonnull_(1);

/* The guest's node of the nearest expander bus above (or at) BUS, or -1. */
int hd_slots_node_of(const struct hd_slots *slots, unsigned bus) _nonnull_(1);
