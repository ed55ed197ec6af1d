/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * take.c - takes from the host what one request asks for, under one journal.
 *
 * The host is not touched before every check has passed.  The claims on the
 * disks are held until the plan is applied, so that nobody can mount them in
 * between; those of managed='yes' devices by a keeper, until libvirt has them.
 */
#include "config.h"

#include <errno.h>
#include <string.h>

#include "act/take.h"
#include "base/clock.h"
#include "base/log.h"
#include "knob/knobs.h"
#include "run/keeper.h"

/* A journal for one device alone, which a command took. */
static bool is_of_device(const struct hd_journal_id *id)
{
	return id->owner == HD_OWNER_ADMIN || id->owner == HD_OWNER_PLUGGED;
}

static const struct hd_knob *find_driver_knob(const char *name)
{
	static const struct hd_knob *const knobs[] = { &hd_knob_pci_driver_sysfs,
						       &hd_knob_managed_driver };

	for (size_t i = 0; i < HD_ARRAY_SIZE(knobs); i++)
		if (!strcmp(knobs[i]->name, name))
			return knobs[i];
	return NULL;
}

/* Is it the complete journal of a detach, and the host still as that left it? */
static bool is_intact(const struct hd_journal_entry *entry, const struct hd_change *change)
{
	const struct hd_knob_host host = hd_change_apply(change).host;
	char now[HD_STATE_MAX];
	struct hd_error ignored;

	if (!is_of_device(&entry->id) || !entry->is_committed)
		return false;
	for (size_t i = 0; i < entry->n_steps; i++) {
		const struct hd_journal_step *step = &entry->steps[i];
		const struct hd_knob *knob = find_driver_knob(step->knob);

		if (knob && (knob->get(&host, step->target, now, &ignored) < 0 ||
			     !knob->is_at(step->to, now)))
			return false;
	}
	return true;
}

static enum hd_exit refuse_leftover(enum hd_exit code, const char *whose,
				    const struct hd_recovery *recovery, struct hd_error *err)
{
	hd_fail(err, -EBUSY, "devices of %s could not be given back; see 'hostdevctl status'\n%s",
		whose, recovery->text);
	return code;
}

/*
 * What an earlier take left: the guest's last run, whose daemon died before `release`, or a
 * torn detach.  The devices go back first, so that their own drivers are what we remember.
 */
static enum hd_exit clear_leftover(const struct hd_take *take, struct hd_error *err)
{
	bool is_guest = !is_of_device(take->id);
	const char *whose = is_guest ? "its last run" : take->id->key;
	struct hd_change *change = take->change;
	struct hd_journal_entry entry;
	struct hd_recovery recovery;
	enum hd_exit code;
	int rc = hd_journal_load(&entry, change->context->arena, change->dir_fd, take->id, err);

	if (rc <= 0)
		return rc < 0 ? HD_EXIT_HOST : HD_EXIT_OK;
	if (entry.broken) {
		hd_fail(err, -EINVAL, "the journal of %s is %s (%s); %s", whose,
			entry.is_newer ? "newer" : "damaged", entry.broken,
			entry.is_newer ? HD_JOURNAL_NEWER :
			is_guest ? "see 'hostdevctl status'" : "reattach it first");
		return HD_EXIT_HOST;
	}
	if (is_intact(&entry, change))
		return HD_EXIT_OK;
	code = hd_change_give_back(&recovery, change, take->id, hd_knobs_all);
	return code == HD_EXIT_OK ? code : refuse_leftover(code, whose, &recovery, err);
}

/* The same of what was plugged in while it ran. */
static enum hd_exit clear_plugged(const struct hd_take *take, struct hd_error *err)
{
	struct hd_recovery recovery;
	enum hd_exit code = hd_change_give_back_plugged(&recovery, take->change, take->id);

	return code == HD_EXIT_OK ? code : refuse_leftover(code, "its last run", &recovery, err);
}

/* Another device of the command line has a journal of its own: its steps are left out. */
static void keep_own_steps(struct hd_plan *plan, const struct hd_take *take)
{
	struct hd_pci_addr own, addr;
	bool has_own = hd_journal_function(take->id, &own);
	size_t kept = 0;

	for (size_t i = 0; i < plan->n; i++) {
		bool is_other = hd_pci_addr_parse(plan->steps[i].target, &addr) &&
				(!has_own || hd_pci_addr_compare(&addr, &own) != 0) &&
				hd_checked_has_named(take->all, &addr);

		if (!is_other)
			plan->steps[kept++] = plan->steps[i];
	}
	plan->n = kept;
}

static enum hd_exit build_plan(struct hd_plan *ret, const struct hd_take *take,
			       struct hd_error *err)
{
	const struct hd_checked *checked = take->checked;
	struct hd_arena *arena = take->change->context->arena;

	if (hd_plan_for_start(ret, arena, &checked->request, &checked->facts,
			      &take->change->knobs, err) < 0)
		return HD_EXIT_HOST;
	if (take->all)
		keep_own_steps(ret, take);
	hd_notes_unmoved(&take->change->notes, arena, checked, ret);
	return HD_EXIT_OK;
}

