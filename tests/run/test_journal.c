/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_journal.c - what is written is read back, and nothing else is. */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/lock.h"
#include "base/record.h"
#include "run/journal_internal.h"
#include "tests/support/fakeplan.h"
#include "tests/support/unit.h"

static int setup(void **state)
{
	struct fake_plan *fake = calloc(1, sizeof(*fake));

	fake_plan_make(fake, 2);
	fake_plan_fill(fake, true);
	*state = fake;
	return 0;
}

static int teardown(void **state)
{
	fake_plan_remove(*state);
	free(*state);
	return 0;
}

static void begin(struct fake_plan *fake, struct hd_journal *journal)
{
	struct hd_error err;

	if (hd_journal_begin(journal, fake->apply.dir_fd, &fake->id, &fake->plan, &err) < 0)
		fail_msg("%s", err.text);
}

static void round_trip(void **state)
{
	struct fake_plan *fake = *state;
	const struct hd_journal_entry *entry;
	struct hd_journal journal;
	struct stat st;

	begin(fake, &journal);
	assert_int_equal(fstat(journal.fd, &st), 0);
	assert_int_equal(st.st_mode & 07777, 0600);
	assert_int_equal(hd_journal_put(&journal, HD_EVENT_INTENT, 1), 0);
	assert_int_equal(hd_journal_put(&journal, HD_EVENT_INTENT, 2), 0);
	assert_int_equal(hd_journal_put(&journal, HD_EVENT_STUCK, 2), 0);
	entry = fake_plan_journal(fake);
	assert_false(entry->is_committed);
	assert_int_equal(hd_journal_commit(&journal), 0);
	entry = fake_plan_journal(fake);
	assert_true(entry->is_committed);
	assert_int_equal(entry->id.owner, HD_OWNER_GUEST);
	assert_string_equal(entry->id.key, FAKE_UUID);
	assert_string_equal(entry->id.name, "win 11\n");
	assert_int_equal(entry->n_steps, 3);
	assert_string_equal(entry->steps[0].knob, "module");
	assert_int_equal(entry->steps[0].group, HD_NO_GROUP);
	assert_int_equal(entry->steps[0].last, HD_EVENT_MAX);
	assert_string_equal(entry->steps[2].target, "0000:02:00.0");
	assert_string_equal(entry->steps[2].from, FAKE_ON_HOST);
	assert_string_equal(entry->steps[2].to, FAKE_ON_VFIO);
	assert_int_equal(entry->steps[2].group, 11);
	assert_int_equal(entry->steps[2].stage, 1);
	assert_int_equal(entry->steps[1].last, HD_EVENT_INTENT);
	assert_int_equal(entry->steps[2].last, HD_EVENT_STUCK);
	assert_int_equal(hd_journal_remove(&journal, &fake->id), 0);
	hd_journal_close(&journal);
	assert_int_equal(fake_plan_journals(fake), 0);
}

static void one_owner_one_journal(void **state)
{
	struct fake_plan *fake = *state;
	struct hd_journal journal, second;
	struct hd_error err = { 0 };

	begin(fake, &journal);
	assert_int_equal(hd_journal_begin(&second, fake->apply.dir_fd, &fake->id, &fake->plan,
					  &err), -EEXIST);
	assert_non_null(strstr(err.text, "hostdevctl recover"));
	assert_int_equal(hd_journal_reopen(&second, fake->apply.dir_fd, &fake->id, &err), -EBUSY);
	hd_journal_close(&journal);
	assert_int_equal(hd_journal_reopen(&second, fake->apply.dir_fd, &fake->id, &err), 0);
	assert_int_equal(hd_journal_remove(&second, &fake->id), 0);
	hd_journal_close(&second);
	assert_int_equal(hd_journal_reopen(&second, fake->apply.dir_fd, &fake->id, &err),
			 -ENOENT);
}

static void never_through_a_link(void **state)
{
	struct fake_plan *fake = *state;
	struct hd_journal_entry entry;
	struct hd_journal journal;
	struct hd_error err = { 0 };

	assert_int_equal(symlinkat("/etc/passwd", fake->apply.dir_fd, FAKE_UUID), 0);
	assert_int_equal(hd_journal_load(&entry, &fake->host.arena, fake->apply.dir_fd, &fake->id,
					 &err), 1);
	assert_non_null(entry.broken);
	assert_int_equal(hd_journal_begin(&journal, fake->apply.dir_fd, &fake->id, &fake->plan,
					  &err), -EEXIST);
	assert_true(hd_journal_reopen(&journal, fake->apply.dir_fd, &fake->id, &err) < 0);
}

