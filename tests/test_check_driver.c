/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_check_driver.c - drivers that never let go, and devices that vfio-pci refuses. */
#include "config.h"

#include "tests/support/checkcase.h"

#define RELEASE &hd_check_driver_release_safe
#define DENYLIST &hd_check_not_denylisted

static void nvidia(struct check_case *c)
{
	c->fns[0].fn.class = 0x030000;
	c->fns[0].fn.driver = "nvidia";
	c->fns[0].fn.vendor = 0x10de;
	c->fns[0].fn.device = 0x1b80;
}

static void amdgpu(struct check_case *c)
{
	c->fns[0].fn.class = 0x038000;
	c->fns[0].fn.driver = "amdgpu";
}

static void unbound(struct check_case *c)
{
	nvidia(c);
	c->fns[0].fn.driver = NULL;
	c->fns[0].fn.driver_kind = HD_DRIVER_NONE;
}

static void qat(struct check_case *c)
{
	c->fns[0].fn.vendor = 0x8086;
	c->fns[0].fn.device = 0x37c8;
}

static void qat_bound(struct check_case *c)
{
	qat(c);
	c->fns[0].fn.driver_kind = HD_DRIVER_VFIO;
}

static void qat_accepted(struct check_case *c)
{
	qat(c);
	c->facts.host.cmdline = "vfio-pci.disable_denylist=1";
}

static const struct check_row rows[] = {
	{ "nvme", RELEASE, NULL, HD_PASS, 0, NULL, NULL },
	{ "nvidia", RELEASE, nvidia, HD_FAIL, HD_ERROR, "0000:01:00.0/driver is nvidia",
	  "modprobe -r nvidia_drm" },
	{ "at boot", RELEASE, nvidia, HD_FAIL, HD_ERROR, NULL, "options vfio-pci ids=10de:1b80" },
	{ "amdgpu", RELEASE, amdgpu, HD_FAIL, HD_ERROR, "not proven", "modprobe -r amdgpu" },
	{ "unloaded", RELEASE, unbound, HD_SKIP, 0, NULL, NULL },

	{ "nvme", DENYLIST, NULL, HD_PASS, 0, NULL, NULL },
	{ "QAT", DENYLIST, qat, HD_FAIL, HD_WARNING, "8086:37c8 (QuickAssist C62X)",
	  "disable_denylist=1" },
	{ "on vfio-pci already", DENYLIST, qat_bound, HD_PASS, 0, NULL, NULL },
	{ "switched off", DENYLIST, qat_accepted, HD_PASS, 0, NULL, NULL },
};

int main(void)
{
	return check_rows_run(rows, HD_ARRAY_SIZE(rows));
}
