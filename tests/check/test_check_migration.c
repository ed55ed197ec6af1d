/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_check_migration.c - can the running guest be migrated and saved? */
#include "config.h"

#include "tests/support/checkcase.h"

#define POSSIBLE &hd_check_migration_possible
#define REFUSES "libvirt will refuse to migrate or save the running guest, or to snapshot its memory: "
#define MAY "libvirt may refuse to migrate or save the running guest, or to snapshot its memory: "

static void by_driver(struct check_case *c) { c->fns[0].migration = HD_MIGRATION_UNKNOWN; }

static void by_variant(struct check_case *c)
{
	by_driver(c);
	c->fns[0].vfio_driver = "mlx5_vfio_pci";
}
static void by_model(struct check_case *c)
{
	by_driver(c);
	c->hostdevs[0].driver_model = "hisi-acc-vfio-pci";
}
static void other_variant(struct check_case *c)
{
	by_driver(c);
	c->fns[0].fn.driver_kind = HD_DRIVER_VFIO;
	c->fns[0].fn.driver = "acme-vfio-pci";
}
static void kernel_says_no(struct check_case *c)
{
	other_variant(c);
	c->fns[0].fn.driver = "mlx5_vfio_pci";
	c->fns[0].migration = HD_MIGRATION_NO;
}
static void transient(struct check_case *c)
{
	by_driver(c);
	c->hostdevs[0].is_transient = true;
}
static void disk(struct check_case *c)
{
	by_driver(c);
	c->hostdevs[0].source = HD_SOURCE_DISK;
}
static void absent(struct check_case *c)
{
	by_driver(c);
	c->fns[0].fn.is_present = false;
}
static void usb(struct check_case *c) { c->hostdevs[0].kind = HD_DEVICE_USB; }
static void mdev(struct check_case *c)
{
	c->hostdevs[0].kind = HD_DEVICE_MDEV;
	c->hostdevs[0].mdev_uuid = "11111111-2222-3333-4444-555555555555";
}
static void both(struct check_case *c)
{
	by_driver(c);
	check_case_ask(c, 1)->kind = HD_DEVICE_MDEV;
	c->hostdevs[1].mdev_uuid = "11111111-2222-3333-4444-555555555555";
}
static void many(struct check_case *c)
{
	by_driver(c);
	for (unsigned i = 1; i < 4; i++) {
		check_case_add(c, i, 0x010802, "nvme")->migration = HD_MIGRATION_NO;
		check_case_ask(c, i);
	}
}

static const struct check_row rows[] = {
	{ "the kernel says that it can", POSSIBLE, NULL, HD_PASS, HD_NOTE, NULL, NULL },
	{ "vfio-pci cannot", POSSIBLE, by_driver, HD_FAIL, HD_NOTE,
	  REFUSES "0000:01:00.0 (vfio-pci cannot save its state)", "shut it down instead" },
	{ "a variant that can", POSSIBLE, by_variant, HD_PASS, HD_NOTE, NULL, NULL },
	{ "a variant of the XML that can", POSSIBLE, by_model, HD_PASS, HD_NOTE, NULL, NULL },
	{ "a variant that no table has", POSSIBLE, other_variant, HD_UNKNOWN, HD_NOTE,
	  MAY "0000:01:00.0 (whether acme-vfio-pci can save its state is unknown)", NULL },
	{ "the kernel's word goes before the table", POSSIBLE, kernel_says_no, HD_FAIL, HD_NOTE,
	  REFUSES "0000:01:00.0 (mlx5_vfio_pci cannot", " 0000:01:00.0`)" },
	{ "a transient partner", POSSIBLE, transient, HD_PASS, HD_NOTE, NULL, NULL },
	{ "an NVMe disk of QEMU's own driver", POSSIBLE, disk, HD_PASS, HD_NOTE, NULL, NULL },
	{ "an absent function is another check's", POSSIBLE, absent, HD_PASS, HD_NOTE, NULL, NULL },
	{ "a USB device is unplugged", POSSIBLE, usb, HD_PASS, HD_NOTE, NULL, NULL },
	{ "a mediated device", POSSIBLE, mdev, HD_UNKNOWN, HD_NOTE, MAY, NULL },
	{ "one that cannot and one unknown", POSSIBLE, both, HD_FAIL, HD_NOTE,
	  "(vfio-pci cannot save its state); mdev 11111111", NULL },
	{ "many", POSSIBLE, many, HD_FAIL, HD_NOTE,
	  ", 0000:01:00.2 (vfio-pci cannot save its state); 4 devices in all", NULL },
};

int main(void)
{
	return check_rows_run(rows, HD_ARRAY_SIZE(rows));
}
