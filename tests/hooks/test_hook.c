/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * test_hook.c - does the hook keep its promises, from the outside?
 *
 * The program and its engine are the real ones; the host is a directory, and a
 * preload answers the writes to its PCI bus.
 */
#include "config.h"

#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/support/hookhost.h"
#include "tests/support/unit.h"

#define JOURNAL "run/hostdevctl/" HOOK_HOST_UUID

static const char gpu_guest[] = HOOK_HOST_DOMAIN(HOOK_HOST_DEVICE("no", "0x02", "0x0"));
static const char missing_guest[] = HOOK_HOST_DOMAIN(HOOK_HOST_DEVICE("no", "0x09", "0x0"));
static const char tty_guest[] = HOOK_HOST_DOMAIN(
	"    <serial type='dev'><source path='/dev/ttyS7'/></serial>\n");
static const char cut_guest[] = "<domain type='kvm'><devices><hostdev mode='subsystem'";
static const char bad_guest[] = HOOK_HOST_DOMAIN(HOOK_HOST_DEVICE("no", "0xzz", "0x0"));

static void guest_without_devices(void **state)
{
	static const char *const operations[] = { "prepare", "start", "started", "stopped",
		"release", "migrate", "restore", "reconnect", "attach", "unknown" };

	for (size_t i = 0; i < HD_ARRAY_SIZE(operations); i++) {
		struct hook_run run = hook_host_call(*state, operations[i], hook_host_plain);

		hook_run_expect(run, 0);
		assert_string_equal(run.err, "");
	}
	hook_host_expect_untouched(*state);
}

static void operations_that_need_nothing(void **state)
{
	static const char *const operations[] = { "started", "stopped", "migrate", "restore",
						  "attach", "unknown" };

	for (size_t i = 0; i < HD_ARRAY_SIZE(operations); i++) {
		struct hook_run run = hook_host_call(*state, operations[i], hook_host_disk);

		hook_run_expect(run, 0);
		assert_string_equal(run.err, "");
	}
	hook_host_expect_untouched(*state);
}

static void start_and_stop(void **state)
{
	hook_run_expect(hook_host_call(*state, "prepare", hook_host_disk), 0);
	assert_string_equal(hook_host_driver(*state, HOOK_HOST_DISK), "vfio-pci");
	assert_true(hd_sysroot_has(&((struct fake_host *)*state)->root, JOURNAL));
	hook_run_expect(hook_host_call(*state, "start", hook_host_disk), 0);
	hook_run_expect(hook_host_call(*state, "release", hook_host_disk), 0);
	hook_host_expect_untouched(*state);
	hook_run_expect(hook_host_call(*state, "release", hook_host_disk), 0);
	hook_host_expect_untouched(*state);
}

static const char *uevent(struct fake_host *host, const char *name)
{
	const char *text;

	assert_true(hd_sysroot_text(&host->root, &host->arena, &text,
				    "sys/bus/usb/devices/%s/uevent", name) >= 0);
	return text;
}

/* What was plugged in before is looked at, for a guest to which such things come back. */
static void plugged_before(void **state)
{
	static const char *const names[] = { "usb1", "1-2", "1-2.1", "1-2:1.0" };
	static const char wants[] = "<domain><metadata><hd:hostdevctl xmlns:hd='urn:hostdevctl:"
		"guest:1'><hd:usb replug='yes' port='1-2'/></hd:hostdevctl></metadata></domain>";
	struct fake_host *host = *state;

	hook_run_expect(hook_host_call(host, "started", wants), 0);	/* a host without USB */
	for (size_t i = 0; i < HD_ARRAY_SIZE(names); i++)
		fake_file(host, hd_printf(&host->arena, "sys/bus/usb/devices/%s/uevent", names[i]), "-");
	fake_dir(host, "sys/bus/usb/devices/1-3");
	hook_run_expect(hook_host_call(host, "started", hook_host_plain), 0);
	assert_string_equal(uevent(host, "1-2"), "-");
	hook_run_expect(hook_host_call(host, "started", wants), 0);
	assert_string_equal(uevent(host, "1-2"), "bind");
	assert_string_equal(uevent(host, "1-2.1"), "bind");
	assert_string_equal(uevent(host, "1-2:1.0"), "-");
	assert_string_equal(uevent(host, "usb1"), "-");
	hook_host_expect_untouched(host);
}

