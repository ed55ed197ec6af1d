/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * keeper.c - keeps disks free between the hook's return and libvirt's unbind.
 *
 * Its file has the line "PID UNTIL GUEST" (UNTIL by hd_now_ms, GUEST encoded as in a journal),
 * then one function a line.
 *
 * It looks 50 times a second, for a second or two in most cases: sysfs does
 * not announce what it waits for.
 */
#include "config.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/lock.h"
#include "base/log.h"
#include "base/process.h"
#include "base/read.h"
#include "base/record.h"
#include "base/text.h"
#include "facts/pci/pci.h"
#include "run/journal_internal.h"
#include "run/keeper.h"

#define LOOK_MS 20
#define START_MS 5000
#define END_POLL_MS 5
#define NAME_SHOWN 64
#define NAME_SIZE (sizeof(HD_KEEPER_FILE) + 37)
#define MAX_TEXT (16u << 10)	/* HD_KEEPER_MAX lines, and a name */
#define N_OWN 3			/* state directory, root, answer */

struct keeper {
	const struct hd_keeping *keeping;
	int claims[HD_KEEPER_MAX];	/* -1: given back */
	int64_t until;
};

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

/*
 * Makes and locks the file of the calling process, and gives it its name last: a name without
 * a lock is left by a keeper that was killed.  Returns its descriptor.
 */
static int make_file(const struct hd_keeping *keeping, int64_t until, struct hd_error *err)
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

/* Has nobody removed it? */
static bool is_wanted(int fd)
{
	struct stat st;

	return fstat(fd, &st) == 0 && st.st_nlink > 0;
}

/* Whoever removes the name meanwhile waits for our lock before a new file gets it. */
static void remove_file(const struct hd_keeping *keeping, int fd)
{
	char name[NAME_SIZE];

	if (is_wanted(fd) && name_of(name, keeping->uuid))
		(void)unlinkat(keeping->dir_fd, name, 0);
}

/* All but the claims and our own: locks, journals and pipes of the engine, libraries' files. */
static void leave_others(const struct keeper *keeper, int answer_fd)
{
	const struct hd_keeping *keeping = keeper->keeping;
	int fds[HD_KEEPER_MAX + N_OWN] = { keeping->dir_fd, keeping->root->fd, answer_fd };
	size_t n = N_OWN;

	for (size_t i = 0; i < keeping->n; i++)
		fds[n++] = keeper->claims[i];
	hd_process_keep_only(fds, n);
}

/* Best effort: without CAP_SYS_RESOURCE it is shown under the hook's own words. */
static void show_as(const char *title)
{
	size_t size = strlen(title) + 1;
	char *page = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	(void)prctl(PR_SET_NAME, "hostdevctl-keep");
	if (page == MAP_FAILED)
		return;
	memcpy(page, title, size);
	/* The kernel wants start <= end at each of the calls. */
	if (prctl(PR_SET_MM, PR_SET_MM_ARG_START, page, 0, 0) < 0) {
		(void)prctl(PR_SET_MM, PR_SET_MM_ARG_END, page + size, 0, 0);
		(void)prctl(PR_SET_MM, PR_SET_MM_ARG_START, page, 0, 0);
	}
	(void)prctl(PR_SET_MM, PR_SET_MM_ARG_END, page + size, 0, 0);
}

/* What cannot be read may still need the claim. */
static bool is_over(const struct keeper *keeper, const struct hd_kept *kept)
{
	_cleanup_(hd_arena_done) struct hd_arena arena = { 0 };
	const char *driver = NULL;
	int rc = hd_pci_driver_read(keeper->keeping->root, &arena, kept->function, &driver);

	if (rc < 0)
		return rc == -ENODEV;
	return driver && strcmp(driver, kept->driver) != 0;
}

/* How many claims are needed still. */
static size_t count_needed(struct keeper *keeper)
{
	const struct hd_keeping *keeping = keeper->keeping;
	size_t n = 0;

	for (size_t i = 0; i < keeping->n; i++) {
		if (keeper->claims[i] >= 0 && is_over(keeper, &keeping->kept[i]))
			hd_close(&keeper->claims[i]);
		n += keeper->claims[i] >= 0;
	}
	return n;
}

