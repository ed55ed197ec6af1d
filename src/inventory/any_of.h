/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * any_of.h - a kind of PCI functions of which any one would do for a guest.
 *
 * Forms: a word of filters.h (gpu), VENDOR:DEVICE (10de:2684), both (gpu:10de:2684), and vf:PF for the
 * virtual functions of one physical function, by any name that resolve.h takes (vf:enp3s0).
 */
#pragma once

#include "base/context.h"
#include "base/exit.h"
#include "inventory/filters.h"

struct hd_any_of {
	const char *text;		/* as it was written */
	const struct hd_filter *filter;	/* or NULL */
	bool has_ids, has_pf;
	unsigned vendor, device;
	struct hd_pci_addr pf;
};

/* HD_EXIT_USAGE with ERR: TEXT is not a kind; HD_EXIT_HOST: the host does not have this PF. */
enum hd_exit hd_any_of_read(struct hd_any_of *ret, const struct hd_context *context,
			    const char *text, struct hd_error *err)
	_nonnull_(1, 2, 3, 4) _must_check_;

/* Is ITEM, read with HD_FILTER_WANT, a PCI function of this kind? */
bool hd_any_of_has(const struct hd_any_of *of, const struct hd_item *item) _nonnull_(1, 2);
