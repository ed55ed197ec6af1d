/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_replug_state.c - who changes a guest is alone, and what resets all the time is held off. */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "act/replug_state.h"
#include "base/clock.h"
#include "tests/support/fakehost.h"
#include "tests/support/unit.h"

#define UUID "11111111-2222-3333-4444-aaaaaaaaaaaa"

static void pauses(void **state)
{
	static const int wanted[] = { 0, 0, 0, 0, 0, 0, 0, 1, 2, 4, 8, 16, 32, 60, 60 };

	(void)state;
	for (unsigned i = 0; i < HD_ARRAY_SIZE(wanted); i++)
		assert_int_equal(hd_replug_pause_s(i), wanted[i]);
	assert_int_equal(hd_replug_pause_s(UINT32_MAX), 60);
}

/* Two descriptors of one process are as strange to each other as two processes. */
static void locks(void **state)
{
	struct fake_host *host = *state;
	struct hd_error err = { 0 };
	int dir_fd = open(host->path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	int port = hd_replug_lock_port(dir_fd, "1-2", &err), other;
	int guest = hd_replug_lock_guest(dir_fd, UUID, hd_now_ms() + PATIENT_MS, &err);

	assert_true(port >= 0 && guest >= 0);
	assert_int_equal(hd_replug_lock_port(dir_fd, "1-2", &err), -EWOULDBLOCK);
	other = hd_replug_lock_port(dir_fd, "1-2.1", &err);
	assert_true(other >= 0);
	assert_int_equal(hd_replug_lock_guest(dir_fd, UUID, hd_now_ms() + 50, &err), -ETIMEDOUT);
	assert_non_null(strstr(err.text, "another process"));
	(void)close(port);
	(void)close(guest);
	(void)close(other);
	port = hd_replug_lock_port(dir_fd, "1-2", &err);
	guest = hd_replug_lock_guest(dir_fd, UUID, hd_now_ms() + PATIENT_MS, &err);
	assert_true(port >= 0 && guest >= 0);
	(void)close(port);
	(void)close(guest);
	(void)close(dir_fd);
}

static void records(void **state)
{
	struct fake_host *host = *state;
	int dir_fd = open(host->path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	struct hd_replug_record record = { "1-2.3", 7, 8, 9, "a b", "refused: 100% \"so\"" }, *list;

	hd_replug_record_read(&record, &host->arena, dir_fd, "1-2.3");
	assert_int_equal(record.n, 0);
	assert_string_equal(record.outcome, "");
	record = (struct hd_replug_record){ "1-2.3", 7, 8, 9, "a b", "refused: 100% \"so\"" };
	assert_int_equal(hd_replug_record_write(&record, dir_fd), 0);
	record = (struct hd_replug_record){ "1-10", 1, 2, 3, "", "" };
	assert_int_equal(hd_replug_record_write(&record, dir_fd), 0);
	fake_file(host, "replug-9-9", "replug2 1 2 3 a b\n");
	fake_file(host, "replug-9-8", "replug1 1 2 3 a b more\n");
	fake_file(host, "replug-x", "replug1 1 2 3 a b\n");
	fake_file(host, "replug-1-2.lock", "");
	assert_int_equal(hd_replug_record_list(&list, &host->arena, dir_fd), 2);
	assert_string_equal(list[0].port, "1-10");
	assert_string_equal(list[0].guest, "");
	assert_string_equal(list[1].port, "1-2.3");
	assert_string_equal(list[1].guest, "a b");
	assert_string_equal(list[1].outcome, "refused: 100% \"so\"");
	assert_int_equal(list[1].uptime_s, 7);
	assert_int_equal(list[1].time, 8);
	assert_int_equal(list[1].n, 9);
	(void)close(dir_fd);
}

/* A refusal has a reason and a remedy for each use of the device; they end with a command. */
static void long_records(void **state)
{
	struct fake_host *host = *state;
	int dir_fd = open(host->path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	struct hd_replug_record record = { .port = "1-2", .n = 1, .guest = "a" };

	record.outcome = hd_printf(&host->arena, "%*s`hostdevctl replug a`", 400, "");
	assert_int_equal(hd_replug_record_write(&record, dir_fd), 0);
	hd_replug_record_read(&record, &host->arena, dir_fd, "1-2");
	assert_int_equal(strlen(record.outcome), 421);
	assert_string_equal(record.outcome + 400, "`hostdevctl replug a`");
	(void)close(dir_fd);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(pauses),
		cmocka_unit_test_setup_teardown(locks, fake_host_setup, fake_host_teardown),
		cmocka_unit_test_setup_teardown(records, fake_host_setup, fake_host_teardown),
		cmocka_unit_test_setup_teardown(long_records, fake_host_setup, fake_host_teardown),
	};

	return cmocka_run_group_tests_name("replug_state", tests, NULL, NULL);
}
