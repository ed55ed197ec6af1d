/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_nodedev.c - an inventory out of libvirt's node devices, good ones and bad ones. */
#include "config.h"

#include <errno.h>
#include <string.h>

#include "inventory/inventory.h"
#include "inventory/nodedev_xml.h"
#include "tests/support/unit.h"

#define PCI(name, more) "<device><name>" name "</name><capability type='pci'>" more \
	"</capability></device>"
#define AT(bus, slot, fn) "<domain>0</domain><bus>" bus "</bus><slot>" slot "</slot><function>" \
	fn "</function>"

static int parse(struct hd_inventory *ret, struct hd_arena *arena, const char *xml)
{
	struct hd_error err = { 0 };
	int rc = hd_inventory_from_nodedevs(ret, arena, xml, strlen(xml), &err);

	assert_int_equal(rc, err.code);
	return rc;
}

static void decimal_addresses(void **state)
{
	struct hd_arena arena = { 0 };
	struct hd_inventory all;
	size_t n;

	(void)state;
	assert_int_equal(parse(&all, &arena, "<devices>"
		PCI("b", AT("130", "31", "7") "<class>0x010802</class>"
		    "<product id='0xa808'>NV&#9;Me</product><vendor id='0x144d'/>"
		    "<iommuGroup number='12'/><numa node='1'/>")
		PCI("a", AT("3", "0", "0") "<capability type='virt_functions' maxCount='63'/>"
		    "<pci-express><link validity='cap' port='1' speed='16' width='8'/>"
		    "<link validity='sta' speed='2.5' width='4'/></pci-express>")
		"</devices>"), 0);
	assert_true(all.is_remote);
	assert_int_equal(all.n, 2);
	assert_string_equal(all.items[0].address, "0000:03:00.0");
	assert_int_equal(all.items[0].n_vfs, 0);
	assert_int_equal(all.items[0].max_vfs, 63);
	assert_string_equal(all.items[0].link.max_speed, "16.0 GT/s");
	assert_string_equal(all.items[0].link.speed, "2.5 GT/s");
	assert_int_equal(all.items[0].link.width, 4);
	assert_int_equal(all.items[0].group, HD_NO_GROUP);
	assert_string_equal(all.items[1].address, "0000:82:1f.7");
	assert_int_equal(all.items[1].class, 0x010802);
	assert_int_equal(all.items[1].vendor, 0x144d);
	assert_string_equal(all.items[1].model, "NV?Me");
	assert_int_equal(all.items[1].group, 12);
	assert_int_equal(all.items[1].numa_node, 1);
	assert_string_equal(hd_inventory_kind(&all, HD_DEVICE_PCI, &n)->address, "0000:03:00.0");
	hd_arena_done(&arena);
}

static void interfaces_tell_of_devices(void **state)
{
	struct hd_arena arena = { 0 };
	struct hd_inventory all;
	const struct hd_item *usb;

	(void)state;
	assert_int_equal(parse(&all, &arena, "<devices>"
		"<device><name>usb_1_2_1_0</name><parent>usb_1_2</parent>"
		"<driver><name>usbhid</name></driver>"
		"<capability type='usb'><class>3</class></capability></device>"
		"<device><name>usb_1_2</name><parent>usb_usb1</parent>"
		"<path>/sys/devices/x/usb1/1-2</path><capability type='usb_device'><bus>1</bus>"
		"<device>4</device><product id='0xc52b'/><vendor id='0x046d'/></capability></device>"
		"<device><name>usb_usb1</name><path>/sys/devices/x/usb1</path>"
		"<capability type='usb_device'><bus>1</bus><device>1</device></capability></device>"
		"</devices>"), 0);
	assert_int_equal(all.n, 2);
	usb = hd_inventory_find(&all, HD_DEVICE_USB, "usb:1-2");
	assert_non_null(usb);
	assert_int_equal(usb->class, 3);
	assert_string_equal(usb->driver, "usbhid");
	assert_int_equal(usb->number, 4);
	assert_string_equal(usb->parent->address, "usb:usb1");
	assert_true(hd_item_is_hub(usb->parent));
	hd_arena_done(&arena);
}

