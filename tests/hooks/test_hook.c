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

#include "tests/support/runhook.h"
#include "tests/support/unit.h"

#define UUID "6a2e4a50-2f5d-4c11-9b0c-0d2f3c1a7e55"
#define JOURNAL "run/hostdevctl/" UUID
#define DISK "0000:01:00.0"
#define GPU "0000:02:00.0"
#define SOUND "0000:02:00.1"

#define DOMAIN(devices) "<domain type='kvm'>\n  <name>g</name>\n  <uuid>" UUID "</uuid>\n" \
	"  <memory unit='KiB'>65536</memory>\n  <vcpu>1</vcpu>\n" \
	"  <os><type arch='x86_64' machine='q35'>hvm</type></os>\n" \
	"  <devices>\n" devices "  </devices>\n</domain>\n"
#define HOSTDEV(managed, bus, fn) \
	"    <hostdev mode='subsystem' type='pci' managed='" managed "'>\n" \
	"      <source><address domain='0x0000' bus='" bus "' slot='0x00' function='" fn "'/>" \
	"</source>\n    </hostdev>\n"

static const char plain_guest[] = DOMAIN("    <console type='pty'/>\n");
static const char disk_guest[] = DOMAIN(HOSTDEV("no", "0x01", "0x0"));
static const char managed_guest[] = DOMAIN(HOSTDEV("yes", "0x01", "0x0"));
static const char gpu_guest[] = DOMAIN(HOSTDEV("no", "0x02", "0x0"));
static const char missing_guest[] = DOMAIN(HOSTDEV("no", "0x09", "0x0"));
static const char tty_guest[] = DOMAIN(
	"    <serial type='dev'><source path='/dev/ttyS7'/></serial>\n");
static const char cut_guest[] = "<domain type='kvm'><devices><hostdev mode='subsystem'";
static const char bad_guest[] = DOMAIN(HOSTDEV("no", "0xzz", "0x0"));

static const struct fake_pci functions[] = {
	{ .addr = DISK, .group = 11, .driver = "nvme" },
	{ .addr = GPU, .class = 0x030000, .group = 12, .driver = "nouveau" },
	{ .addr = SOUND, .class = 0x040300, .group = 12, .driver = "snd_hda_intel" },
};

static int setup(void **state)
{
	static struct fake_host host;

	fake_host_make(&host);
	fake_good_host(&host);
	fake_file(&host, "sys/bus/pci/drivers_probe", "");
	fake_file(&host, "sys/bus/pci/drivers/vfio-pci/unbind", "");
	for (size_t i = 0; i < HD_ARRAY_SIZE(functions); i++) {
		const struct fake_pci *fn = &functions[i];

		fake_pci_add(&host, fn);
		fake_file(&host, hd_printf(&host.arena, "sys/bus/pci/drivers/%s/unbind", fn->driver),
			  "");
		fake_file(&host, hd_printf(&host.arena, "fake/natural/%s", fn->addr), fn->driver);
		fake_file(&host, hd_printf(&host.arena, "dev/vfio/%d", fn->group), "");
	}
	fake_dir(&host, "run");
	fake_dir(&host, "proc");
	*state = &host;
	return 0;
}

static int teardown(void **state)
{
	fake_host_remove(*state);
	return 0;
}

static struct hook_run call_for(struct fake_host *host, const char *guest, const char *operation,
				const char *xml, unsigned limit_s)
{
	bool is_end = !strcmp(operation, "release") || !strcmp(operation, "stopped");
	const struct hook_call call = {
		.guest = guest,
		.operation = operation,
		.suboperation = is_end ? "end" : "begin",
		.xml = xml,
		.length = strlen(xml),
		.limit_s = limit_s,
	};
	struct hook_run run = run_hook(host, &call);

	assert_string_equal(run.out, "");
	return run;
}

static struct hook_run call(struct fake_host *host, const char *operation, const char *xml)
{
	return call_for(host, "g", operation, xml, 0);
}

static void expect(struct hook_run run, int status)
{
	if (run.status != status)
		fail_msg("exit status %d, not %d: %s", run.status, status, run.err);
}