static void say_deadline(const struct hd_keeping *keeping)
{
	_cleanup_(hd_arena_done) struct hd_arena arena = { 0 };

	hd_log(LOG_WARNING, "guest '%s': libvirt did not take %s within %d s; its disks "
	       "are no longer kept free", hd_text_printable(&arena, keeping->guest, NAME_SHOWN),
	       keeping->kept[0].function, keeping->deadline_ms / 1000);
}

static void hold_claims(struct keeper *keeper, int file_fd)
{
	bool is_late = false;

	while (!is_late && is_wanted(file_fd) && count_needed(keeper)) {
		is_late = !hd_ms_left(keeper->until);
		if (!is_late)
			(void)poll(NULL, 0, LOOK_MS);
	}
	/* Before the lock goes: whoever waits for that may claim the disks. */
	for (size_t i = 0; i < keeper->keeping->n; i++)
		hd_close(&keeper->claims[i]);
	remove_file(keeper->keeping, file_fd);
	if (is_late)
		say_deadline(keeper->keeping);
}

static int become_keeper(int answer_fd, const void *data)
{
	const struct hd_keeping *keeping = data;
	struct keeper keeper = { .keeping = keeping,
				 .until = hd_now_ms() + keeping->deadline_ms };
	_cleanup_(hd_arena_done) struct hd_arena arena = { 0 };
	struct hd_error err = { 0 };
	int file_fd;

	for (size_t i = 0; i < keeping->n; i++)
		keeper.claims[i] = keeping->kept[i].claim_fd;
	hd_process_settle();
	leave_others(&keeper, answer_fd);
	show_as(hd_printf(&arena, "hostdevctl-hook: keeper for %s",
			  hd_text_printable(&arena, keeping->guest, NAME_SHOWN)));
	file_fd = chdir("/") < 0 ? -errno : make_file(keeping, keeper.until, &err);
	if (write(answer_fd, &err, sizeof(err)) != sizeof(err) || file_fd < 0)
		return 1;
	hd_close(&answer_fd);
	hold_claims(&keeper, file_fd);
	return 0;
}

/* What the child says of its own start. */
static int wait_for_answer(struct hd_process *child, struct hd_error *err)
{
	int64_t deadline = hd_now_ms() + START_MS;
	struct hd_error answer = { 0 };

	if (hd_read_some(child->fd, &answer, sizeof(answer), deadline) == sizeof(answer)) {
		answer.text[sizeof(answer.text) - 1] = '\0';
		hd_close(&child->fd);
		if (answer.code == 0)
			return 0;
		(void)hd_process_wait(child->pid, deadline);
		return hd_fail(err, answer.code, "%s", answer.text);
	}
	(void)hd_process_end(child, 0);
	return hd_fail(err, -EIO, "the process that keeps its disks free did not start");
}

int hd_keeper_start(const struct hd_keeping *keeping, struct hd_error *err)
{
	struct hd_process child;
	int rc;

	if (!keeping->n)
		return 0;
	if (keeping->n > HD_KEEPER_MAX)
		return hd_fail(err, -E2BIG, "%zu disks are more than %d", keeping->n, HD_KEEPER_MAX);
	rc = hd_process_start(&child, become_keeper, keeping);
	if (rc < 0)
		return hd_fail(err, rc, "cannot start a process: %s", strerror(-rc));
	return wait_for_answer(&child, err);
}

static bool is_dead(int fd)
{
	return flock(fd, LOCK_EX | LOCK_NB) == 0;
}

int hd_keeper_end(int dir_fd, const char *uuid, int64_t deadline, struct hd_error *err)
{
	_cleanup_(hd_close) int fd = -1;
	char name[NAME_SIZE];
	struct stat st;

	if (!name_of(name, uuid))
		return hd_fail(err, -EINVAL, "a guest cannot have this UUID");
	fd = hd_journal_open(dir_fd, name, O_RDONLY, &st);
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
	struct stat st;
	_cleanup_(hd_close) int fd = hd_journal_open(dir_fd, name, O_RDONLY, &st);
	char *text = hd_alloc(arena, MAX_TEXT + 1);
	ssize_t n;

	if (fd < 0 || is_dead(fd))
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
	_cleanup_(hd_close_dir) DIR *dir = hd_journal_open_dir(dir_fd);
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
