/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_check_children.c - mediated devices and virtual functions that go with a driver. */
#include "config.h"

#include <string.h>

#include "tests/support/checkcase.h"

#define CHILDREN &hd_check_children_free
#define UUID "c2177883-f1bb-47f0-914d-32a22e3a8804"
#define VF "0000:01:10.0"

static struct hd_child child;

static void mdev(struct check_case *c)
{
	child = (struct hd_child){ .name = UUID, .type = "i915-GVTg_V5_4" };
	c->fns[0].fn.path = "sys/devices/pci0000:00/0000:01:00.0";
	c->fns[0].fn.driver = "i915";
	c->fns[0].fn.driver_kind = HD_DRIVER_HOST;
	c->fns[0].children = (struct hd_children){ .items = &child, .n = 1 };
	c->devices[0] = (struct hd_guest_device){ .guest = "desk", .uuid = UUID,
		.dev = { .kind = HD_DEVICE_MDEV, .mdev_uuid = UUID } };
}

static void defined(struct check_case *c)
{
	mdev(c);
	c->facts.guests.defined_devices = c->devices;
	c->facts.guests.n_defined_devices = 1;
}

static void running(struct check_case *c)
{
	defined(c);
	c->facts.guests.n_devices = 1;
}

static void odd_name(struct check_case *c)
{
	running(c);
	c->devices[0].guest = "d'esk";
}

static void open(struct check_case *c)
{
	mdev(c);
	child.busy = "open by qemu (pid 7)";
}

static void on_vfio(struct check_case *c)
{
	running(c);
	c->fns[0].fn.driver_kind = HD_DRIVER_VFIO;
}

static void vf(struct check_case *c)
{
	mdev(c);
	child = (struct hd_child){ .is_vf = true, .name = VF };
	c->claims[0] = (struct hd_guest_claim){ .guest = "web", .uuid = UUID,
						.addr = { .bus = 1, .slot = 0x10 } };
	c->facts.guests.n_claims = 1;
}

static void vf_running(struct check_case *c)
{
	vf(c);
	c->claims[0].is_running = true;
}

static void vf_open(struct check_case *c)
{
	vf(c);
	child.busy = "open by dpdk (pid 7)";
}

static void unread(struct check_case *c)
{
	mdev(c);
	c->fns[0].children = (struct hd_children){ .unknown = "cannot read it" };
}

static const struct check_row rows[] = {
	{ "none", CHILDREN, NULL, HD_SKIP, 0, NULL, NULL },
	{ "idle", CHILDREN, mdev, HD_FAIL, HD_ERROR,
	  "mediated device " UUID " (i915-GVTg_V5_4) goes with driver i915",
	  "`mdevctl stop -u " UUID "`" },
	{ "of a defined guest", CHILDREN, defined, HD_FAIL, HD_ERROR,
	  "the defined guest \"desk\" asks for it", "`mdevctl stop" },
	{ "of a running guest", CHILDREN, running, HD_FAIL, HD_ERROR,
	  "the running guest \"desk\" has it",
	  "`virsh shutdown desk`, or if it does not react, `virsh destroy desk`, then "
	  "`mdevctl stop -u " UUID "`" },
	{ "of a guest with a quote", CHILDREN, odd_name, HD_FAIL, HD_ERROR, "d'esk",
	  "`virsh shutdown " UUID "`, or if it does not react, `virsh destroy " UUID "`" },
	{ "open", CHILDREN, open, HD_FAIL, HD_ERROR, "and open by qemu (pid 7)", "stop the program" },
	{ "on VFIO", CHILDREN, on_vfio, HD_SKIP, 0, NULL, NULL },
	{ "virtual, defined", CHILDREN, vf, HD_PASS, 0, NULL, NULL },
	{ "virtual, running", CHILDREN, vf_running, HD_FAIL, HD_ERROR,
	  "virtual function " VF " goes with driver i915, and the running guest \"web\" has it",
	  "`virsh shutdown web`, or if it does not react, `virsh destroy web`" },
	{ "virtual, open", CHILDREN, vf_open, HD_FAIL, HD_ERROR, "open by dpdk", "stop the program" },
	{ "not read", CHILDREN, unread, HD_UNKNOWN, HD_ERROR, "cannot read it", NULL },
};

int main(void)
{
	return check_rows_run(rows, HD_ARRAY_SIZE(rows));
}
