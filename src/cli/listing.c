/* SPDX-License-Identifier: GPL-2.0-or-later */
/* listing.c - the devices that a command shows, with all that its columns need. */
#include "config.h"

#include <errno.h>

#include "base/did_you_mean.h"
#include "cli/listing.h"
#include "inventory/filters.h"
#include "inventory/resolve_operands.h"
#include "virt/remote_devices.h"

/* A port is named by its card and a device has its hub: then other kinds are needed too. */
static unsigned kinds_to_read(unsigned kinds, int n_operands)
{
	return kinds == HD_KIND_BIT(HD_DEVICE_PCI) && !n_operands ? kinds : HD_KINDS_ALL;
}

/* The rest is listed. */
static void note_unknown(const struct hd_run *run, const struct hd_inventory *inventory)
{
	for (size_t i = 0; i < inventory->n_unknown; i++)
		(void)fprintf(run->notes, "note: %s; the rest of it is unknown\n",
			      inventory->unknown[i]);
}

static enum hd_exit read_inventory(struct hd_listing *listing, struct hd_run *run,
				   unsigned kinds, unsigned want, struct hd_error *err)
{
	struct hd_arena *arena = run->context.arena;
	int rc;

	if (run->options->uri && !run->context.root.is_live)
		return hd_fail_as(HD_EXIT_USAGE, err, -EINVAL,
				  "--connect and --sysroot cannot be combined");
	if (run->options->uri)
		return hd_remote_devices_read(&listing->inventory, arena, run->options->uri, err);
	rc = hd_inventory_read(&listing->inventory, &run->context.root, arena,
			       kinds_to_read(kinds, run->n_args), want, err);
	return rc < 0 ? HD_EXIT_HOST : HD_EXIT_OK;
}

static void take_item(struct hd_listing *listing, const struct hd_item ***items,
		      const struct hd_item *item)
{
	for (size_t i = 0; i < listing->n; i++)
		if ((*items)[i] == item)
			return;
	hd_push(listing->arena, items, &listing->n, item);
}

static enum hd_exit take_named(struct hd_listing *listing, const struct hd_item ***items,
			       struct hd_run *run, char *name, struct hd_error *err)
{
	struct hd_nearest nearest = { .word = name };
	struct hd_device_ref ref;
	const struct hd_item *item;
	enum hd_exit code;

	for (size_t i = 0; run->command->takes_filters && i < hd_n_filters; i++)
		hd_nearest_offer(&nearest, hd_filters[i].name);
	code = hd_device_resolve_or(&ref, &run->context, name, &nearest, err);
	if (code != HD_EXIT_OK)
		return code;
	item = hd_inventory_find(&listing->inventory, ref.kind, ref.name);
	if (!item)
		return hd_fail_as(HD_EXIT_HOST, err, -ENOENT, "%s: the host does not have this "
				  "device; 'hostdevctl list' shows its devices", ref.name);
	take_item(listing, items, item);
	return HD_EXIT_OK;
}

static const struct hd_item *find_named(const struct hd_inventory *inventory, const char *text)
{
	static const enum hd_device_kind kinds[] = {
		HD_DEVICE_PCI, HD_DEVICE_USB, HD_DEVICE_SERIAL, HD_DEVICE_MDEV, HD_DEVICE_SCSI,
	};
	const struct hd_item *item = NULL;

	for (size_t i = 0; !item && i < HD_ARRAY_SIZE(kinds); i++)
		item = hd_inventory_find(inventory, kinds[i], text);
	return item;
}

/* A remote host is known only by its list: names that need the host itself do not work. */
static enum hd_exit take_remote(struct hd_listing *listing, const struct hd_item ***items,
				struct hd_run *run, char *name, struct hd_error *err)
{
	const struct hd_item *item = find_named(&listing->inventory, name);

	if (!item)
		return hd_fail_as(HD_EXIT_HOST, err, -ENOENT, "'%.64s' is not a device of this "
				  "libvirt; name it as 'hostdevctl list --connect %.64s' shows it",
				  name, run->options->uri);
	take_item(listing, items, item);
	return HD_EXIT_OK;
}

static void take_filtered(struct hd_listing *listing, const struct hd_item ***items,
			  const struct hd_filter *filter)
{
	const struct hd_inventory *inventory = &listing->inventory;

	for (size_t i = 0; i < inventory->n; i++)
		if (filter->matches(&inventory->items[i]))
			take_item(listing, items, &inventory->items[i]);
}

static enum hd_exit take_operands(struct hd_listing *listing, const struct hd_item ***items,
				  struct hd_run *run, struct hd_error *err)
{
	enum hd_exit code = HD_EXIT_OK;

	for (int i = 0; code == HD_EXIT_OK && i < run->n_args; i++) {
		const struct hd_filter *filter = run->command->takes_filters ?
						 hd_filter_find(run->args[i]) : NULL;

		if (filter)
			take_filtered(listing, items, filter);
		else
			code = (listing->inventory.is_remote ? take_remote : take_named)(
				listing, items, run, run->args[i], err);
	}
	return code;
}

static void take_kinds(struct hd_listing *listing, const struct hd_item ***items,
		       unsigned kinds)
{
	const struct hd_inventory *inventory = &listing->inventory;

	for (size_t i = 0; i < inventory->n; i++)
		if (!kinds || (kinds & HD_KIND_BIT(inventory->items[i].kind)))
			hd_push(listing->arena, items, &listing->n, &inventory->items[i]);
}

static enum hd_exit read_costly(struct hd_listing *listing, struct hd_context *context, unsigned cost,
				bool with_claims, struct hd_error *err)
{
	enum hd_exit code = HD_EXIT_OK;

	if (listing->inventory.is_remote)
		return code;
	if (cost & HD_COSTS_CHECKS)
		code = hd_device_verdicts_read(&listing->judgement, context, listing->items, listing->n,
					       with_claims, NULL, err);
	if (code == HD_EXIT_OK && (cost & HD_COSTS_GUESTS) &&
	    hd_guests_read(&listing->guests, &context->root, context->arena, "", err) < 0)
		code = HD_EXIT_HOST;
	return code;
}

enum hd_exit hd_listing_read(struct hd_listing *ret, struct hd_run *run, unsigned kinds,
			     const struct hd_chosen *chosen, bool with_claims,
			     struct hd_error *err)
{
	const struct hd_item **items = NULL;
	enum hd_exit code;

	*ret = (struct hd_listing){ .arena = run->context.arena, .root = &run->context.root };
	code = read_inventory(ret, run, kinds, chosen->want |
			      (run->command->takes_filters && run->n_args ? HD_FILTER_WANT : 0), err);
	note_unknown(run, &ret->inventory);
	if (code == HD_EXIT_OK && run->n_args)
		code = take_operands(ret, &items, run, err);
	else if (code == HD_EXIT_OK)
		take_kinds(ret, &items, kinds);
	ret->items = items;
	if (code == HD_EXIT_OK)
		code = read_costly(ret, &run->context, chosen->cost, with_claims, err);
	return code;
}

void hd_listing_keep_free(struct hd_listing *listing)
{
	const struct hd_item **items = NULL;
	size_t n = 0;

	for (size_t i = 0; i < listing->n; i++) {
		if (listing->judgement.devices[i].readiness != HD_READY)
			continue;
		listing->judgement.devices[n] = listing->judgement.devices[i];
		hd_push(listing->arena, &items, &n, listing->items[i]);
	}
	listing->items = items;
	listing->n = n;
	listing->judgement.n = n;
}

void hd_listing_close(struct hd_listing *listing)
{
	hd_device_verdicts_close(&listing->judgement);
}