static const char *driver_of(struct fake_host *host, const char *addr)
{
	const char *driver;

	if (hd_sysroot_link_base(&host->root, &host->arena, &driver,
				 "sys/bus/pci/devices/%s/driver", addr) < 0)
		return "-";
	return driver;
}

static void expect_untouched(struct fake_host *host)
{
	for (size_t i = 0; i < HD_ARRAY_SIZE(functions); i++) {
		const char *override;

		assert_string_equal(driver_of(host, functions[i].addr), functions[i].driver);
		assert_true(hd_sysroot_text(&host->root, &host->arena, &override,
					    "sys/bus/pci/devices/%s/driver_override",
					    functions[i].addr) >= 0);
		assert_string_equal(override, "(null)");
	}
	assert_false(hd_sysroot_has(&host->root, JOURNAL));
}

static void guest_without_devices(void **state)
{
	static const char *const operations[] = { "prepare", "start", "started", "stopped",
		"release", "migrate", "restore", "reconnect", "attach", "unknown" };

	for (size_t i = 0; i < HD_ARRAY_SIZE(operations); i++) {
		struct hook_run run = call(*state, operations[i], plain_guest);

		expect(run, 0);
		assert_string_equal(run.err, "");
	}
	expect_untouched(*state);
}

static void operations_that_need_nothing(void **state)
{
	static const char *const operations[] = { "started", "stopped", "migrate", "restore",
						  "attach", "unknown" };

	for (size_t i = 0; i < HD_ARRAY_SIZE(operations); i++) {
		struct hook_run run = call(*state, operations[i], disk_guest);

		expect(run, 0);
		assert_string_equal(run.err, "");
	}
	expect_untouched(*state);
}

static void start_and_stop(void **state)
{
	expect(call(*state, "prepare", disk_guest), 0);
	assert_string_equal(driver_of(*state, DISK), "vfio-pci");
	assert_true(hd_sysroot_has(&((struct fake_host *)*state)->root, JOURNAL));
	expect(call(*state, "start", disk_guest), 0);
	expect(call(*state, "release", disk_guest), 0);
	expect_untouched(*state);
	expect(call(*state, "release", disk_guest), 0);
	expect_untouched(*state);
}

static void companion_goes_along(void **state)
{
	expect(call(*state, "prepare", gpu_guest), 0);
	assert_string_equal(driver_of(*state, GPU), "vfio-pci");
	assert_string_equal(driver_of(*state, SOUND), "vfio-pci");
	assert_string_equal(driver_of(*state, DISK), "nvme");
	expect(call(*state, "release", gpu_guest), 0);
	expect_untouched(*state);
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
	devices = hd_printf(&host->arena, DOMAIN("%s"), devices);
	expect(call(host, "prepare", devices), 0);
	assert_string_equal(driver_of(host, addrs[MANY - 1]), "vfio-pci");
	expect(call(host, "release", devices), 0);
	for (size_t i = 0; i < MANY; i++)
		assert_string_equal(driver_of(host, addrs[i]), "snd_hda_intel");
	expect_untouched(host);
}

/* libvirt drops what release says, but not that it failed. */
static void release_says_what_is_left(void **state)
{
	struct fake_host *host = *state;
	struct hook_run run;

	expect(call(host, "prepare", disk_guest), 0);
	run = call(host, "release", "");
	expect(run, 3);
	assert_non_null(strstr(run.err, "unknown whether it has devices to give back"));
	expect(call(host, "release", disk_guest), 0);
	expect_untouched(host);
	expect(call(host, "release", ""), 0);
}

static void managed_is_left_to_libvirt(void **state)
{
	expect(call(*state, "prepare", managed_guest), 0);
	assert_string_equal(driver_of(*state, DISK), "nvme");
	expect(call(*state, "release", managed_guest), 0);
	expect_untouched(*state);
}

