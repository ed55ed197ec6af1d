/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_check_mdev.c - a mediated device must exist and be free; a vendor's vGPU must be set up. */
#include "config.h"

#include "tests/support/checkcase.h"

#define MDEV_PRESENT &hd_check_mdev_present
#define VGPU_READY &hd_check_vgpu_vendor_ready

static void not_started(struct check_case *c) { c->mdevs[0].exists = false; }

static void none_left(struct check_case *c)
{
	not_started(c);
	c->mdevs[0].available = 0;
}

static void unknown_uuid(struct check_case *c)
{
	not_started(c);
	c->mdevs[0].parent = NULL;
}

static void transient(struct check_case *c) { c->mdevs[0].parent = NULL; }
static void busy(struct check_case *c) { c->mdevs[0].busy = "its VFIO group is open by a process"; }

static void held(struct check_case *c)
{
	busy(c);
	c->nodes[0] = (struct hd_node){ .name = "/dev/vfio/31", .subsystem = "vfio" };
	c->holders[0] = (struct hd_holder){ .node = c->nodes, .pid = 812, .command = "vfio-test" };
	c->mdevs[0].holders = (struct hd_holders){ .holders = c->holders, .n = 1 };
}

static void other_model(struct check_case *c) { c->named[0].mdev_model = "vfio-ccw"; }
static void same_model(struct check_case *c) { c->named[0].mdev_model = "vfio-pci"; }

static void of_the_guest_itself(struct check_case *c)
{
	held(c);
	c->own_devices[0].dev = (struct hd_hostdev){ .kind = HD_DEVICE_MDEV,
						     .mdev_uuid = c->named[0].mdev_uuid };
	c->facts.guests.n_own_devices = 1;
}

static void guest_has(struct check_case *c)
{
	held(c);
	c->devices[0] = (struct hd_guest_device){
		.guest = "other",
		.dev = { .kind = HD_DEVICE_MDEV, .mdev_uuid = c->named[0].mdev_uuid },
	};
	c->facts.guests.n_devices = 1;
}

static void vgpu(struct check_case *c)
{
	c->fns[0].fn.path = "sys/devices/pci0000:00/0000:01:00.4";
	c->fns[0].vgpu = (struct hd_vgpu){ .is_there = true, .type = 558 };
}

static void vgpu_without_type(struct check_case *c)
{
	vgpu(c);
	c->fns[0].vgpu.type = 0;
	c->fns[0].vgpu.creatable = "557 NVIDIA A40-1Q, 558 NVIDIA A40-2Q";
}

static void vgpu_managed(struct check_case *c)
{
	vgpu(c);
	c->hostdevs[0].managed = true;
}

static void vgpu_unknown(struct check_case *c)
{
	vgpu(c);
	c->fns[0].vgpu.is_unknown = true;
}

static const struct check_row rows[] = {
	{ "there", MDEV_PRESENT, NULL, HD_PASS, 0, "sys/bus/mdev/devices/1111", NULL },
	{ "its model", MDEV_PRESENT, same_model, HD_PASS, 0, NULL, NULL },
	{ "defined and not started", MDEV_PRESENT, not_started, HD_FAIL, HD_ERROR,
	  "etc/mdevctl.d/0000:00:02.0 defines it",
	  "`mdevctl start -u 11111111-2222-3333-4444-555555555555`" },
	{ "no instance left", MDEV_PRESENT, none_left, HD_FAIL, HD_ERROR,
	  "0000:00:02.0 has no instance of i915-GVTg_V5_4 left", "mdevctl list" },
	{ "nowhere", MDEV_PRESENT, unknown_uuid, HD_FAIL, HD_ERROR,
	  "etc/mdevctl.d does not define it", "`mdevctl list --defined`" },
	{ "gone at the next boot", MDEV_PRESENT, transient, HD_FAIL, HD_WARNING, "reboot",
	  "`mdevctl define -u 11111111-2222-3333-4444-555555555555`" },
	{ "in use", MDEV_PRESENT, held, HD_FAIL, HD_ERROR, "vfio-test (pid 812)", "`kill 812`" },
	{ "in use, not seen by whom", MDEV_PRESENT, busy, HD_FAIL, HD_ERROR, "by a process", "stop" },
	{ "its own", MDEV_PRESENT, of_the_guest_itself, HD_PASS, 0, NULL, NULL },
	{ "another guest's", MDEV_PRESENT, guest_has, HD_FAIL, HD_ERROR,
	  "\"other\" has the device", "virsh shutdown other" },
	{ "another interface", MDEV_PRESENT, other_model, HD_FAIL, HD_ERROR,
	  "device_api is vfio-pci", "model='vfio-pci'" },
	{ "no vGPU", VGPU_READY, NULL, HD_SKIP, 0, NULL, NULL },
	{ "a type is set", VGPU_READY, vgpu, HD_PASS, 0, "current_vgpu_type is 558", NULL },
	{ "no type is set", VGPU_READY, vgpu_without_type, HD_FAIL, HD_ERROR, "is 0",
	  "> /sys/devices/pci0000:00/0000:01:00.4/nvidia/current_vgpu_type`, TYPE being one "
	  "of: 557 NVIDIA A40-1Q, 558" },
	{ "managed", VGPU_READY, vgpu_managed, HD_FAIL, HD_ERROR, "managed='yes'", "managed='no'" },
	{ "not readable", VGPU_READY, vgpu_unknown, HD_UNKNOWN, HD_ERROR, "cannot be read", NULL },
};

int main(void)
{
	return check_rows_run(rows, HD_ARRAY_SIZE(rows));
}