/* Everything that a crash in the last write can leave is forgiven, and written over. */
static void torn_last_line(void **state)
{
	struct fake_plan *fake = *state;
	struct hd_journal journal;
	struct hd_error err;
	struct stat st;

	begin(fake, &journal);
	assert_int_equal(hd_journal_put(&journal, HD_EVENT_INTENT, 0), 0);
	assert_int_equal(hd_journal_put(&journal, HD_EVENT_DONE, 0), 0);
	assert_int_equal(fstat(journal.fd, &st), 0);
	assert_int_equal(ftruncate(journal.fd, st.st_size - 3), 0);
	hd_journal_close(&journal);
	assert_int_equal(fake_plan_journal(fake)->steps[0].last, HD_EVENT_INTENT);
	assert_int_equal(hd_journal_reopen(&journal, fake->apply.dir_fd, &fake->id, &err), 0);
	assert_int_equal(hd_journal_put(&journal, HD_EVENT_UNDO, 0), 0);
	assert_int_equal(hd_journal_put(&journal, HD_EVENT_UNDONE, 0), 0);
	hd_journal_close(&journal);
	assert_int_equal(fake_plan_journal(fake)->steps[0].last, HD_EVENT_UNDONE);
}

static size_t whole_journal(struct fake_plan *fake, char *buf, size_t size)
{
	struct hd_journal journal;
	ssize_t n;

	begin(fake, &journal);
	assert_int_equal(hd_journal_put(&journal, HD_EVENT_INTENT, 1), 0);
	assert_int_equal(hd_journal_put(&journal, HD_EVENT_DONE, 1), 0);
	assert_int_equal(hd_journal_commit(&journal), 0);
	n = pread(journal.fd, buf, size, 0);
	assert_true(n > 0 && (size_t)n < size);
	hd_journal_close(&journal);
	return (size_t)n;
}

static const char *broken(const char *text, size_t length)
{
	static char why[128];
	struct hd_arena arena = { 0 };
	struct hd_journal_entry entry;

	hd_journal_parse(&entry, &arena, FAKE_UUID, text, length);
	(void)snprintf(why, sizeof(why), "%s", entry.broken ? entry.broken : "");
	hd_arena_done(&arena);
	return *why ? why : NULL;
}

/* Cut anywhere: readable exactly if the plan is whole. */
static void every_prefix(void **state)
{
	char text[4096];
	size_t length = whole_journal(*state, text, sizeof(text)), plan = 0;

	for (int line = 0; line < 4; line++)
		plan += strcspn(text + plan, "\n") + 1;
	for (size_t i = 0; i <= length; i++)
		if ((broken(text, i) == NULL) != (i >= plan))
			fail_msg("cut after %zu of %zu bytes: %s", i, length, broken(text, i));
}

/* One bit wrong anywhere in a whole line is noticed. */
static void every_flip(void **state)
{
	char text[4096];
	size_t length = whole_journal(*state, text, sizeof(text));

	for (size_t i = 0; i < length - 1; i++) {
		for (int bit = 0; bit < 8; bit++) {
			text[i] ^= (char)(1 << bit);
			if (!broken(text, length))
				fail_msg("bit %d of byte %zu", bit, i);
			text[i] ^= (char)(1 << bit);
		}
	}
	assert_null(broken(text, length));
}

/* A line that is lost, doubled or moved breaks the chain of the sums. */
static void every_line_in_its_place(void **state)
{
	char text[4096], other[8192];
	size_t length = whole_journal(*state, text, sizeof(text));

	for (size_t at = 0, n; at < length; at += n) {
		n = strcspn(text + at, "\n") + 1;
		memcpy(other, text, at);
		memcpy(other + at, text + at + n, length - at - n);
		if (at + n < length)
			assert_non_null(broken(other, length - n));
		memcpy(other, text, at + n);
		memcpy(other + at + n, text + at, length - at);
		assert_non_null(broken(other, length + n));
	}
}

