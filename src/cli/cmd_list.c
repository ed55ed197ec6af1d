/* SPDX-License-Identifier: GPL-2.0-or-later */
/* cmd_list.c - the devices of the host: what they are, who drives and who uses them. */
#include "config.h"

#include <errno.h>
#include <string.h>

#include "cli/list_tree.h"
#include "cli/listing.h"
#include "cli/options.h"
#include "cli/show_report.h"
#include "inventory/completion_names.h"
#include "inventory/filters.h"
#include "inventory/machinery.h"

#define LEAST_NOTED 10		/* parts of the machine: fewer disturb nobody */

static const struct hd_option *const options[] = {
	&hd_opt_kind, &hd_opt_output, &hd_opt_tree, &hd_opt_free, &hd_opt_long, &hd_opt_sysroot, &hd_opt_host,
	&hd_opt_remote, &hd_opt_timeout, &hd_opt_json, &hd_opt_color, &hd_opt_help, NULL,
};

static int parse_kinds(unsigned *ret, const char *text, struct hd_error *err)
{
	unsigned kinds = 0;

	while (text) {
		size_t length = strcspn(text, ",");
		unsigned bit = 0;

		for (int kind = 0; kind < HD_DEVICE_KIND_MAX; kind++) {
			const char *name = hd_device_kind_name((enum hd_device_kind)kind);

			if (strlen(name) == length && !strncmp(text, name, length))
				bit = HD_KIND_BIT(kind);
		}
		if (!(bit & HD_KINDS_ALL))
			return hd_fail(err, -EINVAL,
				       "unknown kind '%.*s'; kinds are pci, usb, serial, mdev, scsi",
				       length < 32 ? (int)length : 32, text);
		kinds |= bit;
		text = text[length] ? text + length + 1 : NULL;
	}
	*ret = kinds;
	return 0;
}

static int choose_columns(struct hd_chosen *ret, struct hd_run *run, struct hd_error *err)
{
	const struct hd_options *o = run->options;
	unsigned use = o->is_long ? HD_IN_LONG : o->json ? HD_IN_JSON : HD_IN_TEXT;

	if (o->is_long && o->json && !o->output) {
		hd_columns_all(ret);
		return 0;
	}
	return hd_columns_choose(ret, run->context.arena, o->output, use, err);
}

/* In JSON a heading has its number, and its other cells but the first are null. */
static void fill_heading(const char **cells, struct hd_run *run, const struct hd_chosen *chosen,
			 int group)
{
	struct hd_arena *arena = run->context.arena;
	const char *number = group == HD_NO_GROUP ? NULL : hd_printf(arena, "%d", group);

	for (size_t i = 0; i < chosen->n; i++) {
		bool is_group = !strcmp(chosen->columns[i]->shown.key, "group");

		if (run->options->json && is_group)
			cells[i] = number;
		else if (i)
			cells[i] = run->options->json ? NULL : "";
		else
			cells[i] = number ? hd_printf(arena, "group %s", number) : "no group";
	}
}

static enum hd_cell_form form_of(const struct hd_run *run)
{
	return run->options->json ? HD_CELL_JSON : HD_CELL_BRIEF;
}

static void fill_row(const char **cells, struct hd_run *run, struct hd_listing *listing,
		     const struct hd_chosen *chosen, size_t item)
{
	for (size_t i = 0; i < chosen->n; i++)
		cells[i] = hd_list_cell(listing, chosen->columns[i], item, form_of(run));
}

static void fill_flat(struct hd_table *table, struct hd_run *run, struct hd_listing *listing,
		      const struct hd_chosen *chosen)
{
	for (size_t i = 0; i < listing->n; i++)
		fill_row(hd_table_row(table, run->context.arena), run, listing, chosen, i);
}

static void fill_tree(struct hd_table *table, struct hd_run *run, struct hd_listing *listing,
		      const struct hd_chosen *chosen)
{
	struct hd_arena *arena = run->context.arena;
	struct hd_tree_row *rows;
	size_t n = hd_tree_rows(&rows, arena, &listing->inventory, listing->items,
				listing->n);
	size_t *parents = hd_alloc(arena, (n + 1) * sizeof(*parents));

	for (size_t i = 0; i < n; i++) {
		const char **cells = hd_table_row(table, arena);

		parents[i] = rows[i].parent;
		if (rows[i].is_heading)
			fill_heading(cells, run, chosen, rows[i].group);
		else
			fill_row(cells, run, listing, chosen, rows[i].item);
	}
	table->parents = parents;
}

static void set_columns(struct hd_table *table, struct hd_run *run,
			const struct hd_chosen *chosen)
{
	struct hd_column *columns = hd_alloc(run->context.arena, chosen->n * sizeof(*columns));

	for (size_t i = 0; i < chosen->n; i++)
		columns[i] = hd_list_column_shown(chosen->columns[i], form_of(run));
	/* Branches start at the left. */
	columns[0].is_number = columns[0].is_number && (run->options->json || !run->options->tree);
	table->columns = columns;
	table->n_columns = chosen->n;
}

