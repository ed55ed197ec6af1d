/* SPDX-License-Identifier: GPL-2.0-or-later */
/* replug_state.c - one change of a guest at a time, and pauses for a device that resets all the time. */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "act/replug_state.h"
#include "base/clock.h"
#include "base/dir.h"
#include "base/lock.h"
#include "base/read.h"
#include "base/record.h"
#include "base/text.h"

#define PREFIX "replug-"
#define NAME_SIZE 64		/* of a UUID or port, with prefix and ending */
#define FORMAT "replug1"
#define N_WORDS 6
#define WORD_SIZE 1800		/* encoded, up to three bytes a character */
#define RECORD_SIZE (2 * WORD_SIZE + 100)
#define POLL_MS 20
#define FREE_TIMES 6		/* a device that is switched resets a few times */
#define MAX_PAUSE_S 60

int hd_replug_pause_s(unsigned n)
{
	int pause = 1;

	if (n <= FREE_TIMES)
		return 0;
	for (unsigned i = FREE_TIMES + 1; i < n && pause < MAX_PAUSE_S; i++)
		pause *= 2;
	return pause < MAX_PAUSE_S ? pause : MAX_PAUSE_S;
}

/* Waits until DEADLINE; the descriptor, or -EWOULDBLOCK. */
static int lock_file(int dir_fd, const char *key, int64_t deadline, struct hd_error *err)
{
	_cleanup_(hd_close) int fd = -1;
	char name[NAME_SIZE];
	int result;

	(void)snprintf(name, sizeof(name), PREFIX "%s.lock", key);
	fd = openat(dir_fd, name, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0600);
	if (fd < 0)
		return hd_fail(err, -errno, "cannot open the lock %s: %s", name, strerror(errno));
	while (flock(fd, LOCK_EX | LOCK_NB) < 0) {
		if (errno != EWOULDBLOCK && errno != EINTR)
			return hd_fail(err, -errno, "cannot take the lock %s: %s", name,
				       strerror(errno));
		if (!hd_ms_left(deadline))
			return -EWOULDBLOCK;
		(void)poll(NULL, 0, POLL_MS);
	}
	result = fd;
	fd = -1;
	return result;
}

int hd_replug_lock_port(int dir_fd, const char *port, struct hd_error *err)
{
	return lock_file(dir_fd, port, 0, err);
}

int hd_replug_lock_guest(int dir_fd, const char *uuid, int64_t deadline, struct hd_error *err)
{
	int fd = lock_file(dir_fd, uuid, deadline, err);

	if (fd != -EWOULDBLOCK)
		return fd;
	return hd_fail(err, -ETIMEDOUT, "another process changes USB devices of this guest; try "
					"again");
}

static bool parse(struct hd_replug_record *ret, struct hd_arena *arena, char *text)
{
	uint64_t uptime, time, n;
	char *words[N_WORDS];

	if (!hd_record_words(words, N_WORDS, text, FORMAT) || !hd_text_u64(words[1], &uptime) ||
	    !hd_text_u64(words[2], &time) || !hd_text_u64(words[3], &n) ||
	    !hd_record_decode(words[4]) || !hd_record_decode(words[5]))
		return false;
	ret->uptime_s = (int64_t)uptime;
	ret->time = (int64_t)time;
	ret->n = n < UINT16_MAX ? (unsigned)n : UINT16_MAX;
	ret->guest = hd_text_printable(arena, words[4], WORD_SIZE);
	ret->outcome = hd_text_printable(arena, words[5], WORD_SIZE);
	return true;
}

void hd_replug_record_read(struct hd_replug_record *ret, struct hd_arena *arena, int dir_fd,
			   const char *port)
{
	_cleanup_(hd_close) int fd = -1;
	char name[NAME_SIZE], text[RECORD_SIZE];
	ssize_t n;

	*ret = (struct hd_replug_record){ .guest = "", .outcome = "" };
	(void)snprintf(ret->port, sizeof(ret->port), "%s", port);
	(void)snprintf(name, sizeof(name), PREFIX "%s", ret->port);
	fd = openat(dir_fd, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
	n = fd < 0 ? -1 : hd_read_up_to(fd, text, sizeof(text) - 1);
	if (n < 0)
		return;
	text[n] = '\0';
	if (parse(ret, arena, text))
		return;
	*ret = (struct hd_replug_record){ .guest = "", .outcome = "" };
	(void)snprintf(ret->port, sizeof(ret->port), "%s", port);
}

int hd_replug_record_write(const struct hd_replug_record *record, int dir_fd)
{
	char text[RECORD_SIZE], guest[WORD_SIZE], outcome[WORD_SIZE], name[NAME_SIZE];

	(void)snprintf(text, sizeof(text), FORMAT " %" PRId64 " %" PRId64 " %u %s %s\n",
		       record->uptime_s, record->time, record->n,
		       hd_record_encode(guest, sizeof(guest), record->guest),
		       hd_record_encode(outcome, sizeof(outcome), record->outcome));
	(void)snprintf(name, sizeof(name), PREFIX "%s", record->port);
	return hd_state_file_write(dir_fd, name, text);
}

ssize_t hd_replug_record_list(struct hd_replug_record **ret, struct hd_arena *arena, int dir_fd)
{
	struct hd_replug_record record, *list = NULL;
	const char *const *ports;
	ssize_t n_files = hd_dir_names_after(dir_fd, PREFIX, arena, &ports);
	size_t n = 0;

	for (ssize_t i = 0; i < n_files; i++) {
		if (!hd_policy_is_usb_port(ports[i]))
			continue;
		hd_replug_record_read(&record, arena, dir_fd, ports[i]);
		if (record.n)
			hd_push(arena, &list, &n, record);
	}
	if (n_files < 0)
		return n_files;
	*ret = list;
	return (ssize_t)n;
}