static const struct row {
	const char *name, *lines[6], *why;
} rows[] = {
	{ "empty", { NULL }, "it is not complete" },
	{ "no header", { "commit" }, "header" },
	{ "newer", { "hostdevctl-journal 3 guest " FAKE_UUID " 1 1 a - 1" }, "a newer version" },
	{ "newer, of another form", { "hostdevctl-journal 30 a b c d e f g h i j k" },
	  "a newer version" },
	{ "newer, with nothing else", { "hostdevctl-journal 3" }, "a newer version" },
	{ "not a version", { "hostdevctl-journal 03 guest " FAKE_UUID " 1 1 a" }, "version is" },
	{ "version 0", { "hostdevctl-journal 0 guest " FAKE_UUID " 1 1 a" }, "version" },
	{ "no boot", { "hostdevctl-journal 2 guest " FAKE_UUID " 1 1 a" }, "header" },
	{ "a boot too early", { "hostdevctl-journal 1 guest " FAKE_UUID " 1 1 a - 1" }, "header" },
	{ "odd boot", { "hostdevctl-journal 2 guest " FAKE_UUID " 1 1 a 1 1" }, "boot" },
	{ "odd uptime", { "hostdevctl-journal 2 guest " FAKE_UUID " 1 1 a - -1" }, "boot" },
	{ "unknown boot", { "hostdevctl-journal 2 guest " FAKE_UUID " 1 1 % - 7",
			    "step 0 0 7 k t a b" }, NULL },
	{ "owner", { "hostdevctl-journal 1 nobody " FAKE_UUID " 1 1 a" }, "owner" },
	{ "other key", { "hostdevctl-journal 1 guest d7a5fdbd-cdaf-9455-926a-d65c16db1809 1 1 a" },
	  "its owner is not" },
	{ "key of the other kind", { "hostdevctl-journal 1 admin " FAKE_UUID " 1 1 a" }, "key" },
	{ "no steps", { "hostdevctl-journal 1 guest " FAKE_UUID " 1 0 a" }, "number" },
	{ "257 steps", { "hostdevctl-journal 1 guest " FAKE_UUID " 1 257 a" }, "number" },
	{ "since", { "hostdevctl-journal 1 guest " FAKE_UUID " -1 1 a" }, "number" },
	{ "name", { "hostdevctl-journal 1 guest " FAKE_UUID " 1 1 %2G" }, "name" },
	{ "name not encoded", { "hostdevctl-journal 1 guest " FAKE_UUID " 1 1 %41" }, "name" },
	{ "step missing", { "hostdevctl-journal 1 guest " FAKE_UUID " 1 1 a", "intent 0" },
	  "missing" },
	{ "two blanks", { "hostdevctl-journal 1 guest " FAKE_UUID " 1 1  a" }, "malformed" },
	{ "step order", { "hostdevctl-journal 1 guest " FAKE_UUID " 1 1 a",
			  "step 1 0 - k t a b" }, "order" },
	{ "stage order", { "hostdevctl-journal 1 guest " FAKE_UUID " 1 2 a",
			   "step 0 1 - k t a b", "step 1 0 - k t a b" }, "stage" },
	{ "group", { "hostdevctl-journal 1 guest " FAKE_UUID " 1 1 a", "step 0 0 x k t a b" },
	  "group" },
	{ "empty target", { "hostdevctl-journal 1 guest " FAKE_UUID " 1 1 a",
			    "step 0 0 - k % a b" }, "text" },
	{ "unknown step", { "hostdevctl-journal 1 guest " FAKE_UUID " 1 1 a",
			    "step 0 0 - k t a b", "intent 1" }, "no step" },
	{ "done, never begun", { "hostdevctl-journal 1 guest " FAKE_UUID " 1 1 a",
				 "step 0 0 - k t a b", "done 0" }, "out of order" },
	{ "begun twice", { "hostdevctl-journal 1 guest " FAKE_UUID " 1 1 a", "step 0 0 - k t a b",
			   "intent 0", "intent 0" }, "out of order" },
	{ "undone twice", { "hostdevctl-journal 1 guest " FAKE_UUID " 1 1 a", "step 0 0 - k t a b",
			    "intent 0", "undone 0", "undone 0" }, "out of order" },
	{ "begun after commit", { "hostdevctl-journal 1 guest " FAKE_UUID " 1 1 a",
				  "step 0 0 - k t a b", "commit", "intent 0" }, "out of order" },
	{ "commit twice", { "hostdevctl-journal 1 guest " FAKE_UUID " 1 1 a",
			    "step 0 0 - k t a b", "commit", "commit" }, "unknown record" },
	{ "unknown record", { "hostdevctl-journal 1 guest " FAKE_UUID " 1 1 a",
			      "step 0 0 - k t a b", "panic" }, "unknown record" },
	{ "good", { "hostdevctl-journal 1 guest " FAKE_UUID " 1 1 %", "step 0 0 7 k t a b",
		    "intent 0", "failed 0", "undo 0" }, NULL },
};

