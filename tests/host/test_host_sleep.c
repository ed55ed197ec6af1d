/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_host_sleep.c - can the host be put to sleep, and does systemd ask us? */
#include "config.h"

#include "facts/host/host_sleep.h"
#include "tests/support/fakehost.h"
#include "tests/support/unit.h"

static void reads(void **state)
{
	struct fake_host *host = *state;
	struct hd_sleep sleep;

	hd_sleep_read(&sleep, &host->root, &host->arena);
	assert_true(!sleep.states && !sleep.masked_by && !sleep.has_unit);
	fake_file(host, HD_SLEEP_STATES, "\n");
	hd_sleep_read(&sleep, &host->root, &host->arena);
	assert_null(sleep.states);
	fake_file(host, HD_SLEEP_STATES, "freeze mem disk\n");
	fake_file(host, "etc/systemd/system/sleep.target", "[Unit]\n");
	fake_link(host, HD_SLEEP_UNIT, "/lib/systemd/system/hostdevctl-sleep.service");
	hd_sleep_read(&sleep, &host->root, &host->arena);
	assert_string_equal(sleep.states, "freeze mem disk");
	assert_null(sleep.masked_by);
	assert_true(sleep.has_unit);
}

static void masked(void **state)
{
	struct fake_host *host = *state;
	struct hd_sleep sleep;

	fake_link(host, "etc/systemd/system/sleep.target", "/lib/systemd/system/sleep.target");
	hd_sleep_read(&sleep, &host->root, &host->arena);
	assert_null(sleep.masked_by);
	fake_link(host, "run/systemd/system/sleep.target", "/dev/null");
	hd_sleep_read(&sleep, &host->root, &host->arena);
	assert_string_equal(sleep.masked_by, "run/systemd/system/sleep.target");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(reads, fake_host_setup, fake_host_teardown),
		cmocka_unit_test_setup_teardown(masked, fake_host_setup, fake_host_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
