/* SPDX-License-Identifier: GPL-2.0-or-later */
/* cmd_map.c - a picture of the host: what hangs where, and what could go to a guest. */
#include "config.h"

#include <errno.h>
#include <langinfo.h>
#include <string.h>

#include "check/machine_part.h"
#include "cli/listing.h"
#include "cli/options.h"
#include "inventory/inventory.h"
#include "report/map.h"

static const struct hd_option *const options[] = {
	&hd_opt_svg, &hd_opt_html, &hd_opt_all, &hd_opt_long, &hd_opt_sysroot, &hd_opt_host,
	&hd_opt_remote, &hd_opt_color, &hd_opt_help, NULL,
};

static bool is_picture(const struct hd_run *run)
{
	return run->options->svg || run->options->html;
}

/* A picture without verdicts is half of one; libvirt's API has none. */
static bool is_judged(const struct hd_run *run)
{
	return (run->options->is_long || is_picture(run)) && !run->options->uri;
}

/* What refuses the device first, in words. */
static const char *first_evidence(const struct hd_findings *findings)
{
	for (size_t i = 0; i < findings->n; i++)
		if (hd_finding_refuses(&findings->items[i]))
			return findings->items[i].evidence ? findings->items[i].evidence :
			       findings->items[i].check->id;
	return NULL;
}

/* The first one of USES: badges and details show the others. */
static const char *first_use(struct hd_arena *arena, const char *uses)
{
	uses = hd_brief_uses(arena, uses);
	return hd_strndup(arena, uses, strcspn(uses, ";\n"));
}

/* In a picture a use is named by its user, elsewhere as in a list: "ready", "needs". */
static void take_verdict(struct hd_map_device *ret, struct hd_arena *arena,
			 const struct hd_device_verdict *judged, bool in_picture)
{
	static const struct {
		enum hd_map_mark mark;
		const char *word, *drawn;
	} words[] = {
		[HD_READY] = { HD_MAP_FREE, "ready", "free" },
		[HD_NEEDS] = { HD_MAP_NEEDS, "needs", "needs" },
		[HD_NEVER] = { HD_MAP_NEVER, "never", "never" },
	};

	ret->is_judged = true;
	ret->mark = words[judged->readiness].mark;
	ret->verdict = in_picture ? words[judged->readiness].drawn : words[judged->readiness].word;
	ret->uses = judged->used_by;
	ret->needs = judged->needs;
	ret->reason = judged->never;
	if (judged->readiness != HD_NEEDS)
		return;
	ret->reason = judged->used_by ? first_use(arena, judged->used_by) :
		      first_evidence(&judged->findings);
	if (judged->used_by || (ret->n_guests && ret->guests[0].is_running)) {
		ret->mark = HD_MAP_USED;
		ret->verdict = in_picture ? "in use" : ret->verdict;
	}
}

/* What libvirt's API does not report about another host is left out. */
static void describe(struct hd_map_device *ret, struct hd_listing *listing, size_t i, bool in_picture)
{
	const struct hd_item *item = listing->items[i];
	struct hd_item_guest *guests = NULL;

	*ret = (struct hd_map_device){
		.model = hd_item_short_name(listing->arena, item),
		.class = hd_item_short_class(listing->arena, item),
		.name = hd_item_name(listing->arena, item),
		.full_class = hd_item_class(listing->arena, item),
	};
	hd_map_judge(ret, listing->arena, &listing->inventory, item);
	if (listing->inventory.is_remote)
		return;
	ret->n_guests = hd_item_guest_list(&guests, listing->arena, listing->root,
					   &listing->guests, item);
	ret->guests = guests;
	if (listing->judgement.n && !hd_part_of_item(item))
		take_verdict(ret, listing->arena, &listing->judgement.devices[i], in_picture);
}

static enum hd_exit draw_map(struct hd_run *run, const struct hd_map *map, struct hd_error *err)
{
	struct hd_arena *arena = run->context.arena;
	const struct hd_map_terminal terminal = {
		.width = run->width, .colour = run->colour,
		.is_utf8 = !strcmp(nl_langinfo(CODESET), "UTF-8"),
	};
	int rc = 0;

	if (is_picture(run))
		rc = (run->options->html ? hd_map_html : hd_map_svg)(run->out, arena, map);
	else
		hd_map_text(run->out, arena, map, &terminal);
	if (rc < 0)
		hd_fail(err, rc, "cannot write the map");
	return rc < 0 ? HD_EXIT_HOST : HD_EXIT_OK;
}

static enum hd_exit run_map(struct hd_run *run, struct hd_error *err)
{
	struct hd_arena *arena = run->context.arena;
	_cleanup_(hd_listing_close) struct hd_listing listing = { .n = 0 };
	const struct hd_chosen chosen = {
		.want = HD_INVENTORY_IDS | HD_INVENTORY_DRIVER | HD_INVENTORY_GROUP | HD_INVENTORY_NUMA |
			HD_INVENTORY_VFS | HD_INVENTORY_PATH | HD_INVENTORY_LINK,
		.cost = HD_COSTS_GUESTS | (is_judged(run) ? HD_COSTS_CHECKS : 0),
	};
	struct hd_map map;
	struct hd_map_device *devices;
	enum hd_exit code;

	if (run->options->svg && run->options->html)
		return hd_fail_as(HD_EXIT_USAGE, err, -EINVAL, "--svg and --html cannot be combined");
	code = hd_listing_read(&listing, run, 0, &chosen, false, err);
	if (code != HD_EXIT_OK)
		return code;
	if (listing.inventory.is_remote)
		(void)fprintf(run->notes, "note: serial ports, guests and checks are not shown "
			      "(libvirt does not report them)\n");
	devices = hd_alloc(arena, (listing.n + 1) * sizeof(*devices));
	for (size_t i = 0; i < listing.n; i++)
		describe(&devices[i], &listing, i, is_picture(run));
	hd_map_make(&map, arena, &listing.inventory, devices);
	map.is_judged = is_judged(run);
	map.all = run->options->all;
	if (is_picture(run) && !map.all)
		hd_map_fold(&map, arena);
	return draw_map(run, &map, err);
}

const struct hd_command hd_cmd_map = {
	.name = "map",
	.summary = "Draw the host: IOMMU groups, what can go to a guest, and who has it.",
	.options = options,
	.run = run_map,
};