/* Right sums, wrong meaning. */
static void row_holds(void **state)
{
	const struct row *row = *state;
	char text[4096];
	size_t length = 0;
	uint32_t sum = 0;
	const char *why;

	for (size_t i = 0; row->lines[i]; i++) {
		sum = hd_record_sum(sum, row->lines[i], strlen(row->lines[i]));
		length += (size_t)snprintf(text + length, sizeof(text) - length, "%08x %s\n", sum,
					   row->lines[i]);
	}
	why = broken(text, length);
	if (!row->why)
		assert_null(why);
	else if (!why || !strstr(why, row->why))
		fail_msg("'%s' does not say '%s'", why, row->why);
}

static void encoding(void **state)
{
	char buf[64], all[256];

	(void)state;
	assert_int_equal(hd_record_sum(0, "123456789", 9), 0xcbf43926);
	assert_string_equal(hd_record_encode(buf, sizeof(buf), "a b%\n\xff"), "a%20b%25%0A%FF");
	assert_true(hd_record_decode(buf));
	assert_string_equal(buf, "a b%\n\xff");
	assert_string_equal(hd_record_encode(buf, sizeof(buf), ""), "%");
	assert_true(hd_record_decode(buf));
	assert_string_equal(buf, "");
	assert_string_equal(hd_record_encode(buf, 6, "a b c"), "a%20b");
	assert_string_equal(hd_record_encode(buf, 5, "a b c"), "a%20");
	assert_string_equal(hd_record_encode(buf, 4, "a b c"), "a");
	for (int i = 1; i < 256; i++)
		all[i - 1] = (char)i;
	all[255] = '\0';
	{
		char encoded[sizeof(all) * 3];

		hd_record_encode(encoded, sizeof(encoded), all);
		assert_true(hd_record_decode(encoded));
		assert_string_equal(encoded, all);
	}
}

static void keys(void **state)
{
	struct hd_journal_id id;
	struct hd_pci_addr addr = { .domain = 0x10000, .bus = 1 };

	(void)state;
	assert_int_equal(hd_journal_id_guest(&id, "../../etc/passwd", "x"), -EINVAL);
	assert_int_equal(hd_journal_id_guest(&id, "C7A5FDBD-cdaf-9455-926a-d65c16db1809", "x"), 0);
	assert_string_equal(id.key, FAKE_UUID);
	hd_journal_id_admin(&id, &addr);
	assert_string_equal(id.key, "10000:01:00.0");
	assert_int_equal(hd_journal_id_plugged(&id, "", "x", &addr), -EINVAL);
	assert_int_equal(hd_journal_id_plugged(&id, FAKE_UUID, "x", &addr), 0);
	assert_string_equal(id.key, FAKE_UUID "+10000:01:00.0");
	assert_true(hd_journal_key_is_valid(HD_OWNER_PLUGGED, id.key));
	assert_true(hd_journal_is_of_guest(&id, FAKE_UUID));
	assert_false(hd_journal_is_of_guest(&id, ""));
	assert_false(hd_journal_key_is_valid(HD_OWNER_GUEST, id.key));
	assert_false(hd_journal_key_is_valid(HD_OWNER_PLUGGED, FAKE_UUID));
	assert_false(hd_journal_key_is_valid(HD_OWNER_PLUGGED, FAKE_UUID "+"));
	assert_false(hd_journal_key_is_valid(HD_OWNER_PLUGGED, FAKE_UUID "+01:00.0"));
	assert_false(hd_journal_key_is_valid(HD_OWNER_PLUGGED, FAKE_UUID "-0000:01:00.0"));
	assert_false(hd_journal_key_is_valid(HD_OWNER_PLUGGED, "+0000:01:00.0"));
	assert_true(hd_journal_key_is_valid(HD_OWNER_ADMIN, "0000:01:00.0"));
	assert_false(hd_journal_key_is_valid(HD_OWNER_ADMIN, "01:00.0"));
	assert_false(hd_journal_key_is_valid(HD_OWNER_ADMIN, "0000:0A:00.0"));
	assert_false(hd_journal_key_is_valid(HD_OWNER_GUEST, "C7A5FDBD-cdaf-9455-926a-d65c16db1809"));
	assert_false(hd_journal_key_is_valid(HD_OWNER_GUEST, "group-1.lock"));
}

