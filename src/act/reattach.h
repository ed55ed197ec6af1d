/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * reattach.h - gives functions back to the host, by the journals of their detach.
 *
 * To the driver that the journal of their detach remembers, together with the
 * companions that were moved for them; without a journal the kernel chooses.
 * Never a device that a process has open: the unbind would block in the kernel.
 */
#pragma once

#include "act/host_change.h"

/*
 * OURS_ONLY: leaves those that no command of ours has taken as they are.  With
 * change->dir_fd -1 (--dry-run) it only plans.  HD_EXIT_REFUSED, _HOST, _STRANDED
 * with ERR; what was given back before stays so.
 */
enum hd_exit hd_reattach(struct hd_change *change, const struct hd_pci_addr *addrs, size_t n,
			 bool ours_only, struct hd_error *err) _nonnull_(1, 5) _must_check_;
