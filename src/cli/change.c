/* SPDX-License-Identifier: GPL-2.0-or-later */
/* change.c - what a command needs to change the host: state directory, locks, binder. */
#include "config.h"

#include <errno.h>
#include <string.h>

#include "base/clock.h"
#include "cli/change.h"
#include "knob/knobs.h"

#define SELF "/proc/self/exe"
#define ANSWER_MS 2000	/* for the libvirt binder to explain itself after its deadlines */

static const struct {
	const char *name;
	struct hd_knobs knobs;
} binders[] = {
	{ "sysfs", { &hd_knob_pci_driver_sysfs, &hd_knob_module, NULL } },
#ifdef HAVE_LIBVIRT
	{ "libvirt", { &hd_knob_pci_driver_libvirt, &hd_knob_module, NULL } },
#endif
};

static const char *default_binder(const struct hd_run *run)
{
#ifdef HAVE_LIBVIRT
	if (run->context.root.is_live)
		return "libvirt";
#endif
	(void)run;
	return "sysfs";
}

static enum hd_exit choose_binder(struct hd_change *change, struct hd_error *err)
{
	const struct hd_run *run = change->run;
	const char *name = run->options->binder ? run->options->binder : default_binder(run);

	if (!strcmp(name, "libvirt") && !run->context.root.is_live) {
		hd_fail(err, -EINVAL, "--binder libvirt works on this host only, not with --sysroot");
		return HD_EXIT_USAGE;
	}
	for (size_t i = 0; i < HD_ARRAY_SIZE(binders); i++) {
		if (strcmp(binders[i].name, name) != 0)
			continue;
		change->knobs = &binders[i].knobs;
		return HD_EXIT_OK;
	}
	if (!strcmp(name, "libvirt"))
		hd_fail(err, -ENOSYS, "--binder libvirt: this hostdevctl is built without libvirt");
	else
		hd_fail(err, -EINVAL, "--binder '%.32s': must be libvirt or sysfs", name);
	return HD_EXIT_USAGE;
}

const char *hd_binder_name(size_t i)
{
	return i < HD_ARRAY_SIZE(binders) ? binders[i].name : NULL;
}

const char *hd_state_dir_path(struct hd_run *run)
{
	const char *prefix = run->context.root.is_live ? "" : run->options->sysroot;

	return hd_printf(run->context.arena, "%s" HD_JOURNAL_DIR, prefix);
}

int hd_state_dir_peek(struct hd_run *run, int *ret_fd, struct hd_error *err)
{
	struct stat st;
	int fd;

	if (stat(hd_state_dir_path(run), &st) < 0 && errno == ENOENT)
		return 0;
	fd = hd_state_dir_open(hd_state_dir_path(run), err);
	if (fd < 0)
		return fd;
	*ret_fd = fd;
	return 1;
}

/* A function's group never changes while it exists: it may be read before the lock. */
static int lock_groups(struct hd_change *change, const struct hd_pci_addr *addrs, size_t n,
		       struct hd_error *err)
{
	const struct hd_run *run = change->run;
	int64_t deadline = hd_now_ms() + run->context.config.lock_deadline_ms;
	size_t n_groups = 0;
	int *groups = NULL;

	for (size_t i = 0; i < n; i++) {
		struct hd_pci_fn fn = { .group = HD_NO_GROUP };
		int rc = hd_pci_fn_read(&fn, &run->context.root, run->context.arena, &addrs[i], err);

		if (rc < 0)
			return rc;
		if (fn.is_present && fn.group != HD_NO_GROUP)
			*(int *)hd_append(run->context.arena, &groups, &n_groups, sizeof(*groups)) =
				fn.group;
	}
	return hd_locks_take(&change->locks, change->dir_fd, groups, n_groups, deadline, err);
}

enum hd_exit hd_change_open(struct hd_change *ret, struct hd_run *run,
			    const struct hd_pci_addr *addrs, size_t n, struct hd_error *err)
{
	enum hd_exit code;
	int fd;

	*ret = (struct hd_change){ .run = run, .dir_fd = -1 };
	code = choose_binder(ret, err);
	if (code != HD_EXIT_OK || run->options->dry_run)
		return code;
	fd = hd_state_dir_open(hd_state_dir_path(run), err);
	if (fd < 0)
		return HD_EXIT_HOST;
	ret->dir_fd = fd;
	return lock_groups(ret, addrs, n, err) < 0 ? HD_EXIT_HOST : HD_EXIT_OK;
}

void hd_change_close(struct hd_change *change)
{
	hd_locks_release(&change->locks);
	hd_close(&change->dir_fd);
}

/* libvirt's own two deadlines come first, so that its child can say what is unknown. */
static int step_deadline(const struct hd_change *change)
{
	const struct hd_config *config = &change->run->context.config;

	if (!change->knobs || change->knobs->pci_driver != &hd_knob_pci_driver_libvirt)
		return config->step_deadline_ms;
	return config->connect_deadline_ms + config->step_deadline_ms + ANSWER_MS;
}

struct hd_apply hd_change_apply(const struct hd_change *change)
{
	const struct hd_config *config = &change->run->context.config;

	return (struct hd_apply){
		.host = {
			.root = &change->run->context.root,
			.connect_deadline_ms = config->connect_deadline_ms,
			.call_deadline_ms = config->step_deadline_ms,
			.uri = change->run->options->uri,
			.program = SELF,
		},
		.dir_fd = change->dir_fd,
		.step_deadline_ms = step_deadline(change),
	};
}

void hd_change_record(struct hd_change *change, const struct hd_plan *plan)
{
	for (size_t i = 0; i < plan->n; i++) {
		struct hd_step *step = hd_append(change->run->context.arena, &change->done.steps,
						 &change->done.n, sizeof(*step));

		*step = plan->steps[i];
		if (!step->error.code && *step->error.text)
			hd_notes_add(&change->notes, change->run->context.arena, "%s: %s", step->target,
				     step->error.text);
	}
}
