/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * sleep_decision.h - what must happen to the running guests before the host may sleep.
 *
 * Guests without host devices sleep with the host, and nothing is said of them.
 */
#pragma once

#include "base/config_file.h"
#include "facts/libvirt/guests.h"

/* What is done with a guest: what its most sensitive device needs. */
enum hd_sleep_action {
	HD_SLEEP_PAUSE,		/* it goes on after that */
	HD_SLEEP_SAVE,		/* managed save; it is started after that */
	HD_SLEEP_REFUSE,	/* the host must not sleep while the guest runs */
	HD_SLEEP_ACTION_MAX
};

/* One device of a running guest. */
struct hd_sleep_device {
	const char *name;	/* "0000:01:00.0", "usb 046d:c52b" */
	const char *driver;	/* of a PCI function, or NULL */
	const struct hd_guest_claim *claim;	/* a PCI function, or NULL */
	const struct hd_hostdev *dev;		/* another device, or NULL */
	enum hd_sleep_action action;
	const char *why;
};

struct hd_sleep_guest {
	const char *name;	/* printable */
	char uuid[37];		/* lower case */
	enum hd_sleep_action action;
	bool can_save;		/* all of its devices keep their state in a managed save, or need not */
	struct hd_sleep_device *devices;	/* those of PCI first */
	size_t n_devices;
};

struct hd_sleep_guests {
	struct hd_sleep_guest *items;	/* sorted by name */
	size_t n;
	const char *unknown;	/* why other guests may have devices too, or NULL: all are seen */
};

/* Of the running guests in libvirt's files; 0, or a negative errno with ERR. */
int hd_sleep_decide(struct hd_sleep_guests *ret, const struct hd_sysroot *root,
		    struct hd_arena *arena, enum hd_sleep_policy policy, struct hd_error *err)
	_nonnull_(1, 2, 3, 5) _must_check_;

/* "0000:01:00.0 (vfio-pci), usb 046d:c52b": those whose action is at least LEAST. */
const char *hd_sleep_devices(struct hd_arena *arena, const struct hd_sleep_guest *guest,
			     enum hd_sleep_action least) _nonnull_(1, 2) _returns_nonnull_;
