/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_check_iommu_host.c - why an IOMMU is off, and what to do about it. */
#include "config.h"

#include "tests/support/checkcase.h"

#define TABLE &hd_check_iommu_firmware
#define ON &hd_check_iommu_enabled
#define PT &hd_check_iommu_passthrough_mode

static void set_off(struct check_case *c, enum hd_iommu_vendor vendor, const char *cmdline)
{
	c->facts.iommu.is_active = false;
	c->facts.iommu.vendor = vendor;
	c->facts.host.cmdline = cmdline;
	if (vendor == HD_IOMMU_NONE)
		c->facts.iommu.table = NULL;
}

static void no_units(struct check_case *c)
{
	set_off(c, HD_IOMMU_INTEL, "ro intel_iommu=on");
	c->facts.iommu.has_groups = true;
}

static void no_table(struct check_case *c) { set_off(c, HD_IOMMU_NONE, "ro"); }
static void intel_bare(struct check_case *c) { set_off(c, HD_IOMMU_INTEL, "ro"); }
static void intel_on(struct check_case *c) { set_off(c, HD_IOMMU_INTEL, "intel_iommu=on"); }
static void typed_off(struct check_case *c) { set_off(c, HD_IOMMU_INTEL, "intel_iommu=off"); }

/* Where the boot configuration was not read. */
static void set_off_alone(struct check_case *c, enum hd_iommu_vendor vendor, const char *cmdline)
{
	set_off(c, vendor, cmdline);
	c->facts.setup = NULL;
}
static void intel_off(struct check_case *c)
{
	set_off_alone(c, HD_IOMMU_INTEL, "intel_iommu=off");
}
static void off_in_menu(struct check_case *c)
{
	typed_off(c);
	c->boot[1].words = "ro intel_iommu=off";
}
static void off_everywhere(struct check_case *c)
{
	off_in_menu(c);
	c->boot[0].words = "intel_iommu=off";
}
static void intel_sm_off(struct check_case *c)
{
	set_off(c, HD_IOMMU_INTEL, "a intel_iommu=sm_on,off b");
}
static void iommu_off(struct check_case *c)
{
	set_off_alone(c, HD_IOMMU_INTEL, "intel_iommu=on iommu=off iommu=pt");
}
static void amd_bare(struct check_case *c) { set_off(c, HD_IOMMU_AMD, "ro quiet"); }
static void amd_off(struct check_case *c) { set_off_alone(c, HD_IOMMU_AMD, "amd_iommu=off"); }
static void amd_typed_off(struct check_case *c) { set_off(c, HD_IOMMU_AMD, "amd_iommu=off"); }
static void amd_off_in_menu(struct check_case *c)
{
	amd_typed_off(c);
	c->boot[1].words = "ro amd_iommu=off";
}
static void amd_off_in_entry(struct check_case *c)
{
	amd_off_in_menu(c);
	c->facts.host.distribution = HD_DISTRO_FEDORA;
}
static void amd_off_by_hand(struct check_case *c)
{
	amd_off_in_menu(c);
	c->setup.n_boot = 1;
	c->boot[0] = c->boot[1];
	c->boot[0].path = "boot/loader/entries/arch.conf";
	c->facts.host.distribution = HD_DISTRO_ARCH;
	c->facts.host.boot_loader = HD_BOOT_SYSTEMD;
}

static void amd_iommu_off(struct check_case *c) { set_off_alone(c, HD_IOMMU_AMD, "iommu=off"); }
static void amd_intel_word(struct check_case *c) { set_off(c, HD_IOMMU_AMD, "intel_iommu=off"); }
static void arm(struct check_case *c) { set_off(c, HD_IOMMU_ARM, NULL); }
static void virtio(struct check_case *c) { set_off(c, HD_IOMMU_VIRTIO, "ro"); }

static void intel_last_word_wins(struct check_case *c)
{
	set_off(c, HD_IOMMU_INTEL, "intel_iommu=off intel_iommu=on");
}

static void amd_lookalikes(struct check_case *c)
{
	set_off(c, HD_IOMMU_AMD, "iommu=offset amd_iommu_intr=off xiommu=off iommu.strict=off");
}

static void amd_off_first(struct check_case *c)
{
	set_off(c, HD_IOMMU_AMD, "amd_iommu=off,fullflush");
}

