/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_check_boot.c - which step between a configured and a booted parameter is missing. */
#include "config.h"

#include "tests/support/checkcase.h"

#define BOOT &hd_check_boot_parameters_active
#define KERNEL &hd_check_kernel_modules_installed
#define IDS &hd_check_vfio_ids_bound

static void not_booted(struct check_case *c)
{
	c->facts.host.cmdline = "BOOT_IMAGE=/vmlinuz root=/dev/sda1 ro quiet";
}
static void not_made(struct check_case *c) { c->boot[1].words = "root=/dev/sda1 ro quiet"; }
static void typed(struct check_case *c)
{
	c->facts.host.cmdline = "root=/dev/sda1 ro intel_iommu=on iommu=pt vfio-pci.ids=1:2";
}
static void for_init(struct check_case *c)
{
	c->boot[1].words = "intel_iommu=on -- iommu=pt";
	c->facts.host.cmdline = "intel_iommu=on iommu=pt -- intel_iommu=off";
}
static void another_value(struct check_case *c) { c->boot[1].words = "intel_iommu=off iommu=pt"; }
static void unheeded(struct check_case *c) { c->boot[1].words = "intel_iommu=on iommu=pt nosplash"; }
static void no_setup(struct check_case *c) { c->facts.setup = NULL; }
static void no_boot(struct check_case *c) { c->setup.n_boot = 0; }
static void unread(struct check_case *c)
{
	c->setup.n_boot = 1;
	c->setup.boot_unread = "boot/grub/grub.cfg";
}
static void unclear(struct check_case *c)
{
	c->setup.n_boot = 0;
	c->setup.boot_unclear = "/etc/default/grub:3: a subshell";
}
static void unclear_with_menu(struct check_case *c)
{
	c->boot[0] = c->boot[1];
	c->setup.n_boot = 1;
	c->setup.boot_unclear = "/etc/default/grub:3: a subshell";
}
static void no_menu(struct check_case *c) { c->setup.n_boot = 1; }
static void no_menu_not_booted(struct check_case *c)
{
	not_booted(c);
	c->setup.n_boot = 1;
}
static void fedora_not_made(struct check_case *c)
{
	not_made(c);
	c->facts.host.distribution = HD_DISTRO_FEDORA;
}
static void systemd_not_made(struct check_case *c)
{
	not_made(c);
	c->boot[0].path = "etc/kernel/cmdline";
	c->facts.host.boot_loader = HD_BOOT_SYSTEMD;
	c->facts.host.release = "6.8.12-4-pve";
}
static void hostile(struct check_case *c) { c->boot[1].words = "intel_iommu=on iommu=pt vfio\033[2J=1"; }

static void no_tree(struct check_case *c)
{
	c->setup.has_module_tree = false;
	c->setup.other_release = "6.1.0-20-amd64";
	c->setup.is_other_newer = true;
}
static void no_tree_at_all(struct check_case *c) { c->setup.has_module_tree = false; }
static void newer(struct check_case *c)
{
	no_tree(c);
	c->setup.has_module_tree = true;
}
static void other_only(struct check_case *c)
{
	no_tree(c);
	c->setup.is_other_newer = false;
}
static void older(struct check_case *c)
{
	newer(c);
	c->setup.is_other_newer = false;
}

static void ids(struct check_case *c, const char *driver)
{
	c->ids[0] = (struct hd_id_bound){ "0000:01:00.0", "10de:1b80", driver,
					  "etc/modprobe.d/vfio.conf" };
	c->setup.n_ids = 1;
}
static void bound(struct check_case *c) { ids(c, "vfio-pci"); }
static void taken(struct check_case *c) { ids(c, "nouveau"); }
static void unbound(struct check_case *c) { ids(c, NULL); }

