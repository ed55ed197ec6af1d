/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_card_is_away.c - does the guest run with a card that was handed over to it? */
#include "config.h"

#include <fcntl.h>
#include <unistd.h>

#include "act/checked_request.h"
#include "knob/knobs.h"
#include "run/journal.h"
#include "tests/support/fakehost.h"
#include "tests/support/unit.h"

#define UUID "11111111-2222-3333-4444-aaaaaaaaaaaa"

static const struct row {
	const char *name;
	const struct hd_knob *knob;	/* of the journal's step, or NULL: there is no journal */
	bool is_committed, is_undone, is_asked, is_starting, want;
} rows[] = {
	{ "no journal", NULL, false, false, true, false, false },
	{ "a hand-over", &hd_knob_card_idle, true, false, true, false, true },
	{ "no hand-over", &hd_knob_pci_driver_sysfs, true, false, true, false, false },
	{ "under way", &hd_knob_card_idle, false, false, true, false, false },
	{ "on its way back", &hd_knob_card_idle, true, true, true, false, false },
	{ "its policy has gone", &hd_knob_card_idle, true, false, false, false, false },
	{ "it starts anew", &hd_knob_card_idle, true, false, true, true, false },
};

static void put_journal(int dir_fd, const struct row *row)
{
	struct hd_step step = { .knob = row->knob, .target = "0000:01:00.0", .from = "a", .to = "b",
				.group = HD_NO_GROUP };
	const struct hd_plan plan = { &step, 1 };
	struct hd_journal journal;
	struct hd_journal_id id;
	struct hd_error err;

	assert_int_equal(hd_journal_id_guest(&id, UUID, "g"), 0);
	assert_int_equal(hd_journal_begin(&journal, dir_fd, &id, &plan, &err), 0);
	assert_int_equal(hd_journal_put(&journal, HD_EVENT_INTENT, 0), 0);
	assert_int_equal(hd_journal_put(&journal, HD_EVENT_DONE, 0), 0);
	if (row->is_committed)
		assert_int_equal(hd_journal_commit(&journal), 0);
	if (row->is_undone)
		assert_int_equal(hd_journal_put(&journal, HD_EVENT_UNDONE, 0), 0);
	hd_journal_close(&journal);
}

static void run(void **state)
{
	static const struct hd_handover handover = { .is_asked = true };
	const struct row *row = *state;
	struct fake_host host;
	struct hd_error err;
	int dir_fd;

	fake_host_make(&host);
	fake_good_host(&host);
	fake_dir(&host, &HD_JOURNAL_DIR[1]);
	dir_fd = hd_sysroot_fd(&host.root, O_RDONLY | O_DIRECTORY, "%s", &HD_JOURNAL_DIR[1]);
	if (row->knob)
		put_journal(dir_fd, row);
	/* Where it is open, and where it is looked for. */
	for (int is_open = 0; is_open < 2; is_open++) {
		struct hd_context context = { .root = host.root, .arena = &host.arena };
		struct hd_checked judged = {
			.request = { .uuid = UUID, .name = "g" },
			.query = { .handover = row->is_asked ? &handover : NULL },
			.dir_fd = is_open ? &dir_fd : NULL,
			.is_starting = row->is_starting,
		};

		assert_int_equal(hd_checked_collect(&judged, &context, &err), 0);
		assert_int_equal(judged.facts.card_is_away, row->want);
		hd_checked_close(&judged);
	}
	(void)close(dir_fd);
	fake_host_remove(&host);
}

int main(void)
{
	struct CMUnitTest tests[HD_ARRAY_SIZE(rows)];

	for (size_t i = 0; i < HD_ARRAY_SIZE(rows); i++)
		tests[i] = (struct CMUnitTest){ rows[i].name, run, NULL, NULL, (void *)&rows[i] };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