static void companion_goes_along(void **state)
{
	hook_run_expect(hook_host_call(*state, "prepare", gpu_guest), 0);
	assert_string_equal(hook_host_driver(*state, HOOK_HOST_GPU), "vfio-pci");
	assert_string_equal(hook_host_driver(*state, HOOK_HOST_SOUND), "vfio-pci");
	assert_string_equal(hook_host_driver(*state, HOOK_HOST_DISK), "nvme");
	hook_run_expect(hook_host_call(*state, "release", gpu_guest), 0);
	hook_host_expect_untouched(*state);
}

#define MANY 129	/* with those of its journal more than there may be locks */

/* A function for each of the journal's steps, and each asked for: one lock for both. */
static void many_functions(void **state)
{
	struct fake_host *host = *state;
	const char *devices = "";
	const char *addrs[MANY];

	for (unsigned i = 0; i < MANY; i++) {
		struct fake_pci fn = { .class = 0x040300, .group = 100 + (int)i,
				       .driver = "snd_hda_intel" };

		addrs[i] = fn.addr = hd_printf(&host->arena, "0000:10:%02x.%u", i / 8, i % 8);
		fake_pci_add(host, &fn);
		fake_file(host, hd_printf(&host->arena, "fake/natural/%s", fn.addr), fn.driver);
		fake_file(host, hd_printf(&host->arena, "dev/vfio/%d", fn.group), "");
		devices = hd_printf(&host->arena, "%s<hostdev mode='subsystem' type='pci' managed='no'>"
				    "<source><address bus='0x10' slot='0x%02x' function='%u'/>"
				    "</source></hostdev>", devices, i / 8, i % 8);
	}
	devices = hd_printf(&host->arena, HOOK_HOST_DOMAIN("%s"), devices);
	hook_run_expect(hook_host_call(host, "prepare", devices), 0);
	assert_string_equal(hook_host_driver(host, addrs[MANY - 1]), "vfio-pci");
	hook_run_expect(hook_host_call(host, "release", devices), 0);
	for (size_t i = 0; i < MANY; i++)
		assert_string_equal(hook_host_driver(host, addrs[i]), "snd_hda_intel");
	hook_host_expect_untouched(host);
}

/* libvirt drops what release says, but not that it failed. */
static void release_says_what_is_left(void **state)
{
	struct fake_host *host = *state;
	struct hook_run run;

	hook_run_expect(hook_host_call(host, "prepare", hook_host_disk), 0);
	run = hook_host_call(host, "release", "");
	hook_run_expect(run, 3);
	assert_non_null(strstr(run.err, "unknown whether it has devices to give back"));
	hook_run_expect(hook_host_call(host, "release", hook_host_disk), 0);
	hook_host_expect_untouched(host);
	hook_run_expect(hook_host_call(host, "release", ""), 0);
}

static void managed_is_left_to_libvirt(void **state)
{
	hook_run_expect(hook_host_call(*state, "prepare", hook_host_managed), 0);
	assert_string_equal(hook_host_driver(*state, HOOK_HOST_DISK), "nvme");
	hook_run_expect(hook_host_call(*state, "release", hook_host_managed), 0);
	hook_host_expect_untouched(*state);
}

/* As libvirt does, which asks nobody. */
static void libvirt_binds(struct fake_host *host, const char *driver, const char *override)
{
	fake_link(host, "sys/bus/pci/devices/" HOOK_HOST_DISK "/driver",
		  hd_printf(&host->arena, "/sys/bus/pci/drivers/%s", driver));
	fake_file(host, "sys/bus/pci/devices/" HOOK_HOST_DISK "/driver_override", override);
}

/* libvirt's record may say that it does not manage the device: then nobody else gives it back. */
static void managed_comes_back_without_libvirt(void **state)
{
	hook_run_expect(hook_host_call(*state, "prepare", hook_host_managed), 0);
	libvirt_binds(*state, "vfio-pci", "vfio-pci\n");
	hook_run_expect(hook_host_call(*state, "start", hook_host_managed), 0);
	hook_run_expect(hook_host_call(*state, "release", hook_host_managed), 0);
	hook_host_expect_untouched(*state);
}

