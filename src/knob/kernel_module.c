/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * kernel_module.c - unloads a module that keeps its driver's device busy, and loads it again.
 *
 * By delete_module(2) and not by modprobe -r, which would also remove modules that nobody
 * named.  Never forced: a module with a user stays.  The kernel has no event for its
 * count, so the kernel is asked again until the deadline.
 */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/dir.h"
#include "base/text.h"
#include "facts/holders/holders.h"
#include "knob/knobs.h"
#include "knob/modprobe.h"
#include "knob/wait.h"

#define SYS_MODULE "sys/module"
#define LOADED "loaded"
#define ABSENT "absent"
#define USERS_MAX 200
#define NVIDIA "nvidia"

/* "loaded", "absent", on the way "coming" and "going" (Linux kernel/module/sysfs.c), or "built-in". */
static int kernel_module_get(const struct hd_knob_host *host, const char *target,
			     char buf[static HD_STATE_MAX], struct hd_error *err)
{
	_cleanup_(hd_close) int dir_fd = -1;
	char name[HD_TARGET_MAX], state[16];
	ssize_t n;

	if (!hd_text_is_driver(target))
		return hd_fail(err, -EINVAL, "'%s' is not a module's name", target);
	hd_module_sysfs_name(target, name);
	dir_fd = hd_sysroot_fd(host->root, O_PATH | O_DIRECTORY, SYS_MODULE "/%s", name);
	n = dir_fd < 0 ? dir_fd : hd_sysroot_line_at(dir_fd, "initstate", state, sizeof(state));
	if (n < 0 && n != -ENOENT)
		return hd_fail(err, (int)n, "cannot read /" SYS_MODULE "/%s: %s", name,
			       strerror((int)-n));
	if (n < 0)
		(void)snprintf(buf, HD_STATE_MAX, "%s", dir_fd < 0 ? ABSENT : "built-in");
	else
		(void)snprintf(buf, HD_STATE_MAX, "%s", strcmp(state, "live") ? state : LOADED);
	return 0;
}

/* "nvidia_drm nvidia_modeset", "" for none. */
static void list_users(const struct hd_knob_host *host, const char *name,
		       char ret[static USERS_MAX])
{
	_cleanup_(hd_close) int dir_fd = hd_sysroot_fd(host->root, O_RDONLY | O_DIRECTORY,
						       SYS_MODULE "/%s/holders", name);
	const struct dirent64 *entry;
	struct hd_dir dir;
	size_t used = 0;

	*ret = '\0';
	if (dir_fd < 0)
		return;
	hd_dir_begin(&dir, dir_fd);
	while ((entry = hd_dir_next(&dir)) && used < USERS_MAX - 1)
		used += (size_t)snprintf(ret + used, USERS_MAX - used, "%s%s", used ? " " : "",
					 entry->d_name);
}

/* The nodes that no function has alone: nvidiactl, nvidia-uvm. */
static void list_nodes(const struct hd_knob_host *host, struct hd_arena *arena,
		       struct hd_node **ret, size_t *n)
{
	const char *const *names;
	ssize_t n_names = hd_sysroot_names(host->root, arena, &names, "dev");
	struct stat st;

	for (ssize_t i = 0; i < n_names; i++)
		if (hd_text_starts_with(names[i], NVIDIA) &&
		    hd_sysroot_stat(host->root, &st, "dev/%s", names[i]) == 0 &&
		    S_ISCHR(st.st_mode))
			hd_push(arena, ret, n, (struct hd_node){
				.major = major(st.st_rdev), .minor = minor(st.st_rdev),
				.name = hd_printf(arena, "/dev/%s", names[i]), .subsystem = "" });
}

/* It has users: how many, and one of them by name if it can be found. */
static int say_count(const struct hd_knob_host *host, const char *name, uint64_t count,
		     struct hd_error *err)
{
	struct hd_arena arena = { 0 };
	struct hd_holders users = { .n = 0 };
	struct hd_node *nodes = NULL;
	struct hd_error ignored;
	size_t n = 0;
	int rc;

