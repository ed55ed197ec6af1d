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

static struct hd_node node = { 195, 0, "/dev/nvidia0", false, "nvidia" };
static struct hd_holder holder = { .node = &node, .pid = 42, .command = "python3" };
static struct hd_display_use use = { .what = "fb0 -> vtcon1", .source = "run/x" };

static void unused(struct check_case *c)
{
	nvidia(c);
	c->fns[0].nodes = &node;
	c->fns[0].n_nodes = 1;
}

static void opened(struct check_case *c)
{
	unused(c);
	c->fns[0].holders = (struct hd_holders){ .holders = &holder, .n = 1 };
}

static void only_bars(struct check_case *c)
{
	static struct hd_node bar = { HD_NODE_FILE, 1, "/sys/x/resource0", false, "pci" };

	nvidia(c);
	c->fns[0].nodes = &bar;
	c->fns[0].n_nodes = 1;
}

static void unread(struct check_case *c)
{
	unused(c);
	c->fns[0].holders.unread = "proc/7: Permission denied";
}

static void shown(struct check_case *c)
{
	unused(c);
	c->fns[0].display = (struct hd_display){ .uses = &use, .n_uses = 1 };
}

static void unknown(struct check_case *c)
{
	unused(c);
	c->fns[0].display.unknown = "proc/iomem: Input/output error";
}

static void referred(struct check_case *c)
{
	unused(c);
	c->fns[0].display.refs = (struct hd_display_refs){ .module = "nvidia", .unexplained = 2 };
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
	{ "amdgpu", RELEASE, amdgpu, HD_FAIL, HD_ERROR, "nodes are unknown",
	  "`modprobe -r amdgpu`" },
	{ "proven unused", RELEASE, unused, HD_PASS, 0, "nothing uses", NULL },
	{ "open", RELEASE, opened, HD_FAIL, HD_ERROR,
	  "/dev/nvidia0 is open by python3 (pid 42)", NULL },
	{ "no nodes but the files of its BARs", RELEASE, only_bars, HD_FAIL, HD_ERROR,
	  "its device nodes are unknown", NULL },
	{ "processes hidden", RELEASE, unread, HD_FAIL, HD_ERROR, "proc/7: Permission", NULL },
	{ "shown", RELEASE, shown, HD_FAIL, HD_ERROR, "fb0 -> vtcon1 (run/x)", NULL },
	{ "not told", RELEASE, unknown, HD_FAIL, HD_ERROR, "proc/iomem: Input", NULL },
	{ "references", RELEASE, referred, HD_FAIL, HD_ERROR,
	  "sys/module/nvidia/refcnt has 2 unexplained references", NULL },
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
