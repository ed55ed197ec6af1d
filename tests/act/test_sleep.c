/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_sleep.c - what the last sleep left of a guest is forgotten once somebody has seen to it, and not before. */
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

#define RUNS "11111111-2222-3333-4444-aaaaaaaaaaaa"
#define LEFT "11111111-2222-3333-4444-bbbbbbbbbbbb"
#define STATE "run/hostdevctl"

/* What a look at the guest of the last sleep finds: it is active, it runs, it is saved. */
static struct {
	int active, runs, saved;
} looks;

/* In place of libvirt's. */
int hd_guest_power(struct hd_arena *arena, const char *uri, const char *uuid,
		   enum hd_virt_power what, bool only_looks, int deadline_ms, struct hd_error *err)
{
	int rc = what == HD_POWER_SAVE ? looks.active : what == HD_POWER_PAUSE ? looks.runs : looks.saved;

	(void)arena;
	(void)uri;
	assert_true(deadline_ms > 0);
	if (!strcmp(uuid, RUNS)) {
		assert_int_equal(what, HD_POWER_PAUSE);
		return 1;
	}
	assert_string_equal(uuid, LEFT);
	assert_true(only_looks);
	/* Those that wake a guest cancel its save before. */
	assert_int_not_equal(what, HD_POWER_RESUME);
	return rc < 0 ? hd_fail(err, rc, "libvirt says no") : rc;
}

/* The host sleeps again: is the record of the guest that did not go on kept? */
static bool keeps_record(struct fake_host *host)
{
	struct hd_context context = { .root = host->root, .sysroot = host->path, .arena = &host->arena,
				      .config.sleep_guests = HD_SLEEP_BY_DEVICE,
				      .config.sleep_deadline_ms = PATIENT_MS };
	struct hd_sleep_job job = { .context = &context };
	struct hd_sleep_record *records;
	struct hd_error err;
	bool is_kept = false;
	ssize_t n;
	int dir_fd;

	fake_file(host, STATE "/sleep-" LEFT, "sleep1 woken 8 left it%20was%20paused\n");
	if (hd_sleep_guests(&job, &err) != HD_EXIT_OK)
		fail_msg("%s", job.notes.n ? job.notes.lines[0] : err.text);
	dir_fd = openat(host->root.fd, STATE, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	n = hd_sleep_record_list(&records, &host->arena, dir_fd);
	(void)close(dir_fd);
	for (ssize_t i = 0; i < n; i++) {
		if (!strcmp(records[i].uuid, RUNS))
			assert_int_equal(records[i].state, HD_SLEPT_PAUSED);
		else
			is_kept = records[i].state == HD_SLEPT_WOKEN;
	}
	assert_int_equal(n, is_kept ? 2 : 1);
	return is_kept;
}

static void last_sleep(void **state)
{
	static const struct {
		int active, runs, saved;
		bool is_kept;
	} rows[] = {
		{ 1, 1, 0, false },			/* it runs */
		{ 0, 0, 0, false },			/* it was shut down */
		{ 1, 0, 0, true },			/* still paused */
		{ 0, 0, 1, true },			/* still saved */
		{ -ENOENT, -ENOENT, -ENOENT, false },	/* undefined meanwhile */
		{ -EIO, 0, 0, true },			/* unknown */
		{ 1, -EIO, 0, true },
		{ 0, 0, -ETIMEDOUT, true },
	};
	struct fake_host *host = *state;

	fake_file(host, "run/libvirt/qemu/game.xml",
		  "<domstatus state='running' reason='booted' pid='9'><domain type='kvm'><name>game</name>"
		  "<uuid>" RUNS "</uuid><memory>65536</memory><os><type>hvm</type></os><devices>"
		  "<serial type='dev'><source path='/dev/ttyS0'/></serial></devices></domain></domstatus>\n");
	for (size_t i = 0; i < HD_ARRAY_SIZE(rows); i++) {
		looks.active = rows[i].active;
		looks.runs = rows[i].runs;
		looks.saved = rows[i].saved;
		if (keeps_record(host) != rows[i].is_kept)
			fail_msg("row %zu", i);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(last_sleep, fake_host_setup, fake_host_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
