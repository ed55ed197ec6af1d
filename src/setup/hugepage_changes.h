/* SPDX-License-Identifier: GPL-2.0-or-later */
/* hugepage_changes.h - the changes that make huge pages, now and at boot. */
#pragma once

#include "setup/change_list.h"
#include "setup/pages_per_node.h"
#include "setup/subjects.h"

/*
 * Up to 1 GiB: the pools' attributes now, and a file of tmpfiles.d(5) at boot.  From
 * 1 GiB on: the kernel's parameters, since later memory is too fragmented for them.
 */
enum hd_exit hd_setup_pages(struct hd_setup_request *ask, const struct hd_page_shares *shares,
			    struct hd_changes *changes, struct hd_error *err)
	_nonnull_(1, 2, 3, 4) _must_check_;

/* The latter, for pages of SIZE_KIB. */
enum hd_exit hd_setup_boot_pages(struct hd_context *context, const struct hd_page_shares *shares,
				 uint64_t size_kib, struct hd_changes *changes,
				 struct hd_error *err) _nonnull_(1, 2, 4, 5) _must_check_;
