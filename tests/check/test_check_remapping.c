/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_check_remapping.c - interrupt remapping against the unsafe switch, and its kin. */
#include "config.h"

#include "tests/support/checkcase.h"

#define IR &hd_check_interrupt_remapping
#define ACS &hd_check_no_acs_override
#define NOIOMMU &hd_check_no_noiommu
#define UNSAFE_WORD "vfio_iommu_type1.allow_unsafe_interrupts"

static void set(struct check_case *c, int remapping, int unsafe)
{
	c->facts.iommu.remapping = remapping;
	c->facts.iommu.remapping_evidence = "proc/interrupts has PCI-MSI but no IR- chip";
	c->facts.host.unsafe_interrupts = unsafe;
}

static void absent_off(struct check_case *c) { set(c, 0, 0); }
static void absent_on(struct check_case *c) { set(c, 0, 1); }
static void absent_unknown(struct check_case *c) { set(c, 0, -1); }
static void active_on(struct check_case *c) { set(c, 1, 1); }
static void unknown(struct check_case *c) { set(c, -1, 0); }

static void absent_on_at_boot(struct check_case *c)
{
	set(c, 0, -1);
	c->facts.host.cmdline = "ro " UNSAFE_WORD "=1";
}

static void active_on_at_boot(struct check_case *c)
{
	set(c, 1, -1);
	c->facts.setup = NULL;
	c->facts.host.cmdline = "ro " UNSAFE_WORD "=1";
}

static void switched_off_for_once(struct check_case *c)
{
	set(c, 0, 0);
	c->facts.host.cmdline = "ro intremap=off";
}

static void absent_in_guest(struct check_case *c)
{
	absent_off(c);
	c->facts.host.is_guest = true;
}

static void absent_amd(struct check_case *c)
{
	absent_off(c);
	c->facts.host.cpu_vendor = "AuthenticAMD";
}

static void switched_off(struct check_case *c)
{
	set(c, 0, 0);
	c->facts.setup = NULL;
	c->facts.host.cmdline = "ro intremap=off";
}

static void no_iommu(struct check_case *c)
{
	set(c, 0, 0);
	c->facts.iommu.is_active = false;
}

static void override(struct check_case *c)
{
	c->facts.setup = NULL;
	c->facts.host.cmdline = "pcie_acs_override=downstream,multifunction";
}

static void noiommu(struct check_case *c)
{
	c->facts.host.noiommu_mode = true;
}

static const struct check_row rows[] = {
	{ "active", IR, NULL, HD_PASS, 0, "IR-PCI-MSI", NULL },
	{ "active and unsafe", IR, active_on, HD_FAIL, HD_WARNING, "needless", "/etc/modprobe.d" },
	{ "active, unsafe on the command line", IR, active_on_at_boot, HD_FAIL, HD_WARNING,
	  "needless", "remove " UNSAFE_WORD "=1" },
	{ "absent", IR, absent_off, HD_FAIL, HD_ERROR, "no IR- chip", "firmware" },
	{ "absent in a guest", IR, absent_in_guest, HD_FAIL, HD_ERROR, NULL,
	  "<driver intremap='on'/>" },
	{ "absent, AMD", IR, absent_amd, HD_FAIL, HD_ERROR, NULL, "grep AMD-Vi" },
	{ "switched off for once", IR, switched_off_for_once, HD_FAIL, HD_ERROR,
	  "no IR- chip; proc/cmdline has intremap=off", "reboot" },
	{ "switched off", IR, switched_off, HD_FAIL, HD_ERROR, "proc/cmdline has intremap=off",
	  "remove intremap=off from GRUB_CMDLINE_LINUX" },
	{ "absent, switch unknown", IR, absent_unknown, HD_FAIL, HD_ERROR, NULL, NULL },
	{ "absent and unsafe", IR, absent_on, HD_FAIL, HD_WARNING, "any interrupt", "VT-d" },
	{ "absent, unsafe on the command line", IR, absent_on_at_boot, HD_FAIL, HD_WARNING,
	  "any interrupt", NULL },
	{ "unknown", IR, unknown, HD_UNKNOWN, HD_WARNING, "is unknown", NULL },
	{ "no IOMMU", IR, no_iommu, HD_SKIP, 0, NULL, NULL },

	{ "none", ACS, NULL, HD_PASS, 0, "lacks pcie_acs_override", NULL },
	{ "override", ACS, override, HD_FAIL, HD_WARNING,
	  "pcie_acs_override=downstream,multifunction", "remove pcie_acs_override=downstream" },

	{ "off", NOIOMMU, NULL, HD_PASS, 0, NULL, NULL },
	{ "on", NOIOMMU, noiommu, HD_FAIL, HD_WARNING, "reads Y", "echo N" },
};

int main(void)
{
	return check_rows_run(rows, HD_ARRAY_SIZE(rows));
}
