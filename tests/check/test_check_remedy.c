/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_check_remedy.c - the same advice in the words of each host. */
#include "config.h"

#include <string.h>

#include "check/remedy.h"
#include "tests/support/unit.h"

static const struct row {
	enum hd_distribution distribution;
	const char *add, *drop, *initramfs;
} rows[] = {
	{ HD_DISTRO_DEBIAN,
	  "add a=b to GRUB_CMDLINE_LINUX in /etc/default/grub, run update-grub and reboot",
	  "remove a=b from GRUB_CMDLINE_LINUX and GRUB_CMDLINE_LINUX_DEFAULT in "
	  "/etc/default/grub, run update-grub and reboot",
	  "update-initramfs -u" },
	{ HD_DISTRO_FEDORA, "run grubby --update-kernel=ALL --args=a=b and reboot",
	  "run grubby --update-kernel=ALL --remove-args=a=b and reboot", "dracut -f" },
	{ HD_DISTRO_SUSE,
	  "add a=b to GRUB_CMDLINE_LINUX in /etc/default/grub, run grub2-mkconfig -o "
	  "/boot/grub2/grub.cfg and reboot",
	  NULL, "dracut -f" },
	{ HD_DISTRO_ARCH,
	  "add a=b to GRUB_CMDLINE_LINUX in /etc/default/grub, run grub-mkconfig -o "
	  "/boot/grub/grub.cfg and reboot",
	  NULL, "mkinitcpio -P" },
	{ HD_DISTRO_UNKNOWN,
	  "add a=b to the kernel's command line in the boot loader's settings and reboot",
	  NULL, "rebuild the initramfs" },
	{ (enum hd_distribution)99,
	  "add a=b to the kernel's command line in the boot loader's settings and reboot",
	  NULL, "rebuild the initramfs" },
};

static void speaks_of_the_boot_loader(void **state)
{
	struct hd_arena arena = { NULL };

	(void)state;
	for (size_t i = 0; i < HD_ARRAY_SIZE(rows); i++) {
		struct hd_host host = { .distribution = rows[i].distribution };

		assert_string_equal(hd_remedy_add_parameter(&arena, &host, "a=b"), rows[i].add);
		if (rows[i].drop)
			assert_string_equal(hd_remedy_drop_parameter(&arena, &host, "a=b"),
					    rows[i].drop);
		assert_non_null(strstr(hd_remedy_add_parameter(&arena, &host, "a=b c"),
				       strstr(rows[i].add, "grubby") ? "=\"a=b c\" and" : "a=b c to"));
		assert_string_equal(hd_remedy_initramfs(&host), rows[i].initramfs);
		assert_non_null(strstr(hd_remedy_kernel_package(&host), " "));
	}
	hd_arena_done(&arena);
}

static void knows_systemd_boot(void **state)
{
	struct hd_arena arena = { NULL };
	struct hd_host host = { .distribution = HD_DISTRO_DEBIAN, .release = "6.1.0-18-amd64",
				.boot_loader = HD_BOOT_SYSTEMD };

	(void)state;
	assert_string_equal(hd_remedy_add_parameter(&arena, &host, "a=b"),
			    "add a=b to /etc/kernel/cmdline, run kernel-install add $(uname -r) "
			    "/boot/vmlinuz-$(uname -r) and reboot");
	host.release = "6.8.12-4-pve";
	assert_string_equal(hd_remedy_drop_parameter(&arena, &host, "a=b"),
			    "remove a=b from /etc/kernel/cmdline, run proxmox-boot-tool refresh "
			    "and reboot");
	host.release = "6.9.1-arch1-1";
	host.distribution = HD_DISTRO_ARCH;
	assert_string_equal(hd_remedy_add_parameter(&arena, &host, "a=b"),
			    "add a=b to the options line of its entry in /boot/loader/entries and "
			    "reboot");
	assert_string_equal(hd_remedy_make_menu(&arena, &host),
			    "copy it to the options line of its entry in /boot/loader/entries and "
			    "reboot");
	hd_arena_done(&arena);
}

/* Nothing of etc/default/grub, whatever boots it. */
static void knows_images(void **state)
{
	struct hd_arena arena = { NULL };
	struct hd_host host = { .distribution = HD_DISTRO_FEDORA, .boot_loader = HD_BOOT_GRUB,
				.is_ostree = true, .has_rpm_ostree = true };

	(void)state;
	assert_string_equal(hd_remedy_add_parameter(&arena, &host, "a=b c"),
			    "run rpm-ostree kargs --append-if-missing=a=b --append-if-missing=c "
			    "and reboot");
	assert_string_equal(hd_remedy_drop_parameter(&arena, &host, "a=b"),
			    "run rpm-ostree kargs --delete-if-present=a=b and reboot");
	assert_string_equal(hd_remedy_make_menu(&arena, &host), "reboot");
	assert_string_equal(hd_remedy_initramfs(&host), "rpm-ostree initramfs --enable");
	assert_true(hd_remedy_has_setup(&host));
	host.has_rpm_ostree = false;
	assert_non_null(strstr(hd_remedy_add_parameter(&arena, &host, "a=b"),
			       "put a=b into a file of /usr/lib/bootc/kargs.d of the host's image"));
	assert_non_null(strstr(hd_remedy_drop_parameter(&arena, &host, "a=b"), "remove a=b from"));
	assert_false(hd_remedy_has_setup(&host));
	hd_arena_done(&arena);
}

static void makes_menus(void **state)
{
	struct hd_arena arena = { NULL };
	struct hd_host host = { .distribution = HD_DISTRO_SUSE };

	(void)state;
	assert_string_equal(hd_remedy_make_menu(&arena, &host),
			    "run grub2-mkconfig -o /boot/grub2/grub.cfg and reboot");
	host.distribution = (enum hd_distribution)99;
	assert_string_equal(hd_remedy_make_menu(&arena, &host),
			    "regenerate the boot loader's menu and reboot");
	hd_arena_done(&arena);
}

static void speaks_of_the_firmware(void **state)
{
	struct hd_host host = { .cpu_vendor = "GenuineIntel" };

	(void)state;
	assert_non_null(strstr(hd_remedy_firmware_iommu(&host), "VT-d"));
	assert_non_null(strstr(hd_remedy_firmware_cpu(&host), "VT-x"));
	host.cpu_vendor = "AuthenticAMD";
	assert_non_null(strstr(hd_remedy_firmware_iommu(&host), "IOMMU"));
	assert_non_null(strstr(hd_remedy_firmware_cpu(&host), "SVM"));
	host.cpu_vendor = NULL;
	assert_non_null(strstr(hd_remedy_firmware_iommu(&host), "SMMU"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(speaks_of_the_boot_loader),
		cmocka_unit_test(knows_systemd_boot),
		cmocka_unit_test(knows_images),
		cmocka_unit_test(makes_menus),
		cmocka_unit_test(speaks_of_the_firmware),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
