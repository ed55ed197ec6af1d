/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_end_session.c - a session counts as ended when its last process is gone. */
#include "config.h"

#include <errno.h>
#include <string.h>

#include "base/clock.h"
#include "knob/knobs.h"
#include "tests/support/fakebus.h"
#include "tests/support/unit.h"

#define SHORT_MS 1500
#define SCOPE "user.slice/user-1000.slice/session-2.scope/cgroup.procs"

static const struct row {
	const char *file, *cgroup, *procs;	/* NULL: not there */
	const char *state;
} rows[] = {
	{ NULL, NULL, NULL, "ended" },
	{ "UID=1000\nSTATE=active\nSCOPE=session-2.scope\n", NULL, NULL, "present" },
	{ "UID=1000\nSTATE=closing\nSCOPE=session-2.scope\n", "sys/fs/cgroup/" SCOPE, "812\n", "present" },
	{ "UID=1000\nSTATE=closing\nSCOPE=session-2.scope\n", "sys/fs/cgroup/" SCOPE, "", "ended" },
	{ "UID=1000\nSTATE=closing\nSCOPE=session-9.scope\n", "sys/fs/cgroup/" SCOPE, "", "ended" },
	{ "UID=1000\nSTATE=closing\nSCOPE=session-2.scope\n", "sys/fs/cgroup/unified/" SCOPE, "812\n",
	  "present" },
	{ "UID=1000\nSTATE=closing\nSCOPE=session-2.scope\n", "sys/fs/cgroup/systemd/" SCOPE, "",
	  "ended" },
	/* Unknown counts as there. */
	{ "UID=1000\nSTATE=closing\nSCOPE=session-2.scope\n", NULL, NULL, "present" },
	{ "UID=1000\nSTATE=closing\n", "sys/fs/cgroup/" SCOPE, "", "present" },
	{ "STATE=closing\nSCOPE=session-2.scope\n", "sys/fs/cgroup/" SCOPE, "", "present" },
	{ "UID=1000/..\nSTATE=closing\nSCOPE=session-2.scope\n", "sys/fs/cgroup/" SCOPE, "", "present" },
	{ "UID=1000\nSTATE=closing\nSCOPE=../x\n", "sys/fs/cgroup/" SCOPE, "", "present" },
};

static void reads_the_state(void **state)
{
	(void)state;
	for (size_t i = 0; i < HD_ARRAY_SIZE(rows); i++) {
		struct hd_error err = { 0 };
		char now[HD_STATE_MAX];
		struct fake_host host;
		struct hd_knob_host at = { .root = &host.root };

		fake_host_make(&host);
		if (rows[i].file)
			fake_file(&host, "run/systemd/sessions/2", rows[i].file);
		if (rows[i].cgroup)
			fake_file(&host, rows[i].cgroup, rows[i].procs);
		assert_int_equal(hd_knob_session.get(&at, "2", now, &err), 0);
		if (strcmp(now, rows[i].state) != 0)
			fail_msg("row %zu: %s", i, now);
		assert_int_equal(hd_knob_session.get(&at, "../2", now, &err), -EINVAL);
		assert_int_equal(hd_knob_session.get(&at, "", now, &err), -EINVAL);
		fake_host_remove(&host);
	}
}

static void a_captured_host_is_not_asked(void **state)
{
	struct fake_host *host = *state;
	struct hd_knob_host at = { .root = &host->root, .call_deadline_ms = 100 };
	struct hd_error err = { 0 };

	fake_file(host, "run/systemd/sessions/2", "STATE=active\n");
	assert_int_equal(hd_knob_session.set(&at, "2", "present", "ended", &err), -EOPNOTSUPP);
	assert_int_equal(hd_knob_session.set(&at, "2", "ended", "present", &err), -EINVAL);
	assert_int_equal(hd_knob_session.set(&at, "7", "present", "ended", &err), 0);
	assert_true(hd_knob_session.is_kept);
}

static const struct ending {
	const char *id;
	int deadline_ms, rc;
	const char *says;
} endings[] = {
	{ FAKE_BUS_SESSION, PATIENT_MS, 0, NULL },
	{ FAKE_BUS_CLOSING, PATIENT_MS, 0, NULL },
	{ FAKE_BUS_STAYING, SHORT_MS, -ETIMEDOUT, "it still has kwin_wayland (pid 812)" },
	/* It logged out before, and a program went on in it. */
	{ FAKE_BUS_LOGGED_OUT, PATIENT_MS, 0, NULL },
	/* It has ended since; its file is from before. */
	{ "9", SHORT_MS, -ETIMEDOUT, "loginctl session-status 9" },
};

static void ends_and_awaits(void **state)
{
	struct fake_bus *bus = fake_bus_need(state);

	for (size_t i = 0; i < HD_ARRAY_SIZE(endings); i++) {
		const struct ending *row = &endings[i];
		struct hd_knob_host at = { .root = &bus->root, .call_deadline_ms = row->deadline_ms };
		struct hd_arena *arena = &bus->host.arena;
		struct hd_error err = { 0 };

		fake_file(&bus->host, "proc/812/comm", "kwin_wayland\n");
		fake_file(&bus->host, hd_printf(arena, "run/systemd/sessions/%s", row->id),
			  hd_printf(arena, "UID=1000\nSTATE=%s\nSCOPE=session-%s.scope\n",
				    strcmp(row->id, FAKE_BUS_LOGGED_OUT) ? "active" : "closing",
				    row->id));
		if (strcmp(row->id, "9") != 0)
			fake_file(&bus->host,
				  hd_printf(arena, "sys/fs/cgroup/user.slice/user-1000.slice/"
						   "session-%s.scope/cgroup.procs", row->id),
				  "812\n");
		if (hd_knob_session.set(&at, row->id, "present", "ended", &err) != row->rc)
			fail_msg("%s: %s", row->id, err.text);
		if (row->says && !strstr(err.text, row->says))
			fail_msg("%s", err.text);
	}
	assert_string_equal(fake_bus_calls(bus), "TerminateSession 2\n"
			    "TerminateSession 3\nSubscribe\nStopUnit session-3.scope replace\n"
			    "TerminateSession 4\nSubscribe\nStopUnit session-4.scope replace\n"
			    "TerminateSession 5\nSubscribe\nStopUnit session-5.scope replace\n"
			    "TerminateSession 9\nSubscribe\nStopUnit session-9.scope replace");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads_the_state),
		cmocka_unit_test_setup_teardown(a_captured_host_is_not_asked, fake_host_setup,
						fake_host_teardown),
		cmocka_unit_test_setup_teardown(ends_and_awaits, fake_bus_setup,
						fake_bus_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
