/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * holders_proc.c - who has a device node open? Asked of /proc, process by process.
 *
 * On the running host each entry of proc/PID/fd is a magic link, and statx(2)
 * on it tells the device number of what is open, whatever it is called.
 * AT_STATX_DONT_SYNC keeps a dead network filesystem from blocking us.  In a
 * captured tree the entries are ordinary links and are compared as text.
 */
#include "config.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/kcmp.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/text.h"
#include "facts/holders/holders_internal.h"

#define MAX_PID (1u << 22)	/* Linux include/linux/threads.h, PID_MAX_LIMIT */
#define DIR_SIZE (64u << 10)
#define PATH_SIZE 64		/* "4194304/task/4194304/fd" */

/* What is on the way: one buffer of entries for each level of directories. */
struct place {
	struct hd_scan *scan;
	struct hd_maps *maps;
	int proc_fd;
	char *entries[3];
	pid_t pid;
	const char *name;		/* of the process */
	const char *dir;		/* "812" or "812/task/813" */
	bool has_memory;		/* the process's mappings were looked at */
};

typedef void each_fn(struct place *place, int dir_fd, const char *name);

static bool is_number(const char *name, pid_t *ret)
{
	uint64_t number;

	if (!*name || strspn(name, "0123456789") != strlen(name) ||
	    !hd_text_u64(name, &number) || number > MAX_PID)
		return false;
	*ret = (pid_t)number;
	return true;
}

/* Calls EACH for every entry that is not hidden; a negative errno if it cannot be read. */
static int for_entries(struct place *place, int level, int fd, each_fn *each)
{
	char *entries = place->entries[level];
	ssize_t n;

	while ((n = getdents64(fd, entries, DIR_SIZE)) > 0) {
		const struct dirent64 *entry;

		for (ssize_t at = 0; at < n; at += entry->d_reclen) {
			entry = (const void *)(entries + at);
			if (hd_scan_is_over(place->scan))
				return 0;
			if (entry->d_name[0] != '.')
				each(place, fd, entry->d_name);
		}
	}
	return n < 0 ? -errno : 0;
}

/*
 * A descriptor with O_PATH names the node and has not opened it: the driver does
 * not know of it.  Only what was found is asked, for fdinfo costs another open.
 */
static bool is_path_only(const struct place *place, const char *name)
{
	const char *text, *flags;
	uint64_t value;

	if (hd_sysroot_text(place->scan->root, place->scan->arena, &text,
			    "proc/%s/fdinfo/%s", place->dir, name) <= 0)
		return false;
	flags = hd_text_line_value(place->scan->arena, text, "flags:\t");
	return flags && hd_text_u64_c(flags, &value) && value & O_PATH;
}

/* What could not be read is unknown, unless it is gone. */
static void note_error(struct place *place, int rc)
{
	if (rc < 0 && !hd_has_ended(-rc))
		hd_scan_unread(place->scan, place->name, -rc);
}

static void look_live(struct place *place, int dir_fd, const char *name)
{
	const int flags = AT_STATX_DONT_SYNC | AT_NO_AUTOMOUNT;
	const struct hd_node *node;
	struct statx st;

	if (statx(dir_fd, name, flags, STATX_TYPE | STATX_INO, &st) < 0) {
		if (!hd_has_ended(errno))
			hd_scan_unread(place->scan, place->name, errno);
		return;
	}
	node = hd_scan_found(place->scan, dir_fd, name, &st);
	if (node && !is_path_only(place, name))
		hd_scan_note(place->scan, node, place->pid, false);
}

static void look_captured(struct place *place, int dir_fd, const char *name)
{
	char target[PATH_MAX];
	ssize_t n = readlinkat(dir_fd, name, target, sizeof(target) - 1);
	const struct hd_node *node;

	note_error(place, n < 0 ? -errno : 0);
	if (n < 0)
		return;
	target[n] = '\0';
	node = hd_scan_named(place->scan, target);
	if (node)
		hd_scan_note(place->scan, node, place->pid, false);
}

