/* SPDX-License-Identifier: GPL-2.0-or-later */
/* unplug.c - gives back what a running guest no longer has. */
#include "config.h"

#include <errno.h>
#include <poll.h>
#include <string.h>

#include "act/unplug.h"
#include "base/clock.h"
#include "base/text.h"
#include "knob/knobs.h"

#define CLOSE_MS 15000	/* for QEMU to close a device that it no longer has */
#define POLL_MS 200
#define NAME_SHOWN 100

struct giving {
	const struct hd_unplug *unplug;
	const struct hd_pci_addr *addr;
	struct hd_pci_fn fn;
	struct hd_journal_id guest;
	struct hd_recovery sum;
	bool is_told;		/* why it stays */
};

static _printf_(2, 3) void note(const struct giving *g, const char *fmt, ...)
{
	struct hd_change *change = g->unplug->change;
	va_list args;

	va_start(args, fmt);
	hd_notes_add(&change->notes, change->context->arena, "%s",
		     hd_vprintf(change->context->arena, fmt, args));
	va_end(args);
}

/* The function that the guest still has in this group, or NULL. */
static const struct hd_pci_addr *still_has(const struct giving *g, const struct hd_iommu_group *group)
{
	for (size_t i = 0; group && i < group->n_members; i++)
		for (size_t k = 0; k < g->unplug->n_still; k++)
			if (!hd_pci_addr_compare(&group->members[i], &g->unplug->still[k]))
				return &g->unplug->still[k];
	return NULL;
}

static int collect_facts(struct hd_facts *ret, const struct giving *g, struct hd_error *err)
{
	const struct hd_facts_query query = { .addrs = g->addr, .n_addrs = 1, .guest_uuid = "" };
	struct hd_context *context = g->unplug->change->context;

	return hd_facts_collect(ret, &context->root, context->arena, &query, err);
}

static const char *driver_of(const struct hd_pci_fn *fn)
{
	return fn->driver ? fn->driver : "no driver";
}

/* 1: nobody has the group; 0: it stays, with a note unless *HOLDER may still close it. */
static int look_at_group(struct giving *g, const char **holder, struct hd_error *err)
{
	_cleanup_(hd_facts_close) struct hd_facts facts = { 0 };
	const struct hd_pci_facts *fn;
	const struct hd_pci_addr *still;
	char name[HD_PCI_ADDR_SIZE];

	*holder = NULL;
	if (collect_facts(&facts, g, err) < 0)
		return err->code;
	fn = hd_facts_fn(&facts, g->addr);
	if (!fn || !fn->fn.is_present || fn->fn.group == HD_NO_GROUP)
		return 0;
	g->fn = fn->fn;
	still = still_has(g, hd_facts_group(&facts, fn->fn.group));
	if (!still) {
		*holder = hd_facts_group_holder(&facts, fn->fn.group);
		return !*holder;
	}
	note(g, "%s stays on %s until the guest has lost %s, too, which is in its IOMMU group",
	     fn->fn.name, driver_of(&fn->fn), hd_pci_addr_format(still, name));
	return 0;
}

/* 1: the guest has no device of the group, and nobody has it open; 0: it stays, with a note. */
static int wait_until_closed(struct giving *g, struct hd_error *err)
{
	int64_t deadline = hd_now_ms() + CLOSE_MS;
	const char *holder;
	int rc = look_at_group(g, &holder, err);

	while (holder && hd_ms_left(deadline)) {
		(void)poll(NULL, 0, POLL_MS);
		rc = look_at_group(g, &holder, err);
	}
	if (holder)
		note(g, "%s stays on %s until the guest stops: its IOMMU group is in use by %s",
		     g->fn.name, driver_of(&g->fn),
		     hd_text_printable(g->unplug->change->context->arena, holder, NAME_SHOWN));
	return rc;
}

static bool is_of_group(const struct hd_journal_entry *entry, int group)
{
	for (size_t i = 0; i < entry->n_steps; i++)
		if (entry->steps[i].group == group)
			return true;
	return false;
}

