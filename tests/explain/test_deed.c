/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_deed.c - does what a line did, to what and how it ended, decide before a word that it names? */
#include "config.h"

#include <string.h>

#include "base/text.h"
#include "explain/families.h"
#include "explain/subject.h"
#include "explain/sys_path.h"
#include "tests/support/unit.h"

/* In the words of no collected message. */
static const struct {
	const char *line, *id;
} rows[] = {
	{ "frob: /sys/bus/pci/drivers/quux/0000:01:00.0/reset: No such file or directory", "general-deed-not-bound" },
	{ "open /sys/bus/usb/drivers/quux/1-9:1.0/x: no such file or directory", "general-deed-not-bound" },
	{ "tee: /sys/bus/pci/devices/0000:01:00.0/driver_override: No such file or directory",
	  "general-deed-no-device" },
	{ "stat /sys/devices/pci0000:00/0000:00:01.0/0000:01:00.0/vendor: no such file or directory",
	  "general-deed-no-device" },
	{ "x.sh: 3: cannot create /sys/bus/pci/devices/0000:01:00.0/driver/unbind: No such file or directory",
	  "general-deed-no-driver" },
	{ "readlink /sys/bus/pci/devices/0000:01:00.0/physfn: no such file or directory", "general-deed-no-parent" },
	{ "readlink /sys/bus/pci/devices/0000:01:00.0/virtfn7: no such file or directory",
	  "general-deed-no-function" },
	{ "open /sys/bus/pci/devices/0000:01:00.0/drm: no such file or directory", "general-deed-not-made" },
	{ "ls: cannot access /sys/bus/pci/devices/0000:01:00.0/mdev_supported_types/x: No such file or directory",
	  "general-deed-no-mdev" },
	{ "sh: can't create /sys/bus/pci/devices/0000:01:00.0/reset: No such file or directory",
	  "general-deed-no-reset" },
	{ "quux: KVM_EXIT_FAIL_ENTRY, giving up", "general-deed-entry" },
	{ "qemu-system-x: hardware error: quux_write: bad size", "general-deed-emulator" },
	{ "quux: irq 9 fired, nobody cared", "general-deed-irq-unclaimed" },
	{ "quux 0000:01:00.0: reply mismatch: sequence 4 after 2", "general-deed-out-of-step" },
	{ "quux: nvAssert: the GPU fallen off, status", "general-deed-card-lost" },
	{ "quux: NVML: Insufficient Permissions", "general-deed-nvml-rights" },
	{ "nvidia-container-cli: failed: driver not loaded", "general-deed-runtime-driver" },
	{ "nvidia-container-cli: change root failed: not there", "general-deed-runtime-root" },
	{ "quux.c:1:2: error: 'struct gizmo' has no member named 'x'", "general-deed-compile" },
	{ "recipe for target 'gizmo' failed", "general-deed-build-outer" },
	{ "subprocess.py: gizmo: No such file or directory", "general-deed-script-program" },
	{ "FileNotFoundError: [Errno 2] No such file or directory: 'lsusb'", "general-deed-script-program" },
	{ "PermissionError: [Errno 13] Permission denied: '/dev/quux'", "general-deed-node-rights" },
	{ "quux: duplicate hostdev of the device x", "general-deed-duplicate" },
	{ "gizmod: cannot read its register, aborting", "general-deed-device-unread" },
	{ "gizmo: the key quux is missing in gizmo.conf", "general-deed-setting-missing" },
	{ "gizmo: invalid value 3 in section x", "general-deed-setting-wrong" },
};

/* What has one of the signs, and not the others. */
static const char *const others[] = {
	"quux: mismatch of version 3 and sequence 4", "sysfs: cannot create duplicate filename, device x",
	"Opening and ending tag mismatch: sequence",
	"EDAC MC0: hardware error", "open quux.conf: No such file or directory, missing",
	"quux: cannot open /sys/bus/pci/devices/0000:01:00.0/vendor: Permission denied",
	"quux: /sys/bus/pci/drivers/quux/bind: No such file or directory", "quux: it failed",
};

static const char *id_of(const char *line, struct hd_arena *arena)
{
	const struct hd_family *family = hd_family_of(line, hd_subject_reason(line, arena));

	return family ? family->answer.id : "-";
}

