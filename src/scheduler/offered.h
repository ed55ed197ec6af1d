/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * offered.h - what the configuration of a scheduler means on this host, for the checks to judge.
 *
 * Collected by act/offered_devices.h.  All texts are printable.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>

struct hd_entry;	/* scheduler/configuration.h */
struct hd_findings;

/* An entry, and what it selects. */
struct hd_offered_entry {
	const struct hd_entry *entry;
	const char *subject;		/* "nova.conf:3: device_spec" */
	size_t n_devices;		/* that it selects */
	size_t n_ready;			/* of these, those whose verdict is ready */
	const char *wanted;		/* "10de:2684", "0000:01:00.0": the selector, for people */
	const char *absent;		/* the one function that it names, which this host does not have; or NULL */
	const char *differs;		/* what is pinned and other here: "iommugroup is 15, not 14"; or NULL */
	const char *cannot_migrate;	/* "0000:01:00.0 (vfio-pci)": whose state cannot be moved, as far as is known,
					   although the entry says so; or NULL */
};

/* A device that an entry offers; if several do, the first one. */
struct hd_offered_device {
	const char *name;		/* "0000:01:00.0" */
	const char *subject;		/* "nova.conf:3: device_spec: 0000:01:00.0" */
	const struct hd_offered_entry *by;
	const struct hd_findings *findings;	/* of its own checks */
	bool is_with_guests;		/* on VFIO, and somebody has its group open, or a running guest has it */
	const char *used_by;		/* although it is ready; or NULL */
	int group;			/* IOMMU group; only if something is left out of it: */
	const char *left_out;		/* others of the group that no entry offers, or NULL */
	const char *left_out_why;	/* why the first of these must not be offered; NULL: it may be */
	const char *vfs;		/* its virtual functions: "0000:03:10.0 and 6 more", or NULL */
	const char *controller;		/* a function that is offered, too, and that it hangs on; or NULL */
	const char *beside;		/* what refuses it only beside all others that are offered:
					   "usb-free: ..."; or NULL */
};

struct hd_offered {
	struct hd_offered_entry *entries;
	size_t n_entries;
	struct hd_offered_device *devices;
	size_t n_devices;
};