static void managed_stays_where_others_put_it(void **state)
{
	struct fake_host *host = *state;

	hook_run_expect(hook_host_call(host, "prepare", hook_host_managed), 0);
	libvirt_binds(host, "nouveau", "(null)\n");
	hook_run_expect(hook_host_call(host, "release", hook_host_managed), 0);
	assert_string_equal(hook_host_driver(host, HOOK_HOST_DISK), "nouveau");
	assert_false(hd_sysroot_has(&host->root, JOURNAL));

	libvirt_binds(host, "vfio-pci", "vfio-pci\n");
	hook_run_expect(hook_host_call(host, "prepare", hook_host_managed), 0);
	hook_run_expect(hook_host_call(host, "release", hook_host_managed), 0);
	assert_string_equal(hook_host_driver(host, HOOK_HOST_DISK), "vfio-pci");
}

static void refusal_is_complete(void **state)
{
	static const char start[] = "hostdevctl: guest 'g' not started: 0000:09:00.0: ";
	struct hook_run run = hook_host_call(*state, "prepare", missing_guest);

	hook_run_expect(run, 1);
	if (strncmp(run.err, start, strlen(start)) != 0 || !strstr(run.err, "[device-present]"))
		fail_msg("not a complete first line: %s", run.err);
	hook_host_expect_untouched(*state);
}

/* No PCI function: what belongs to these is not asked for, and the device is looked at. */
static void serial_line_alone_is_checked(void **state)
{
	static const char start[] = "hostdevctl: guest 'g' not started: serial /dev/ttyS7: ";
	struct fake_host *host = *state;
	struct hook_run run = hook_host_call(host, "prepare", tty_guest);

	hook_run_expect(run, 1);
	if (strncmp(run.err, start, strlen(start)) || !strstr(run.err, "[serial-present]"))
		fail_msg("not a complete first line: %s", run.err);
	fake_dir(host, "sys/class/tty/ttyS7");
	fake_file(host, "dev/ttyS7", "");
	hook_run_expect(hook_host_call(host, "prepare", tty_guest), 0);
	hook_run_expect(hook_host_call(host, "start", tty_guest), 0);
	hook_run_expect(hook_host_call(host, "release", tty_guest), 0);
	hook_host_expect_untouched(host);
}

static void unplugged_device_comes_back(void **state)
{
	hook_run_expect(hook_host_call(*state, "prepare", hook_host_disk), 0);
	hook_run_expect(hook_host_call(*state, "release", hook_host_plain), 0);
	hook_host_expect_untouched(*state);
}

static void device_on_vfio_stays(void **state)
{
	struct fake_host *host = *state;

	hook_run_expect(hook_host_call(host, "prepare", hook_host_disk), 0);
	assert_int_equal(unlink(hd_printf(&host->arena, "%s/" JOURNAL, host->path)), 0);
	hook_run_expect(hook_host_call(host, "prepare", hook_host_disk), 0);
	hook_run_expect(hook_host_call(host, "release", hook_host_disk), 0);
	assert_string_equal(hook_host_driver(host, HOOK_HOST_DISK), "vfio-pci");
}

static void leftover_is_cleared(void **state)
{
	hook_run_expect(hook_host_call(*state, "prepare", hook_host_disk), 0);
	hook_run_expect(hook_host_call(*state, "prepare", hook_host_disk), 0);
	assert_string_equal(hook_host_driver(*state, HOOK_HOST_DISK), "vfio-pci");
	hook_run_expect(hook_host_call(*state, "release", hook_host_disk), 0);
	hook_host_expect_untouched(*state);
}

/* Nobody guesses from it what the host was. */
static void damaged_journal_changes_nothing(void **state)
{
	struct hook_run run;

	hook_run_expect(hook_host_call(*state, "prepare", hook_host_disk), 0);
	fake_file(*state, JOURNAL, "damaged\n");
	run = hook_host_call(*state, "prepare", hook_host_disk);
	hook_run_expect(run, 3);
	assert_non_null(strstr(run.err, "not started: the journal of its last run is damaged ("));
	run = hook_host_call(*state, "release", hook_host_disk);
	hook_run_expect(run, 3);
	assert_non_null(strstr(run.err, "devices not given back: "));
	assert_non_null(strstr(run.err, "the journal of " HOOK_HOST_UUID " is damaged: "));
	assert_string_equal(hook_host_driver(*state, HOOK_HOST_DISK), "vfio-pci");
}

