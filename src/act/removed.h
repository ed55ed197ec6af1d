/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * removed.h - has a running guest lost a function that a journal still has for it?
 *
 * virsh detach-device and others remove devices from a running guest, for which libvirt runs no hook.
 * libvirt's status file of the guest lacks the function then, and the journal of its start has it.
 */
#pragma once

#include "act/host_change.h"

struct hd_guest_devices {
	const char *uuid;		/* lower case */
	struct hd_pci_addr *addrs;	/* the PCI functions that it has now */
	size_t n;
};

struct hd_running_devices {
	struct hd_guest_devices *items;
	size_t n;
};

/*
 * Those of all running guests; one whose status file is unreadable is left out, so nothing is said of
 * it.  0, or a negative errno with ERR.  Owned by the context's arena.
 */
int hd_running_devices_read(struct hd_running_devices *ret, struct hd_context *context,
			    struct hd_error *err) _nonnull_(1, 2, 3) _must_check_;

/*
 * Does the guest of ENTRY run, without any of the functions that ENTRY took of STEP's IOMMU group?
 * While it has one of them, the others of the group have to stay.
 */
bool hd_is_removed(const struct hd_running_devices *running, const struct hd_journal_entry *entry,
		   const struct hd_journal_step *step) _nonnull_(1, 2, 3);
