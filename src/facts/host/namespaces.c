/* SPDX-License-Identifier: GPL-2.0-or-later */
/* namespaces.c - do we see what the host's first process sees? */
#include "config.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#include "base/text.h"
#include "facts/host/mount_table.h"
#include "facts/host/namespaces.h"

#define INITIAL_PIDS 0xeffffffcu	/* Linux include/linux/proc_ns.h, PROC_PID_INIT_INO */
#define SYSCTL "proc/sys/net/core"
#define RUN "/run"

/*
 * An own /proc that is not there, or has no such file: a kernel without PID
 * namespaces.  One of another namespace does not have us, and so no "self".
 */
const char *hd_hidden_processes(const struct hd_sysroot *root, struct hd_arena *arena)
{
	struct stat st;
	int rc;

	if (!root->is_live)
		return NULL;
	rc = hd_sysroot_stat(root, &st, "proc/self/ns/pid");
	if (rc == 0 && st.st_ino == INITIAL_PIDS)
		return NULL;
	if (rc == 0)
		return "this is not the PID namespace of the host's first process";
	if (rc == -ENOENT && hd_sysroot_has(root, "proc/self/mountinfo"))
		return NULL;
	return hd_printf(arena, "which PID namespace this is is unknown (proc/self/ns/pid: %s)", strerror(-rc));
}

/* Every kernel has this file. */
const char *hd_hidden_proc(const struct hd_sysroot *root)
{
	if (!root->is_live || hd_sysroot_has(root, "proc/cmdline"))
		return NULL;
	return "this /proc shows only processes (subset=pid of proc(5), ProcSubset= of "
	       "systemd.exec(5)), or does not exist: mounts, swap and consoles are not visible";
}

/*
 * Are we in the network namespace of the first process?  A security
 * module may forbid to look at that: then a setting tells that only the first
 * namespace has (Linux net/core/sysctl_net_core.c, net_core_table); any one has
 * the other (netns_core_table).
 */
static bool is_first_network(const struct hd_sysroot *root)
{
	/* There is another witness: the silence of this one does no harm. */
	const struct hd_sysroot_trouble before = hd_sysroot_watch(root);
	struct stat first, own;
	int rc = hd_sysroot_stat(root, &own, "proc/self/ns/net");

	if (rc == 0)
		rc = hd_sysroot_stat(root, &first, "proc/1/ns/net");
	(void)hd_sysroot_unwatch(root, &before);
	if (rc == 0)
		return own.st_ino == first.st_ino;
	return hd_sysroot_has(root, SYSCTL "/dev_weight") ||
	       !hd_sysroot_has(root, SYSCTL "/somaxconn");
}

const char *hd_hidden_network(const struct hd_sysroot *root, struct hd_arena *arena)
{
	const char *hidden = hd_hidden_processes(root, arena);

	if (hidden)
		return hd_printf(arena, "%s: the host's interfaces in other network "
				 "namespaces are not visible", hidden);
	if (!root->is_live || is_first_network(root))
		return NULL;
	return "this is not the network namespace of the host's first process, whose "
	       "routes and addresses are not visible";
}

static const char *field(struct hd_arena *arena, const char *line, int n)
{
	line = hd_table_field(line, n);
	return hd_strndup(arena, line, strcspn(line, " "));
}

static bool covers(const char *point, const char *path)
{
	size_t length = strlen(point);

	return !strcmp(point, "/") || (!strncmp(point, path, length) &&
				       (!path[length] || path[length] == '/'));
}

/* "0:24 /": the filesystem and directory that PATH is, or lies in; "" if no line tells. */
static const char *place_of(struct hd_arena *arena, const char *text, const char *path)
{
	const char *line, *place = "";
	size_t longest = 0;

	while ((line = hd_text_next_line(arena, &text))) {
		const char *point = field(arena, line, 4);

		/* Among equals the last one hides the others. */
		if (!*point || !covers(point, path) || strlen(point) < longest)
			continue;
		longest = strlen(point);
		place = hd_printf(arena, "%s %s", field(arena, line, 2), field(arena, line, 3));
	}
	return place;
}

const char *hd_hidden_run(const struct hd_sysroot *root, struct hd_arena *arena)
{
	const char *own, *first;
	ssize_t rc;

	if (!root->is_live)
		return NULL;
	if (hd_hidden_processes(root, arena))
		return "this is not the PID namespace of the host's first process: "
		       "whether this is its " RUN " is unknown";
	rc = hd_sysroot_text(root, arena, &own, "proc/self/mountinfo");
	if (rc >= 0)
		rc = hd_sysroot_text(root, arena, &first, "proc/1/mountinfo");
	/* hidepid= hides it from others than root, who start no guest. */
	if (rc == -ENOENT)
		return NULL;
	if (rc < 0)
		return hd_printf(arena, "whether " RUN " is the one of the host's first "
				 "process is unknown (proc/1/mountinfo: %s)", strerror((int)-rc));
	if (!strcmp(own, first) || !strcmp(place_of(arena, own, RUN), place_of(arena, first, RUN)))
		return NULL;
	return "this mount namespace has a different " RUN " than the host's first process "
	       "(proc/1/mountinfo)";
}