static void failed_bind_is_taken_back(void **state)
{
	struct fake_host *host = *state;
	static const char start[] = "hostdevctl: guest 'g' not started: ";
	struct hook_run run;

	/* nouveau comes back after the refusal of vfio-pci: only the first probe fails */
	fake_file(host, "sys/bus/pci/devices/" HOOK_HOST_SOUND "/driver_override", "(null)\n");
	fake_file(host, "fake/refuses-vfio/" HOOK_HOST_SOUND, "");
	run = hook_host_call(host, "prepare", gpu_guest);
	hook_run_expect(run, 3);
	assert_memory_equal(run.err, start, strlen(start));
	hook_host_expect_untouched(host);
}

static void hanging_driver_is_bounded(void **state)
{
	struct fake_host *host = *state;
	struct hook_run run;

	fake_file(host, "etc/hostdevctl.conf", "[hook]\nstep_deadline = 1\n");
	fake_file(host, "fake/hangs/" HOOK_HOST_DISK, "");
	run = hook_host_call(host, "prepare", hook_host_disk);
	hook_run_expect(run, 3);
	assert_true(run.ms < PATIENT_MS);
	hook_host_expect_untouched(host);
}

/* Whoever kills the hook kills its engine; the next call puts back what is half done. */
static void killed_hook_is_put_right(void **state)
{
	struct fake_host *host = *state;
	const char *hangs = hd_printf(&host->arena, "%s/fake/hangs/" HOOK_HOST_DISK, host->path);
	int status;

	/* what the hook leaves becomes ours: first its engine, the hanging child lives on */
	assert_int_equal(prctl(PR_SET_CHILD_SUBREAPER, 1), 0);
	fake_file(host, "fake/hangs/" HOOK_HOST_DISK, "");
	hook_run_expect(hook_host_call_guest(host, "g", "prepare", hook_host_disk, 1), 128 + SIGALRM);
	assert_true(waitpid(-1, &status, 0) > 0);
	assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
	assert_true(hd_sysroot_has(&host->root, JOURNAL));
	assert_int_equal(unlink(hangs), 0);
	hook_run_expect(hook_host_call(host, "release", hook_host_disk), 0);
	hook_host_expect_untouched(host);
}

static void start_verifies(void **state)
{
	struct hook_run run = hook_host_call(*state, "start", hook_host_disk);

	hook_run_expect(run, 1);
	assert_non_null(strstr(run.err, HOOK_HOST_DISK " is on driver nvme"));
	run = hook_host_call(*state, "reconnect", hook_host_disk);
	hook_run_expect(run, 0);
	assert_non_null(strstr(run.err, "g' not verified: " HOOK_HOST_DISK));
	hook_host_expect_untouched(*state);
}

static void start_looks_at_the_group(void **state)
{
	struct fake_host *host = *state;
	struct hook_run run;

	hook_run_expect(hook_host_call(host, "prepare", gpu_guest), 0);
	hook_run_expect(hook_host_call(host, "start", gpu_guest), 0);
	fake_link(host, "sys/bus/pci/devices/" HOOK_HOST_SOUND "/driver", "/sys/bus/pci/drivers/snd_hda_intel");
	assert_int_equal(rmdir(hd_printf(&host->arena, "%s/sys/bus/pci/devices/" HOOK_HOST_SOUND
					 "/vfio-dev/vfio0", host->path)), 0);
	assert_int_equal(rmdir(hd_printf(&host->arena, "%s/sys/bus/pci/devices/" HOOK_HOST_SOUND "/vfio-dev",
					 host->path)), 0);
	run = hook_host_call(host, "start", gpu_guest);
	hook_run_expect(run, 1);
	assert_non_null(strstr(run.err, "group 12 is not viable: " HOOK_HOST_SOUND " is on driver snd_hda_intel"));
}

static void start_looks_for_the_node(void **state)
{
	struct fake_host *host = *state;
	struct hook_run run;

	hook_run_expect(hook_host_call(host, "prepare", hook_host_disk), 0);
	assert_int_equal(unlink(hd_printf(&host->arena, "%s/dev/vfio/11", host->path)), 0);
	run = hook_host_call(host, "start", hook_host_disk);
	hook_run_expect(run, 1);
	assert_non_null(strstr(run.err, "/dev/vfio/11"));
}

