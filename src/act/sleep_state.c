/* SPDX-License-Identifier: GPL-2.0-or-later */
/* sleep_state.c - which guests were paused or saved for the host's sleep, and how they woke. */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "act/sleep_state.h"
#include "base/dir.h"
#include "base/lock.h"
#include "base/read.h"
#include "base/record.h"
#include "base/text.h"

#define PREFIX "sleep-"
#define NAME_SIZE 64
#define FORMAT "sleep1"
#define N_WORDS 5
#define WORD_SIZE 600
#define RECORD_SIZE (3 * WORD_SIZE)

static const char *const states[] = {
	[HD_SLEPT_PAUSED] = "paused", [HD_SLEPT_SAVED] = "saved", [HD_SLEPT_WOKEN] = "woken",
};
_Static_assert(HD_ARRAY_SIZE(states) == HD_SLEEP_STATE_MAX, "a word for each state");

static bool parse(struct hd_sleep_record *ret, struct hd_arena *arena, char *text)
{
	char *words[N_WORDS];
	uint64_t time;

	if (!hd_record_words(words, N_WORDS, text, FORMAT) || !hd_text_u64(words[2], &time) ||
	    !hd_record_decode(words[3]) || !hd_record_decode(words[4]))
		return false;
	ret->state = 0;
	while (ret->state < HD_SLEEP_STATE_MAX && strcmp(words[1], states[ret->state]) != 0)
		ret->state++;
	ret->time = (int64_t)time;
	ret->guest = hd_text_printable(arena, words[3], WORD_SIZE);
	ret->outcome = hd_text_printable(arena, words[4], WORD_SIZE);
	return ret->state < HD_SLEEP_STATE_MAX;
}

static bool read_record(struct hd_sleep_record *ret, struct hd_arena *arena, int dir_fd,
			const char *uuid)
{
	char text[RECORD_SIZE], name[NAME_SIZE];
	_cleanup_(hd_close) int fd = -1;
	ssize_t n;

	*ret = (struct hd_sleep_record){ .guest = "", .outcome = "" };
	if (!hd_text_uuid(uuid, ret->uuid))
		return false;
	(void)snprintf(name, sizeof(name), PREFIX "%s", uuid);
	fd = openat(dir_fd, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
	n = fd < 0 ? -1 : hd_read_up_to(fd, text, sizeof(text) - 1);
	if (n < 0)
		return false;
	text[n] = '\0';
	return parse(ret, arena, text);
}

int hd_sleep_record_write(const struct hd_sleep_record *record, int dir_fd)
{
	char text[RECORD_SIZE], guest[WORD_SIZE], outcome[WORD_SIZE], name[NAME_SIZE];

	(void)snprintf(text, sizeof(text), FORMAT " %s %" PRId64 " %s %s\n",
		       states[record->state], record->time,
		       hd_record_encode(guest, sizeof(guest), record->guest),
		       hd_record_encode(outcome, sizeof(outcome), record->outcome));
	(void)snprintf(name, sizeof(name), PREFIX "%s", record->uuid);
	return hd_state_file_write(dir_fd, name, text);
}

void hd_sleep_record_remove(const char *uuid, int dir_fd)
{
	char name[NAME_SIZE];

	(void)snprintf(name, sizeof(name), PREFIX "%s", uuid);
	(void)unlinkat(dir_fd, name, 0);
}

static int by_guest(const void *a, const void *b)
{
	const struct hd_sleep_record *x = a, *y = b;

	return strcmp(x->guest, y->guest);
}

ssize_t hd_sleep_record_list(struct hd_sleep_record **ret, struct hd_arena *arena, int dir_fd)
{
	struct hd_sleep_record record, *list = NULL;
	const char *const *uuids;
	ssize_t n_files = hd_dir_names_after(dir_fd, PREFIX, arena, &uuids);
	size_t n = 0;

	for (ssize_t i = 0; i < n_files; i++)
		if (read_record(&record, arena, dir_fd, uuids[i]))
			hd_push(arena, &list, &n, record);
	if (n_files < 0)
		return n_files;
	HD_SORT(list, n, by_guest);
	*ret = list;
	return (ssize_t)n;
}