	if (hd_text_starts_with(name, NVIDIA))
		list_nodes(host, &arena, &nodes, &n);
	if (n && hd_holders_read(&users, host->root, &arena, nodes, n, &ignored) == 0 && users.n)
		rc = hd_fail(err, -EBUSY,
			     "module %s still has %llu users: %s (pid %ld%s%s) has %s open; end it, "
			     "then try again",
			     name, (unsigned long long)count, users.holders[0].command,
			     (long)users.holders[0].pid, users.holders[0].unit ? ", " : "",
			     users.holders[0].unit ? users.holders[0].unit : "",
			     users.holders[0].node->name);
	else
		rc = hd_fail(err, -EBUSY,
			     "module %s still has %llu users: a program has a device of it open "
			     "(lsof /dev/dri/* /dev/nvidia*), or the kernel uses it",
			     name, (unsigned long long)count);
	hd_arena_done(&arena);
	return rc;
}

/* The kernel refused with CODE: why, and what helps. */
static int refuse_unload(const struct hd_knob_host *host, const char *name, int code,
			 struct hd_error *err)
{
	char users[USERS_MAX];
	uint64_t count = 0;

	if (code == -EPERM)
		return hd_fail(err, code,
			       "module %s cannot be unloaded: the kernel allows it to nobody "
			       "(kernel.modules_disabled) or not to this process (CAP_SYS_MODULE)",
			       name);
	list_users(host, name, users);
	if (*users)
		return hd_fail(err, -EBUSY, "module %s is used by the module %s, which stays loaded; if "
			       "nothing needs that, run modprobe -r %s, then try again", name, users, users);
	if (hd_sysroot_u64(host->root, &count, SYS_MODULE "/%s/refcnt", name) == 0 && count)
		return say_count(host, name, count, err);
	if (code == -EBUSY)
		return hd_fail(err, code,
			       "module %s cannot be unloaded: it is being loaded or unloaded, or "
			       "has no function for it",
			       name);
	return hd_fail(err, code, "module %s cannot be unloaded: %s", name, strerror(-code));
}

/* Another module will not go by waiting: only the count may. */
static bool may_pass(const struct hd_knob_host *host, const char *name, int code)
{
	char users[USERS_MAX];

	list_users(host, name, users);
	return !*users && (code == -EWOULDBLOCK || code == -EBUSY);
}

static int unload_module(const struct hd_knob_host *host, const char *name, int64_t deadline,
			 struct hd_error *err)
{
	struct hd_wait nothing = { .fd = -1 };
	int code;

	if (!host->root->is_live)
		return hd_fail(err, -EOPNOTSUPP,
			       "module %s cannot be unloaded from a captured host", name);
	for (;;) {
		code = syscall(SYS_delete_module, name, O_NONBLOCK) < 0 ? -errno : 0;
		if (code == 0 || code == -ENOENT)
			return 0;
		if (!may_pass(host, name, code) || !hd_wait_for(&nothing, deadline))
			return refuse_unload(host, name, code, err);
	}
}

/*
 * The way back also loads what a blacklist forbids to load by itself: it was loaded, and the
 * card has no driver without it.
 */
static int kernel_module_set(const struct hd_knob_host *host, const char *target,
			     const char *from, const char *to, struct hd_error *err)
{
	int64_t deadline = hd_wait_deadline(host);
	char name[HD_TARGET_MAX];

	(void)from;
	if (!hd_text_is_driver(target))
		return hd_fail(err, -EINVAL, "'%s' is not a module's name", target);
	hd_module_sysfs_name(target, name);
	if (!strcmp(to, ABSENT))
		return unload_module(host, name, deadline, err);
	if (!strcmp(to, LOADED))
		return hd_modprobe(host, target, false, deadline, err);
	return hd_fail(err, -EINVAL, "%s: '%s' is not a state of a module", target, to);
}

static bool is_on_the_way(const char *from, const char *to, const char *now)
{
	(void)from, (void)to;
	return !strcmp(now, "going") || !strcmp(now, "coming");
}

const struct hd_knob hd_knob_kernel_module = {
	.name = "kernel-module",
	.get = kernel_module_get,
	.set = kernel_module_set,
	.is_between = is_on_the_way,
};
