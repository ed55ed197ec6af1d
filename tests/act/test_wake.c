/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_wake.c - a guest that does not go on after the host's sleep is its user's from then on. */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "act/sleep.h"
#include "act/sleep_state.h"
#include "tests/support/fakehost.h"
#include "tests/support/unit.h"
#include "virt/guest_power.h"

#define UUID "11111111-2222-3333-4444-aaaaaaaaaaaa"

/* In place of libvirt's: paused guests resume, saved ones do not start; a look finds both stopped. */
int hd_guest_power(struct hd_arena *arena, const char *uri, const char *uuid,
		   enum hd_virt_power what, bool only_looks, int deadline_ms, struct hd_error *err)
{
	(void)arena;
	(void)uri;
	assert_string_equal(uuid, UUID);
	assert_true(deadline_ms > 0);
	if (only_looks) {
		assert_int_equal(what, HD_POWER_START);
		return 1;
	}
	return what == HD_POWER_RESUME ? 1 : hd_fail(err, -ENOMEM, "no memory");
}

/* What is said when the host wakes, and what is recorded of the guest after it (n: 0 or 1). */
static struct hd_sleep_job wake(struct fake_host *host, struct hd_context *context,
				struct hd_sleep_record **ret, ssize_t n)
{
	int dir_fd = open(host->path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	struct hd_sleep_job job = { .context = context };

	hd_wake_recorded(&job, dir_fd);
	assert_int_equal(hd_sleep_record_list(ret, &host->arena, dir_fd), n);
	(void)close(dir_fd);
	assert_int_equal(job.notes.n, 1);
	return job;
}

static void goes_on(void **state)
{
	struct fake_host *host = *state;
	struct hd_context context = { .root = host->root, .arena = &host->arena };
	struct hd_sleep_record *records;
	struct hd_sleep_job job;

	fake_file(host, "sleep-" UUID, "sleep1 paused 8 game %\n");
	job = wake(host, &context, &records, 0);
	assert_int_equal(job.code, HD_EXIT_OK);
	assert_string_equal(job.notes.lines[0], "guest 'game' goes on");
}

static void does_not_go_on(void **state)
{
	struct fake_host *host = *state;
	struct hd_context context = { .root = host->root, .arena = &host->arena };
	struct hd_sleep_record *records;
	struct hd_sleep_job job;
	const char *first;

	fake_file(host, "sleep-" UUID, "sleep1 saved 8 game %\n");
	job = wake(host, &context, &records, 1);
	first = job.notes.lines[0];
	assert_int_equal(job.code, HD_EXIT_STRANDED);
	assert_non_null(strstr(first, "run `virsh start " UUID "` (no memory)"));
	assert_int_equal(records->state, HD_SLEPT_WOKEN);
	/* It may have been started, and stopped by its user: nothing but the same line. */
	job = wake(host, &context, &records, 1);
	assert_int_equal(job.code, HD_EXIT_OK);
	assert_string_equal(job.notes.lines[0], first);
	assert_int_equal(records->state, HD_SLEPT_WOKEN);
}

/* A sleep that failed is undone at once; the unit calls `wake` after it, which must find the record. */
static void comes_again(void **state)
{
	struct fake_host *host = *state;
	struct hd_context context = { .root = host->root, .arena = &host->arena };
	int dir_fd = open(host->path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	struct hd_sleep_job job = { .context = &context, .may_come_again = true };
	struct hd_sleep_record *records;

	fake_file(host, "sleep-" UUID, "sleep1 saved 8 game %\n");
	hd_wake_recorded(&job, dir_fd);
	assert_int_equal(job.code, HD_EXIT_STRANDED);
	assert_non_null(strstr(job.notes.lines[0], "'hostdevctl wake' tries again"));
	assert_int_equal(hd_sleep_record_list(&records, &host->arena, dir_fd), 1);
	assert_int_equal(records->state, HD_SLEPT_SAVED);
	(void)close(dir_fd);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(goes_on, fake_host_setup, fake_host_teardown),
		cmocka_unit_test_setup_teardown(does_not_go_on, fake_host_setup, fake_host_teardown),
		cmocka_unit_test_setup_teardown(comes_again, fake_host_setup, fake_host_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
