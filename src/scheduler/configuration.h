/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * configuration.h - what the configuration of a scheduler offers to its guests, as it was written.
 *
 * Nothing of the host is in it: offered.h has what it means there.
 */
#pragma once

#include "scheduler/address_pattern.h"
#include "domain/request.h"

#define HD_CONFIGURATION_MAX (1u << 20)	/* bytes */
#define HD_CONFIGURATION_ENTRIES 4096

struct hd_scheduler {
	const char *name;		/* as `export` has it: "nova" */
	const char *product;		/* "OpenStack Nova" */
	const char *files;		/* what is read, for people */
	bool is_for_cluster;		/* all hosts have the same one: a device may be missing on this one */
	bool selects_by_id_alone;	/* it cannot name a device by its address */
};

extern const struct hd_scheduler hd_scheduler_nova, hd_scheduler_kubevirt, hd_scheduler_harvester,
				 hd_scheduler_proxmox;
extern const struct hd_scheduler *const hd_schedulers[];	/* ends with NULL */

/* A pair such as vendor and device. */
struct hd_entry_id {
	bool is_known;
	unsigned vendor, device;
};

/* What is offered as one: a device_spec, a selector, a claim, a path of a map. */
struct hd_entry {
	const struct hd_scheduler *scheduler;
	unsigned line;			/* 0: unknown */
	const char *object;		/* "device_spec", "mapping gpu"; printable */
	const char *node;		/* whose devices; NULL: of each that has the configuration */
	enum hd_device_kind kind;	/* PCI, USB or mediated */

	/* What selects devices: all that is given must be so. */
	bool has_vendor, has_device;
	unsigned vendor, device;
	const struct hd_address_pattern *address;	/* or NULL */
	const char *interface;		/* Nova's devname, or NULL */
	const char *type;		/* of mediated devices, or NULL */
	bool takes_vfs;			/* a physical function's address also means its virtual functions */

	/* What is pinned: the scheduler compares it with the device at the address. */
	bool is_pinned;
	struct hd_entry_id id, subsystem;
	bool pins_group, has_group;	/* also the IOMMU group, which it may have forgotten */
	int group;

	bool wants_migration;		/* it says that the state of the devices can be moved */
	const char *chosen_by;		/* who chooses among the devices, so that they are not judged; or NULL */
};

struct hd_configuration {
	const struct hd_scheduler *scheduler;	/* of its first entry or object; NULL: it has comments alone */
	struct hd_entry *entries;
	size_t n;
};

/*
 * Reads TEXT of LENGTH bytes, whose format shows in it.  Returns 0, or a negative errno with ERR: the line
 * and the reason, or which formats there are.  Owned by ARENA.
 */
int hd_configuration_read(struct hd_configuration *ret, struct hd_arena *arena, const char *text,
			  size_t length, struct hd_error *err) _nonnull_(1, 2, 3, 5) _must_check_;
