/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_unit.c - services are stopped and started over a bus, awaited, and never for ever. */
#include "config.h"

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>

#include "base/clock.h"
#include "knob/knobs.h"
#include "tests/support/fakebus.h"
#include "tests/support/unit.h"

#define SHORT_MS 1500

static void reads_the_state(void **state)
{
	struct fake_host *host = *state;
	struct hd_knob_host at = { .root = &host->root };
	struct hd_error err = { 0 };
	char now[HD_STATE_MAX];

	assert_int_equal(hd_knob_unit.get(&at, "gdm.service", now, &err), 0);
	assert_string_equal(now, "inactive");
	/* Its target is not a file. */
	fake_link(host, "run/systemd/units/invocation:gdm.service", "0123456789abcdef");
	assert_int_equal(hd_knob_unit.get(&at, "gdm.service", now, &err), 0);
	assert_string_equal(now, "active");
}

static void takes_only_services(void **state)
{
	static const char *const bad[] = {
		"", ".service", "gdm", "graphical.target", "session-2.scope", "dbus.socket",
		"../gdm.service", "a b.service", "-a.service",
		"a-name-that-is-longer-than-what-a-target-of-a-step-can-hold-0123.service",
	};
	struct fake_host *host = *state;
	struct hd_knob_host at = { .root = &host->root, .call_deadline_ms = 100 };
	struct hd_error err = { 0 };
	char now[HD_STATE_MAX];

	for (size_t i = 0; i < HD_ARRAY_SIZE(bad); i++) {
		assert_int_equal(hd_knob_unit.get(&at, bad[i], now, &err), -EINVAL);
		assert_int_equal(hd_knob_unit.set(&at, bad[i], "active", "inactive", &err), -EINVAL);
	}
	fake_link(host, "run/systemd/units/invocation:gdm.service", "0123456789abcdef");
	assert_int_equal(hd_knob_unit.set(&at, "gdm.service", "active", "gone", &err), -EINVAL);
	assert_int_equal(hd_knob_unit.set(&at, "gdm.service", "active", "inactive", &err),
			 -EOPNOTSUPP);
	assert_non_null(strstr(err.text, "captured host"));
}

/* Who stops the unit that it runs in does not come to the way back. */
static void does_not_stop_itself(void **state)
{
	struct fake_host *host = *state;
	struct hd_knob_host at = { .root = &host->root, .call_deadline_ms = 100 };
	struct hd_error err = { 0 };

	fake_link(host, "run/systemd/units/invocation:virtd.service", "0123456789abcdef");
	fake_file(host, "proc/self/cgroup", "0::/system.slice/libvirtd.service\n");
	assert_int_equal(hd_knob_unit.set(&at, "libvirtd.service", "active", "inactive", &err),
			 -EDEADLK);
	assert_int_equal(hd_knob_unit.set(&at, "virtd.service", "active", "inactive", &err),
			 -EOPNOTSUPP);
	fake_file(host, "proc/self/cgroup", "0::/system.slice/x.service/tasks\n");
	assert_int_equal(hd_knob_unit.set(&at, "x.service", "active", "inactive", &err), -EDEADLK);
	assert_int_equal(hd_knob_unit.set(&at, "x.service", "inactive", "active", &err),
			 -EOPNOTSUPP);
}

#define SUBSCRIBED "Subscribe\n"
#define STOPPED(unit) SUBSCRIBED "StopUnit " unit " replace"
#define STARTED(unit) SUBSCRIBED "ResetFailedUnit " unit "\nStartUnit " unit " replace"

