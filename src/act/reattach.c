/* SPDX-License-Identifier: GPL-2.0-or-later */
/* reattach.c - gives functions back to the host, by the journals of their detach. */
#include "config.h"

#include <errno.h>
#include <string.h>

#include "act/reattach.h"
#include "run/journal.h"

/* One device with its companions, and what they were before. */
struct giving {
	struct hd_pci_addr *addrs;
	const char **originals;
	size_t n, n_originals;
};

struct journals {
	struct hd_journal_entry *items;
	ssize_t n;
};

static void note_given(struct giving *giving, struct hd_arena *arena,
		       const struct hd_pci_addr *addr, const char *original)
{
	*(struct hd_pci_addr *)hd_append(arena, &giving->addrs, &giving->n,
					 sizeof(*giving->addrs)) = *addr;
	*(const char **)hd_append(arena, &giving->originals, &giving->n_originals,
				  sizeof(*giving->originals)) = original;
}

/* Did this step take the function, as far as the journal knows? */
static bool took(const struct hd_journal_step *step, struct hd_pci_addr *ret)
{
	return !strcmp(step->knob, HD_KNOB_PCI_DRIVER) && step->last != HD_EVENT_MAX &&
	       step->last != HD_EVENT_UNDONE && hd_pci_addr_parse(step->target, ret);
}

/* Its file's name is the address, so that only an administrator's can match. */
static const struct hd_journal_entry *admin_journal(const struct journals *journals,
						    const struct hd_pci_addr *addr)
{
	struct hd_journal_id id;

	hd_journal_id_admin(&id, addr);
	for (ssize_t i = 0; i < journals->n; i++)
		if (!strcmp(journals->items[i].id.key, id.key))
			return &journals->items[i];
	return NULL;
}

static void collect_originals(struct giving *ret, struct hd_arena *arena,
			      const struct hd_pci_addr *addr,
			      const struct hd_journal_entry *journal)
{
	const char *original = NULL;
	struct hd_pci_addr other;

	*ret = (struct giving){ 0 };
	for (size_t i = 0; journal && i < journal->n_steps; i++) {
		const struct hd_journal_step *step = &journal->steps[i];

		if (journal->broken || !took(step, &other))
			continue;
		if (!hd_pci_addr_compare(&other, addr))
			original = step->from;
		else
			note_given(ret, arena, &other, step->from);
	}
	note_given(ret, arena, addr, original);
}

/* The guest whose start took this function, or NULL. */
static const struct hd_journal_entry *guest_of(const struct journals *journals,
					       const struct hd_pci_addr *addr)
{
	for (ssize_t i = 0; i < journals->n; i++) {
		const struct hd_journal_entry *entry = &journals->items[i];
		struct hd_pci_addr other;

		if (entry->id.owner == HD_OWNER_ADMIN || entry->broken)
			continue;
		for (size_t j = 0; j < entry->n_steps; j++)
			if (took(&entry->steps[j], &other) && !hd_pci_addr_compare(&other, addr))
				return entry;
	}
	return NULL;
}

/* A journal that may have taken this function, in a way that only a newer program can undo. */
static const struct hd_journal_entry *newer_of(const struct journals *journals,
					       const char *name)
{
	for (ssize_t i = 0; i < journals->n; i++)
		if (journals->items[i].is_newer &&
		    (journals->items[i].id.owner != HD_OWNER_ADMIN ||
		     !strcmp(journals->items[i].id.key, name)))
			return &journals->items[i];
	return NULL;
}

static enum hd_exit refuse_devices(const struct giving *giving, const struct hd_facts *facts,
				   const struct journals *journals, struct hd_error *err)
{
	for (size_t i = 0; i < giving->n; i++) {
		const struct hd_pci_facts *fn = hd_facts_fn(facts, &giving->addrs[i]);
		const struct hd_journal_entry *guest = guest_of(journals, &giving->addrs[i]);
		const struct hd_journal_entry *newer;
		char name[HD_PCI_ADDR_SIZE];

		hd_pci_addr_format(&giving->addrs[i], name);
		newer = newer_of(journals, name);
		if (newer) {
			hd_fail(err, -EBUSY, "%s: the journal of %s cannot be parsed (%s); "
				HD_JOURNAL_NEWER, name, newer->id.key, newer->broken);
			return HD_EXIT_REFUSED;
		}
		if (!fn || !fn->fn.is_present) {
			hd_fail(err, -ENOENT, "%s does not exist", name);
			return HD_EXIT_HOST;
		}
		if (fn->vfio_holder) {
			hd_fail(err, -EBUSY, "%s is in use by %s; stop that first", name,
				fn->vfio_holder);
			return HD_EXIT_REFUSED;
		}
		if (guest) {
			hd_fail(err, -EBUSY, "%s was taken for guest '%.64s' and is given back when it "
				"stops; if it is gone, run 'hostdevctl recover'; if it runs without "
				"the device, 'hostdevctl detach-from --live'", name,
				guest->id.name ? guest->id.name : guest->id.key);
			return HD_EXIT_REFUSED;
		}
	}
	return HD_EXIT_OK;
}