/* Only to a person who looks at one whole host. */
static void note_machinery(const struct hd_run *run, const struct hd_listing *listing)
{
	const struct hd_options *o = run->options;
	size_t n = 0;

	if (run->n_args || o->kinds || o->is_free || o->json || o->output || o->tree || run->is_part)
		return;
	for (size_t i = 0; i < listing->n; i++)
		n += hd_machinery_of(listing->items[i]) != NULL;
	if (n >= LEAST_NOTED)
		(void)fprintf(run->notes, "note: %zu of these %zu devices are bridges, counters and other "
			      "parts of the machine; 'hostdevctl list usual' leaves them out\n", n,
			      listing->n);
}

/* An empty list must not look as if nothing had been examined. */
static void note_nothing(struct hd_run *run)
{
	const struct hd_options *o = run->options;

	if (o->is_free)
		(void)fprintf(run->notes, "note: no device can go to a guest now; "
			      "'hostdevctl list --long' says why\n");
	else if (run->n_args)
		(void)fprintf(run->notes, "note: no such device\n");
	else if (o->kinds)
		(void)fprintf(run->notes, "note: no device of kind %s\n", o->kinds);
	else if (o->host)
		(void)fprintf(run->notes, "note: no device in %s\n", o->host);
	else if (o->sysroot)
		(void)fprintf(run->notes, "note: no device; is %s the root of a host's "
			      "tree, with its sys?\n", o->sysroot);
	else
		(void)fprintf(run->notes, "note: no device\n");
}

static bool is_among(const char *const *names, size_t n, const char *name)
{
	for (size_t i = 0; i < n; i++)
		if (!strcmp(names[i], name))
			return true;
	return false;
}

/* Each once, for programs that let somebody choose one: a guest that runs has two files. */
static void name_guests(struct hd_table *table, struct hd_run *run)
{
	struct hd_known known = { .n = 0 };
	size_t n = 0;

	if (!run->options->json || !run->options->is_long || run->options->uri)
		return;
	hd_known_guests(&known, &run->context.root, run->context.arena, "");
	for (size_t i = 0; i < known.n; i++)
		if (!is_among(known.names, n, known.names[i]))
			known.names[n++] = known.names[i];
	table->guests = known.names;
	table->n_guests = n;
	table->has_guests = true;
}

static enum hd_exit show_listing(struct hd_run *run, struct hd_listing *listing,
				 struct hd_chosen *chosen, struct hd_error *err)
{
	struct hd_table table = { .key = "devices", .width = run->width, .colour = run->colour,
				  .is_chosen = run->options->output != NULL };

	table.n_notes = hd_chosen_drop_local(chosen, &table.notes, listing);
	if (!chosen->n)
		return hd_fail_as(HD_EXIT_USAGE, err, -EINVAL, "%.64s does not report: %.200s",
				  run->options->uri, run->options->output);
	set_columns(&table, run, chosen);
	name_guests(&table, run);
	(run->options->tree ? fill_tree : fill_flat)(&table, run, listing, chosen);
	run->is_reported = true;
	if (!table.n_rows)
		note_nothing(run);
	note_machinery(run, listing);
	return hd_show_table(run, &table, err) < 0 ? HD_EXIT_HOST : HD_EXIT_OK;
}

static int look_at_words(const struct hd_run *run, struct hd_error *err)
{
	if (run->options->kinds && run->n_args)
		return hd_fail(err, -EINVAL, "--kind and a device cannot be combined");
	if (run->options->is_free && run->options->uri)
		return hd_fail(err, -EINVAL, "--free and --connect cannot be combined: libvirt "
			       "does not report who uses a device");
	return 0;
}

static enum hd_exit run_list(struct hd_run *run, struct hd_error *err)
{
	_cleanup_(hd_listing_close) struct hd_listing listing = { .n = 0 };
	struct hd_chosen chosen;
	unsigned kinds;
	enum hd_exit code;

	if (parse_kinds(&kinds, run->options->kinds, err) < 0 ||
	    choose_columns(&chosen, run, err) < 0 || look_at_words(run, err) < 0)
		return HD_EXIT_USAGE;
	if (run->options->is_free)
		chosen.cost |= HD_COSTS_CHECKS;
	if (run->options->tree)
		chosen.want |= HD_INVENTORY_GROUP | HD_INVENTORY_VFS;
	code = hd_listing_read(&listing, run, kinds, &chosen, false, err);
	if (code != HD_EXIT_OK)
		return code;
	if (run->options->is_free)
		hd_listing_keep_free(&listing);
	return show_listing(run, &listing, &chosen, err);
}

static void help(FILE *out)
{
	(void)fprintf(out, "\nA DEVICE may also be a word for many:\n");
	for (size_t i = 0; i < hd_n_filters; i++)
		(void)fprintf(out, "  %-14s %s\n", hd_filters[i].name, hd_filters[i].help);
	hd_columns_help(out);
}

const struct hd_command hd_cmd_list = {
	.name = "list",
	.args = "[DEVICE...]",
	.max_args = -1,
	.summary = "List PCI, USB, serial and mediated devices, their groups and drivers.",
	.options = options,
	.takes_hosts = true,
	.takes_filters = true,
	.help = help,
	.run = run_list,
};
