/* SPDX-License-Identifier: GPL-2.0-or-later */
/* recover.c - gives back what a journal says we took, if the host still is so. */
#include "config.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/clock.h"
#include "base/lock.h"
#include "base/text.h"
#include "facts/libvirt/guests.h"
#include "run/apply.h"
#include "run/claims.h"
#include "run/recover.h"
#include "run/undo.h"

#define NAME_SHOWN 64

struct recovery {
	struct hd_arena *arena;
	const struct hd_apply *apply;
	const struct hd_knob *const *knobs;
	struct hd_recovery sum;
	const struct hd_guests *guests;		/* read when first needed */
	int group;				/* the only one whose steps count; HD_NO_GROUP: all */
};

static void say_result(struct recovery *recovery, const struct hd_journal_entry *entry,
		       const char *what, const char *why)
{
	bool is_guest = entry->id.owner != HD_OWNER_ADMIN;
	const char *name = is_guest && entry->id.name && *entry->id.name ?
		hd_text_printable(recovery->arena, entry->id.name, NAME_SHOWN) : entry->id.key;

	recovery->sum.text = hd_printf(recovery->arena, "%s%s %s: %s%s\n", recovery->sum.text,
				       is_guest ? "guest" : "detached device", name, what, why);
}

static void worsen_result(struct recovery *recovery, enum hd_exit result)
{
	if (result > recovery->sum.result)
		recovery->sum.result = result;
}

static const struct hd_knob *find_knob(const struct recovery *recovery, const char *name)
{
	for (size_t i = 0; recovery->knobs[i]; i++)
		if (!strcmp(recovery->knobs[i]->name, name))
			return recovery->knobs[i];
	return NULL;
}

/* HD_UNDO_SKIP: never begun, or settled by an earlier undo. */
static enum hd_undo wanted(const struct hd_journal_step *step)
{
	if (step->last == HD_EVENT_MAX || step->last == HD_EVENT_UNDONE)
		return HD_UNDO_SKIP;
	return step->last == HD_EVENT_UNDO ? HD_UNDO_AGAIN : HD_UNDO_WANTED;
}

static enum hd_undo restore_step(const struct recovery *recovery, struct hd_step *to,
				 const struct hd_journal_step *step)
{
	to->stage = (int)step->stage;
	to->group = step->group;
	to->knob = find_knob(recovery, step->knob);
	(void)snprintf(to->target, sizeof(to->target), "%s", step->target);
	(void)snprintf(to->from, sizeof(to->from), "%s", step->from);
	(void)snprintf(to->to, sizeof(to->to), "%s", step->to);
	if (to->knob)
		return wanted(step);
	(void)hd_fail(&to->error, -EINVAL, "%s: unknown knob '%s'", to->target,
		      step->knob);
	return HD_UNDO_FAILED;
}

static void report_step(struct recovery *recovery, const struct hd_journal_entry *entry,
			const struct hd_step *step, enum hd_undo end)
{
	struct hd_arena *arena = recovery->arena;

	if (end == HD_UNDO_SKIP)
		return;
	if (end == HD_UNDO_BACK)
		say_result(recovery, entry, step->target,
			   hd_printf(arena, " was given back (%s)", step->from));
	else if (end == HD_UNDO_WAS_BACK)
		say_result(recovery, entry, step->target,
			   hd_printf(arena, " was already back (%s)", step->from));
	else if (end == HD_UNDO_FAILED || end == HD_UNDO_STUCK)
		say_result(recovery, entry, "could not be put back: ", step->error.text);
	else
		say_result(recovery, entry, step->error.text, "");
	recovery->sum.n_given_back += end == HD_UNDO_BACK;
	recovery->sum.n_busy += end == HD_UNDO_BUSY;
	if (end == HD_UNDO_FAILED || end == HD_UNDO_STUCK)
		worsen_result(recovery, HD_EXIT_STRANDED);
}

/* What became of a step, for who reports it; others stay as they were. */
static const enum hd_step_state states[HD_UNDO_MAX] = {
	[HD_UNDO_BACK] = HD_STEP_UNDONE,
	[HD_UNDO_WAS_BACK] = HD_STEP_UNDONE,
	[HD_UNDO_GONE] = HD_STEP_STALE,
	[HD_UNDO_FOREIGN] = HD_STEP_STALE,
	[HD_UNDO_BUSY] = HD_STEP_STRANDED,
	[HD_UNDO_FAILED] = HD_STEP_STRANDED,
	[HD_UNDO_STUCK] = HD_STEP_STUCK,
};

static void keep_step(struct recovery *recovery, struct hd_step *step, enum hd_undo end)
{
	step->state = states[end];
	hd_push(recovery->arena, &recovery->sum.plan.steps, &recovery->sum.plan.n, *step);
}

