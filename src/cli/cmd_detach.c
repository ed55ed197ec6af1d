/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * cmd_detach.c - takes devices from the host, as a guest's start would.
 *
 * All devices are checked before the first is touched.  Then each is judged
 * once more and detached with a journal of its own, so that each can be given
 * back alone; companions belong to the device that they were moved for.  If one
 * cannot be taken, those before it are given back at once.
 */
#include "config.h"

#include <errno.h>
#include <string.h>

#include "cli/change.h"
#include "cli/devices.h"
#include "cli/options.h"
#include "cli/overrides.h"
#include "knob/knobs.h"
#include "plan/recover.h"

static const struct hd_option *const options[] = {
	&hd_opt_allow, &hd_opt_destroys, &hd_opt_uri, &hd_opt_binder, &hd_opt_dry_run,
	&hd_opt_sysroot, &hd_opt_json, &hd_opt_verbose, &hd_opt_help, NULL,
};

/* Is the detach that this journal tells of complete, and the host still as it left it? */
static bool is_intact(const struct hd_journal_entry *entry, const struct hd_apply *apply)
{
	const struct hd_knob *knob = &hd_knob_pci_driver_sysfs;
	char now[HD_STATE_MAX];
	struct hd_error ignored;

	for (size_t i = 0; i < entry->n_steps; i++) {
		const struct hd_journal_step *step = &entry->steps[i];

		if (!strcmp(step->knob, knob->name) &&
		    (knob->get(&apply->host, step->target, now, &ignored) < 0 ||
		     !knob->is_at(step->to, now)))
			return false;
	}
	return entry->is_committed;
}

/* What an earlier detach of the same device left: a torn one, or given back by others since. */
static enum hd_exit clear_leftover(struct hd_change *change, const struct hd_journal_id *id,
				   struct hd_error *err)
{
	const struct hd_apply apply = hd_change_apply(change);
	struct hd_arena *arena = change->run->arena;
	struct hd_recovery recovery = { 0 };
	struct hd_journal_entry entry;
	int rc = hd_journal_load(&entry, arena, change->dir_fd, id, err);

	if (rc <= 0)
		return rc < 0 ? HD_EXIT_HOST : HD_EXIT_OK;
	if (entry.broken) {
		hd_fail(err, -EINVAL, "the journal of %s is broken (%s); reattach it first",
			id->key, entry.broken);
		return HD_EXIT_HOST;
	}
	if (is_intact(&entry, &apply))
		return HD_EXIT_OK;
	hd_recover_entry(&recovery, arena, &entry, &apply, hd_knobs_all);
	if (recovery.result == HD_EXIT_OK && !recovery.n_busy)
		return HD_EXIT_OK;
	hd_fail(err, -EBUSY, "%s: an earlier detach of it is not finished: %s", id->key,
		recovery.text ? recovery.text : "see 'hostdevctl status'");
	return recovery.result == HD_EXIT_OK ? HD_EXIT_HOST : recovery.result;
}

/* Another device of the command line has a journal of its own: its steps are left out. */
static void keep_own_steps(struct hd_plan *plan, const struct hd_case *all, const char *own)
{
	size_t kept = 0;

	for (size_t i = 0; i < plan->n; i++) {
		struct hd_pci_addr addr;
		bool is_other = strcmp(plan->steps[i].target, own) != 0 &&
				hd_pci_addr_parse(plan->steps[i].target, &addr) &&
				hd_request_pci(&all->request, &addr);

		if (!is_other)
			plan->steps[kept++] = plan->steps[i];
	}
	plan->n = kept;
}

static enum hd_exit apply_one(struct hd_change *change, const struct hd_case *all,
			      struct hd_case *one, const struct hd_journal_id *id,
			      struct hd_error *err)
{
	const struct hd_apply apply = hd_change_apply(change);
	struct hd_arena *arena = change->run->arena;
	struct hd_plan plan = { 0 };
	enum hd_exit code;

	if (hd_plan_for_start(&plan, arena, &one->request, &one->facts, change->knobs, err) < 0)
		return HD_EXIT_HOST;
	keep_own_steps(&plan, all, id->key);
	hd_notes_unmoved(&change->notes, arena, one, &plan);
	if (!plan.n)
		return HD_EXIT_OK;
	code = hd_case_confirm(one, change->run, err);
	if (code != HD_EXIT_OK)
		return code;
	hd_overrides_log(change->run, &one->findings);
	code = hd_plan_apply(&plan, &apply, id, err);
	hd_change_record(change, &plan);
	return code;
}

/* What ALL was judged by is replaced when the device is not free any more. */
static enum hd_exit detach_one(struct hd_change *change, struct hd_case *all,
			       const struct hd_pci_addr *addr, struct hd_error *err)
{
	_cleanup_(hd_case_close) struct hd_case one = { 0 };
	char name[HD_PCI_ADDR_SIZE];
	const struct hd_device_ref ref = {
		.kind = HD_DEVICE_PCI, .has_pci = true, .pci = *addr,
		.given = hd_pci_addr_format(addr, name), .name = name,
	};
	struct hd_journal_id id;
	enum hd_exit code;

	hd_journal_id_admin(&id, addr);
	code = clear_leftover(change, &id, err);
	if (code != HD_EXIT_OK)
		return code;
	hd_case_from_devices(&one, change->run->arena, &ref, 1);
	one.request.policy = all->request.policy;
	code = hd_case_judge(&one, change->run, err);
	if (code != HD_EXIT_OK)
		return code;
	code = one.findings.is_ready ? apply_one(change, all, &one, &id, err) : HD_EXIT_REFUSED;
	if (!one.findings.is_ready)
		all->findings = one.findings;
	return code;
}

