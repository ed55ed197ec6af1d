/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_rehearsal_unit.c - a rehearsal gets a unit that ends in time and always recovers. */
#include "config.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "act/rehearsal_unit.h"
#include "knob/knobs.h"
#include "tests/support/fakehost.h"
#include "tests/support/unit.h"
#include "tests/support/valgrind.h"

#define UUID "c7a5fdbd-edaf-9455-926a-d65c16db1809"

static int run(struct fake_host *host, const char *script, const struct hd_rehearsal_unit *asked,
	       const char **said, struct hd_error *err)
{
	struct hd_rehearsal_unit unit = *asked;

	fake_script(host, "systemd-run", script);
	unit.systemd_run = hd_printf(&host->arena, "%s/systemd-run", host->path);
	return hd_rehearsal_unit_run(said, &host->arena, &unit, err);
}

static void words(void **state)
{
	struct fake_host *host = *state;
	const struct hd_rehearsal_unit unit = {
		.program = "/usr/sbin/hostdevctl", .uuid = UUID, .uri = "qemu:///system",
		.hold_s = 20, .work_s = 100, .recover_s = 50,
	};
	struct hd_error err = { 0 };
	const char *said;

	assert_int_equal(setenv("HD_TEST_SECRET", "1", 1), 0);
	assert_int_equal(run(host, "#!/bin/sh\n[ -z \"$HD_TEST_SECRET\" ] || exit 9\n"
			     "for word; do echo \"$word\"; done\nexit 3\n", &unit, &said, &err), 3);
	assert_string_equal(said, "--quiet\n--wait\n--collect\n--no-ask-password\n"
			    "--service-type=exec\n--unit=hostdevctl-rehearsal-" UUID "\n"
			    "--description=hostdevctl: rehearsal of a hand-over\n"
			    "--property=RuntimeMaxSec=120\n--property=TimeoutStopSec=50\n"
			    "--property=ExecStopPost=/usr/sbin/hostdevctl recover\n--\n"
			    "/usr/sbin/hostdevctl\nrehearse\n" UUID "\n20\n"
			    "--connect=qemu:///system");
}

static void what_cannot_be_run(void **state)
{
	static const struct {
		const char *program, *uuid, *script;
		int rc;
	} rows[] = {
		{ "/usr/sbin/host dev", UUID, "#!/bin/sh\n", -EINVAL },
		{ "/usr/%n/hostdevctl", UUID, "#!/bin/sh\n", -EINVAL },
		{ "hostdevctl", UUID, "#!/bin/sh\n", -EINVAL },
		{ "/usr/sbin/hostdevctl", "../x", "#!/bin/sh\n", -EINVAL },
		{ "/usr/sbin/hostdevctl", UUID, "#!/nowhere\n", -ENOENT },
		{ "/usr/sbin/hostdevctl", UUID, "#!/bin/sh\nexec kill -9 $$\n", -ECANCELED },
		{ "/usr/sbin/hostdevctl", UUID, "#!/bin/sh\nexit 0\n", 0 },
	};
	struct fake_host *host = *state;

	for (size_t i = 0; i < HD_ARRAY_SIZE(rows); i++) {
		const struct hd_rehearsal_unit unit = { .program = rows[i].program,
							.uuid = rows[i].uuid, .hold_s = 600 };
		struct hd_error err = { 0 };
		const char *said;

		/* There, a program that cannot be run is one that ends with an error. */
		if (rows[i].rc == -ENOENT && is_under_valgrind())
			continue;
		assert_int_equal(run(host, rows[i].script, &unit, &said, &err), rows[i].rc);
		assert_int_equal(err.code, rows[i].rc);
	}
}

/* Each stage may need its whole deadline on both ways before systemd ends it. */
static void bounds(void **state)
{
	struct hd_step steps[] = {
		{ .knob = &hd_knob_unit, .stage = 0 }, { .knob = &hd_knob_unit, .stage = 0 },
		{ .knob = &hd_knob_card_idle, .stage = 1 }, { .knob = &hd_knob_vtconsole, .stage = 2 },
		{ .knob = &hd_knob_pci_driver_sysfs, .stage = 3 },
	};
	const struct hd_plan plan = { steps, HD_ARRAY_SIZE(steps) };
	struct hd_rehearsal_unit unit = { 0 };
	const struct hd_apply apply = { .host.ending_deadline_ms = 60000,
					.step_deadline_ms = 10000 };
	const int least_s = 60 + 60 + 10 + 10;

	(void)state;
	hd_rehearsal_unit_bounds(&unit, &plan, &apply, 45000);
	assert_in_range(unit.work_s, 2 * least_s + 45, 600);
	assert_in_range(unit.recover_s, least_s + 15, 300);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, fake_host_setup, fake_host_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(words), TEST(what_cannot_be_run), cmocka_unit_test(bounds),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