/* What a crash left before a journal had its name goes; what is being made stays. */
static void sweep(void **state)
{
	struct fake_plan *fake = *state;
	struct timespec old[2] = { { .tv_sec = 1 }, { .tv_sec = 1 } };
	int fd = openat(fake->apply.dir_fd, ".new-1", O_WRONLY | O_CREAT, 0600);

	assert_true(fd >= 0);
	hd_journal_sweep(fake->apply.dir_fd);
	assert_int_equal(faccessat(fake->apply.dir_fd, ".new-1", F_OK, 0), 0);
	assert_int_equal(futimens(fd, old), 0);
	hd_journal_sweep(fake->apply.dir_fd);
	assert_int_equal(faccessat(fake->apply.dir_fd, ".new-1", F_OK, 0), -1);
	(void)close(fd);
}

/* Another process may have our number, in a PID namespace of its own. */
static void names_are_not_pids(void **state)
{
	struct fake_plan *fake = *state;
	const char *name = hd_printf(&fake->host.arena, HD_STATE_NEW "%d", (int)getpid());
	int fd = openat(fake->apply.dir_fd, name, O_WRONLY | O_CREAT, 0600);
	struct hd_journal journal;

	assert_true(fd >= 0);
	hd_close(&fd);
	begin(fake, &journal);
	hd_journal_close(&journal);
	assert_int_equal(faccessat(fake->apply.dir_fd, name, F_OK, 0), 0);
	(void)unlinkat(fake->apply.dir_fd, name, 0);
}

/* The largest plan with the longest texts is a journal that can be read. */
static void largest(void **state)
{
	static struct hd_step steps[HD_PLAN_MAX];
	struct fake_plan *fake = *state;
	struct hd_plan plan = { steps, HD_PLAN_MAX };
	struct hd_journal journal;
	struct hd_error err;

	for (size_t i = 0; i < HD_PLAN_MAX; i++) {
		steps[i].knob = &fake_knob_pci_driver;
		steps[i].group = 0x7fffffff;
		memset(steps[i].target, '\n', sizeof(steps[i].target) - 1);
		memset(steps[i].from, ' ', sizeof(steps[i].from) - 1);
		memset(steps[i].to, ' ', sizeof(steps[i].to) - 1);
	}
	assert_int_equal(hd_journal_begin(&journal, fake->apply.dir_fd, &fake->id, &plan, &err), 0);
	for (size_t i = 0; i < HD_PLAN_MAX; i++) {
		assert_int_equal(hd_journal_put(&journal, HD_EVENT_INTENT, i), 0);
		assert_int_equal(hd_journal_put(&journal, HD_EVENT_FAILED, i), 0);
		assert_int_equal(hd_journal_put(&journal, HD_EVENT_UNDO, i), 0);
		assert_int_equal(hd_journal_put(&journal, HD_EVENT_UNDONE, i), 0);
	}
	assert_true(journal.length < (off_t)HD_JOURNAL_MAX);
	hd_journal_close(&journal);
	assert_int_equal(fake_plan_journal(fake)->n_steps, HD_PLAN_MAX);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int main(void)
{
	struct CMUnitTest tests[HD_ARRAY_SIZE(rows) + 12] = {
		TEST(round_trip), TEST(one_owner_one_journal), TEST(never_through_a_link),
		TEST(torn_last_line), TEST(every_prefix), TEST(every_flip),
		TEST(every_line_in_its_place), TEST(sweep), TEST(largest), TEST(names_are_not_pids),
		cmocka_unit_test(encoding), cmocka_unit_test(keys),
	};

	for (size_t i = 0; i < HD_ARRAY_SIZE(rows); i++)
		tests[12 + i] = (struct CMUnitTest){ rows[i].name, row_holds, NULL, NULL,
						     (void *)(uintptr_t)&rows[i] };
	return cmocka_run_group_tests_name("journal", tests, NULL, NULL);
}
