/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * holders.c - which processes have a device node open?
 *
 * One pass over proc/PID/fd.  On this host each entry is a magic link, and
 * statx(2) on it tells the device number of what is open, whatever it is
 * called.  AT_STATX_DONT_SYNC keeps a dead network filesystem from blocking us.
 * In a captured tree the entries are ordinary links and are compared as text.
 */
#include "config.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/text.h"
#include "facts/holders.h"

#define MAX_HOLDERS 4096
#define MAX_COMMAND 64
#define MAX_PID (1u << 22)	/* Linux include/linux/threads.h, PID_MAX_LIMIT */

struct scan {
	const struct hd_sysroot *root;
	struct hd_arena *arena;
	const struct hd_node *nodes;
	size_t n_nodes;
	int proc_fd;
	struct hd_holders found;
};

static void close_dir(DIR **dir)
{
	if (*dir)
		(void)closedir(*dir);
}

static const struct hd_node *node_of_number(const struct scan *scan, int dir_fd,
					    const char *entry)
{
	const int flags = AT_STATX_DONT_SYNC | AT_NO_AUTOMOUNT;
	struct statx st;

	if (statx(dir_fd, entry, flags, STATX_TYPE, &st) < 0 ||
	    (!S_ISCHR(st.stx_mode) && !S_ISBLK(st.stx_mode)))
		return NULL;
	for (size_t i = 0; i < scan->n_nodes; i++)
		if (st.stx_rdev_major == scan->nodes[i].major &&
		    st.stx_rdev_minor == scan->nodes[i].minor)
			return &scan->nodes[i];
	return NULL;
}

static const struct hd_node *node_of_text(const struct scan *scan, int dir_fd,
					  const char *entry)
{
	char target[PATH_MAX];
	ssize_t n = readlinkat(dir_fd, entry, target, sizeof(target) - 1);

	if (n < 0)
		return NULL;
	target[n] = '\0';
	for (size_t i = 0; i < scan->n_nodes; i++)
		if (!strcmp(scan->nodes[i].name, target))
			return &scan->nodes[i];
	return NULL;
}

static const char *command_of(struct scan *scan, const char *pid)
{
	const char *text;

	if (hd_sysroot_text(scan->root, scan->arena, &text, "proc/%s/comm", pid) <= 0)
		return "?";
	return hd_text_printable(scan->arena, text, MAX_COMMAND);
}

/* A process holds a node once, however often it has it open. */
static bool is_noted(const struct scan *scan, pid_t pid, const struct hd_node *node)
{
	for (size_t i = scan->found.n; i > 0; i--) {
		if (scan->found.holders[i - 1].pid != pid)
			return false;
		if (scan->found.holders[i - 1].node == node)
			return true;
	}
	return false;
}

static void note(struct scan *scan, const char *pid_text, pid_t pid,
		 const struct hd_node *node)
{
	struct hd_holder *holder;

	if (is_noted(scan, pid, node) || scan->found.n >= MAX_HOLDERS)
		return;
	holder = hd_append(scan->arena, &scan->found.holders, &scan->found.n,
			   sizeof(*holder));
	holder->node = node;
	holder->pid = pid;
	holder->command = command_of(scan, pid_text);
}

/* A process that vanishes, or that we may not look into, adds nothing. */
static void scan_process(struct scan *scan, const char *pid_text, pid_t pid)
{
	_cleanup_(close_dir) DIR *dir = NULL;
	char path[NAME_MAX + sizeof("/fd")];
	struct dirent *entry;
	int fd;

	(void)snprintf(path, sizeof(path), "%s/fd", pid_text);
	fd = openat(scan->proc_fd, path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	if (fd < 0)
		return;
	dir = fdopendir(fd);
	if (!dir) {
		hd_close(&fd);
		return;
	}
	while ((entry = readdir(dir))) {
		const struct hd_node *node;

		if (entry->d_name[0] == '.')
			continue;
		node = scan->root->is_live ? node_of_number(scan, fd, entry->d_name)
					   : node_of_text(scan, fd, entry->d_name);
		if (node)
			note(scan, pid_text, pid, node);
	}
}

static bool is_pid(const char *name, pid_t *ret)
{
	uint64_t pid;

	if (strspn(name, "0123456789") != strlen(name) || !hd_text_u64(name, &pid) ||
	    !pid || pid > MAX_PID)
		return false;
	*ret = (pid_t)pid;
	return true;
}

static int by_pid(const void *a, const void *b)
{
	const struct hd_holder *x = a, *y = b;

	return (x->pid > y->pid) - (x->pid < y->pid);
}

static int scan_processes(struct scan *scan, struct hd_error *err)
{
	_cleanup_(close_dir) DIR *dir = NULL;
	struct dirent *entry;
	pid_t pid, own = scan->root->is_live ? getpid() : 0;
	int fd = hd_sysroot_fd(scan->root, O_RDONLY | O_DIRECTORY, "proc");

	if (fd == -ENOENT)
		return 0;
	if (fd < 0)
		return hd_fail(err, fd, "cannot open /proc: %s", strerror(-fd));
	dir = fdopendir(fd);
	if (!dir) {
		hd_close(&fd);
		return hd_fail(err, -ENOMEM, "cannot read /proc: %s", strerror(ENOMEM));
	}
	scan->proc_fd = fd;
	for (errno = 0; (entry = readdir(dir)); errno = 0) {
		if (!is_pid(entry->d_name, &pid))
			continue;
		/* Our own descriptors (claims of disks) are not somebody's use. */
		if (pid != own)
			scan_process(scan, entry->d_name, pid);
	}
	if (errno)
		return hd_fail(err, -errno, "cannot read /proc: %s", strerror(errno));
	return 0;
}

int hd_holders_read(struct hd_holders *ret, const struct hd_sysroot *root,
		    struct hd_arena *arena, const struct hd_node *nodes, size_t n_nodes,
		    struct hd_error *err)
{
	struct scan scan = { .root = root, .arena = arena, .nodes = nodes,
			     .n_nodes = n_nodes, .proc_fd = -1 };
	int rc = n_nodes ? scan_processes(&scan, err) : 0;

	if (rc < 0)
		return rc;
	if (scan.found.n)
		qsort(scan.found.holders, scan.found.n, sizeof(*scan.found.holders),
		      by_pid);
	*ret = scan.found;
	return 0;
}