static const struct row {
	const char *unit;
	bool starts;
	int deadline_ms, rc;
	const char *calls, *says;
} rows[] = {
	{ FAKE_BUS_GOOD, false, PATIENT_MS, 0, STOPPED(FAKE_BUS_GOOD), NULL },
	{ FAKE_BUS_GOOD, true, PATIENT_MS, 0, STARTED(FAKE_BUS_GOOD), NULL },
	{ FAKE_BUS_LATE, false, PATIENT_MS, 0, STOPPED(FAKE_BUS_LATE), NULL },
	{ FAKE_BUS_LATE, true, PATIENT_MS, 0, STARTED(FAKE_BUS_LATE), NULL },
	{ FAKE_BUS_SLOW, false, SHORT_MS, -ETIMEDOUT, STOPPED(FAKE_BUS_SLOW),
	  "cannot stop slow.service: systemd did not do it in time, and may still do it" },
	{ FAKE_BUS_SLOW, true, SHORT_MS, -ETIMEDOUT, STARTED(FAKE_BUS_SLOW), "cannot start" },
	{ FAKE_BUS_MUTE, false, SHORT_MS, -ETIMEDOUT, STOPPED(FAKE_BUS_MUTE), "may still do it" },
	{ FAKE_BUS_FAILING, false, PATIENT_MS, -EIO, STOPPED(FAKE_BUS_FAILING),
	  "cannot stop failing.service: it failed (systemctl status failing.service)" },
	{ FAKE_BUS_FAILING, true, PATIENT_MS, -EIO, STARTED(FAKE_BUS_FAILING), "cannot start" },
	{ FAKE_BUS_KILLED, false, PATIENT_MS, 0, STOPPED(FAKE_BUS_KILLED), NULL },
	{ FAKE_BUS_MISSING, false, PATIENT_MS, 0, STOPPED(FAKE_BUS_MISSING), NULL },
	{ FAKE_BUS_MISSING, true, PATIENT_MS, -ENOENT, STARTED(FAKE_BUS_MISSING),
	  "Unit missing.service not loaded." },
};

static void run_row(const struct row *row, void **state)
{
	struct fake_bus *bus = fake_bus_need(state);
	struct hd_knob_host at = { .root = &bus->root, .call_deadline_ms = row->deadline_ms };
	const char *to = row->starts ? "active" : "inactive";
	struct hd_error err = { 0 };
	char now[HD_STATE_MAX];
	int64_t begun = hd_now_ms();

	if (!row->starts && strcmp(row->unit, FAKE_BUS_MISSING) != 0)
		fake_bus_activate(bus, row->unit);
	if (hd_knob_unit.set(&at, row->unit, "x", to, &err) != row->rc)
		fail_msg("%s %s: %s", row->unit, to, err.text);
	if (row->rc == 0) {
		assert_int_equal(hd_knob_unit.get(&at, row->unit, now, &err), 0);
		assert_string_equal(now, to);
	} else if (!strstr(err.text, row->says)) {
		fail_msg("%s", err.text);
	}
	if (row->rc == -ETIMEDOUT)
		assert_true(hd_now_ms() - begun < PATIENT_MS);
	assert_string_equal(fake_bus_calls(bus), row->calls);
}

static void asks_and_awaits(void **state)
{
	for (size_t i = 0; i < HD_ARRAY_SIZE(rows); i++) {
		run_row(&rows[i], state);
		(void)fake_bus_teardown(state);
		(void)fake_bus_setup(state);
	}
}

/* The bus takes the connection and says nothing, or is not there. */
static void a_bus_that_hangs_is_bounded(void **state)
{
	struct fake_bus *bus = fake_bus_need(state);
	struct hd_knob_host at = { .root = &bus->root, .call_deadline_ms = SHORT_MS };
	struct hd_error err = { 0 };
	siginfo_t end;

	fake_bus_activate(bus, FAKE_BUS_GOOD);
	assert_int_equal(kill(bus->daemon, SIGSTOP), 0);
	assert_int_equal(hd_knob_unit.set(&at, FAKE_BUS_GOOD, "active", "inactive", &err),
			 -ETIMEDOUT);
	assert_int_equal(kill(bus->daemon, SIGKILL), 0);
	assert_int_equal(waitid(P_PID, (id_t)bus->daemon, &end, WEXITED | WNOWAIT), 0);
	assert_int_equal(hd_knob_unit.set(&at, FAKE_BUS_GOOD, "active", "inactive", &err),
			 -ECONNREFUSED);
	assert_non_null(strstr(err.text, "systemctl status dbus"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(reads_the_state, fake_host_setup,
						fake_host_teardown),
		cmocka_unit_test_setup_teardown(takes_only_services, fake_host_setup,
						fake_host_teardown),
		cmocka_unit_test_setup_teardown(does_not_stop_itself, fake_host_setup,
						fake_host_teardown),
		cmocka_unit_test_setup_teardown(asks_and_awaits, fake_bus_setup,
						fake_bus_teardown),
		cmocka_unit_test_setup_teardown(a_bus_that_hangs_is_bounded, fake_bus_setup,
						fake_bus_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