static void set_not_booted(struct check_case *c) { intel_bare(c); }
static void set_not_made(struct check_case *c)
{
	intel_bare(c);
	c->boot[1].words = "ro";
}
static void not_set(struct check_case *c)
{
	set_not_made(c);
	c->boot[0].words = "quiet";
}
static void not_asked(struct check_case *c)
{
	intel_bare(c);
	c->facts.setup = NULL;
}
static const char *const said[] = { "DMAR: IOMMU disabled", "DMAR-IR: x", "[Firmware Bug]: DMAR" };
static void with_log(struct check_case *c)
{
	c->setup.kernel_lines = said;
	c->setup.n_kernel_lines = HD_ARRAY_SIZE(said);
}
static void default_type(struct check_case *c)
{
	c->facts.host.cmdline = "intel_iommu=on";
	c->facts.n_groups = 0;
	c->setup.group_type = "DMA";
	c->setup.group_type_path = "sys/kernel/iommu_groups/0/type";
}
static void default_identity(struct check_case *c)
{
	default_type(c);
	c->setup.group_type = "identity";
}

static void on_fedora(struct check_case *c)
{
	not_set(c);
	c->facts.host.distribution = HD_DISTRO_FEDORA;
}

static void on_suse(struct check_case *c)
{
	not_set(c);
	c->facts.host.distribution = HD_DISTRO_SUSE;
}

static void amd_processor(struct check_case *c)
{
	no_table(c);
	c->facts.host.cpu_vendor = "AuthenticAMD";
}

static void device_tree(struct check_case *c)
{
	c->facts.iommu.table = NULL;
	c->facts.iommu.vendor = HD_IOMMU_ARM;
}

static void no_table_in_guest(struct check_case *c)
{
	no_table(c);
	c->facts.host.is_guest = true;
}

static void made_translated(struct check_case *c)
{
	c->facts.host.cmdline = "intel_iommu=on";
	c->groups[0].type = "DMA-FQ";
}

static void arm_translated(struct check_case *c)
{
	made_translated(c);
	c->facts.setup = NULL;
	c->facts.host.machine = "aarch64";
	c->facts.host.distribution = HD_DISTRO_FEDORA;
}

static void translated(struct check_case *c)
{
	c->facts.setup = NULL;
	c->facts.host.cmdline = "intel_iommu=on";
	c->groups[0].type = "DMA-FQ";
}

static void identity(struct check_case *c)
{
	c->facts.host.cmdline = "intel_iommu=on";
}

