/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_subject.c - is it said what a message is about, and is its envelope taken off? */
#include "config.h"

#include <string.h>

#include "explain/errno_name.h"
#include "explain/subject.h"
#include "tests/support/unit.h"

static const struct {
	const char *line, *name;
} errnos[] = {
	{ "", NULL }, { "bash: echo: write error: No such device", "ENODEV" },
	{ "amdgpu: probe of 0000:83:00.0 failed with error -12", "ENOMEM" },
	{ "xhci_hcd: can't setup: -110", "ETIMEDOUT" }, { "pin failed, ret -12", "ENOMEM" },
	{ "failed (-ENOMEM)", "ENOMEM" }, { "syndrome (0x98afbb), err(-22)", "EINVAL" },
	{ "rc=-16 (Device or resource busy)", "EBUSY" }, { "container, error 22 (invalid argument)",
	  "EINVAL" }, { "No such device or address", "ENXIO" }, { "errno=13", "EACCES" },
	{ "open: No such file or directory: mmap: Permission denied", "EACCES" },
	/* numbers that are none */
	{ "nvidia: probe of 0000:14:00.0 failed with error -1", NULL }, { "2026-11-21 10:00", NULL },
	{ "Slot -12a", NULL }, { "error 12: x", NULL }, { "Xid 79", NULL }, { "group 12", NULL },
	{ "EBUSYNESS", NULL }, { "vgpu-22", NULL }, { "error -1234", NULL },
};

static const struct {
	const char *line, *reason;
} reasons[] = {
	{ "", "" }, { "hello", "hello" }, { "  hello", "hello" }, { "error: ", "error: " },
	{ "[    1.234567] amdgpu 0000:01:00.0: x", "amdgpu 0000:01:00.0: x" },
	{ "[Jun24 11:48] audit: type=1400", "type=1400" }, { "[drm] x", "[drm] x" },
	{ "Nov  1 10:00:00 host kernel: x y", "x y" }, { "sie 25 20:19:13 host kernel: x", "x" },
	{ "Jan 29 19:09:24 host libvirtd[15221]: 2019-01-30 00:09:24.750+0000: 15223: error : x", "x" },
	{ "error: Failed to start domain 'win11': internal error: qemu unexpectedly closed the monitor: "
	  "2026-11-21T10:00:00.1Z qemu-system-x86_64: -device vfio-pci,host=01:00.0: vfio 0000:01:00.0: y",
	  "vfio 0000:01:00.0: y" },
	{ "{\"component\":\"virt-launcher\",\"level\":\"error\",\"msg\":\"Failed to open x\",\"pos\":\"p\"}",
	  "Failed to open x" },
	{ "time=\"2023-04-27T03:07:31Z\" level=error msg=\"error syncing\"", "error syncing" },
	/* the error that a record has in a field of its own, behind its message */
	{ "level=error msg=\"cannot add it\" error=\"it is \"in\" use\" name=x", "cannot add it: it is \"in\" use" },
	{ "{\"msg\":\"cannot add it\",\"error\":\"it is in use\"}", "cannot add it: it is in use" },
	{ "{\"msg\":\"cannot add it: it is in use\",\"err\":\"it is in use\"}", "cannot add it: it is in use" },
	{ "E0610 1 x.go:12] \"cannot add it\" err=\"it is in use\"", "it is in use" },
	{ "{\"reason\":\"FailedFrob\",\"message\":\"it is in use\"}", "it is in use" },
	{ "{\"msg\":\"not started.\",\"reason\":\"virError(Code=38, Message='no '/x' here')\"}",
	  "not started.: no '/x' here" },
	{ "LibvirtError(Code=1, Message='it is in use')", "it is in use" }, { "x err=\"\" y", "x err=\"\" y" },
	{ "TASK ERROR: start failed: QEMU exited with code 1", "QEMU exited with code 1" },
};

#define LIBVIRT "error: Failed to start domain 'win11': group 12 of 0000:01:00.0: Device or resource busy"

static const struct {
	const char *line, *name, *value;
} fields[] = {
	{ "ixgbe 0000:08:00.1 ens3f1: VF 3 x", "interface", "ens3f1" }, { "x VF 3 y", "vf", "3" },
	{ "amdgpu 0000:08:00.1: amdgpu: x", "interface", NULL },
	{ LIBVIRT, "guest", "win11" }, { LIBVIRT, "group", "12" }, { LIBVIRT, "address", "0000:01:00.0" },
	{ LIBVIRT, "errno", "EBUSY" }, { LIBVIRT, "unit", NULL }, { LIBVIRT, "driver", NULL },
	{ LIBVIRT, "path", NULL },
	{ "amdgpu 0000:09:00.0: amdgpu: failed", "driver", "amdgpu" },
	{ "pci 0000:09:00.0: failed", "driver", NULL },
	{ "-device vfio-pci,host=09:00.0: failed", "address", "0000:09:00.0" },
	{ "NVRM: Xid (PCI:0000:01:00): 79", "address", "0000:01:00.0" },
	{ "device 'pci_0000_2b_00_1'", "address", "0000:2b:00.1" }, { "at 12:10.5 it", "address", NULL },
	{ "write /sys/bus/pci/drivers/vfio-pci/bind: x", "driver", "vfio-pci" },
	{ "write /sys/bus/pci/drivers/vfio-pci/bind: x", "path", "/sys/bus/pci/drivers/vfio-pci/bind" },
	{ "/opt/x.sh: line 1: /dev/y: No such device", "path", "/dev/y" },
	{ "/opt/x.sh: line 1: /var/y: No such device", "path", "/var/y" },
	{ "cannot copy /var/y to /var/z", "path", "/var/y" }, { "/opt/x.sh: line 1", "path", "/opt/x.sh" },
	{ "cannot open '/dev/vfio/77'", "group", "77" }, { "a / b /c", "path", NULL },
	{ "a/bcd", "path", NULL }, { "nvidia-vgpu-mgr.service: Failed.", "unit", "nvidia-vgpu-mgr.service" },
	{ "start libvirtd.socket.", "unit", "libvirtd.socket" }, { "/lib/x.service", "unit", NULL },
};

