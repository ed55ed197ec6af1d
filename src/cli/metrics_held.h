/* SPDX-License-Identifier: GPL-2.0-or-later */
/* metrics_held.h - what is held for whom, and whether it should have been given back, for monitoring. */
#pragma once

#include "base/context.h"
#include "base/error.h"
#include "run/counts.h"

struct hd_metrics_device {
	const char *device, *owner, *guest;	/* guest: NULL for an administrator */
	const char *left;	/* why it should be back: "stuck", "unfinished", "ended"; NULL: it may be held */
	int64_t since;		/* seconds since 1970 */
};

struct hd_metrics_held {
	struct hd_metrics_device *items;
	size_t n;
	size_t n_broken;			/* journals that cannot be understood */
	int64_t counts[HD_COUNT_MAX];
};

/*
 * From the journals, and libvirt's status files.  A guest counts as running while its files cannot
 * be read.  Returns 0, or a negative errno with ERR.
 */
int hd_metrics_held_read(struct hd_metrics_held *ret, struct hd_context *context, struct hd_error *err)
	_nonnull_(1, 2, 3) _must_check_;