static const struct check_row rows[] = {
	{ "DMAR", TABLE, NULL, HD_PASS, 0, "DMAR", NULL },
	{ "device tree", TABLE, device_tree, HD_PASS, 0, "device tree", NULL },
	{ "no table", TABLE, no_table, HD_FAIL, HD_ERROR, "DMAR, IVRS, IORT, VIOT", "VT-d" },
	{ "no table in a guest", TABLE, no_table_in_guest, HD_FAIL, HD_ERROR, NULL,
	  "<iommu model='intel'>" },
	{ "AMD", TABLE, amd_processor, HD_FAIL, HD_ERROR, "IVRS", "\"IOMMU\" to Enabled" },

	{ "on", ON, NULL, HD_PASS, 0, "not empty", NULL },
	{ "no firmware", ON, no_table, HD_FAIL, HD_ERROR, "firmware describes no", "VT-d" },
	{ "not booted", ON, set_not_booted, HD_FAIL, HD_ERROR,
	  "lacks intel_iommu=on, which boot/grub/grub.cfg has", "reboot" },
	{ "not made", ON, set_not_made, HD_FAIL, HD_ERROR, "which etc/default/grub has",
	  "run update-grub and reboot" },
	{ "not asked", ON, not_asked, HD_FAIL, HD_ERROR, "lacks intel_iommu=on", "add intel_iommu=on" },
	{ "the kernel's words", ON, with_log, HD_PASS, 0,
	  "not empty; the kernel says \"DMAR: IOMMU disabled\"", NULL },
	{ "the firmware's faults", TABLE, with_log, HD_PASS, 0, "\"[Firmware Bug]: DMAR\"", NULL },
	{ "default type", PT, default_type, HD_FAIL, HD_NOTE, "groups/0/type reads DMA and", NULL },
	{ "default identity", PT, default_identity, HD_PASS, 0, "reads identity", NULL },
	{ "word missing", ON, not_set, HD_FAIL, HD_ERROR, "lacks intel_iommu=on",
	  "`hostdevctl setup --apply` and reboot; or by hand: add intel_iommu=on to "
	  "GRUB_CMDLINE_LINUX in /etc/default/grub, run update-grub" },
	{ "grubby", ON, on_fedora, HD_FAIL, HD_ERROR, NULL,
	  "grubby --update-kernel=ALL --args=intel_iommu=on" },
	{ "mkconfig", ON, on_suse, HD_FAIL, HD_ERROR, NULL,
	  "grub2-mkconfig -o /boot/grub2/grub.cfg" },
	{ "groups without an IOMMU", ON, no_units, HD_FAIL, HD_ERROR,
	  "sys/class/iommu is empty, though sys/kernel/iommu_groups is not", "iommu_groups/*/name" },
	{ "on, still empty", ON, intel_on, HD_FAIL, HD_ERROR, "has intel_iommu=on", "DMAR" },
	{ "off", ON, intel_off, HD_FAIL, HD_ERROR, "has intel_iommu=off",
	  "remove intel_iommu=off" },
	{ "off, typed", ON, typed_off, HD_FAIL, HD_ERROR, "has intel_iommu=off", "reboot" },
	{ "off, on since", ON, off_in_menu, HD_FAIL, HD_ERROR, "has intel_iommu=off",
	  "run update-grub and reboot" },
	{ "off, everywhere", ON, off_everywhere, HD_FAIL, HD_ERROR, "has intel_iommu=off",
	  "add intel_iommu=on to GRUB_CMDLINE_LINUX" },
	{ "off in a list", ON, intel_sm_off, HD_FAIL, HD_ERROR, "intel_iommu=off", NULL },
	{ "iommu=off", ON, iommu_off, HD_FAIL, HD_ERROR, "has iommu=off", "remove iommu=off" },
	{ "last wins", ON, intel_last_word_wins, HD_FAIL, HD_ERROR, "has intel_iommu=on",
	  "dmesg" },
	{ "AMD, nothing said", ON, amd_bare, HD_FAIL, HD_ERROR, "by default", "AMD-Vi" },
	{ "AMD off", ON, amd_off, HD_FAIL, HD_ERROR, "has amd_iommu=off",
	  "remove amd_iommu=off from" },
	{ "AMD off, typed", ON, amd_typed_off, HD_FAIL, HD_ERROR, "amd_iommu=off", "reboot" },
	{ "AMD off, menu not made", ON, amd_off_in_menu, HD_FAIL, HD_ERROR, "amd_iommu=off",
	  "run update-grub and reboot" },
	{ "AMD off, Fedora", ON, amd_off_in_entry, HD_FAIL, HD_ERROR, "amd_iommu=off",
	  "--remove-args=amd_iommu=off" },
	{ "AMD off, an entry by hand", ON, amd_off_by_hand, HD_FAIL, HD_ERROR, NULL,
	  "from the options line of /boot/loader/entries/arch.conf" },
	{ "AMD iommu=off", ON, amd_iommu_off, HD_FAIL, HD_ERROR, "has iommu=off",
	  "remove iommu=off" },
	{ "AMD heeds no Intel word", ON, amd_intel_word, HD_FAIL, HD_ERROR, "by default", NULL },
	{ "AMD, words that look alike", ON, amd_lookalikes, HD_FAIL, HD_ERROR, "by default", NULL },
	{ "AMD off, first of a list", ON, amd_off_first, HD_FAIL, HD_ERROR, "has amd_iommu=off",
	  NULL },
	{ "ARM", ON, arm, HD_FAIL, HD_ERROR, "SMMU", "no parameter" },
	{ "virtio", ON, virtio, HD_FAIL, HD_ERROR, "virtual IOMMU", "modprobe virtio_iommu" },

	{ "iommu=pt", PT, NULL, HD_PASS, 0, "iommu=pt", NULL },
	{ "identity", PT, identity, HD_PASS, 0, NULL, NULL },
	{ "translated", PT, translated, HD_FAIL, HD_NOTE, "groups/14/type reads DMA-FQ",
	  "add iommu=pt" },
	{ "translated, and set since", PT, made_translated, HD_FAIL, HD_NOTE, NULL, "reboot" },
	{ "ARM has its own word", PT, arm_translated, HD_FAIL, HD_NOTE,
	  "lacks iommu.passthrough=1", "--args=iommu.passthrough=1" },
	{ "no IOMMU", PT, no_table, HD_SKIP, 0, NULL, NULL },
};

int main(void)
{
	return check_rows_run(rows, HD_ARRAY_SIZE(rows));
}
