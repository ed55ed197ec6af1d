/* SPDX-License-Identifier: GPL-2.0-or-later */
/* host_change.c - what a change of the host needs: state directory, locks, binder. */
#include "config.h"

#include <errno.h>
#include <poll.h>
#include <stdatomic.h>

#include "act/host_change.h"
#include "base/clock.h"
#include "knob/knobs.h"

#define BUSY_POLL_MS 100
#define ANSWER_MS 2000	/* for the libvirt binder to explain itself after its deadlines */

const struct hd_knobs hd_binders[] = {
	[HD_BINDER_SYSFS] = { &hd_knob_pci_driver_sysfs, &hd_knob_module, &hd_knob_managed_driver,
			      &hd_handover_knobs },
	[HD_BINDER_LIBVIRT] = { &hd_knob_pci_driver_libvirt, &hd_knob_module,
				&hd_knob_managed_driver, &hd_handover_knobs },
};

const char *hd_state_dir_path(struct hd_context *context)
{
	const char *prefix = context->root.is_live ? "" : context->sysroot;

	return hd_printf(context->arena, "%s" HD_JOURNAL_DIR, prefix);
}

int hd_state_dir_peek(struct hd_context *context, int *ret_fd, struct hd_error *err)
{
	struct stat st;
	int fd;

	if (stat(hd_state_dir_path(context), &st) < 0 && errno == ENOENT)
		return 0;
	fd = hd_state_dir_open(hd_state_dir_path(context), err);
	if (fd < 0)
		return fd;
	*ret_fd = fd;
	return 1;
}

int hd_change_open_state(struct hd_change *change, struct hd_error *err)
{
	int rc = hd_state_dir_open(hd_state_dir_path(change->context), err);

	if (rc < 0)
		return rc;
	change->dir_fd = rc;
	return 0;
}

static void add_group(struct hd_arena *arena, int **groups, size_t *n, int group)
{
	if (group != HD_NO_GROUP)
		*(int *)hd_append(arena, groups, n, sizeof(**groups)) = group;
}

int hd_change_lock(struct hd_change *change, const struct hd_pci_addr *addrs, size_t n,
		   const struct hd_journal_id *id, struct hd_error *err)
{
	const struct hd_context *context = change->context;
	int64_t deadline = hd_now_ms() + context->config.lock_deadline_ms;
	struct hd_journal_entry entry = { 0 };
	int *groups = NULL, group, rc;
	size_t n_groups = 0;

	for (size_t i = 0; i < n; i++) {
		rc = hd_pci_group_read(&group, &context->root, context->arena, &addrs[i], err);
		if (rc < 0)
			return rc;
		add_group(context->arena, &groups, &n_groups, group);
	}
	rc = id ? hd_journal_load(&entry, context->arena, change->dir_fd, id, err) : 0;
	if (rc < 0)
		return rc;
	for (size_t i = 0; i < entry.n_steps; i++)
		add_group(context->arena, &groups, &n_groups, entry.steps[i].group);
	return hd_locks_take(&change->locks, change->dir_fd, groups, n_groups, deadline, err);
}

void hd_change_close(struct hd_change *change)
{
	hd_locks_release(&change->locks);
	hd_close(&change->dir_fd);
}

/* libvirt's own two deadlines come first, so that its child can say what is unknown. */
static int stage_ms(const struct hd_change *change)
{
	const struct hd_config *config = &change->context->config;

	if (change->knobs.pci_driver != &hd_knob_pci_driver_libvirt)
		return config->step_deadline_ms;
	return config->connect_deadline_ms + config->step_deadline_ms + ANSWER_MS;
}

struct hd_apply hd_change_apply(const struct hd_change *change)
{
	const struct hd_config *config = &change->context->config;

	return (struct hd_apply){
		.host = {
			.root = &change->context->root,
			.connect_deadline_ms = config->connect_deadline_ms,
			.call_deadline_ms = config->step_deadline_ms,
			.ending_deadline_ms = config->handover_deadline_ms,
			.uri = change->uri,
			.program = change->program,
		},
		.dir_fd = change->dir_fd,
		.step_deadline_ms = stage_ms(change),
	};
}

void hd_change_announce(const struct hd_change *change)
{
	if (change->may_have_changed)
		atomic_store(change->may_have_changed, true);
}

enum hd_exit hd_change_give_back(struct hd_recovery *ret, const struct hd_change *change,
				 const struct hd_journal_id *id,
				 const struct hd_knob *const *knobs)
{
	const struct hd_apply apply = hd_change_apply(change);
	bool had_changed = change->may_have_changed && atomic_load(change->may_have_changed);

	hd_change_announce(change);
	hd_recover_entry(ret, change->context->arena, id, &apply, knobs);
	if (change->may_have_changed && !ret->n_given_back && ret->result == HD_EXIT_OK)
		atomic_store(change->may_have_changed, had_changed);
	return hd_recovery_exit(ret);
}

/* Of a later attempt, what the first one could not do. */
static void merge_steps(struct hd_plan *first, const struct hd_plan *later)
{
	for (size_t i = 0; i < first->n && i < later->n; i++)
		if (later->steps[i].state != HD_STEP_PLANNED)
			first->steps[i] = later->steps[i];
}

enum hd_exit hd_change_give_back_all(struct hd_recovery *ret, const struct hd_change *change,
				     const struct hd_journal_id *id)
{
	int64_t deadline = hd_now_ms() + change->context->config.step_deadline_ms;
	enum hd_exit code = hd_change_give_back(ret, change, id, hd_knobs_all);

	while (ret->n_busy && hd_ms_left(deadline)) {
		struct hd_recovery again;

		(void)poll(NULL, 0, BUSY_POLL_MS);
		code = hd_change_give_back(&again, change, id, hd_knobs_all);
		merge_steps(&ret->plan, &again.plan);
		again.plan = ret->plan;
		again.n_given_back += ret->n_given_back;
		*ret = again;
	}
	return code;
}

void hd_change_record(struct hd_change *change, const struct hd_plan *plan)
{
	for (size_t i = 0; i < plan->n; i++) {
		struct hd_step *step = hd_append(change->context->arena, &change->done.steps,
						 &change->done.n, sizeof(*step));

		*step = plan->steps[i];
		if (!step->error.code && *step->error.text)
			hd_notes_add(&change->notes, change->context->arena, "%s: %s", step->target,
				     step->error.text);
	}
}
