/* SPDX-License-Identifier: GPL-2.0-or-later */
/* device_report.h - everything about one device, as one model for text and JSON. */
#pragma once

#include "report/report.h"
#include "report/table.h"

/* Other devices that matter to it. */
struct hd_neighbours {
	const char *title;	/* "IOMMU group 1" */
	const char *key;	/* "group_members" */
	const char *(*lines)[3];	/* address, driver or NULL, name */
	size_t n;
};

#define HD_NEIGHBOURS_MAX 2
struct hd_device_report {
	const struct hd_column *columns;	/* address and name are the heading, too */
	const char *const *cells;		/* one per column; NULL: left out, in JSON null */
	size_t n_columns;
	const char *address, *name;
	struct hd_neighbours neighbours[HD_NEIGHBOURS_MAX];	/* without lines: left out */
	const struct hd_report *report;		/* what the checks say; NULL: they were not run */
	const char *const *notes;
	size_t n_notes;
};

void hd_device_text(FILE *out, const struct hd_device_report *device, bool colour)
	_nonnull_(1, 2);

/*
 * { "api_level": 1, "device": { column: cell }, "group_members": [...], "below": [...],
 * "ready", "findings" }.  0 or -ENOMEM, -EIO.
 */
int hd_device_json(FILE *out, const struct hd_device_report *device)
	_nonnull_(1, 2) _must_check_;