/* Not asked for, and so still to be taken back some time. */
static bool is_left(const struct hd_step *step, enum hd_undo end)
{
	return end != HD_UNDO_SKIP && !(step->knob && step->knob->is_kept);
}

static bool is_settled(enum hd_undo end)
{
	return hd_undo_is_back(end) || end == HD_UNDO_FOREIGN;
}

static void give_back(struct recovery *recovery, const struct hd_journal_entry *entry,
		      struct hd_journal *journal)
{
	struct hd_arena *arena = recovery->arena;
	struct hd_plan plan = {
		.steps = hd_alloc(arena, entry->n_steps * sizeof(*plan.steps)),
		.n = entry->n_steps,
	};
	enum hd_undo *ends = hd_alloc(arena, entry->n_steps * sizeof(*ends));
	bool all_settled = true;
	int rc = 0;

	for (size_t i = 0; i < plan.n; i++) {
		ends[i] = restore_step(recovery, &plan.steps[i], &entry->steps[i]);
		if (recovery->group == HD_NO_GROUP || plan.steps[i].group == recovery->group)
			continue;
		all_settled = all_settled && !is_left(&plan.steps[i], ends[i]);
		ends[i] = HD_UNDO_SKIP;
	}
	hd_undo_run(&plan, ends, &recovery->apply->host, recovery->apply->step_deadline_ms,
		    journal);
	for (size_t i = plan.n; i-- > 0;) {
		report_step(recovery, entry, &plan.steps[i], ends[i]);
		keep_step(recovery, &plan.steps[i], ends[i]);
		all_settled = all_settled && is_settled(ends[i]);
	}
	if (all_settled)
		rc = hd_journal_remove(journal, &entry->id);
	if (rc < 0) {
		say_result(recovery, entry, "cannot remove its journal: ", strerror(-rc));
		worsen_result(recovery, HD_EXIT_HOST);
	}
}

static void refuse_broken(struct recovery *recovery, const struct hd_journal_entry *entry)
{
	const char *remedy = entry->is_newer ? HD_JOURNAL_NEWER :
		hd_printf(recovery->arena, "look at its devices (hostdevctl status), then remove "
			  HD_JOURNAL_DIR "/%s", entry->id.key);

	say_result(recovery, entry, "its journal cannot be parsed: ",
		   hd_printf(recovery->arena, "%s; %s", entry->broken, remedy));
	worsen_result(recovery, HD_EXIT_STRANDED);
}

static void recover_one(struct recovery *recovery, const struct hd_journal_entry *known)
{
	struct hd_journal_entry entry;
	struct hd_journal journal;
	struct hd_error err;
	int rc;

	if (known->broken) {
		refuse_broken(recovery, known);
		return;
	}
	rc = hd_journal_reopen(&journal, recovery->apply->dir_fd, &known->id, &err);
	if (rc == -ENOENT)
		return;
	if (rc < 0) {
		say_result(recovery, known, err.text, "");
		recovery->sum.n_busy += rc == -EBUSY;
		worsen_result(recovery, rc == -EBUSY ? HD_EXIT_OK : HD_EXIT_HOST);
		return;
	}
	rc = hd_journal_load(&entry, recovery->arena, recovery->apply->dir_fd, &known->id, &err);
	if (rc > 0 && entry.broken)
		refuse_broken(recovery, &entry);
	else if (rc > 0)
		give_back(recovery, &entry, &journal);
	hd_journal_close(&journal);
}

void hd_recover_entry(struct hd_recovery *ret, struct hd_arena *arena,
		      const struct hd_journal_id *id, const struct hd_apply *apply,
		      const struct hd_knob *const *knobs)
{
	hd_recover_group(ret, arena, id, apply, knobs, HD_NO_GROUP);
}

void hd_recover_group(struct hd_recovery *ret, struct hd_arena *arena,
		      const struct hd_journal_id *id, const struct hd_apply *apply,
		      const struct hd_knob *const *knobs, int group)
{
	const struct hd_journal_entry entry = { .id = *id };
	struct recovery recovery = { arena, apply, knobs, { .text = "" }, NULL, group };

	recover_one(&recovery, &entry);
	*ret = recovery.sum;
}

enum hd_exit hd_recovery_exit(const struct hd_recovery *recovery)
{
	return recovery->result == HD_EXIT_OK && recovery->n_busy ? HD_EXIT_HOST : recovery->result;
}

static const char *ending(struct recovery *recovery, const struct hd_journal_entry *entry,
			  const char *uuid)
{
	const char *word = hd_guest_word(recovery->arena, entry->id.name ? entry->id.name : "", uuid);

	return hd_printf(recovery->arena, "libvirt reports that it runs; `virsh shutdown %s` ends it, or "
			 "`virsh destroy %s` if it does not react", word, word);
}