/* As libvirt does, which asks nobody. */
static void libvirt_binds(struct fake_host *host, const char *driver, const char *override)
{
	fake_link(host, "sys/bus/pci/devices/" DISK "/driver",
		  hd_printf(&host->arena, "/sys/bus/pci/drivers/%s", driver));
	fake_file(host, "sys/bus/pci/devices/" DISK "/driver_override", override);
}

/* libvirt's record may say that it does not manage the device: then nobody else gives it back. */
static void managed_comes_back_without_libvirt(void **state)
{
	expect(call(*state, "prepare", managed_guest), 0);
	libvirt_binds(*state, "vfio-pci", "vfio-pci\n");
	expect(call(*state, "start", managed_guest), 0);
	expect(call(*state, "release", managed_guest), 0);
	expect_untouched(*state);
}

static void managed_stays_where_others_put_it(void **state)
{
	struct fake_host *host = *state;

	expect(call(host, "prepare", managed_guest), 0);
	libvirt_binds(host, "nouveau", "(null)\n");
	expect(call(host, "release", managed_guest), 0);
	assert_string_equal(driver_of(host, DISK), "nouveau");
	assert_false(hd_sysroot_has(&host->root, JOURNAL));

	libvirt_binds(host, "vfio-pci", "vfio-pci\n");
	expect(call(host, "prepare", managed_guest), 0);
	expect(call(host, "release", managed_guest), 0);
	assert_string_equal(driver_of(host, DISK), "vfio-pci");
}

static void refusal_is_complete(void **state)
{
	static const char start[] = "hostdevctl: guest 'g' not started: 0000:09:00.0: ";
	struct hook_run run = call(*state, "prepare", missing_guest);

	expect(run, 1);
	if (strncmp(run.err, start, strlen(start)) != 0 || !strstr(run.err, "[device-present]"))
		fail_msg("not a complete first line: %s", run.err);
	expect_untouched(*state);
}

/* No PCI function: what belongs to these is not asked for, and the device is looked at. */
static void serial_line_alone_is_checked(void **state)
{
	static const char start[] = "hostdevctl: guest 'g' not started: serial /dev/ttyS7: ";
	struct fake_host *host = *state;
	struct hook_run run = call(host, "prepare", tty_guest);

	expect(run, 1);
	if (strncmp(run.err, start, strlen(start)) || !strstr(run.err, "[serial-present]"))
		fail_msg("not a complete first line: %s", run.err);
	fake_dir(host, "sys/class/tty/ttyS7");
	fake_file(host, "dev/ttyS7", "");
	expect(call(host, "prepare", tty_guest), 0);
	expect(call(host, "start", tty_guest), 0);
	expect(call(host, "release", tty_guest), 0);
	expect_untouched(host);
}

static void unplugged_device_comes_back(void **state)
{
	expect(call(*state, "prepare", disk_guest), 0);
	expect(call(*state, "release", plain_guest), 0);
	expect_untouched(*state);
}

static void device_on_vfio_stays(void **state)
{
	struct fake_host *host = *state;

	expect(call(host, "prepare", disk_guest), 0);
	assert_int_equal(unlink(hd_printf(&host->arena, "%s/" JOURNAL, host->path)), 0);
	expect(call(host, "prepare", disk_guest), 0);
	expect(call(host, "release", disk_guest), 0);
	assert_string_equal(driver_of(host, DISK), "vfio-pci");
}

static void leftover_is_cleared(void **state)
{
	expect(call(*state, "prepare", disk_guest), 0);
	expect(call(*state, "prepare", disk_guest), 0);
	assert_string_equal(driver_of(*state, DISK), "vfio-pci");
	expect(call(*state, "release", disk_guest), 0);
	expect_untouched(*state);
}

/* Nobody guesses from it what the host was. */
static void damaged_journal_changes_nothing(void **state)
{
	struct hook_run run;

	expect(call(*state, "prepare", disk_guest), 0);
	fake_file(*state, JOURNAL, "damaged\n");
	run = call(*state, "prepare", disk_guest);
	expect(run, 3);
	assert_non_null(strstr(run.err, "not started: the journal of its last run is damaged ("));
	run = call(*state, "release", disk_guest);
	expect(run, 3);
	assert_non_null(strstr(run.err, "devices not given back: "));
	assert_non_null(strstr(run.err, "the journal of " UUID " is damaged: "));
	assert_string_equal(driver_of(*state, DISK), "vfio-pci");
}