static void deeds_decide(void **state)
{
	struct hd_arena arena = { 0 };

	(void)state;
	for (size_t i = 0; i < HD_ARRAY_SIZE(rows); i++)
		if (strcmp(id_of(rows[i].line, &arena), rows[i].id) != 0)
			fail_msg("%s, not %s: %s", id_of(rows[i].line, &arena), rows[i].id, rows[i].line);
	for (size_t i = 0; i < HD_ARRAY_SIZE(others); i++)
		if (hd_text_starts_with(id_of(others[i], &arena), "general-deed-"))
			fail_msg("%s: %s", id_of(others[i], &arena), others[i]);
	hd_arena_done(&arena);
}

/* An earlier row would take all its lines. */
static void all_are_reached(void **state)
{
	(void)state;
	for (const struct hd_deed *row = hd_families_deed; row->family.answer.id; row++) {
		size_t n = 0;

		for (size_t i = 0; i < HD_ARRAY_SIZE(rows); i++)
			n += !strcmp(row->family.answer.id, rows[i].id);
		if (!n)
			fail_msg("%s has no line", row->family.answer.id);
	}
}

static void paths_have_kinds(void **state)
{
	static const struct {
		const char *line;
		uint32_t kind;
	} lines[] = {
		{ "x /sys/bus/pci/drivers/nvidia/0000:01:00.0/driver/unbind: y", HD_SYS_DRIVER_DEVICE },
		{ "x '/sys/bus/pci/drivers/nvidia/0000:01:00.0'", HD_SYS_DRIVER_DEVICE },
		{ "x /sys/bus/pci/drivers/nvidia/unbind", 0 },
		{ "x /sys/bus/pci/drivers/nvidia: y", 0 },
		{ "x /sys/bus/pci/drivers", 0 },
		{ "x /sys/bus/pci/devices/0000:01:00.0", HD_SYS_DEVICE },
		{ "x /sys/bus/pci/devices/", 0 },
		{ "x /host/sys/bus/pci/devices/0000:01:00.0/config: y", HD_SYS_DEVICE },
		{ "x /sys/bus/pci/devices/0000:01:00.0/driver/module/x", HD_SYS_BOUND },
		{ "x /sys/bus/pci/devices/0000:01:00.0/quux", 0 },
		{ "x /sys/devices/pci0000:00/0000:00:01.0/0000:01:00.0/net/eth0", HD_SYS_MADE },
		{ "x /sys/devices/system/cpu/possible", 0 },
		{ "x /sys/class/drm/card0/device", 0 },
		{ "/sys/", 0 }, { "/sys/bus/", 0 }, { "/sys/bus/pci/", 0 }, { "/sys/devices/", 0 }, { "", 0 },
	};

	(void)state;
	for (size_t i = 0; i < HD_ARRAY_SIZE(lines); i++)
		if (hd_sys_path_of(lines[i].line) != lines[i].kind)
			fail_msg("%#x: %s", hd_sys_path_of(lines[i].line), lines[i].line);
}

/* A name that somebody gave does not say who speaks. */
static void given_names_say_nothing(void **state)
{
	static const struct {
		const char *line, *hidden;
	} lines[] = {
		{ "Failed to start domain 'nvidia'", "Failed to start domain '~~~~~~'" },
		{ "no network with matching name \"vfio\"", "no network with matching name \"~~~~\"" },
		{ "root@nvidia:~# lspci", "~~~~~~~~~~~~~# lspci" },
		{ "[me@xe dir]$ lspci", "~~~~~~~~~~~$ lspci" },
		{ "-name guest=nvme,debug", "-name guest=~~~~,debug" },
		{ "module 'nvidia' failed", "module 'nvidia' failed" },
		{ "domain 'a b' failed", "domain 'a b' failed" },
		{ "subdomain 'nvidia", "subdomain 'nvidia" },
		{ "me@x.org: nvidia", "me@x.org: nvidia" },
		{ "domain '", "domain '" }, { "'", "'" }, { "", "" },
	};
	struct hd_arena arena = { 0 };

	(void)state;
	for (size_t i = 0; i < HD_ARRAY_SIZE(lines); i++)
		assert_string_equal(hd_without_names(lines[i].line, &arena), lines[i].hidden);
	assert_string_equal(id_of("error: failed to get domain 'nvidia'", &arena),
			    id_of("error: failed to get domain 'quux'", &arena));
	hd_arena_done(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(deeds_decide), cmocka_unit_test(all_are_reached),
		cmocka_unit_test(paths_have_kinds), cmocka_unit_test(given_names_say_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