static void look_into(struct place *place, const char *dir)
{
	const int flags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC;
	_cleanup_(hd_close) int fd = -1;
	char path[PATH_SIZE];
	int rc;

	place->dir = dir;
	(void)snprintf(path, sizeof(path), "%s/fd", dir);
	fd = openat(place->proc_fd, path, flags);
	rc = fd < 0 ? -errno : for_entries(place, 2, fd, place->scan->root->is_live
					   ? look_live : look_captured);
	note_error(place, rc);
}

/*
 * All threads have the same mappings, and each has a directory of its own below
 * /proc, which no listing shows: map_files is there, and not below task (Linux
 * fs/proc/base.c, proc_pid_lookup, tgid_base_stuff).
 */
static void look_at_memory(struct place *place, pid_t tid)
{
	char dir[PATH_SIZE];

	if (place->has_memory || hd_scan_is_over(place->scan))
		return;
	(void)snprintf(dir, sizeof(dir), "%d", (int)tid);
	place->has_memory = hd_maps_scan(place->maps, place->scan, place->proc_fd, dir,
					 place->pid);
}

/*
 * A thread that left its process's table (unshare(CLONE_FILES)) has another one;
 * so have the threads of a process whose first one has ended.  kcmp(2) tells,
 * without reading it.  Where it is not to be had, every thread is looked into.
 */
static void each_thread(struct place *place, int dir_fd, const char *name)
{
	char dir[PATH_SIZE];
	pid_t tid;

	(void)dir_fd;
	if (!is_number(name, &tid) || tid == place->pid)
		return;
	/* The first thread of the process has ended, and its memory with it: theirs is there. */
	look_at_memory(place, tid);
	if (!syscall(SYS_kcmp, place->pid, tid, KCMP_FILES, 0, 0))
		return;
	(void)snprintf(dir, sizeof(dir), "%d/task/%d", (int)place->pid, (int)tid);
	look_into(place, dir);
}

/* The links of the directory "task" count the threads (Linux fs/proc/base.c, proc_task_getattr). */
static void look_at_threads(struct place *place)
{
	const int flags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC;
	_cleanup_(hd_close) int fd = -1;
	char path[PATH_SIZE];
	struct statx st;

	(void)snprintf(path, sizeof(path), "%s/task", place->name);
	if (!place->scan->root->is_live)
		return;
	if (statx(place->proc_fd, path, AT_STATX_DONT_SYNC, STATX_NLINK, &st) < 0) {
		note_error(place, -errno);
		return;
	}
	if (st.stx_nlink <= 3)
		return;
	fd = openat(place->proc_fd, path, flags);
	note_error(place, fd < 0 ? -errno : for_entries(place, 1, fd, each_thread));
}

static void each_process(struct place *place, int dir_fd, const char *name)
{
	(void)dir_fd;
	if (!is_number(name, &place->pid) || !place->pid)
		return;
	/* Our own descriptors (claims of disks) are not somebody's use. */
	if (place->pid == place->scan->ours[0] || place->pid == place->scan->ours[1])
		return;
	place->name = name;
	place->has_memory = false;
	look_into(place, name);
	look_at_memory(place, place->pid);
	look_at_threads(place);
}

int hd_scan_proc(struct hd_scan *scan, struct hd_error *err)
{
	_cleanup_(hd_close) int fd = hd_sysroot_fd(scan->root, O_RDONLY | O_DIRECTORY, "proc");
	struct place place = { .scan = scan, .proc_fd = fd };
	int rc;

	if (fd == -ENOENT) {
		if (scan->root->is_live)
			hd_scan_unread(scan, "", ENOENT);
		return 0;
	}
	if (fd < 0)
		return hd_fail(err, fd, "cannot open /proc: %s", strerror(-fd));
	for (size_t i = 0; i < HD_ARRAY_SIZE(place.entries); i++)
		place.entries[i] = hd_alloc(scan->arena, DIR_SIZE);
	place.maps = hd_maps_new(scan->arena);
	rc = for_entries(&place, 0, fd, each_process);
	if (rc < 0)
		return hd_fail(err, rc, "cannot read /proc: %s", strerror(-rc));
	return 0;
}