/* NULL if no guest that has devices runs by that name; else what speaks for it. */
static const char *status_of(struct recovery *recovery, const struct hd_journal_entry *entry)
{
	const struct hd_guest_claim *claim;
	struct hd_guests *guests;
	struct hd_error err;

	if (!recovery->guests) {
		guests = hd_alloc(recovery->arena, sizeof(*guests));
		if (hd_guests_read(guests, recovery->apply->host.root, recovery->arena, "",
				   &err) < 0)
			guests->unreadable = hd_strdup(recovery->arena, err.text);
		recovery->guests = guests;
	}
	claim = hd_journal_claim_of(entry, recovery->guests);
	if (claim)
		return ending(recovery, entry, claim->uuid);
	return recovery->guests->unreadable ? "which guests run is unknown" : NULL;
}

/*
 * May the start that wrote it still be under way?  Not in another boot, and not if it was
 * written at a moment yet to come: the clock was set, or another namespace has its own.
 */
static bool is_fresh(const struct hd_journal_entry *entry)
{
	int64_t age = entry->boot ? hd_uptime_s() - entry->uptime :
				    (int64_t)time(NULL) - entry->since;
	char boot[HD_BOOT_ID_SIZE];

	if (entry->boot && strcmp(entry->boot, hd_boot_id(boot)) != 0)
		return false;
	return age >= 0 && age < HD_RECOVER_SETTLE_S;
}

/* Why a committed guest's journal must be left alone, or NULL. */
static const char *left_because(struct recovery *recovery, const struct hd_journal_entry *entry)
{
	if (!entry->is_committed || recovery->apply->is_boot)
		return NULL;
	if (is_fresh(entry))
		return "its start may be under way; try again in a minute";
	return status_of(recovery, entry);
}

static bool is_due(struct recovery *recovery, const struct hd_journal_entry *entry)
{
	const char *why;

	if (entry->broken)
		return true;
	if (entry->id.owner == HD_OWNER_ADMIN)
		return !entry->is_committed;
	if (entry->id.owner == HD_OWNER_REHEARSAL)
		return true;	/* we have its locks: it is at work no more */
	why = left_because(recovery, entry);
	if (why) {
		say_result(recovery, entry, "left alone: ", why);
		recovery->sum.n_busy++;
	}
	return !why;
}

static int take_locks(struct recovery *recovery, const struct hd_journal_entry *entry,
		      struct hd_locks *ret, int64_t deadline, struct hd_error *err)
{
	int groups[HD_PLAN_MAX];
	size_t n = 0;

	for (size_t i = 0; i < entry->n_steps; i++)
		if (entry->steps[i].group != HD_NO_GROUP)
			groups[n++] = entry->steps[i].group;
	return hd_locks_take(ret, recovery->apply->dir_fd, groups, n, deadline, err);
}

/* What was true before we had the locks may have changed: reads it again. */
static void recover_locked(struct recovery *recovery, const struct hd_journal_entry *known,
			   int64_t deadline)
{
	_cleanup_(hd_locks_release) struct hd_locks locks = { .n = 0 };
	struct hd_journal_entry entry;
	struct hd_error err;
	int rc = take_locks(recovery, known, &locks, deadline, &err);

	if (rc < 0) {
		say_result(recovery, known, "left alone: ", err.text);
		recovery->sum.n_busy += rc == -ETIMEDOUT;
		worsen_result(recovery, rc == -ETIMEDOUT ? HD_EXIT_OK : HD_EXIT_HOST);
		return;
	}
	rc = hd_journal_load(&entry, recovery->arena, recovery->apply->dir_fd, &known->id, &err);
	if (rc > 0 && is_due(recovery, &entry))
		recover_one(recovery, &entry);
}

void hd_recover_all(struct hd_recovery *ret, struct hd_arena *arena,
		    const struct hd_apply *apply, const struct hd_knob *const *knobs,
		    int64_t deadline)
{
	struct recovery recovery = { arena, apply, knobs, { .text = "" }, NULL, HD_NO_GROUP };
	struct hd_journal_entry *entries;
	struct hd_error err;
	ssize_t n;

	hd_journal_sweep(apply->dir_fd);
	n = hd_journal_list(&entries, arena, apply->dir_fd, &err);
	if (n < 0) {
		recovery.sum.text = hd_printf(arena, "%s\n", err.text);
		worsen_result(&recovery, HD_EXIT_HOST);
	}
	for (ssize_t i = 0; i < n; i++)
		recover_locked(&recovery, &entries[i], deadline);
	*ret = recovery.sum;
}