static void mark_steps(struct hd_change *change, size_t first, size_t end,
		       enum hd_step_state state)
{
	for (size_t i = first; i < end; i++) {
		struct hd_step *step = &change->done.steps[i];

		if (step->state == HD_STEP_DONE && !step->knob->is_kept)
			step->state = state;
	}
}

/* Takes back the detach of one device, by the binder that made it: its steps FIRST to END. */
static enum hd_exit give_back(struct hd_change *change, const struct hd_pci_addr *addr,
			      size_t first, size_t end, struct hd_error *err)
{
	const struct hd_knob *const knobs[] = { change->knobs->pci_driver,
						change->knobs->module, NULL };
	const struct hd_apply apply = hd_change_apply(change);
	struct hd_journal_entry entry = { 0 };
	struct hd_recovery recovery = { 0 };

	hd_journal_id_admin(&entry.id, addr);
	hd_recover_entry(&recovery, change->run->arena, &entry, &apply, knobs);
	if (recovery.result == HD_EXIT_OK && !recovery.n_busy) {
		mark_steps(change, first, end, HD_STEP_UNDONE);
		return HD_EXIT_OK;
	}
	mark_steps(change, first, end, HD_STEP_STRANDED);
	hd_notes_add(&change->notes, change->run->arena, "%s could not be given back: %s",
		     entry.id.key, recovery.text);
	hd_fail(err, -EIO, "%s was taken and could not be given back; see 'hostdevctl status'",
		entry.id.key);
	return HD_EXIT_STRANDED;
}

/*
 * All or nothing.  FIRST[i] is where the steps of device i begin among those that
 * were made.
 */
static enum hd_exit detach_all(struct hd_change *change, struct hd_case *all,
			       struct hd_error *err)
{
	size_t *first = hd_alloc(change->run->arena, (all->query.n_addrs + 1) * sizeof(*first));
	enum hd_exit code = HD_EXIT_OK, back;
	size_t n = 0;

	/* The claims on the disks: each device takes its own again. */
	hd_case_close(all);
	while (code == HD_EXIT_OK && n < all->query.n_addrs) {
		first[n] = change->done.n;
		code = detach_one(change, all, &all->query.addrs[n], err);
		n += code == HD_EXIT_OK;
	}
	while (code != HD_EXIT_OK && n-- > 0) {
		if (first[n] == first[n + 1])
			continue;
		back = give_back(change, &all->query.addrs[n], first[n], first[n + 1], err);
		code = back > code ? back : code;
	}
	return code;
}

static enum hd_exit plan_all(struct hd_change *change, const struct hd_case *all,
			     struct hd_error *err)
{
	struct hd_arena *arena = change->run->arena;
	struct hd_plan plan = { 0 };

	if (hd_plan_for_start(&plan, arena, &all->request, &all->facts, change->knobs, err) < 0)
		return HD_EXIT_HOST;
	hd_notes_unmoved(&change->notes, arena, all, &plan);
	hd_change_record(change, &plan);
	return HD_EXIT_OK;
}

static enum hd_exit show(struct hd_change *change, const struct hd_case *all,
			 enum hd_exit code, struct hd_error *err)
{
	const struct hd_report report = {
		.title = all->title,
		.findings = &all->findings,
		.plan = all->findings.is_ready || change->done.n ? &change->done : NULL,
		.error = change->run->options->json ? err : NULL,
		.show_passed = change->run->options->verbose,
		.notes = change->notes.lines,
		.n_notes = change->notes.n,
	};
	struct hd_error ignored;
	enum hd_exit shown = hd_show_report(change->run, &report, &ignored);

	return code == HD_EXIT_OK ? shown : code;
}

static enum hd_exit run_detach(struct hd_run *run, struct hd_error *err)
{
	_cleanup_(hd_change_close) struct hd_change change = { .dir_fd = -1 };
	_cleanup_(hd_case_close) struct hd_case all = { 0 };
	struct hd_device_ref *refs;
	enum hd_exit code;
	size_t n;

	code = hd_functions_from_args(run, &refs, &n, err);
	if (code != HD_EXIT_OK)
		return code;
	hd_case_from_devices(&all, run->arena, refs, n);
	code = hd_overrides_add(&all.request, run, err);
	if (code == HD_EXIT_OK)
		code = hd_change_open(&change, run, all.query.addrs, all.query.n_addrs, err);
	if (code == HD_EXIT_OK)
		code = hd_case_judge(&all, run, err);
	if (code != HD_EXIT_OK)
		return code;
	if (!all.findings.is_ready)
		code = HD_EXIT_REFUSED;
	else if (run->options->dry_run)
		code = plan_all(&change, &all, err);
	else
		code = detach_all(&change, &all, err);
	return show(&change, &all, code, err);
}

const struct hd_command hd_cmd_detach = {
	.name = "detach",
	.args = "DEVICE...",
	.min_args = 1,
	.max_args = -1,
	.summary = "Take devices from the host and bind them to VFIO, after the same checks.",
	.options = options,
	.needs_root = true,
	.run = run_detach,
};
