/* SPDX-License-Identifier: GPL-2.0-or-later */
/* columns.c - which columns of devices are wanted, which can be had, and what they are called. */
#include "config.h"

#include <errno.h>
#include <string.h>
#include <strings.h>

#include "base/did_you_mean.h"
#include "cli/columns.h"
#include "inventory/inventory.h"

/* By title ("used by") or key ("used_by"), in any case. */
static const struct hd_list_column *find_column(const char *text)
{
	for (size_t i = 0; i < hd_n_list_columns; i++)
		if (!strcasecmp(hd_list_columns[i].shown.title, text) ||
		    !strcasecmp(hd_list_columns[i].shown.key, text))
			return &hd_list_columns[i];
	return NULL;
}

/* Once: JSON cannot have a member twice. */
static void add_column(struct hd_chosen *chosen, const struct hd_list_column *column)
{
	for (size_t i = 0; i < chosen->n; i++)
		if (chosen->columns[i] == column)
			return;
	chosen->columns[chosen->n++] = column;
	chosen->want |= column->want;
	chosen->cost |= column->cost;
}

static void add_usual(struct hd_chosen *chosen, unsigned use)
{
	for (size_t i = 0; i < hd_n_list_columns; i++)
		if (hd_list_columns[i].use & use)
			add_column(chosen, &hd_list_columns[i]);
}

void hd_columns_all(struct hd_chosen *ret)
{
	*ret = (struct hd_chosen){ .n = 0 };
	for (size_t i = 0; i < hd_n_list_columns; i++)
		add_column(ret, &hd_list_columns[i]);
}

static int bad_column(struct hd_arena *arena, const char *word, struct hd_error *err)
{
	struct hd_nearest nearest = { .word = word };
	const char *all = "";

	for (size_t i = 0; i < hd_n_list_columns; i++) {
		const char *key = hd_list_columns[i].shown.key;

		all = hd_printf(arena, "%s%s%s", all, i ? ", " : "", key);
		hd_nearest_offer(&nearest, key);
	}
	hd_fail(err, -EINVAL, "unknown column '%.32s'; columns are %s", word, all);
	return hd_nearest_suggest(&nearest, err);
}

int hd_columns_choose(struct hd_chosen *ret, struct hd_arena *arena, const char *text,
		      unsigned use, struct hd_error *err)
{
	struct hd_chosen chosen = { .n = 0 };

	if (!text || *text == '+')
		add_usual(&chosen, use);
	if (text && *text == '+')
		text++;
	while (text) {
		size_t length = strcspn(text, ",");
		const char *word = hd_strndup(arena, text, length);
		const struct hd_list_column *column = find_column(word);

		if (!column)
			return bad_column(arena, word, err);
		add_column(&chosen, column);
		text = text[length] ? text + length + 1 : NULL;
	}
	*ret = chosen;
	return 0;
}

size_t hd_chosen_drop_local(struct hd_chosen *chosen, const char *const **ret_notes,
			    const struct hd_listing *listing)
{
	const char *dropped = NULL, **notes = NULL;
	size_t n = 0, n_notes = 0;

	if (!listing->inventory.is_remote)
		return 0;
	for (size_t i = 0; i < chosen->n; i++) {
		const struct hd_list_column *column = chosen->columns[i];

		if (!column->is_local)
			chosen->columns[n++] = column;
		else
			dropped = dropped ? hd_printf(listing->arena, "%s, %s", dropped,
						      column->shown.key) : column->shown.key;
	}
	chosen->n = n;
	notes = hd_alloc(listing->arena, 2 * sizeof(*notes));
	notes[n_notes++] = "serial ports are not listed this way";
	if (dropped)
		notes[n_notes++] = hd_printf(listing->arena, "not reported by libvirt: %s", dropped);
	*ret_notes = notes;
	return n_notes;
}

void hd_columns_help(FILE *out)
{
	(void)fprintf(out, "\nColumns:\n");
	for (size_t i = 0; i < hd_n_list_columns; i++)
		(void)fprintf(out, "  %-10s %s\n", hd_list_columns[i].shown.key,
			      hd_list_columns[i].help);
}
