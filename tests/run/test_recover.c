/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_recover.c - what a journal says is given back, if the host still is so. */
#include "config.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/lock.h"
#include "run/claims.h"
#include "tests/support/fakeplan.h"
#include "tests/support/unit.h"

#define OLD_S (HD_RECOVER_SETTLE_S + 5)
#define DAY_S 86400

static int setup(void **state)
{
	struct fake_plan *fake = calloc(1, sizeof(*fake));

	fake_plan_make(fake, 3);
	*state = fake;
	return 0;
}

static int teardown(void **state)
{
	fake_plan_remove(*state);
	free(*state);
	return 0;
}

static void expect(struct fake_plan *fake, enum hd_exit result, size_t n_given_back,
		   size_t n_busy, const char *text)
{
	struct hd_recovery recovery;

	fake_plan_recover(fake, &recovery);
	if (recovery.result != result || recovery.n_given_back != n_given_back ||
	    recovery.n_busy != n_busy)
		fail_msg("%d, %zu given back, %zu busy: %s", recovery.result,
			 recovery.n_given_back, recovery.n_busy, recovery.text);
	if (text && !strstr(recovery.text, text))
		fail_msg("'%s' does not say '%s'", recovery.text, text);
}

static void taken(struct fake_plan *fake)
{
	struct hd_error err;

	assert_int_equal(fake_plan_apply(fake, &err), HD_EXIT_OK);
	atomic_store(&fake->kernel.faults->sets, 0);
}

/* It began WALL seconds ago by the host's clock, and UP seconds ago by the boot's clock. */
static void begun_ago(struct fake_plan *fake, int64_t wall, int64_t up)
{
	char boot[HD_BOOT_ID_SIZE];

	fake_plan_set_header(fake, "2",
			     hd_printf(&fake->host.arena, "%lld %zu win %s %lld",
				       (long long)(time(NULL) - wall), fake->plan.n,
				       hd_boot_id(boot), (long long)(hd_uptime_s() - up)));
}

/* The same, by a program that wrote version 1. */
static void begun_ago_by_wall(struct fake_plan *fake, int64_t wall)
{
	fake_plan_set_header(fake, "1", hd_printf(&fake->host.arena, "%lld %zu win",
						  (long long)(time(NULL) - wall), fake->plan.n));
}

static void gives_back(void **state)
{
	struct fake_plan *fake = *state;

	expect(fake, HD_EXIT_OK, 0, 0, NULL);
	taken(fake);
	expect(fake, HD_EXIT_OK, 3, 0, "guest win 11?: 0000:03:00.0 was given back (nvme)");
	fake_plan_assert_all(fake, FAKE_ON_HOST);
	assert_int_equal(fake_plan_journals(fake), 0);
	expect(fake, HD_EXIT_OK, 0, 0, NULL);
}

/* Somebody gave it back, or took it for himself: neither is touched. */
static void others_changed_it(void **state)
{
	struct fake_plan *fake = *state;

	taken(fake);
	fake_kernel_force(&fake->kernel, fake_plan_addr(0), FAKE_ON_HOST);
	fake_kernel_force(&fake->kernel, fake_plan_addr(1), "xhci_hcd");
	expect(fake, HD_EXIT_OK, 1, 0, "0000:02:00.0 is now xhci_hcd: something else changed it");
	assert_int_equal(atomic_load(&fake->kernel.faults->sets), 1);
	fake_kernel_assert(&fake->kernel, fake_plan_addr(1), "xhci_hcd");
	assert_int_equal(fake_plan_journals(fake), 0);
}

static void device_is_gone(void **state)
{
	struct fake_plan *fake = *state;
	int fd;

	taken(fake);
	fd = hd_sysroot_fd(&fake->host.root, O_RDONLY | O_DIRECTORY, "sys/bus/pci/devices");
	assert_int_equal(unlinkat(fd, fake_plan_addr(1), 0), 0);
	hd_close(&fd);
	expect(fake, HD_EXIT_OK, 2, 0, "0000:02:00.0 no longer exists");
	assert_int_equal(fake_plan_journals(fake), 0);
	fake->n_fns = 1;
	fake_plan_assert_all(fake, FAKE_ON_HOST);
}

