/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * slots.h - where a guest has room for PCI functions.
 *
 * The guest's topology is read from its domain XML: machine type, controllers,
 * the address of every device.  hd_slots_place() then gives the functions of one
 * card one slot of their own, and adds the controllers that are missing for it.
 *
 * Rules: libvirt src/conf/domain_addr.c (which models take what, in which slots)
 * and src/qemu/qemu_domain_address.c (what it places by itself, and what it keeps
 * for the chipset); QEMU docs/pcie.txt.  In short:
 * - q35 and the "virt" machines: behind a pcie-root-port that nobody uses, else
 *   behind one that is added.  A conventional function goes to a bridge for such
 *   (pcie-to-pci-bridge), as libvirt itself would have it.
 * - pc (i440fx): a free slot of pci.0 or of a pci-bridge; a full guest gets one more
 *   bridge.  Slot 1 is the chipset's, and slot 2 is the first graphics card's.
 * - other machines (pseries, s390): left to libvirt, which knows more.
 *
 * An added controller has all that libvirt would give it when the guest is defined;
 * root ports are by eight on one slot of pcie.0, as it has them.
 * libvirt fills free slots and ports with the devices that have no address yet.  As
 * long as the XML has such devices, nothing that they might get is taken: new ports
 * on q35, the highest free slots on pc.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/pciaddr.h"
#include "domain/request.h"

#define HD_SLOTS_BUSES 256	/* a bus is a controller's index; libvirt takes 0 to 255 */

struct hd_bus_model;
struct hd_guest_bus;

/* A controller that the guest needs in addition. */
struct hd_guest_controller {
	const char *model;	/* "pcie-root-port", "pcie-to-pci-bridge", "pci-bridge" */
	unsigned index;
	struct hd_guest_addr guest;
	/* What `virsh attach-device --config` wants to be there; -1: not for this model. */
	const char *model_name;		/* of QEMU's device */
	int chassis, port, chassis_nr;
};

/* A NUMA node of the guest whose memory comes from one node of the host. */
struct hd_guest_node {
	unsigned guest, host;
};

enum hd_slots_root {
	HD_SLOTS_UNKNOWN,	/* placing is left to libvirt */
	HD_SLOTS_PCI,		/* i440fx */
	HD_SLOTS_PCIE,		/* q35 */
	HD_SLOTS_VIRT,		/* PCI Express without a PC's chipset */
};

struct hd_slots {
	struct hd_arena *arena;
	const char *machine;		/* printable; "" if the XML does not say */
	enum hd_slots_root root;
	bool has_unplaced;		/* devices that libvirt will give addresses */
	const char **disks;		/* names that disks have: "vda" */
	size_t n_disks;
	struct hd_guest_bus *buses;	/* HD_SLOTS_BUSES of them, by index */
	unsigned n_buses;		/* one above the highest index that is used */
	unsigned n_floating;		/* controllers that libvirt still has to place */
	struct hd_guest_node *nodes;
	size_t n_nodes;
	struct hd_guest_controller *added;	/* by hd_slots_place(), in its order */
	size_t n_added;
	const char **notes;		/* likewise: what a person should know, a sentence each */
	size_t n_notes;
};

/* The functions of one card (or a single one, a VF or a mediated device). */
struct hd_slots_ask {
	const char *name;		/* for messages: "0000:01:00.0" */
	const uint8_t *fns;		/* their numbers on the host, ascending, once each */
	size_t n;			/* 1 to 8 */
	bool is_conventional;		/* no PCI Express function */
	bool is_live;			/* for a running guest: one function, a place that can
					   be plugged while it runs, nothing added */
	const struct hd_pci_addr *wanted;	/* --slot: this one or none; or NULL */
	int host_node;			/* the host's NUMA node, or -1 */
};

/*
 * Reads the guest's topology from its XML of LENGTH bytes; what it refers to is
 * owned by ARENA.  Returns 0, or -EINVAL, -E2BIG with ERR (line and element).
 */
int hd_slots_read(struct hd_slots *ret, struct hd_arena *arena, const char *xml,
		  size_t length, struct hd_error *err) _nonnull_(1, 2, 3, 5) _must_check_;

/*
 * Gives every function of ASK its address, ret[0] to ret[ask->n - 1], and takes
 * these in SLOTS, so that the next card goes elsewhere.  Functions keep their
 * numbers, unless number 0 is not among them: then they are counted from 0.
 * Several functions: function 0 has multifunction='on'.  A ret[] that is not set:
 * libvirt is to place the function, and a note says so.
 * Returns 0; -EBUSY (the wanted slot is somebody's), -EINVAL (it cannot be), -ENOSPC
 * with ERR, and SLOTS as before.
 */
int hd_slots_place(struct hd_slots *slots, const struct hd_slots_ask *ask,
		   struct hd_guest_addr *ret, struct hd_error *err)
	_nonnull_(1, 2, 3, 4) _must_check_;

/* "07:00.0", "0000:07:00.0" or "07:00", as in --slot; false leaves *ret alone. */
bool hd_slots_parse(const char *text, struct hd_pci_addr *ret) _nonnull_(1, 2) _must_check_;

/* Who has something on this slot of the guest ("<disk> of line 12"), or NULL. */
const char *hd_slots_holder(const struct hd_slots *slots, const struct hd_pci_addr *addr)
	_nonnull_(1, 2);
