/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_hook_limit.c - how long the hook may take, and for which guests it is longer. */
#include "config.h"

#include <stdatomic.h>
#include <string.h>

#include "base/clock.h"
#include "hooks/session.h"
#include "knob/knobs.h"
#include "tests/support/fakehost.h"
#include "tests/support/unit.h"

#define UUID "6a2e4a50-2f5d-4c11-9b0c-0d2f3c1a7e55"
#define USUAL_MS 105000
#define HANDOVER_MS (USUAL_MS + 4 * 60000 + 18 * 10000)	/* as hostdevctl-hook(8) has it */
#define SLACK_MS 20000
#define DOMAIN(metadata) "<domain type='kvm'><name>g</name><uuid>" UUID "</uuid>" metadata \
	"<devices><hostdev mode='subsystem' type='pci' managed='no'><source>" \
	"<address domain='0x0000' bus='0x01' slot='0x00' function='0x0'/></source></hostdev>" \
	"</devices></domain>"
#define POLICY "<metadata><h:hostdevctl xmlns:h='" HD_POLICY_NAMESPACE "'><h:handover/>" \
	"</h:hostdevctl></metadata>"

static const struct row {
	const char *name, *xml;
	const struct hd_knob *knob;	/* of a step in the guest's journal, or NULL: it has none */
	int want_ms;
} rows[] = {
	{ "a guest", DOMAIN(""), NULL, USUAL_MS },
	{ "a guest with a hand-over", DOMAIN(POLICY), NULL, HANDOVER_MS },
	{ "its policy has gone since it was started", DOMAIN(""), &hd_knob_card_idle, HANDOVER_MS },
	{ "a guest with a journal", DOMAIN(""), &hd_knob_pci_driver_sysfs, USUAL_MS },
};

/* A journal with one step of the knob, as a start leaves it that was killed. */
static void put_journal(struct hd_session *session, const struct hd_knob *knob)
{
	struct hd_step step = { .knob = knob, .target = "0000:01:00.0", .from = "a", .to = "b",
				.group = HD_NO_GROUP };
	const struct hd_plan plan = { &step, 1 };
	struct hd_journal journal;
	struct hd_journal_id id;
	struct hd_error err;

	assert_int_equal(hd_change_open_state(&session->change, &err), 0);
	assert_int_equal(hd_journal_id_guest(&id, UUID, "g"), 0);
	assert_int_equal(hd_journal_begin(&journal, session->change.dir_fd, &id, &plan, &err), 0);
	hd_journal_close(&journal);
	hd_close(&session->change.dir_fd);
}

static void run(void **state)
{
	static const struct hd_operation operation = { .gives_back = true, .consequence = "not released" };
	const struct row *row = *state;
	struct hd_hook_shared shared = { .result = 0 };
	struct hd_session session = { .change.dir_fd = -1 };
	struct fake_host host;
	struct hd_error err;
	int64_t left;

	fake_host_make(&host);
	fake_dir(&host, "run");
	session.call = &(struct hd_hook_call){
		.guest = "g", .xml = row->xml, .xml_length = strlen(row->xml), .sysroot = host.path,
		.shared = &shared,
	};
	if (hd_session_open(&session, session.call, &operation, &err) < 0)
		fail_msg("%s", err.text);
	if (row->knob)
		put_journal(&session, row->knob);
	assert_int_equal(hd_session_open_state(&session, &err), 0);
	left = atomic_load(&shared.give_up) - hd_now_ms();
	if (left > row->want_ms || left < row->want_ms - SLACK_MS)
		fail_msg("%lld ms instead of %d", (long long)left, row->want_ms);
	hd_session_close(&session);
	fake_host_remove(&host);
}

int main(void)
{
	struct CMUnitTest tests[HD_ARRAY_SIZE(rows)];

	for (size_t i = 0; i < HD_ARRAY_SIZE(rows); i++)
		tests[i] = (struct CMUnitTest){ .name = rows[i].name, .test_func = run,
						.initial_state = (void *)(uintptr_t)&rows[i] };
	return cmocka_run_group_tests_name("hook limit", tests, NULL, NULL);
}