static enum hd_exit forget_journal(struct hd_change *change, const struct hd_journal_entry *entry,
				   struct hd_error *err)
{
	struct hd_journal journal;
	int rc;

	if (!entry || change->dir_fd < 0)
		return HD_EXIT_OK;
	if (entry->broken) {
		hd_notes_add(&change->notes, change->context->arena,
			     "the journal of %s is damaged (%s): check whether it had "
			     "companions, then remove %s/%s", entry->id.key, entry->broken,
			     hd_state_dir_path(change->context), entry->id.key);
		return HD_EXIT_OK;
	}
	rc = hd_journal_reopen(&journal, change->dir_fd, &entry->id, err);
	if (rc < 0)
		return HD_EXIT_HOST;
	rc = hd_journal_remove(&journal, &entry->id);
	hd_journal_close(&journal);
	if (rc == 0)
		return HD_EXIT_OK;
	hd_fail(err, rc, "cannot remove the journal of %s: %s", entry->id.key, strerror(-rc));
	return HD_EXIT_HOST;
}

static enum hd_exit apply_plan(struct hd_change *change, struct hd_plan *plan, struct hd_error *err)
{
	const struct hd_apply how = hd_change_apply(change);
	enum hd_exit code = HD_EXIT_OK;

	if (plan->n && change->dir_fd >= 0)
		code = hd_plan_apply(plan, &how, NULL, err);
	hd_change_record(change, plan);
	return code;
}

static enum hd_exit reattach_one(struct hd_change *change, const struct hd_pci_addr *addr,
				 const struct journals *journals, struct hd_error *err)
{
	_cleanup_(hd_facts_close) struct hd_facts facts = { 0 };
	struct hd_arena *arena = change->context->arena;
	struct hd_plan plan = { 0 };
	const struct hd_journal_entry *own = admin_journal(journals, addr);
	struct hd_facts_query query = { .guest_uuid = "" };
	const struct hd_pci_fn *fn;
	struct giving giving;
	enum hd_exit code;

	collect_originals(&giving, arena, addr, own);
	query.addrs = giving.addrs;
	query.n_addrs = giving.n;
	if (hd_facts_collect(&facts, &change->context->root, arena, &query, err) < 0)
		return HD_EXIT_HOST;
	code = refuse_devices(&giving, &facts, journals, err);
	if (code != HD_EXIT_OK)
		return code;
	if (hd_plan_for_reattach(&plan, arena, &facts, giving.addrs, giving.originals, giving.n,
				 &change->knobs, err) < 0)
		return HD_EXIT_HOST;
	fn = &hd_facts_fn(&facts, addr)->fn;
	if (!hd_plan_moves(&plan, fn->name))
		hd_notes_add(&change->notes, arena, "%s is not changed: it is already on %s",
			     fn->name, fn->driver ? fn->driver : "no driver");
	code = apply_plan(change, &plan, err);
	return code == HD_EXIT_OK ? forget_journal(change, own, err) : code;
}

static enum hd_exit list_journals(struct journals *ret, struct hd_context *context,
				  struct hd_error *err)
{
	_cleanup_(hd_close) int fd = -1;
	int rc = hd_state_dir_peek(context, &fd, err);

	*ret = (struct journals){ 0 };
	if (rc <= 0)
		return rc < 0 ? HD_EXIT_HOST : HD_EXIT_OK;
	ret->n = hd_journal_list(&ret->items, context->arena, fd, err);
	return ret->n < 0 ? HD_EXIT_HOST : HD_EXIT_OK;
}

enum hd_exit hd_reattach(struct hd_change *change, const struct hd_pci_addr *addrs, size_t n,
			 bool ours_only, struct hd_error *err)
{
	struct journals journals;
	enum hd_exit code = list_journals(&journals, change->context, err);

	for (size_t i = 0; code == HD_EXIT_OK && i < n; i++)
		if (!ours_only || admin_journal(&journals, &addrs[i]))
			code = reattach_one(change, &addrs[i], &journals, err);
	return code;
}
