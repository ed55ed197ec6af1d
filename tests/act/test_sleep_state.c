/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_sleep_state.c - who was stopped for the host's sleep is not forgotten. */
#include "config.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "act/sleep_state.h"
#include "tests/support/fakehost.h"
#include "tests/support/unit.h"

#define UUID "11111111-2222-3333-4444-aaaaaaaaaaa"

static void records(void **state)
{
	struct fake_host *host = *state;
	int dir_fd = open(host->path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	struct hd_sleep_record *list, record = { UUID "1", HD_SLEPT_SAVED, 8, "b c", "" };

	assert_int_equal(hd_sleep_record_list(&list, &host->arena, dir_fd), 0);
	assert_int_equal(hd_sleep_record_write(&record, dir_fd), 0);
	record = (struct hd_sleep_record){ UUID "2", HD_SLEPT_WOKEN, 9, "a", "100% \"lost\"" };
	assert_int_equal(hd_sleep_record_write(&record, dir_fd), 0);
	assert_int_equal(hd_sleep_record_list(&list, &host->arena, dir_fd), 2);
	assert_string_equal(list[0].guest, "a");
	assert_string_equal(list[0].outcome, "100% \"lost\"");
	assert_int_equal(list[0].state, HD_SLEPT_WOKEN);
	assert_string_equal(list[1].uuid, UUID "1");
	assert_string_equal(list[1].guest, "b c");
	assert_int_equal(list[1].state, HD_SLEPT_SAVED);
	assert_int_equal(list[1].time, 8);
	hd_sleep_record_remove(UUID "1", dir_fd);
	hd_sleep_record_remove(UUID "1", dir_fd);
	assert_int_equal(hd_sleep_record_list(&list, &host->arena, dir_fd), 1);
	(void)close(dir_fd);
}

/* Files that we did not write wake nobody. */
static void strange_files(void **state)
{
	struct fake_host *host = *state;
	int dir_fd = open(host->path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	struct hd_sleep_record *list;

	fake_file(host, "sleep-x", "sleep1 paused 8 a %\n");
	fake_file(host, "sleep-" UUID "1", "sleep1 asleep 8 a %\n");
	fake_file(host, "sleep-" UUID "2", "sleep2 paused 8 a %\n");
	fake_file(host, "sleep-" UUID "3", "sleep1 paused 8 a % more\n");
	fake_file(host, "sleep-" UUID "4", "");
	fake_dir(host, "sleep-" UUID "5");
	assert_int_equal(hd_sleep_record_list(&list, &host->arena, dir_fd), 0);
	fake_file(host, "sleep-" UUID "6", "sleep1 paused 8 a %\n");
	assert_int_equal(hd_sleep_record_list(&list, &host->arena, dir_fd), 1);
	(void)close(dir_fd);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(records, fake_host_setup, fake_host_teardown),
		cmocka_unit_test_setup_teardown(strange_files, fake_host_setup, fake_host_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
