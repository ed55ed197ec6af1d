/* SPDX-License-Identifier: GPL-2.0-or-later */
/* host_change.c - what a command needs to change the host: state directory, locks, binder. */
#include "config.h"

#include <errno.h>
#include <string.h>

#include "act/host_change.h"
#include "base/clock.h"
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

static const char *default_binder(const struct hd_context *context)
{
#ifdef HAVE_LIBVIRT
	if (context->root.is_live)
		return "libvirt";
#endif
	(void)context;
	return "sysfs";
}

static enum hd_exit choose_binder(struct hd_change *change, const char *name,
				  struct hd_error *err)
{
	if (!name)
		name = default_binder(change->context);
	if (!strcmp(name, "libvirt") && !change->context->root.is_live) {
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

/* A function's group never changes while it exists: it may be read before the lock. */
static int lock_groups(struct hd_change *change, const struct hd_pci_addr *addrs, size_t n,
		       struct hd_error *err)
{
	const struct hd_context *context = change->context;
	int64_t deadline = hd_now_ms() + context->config.lock_deadline_ms;
	size_t n_groups = 0;
	int *groups = NULL;

	for (size_t i = 0; i < n; i++) {
		struct hd_pci_fn fn = { .group = HD_NO_GROUP };
		int rc = hd_pci_fn_read(&fn, &context->root, context->arena, &addrs[i], err);

		if (rc < 0)
			return rc;
		if (fn.is_present && fn.group != HD_NO_GROUP)
			*(int *)hd_append(context->arena, &groups, &n_groups, sizeof(*groups)) =
				fn.group;
	}
	return hd_locks_take(&change->locks, change->dir_fd, groups, n_groups, deadline, err);
}

enum hd_exit hd_change_open(struct hd_change *ret, struct hd_context *context,
			    const struct hd_change_options *options,
			    const struct hd_pci_addr *addrs, size_t n, struct hd_error *err)
{
	enum hd_exit code;
	int fd;

	*ret = (struct hd_change){ .context = context, .uri = options->uri, .dir_fd = -1 };
	code = choose_binder(ret, options->binder, err);
	if (code != HD_EXIT_OK || options->dry_run)
		return code;
	fd = hd_state_dir_open(hd_state_dir_path(context), err);
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
	const struct hd_config *config = &change->context->config;

	if (!change->knobs || change->knobs->pci_driver != &hd_knob_pci_driver_libvirt)
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
			.uri = change->uri,
			.program = SELF,
		},
		.dir_fd = change->dir_fd,
		.step_deadline_ms = step_deadline(change),
	};
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
