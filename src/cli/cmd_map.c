/* SPDX-License-Identifier: GPL-2.0-or-later */
/* cmd_map.c - a picture of the host: what hangs where, and what could go to a guest. */
#include "config.h"

#include <langinfo.h>
#include <string.h>

#include "check/machine_part.h"
#include "cli/listing.h"
#include "cli/options.h"
#include "inventory/inventory.h"
#include "report/map.h"

static const struct hd_option *const options[] = {
	&hd_opt_svg, &hd_opt_long, &hd_opt_sysroot, &hd_opt_host, &hd_opt_remote,
	&hd_opt_color, &hd_opt_help, NULL,
};

static const enum hd_map_mark marks[] = {
	[HD_READY] = HD_MAP_GOOD, [HD_NEEDS] = HD_MAP_NEEDS, [HD_NEVER] = HD_MAP_NEVER,
};

static const char *in_one_line(struct hd_arena *arena, const char *lines)
{
	const char *text = NULL;

	while (lines && *lines) {
		int length = (int)strcspn(lines, "\n");

		text = hd_printf(arena, "%s%s%.*s", text ? text : "", text ? ", " : "", length,
				 lines);
		lines += length + (lines[length] == '\n');
	}
	return text;
}

/* What libvirt's API does not report about another host is left out. */
static void describe(struct hd_map_device *ret, struct hd_listing *listing, size_t i)
{
	const struct hd_item *item = listing->items[i];
	const struct hd_device_verdict *judged = listing->judgement.n ? &listing->judgement.devices[i] :
					 NULL;

	ret->class = hd_item_class(listing->arena, item);
	ret->name = hd_item_name(listing->arena, item);
	hd_map_judge(ret, listing->arena, &listing->inventory, item);
	if (listing->inventory.is_remote)
		return;
	ret->guests = in_one_line(listing->arena,
				  hd_item_guests(listing->arena, listing->root, &listing->guests,
						 item));
	if (!judged || hd_part_of_item(item))
		return;
	ret->mark = marks[judged->readiness];
	ret->verdict = judged->verdict;
}

static enum hd_exit draw_map(struct hd_run *run, struct hd_map_box *host, struct hd_error *err)
{
	struct hd_arena *arena = run->context.arena;
	const struct hd_map_terminal terminal = {
		.width = run->width, .colour = run->colour,
		.is_utf8 = !strcmp(nl_langinfo(CODESET), "UTF-8"),
	};
	int rc = 0;

	if (run->options->svg) {
		hd_map_layout(host);
		rc = hd_map_svg(run->out, arena, host,
				run->options->is_long && !run->options->uri);
	} else {
		hd_map_text(run->out, arena, host, &terminal);
	}
	if (rc < 0)
		hd_fail(err, rc, "cannot write the map");
	return rc < 0 ? HD_EXIT_HOST : HD_EXIT_OK;
}

static enum hd_exit run_map(struct hd_run *run, struct hd_error *err)
{
	struct hd_arena *arena = run->context.arena;
	_cleanup_(hd_listing_close) struct hd_listing listing = { .n = 0 };
	const struct hd_chosen chosen = {
		.want = HD_INVENTORY_IDS | HD_INVENTORY_DRIVER | HD_INVENTORY_GROUP |
			HD_INVENTORY_NUMA | HD_INVENTORY_VFS | HD_INVENTORY_PATH,
		.cost = HD_COSTS_GUESTS | (run->options->is_long ? HD_COSTS_CHECKS : 0),
	};
	enum hd_exit code = hd_listing_read(&listing, run, 0, &chosen, false, err);
	struct hd_map_device *devices;

	if (code != HD_EXIT_OK)
		return code;
	if (listing.inventory.is_remote)
		(void)fprintf(run->notes, "note: serial ports, guests and checks are not "
			      "shown (libvirt does not report them)\n");
	devices = hd_alloc(arena, (listing.n + 1) * sizeof(*devices));
	for (size_t i = 0; i < listing.n; i++)
		describe(&devices[i], &listing, i);
	return draw_map(run, hd_map_make(arena, &listing.inventory, devices), err);
}

const struct hd_command hd_cmd_map = {
	.name = "map",
	.summary = "Draw the host: root complexes, ports, groups, devices, NUMA nodes.",
	.options = options,
	.run = run_map,
};
