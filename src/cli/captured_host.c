/* SPDX-License-Identifier: GPL-2.0-or-later */
/* captured_host.c - a captured host as a directory of our own, removed when we end. */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <linux/magic.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/vfs.h>
#include <unistd.h>

#include "base/clock.h"
#include "cli/captured_host.h"
#include "inventory/capture_read.h"
#include "virt/guest_xml.h"

#define TEMPLATE "hostdevctl-XXXXXX"
#define OPEN_DIRS 16
#define IN_MEMORY "/dev/shm"
#define PART_OF_ROOM 4		/* more than a quarter of the room there belongs to others */
#define BYTES_OF_FILE 5120
#define REMOVE_MS 30000	/* after that it goes on alone */

static int remove_one(const char *path, const struct stat *st, int type, struct FTW *at)
{
	(void)st;
	(void)at;
	(void)(type == FTW_DP ? rmdir : unlink)(path);
	return 0;
}

/* Not ended by the signals that end us: it comes after. Holds none of our descriptors. */
static int remove_after_us(int out, const void *path)
{
	struct pollfd we_are_gone = { .fd = out };	/* POLLERR: nobody can read any more */

	hd_process_settle();
	(void)signal(SIGINT, SIG_IGN);
	(void)signal(SIGTERM, SIG_IGN);
	(void)signal(SIGHUP, SIG_IGN);
	hd_process_keep_only(&out, 1);
	while (poll(&we_are_gone, 1, -1) < 0 && errno == EINTR)
		continue;
	return nftw(path, remove_one, OPEN_DIRS, FTW_DEPTH | FTW_PHYS);
}

/* Each line is at most a file, which has a page, and its inode. */
static size_t most_bytes(const struct hd_guest_xml *text)
{
	size_t lines = 1;

	for (size_t i = 0; i < text->length; i++)
		lines += text->text[i] == '\n';
	return text->length + lines * BYTES_OF_FILE;
}

/* Where nothing is written to a disk: a large host has 60,000 files and links, for seconds at most. */
static bool has_room_in_memory(const struct hd_guest_xml *text)
{
	struct statfs fs;

	return statfs(IN_MEMORY, &fs) == 0 && fs.f_type == TMPFS_MAGIC && access(IN_MEMORY, W_OK | X_OK) == 0 &&
	       most_bytes(text) / (size_t)fs.f_bsize < fs.f_bavail / PART_OF_ROOM;
}

static const char *place_for(const struct hd_guest_xml *text)
{
	const char *tmp = getenv("TMPDIR");

	if (tmp && *tmp == '/')
		return tmp;
	return has_room_in_memory(text) ? IN_MEMORY : "/tmp";
}

static int make_dir(struct hd_host_file *file, struct hd_arena *arena, const struct hd_guest_xml *text,
		    struct hd_error *err)
{
	char *path = hd_printf(arena, "%s/" TEMPLATE, place_for(text));
	int rc;

	if (!mkdtemp(path))
		return hd_fail(err, -errno, "cannot create a directory %s: %s", path,
			       strerror(errno));
	file->path = path;
	rc = hd_process_start(&file->remover, remove_after_us, path);
	if (rc == 0)
		return 0;
	(void)rmdir(path);
	return hd_fail(err, rc, "cannot start a process: %s", strerror(-rc));
}

static int fill_file(struct hd_host_file *file, const struct hd_guest_xml *text,
		     struct hd_error *err)
{
	_cleanup_(hd_close) int fd = open(file->path, O_PATH | O_DIRECTORY | O_CLOEXEC);

	if (fd < 0)
		return hd_fail(err, -errno, "cannot open %s: %s", file->path, strerror(errno));
	return hd_tree_load(fd, text->text, text->length, err);
}

int hd_host_file_open(struct hd_host_file *ret, struct hd_arena *arena, const char *path,
		      struct hd_error *err)
{
	struct hd_host_file file = { .path = NULL };
	struct hd_guest_xml text;
	int rc = hd_guest_from_file(&text, arena, path, err);

	if (rc < 0)
		return rc;
	/* A redirected command that never ran leaves it, as ssh to a dead host does. */
	if (!text.length)
		return hd_fail(err, -EINVAL, "%s is empty: 'hostdevctl capture' wrote nothing to it; run "
			       "it again", path);
	rc = make_dir(&file, arena, &text, err);
	if (rc < 0)
		return rc;
	rc = fill_file(&file, &text, err);
	if (rc < 0) {
		hd_host_file_close(&file);
		return hd_wrap(err, "%s", path);
	}
	*ret = file;
	return 0;
}

void hd_host_file_close(struct hd_host_file *file)
{
	if (!file->path)
		return;
	hd_close(&file->remover.fd);
	(void)hd_process_wait(file->remover.pid, hd_now_ms() + REMOVE_MS);
	file->path = NULL;
}
