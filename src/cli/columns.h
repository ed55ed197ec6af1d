/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * columns.h - what can be shown of a device, one row per column.
 *
 * `list -o`, `list --json`, `show`, the help and the manual follow from the rows.
 */
#pragma once

#include "act/device_verdicts.h"
#include "cli/command.h"
#include "inventory/inventory.h"
#include "report/table.h"

enum hd_column_cost {
	HD_COSTS_GUESTS = 1,	/* libvirt's files are read */
	HD_COSTS_CHECKS = 2,	/* the checks are run, with all that they need */
};

enum hd_column_use {
	HD_IN_TEXT = 1,		/* shown by a plain list */
	HD_IN_JSON = 2,		/* and by its JSON */
	HD_IN_LONG = 4,		/* by a long list */
	HD_FOR_PROGRAMS = 8,	/* another column says it to people, too: not in the text of `show` */
};

/* What the cells are made of; what no column needs is not there. */
struct hd_listing {
	struct hd_arena *arena;
	const struct hd_sysroot *root;
	struct hd_inventory inventory;
	struct hd_guests guests;
	const struct hd_item *const *items;	/* those that are listed */
	size_t n;
	struct hd_device_verdicts judgement;		/* in the order of items */
};

struct hd_list_column {
	struct hd_column shown;
	const char *help;
	unsigned want;		/* of enum hd_inventory_want */
	unsigned cost;		/* of enum hd_column_cost */
	unsigned use;		/* of enum hd_column_use */
	bool is_local;		/* libvirt's API does not report it */
	/* Of the item with this number; NULL: unknown, or there is none. */
	const char *(*cell)(struct hd_listing *listing, size_t i);
	/* The same in as few words as a column of a table has room for; NULL: `cell`. */
	const char *(*brief)(struct hd_listing *listing, size_t i);
	/* The same as a value of JSON (hd_json_cell()), without prose; NULL: `cell`. */
	const char *(*value)(struct hd_listing *listing, size_t i);
};

enum hd_cell_form {
	HD_CELL_TEXT,		/* in full */
	HD_CELL_BRIEF,		/* for a table */
	HD_CELL_JSON,
};

/* What COLUMN has of item I; NULL: unknown, or there is none. */
const char *hd_list_cell(struct hd_listing *listing, const struct hd_list_column *column, size_t i,
			 enum hd_cell_form form) _nonnull_(1, 2);

/* USES, one per line, as what each ends in: "/srv: mounted"; NULL: there are none. */
const char *hd_brief_uses(struct hd_arena *arena, const char *uses) _nonnull_(1);

/* COLUMN as a table of cells of that form shows it. */
struct hd_column hd_list_column_shown(const struct hd_list_column *column,
				      enum hd_cell_form form) _nonnull_(1);

extern const struct hd_list_column hd_list_columns[];
extern const size_t hd_n_list_columns;

#define HD_CHOSEN_MAX 32
struct hd_chosen {
	const struct hd_list_column *columns[HD_CHOSEN_MAX];
	size_t n;
	unsigned want, cost;	/* of all of them */
};

/* "name,driver"; "+numa" adds to what USE shows anyway. Returns 0 or -EINVAL with ERR. */
int hd_columns_choose(struct hd_chosen *ret, struct hd_arena *arena, const char *text,
		      unsigned use, struct hd_error *err) _nonnull_(1, 2, 5) _must_check_;

/*
 * Drops the columns that the connection of a remote inventory does not report, and says so
 * in NOTES.  Returns the number of notes; none for the host's own inventory.
 */
size_t hd_chosen_drop_local(struct hd_chosen *chosen, const char *const **ret_notes,
			    const struct hd_listing *listing) _nonnull_(1, 2, 3);

/* All of them. */
void hd_columns_all(struct hd_chosen *ret) _nonnull_(1);

/* "Columns:" and a line for each. */
void hd_columns_help(FILE *out) _nonnull_(1);