/* What is settled stays settled, whatever the host is like when the rest can be done. */
static void busy_now_and_free_later(void **state)
{
	struct fake_plan *fake = *state;

	taken(fake);
	(void)snprintf(fake->kernel.faults->target, HD_TARGET_MAX, "%s", fake_plan_addr(1));
	atomic_store(&fake->kernel.faults->is_busy, 1);
	expect(fake, HD_EXIT_OK, 2, 1, "in use by qemu (pid 812)");
	fake_kernel_assert(&fake->kernel, fake_plan_addr(1), FAKE_ON_VFIO);
	fake_kernel_force(&fake->kernel, fake_plan_addr(0), FAKE_ON_VFIO);
	expect(fake, HD_EXIT_OK, 0, 1, "in use by qemu (pid 812)");
	atomic_store(&fake->kernel.faults->is_busy, 0);
	expect(fake, HD_EXIT_OK, 1, 0, NULL);
	fake_kernel_assert(&fake->kernel, fake_plan_addr(0), FAKE_ON_VFIO);
	fake_kernel_assert(&fake->kernel, fake_plan_addr(1), FAKE_ON_HOST);
	assert_int_equal(fake_plan_journals(fake), 0);
}

/* Tried again and again, a journal does not grow. */
static void journal_stays_bounded(void **state)
{
	struct fake_plan *fake = *state;
	struct stat first, last;

	taken(fake);
	atomic_store(&fake->kernel.faults->fail_from, 1);
	expect(fake, HD_EXIT_STRANDED, 0, 0, "could not be put back");
	assert_int_equal(fstatat(fake->apply.dir_fd, FAKE_UUID, &first, 0), 0);
	for (int i = 0; i < 5; i++)
		expect(fake, HD_EXIT_STRANDED, 0, 0, "could not be put back");
	assert_int_equal(fstatat(fake->apply.dir_fd, FAKE_UUID, &last, 0), 0);
	assert_int_equal(first.st_size, last.st_size);
}

/* An unanswered request that is carried out after all is found by looking. */
static void unknown_outcome(void **state)
{
	struct fake_plan *fake = *state;
	struct hd_error err;

	fake_plan_serialise(fake);
	(void)snprintf(fake->kernel.faults->target, HD_TARGET_MAX, "%s", fake_plan_addr(2));
	atomic_store(&fake->kernel.faults->answers_late, -1);
	assert_int_equal(fake_plan_apply(fake, &err), HD_EXIT_STRANDED);
	fake_kernel_assert(&fake->kernel, fake_plan_addr(2), FAKE_ON_HOST);
	fake_kernel_force(&fake->kernel, fake_plan_addr(2), FAKE_ON_VFIO);
	atomic_store(&fake->kernel.faults->answers_late, 0);
	expect(fake, HD_EXIT_OK, 1, 0, NULL);
	fake_plan_assert_all(fake, FAKE_ON_HOST);
}

static void while_it_is_at_work(void **state)
{
	struct fake_plan *fake = *state;
	struct hd_journal journal;
	struct hd_error err;

	taken(fake);
	assert_int_equal(hd_journal_reopen(&journal, fake->apply.dir_fd, &fake->id, &err), 0);
	expect(fake, HD_EXIT_OK, 0, 1, "another process uses");
	hd_journal_close(&journal);
	fake_plan_assert_all(fake, FAKE_ON_VFIO);
	expect(fake, HD_EXIT_OK, 3, 0, NULL);
}

static void while_its_group_is_locked(void **state)
{
	struct fake_plan *fake = *state;
	const int group = fake->steps[1].group;
	struct hd_recovery recovery;
	struct hd_locks locks;
	struct hd_error err;

	taken(fake);
	assert_int_equal(hd_locks_take(&locks, fake->apply.dir_fd, &group, 1, hd_now_ms(), &err),
			 0);
	hd_recover_all(&recovery, &fake->host.arena, &fake->apply, fake_knobs_all,
		       hd_now_ms() + 50);
	assert_int_equal(recovery.result, HD_EXIT_OK);
	assert_int_equal(recovery.n_busy, 1);
	assert_non_null(strstr(recovery.text, "IOMMU group 11"));
	fake_plan_assert_all(fake, FAKE_ON_VFIO);
	hd_locks_release(&locks);
	expect(fake, HD_EXIT_OK, 3, 0, NULL);
}

static void status_file(struct fake_plan *fake, const char *bus)
{
	fake_file(&fake->host, "run/libvirt/qemu/win.xml", hd_printf(&fake->host.arena,
		  "<domstatus state='running' reason='booted' pid='812'><domain type='kvm'>"
		  "<name>win</name><uuid>" FAKE_UUID "</uuid><devices>"
		  "<hostdev mode='subsystem' type='pci' managed='no'><source>"
		  "<address domain='0x0000' bus='%s' slot='0x00' function='0x0'/>"
		  "</source></hostdev></devices></domain></domstatus>", bus));
}

