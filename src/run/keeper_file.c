/* SPDX-License-Identifier: GPL-2.0-or-later */
/* keeper_file.c - which keepers are alive, and how they are ended. */
#include "config.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/lock.h"
#include "base/record.h"
#include "base/text.h"
#include "run/journal_internal.h"
#include "run/keeper_internal.h"

#define END_POLL_MS 5
#define NAME_SIZE (sizeof(HD_KEEPER_FILE) + 37)
#define MAX_TEXT (16u << 10)	/* HD_KEEPER_MAX lines, and a name */
#define NAME_SHOWN 64

static bool name_of(char ret[static NAME_SIZE], const char *uuid)
{
	(void)snprintf(ret, NAME_SIZE, HD_KEEPER_FILE "%s", uuid);
	return hd_journal_key_is_valid(HD_OWNER_GUEST, uuid);
}

static const char *text_of(const struct hd_keeping *keeping, struct hd_arena *arena,
			   int64_t until)
{
	char name[HD_JOURNAL_NAME * 3];
	const char *text = hd_printf(arena, "%d %lld %s\n", (int)getpid(), (long long)until,
				     hd_record_encode(name, sizeof(name), keeping->guest));

	for (size_t i = 0; i < keeping->n; i++)
		if (!i || strcmp(keeping->kept[i].function, keeping->kept[i - 1].function) != 0)
			text = hd_printf(arena, "%s%s\n", text, keeping->kept[i].function);
	return text;
}

/* The name comes last, by link(2), which never replaces. */
static int make_locked(const struct hd_keeping *keeping, const char *text, const char *name)
{
	char new[HD_STATE_NEW_SIZE];
	_cleanup_(hd_close) int fd = hd_state_file_new(keeping->dir_fd, new, 0);
	size_t length = strlen(text);
	int rc = 0;

	if (fd < 0)
		return fd;
	if (write(fd, text, length) != (ssize_t)length)
		rc = -ENOSPC;
	else if (linkat(keeping->dir_fd, new, keeping->dir_fd, name, 0) < 0)
		rc = -errno;
	(void)unlinkat(keeping->dir_fd, new, 0);
	if (rc < 0)
		return rc;
	rc = fd;
	fd = -1;
	return rc;
}

int hd_keeper_file_make(const struct hd_keeping *keeping, int64_t until, struct hd_error *err)
{
	_cleanup_(hd_arena_done) struct hd_arena arena = { 0 };
	char name[NAME_SIZE];
	int rc = -EINVAL;

	if (name_of(name, keeping->uuid))
		rc = make_locked(keeping, text_of(keeping, &arena, until), name);
	if (rc < 0)
		return hd_fail(err, rc, "cannot keep its disks free: " HD_KEEPER_FILE "%s: %s",
			       keeping->uuid, strerror(-rc));
	return rc;
}

bool hd_keeper_file_is_wanted(int fd)
{
	struct stat st;

	return fstat(fd, &st) == 0 && st.st_nlink > 0;
}

/* Whoever removes the name meanwhile waits for our lock before he makes it anew. */
void hd_keeper_file_remove(const struct hd_keeping *keeping, int fd)
{
	char name[NAME_SIZE];

	if (hd_keeper_file_is_wanted(fd) && name_of(name, keeping->uuid))
		(void)unlinkat(keeping->dir_fd, name, 0);
}

/* A regular file of ours; nothing else is waited for or read. */
static int open_file(int dir_fd, const char *name)
{
	_cleanup_(hd_close) int fd = openat(dir_fd, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK |
						   O_NOCTTY | O_CLOEXEC);
	struct stat st;
	int result;

	if (fd < 0)
		return -errno;
	if (fstat(fd, &st) < 0 || !S_ISREG(st.st_mode) || st.st_uid != geteuid())
		return -EBADMSG;
	result = fd;
	fd = -1;
	return result;
}

static bool is_dead(int fd)
{
	return flock(fd, LOCK_EX | LOCK_NB) == 0;
}