/*
 * Do we take a device ourselves?  A module takes none.  What libvirt takes, it unbinds
 * after us and after other hooks: the claims of the first look keep its disks free until
 * then, and a second look at the rest, right after the first, would be as old as that.
 */
static bool takes_devices(const struct hd_plan *plan)
{
	for (size_t i = 0; i < plan->n; i++)
		if (!plan->steps[i].knob->is_by_others && !plan->steps[i].knob->is_kept)
			return true;
	return false;
}

/* A drive without a medium has no claim. */
static void add_disks(struct hd_keeping *keeping, struct hd_arena *arena,
		      const struct hd_pci_facts *pci)
{
	for (size_t i = 0; i < pci->storage.n_disks; i++) {
		struct hd_kept *kept;

		if (pci->storage.disks[i].claim_fd < 0)
			continue;
		kept = hd_append(arena, &keeping->kept, &keeping->n, sizeof(*kept));
		memcpy(kept->function, pci->fn.name, sizeof(kept->function));
		kept->driver = pci->fn.driver;
		kept->claim_fd = pci->storage.disks[i].claim_fd;
	}
}

/* A keeper for the disks that libvirt will take itself, after the hook's return. */
static int keep_free(const struct hd_take *take, struct hd_error *err)
{
	const struct hd_change *change = take->change;
	const struct hd_checked *checked = take->checked;
	struct hd_keeping keeping = {
		.root = &change->context->root,
		.dir_fd = change->dir_fd,
		.uuid = take->id->key,
		.guest = take->id->name ? take->id->name : "",
		.deadline_ms = change->context->config.keeper_deadline_ms,
	};

	for (size_t i = 0; i < checked->facts.n_fns; i++) {
		const struct hd_pci_facts *pci = &checked->facts.fns[i];
		const struct hd_hostdev *hostdev = hd_request_pci(&checked->request, &pci->fn.addr);

		if (hostdev && hostdev->managed && pci->fn.driver_kind == HD_DRIVER_HOST)
			add_disks(&keeping, change->context->arena, pci);
	}
	return hd_keeper_start(&keeping, err);
}

int hd_keep_free_end(const struct hd_change *change, const struct hd_journal_id *id,
		     struct hd_error *err)
{
	return hd_keeper_end(change->dir_fd, id->key,
			     hd_now_ms() + change->context->config.lock_deadline_ms, err);
}

/* After the last look, which would take the keeper for a user of the disks. */
static enum hd_exit keep_and_apply(const struct hd_take *take, struct hd_plan *plan,
				   struct hd_error *err)
{
	struct hd_change *change = take->change;
	const struct hd_apply apply = hd_change_apply(change);
	bool is_starting = take->checked->is_starting;
	struct hd_error late;
	enum hd_exit code;

	if (is_starting && keep_free(take, err) < 0)
		return HD_EXIT_HOST;
	if (plan->n)
		hd_change_announce(change);
	code = hd_plan_apply(plan, &apply, take->id, err);
	hd_change_record(change, plan);
	if (code != HD_EXIT_OK && is_starting && hd_keep_free_end(change, take->id, &late) < 0)
		hd_log(LOG_WARNING, "guest %s: %s", take->id->key, late.text);
	if (code == HD_EXIT_STRANDED)
		(void)hd_wrap(err, "the host could not be restored; see 'hostdevctl status'");
	return code;
}

static enum hd_exit plan_and_apply(const struct hd_take *take, struct hd_error *err)
{
	struct hd_context *context = take->change->context;
	struct hd_plan plan = { 0 };
	enum hd_exit code = build_plan(&plan, take, err);

	if (code == HD_EXIT_OK && takes_devices(&plan))
		code = hd_checked_confirm(take->checked, context, err);
	if (code != HD_EXIT_OK)
		return code;
	hd_findings_log_overrides(&take->checked->findings, context->arena, take->who);
	return keep_and_apply(take, &plan, err);
}

enum hd_exit hd_take(const struct hd_take *take, struct hd_error *err)
{
	struct hd_checked *checked = take->checked;
	struct hd_context *context = take->change->context;
	enum hd_exit code;

	if (checked->is_starting && hd_keep_free_end(take->change, take->id, err) < 0)
		return HD_EXIT_HOST;
	code = clear_leftover(take, err);
	if (code == HD_EXIT_OK)
		code = clear_plugged(take, err);
	if (code != HD_EXIT_OK)
		return code;
	if (hd_checked_collect(checked, context, err) < 0)
		return HD_EXIT_HOST;
	hd_check_run(&checked->findings, context->arena, &checked->request, &checked->facts);
	return checked->findings.is_ready ? plan_and_apply(take, err) : HD_EXIT_REFUSED;
}

enum hd_exit hd_take_plan(struct hd_change *change, struct hd_checked *checked,
			  struct hd_error *err)
{
	const struct hd_take take = { .change = change, .checked = checked };
	struct hd_plan plan = { 0 };
	enum hd_exit code = build_plan(&plan, &take, err);

	hd_change_record(change, &plan);
	return code;
}