/* Between prepare and QEMU's open the device looks free: only the daemon's unit is sure. */
static void start_under_way(void **state)
{
	struct fake_plan *fake = *state;

	taken(fake);
	fake->apply.is_boot = false;
	expect(fake, HD_EXIT_OK, 0, 1, "its start may be under way");
	begun_ago(fake, OLD_S, OLD_S);
	status_file(fake, "0x01");
	expect(fake, HD_EXIT_OK, 0, 1, "libvirt reports that it runs; `virsh shutdown win` ends it");
	fake_file(&fake->host, "run/libvirt/qemu/win.xml", "<domstatus><hostdev type='pci'");
	expect(fake, HD_EXIT_OK, 0, 1, "left alone");
	fake_plan_assert_all(fake, FAKE_ON_VFIO);
	status_file(fake, "0x01");
	fake->apply.is_boot = true;
	expect(fake, HD_EXIT_OK, 3, 0, NULL);
	fake_plan_assert_all(fake, FAKE_ON_HOST);
}

static void start_that_never_was(void **state)
{
	struct fake_plan *fake = *state;

	taken(fake);
	begun_ago(fake, OLD_S, OLD_S);
	fake->apply.is_boot = false;
	expect(fake, HD_EXIT_OK, 3, 0, NULL);
	fake_plan_assert_all(fake, FAKE_ON_HOST);
}

/* Whatever the clock was set to meanwhile, in whichever version of the program. */
static void clocks_are_set(void **state)
{
	struct fake_plan *fake = *state;

	taken(fake);
	fake->apply.is_boot = false;
	begun_ago(fake, OLD_S, 1);
	expect(fake, HD_EXIT_OK, 0, 1, "its start may be under way");
	begun_ago_by_wall(fake, 1);
	expect(fake, HD_EXIT_OK, 0, 1, "its start may be under way");
	begun_ago(fake, -DAY_S, OLD_S);
	expect(fake, HD_EXIT_OK, 3, 0, NULL);
	fake_plan_reset(fake, false);
	taken(fake);
	begun_ago_by_wall(fake, -DAY_S);
	expect(fake, HD_EXIT_OK, 3, 0, NULL);
	fake_plan_reset(fake, false);
	taken(fake);
	begun_ago_by_wall(fake, OLD_S);
	expect(fake, HD_EXIT_OK, 3, 0, NULL);
	fake_plan_assert_all(fake, FAKE_ON_HOST);
}

/* A newer program was replaced by this one, which cannot know what its records mean. */
static void newer_format(void **state)
{
	struct fake_plan *fake = *state;

	taken(fake);
	fake_plan_set_header(fake, "3", "and what nobody knows yet");
	expect(fake, HD_EXIT_STRANDED, 0, 0, "a newer version of hostdevctl wrote it");
	expect(fake, HD_EXIT_STRANDED, 0, 0, "install the newer one again");
	fake_plan_assert_all(fake, FAKE_ON_VFIO);
	assert_int_equal(faccessat(fake->apply.dir_fd, FAKE_UUID, F_OK, 0), 0);
}

/* Where /run outlives a boot (kexec, a container that is started again). */
static void another_boot(void **state)
{
	struct fake_plan *fake = *state;

	taken(fake);
	fake->apply.is_boot = false;
	fake_plan_set_header(fake, "2",
			     hd_printf(&fake->host.arena, "%lld %zu win " FAKE_UUID " %lld",
				       (long long)time(NULL), fake->plan.n,
				       (long long)hd_uptime_s()));
	expect(fake, HD_EXIT_OK, 3, 0, NULL);
	fake_plan_assert_all(fake, FAKE_ON_HOST);
}

/* A torn start has no right to wait for: who holds no lock is not at work. */
static void torn_start(void **state)
{
	struct fake_plan *fake = *state;
	struct hd_journal journal;
	struct hd_error err;

	assert_int_equal(hd_journal_begin(&journal, fake->apply.dir_fd, &fake->id, &fake->plan,
					  &err), 0);
	for (size_t i = 0; i < 2; i++)
		assert_int_equal(hd_journal_put(&journal, HD_EVENT_INTENT, i), 0);
	hd_journal_close(&journal);
	fake_kernel_force(&fake->kernel, fake_plan_addr(0), "-:vfio-pci");
	fake_kernel_force(&fake->kernel, fake_plan_addr(2), FAKE_ON_VFIO);
	fake->apply.is_boot = false;
	expect(fake, HD_EXIT_OK, 1, 0, "0000:02:00.0 was already back");
	fake_kernel_assert(&fake->kernel, fake_plan_addr(0), FAKE_ON_HOST);
	fake_kernel_assert(&fake->kernel, fake_plan_addr(2), FAKE_ON_VFIO);
	assert_int_equal(fake_plan_journals(fake), 0);
}

