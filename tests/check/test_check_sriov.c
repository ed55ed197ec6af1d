/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_check_sriov.c - physical functions with VFs, and VFs with a parent. */
#include "config.h"

#include "tests/support/checkcase.h"

#define VFS &hd_check_sriov_vfs_off
#define PARENT &hd_check_vf_parent_up

static void no_vfs(struct check_case *c) { c->fns[0].fn.sriov_numvfs = 0; }
static void vfs(struct check_case *c) { c->fns[0].fn.sriov_numvfs = 4; }

static void vfs_on_vfio(struct check_case *c)
{
	vfs(c);
	c->fns[0].fn.driver_kind = HD_DRIVER_VFIO;
}

static void interface(struct check_case *c)
{
	c->hostdevs[0].source = HD_SOURCE_INTERFACE;
}

static void vf(struct check_case *c)
{
	interface(c);
	c->fns[0].fn.physfn = "0000:02:00.0";
	c->fns[0].parent = &c->parent;
	c->parent.fn.driver = "igb";
	(void)hd_pci_addr_format(&(struct hd_pci_addr){ .bus = 2 }, c->parent.fn.name);
	c->netdevs[0] = (struct hd_netdev){ "enp2s0", true };
	c->parent.network = (struct hd_network){ .netdevs = c->netdevs, .n_netdevs = 1 };
}

static void parent_down(struct check_case *c)
{
	vf(c);
	c->netdevs[0].is_up = false;
}

static void parent_without_netdev(struct check_case *c)
{
	vf(c);
	c->parent.network.n_netdevs = 0;
}

static void parent_unread(struct check_case *c)
{
	vf(c);
	c->fns[0].parent = NULL;
}

static void parent_unreadable(struct check_case *c)
{
	vf(c);
	c->parent.fn.unknown = "sys/bus/pci/devices/0000:02:00.0/class: Input/output error";
}

static const struct check_row rows[] = {
	{ "no physical function", VFS, NULL, HD_SKIP, 0, NULL, NULL },
	{ "none", VFS, no_vfs, HD_PASS, 0, "reads 0", NULL },
	{ "four", VFS, vfs, HD_FAIL, HD_ERROR, "sriov_numvfs reads 4",
	  "echo 0 > /sys/bus/pci/devices/0000:01:00.0/sriov_numvfs" },
	{ "on VFIO", VFS, vfs_on_vfio, HD_SKIP, 0, NULL, NULL },

	{ "hostdev", PARENT, NULL, HD_SKIP, 0, NULL, NULL },
	{ "up", PARENT, vf, HD_PASS, 0, "enp2s0", NULL },
	{ "down", PARENT, parent_down, HD_FAIL, HD_ERROR, "sys/class/net/enp2s0/flags",
	  "ip link set enp2s0 up" },
	{ "no interface", PARENT, parent_without_netdev, HD_FAIL, HD_ERROR, "(driver igb)",
	  "reattach 0000:02:00.0" },
	{ "unread", PARENT, parent_unread, HD_UNKNOWN, HD_ERROR, "0000:02:00.0", NULL },
	{ "unreadable", PARENT, parent_unreadable, HD_UNKNOWN, HD_ERROR, "Input/output error", NULL },
	{ "not virtual", PARENT, interface, HD_FAIL, HD_ERROR, "no physfn", "<hostdev>" },
};

int main(void)
{
	return check_rows_run(rows, HD_ARRAY_SIZE(rows));
}
