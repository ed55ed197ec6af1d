/* SPDX-License-Identifier: GPL-2.0-or-later */
/* metrics_held.c - what is held for whom, and whether it should have been given back, for monitoring. */
#include "config.h"

#include <string.h>

#include "act/host_change.h"
#include "base/text.h"
#include "cli/metrics_held.h"
#include "facts/pci/pci.h"
#include "plan/plan.h"
#include "run/claims.h"

/* Not if that is unknown: a file of a running guest was not understood. */
static bool has_ended(const struct hd_journal_entry *entry, const struct hd_guests *guests)
{
	return (entry->id.owner == HD_OWNER_GUEST || entry->id.owner == HD_OWNER_PLUGGED) &&
	       !guests->unreadable && !hd_journal_claim_of(entry, guests);
}

/* Why it should have been given back, or NULL. */
static const char *left_as(const struct hd_journal_entry *entry, const struct hd_journal_step *step,
			   const struct hd_guests *guests)
{
	if (step->last == HD_EVENT_STUCK)
		return "stuck";
	if (!entry->is_committed)
		return "unfinished";
	return has_ended(entry, guests) ? "ended" : NULL;
}

/* libvirt has bound it, and has not given it back: the journal only remembers its driver. */
static bool is_libvirts(const struct hd_journal_step *step, struct hd_context *context)
{
	struct hd_pci_fn fn = { 0 };
	struct hd_pci_addr addr;
	struct hd_error ignored;

	return !strcmp(step->knob, HD_KNOB_MANAGED) && hd_pci_addr_parse(step->target, &addr) &&
	       hd_pci_fn_read(&fn, &context->root, context->arena, &addr, &ignored) == 0 &&
	       fn.driver_kind == HD_DRIVER_VFIO;
}

/* The same that status shows. */
static bool is_held(const struct hd_journal_step *step, struct hd_context *context)
{
	return step->last != HD_EVENT_MAX && step->last != HD_EVENT_UNDONE &&
	       (!strcmp(step->knob, HD_KNOB_PCI_DRIVER) || is_libvirts(step, context));
}

static void add_entry(struct hd_metrics_held *ret, struct hd_context *context,
		      const struct hd_journal_entry *entry, const struct hd_guests *guests)
{
	static const char *const owners[] = {
		[HD_OWNER_GUEST] = "guest", [HD_OWNER_ADMIN] = "administrator",
		[HD_OWNER_REHEARSAL] = "rehearsal", [HD_OWNER_PLUGGED] = "guest",
	};
	const char *name = entry->id.name && *entry->id.name ? entry->id.name : entry->id.key;

	for (size_t i = 0; i < entry->n_steps; i++) {
		const struct hd_journal_step *step = &entry->steps[i];
		const struct hd_metrics_device device = {
			.device = step->target, .owner = owners[entry->id.owner],
			.guest = entry->id.owner == HD_OWNER_ADMIN ? NULL : name,
			.left = left_as(entry, step, guests), .since = entry->since,
		};

		if (is_held(step, context))
			hd_push(context->arena, &ret->items, &ret->n, device);
	}
	ret->n_broken += entry->broken != NULL;
}

static int read_journals(struct hd_metrics_held *ret, struct hd_context *context, int dir_fd,
			 struct hd_error *err)
{
	struct hd_guests guests = { 0 };
	struct hd_journal_entry *entries = NULL;
	ssize_t n = hd_journal_list(&entries, context->arena, dir_fd, err);

	if (n < 0)
		return (int)n;
	if (n && hd_guests_read(&guests, &context->root, context->arena, "", err) < 0)
		return err->code;
	for (ssize_t i = 0; i < n; i++)
		add_entry(ret, context, &entries[i], &guests);
	return 0;
}

int hd_metrics_held_read(struct hd_metrics_held *ret, struct hd_context *context, struct hd_error *err)
{
	_cleanup_(hd_close) int fd = -1;
	int rc = hd_state_dir_peek(context, &fd, err);

	*ret = (struct hd_metrics_held){ .n = 0 };
	for (int i = 0; rc > 0 && i < HD_COUNT_MAX; i++) {
		off_t n = hd_count_read(fd, i);

		ret->counts[i] = n < 0 ? 0 : (int64_t)n;
	}
	return rc > 0 ? read_journals(ret, context, fd, err) : rc;
}