static const struct check_row rows[] = {
	{ "good", BOOT, NULL, HD_PASS, 0, "agree", NULL },
	{ "not booted", BOOT, not_booted, HD_FAIL, HD_WARNING,
	  "boot/grub/grub.cfg has intel_iommu=on iommu=pt, but proc/cmdline does not", "reboot" },
	{ "not made", BOOT, not_made, HD_FAIL, HD_WARNING,
	  "etc/default/grub has intel_iommu=on iommu=pt, but boot/grub/grub.cfg does not",
	  "run update-grub and reboot" },
	{ "not made, Fedora", BOOT, fedora_not_made, HD_FAIL, HD_WARNING, NULL,
	  "--update-bls-cmdline" },
	{ "not made, Proxmox", BOOT, systemd_not_made, HD_FAIL, HD_WARNING,
	  "etc/kernel/cmdline has", "proxmox-boot-tool refresh" },
	{ "typed", BOOT, typed, HD_FAIL, HD_NOTE, "vfio-pci.ids=1:2, but boot/grub/grub.cfg does",
	  "add vfio-pci.ids=1:2 to GRUB_CMDLINE_LINUX" },
	{ "words of init", BOOT, for_init, HD_FAIL, HD_WARNING, "iommu=pt", NULL },
	{ "another value", BOOT, another_value, HD_FAIL, HD_WARNING,
	  "etc/default/grub has intel_iommu=on, but", NULL },
	{ "other words", BOOT, unheeded, HD_PASS, 0, NULL, NULL },
	{ "not asked", BOOT, no_setup, HD_SKIP, 0, NULL, NULL },
	{ "no boot configuration", BOOT, no_boot, HD_SKIP, 0, NULL, NULL },
	{ "unreadable", BOOT, unread, HD_UNKNOWN, HD_NOTE, "boot/grub/grub.cfg cannot be read",
	  "as root" },
	{ "unclear", BOOT, unclear, HD_UNKNOWN, HD_NOTE, "/etc/default/grub:3: a subshell", "by hand" },
	{ "unclear, with a menu", BOOT, unclear_with_menu, HD_PASS, 0, "agree", NULL },
	{ "no menu", BOOT, no_menu, HD_PASS, 0, NULL, NULL },
	{ "no menu, not booted", BOOT, no_menu_not_booted, HD_FAIL, HD_WARNING,
	  "etc/default/grub has intel_iommu=on iommu=pt, but proc/cmdline does not", NULL },
	{ "control characters", BOOT, hostile, HD_FAIL, HD_WARNING, "vfio?[2J=1", NULL },

	{ "good", KERNEL, NULL, HD_PASS, 0, "6.1.0-18-amd64, the running kernel", NULL },
	{ "upgraded", KERNEL, no_tree, HD_FAIL, HD_WARNING,
	  "lib/modules/6.1.0-18-amd64 does not exist, lib/modules/6.1.0-20-amd64 does", "reboot" },
	{ "no modules at all", KERNEL, no_tree_at_all, HD_FAIL, HD_WARNING, "does not exist:",
	  NULL },
	{ "a newer one waits", KERNEL, newer, HD_FAIL, HD_NOTE, "6.1.0-20-amd64", "reboot" },
	{ "modules of an older one alone", KERNEL, other_only, HD_FAIL, HD_WARNING,
	  "6.1.0-20-amd64 does: no more", "or boot Linux 6.1.0-20-amd64" },
	{ "an older one is kept", KERNEL, older, HD_PASS, 0, NULL, NULL },
	{ "not asked", KERNEL, no_setup, HD_SKIP, 0, NULL, NULL },

	{ "no ids", IDS, NULL, HD_SKIP, 0, NULL, NULL },
	{ "not asked", IDS, no_setup, HD_SKIP, 0, NULL, NULL },
	{ "bound", IDS, bound, HD_PASS, 0, "0000:01:00.0 (10de:1b80) is on vfio-pci", NULL },
	{ "taken", IDS, taken, HD_FAIL, HD_WARNING,
	  "vfio.conf names ids for vfio-pci, but 0000:01:00.0 (10de:1b80) is on nouveau",
	  "softdep nouveau pre: vfio-pci" },
	{ "unbound", IDS, unbound, HD_FAIL, HD_WARNING, "is unbound", "modprobe vfio-pci" },
};

int main(void)
{
	return check_rows_run(rows, HD_ARRAY_SIZE(rows));
}
