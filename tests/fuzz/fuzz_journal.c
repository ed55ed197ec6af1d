/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * fuzz_journal.c - does any text crash the reader of journals, or pass for one?
 *
 * Every input is read as it is, and once more with right sums: else no damage
 * would ever get past the first of them.
 */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/record.h"
#include "run/journal_internal.h"
#include "tests/fuzz/fuzz.h"

#define UUID "c7a5fdbd-cdaf-9455-926a-d65c16db1809"

static void step_holds(const struct hd_journal_entry *entry, size_t i)
{
	const struct hd_journal_step *step = &entry->steps[i];

	must(*step->target && strlen(step->target) < HD_TARGET_MAX);
	must(*step->from && strlen(step->from) < HD_STATE_MAX);
	must(*step->to && strlen(step->to) < HD_STATE_MAX);
	must(*step->knob && strlen(step->knob) < HD_JOURNAL_KNOB);
	must(step->group >= HD_NO_GROUP && step->last <= HD_EVENT_MAX);
	must(!i || entry->steps[i - 1].stage <= step->stage);
}

/* Returns whether it was understood. */
static bool read_one(const char *text, size_t length)
{
	struct hd_arena arena = { 0 };
	struct hd_journal_entry entry;
	bool is_sound;

	hd_journal_parse(&entry, &arena, UUID, text, length);
	is_sound = !entry.broken;
	must(entry.length <= length && entry.n_steps <= HD_PLAN_MAX);
	if (is_sound) {
		must(!strcmp(entry.id.key, UUID) && entry.id.owner != HD_OWNER_ADMIN);
		must(strlen(entry.id.name) < HD_JOURNAL_NAME && entry.since >= 0);
		must(entry.n_steps > 0 && entry.length && text[entry.length - 1] == '\n');
		for (size_t i = 0; i < entry.n_steps; i++)
			step_holds(&entry, i);
	}
	hd_arena_done(&arena);
	return is_sound;
}

static void put_right_sums(char *text, size_t length)
{
	char *end = text + length, *newline;
	uint32_t sum = 0;

	for (char *line = text; (newline = memchr(line, '\n', (size_t)(end - line)));
	     line = newline + 1) {
		char digits[HD_JOURNAL_SUM + 2];

		if (newline - line <= HD_JOURNAL_SUM)
			return;
		sum = hd_record_sum(sum, line + HD_JOURNAL_SUM + 1,
				     (size_t)(newline - line) - HD_JOURNAL_SUM - 1);
		(void)snprintf(digits, sizeof(digits), "%08x ", sum);
		memcpy(line, digits, HD_JOURNAL_SUM + 1);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *text = malloc(size + 1);

	must(text != NULL);
	memcpy(text, data, size);
	(void)read_one(text, size);
	put_right_sums(text, size);
	if (read_one(text, size) && size > HD_JOURNAL_SUM) {
		/* A first sum that is wrong is never forgiven. */
		text[0] = text[0] == '0' ? '1' : '0';
		must(!read_one(text, size));
	}
	free(text);
	return 0;
}