static void errors_are_named(void **state)
{
	(void)state;
	for (size_t i = 0; i < HD_ARRAY_SIZE(errnos); i++) {
		const char *name = hd_errno_name(errnos[i].line);

		if (strcmp(name ? name : "-", errnos[i].name ? errnos[i].name : "-") != 0)
			fail_msg("%s, not %s: %s", name, errnos[i].name, errnos[i].line);
	}
}

static void envelopes_are_peeled(void **state)
{
	struct hd_arena arena = { 0 };

	(void)state;
	for (size_t i = 0; i < HD_ARRAY_SIZE(reasons); i++)
		assert_string_equal(hd_subject_reason(reasons[i].line, &arena), reasons[i].reason);
	hd_arena_done(&arena);
}

static void subjects_are_fields(void **state)
{
	struct hd_arena arena = { 0 };

	(void)state;
	for (size_t i = 0; i < HD_ARRAY_SIZE(fields); i++) {
		struct hd_fields found = { .n = 0 };
		const char *value;

		hd_subject_fields(&found, fields[i].line, &arena);
		value = hd_field_value(&found, fields[i].name);
		if (strcmp(value ? value : "-", fields[i].value ? fields[i].value : "-") != 0)
			fail_msg("%s is %s, not %s: %s", fields[i].name, value, fields[i].value,
				 fields[i].line);
	}
	hd_arena_done(&arena);
}

/* What a line has already said stays. */
static void known_fields_stay(void **state)
{
	struct hd_arena arena = { 0 };
	struct hd_fields known = { .items = { { "address", "0000:02:00.0" } }, .n = 1 };

	(void)state;
	hd_subject_fields(&known, "0000:01:00.0", &arena);
	assert_int_equal(known.n, 1);
	assert_string_equal(hd_field_value(&known, "address"), "0000:02:00.0");
	hd_arena_done(&arena);
}

static void the_innermost_part_is_found(void **state)
{
	static const struct {
		const char *reason, *innermost;
	} rows[] = {
		{ "", "" }, { ": ", ": " }, { "it failed", "it failed" },
		{ "vfio x: cannot do that: the knob 39 differs from 48", "the knob 39 differs from 48" },
		{ "cannot open the device: Permission denied", "cannot open the device: Permission denied" },
		{ "vfio: cannot open the device: Permission denied", "cannot open the device: Permission denied" },
		{ "vfio: it is not a: b", "it is not a: b" },
		{ "frob failed: it dumped 4 words: 0x1 0x2 0x3 [4]", "it dumped 4 words: 0x1 0x2 0x3 [4]" },
	};

	(void)state;
	for (size_t i = 0; i < HD_ARRAY_SIZE(rows); i++)
		assert_string_equal(hd_subject_innermost(rows[i].reason), rows[i].innermost);
}

static void what_has_no_word_is_not_quoted(void **state)
{
	(void)state;
	assert_string_equal(hd_subject_quoted("kernel: frob: it is dead", "it is dead"), "it is dead");
	assert_string_equal(hd_subject_quoted("frob failed, 0x1 a_b=2", "0x1 a_b=2 {3}"), "frob failed, 0x1 a_b=2");
	assert_string_equal(hd_subject_quoted("frob: frob.c:12", "frob.c:12"), "frob: frob.c:12");
}

static void mediated_devices_are_named(void **state)
{
	(void)state;
	assert_true(hd_subject_is_mediated("x: vfio 4b20d080-1b54-4048-85b3-a6a62d165c01: y"));
	assert_true(hd_subject_is_mediated("sysfsdev=/sys/bus/mdev/devices/4b20d080-1b54-4048-85b3-a6a62d165c01,x"));
	assert_true(hd_subject_is_mediated("mdev_4b20d080_1b54_4048_85b3_a6a62d165c01"));
	assert_false(hd_subject_is_mediated("vfio 0000:01:00.0: y"));
	assert_false(hd_subject_is_mediated("guest 4b20d080-1b54-4048-85b3-a6a62d165c01: vfio "));
	assert_false(hd_subject_is_mediated("vfio 4b20d080-1b54-4048-85b3"));
	assert_false(hd_subject_is_mediated("vfio 4b20d080"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(mediated_devices_are_named), cmocka_unit_test(the_innermost_part_is_found),
		cmocka_unit_test(errors_are_named), cmocka_unit_test(envelopes_are_peeled),
		cmocka_unit_test(what_has_no_word_is_not_quoted),
		cmocka_unit_test(subjects_are_fields), cmocka_unit_test(known_fields_stay),
	};

	return cmocka_run_group_tests_name("subject", tests, NULL, NULL);
}