static void administrators(void **state)
{
	struct fake_plan *fake = *state;
	struct hd_pci_addr addr = { .bus = 1 };
	struct hd_journal_id guest = fake->id;
	struct hd_journal journal;
	struct hd_error err;

	hd_journal_id_admin(&fake->id, &addr);
	taken(fake);
	expect(fake, HD_EXIT_OK, 0, 0, NULL);
	fake_plan_assert_all(fake, FAKE_ON_VFIO);
	assert_int_equal(hd_journal_reopen(&journal, fake->apply.dir_fd, &fake->id, &err), 0);
	assert_int_equal(hd_journal_remove(&journal, &fake->id), 0);
	hd_journal_close(&journal);
	fake_plan_reset(fake, false);
	assert_int_equal(hd_journal_begin(&journal, fake->apply.dir_fd, &fake->id, &fake->plan,
					  &err), 0);
	assert_int_equal(hd_journal_put(&journal, HD_EVENT_INTENT, 0), 0);
	hd_journal_close(&journal);
	fake_kernel_force(&fake->kernel, fake_plan_addr(0), "-:vfio-pci");
	expect(fake, HD_EXIT_OK, 1, 0, "detached device 0000:01:00.0: 0000:01:00.0 was given");
	fake_plan_assert_all(fake, FAKE_ON_HOST);
	fake->id = guest;
}

/* The guest may run on without it: libvirt's status says which devices it has. */
static void plugged_in(void **state)
{
	struct fake_plan *fake = *state;
	struct hd_pci_addr addr = { .bus = 2 }, has = { .bus = 0 };
	struct hd_guests guests = { 0 };
	struct hd_error err;

	assert_int_equal(hd_journal_id_plugged(&fake->id, FAKE_UUID, "win", &addr), 0);
	assert_true(hd_journal_function(&fake->id, &has));
	assert_int_equal(has.bus, 2);
	fake->apply.is_boot = false;
	taken(fake);
	assert_int_equal(hd_journal_claims(&guests, &fake->host.arena, fake->apply.dir_fd, "",
					   &err), 0);
	assert_int_equal(guests.n_claims, 3);
	assert_string_equal(guests.claims[0].uuid, FAKE_UUID);
	guests = (struct hd_guests){ 0 };
	assert_int_equal(hd_journal_claims(&guests, &fake->host.arena, fake->apply.dir_fd,
					   FAKE_UUID, &err), 0);
	assert_int_equal(guests.n_claims, 0);
	expect(fake, HD_EXIT_OK, 0, 1, "guest win: left alone: its start may be under way");
	begun_ago(fake, OLD_S, OLD_S);
	status_file(fake, "0x03");
	expect(fake, HD_EXIT_OK, 0, 1, "libvirt reports that it runs");
	status_file(fake, "0x04");
	expect(fake, HD_EXIT_OK, 3, 0, "guest win: 0000:03:00.0 was given back");
	fake_plan_assert_all(fake, FAKE_ON_HOST);
	assert_int_equal(fake_plan_journals(fake), 0);
}

/*
 * Whoever is killed while it rehearses leaves a whole journal: it goes at once, although a
 * start of the guest could be as fresh.  The steps are reported as they went back.
 */
static void rehearsal(void **state)
{
	struct fake_plan *fake = *state;
	struct hd_guests guests = { 0 };
	struct hd_recovery recovery;
	struct hd_error err;

	assert_int_equal(hd_journal_id_rehearsal(&fake->id, FAKE_UUID, "win"), 0);
	fake->apply.is_boot = false;
	taken(fake);
	assert_int_equal(hd_journal_claims(&guests, &fake->host.arena, fake->apply.dir_fd, "",
					   &err), 0);
	assert_int_equal(guests.n_claims, 3);
	fake_plan_recover(fake, &recovery);
	assert_int_equal(recovery.n_given_back, 3);
	assert_int_equal(recovery.plan.n, 3);
	assert_string_equal(recovery.plan.steps[0].target, "0000:03:00.0");
	assert_int_equal(recovery.plan.steps[0].state, HD_STEP_UNDONE);
	assert_non_null(strstr(recovery.text, "guest win: 0000:03:00.0 was given back"));
	fake_plan_assert_all(fake, FAKE_ON_HOST);
	assert_int_equal(fake_plan_journals(fake), 0);
}

