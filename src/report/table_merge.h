/* SPDX-License-Identifier: GPL-2.0-or-later */
/* table_merge.h - one table of the tables of many hosts, the host in the first column. */
#pragma once

#include <jansson.h>

#include "report/table.h"

/* What hd_table_text() would show, but its notes: columns, cells, parents. 0 or -ENOMEM, -EIO. */
int hd_table_part(FILE *out, const struct hd_table *table) _nonnull_(1, 2) _must_check_;

/* Ready for use when zeroed, but for ARENA. */
struct hd_merged {
	struct hd_arena *arena;
	struct hd_merged_part {
		const char *host;
		json_t *part;
	} *parts;
	size_t n;
};

/* Takes TEXT of hd_table_part(); 0, or -EINVAL. HOST must stay. */
int hd_merge_add(struct hd_merged *merged, const char *host, const char *text, size_t length)
	_nonnull_(1, 2, 3) _must_check_;

/*
 * Fills the columns and rows of TABLE, owned by the arena: with a column HOST, or in a tree with
 * a row for each host, on which its rows stand.  Columns that some hosts lack are empty there.
 */
void hd_merge_fill(struct hd_table *table, struct hd_merged *merged) _nonnull_(1, 2);