static void give_back_entry(struct giving *g, const struct hd_journal_entry *entry)
{
	const struct hd_change *change = g->unplug->change;
	const struct hd_knob *const knobs[] = { change->knobs.pci_driver, change->knobs.module,
						change->knobs.managed, NULL };
	const struct hd_apply apply = hd_change_apply(change);
	struct hd_recovery one;

	hd_recover_group(&one, change->context->arena, &entry->id, &apply, knobs, g->fn.group);
	g->sum.result = one.result > g->sum.result ? one.result : g->sum.result;
	g->sum.n_given_back += one.n_given_back;
	g->sum.n_busy += one.n_busy;
	g->sum.text = hd_printf(change->context->arena, "%s%s", g->sum.text, one.text);
}

static bool tell_why_it_stays(struct giving *g, const struct hd_journal_entry *entry)
{
	if (entry->broken)
		note(g, "the journal %s cannot be parsed (%s): see 'hostdevctl status'",
		     entry->id.key, entry->broken);
	else if (hd_journal_find_step(entry, hd_knob_card_idle.name))
		/* card, sessions and services go back together */
		note(g, "%s stays until the guest stops: its card was handed over", g->fn.name);
	else
		return false;
	g->is_told = true;
	return true;
}

static int give_back_group(struct giving *g, struct hd_error *err)
{
	const struct hd_change *change = g->unplug->change;
	struct hd_journal_entry *entries;
	ssize_t n = hd_journal_list(&entries, change->context->arena, change->dir_fd, err);

	for (ssize_t i = 0; i < n; i++) {
		const struct hd_journal_entry *entry = &entries[i];

		if (entry->id.owner == HD_OWNER_REHEARSAL ||
		    !hd_journal_is_of_guest(&entry->id, g->guest.key) ||
		    (!entry->broken && !is_of_group(entry, g->fn.group)))
			continue;
		if (!tell_why_it_stays(g, entry))
			give_back_entry(g, entry);
	}
	return n < 0 ? (int)n : 0;
}

/* One line of what happened for each note; then what the device is on, if that is still VFIO. */
static enum hd_exit report(struct giving *g, struct hd_error *err)
{
	struct hd_context *context = g->unplug->change->context;
	const char *line, *at = g->sum.text;
	struct hd_pci_fn fn = { 0 };
	struct hd_error ignored;

	while ((line = hd_text_next_line(context->arena, &at)))
		note(g, "%s", line);
	if (g->sum.result != HD_EXIT_OK || g->sum.n_busy)
		return hd_fail_as(g->sum.result != HD_EXIT_OK ? g->sum.result : HD_EXIT_HOST, err,
				  -EBUSY, "%s could not be given back: %s", g->fn.name, g->sum.text);
	if (!g->is_told && !g->sum.n_given_back &&
	    hd_pci_fn_read(&fn, &context->root, context->arena, g->addr, &ignored) == 0 &&
	    fn.driver_kind == HD_DRIVER_VFIO)
		note(g, "%s stays on %s: it was there before the guest got it; 'hostdevctl reattach' "
		     "gives it back", fn.name, fn.driver);
	return HD_EXIT_OK;
}

enum hd_exit hd_unplug_give_back(const struct hd_unplug *unplug, const struct hd_pci_addr *addr,
				 struct hd_error *err)
{
	struct giving g = { .unplug = unplug, .addr = addr, .sum.text = "" };
	int rc = hd_journal_id_guest(&g.guest, unplug->uuid, unplug->name);

	if (rc < 0) {
		hd_fail(err, rc, "the guest's UUID is malformed");
		return HD_EXIT_HOST;
	}
	rc = wait_until_closed(&g, err);
	if (rc > 0)
		rc = give_back_group(&g, err) < 0 ? -EIO : 1;
	if (rc <= 0)
		return rc < 0 ? HD_EXIT_HOST : HD_EXIT_OK;
	return report(&g, err);
}