static void failed_bind_is_taken_back(void **state)
{
	struct fake_host *host = *state;
	static const char start[] = "hostdevctl: guest 'g' not started: ";
	struct hook_run run;

	/* nouveau comes back after the refusal of vfio-pci: only the first probe fails */
	fake_file(host, "sys/bus/pci/devices/" SOUND "/driver_override", "(null)\n");
	fake_file(host, "fake/refuses-vfio/" SOUND, "");
	run = call(host, "prepare", gpu_guest);
	expect(run, 3);
	assert_memory_equal(run.err, start, strlen(start));
	expect_untouched(host);
}

static void hanging_driver_is_bounded(void **state)
{
	struct fake_host *host = *state;
	struct hook_run run;

	fake_file(host, "etc/hostdevctl.conf", "[hook]\nstep_deadline = 1\n");
	fake_file(host, "fake/hangs/" DISK, "");
	run = call(host, "prepare", disk_guest);
	expect(run, 3);
	assert_true(run.ms < PATIENT_MS);
	expect_untouched(host);
}

/* Whoever kills the hook kills its engine; the next call puts back what is half done. */
static void killed_hook_is_put_right(void **state)
{
	struct fake_host *host = *state;
	const char *hangs = hd_printf(&host->arena, "%s/fake/hangs/" DISK, host->path);
	int status;

	/* what the hook leaves becomes ours: first its engine, the hanging child lives on */
	assert_int_equal(prctl(PR_SET_CHILD_SUBREAPER, 1), 0);
	fake_file(host, "fake/hangs/" DISK, "");
	expect(call_for(host, "g", "prepare", disk_guest, 1), 128 + SIGALRM);
	assert_true(waitpid(-1, &status, 0) > 0);
	assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
	assert_true(hd_sysroot_has(&host->root, JOURNAL));
	assert_int_equal(unlink(hangs), 0);
	expect(call(host, "release", disk_guest), 0);
	expect_untouched(host);
}

static void start_verifies(void **state)
{
	struct hook_run run = call(*state, "start", disk_guest);

	expect(run, 1);
	assert_non_null(strstr(run.err, DISK " is on driver nvme"));
	run = call(*state, "reconnect", disk_guest);
	expect(run, 0);
	assert_non_null(strstr(run.err, "g' not verified: " DISK));
	expect_untouched(*state);
}

static void start_looks_at_the_group(void **state)
{
	struct fake_host *host = *state;
	struct hook_run run;

	expect(call(host, "prepare", gpu_guest), 0);
	expect(call(host, "start", gpu_guest), 0);
	fake_link(host, "sys/bus/pci/devices/" SOUND "/driver", "/sys/bus/pci/drivers/snd_hda_intel");
	assert_int_equal(rmdir(hd_printf(&host->arena, "%s/sys/bus/pci/devices/" SOUND
					 "/vfio-dev/vfio0", host->path)), 0);
	assert_int_equal(rmdir(hd_printf(&host->arena, "%s/sys/bus/pci/devices/" SOUND "/vfio-dev",
					 host->path)), 0);
	run = call(host, "start", gpu_guest);
	expect(run, 1);
	assert_non_null(strstr(run.err, "group 12 is not viable: " SOUND " is on driver snd_hda_intel"));
}

static void start_looks_for_the_node(void **state)
{
	struct fake_host *host = *state;
	struct hook_run run;

	expect(call(host, "prepare", disk_guest), 0);
	assert_int_equal(unlink(hd_printf(&host->arena, "%s/dev/vfio/11", host->path)), 0);
	run = call(host, "start", disk_guest);
	expect(run, 1);
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
		struct hook_run run = call(*state, rows[i].operation, rows[i].xml);

		expect(run, rows[i].status);
		if (run.status)
			assert_non_null(strstr(run.err, "hostdevctl: guest 'g' not started: "));
	}
	expect_untouched(*state);
}

