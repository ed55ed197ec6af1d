/* SPDX-License-Identifier: GPL-2.0-or-later */
/* vfs_free.h - may virtual functions go? */
#pragma once

#include "base/context.h"
#include "base/exit.h"
#include "facts/pci/pci.h"
#include "setup/change_list.h"

/*
 * HD_EXIT_REFUSED with ERR: a guest, a program or the host's network has a virtual
 * function that FN has now.
 */
enum hd_exit hd_setup_vfs_are_free(struct hd_context *context, const struct hd_pci_fn *fn,
				   struct hd_error *err) _nonnull_(1, 2, 3) _must_check_;

/*
 * The same for a value that is to be put back: fine unless it is a function's
 * sriov_numvfs that still is as setup made it.
 */
enum hd_exit hd_setup_vfs_may_write(struct hd_context *context, const struct hd_value_change *value,
				    struct hd_error *err) _nonnull_(1, 2, 3) _must_check_;
