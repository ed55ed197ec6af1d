/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * storage_keepers.c - which processes keep a filesystem from being unmounted?
 *
 * Their open files, working and root directories, programs and mappings are
 * compared by the number of the filesystem's device and of the mount
 * (stx_mnt_id, Linux 5.8), never by path: a filesystem that was unmounted lazily
 * has none.  AT_STATX_DONT_SYNC keeps a dead network filesystem from blocking us.
 */
#include "config.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include "base/dir.h"
#include "base/lines.h"
#include "base/text.h"
#include "facts/storage/storage_internal.h"

#define MAX_KEEPERS 32
#define MAX_COMMAND 64
#define MAX_LOOKS 4000000	/* files and mappings: some seconds */

struct scan {
	const struct hd_sysroot *root;
	struct hd_arena *arena;
	const struct hd_filesystems *filesystems;
	struct hd_keepers *found;
	const char *pid;
	long n_looks;		/* that are left */
};

/* What a process has on one filesystem. */
struct place {
	dev_t dev;
	uint64_t mount_id;
};

static bool is_wanted(const struct hd_filesystems *filesystems, const struct place *place)
{
	for (size_t i = 0; i < filesystems->n_devs; i++)
		if (filesystems->devs[i] == place->dev)
			return true;
	for (size_t i = 0; place->mount_id && i < filesystems->n_ids; i++)
		if ((uint64_t)filesystems->ids[i] == place->mount_id)
			return true;
	return false;
}

static bool is_known(const struct hd_keepers *found, long pid, const struct place *place)
{
	for (size_t i = found->n; i > 0 && found->items[i - 1].pid == pid; i--)
		if (found->items[i - 1].dev == place->dev &&
		    found->items[i - 1].mount_id == place->mount_id)
			return true;
	return false;
}

/* SIGTERM is bit 14 of "SigIgn:" in proc/PID/status; interactive shells ignore it. */
static bool ignores_term(struct scan *scan)
{
	const char *text, *hex;
	uint64_t mask;

	if (hd_sysroot_text(scan->root, scan->arena, &text, "proc/%s/status", scan->pid) <= 0)
		return false;
	hex = hd_text_line_value(scan->arena, text, "SigIgn:\t");
	return hex && hd_text_u64(hd_printf(scan->arena, "0x%s", hex), &mask) && (mask >> 14 & 1);
}

static void note(struct scan *scan, const struct place *place)
{
	struct hd_keepers *found = scan->found;
	const char *command = "?";
	struct hd_keeper *keeper;
	uint64_t pid;

	if (!is_wanted(scan->filesystems, place) || !hd_text_u64(scan->pid, &pid) ||
	    is_known(found, (long)pid, place) || found->n >= MAX_KEEPERS)
		return;
	(void)!hd_sysroot_text(scan->root, scan->arena, &command, "proc/%s/comm", scan->pid);
	keeper = hd_append(scan->arena, &found->items, &found->n, sizeof(*keeper));
	*keeper = (struct hd_keeper){
		.pid = (long)pid,
		.command = hd_text_printable(scan->arena, command, MAX_COMMAND),
		.dev = place->dev,
		.mount_id = place->mount_id,
		.ignores_term = ignores_term(scan),
	};
}

static void look_at(struct scan *scan, int dir_fd, const char *name)
{
	const int flags = AT_STATX_DONT_SYNC | AT_NO_AUTOMOUNT;
	struct statx st;
	struct place place;

	if (statx(dir_fd, name, flags, STATX_TYPE | STATX_MNT_ID, &st) < 0)
		return;
	place.dev = makedev(st.stx_dev_major, st.stx_dev_minor);
	place.mount_id = st.stx_mask & STATX_MNT_ID ? st.stx_mnt_id : 0;
	note(scan, &place);
}

static void look_at_files(struct scan *scan)
{
	_cleanup_(hd_close) int fd =
		hd_sysroot_fd(scan->root, O_RDONLY | O_DIRECTORY, "proc/%s/fd", scan->pid);
	const struct dirent64 *entry;
	struct hd_dir dir;

	if (fd < 0)
		return;
	hd_dir_begin(&dir, fd);
	while (scan->n_looks-- > 0 && (entry = hd_dir_next(&dir)))
		look_at(scan, fd, entry->d_name);
}

/* "START-END PERM OFFSET MAJOR:MINOR INODE PATH", the numbers in hex. */
static bool look_at_mapping(void *data, const char *line)
{
	struct scan *scan = data;
	struct place place = { .mount_id = 0 };
	unsigned long major_no;
	char *end;

	for (int i = 0; i < 3 && *line; i++) {
		line += strcspn(line, " ");
		line += *line == ' ';
	}
	major_no = strtoul(line, &end, 16);
	if (*end != ':')
		return true;
	place.dev = makedev((unsigned)major_no, (unsigned)strtoul(end + 1, NULL, 16));
	if (place.dev)
		note(scan, &place);
	return --scan->n_looks > 0;
}

static void look_at_process(struct scan *scan)
{
	static const char *const links[] = { "cwd", "root", "exe" };
	_cleanup_(hd_close) int fd =
		hd_sysroot_fd(scan->root, O_PATH | O_DIRECTORY, "proc/%s", scan->pid);

	if (fd < 0)
		return;
	for (size_t i = 0; i < HD_ARRAY_SIZE(links); i++)
		look_at(scan, fd, links[i]);
	look_at_files(scan);
	(void)!hd_lines_scan(scan->root, look_at_mapping, scan, "proc/%s/maps", scan->pid);
}

void hd_keepers_read(struct hd_keepers *ret, const struct hd_sysroot *root,
		     struct hd_arena *arena, const struct hd_filesystems *filesystems)
{
	struct scan scan = { root, arena, filesystems, ret, NULL, MAX_LOOKS };
	const char *const *names;
	ssize_t n = hd_sysroot_names(root, arena, &names, "proc");
	uint64_t pid;

	*ret = (struct hd_keepers){ .n = 0 };
	for (ssize_t i = 0; i < n && scan.n_looks > 0; i++) {
		/* Ourselves: gone before anybody unmounts. */
		if (!hd_text_u64(names[i], &pid) || pid == (uint64_t)getpid())
			continue;
		scan.pid = names[i];
		look_at_process(&scan);
	}
}
