/* SPDX-License-Identifier: GPL-2.0-or-later */
/* host_change.c - what a change of the host needs: state directory, locks, binder. */
#include "config.h"

#include <errno.h>
#include <poll.h>
#include <stdatomic.h>
#include <string.h>

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

static bool is_plugged_into(const struct hd_journal_id *plugged, const struct hd_journal_id *guest)
{
	return plugged->owner == HD_OWNER_PLUGGED && guest->owner == HD_OWNER_GUEST &&
	       hd_journal_is_of_guest(plugged, guest->key);
}

static void add_group(struct hd_arena *arena, int **groups, size_t *n, int group)
{
	if (group != HD_NO_GROUP)
		*(int *)hd_append(arena, groups, n, sizeof(**groups)) = group;
}

/* Of the journal of ID, and of what was plugged into that guest. */
static int add_held_groups(const struct hd_change *change, int **groups, size_t *n,
			   const struct hd_journal_id *id, struct hd_error *err)
{
	struct hd_arena *arena = change->context->arena;
	struct hd_journal_entry *entries;
	ssize_t n_entries = hd_journal_list(&entries, arena, change->dir_fd, err);

	for (ssize_t i = 0; i < n_entries; i++) {
		const struct hd_journal_entry *entry = &entries[i];

		if (!strcmp(entry->id.key, id->key) || is_plugged_into(&entry->id, id))
			for (size_t k = 0; k < entry->n_steps; k++)
				add_group(arena, groups, n, entry->steps[k].group);
	}
	return n_entries < 0 ? (int)n_entries : 0;
}

int hd_change_lock(struct hd_change *change, const struct hd_pci_addr *addrs, size_t n,
		   const struct hd_journal_id *id, struct hd_error *err)
{
	const struct hd_context *context = change->context;
	int64_t deadline = hd_now_ms() + context->config.lock_deadline_ms;
	int *groups = NULL, group, rc;
	size_t n_groups = 0;

	for (size_t i = 0; i < n; i++) {
		rc = hd_pci_group_read(&group, &context->root, context->arena, &addrs[i], err);
		if (rc < 0)
			return rc;
		add_group(context->arena, &groups, &n_groups, group);
	}
	rc = id ? add_held_groups(change, &groups, &n_groups, id, err) : 0;
	return rc < 0 ? rc : hd_locks_take(&change->locks, change->dir_fd, groups, n_groups, deadline, err);
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

static enum hd_exit give_back_until(struct hd_recovery *ret, const struct hd_change *change,
				    const struct hd_journal_id *id, int64_t deadline)
{
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

enum hd_exit hd_change_give_back_all(struct hd_recovery *ret, const struct hd_change *change,
				     const struct hd_journal_id *id)
{
	return give_back_until(ret, change, id,
			       hd_now_ms() + change->context->config.step_deadline_ms);
}

static void add_result(struct hd_recovery *sum, struct hd_arena *arena, const struct hd_recovery *one)
{
	sum->result = one->result > sum->result ? one->result : sum->result;
	sum->n_given_back += one->n_given_back;
	sum->n_busy += one->n_busy;
	sum->text = hd_printf(arena, "%s%s", sum->text, one->text);
}

enum hd_exit hd_change_give_back_plugged(struct hd_recovery *ret, const struct hd_change *change,
					 const struct hd_journal_id *id)
{
	struct hd_arena *arena = change->context->arena;
	int64_t deadline = hd_now_ms() + change->context->config.step_deadline_ms;
	struct hd_recovery sum = { .text = "" };
	struct hd_journal_entry *entries;
	struct hd_error err;
	ssize_t n = hd_journal_list(&entries, arena, change->dir_fd, &err);

	if (n < 0)
		sum = (struct hd_recovery){ .result = HD_EXIT_HOST,
					    .text = hd_printf(arena, "%s\n", err.text) };
	for (ssize_t i = 0; i < n; i++) {
		struct hd_recovery one;

		if (!is_plugged_into(&entries[i].id, id))
			continue;
		(void)give_back_until(&one, change, &entries[i].id, deadline);
		add_result(&sum, arena, &one);
	}
	*ret = sum;
	return hd_recovery_exit(ret);
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