/* Reported, never guessed at; the others are still looked after. */
static void broken(void **state)
{
	struct fake_plan *fake = *state;
	const char *other = "0000:09:00.0";
	int fd = openat(fake->apply.dir_fd, other, O_WRONLY | O_CREAT, 0600);

	assert_int_equal(write(fd, "rubbish\n", 8), 8);
	(void)close(fd);
	taken(fake);
	expect(fake, HD_EXIT_STRANDED, 3, 0, "detached device 0000:09:00.0: its journal "
	       "cannot be parsed: line 1");
	fake_plan_assert_all(fake, FAKE_ON_HOST);
	assert_int_equal(unlinkat(fake->apply.dir_fd, other, 0), 0);
}

static void unknown_knob(void **state)
{
	static const struct hd_knob *const none[] = { NULL };
	struct fake_plan *fake = *state;
	struct hd_recovery recovery;

	taken(fake);
	hd_recover_entry(&recovery, &fake->host.arena, &fake->id, &fake->apply, none);
	assert_int_equal(recovery.result, HD_EXIT_STRANDED);
	assert_non_null(strstr(recovery.text, "unknown knob 'pci-driver'"));
	assert_int_equal(fake_plan_journals(fake), 1);
	fake_plan_assert_all(fake, FAKE_ON_VFIO);
}

/* What release does: no minute to wait, its own guest only. */
static void one_entry(void **state)
{
	struct fake_plan *fake = *state;
	struct hd_recovery recovery;

	taken(fake);
	fake->apply.is_boot = false;
	for (int i = 0; i < 2; i++) {
		hd_recover_entry(&recovery, &fake->host.arena, &fake->id, &fake->apply,
				 fake_knobs_all);
		assert_int_equal(recovery.result, HD_EXIT_OK);
		assert_int_equal(recovery.n_given_back, i ? 0 : 3);
		fake_plan_assert_all(fake, FAKE_ON_HOST);
	}
}

static void one_group(void **state)
{
	struct fake_plan *fake = *state;
	struct hd_recovery recovery;

	taken(fake);
	hd_recover_group(&recovery, &fake->host.arena, &fake->id, &fake->apply, fake_knobs_all,
			 fake->steps[1].group);
	fake_kernel_assert(&fake->kernel, fake_plan_addr(1), FAKE_ON_HOST);
	fake_kernel_assert(&fake->kernel, fake_plan_addr(2), FAKE_ON_VFIO);
	expect(fake, HD_EXIT_OK, 2, 0, NULL);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

/* Between prepare and QEMU's start the journal alone knows who has a device. */
static void claims_of_other_guests(void **state)
{
	struct fake_plan *fake = *state;
	struct hd_guests guests = { 0 };
	struct hd_error err;

	taken(fake);
	assert_int_equal(hd_journal_claims(&guests, &fake->host.arena, fake->apply.dir_fd,
					   fake->id.key, &err), 0);
	assert_int_equal(guests.n_claims, 0);
	assert_int_equal(hd_journal_claims(&guests, &fake->host.arena, fake->apply.dir_fd, "",
					   &err), 0);
	assert_int_equal(guests.n_claims, 3);
	assert_true(guests.claims[0].is_running && guests.claims[0].is_journalled);
	assert_string_equal(guests.claims[0].uuid, fake->id.key);
	assert_int_equal(guests.claims[0].addr.bus, 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(claims_of_other_guests),
		TEST(gives_back), TEST(others_changed_it), TEST(device_is_gone),
		TEST(busy_now_and_free_later), TEST(journal_stays_bounded), TEST(unknown_outcome),
		TEST(while_it_is_at_work), TEST(while_its_group_is_locked), TEST(start_under_way),
		TEST(start_that_never_was), TEST(clocks_are_set), TEST(another_boot),
		TEST(newer_format),
		TEST(torn_start), TEST(administrators), TEST(plugged_in), TEST(rehearsal),
		TEST(broken),
		TEST(unknown_knob), TEST(one_entry), TEST(one_group),
	};

	return cmocka_run_group_tests_name("recover", tests, NULL, NULL);
}
