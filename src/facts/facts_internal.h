/* SPDX-License-Identifier: GPL-2.0-or-later */
/* facts_internal.h - the collection that facts.c, function_facts.c and others fill. */
#pragma once

#include "facts/facts.h"
#include "facts/pci/vfio_variant.h"

struct hd_collector {
	struct hd_facts *facts;
	struct hd_arena *arena;
	const struct hd_facts_query *query;
	struct hd_error *err;

	/* Read when the first function needs them, for all. */
	bool has_aliases;
	const char *release;		/* NULL if unknown */
	struct hd_vfio_aliases aliases;
	struct hd_net_tables net;
	const struct hd_storage_tables *storage;

	int64_t claims_deadline;	/* of claims that are asked for again; 0: none was */
};

/* For how long one collection asks again for claims that nothing explains; all together. */
#define HD_CLAIMS_MS 500

/*
 * Claims the disks of STORAGE if the query wants that, and explains what the kernel
 * refuses.  They are not held beyond that if the query lets go.
 */
void hd_claims_read(struct hd_collector *c, struct hd_storage *storage) _nonnull_(1, 2);

/*
 * Ends the watch that returned BEFORE: *RET becomes what could not be read since, "FILE:
 * REASON", if it is not set yet.
 */
void hd_collector_unwatch(struct hd_collector *c, const struct hd_sysroot_trouble *before,
			  const char **ret) _nonnull_(1, 2, 3);

/*
 * What can change at any moment: who uses the function.  Reads it again each time
 * it is called; claims that are held already stay held.  For a function that is
 * not on a host driver only what a display shows, and the files of its BARs.
 */
int hd_fn_users_read(struct hd_collector *c, struct hd_pci_facts *ret)
	_nonnull_(1, 2) _must_check_;

/* Fills `others`; the nodes are there. */
void hd_other_uses_read(struct hd_collector *c, struct hd_pci_facts *ret) _nonnull_(1, 2);

/* Fills all but fn, is_requested and parent, which are there. */
int hd_fn_facts_read(struct hd_collector *c, struct hd_pci_facts *ret)
	_nonnull_(1, 2) _must_check_;

/*
 * Fills facts->handover by the query's policy, and `ended_by` of the holders and of the displays'
 * uses that are there; nothing without a policy.
 */
void hd_handover_read(struct hd_collector *c) _nonnull_(1);

/* Fills usb, inputs, usbs, serials, mdevs, scsis and scsi_claims of the facts. */
int hd_named_read(struct hd_collector *c) _nonnull_(1) _must_check_;

/*
 * Fills facts->pools, by query->networks; functions' network and parent alone.
 * Source: run/libvirt/network/NAME.xml of an active network, else its definition
 * etc/libvirt/qemu/networks/NAME.xml; never libvirt's API.  A network's name is
 * compared with what the files say, it never becomes a path.
 */
int hd_pools_read(struct hd_collector *c) _nonnull_(1) _must_check_;
