/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_udev_rules.c - the rules for one function: its address, its ids, nothing else. */
#include "config.h"

#include "setup/udev_rules.h"
#include "tests/support/unit.h"

#define IDS "SUBSYSTEM==\"pci\", KERNEL==\"0000:03:00.0\", ATTR{vendor}==\"0x8086\", " \
	    "ATTR{device}==\"0x10c9\""

static const struct hd_pci_fn fn = { .name = "0000:03:00.0", .vendor = 0x8086, .device = 0x10c9 };

static void functions(void **state)
{
	struct hd_arena arena = { 0 };

	(void)state;
	assert_string_equal(hd_udev_rule_path(&arena, "vfs", fn.name),
			    "etc/udev/rules.d/70-hostdevctl-vfs-0000:03:00.0.rules");
	assert_string_equal(
		hd_udev_rule_vfs(&arena, &fn, 4, true),
		"# Made by 'hostdevctl setup vfs'; 'hostdevctl setup vfs 0000:03:00.0 0' removes it.\n"
		"ACTION==\"add|bind\", " IDS ", DRIVER==\"?*\", ATTR{sriov_numvfs}==\"0\", "
		"ATTR{sriov_numvfs}=\"4\"\n");
	assert_string_equal(
		hd_udev_rule_vfs(&arena, &fn, 2, false),
		"# Made by 'hostdevctl setup vfs'; 'hostdevctl setup vfs 0000:03:00.0 0' removes it.\n"
		"ACTION==\"add|bind\", " IDS ", DRIVER==\"?*\", ATTR{sriov_numvfs}==\"0\", "
		"ATTR{sriov_drivers_autoprobe}=\"0\"\n"
		"ACTION==\"add|bind\", " IDS ", DRIVER==\"?*\", ATTR{sriov_numvfs}==\"0\", "
		"ATTR{sriov_numvfs}=\"2\"\n");
	assert_string_equal(
		hd_udev_rule_bind(&arena, &fn, "vfio-pci", "/usr/sbin/hostdevctl"),
		"# Made by 'hostdevctl setup bind'; 'hostdevctl setup --revert' removes it.\n"
		"ACTION==\"add\", " IDS ", DRIVER==\"?*\", DRIVER!=\"vfio-pci\", "
		"RUN+=\"/usr/sbin/hostdevctl detach --binder sysfs 0000:03:00.0\"\n"
		"ACTION==\"add\", " IDS ", DRIVER!=\"?*\", ATTR{driver_override}=\"vfio-pci\", "
		"ATTR{[subsystem/pci]drivers_probe}=\"0000:03:00.0\", "
		"RUN{builtin}+=\"kmod load vfio-pci\"\n");
	hd_arena_done(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(functions) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
