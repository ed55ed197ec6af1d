/* SPDX-License-Identifier: GPL-2.0-or-later */
/* cmd_show.c - everything about one device: what it is, its group, its users, its checks. */
#include "config.h"

#include <errno.h>

#include "cli/listing.h"
#include "cli/options.h"
#include "report/device_report.h"

static const struct hd_option *const options[] = {
	&hd_opt_sysroot, &hd_opt_host, &hd_opt_remote, &hd_opt_json, &hd_opt_verbose, &hd_opt_help,
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
		       const struct hd_chosen *chosen)
{
	struct hd_column *columns = hd_alloc(listing->arena, chosen->n * sizeof(*columns) + 1);
	const char **cells = hd_alloc(listing->arena, chosen->n * sizeof(*cells) + 1);

	for (size_t i = 0; i < chosen->n; i++) {
		columns[i] = chosen->columns[i]->shown;
		cells[i] = chosen->columns[i]->cell(listing, 0);
	}
	ret->columns = columns;
	ret->cells = cells;
	ret->n_columns = chosen->n;
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
	fill_cells(&device, listing, chosen);
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
	.run = run_show,
};
