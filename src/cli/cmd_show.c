/* SPDX-License-Identifier: GPL-2.0-or-later */
/* cmd_show.c - everything about one device: what it is, its group, its users, its checks. */
#include "config.h"

#include <errno.h>
#include <string.h>

#include "act/replug_decision.h"
#include "check/checks.h"
#include "cli/listing.h"
#include "cli/options.h"
#include "report/device_report.h"

static const struct hd_option *const options[] = {
	&hd_opt_sysroot, &hd_opt_host, &hd_opt_remote, &hd_opt_timeout, &hd_opt_json, &hd_opt_verbose,
	&hd_opt_color, &hd_opt_help,
	NULL,
};

static void add_neighbour(struct hd_neighbours *to, struct hd_listing *listing,
			  const struct hd_item *item)
{
	const char **line = hd_append(listing->arena, &to->lines, &to->n, sizeof(*to->lines));

	line[0] = item->address;
	line[1] = item->driver;
	line[2] = hd_item_name(listing->arena, item);
}

/* All of the group, the device too: what they are together is the point. */
static void find_group(struct hd_neighbours *ret, struct hd_listing *listing,
		       const struct hd_item *item)
{
	const struct hd_inventory *all = &listing->inventory;

	ret->key = "group_members";
	if (item->group == HD_NO_GROUP)
		return;
	ret->title = hd_printf(listing->arena, "IOMMU group %d", item->group);
	for (size_t i = 0; i < all->n; i++)
		if (all->items[i].group == item->group)
			add_neighbour(ret, listing, &all->items[i]);
}

static void find_below(struct hd_neighbours *ret, struct hd_listing *listing,
		       const struct hd_item *item)
{
	const struct hd_inventory *all = &listing->inventory;

	ret->title = "Connected to it";
	ret->key = "below";
	for (size_t i = 0; i < all->n; i++)
		if (all->items[i].parent == item || all->items[i].physfn == item)
			add_neighbour(ret, listing, &all->items[i]);
}

static void fill_cells(struct hd_device_report *ret, struct hd_listing *listing,
		       const struct hd_chosen *chosen, enum hd_cell_form form)
{
	struct hd_column *columns = hd_alloc(listing->arena, chosen->n * sizeof(*columns) + 1);
	const char **cells = hd_alloc(listing->arena, chosen->n * sizeof(*cells) + 1);

	ret->n_columns = 0;
	for (size_t i = 0; i < chosen->n; i++) {
		if (form != HD_CELL_JSON && (chosen->columns[i]->use & HD_FOR_PROGRAMS))
			continue;
		columns[ret->n_columns] = hd_list_column_shown(chosen->columns[i], form);
		cells[ret->n_columns++] = hd_list_cell(listing, chosen->columns[i], 0, form);
	}
	ret->columns = columns;
	ret->cells = cells;
}

static void add_note(struct hd_device_report *ret, struct hd_arena *arena, const char *note)
{
	const char **notes = hd_alloc(arena, (ret->n_notes + 1) * sizeof(*notes));

	for (size_t i = 0; i < ret->n_notes; i++)
		notes[i] = ret->notes[i];
	notes[ret->n_notes++] = note;
	ret->notes = notes;
}

static const char *replug_note(struct hd_arena *arena, const struct hd_replug_guests *guests,
			       const struct hd_usb_dev *dev)
{
	struct hd_replug_owner owner;

	hd_replug_find_owner(&owner, arena, guests, dev);
	if (owner.rivals[0])
		return hd_printf(arena, "the running guests '%s' and '%s' both want it when it is "
				 "plugged in, so neither gets it", owner.rivals[0]->name,
				 owner.rivals[1]->name);
	if (owner.has)
		owner.guest = hd_replug_wants(arena, owner.has, dev) ? owner.has : NULL;
	return owner.guest ? hd_printf(arena, "the running guest '%s' gets it when it is plugged in: "
				       "it wants %s", owner.guest->name,
				       hd_replug_wants(arena, owner.guest, dev)) : NULL;
}

/* What a guest that has it cannot do: a check of guests, and here of one with this device alone. */
static void add_migration(struct hd_device_report *ret, const struct hd_listing *listing)
{
	const struct hd_device_verdicts *all = &listing->judgement;
	struct hd_result result = { .evidence = NULL };
	struct hd_subject subject = { .facts = &all->facts, .arena = listing->arena };

	if (!all->n)
		return;
	subject.request = &all->devices[0].request;
	if (hd_check_migration_possible.run(&subject, &result) != HD_PASS)
		add_note(ret, listing->arena, result.evidence);
}

/* Which running guest asks for it.  If that cannot be read, the rest is shown all the same. */
static void add_replug(struct hd_device_report *ret, const struct hd_listing *listing,
		       const struct hd_context *context, const struct hd_item *item)
{
	struct hd_arena *arena = listing->arena;
	struct hd_replug_guests guests = { .n = 0 };
	struct hd_usb_list usb = { .n = 0 };
	struct hd_error ignored;
	const char *note;

	if (item->kind != HD_DEVICE_USB || listing->inventory.is_remote ||
	    hd_replug_guests_read(&guests, &context->root, arena, &ignored) < 0 || !guests.n ||
	    hd_usb_list_read(&usb, &context->root, arena, &ignored) < 0)
		return;
	for (size_t i = 0; i < usb.n; i++) {
		if (strcmp(hd_printf(arena, "usb:%s", usb.devs[i].port), item->address) != 0)
			continue;
		note = replug_note(arena, &guests, &usb.devs[i]);
		if (note)
			add_note(ret, arena, note);
	}
}

static enum hd_exit show_listing(struct hd_run *run, struct hd_listing *listing,
				 struct hd_chosen *chosen, struct hd_error *err)
{
	const struct hd_item *item = listing->items[0];
	struct hd_report report = { .title = item->address, .show_passed = run->options->verbose };
	struct hd_device_report device = {
		.address = item->address,
		.name = hd_item_name(run->context.arena, item),
	};

	device.n_notes = hd_chosen_drop_local(chosen, &device.notes, listing);
	add_replug(&device, listing, &run->context, item);
	add_migration(&device, listing);
	fill_cells(&device, listing, chosen, run->options->json ? HD_CELL_JSON : HD_CELL_TEXT);
	find_group(&device.neighbours[0], listing, item);
	find_below(&device.neighbours[1], listing, item);
	if (listing->judgement.n) {
		report.findings = &listing->judgement.devices[0].findings;
		device.report = &report;
	}
	run->is_reported = true;
	if (!run->options->json)
		hd_device_text(run->out, &device, run->colour);
	else if (hd_device_json(run->out, &device) < 0)
		return hd_fail_as(HD_EXIT_HOST, err, -EIO, "cannot write the report");
	return HD_EXIT_OK;
}

static enum hd_exit run_show(struct hd_run *run, struct hd_error *err)
{
	_cleanup_(hd_listing_close) struct hd_listing listing = { .n = 0 };
	struct hd_chosen chosen;
	enum hd_exit code;

	hd_columns_all(&chosen);
	chosen.want = HD_INVENTORY_ALL;
	code = hd_listing_read(&listing, run, 0, &chosen, true, err);
	return code == HD_EXIT_OK ? show_listing(run, &listing, &chosen, err) : code;
}

const struct hd_command hd_cmd_show = {
	.name = "show",
	.args = "DEVICE",
	.min_args = 1,
	.max_args = 1,
	.summary = "Show everything about a device: its group, its users and claims, its checks.",
	.options = options,
	.takes_hosts = true,
	.run = run_show,
};