static void unreadable_xml(void **state)
{
	static const struct { const char *operation, *xml; int status; } rows[] = {
		{ "prepare", cut_guest, 3 }, { "prepare", bad_guest, 3 }, { "prepare", "", 3 },
		{ "start", cut_guest, 3 }, { "reconnect", cut_guest, 0 },
		{ "release", cut_guest, 0 }, { "restore", cut_guest, 0 },
	};

	for (size_t i = 0; i < HD_ARRAY_SIZE(rows); i++) {
		struct hook_run run = hook_host_call(*state, rows[i].operation, rows[i].xml);

		hook_run_expect(run, rows[i].status);
		if (run.status)
			assert_non_null(strstr(run.err, "hostdevctl: guest 'g' not started: "));
	}
	hook_host_expect_untouched(*state);
}

static void bad_configuration(void **state)
{
	struct fake_host *host = *state;

	hook_run_expect(hook_host_call(host, "prepare", hook_host_disk), 0);
	fake_file(host, "etc/hostdevctl.conf", "[hook]\nbindr = sysfs\n");
	hook_run_expect(hook_host_call(host, "release", hook_host_disk), 0);
	hook_host_expect_untouched(host);
	hook_run_expect(hook_host_call(host, "prepare", hook_host_disk), 3);
	hook_run_expect(hook_host_call(host, "prepare", hook_host_plain), 0);
	hook_host_expect_untouched(host);
}

static void names_are_harmless(void **state)
{
	static const char *const names[] = { "../../etc/x", "a\033[31mred", "%s%n", "--version",
					     "--sysroot" };

	for (size_t i = 0; i < HD_ARRAY_SIZE(names); i++) {
		struct hook_run run = hook_host_call_guest(*state, names[i], "prepare", missing_guest, 0);

		hook_run_expect(run, 1);
		assert_null(strchr(run.err, '\033'));
	}
	hook_host_expect_untouched(*state);
}

/* Whoever has no screen meanwhile reads it afterwards; a guest without the policy leaves nothing. */
static void handover_leaves_a_report(void **state)
{
	static const char folder[] = "var/lib/hostdevctl/handover";
	static const char xml[] = "<domain><name>g</name><uuid>" HOOK_HOST_UUID "</uuid><metadata>"
		"<hd:hostdevctl xmlns:hd='urn:hostdevctl:guest:1'><hd:handover/></hd:hostdevctl>"
		"</metadata><devices>" HOOK_HOST_DEVICE("no", "0x01", "0x0") "</devices></domain>";
	struct fake_host *host = *state;
	const char *text;

	hook_run_expect(hook_host_call(host, "prepare", hook_host_disk), 0);
	hook_run_expect(hook_host_call(host, "release", hook_host_disk), 0);
	assert_false(hd_sysroot_has(&host->root, "%s", folder));
	hook_run_expect(hook_host_call(host, "prepare", xml), 0);
	assert_true(hd_sysroot_text(&host->root, &host->arena, &text,
				    "%s/" HOOK_HOST_UUID ".json", folder) > 0);
	assert_non_null(strstr(text, "\"kind\": \"start\""));
	assert_non_null(strstr(text, "\"result\": \"done\""));
	assert_false(hd_sysroot_has(&host->root, "%s/" HOOK_HOST_UUID ".back.json", folder));
	hook_run_expect(hook_host_call(host, "release", xml), 0);
	assert_true(hd_sysroot_text(&host->root, &host->arena, &text,
				    "%s/" HOOK_HOST_UUID ".back.json", folder) > 0);
	assert_non_null(strstr(text, "\"state\": \"taken-back\""));
	hook_host_expect_untouched(host);
}

#define ROW(test) cmocka_unit_test_setup_teardown(test, hook_host_setup, hook_host_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		ROW(guest_without_devices), ROW(operations_that_need_nothing),
		ROW(start_and_stop), ROW(plugged_before),
		ROW(companion_goes_along), ROW(many_functions),
		ROW(release_says_what_is_left), ROW(managed_is_left_to_libvirt),
		ROW(managed_comes_back_without_libvirt), ROW(managed_stays_where_others_put_it),
		ROW(refusal_is_complete), ROW(unplugged_device_comes_back),
		ROW(device_on_vfio_stays), ROW(leftover_is_cleared),
		ROW(damaged_journal_changes_nothing),
		ROW(serial_line_alone_is_checked),
		ROW(failed_bind_is_taken_back), ROW(hanging_driver_is_bounded),
		ROW(killed_hook_is_put_right),
		ROW(start_verifies),
		ROW(start_looks_at_the_group), ROW(start_looks_for_the_node),
		ROW(unreadable_xml), ROW(bad_configuration),
		ROW(names_are_harmless), ROW(handover_leaves_a_report),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
