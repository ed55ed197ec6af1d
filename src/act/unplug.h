/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * unplug.h - gives back what a running guest no longer has.
 *
 * An IOMMU group is one guest's or the host's.  So nothing of it goes back before the guest has
 * lost the last device of it, and then all of it does: the other devices that it lost before,
 * and the companions, whether they were taken at its start or since.
 */
#pragma once

#include "act/host_change.h"

struct hd_unplug {
	struct hd_change *change;	/* the groups are locked */
	const char *uuid, *name;	/* of the guest, as libvirt has them */
	const struct hd_pci_addr *still;	/* the functions that it still has */
	size_t n_still;
};

/*
 * The guest has just lost the function ADDR.  Waits until its QEMU has closed the group, at most
 * 15 s.  What became of it is added to the notes of the change.  HD_EXIT_OK, also if it has to
 * stay on VFIO for now; HD_EXIT_HOST or _STRANDED with ERR.
 */
enum hd_exit hd_unplug_give_back(const struct hd_unplug *unplug, const struct hd_pci_addr *addr,
				 struct hd_error *err) _nonnull_(1, 2, 3) _must_check_;