static void bad_configuration(void **state)
{
	struct fake_host *host = *state;

	expect(call(host, "prepare", disk_guest), 0);
	fake_file(host, "etc/hostdevctl.conf", "[hook]\nbindr = sysfs\n");
	expect(call(host, "release", disk_guest), 0);
	expect_untouched(host);
	expect(call(host, "prepare", disk_guest), 3);
	expect(call(host, "prepare", plain_guest), 0);
	expect_untouched(host);
}

#define QEMU_LOG(reason) "2026-11-21 10:00:00.000+0000: starting up libvirt version: 11.3.0\n" \
	"qemu-system-x86_64: vfio " DISK ": group 11 is not viable\n" \
	"2026-11-21 10:00:01.000+0000: shutting down, reason=" reason "\n"

static struct hook_run release_for(struct fake_host *host, const char *xml, const char *extra)
{
	const struct hook_call call = {
		.guest = "g", .operation = "release", .suboperation = "end", .extra = extra,
		.xml = xml, .length = strlen(xml),
	};

	return run_hook(host, &call);
}

static void expect_reason(struct hook_run run, bool is_told)
{
	static const char start[] = "hostdevctl: guest 'g' failed: qemu-system-x86_64: vfio " DISK
		": group 11 is not viable [qemu-group-not-viable]: ";

	expect(run, 0);
	if (is_told ? strncmp(run.err, start, strlen(start)) != 0 : *run.err)
		fail_msg("told: %s", run.err);
}

/* Given back first; then QEMU's own words are explained, whoever took the device. */
static void failed_start_is_explained(void **state)
{
	struct fake_host *host = *state;

	fake_file(host, "var/log/libvirt/qemu/g.log", QEMU_LOG("failed"));
	expect(call(host, "prepare", disk_guest), 0);
	expect_reason(release_for(host, disk_guest, "failed"), true);
	expect_untouched(host);
	expect(call(host, "prepare", disk_guest), 0);
	expect_reason(release_for(host, disk_guest, "-"), true);
	expect_reason(release_for(host, disk_guest, "-"), false);
	expect_reason(release_for(host, managed_guest, "failed"), true);
	expect_reason(release_for(host, managed_guest, "destroyed"), false);
	expect_reason(release_for(host, plain_guest, "failed"), false);
	expect_untouched(host);
}

static void good_starts_are_not_explained(void **state)
{
	struct fake_host *host = *state;

	expect_reason(release_for(host, managed_guest, "failed"), false);
	fake_file(host, "var/log/libvirt/qemu/g.log", QEMU_LOG("destroyed"));
	expect_reason(release_for(host, managed_guest, "failed"), false);
	/* refused before QEMU ran: what is in the log is of another start */
	fake_file(host, "var/log/libvirt/qemu/g.log", QEMU_LOG("failed")
		  "2026-11-21 11:00:00.000+0000: shutting down, reason=failed\n");
	expect_reason(release_for(host, managed_guest, "failed"), false);
	expect(call(host, "prepare", disk_guest), 0);
	expect_reason(release_for(host, disk_guest, "destroyed"), false);
	expect_untouched(host);
}

static void names_are_harmless(void **state)
{
	static const char *const names[] = { "../../etc/x", "a\033[31mred", "%s%n", "--version",
					     "--sysroot" };

	for (size_t i = 0; i < HD_ARRAY_SIZE(names); i++) {
		struct hook_run run = call_for(*state, names[i], "prepare", missing_guest, 0);

		expect(run, 1);
		assert_null(strchr(run.err, '\033'));
	}
	expect_untouched(*state);
}

#define ROW(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		ROW(guest_without_devices), ROW(operations_that_need_nothing),
		ROW(start_and_stop), ROW(companion_goes_along), ROW(many_functions),
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
		ROW(failed_start_is_explained), ROW(good_starts_are_not_explained),
		ROW(names_are_harmless),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