/* As libvirt 9.0 writes a disk, and a changer, which has no node. */
static void scsi_devices(void **state)
{
	struct hd_arena arena = { 0 };
	struct hd_inventory all;
	const struct hd_item *disk, *changer;

	(void)state;
	assert_int_equal(parse(&all, &arena, "<devices>"
		"<device><name>block_sdb_ST4000</name><path>/sys/devices/x/host2/2:0:1:0/block/sdb</path>"
		"<parent>scsi_2_0_1_0</parent><capability type='storage'><block>/dev/sdb</block>"
		"<drive_type>disk</drive_type><model>HUS726T4TAL5204</model><vendor>HGST</vendor>"
		"<serial>35000cca0</serial></capability></device>"
		"<device><name>scsi_2_0_1_0</name><path>/sys/devices/x/host2/2:0:1:0</path>"
		"<parent>scsi_target2_0_1</parent><driver><name>sd</name></driver><capability type='scsi'>"
		"<host>2</host><bus>0</bus><target>1</target><lun>0</lun><type>disk</type></capability></device>"
		"<device><name>scsi_2_0_3_1</name><capability type='scsi'><host>2</host><bus>0</bus>"
		"<target>3</target><lun>1</lun><type>changer</type></capability></device>"
		"<device><name>bad</name><capability type='scsi'><host>2</host><bus>0</bus><lun>1</lun>"
		"</capability></device></devices>"), 0);
	assert_int_equal(all.n, 2);
	disk = hd_inventory_find(&all, HD_DEVICE_SCSI, "scsi:2:0:1:0");
	changer = hd_inventory_find(&all, HD_DEVICE_SCSI, "scsi:2:0:3:1");
	assert_true(disk && changer);
	assert_string_equal(disk->model, "HGST HUS726T4TAL5204");
	assert_string_equal(disk->driver, "sd");
	assert_int_equal(disk->n_nodes, 1);
	assert_string_equal(disk->nodes[0], "/dev/sdb");
	assert_string_equal(hd_item_short_class(&arena, disk), "disk");
	assert_string_equal(hd_item_short_class(&arena, changer), "changer");
	assert_int_equal(changer->n_nodes, 0);
	hd_arena_done(&arena);
}

/* A device without a name is left out; a value that is not a number is unknown. */
static void bad_devices(void **state)
{
	struct hd_arena arena = { 0 };
	struct hd_inventory all;

	(void)state;
	assert_int_equal(parse(&all, &arena, "<devices>"
		PCI("a", AT("256", "0", "0")) PCI("b", AT("1", "32", "0"))
		PCI("c", AT("1", "0", "8")) PCI("d", AT("1", "0", "x")) PCI("e", "")
		"<device><capability type='pci'>" AT("1", "0", "0") "</capability></device>"
		"<device><name>m</name><capability type='mdev'><uuid>../../x</uuid></capability></device>"
		"<device/><other/>"
		"<device><name>p</name><parent>p</parent><capability type='pci'>" AT("1", "0", "0")
		"<iommuGroup number='-7'/><class>much</class><numa node='999999999999'/>"
		"<pci-express><link validity='cap' speed='8;rm' width='x'/></pci-express>"
		"</capability></device>"
		"</devices>"), 0);
	assert_int_equal(all.n, 1);
	assert_null(all.items[0].parent);
	assert_int_equal(all.items[0].group, HD_NO_GROUP);
	assert_int_equal(all.items[0].class, 0);
	assert_int_equal(all.items[0].numa_node, -1);
	assert_null(all.items[0].link.max_speed);
	hd_arena_done(&arena);
}

static void bad_text(void **state)
{
	static const char *const texts[] = { "", "<devices>", "no XML",
		"<!DOCTYPE d [<!ENTITY a 'b'>]><devices>&a;</devices>" };
	struct hd_arena arena = { 0 };
	struct hd_inventory all = { .n = 3 };

	(void)state;
	for (size_t i = 0; i < HD_ARRAY_SIZE(texts); i++)
		assert_int_equal(parse(&all, &arena, texts[i]), -EINVAL);
	assert_int_equal(all.n, 3);
	assert_int_equal(parse(&all, &arena, "<devices/>"), 0);
	assert_int_equal(all.n, 0);
	hd_arena_done(&arena);
}

/* As libvirt 9.0 writes a card whose serial number has an ampersand, and the rest. */
static void one_is_not_xml(void **state)
{
	struct hd_arena arena = { 0 };
	const char *good = PCI("pci_0000_04_00_0", AT("4", "0", "0") "<class>0x010802</class>");
	const char *bad = PCI("pci_0000_03_00_0", AT("3", "0", "0") "<capability type='vpd'>"
			      "<name>A & B <1></name></capability>");
	struct hd_inventory all;

	(void)state;
	assert_ptr_equal(hd_nodedev_or_unknown(&arena, "pci_0000_04_00_0", good), good);
	assert_int_equal(parse(&all, &arena, hd_printf(&arena, "<devices>%s%s%s</devices>",
		hd_nodedev_or_unknown(&arena, "pci_0000_03_00_0", bad), good,
		hd_nodedev_or_unknown(&arena, "usb_<&>", "<device>"))), 0);
	assert_int_equal(all.n, 2);
	assert_string_equal(all.items[0].address, "0000:03:00.0");
	assert_int_equal(all.items[0].class, 0);
	assert_int_equal(all.items[1].class, 0x010802);
	assert_int_equal(all.n_unknown, 2);
	assert_non_null(strstr(all.unknown[0], "pci_0000_03_00_0: libvirt's XML for it"));
	assert_non_null(strstr(all.unknown[1], "usb_<&>"));
	hd_arena_done(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(decimal_addresses),
		cmocka_unit_test(interfaces_tell_of_devices),
		cmocka_unit_test(scsi_devices),
		cmocka_unit_test(bad_devices),
		cmocka_unit_test(bad_text),
		cmocka_unit_test(one_is_not_xml),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