int hd_keeper_end(int dir_fd, const char *uuid, int64_t deadline, struct hd_error *err)
{
	_cleanup_(hd_close) int fd = -1;
	char name[NAME_SIZE];

	if (!name_of(name, uuid))
		return hd_fail(err, -EINVAL, "a guest cannot have this UUID");
	fd = open_file(dir_fd, name);
	if (fd == -ENOENT)
		return 0;
	if (fd < 0)
		return hd_fail(err, fd, "cannot open %s: %s", name, strerror(-fd));
	if (unlinkat(dir_fd, name, 0) < 0 && errno != ENOENT)
		return hd_fail(err, -errno, "cannot remove %s: %s", name, strerror(errno));
	while (!is_dead(fd)) {
		if (!hd_ms_left(deadline))
			return hd_fail(err, -ETIMEDOUT, "the process that keeps its disks free "
				       "does not end");
		(void)poll(NULL, 0, END_POLL_MS);
	}
	return 0;
}

static bool parse_head(struct hd_keeper *ret, struct hd_arena *arena, char *line)
{
	char *until = strchr(line, ' '), *guest = until ? strchr(until + 1, ' ') : NULL;
	uint64_t pid, end;
	int left;

	if (!guest)
		return false;
	*until++ = '\0';
	*guest++ = '\0';
	if (!hd_text_u64(line, &pid) || pid > INT32_MAX || !hd_text_u64(until, &end) ||
	    end > INT64_MAX || !hd_record_decode(guest))
		return false;
	ret->pid = (int)pid;
	left = hd_ms_left((int64_t)end);
	ret->seconds_left = left / 1000 + (left % 1000 != 0);
	ret->guest = hd_text_printable(arena, guest, NAME_SHOWN);
	return true;
}

/* What a keeper of ours would not write is ignored: the locked name alone says that it lives. */
static void parse(struct hd_keeper *ret, struct hd_arena *arena, const char *text)
{
	const char *line = hd_text_next_line(arena, &text);
	struct hd_pci_addr addr;

	ret->guest = hd_strdup(arena, ret->uuid);
	if (line && !parse_head(ret, arena, hd_strdup(arena, line)))
		return;
	while (line && (line = hd_text_next_line(arena, &text)))
		if (hd_pci_addr_parse(line, &addr))
			*(struct hd_pci_addr *)hd_append(arena, &ret->functions, &ret->n_functions,
							 sizeof(addr)) = addr;
}

/* False for one that is dead, or just ends. */
static bool read_keeper(struct hd_keeper *ret, struct hd_arena *arena, int dir_fd,
			const char *name)
{
	_cleanup_(hd_close) int fd = open_file(dir_fd, name);
	char *text = hd_alloc(arena, MAX_TEXT + 1);
	struct stat st;
	ssize_t n;

	if (fd < 0 || is_dead(fd) || fstat(fd, &st) < 0)
		return false;
	n = pread(fd, text, MAX_TEXT, 0);
	text[n > 0 ? n : 0] = '\0';
	ret->since = st.st_mtime;
	parse(ret, arena, text);
	return true;
}

ssize_t hd_keeper_list(struct hd_keeper **ret, struct hd_arena *arena, int dir_fd,
		       struct hd_error *err)
{
	int fd = openat(dir_fd, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	_cleanup_(hd_close_dir) DIR *dir = fd < 0 ? NULL : fdopendir(fd);
	struct hd_keeper *keepers = NULL;
	const struct dirent *entry;
	size_t n = 0;

	if (!dir)
		return hd_fail(err, -errno, "cannot list the keepers: %s", strerror(errno));
	while ((entry = readdir(dir))) {
		const char *uuid = entry->d_name + strlen(HD_KEEPER_FILE);
		struct hd_keeper keeper = { .pid = 0 };

		if (!hd_text_starts_with(entry->d_name, HD_KEEPER_FILE) ||
		    !hd_text_uuid(uuid, keeper.uuid) ||
		    !read_keeper(&keeper, arena, dir_fd, entry->d_name))
			continue;
		*(struct hd_keeper *)hd_append(arena, &keepers, &n, sizeof(keeper)) = keeper;
	}
	*ret = keepers;
	return (ssize_t)n;
}
