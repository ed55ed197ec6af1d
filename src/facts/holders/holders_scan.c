/* SPDX-License-Identifier: GPL-2.0-or-later */
/* holders_scan.c - what a pass over the processes looks for, and what it has seen. */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/magic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/sysmacros.h>
#include <sys/vfs.h>
#include <unistd.h>

#include "base/text.h"
#include "facts/holders/holders_internal.h"

static uint64_t number_of(unsigned major, unsigned minor, bool is_block)
{
	return (uint64_t)major << 33 | (uint64_t)minor << 1 | is_block;
}

static int by_number(const void *a, const void *b)
{
	const struct hd_node_key *x = a, *y = b;

	return (x->number > y->number) - (x->number < y->number);
}

const struct hd_node *hd_scan_numbered(const struct hd_scan *scan, unsigned major,
				       unsigned minor, bool is_block)
{
	const struct hd_node_key key = { .number = number_of(major, minor, is_block) };
	const struct hd_node_key *found =
		bsearch(&key, scan->keys, scan->n_nodes, sizeof(key), by_number);

	return found ? found->node : NULL;
}

const struct hd_node *hd_scan_named(const struct hd_scan *scan, const char *name)
{
	for (size_t i = 0; i < scan->n_nodes; i++)
		if (!strcmp(scan->nodes[i].name, name))
			return &scan->nodes[i];
	return NULL;
}

/*
 * A container mounts sysfs for itself.  Only what has the file's number and its name
 * is asked for its kind of file system: others may be dead, and hang.
 */
static bool is_in_other_sysfs(const struct hd_node *node, int fd, const char *name)
{
	_cleanup_(hd_close) int file = -1;
	char target[PATH_MAX];
	ssize_t n = readlinkat(fd, name, target, sizeof(target) - 1);
	struct statfs fs;

	if (n < 0)
		return false;
	target[n] = '\0';
	if (!hd_text_ends_with(target, strrchr(node->name, '/')))
		return false;
	file = openat(fd, name, O_PATH | O_CLOEXEC);
	return file >= 0 && fstatfs(file, &fs) == 0 && fs.f_type == SYSFS_MAGIC;
}

static const struct hd_node *found_file(const struct hd_scan *scan, int fd, const char *name,
					const struct statx *st)
{
	const struct hd_node *node =
		hd_scan_numbered(scan, HD_NODE_FILE, (unsigned)st->stx_ino, false);

	if (!node || makedev(st->stx_dev_major, st->stx_dev_minor) == scan->sysfs)
		return node;
	return is_in_other_sysfs(node, fd, name) ? node : NULL;
}

const struct hd_node *hd_scan_found(const struct hd_scan *scan, int fd, const char *name,
				    const struct statx *st)
{
	if (S_ISCHR(st->stx_mode) || S_ISBLK(st->stx_mode))
		return hd_scan_numbered(scan, st->stx_rdev_major, st->stx_rdev_minor,
					S_ISBLK(st->stx_mode));
	if (!S_ISREG(st->stx_mode) || !scan->n_files)
		return NULL;
	return found_file(scan, fd, name, st);
}

/* Often the same process again: the last few are looked at. */
void hd_scan_note(struct hd_scan *scan, const struct hd_node *node, pid_t pid, bool is_mapped)
{
	struct hd_sighting *seen;

	for (size_t i = scan->n_seen; i > 0 && scan->seen[i - 1].pid == pid; i--) {
		if (scan->seen[i - 1].node != node)
			continue;
		scan->seen[i - 1].is_mapped &= is_mapped;
		return;
	}
	if (scan->n_seen >= HD_SEEN_MAX) {
		hd_scan_unread(scan, hd_printf(scan->arena, "%ld", (long)pid), E2BIG);
		return;
	}
	seen = hd_append(scan->arena, &scan->seen, &scan->n_seen, sizeof(*seen));
	*seen = (struct hd_sighting){ node, pid, is_mapped };
}

bool hd_has_ended(int error)
{
	return error == ENOENT || error == ESRCH;
}

/* One that we may not look into is enough to name. */
void hd_scan_unread(struct hd_scan *scan, const char *pid, int error)
{
	if (!scan->unread)
		scan->unread = hd_printf(scan->arena, "proc/%s: %s", pid, strerror(error));
}

void hd_scan_sort(struct hd_scan *scan)
{
	struct stat st;

	scan->keys = hd_alloc(scan->arena, scan->n_nodes * sizeof(*scan->keys));
	for (size_t i = 0; i < scan->n_nodes; i++) {
		const struct hd_node *node = &scan->nodes[i];

		scan->n_files += hd_node_is_file(node);
		scan->keys[i].node = node;
		scan->keys[i].number = number_of(node->major, node->minor, node->is_block);
	}
	qsort(scan->keys, scan->n_nodes, sizeof(*scan->keys), by_number);
	if (scan->n_files && hd_sysroot_stat(scan->root, &st, "sys/bus") == 0)
		scan->sysfs = st.st_dev;
}
