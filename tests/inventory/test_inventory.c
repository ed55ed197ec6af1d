/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_inventory.c - the devices of a captured host, and what hangs on what. */
#include "config.h"

#include <string.h>

#include "base/text.h"
#include "inventory/inventory.h"
#include "tests/support/fakehost.h"
#include "tests/support/unit.h"

#define TREE SRCDIR "/tests/hosts/workstation.tree"
#define UUID "c2177883-f1bb-47f0-914d-32a22e3a8804"

static int load(void **state)
{
	static struct fake_host host;
	struct hd_error err;

	fake_host_make(&host);
	if (fake_tree_load_file(&host, TREE, &err) < 0)
		fail_msg("%s", err.text);
	*state = &host;
	return 0;
}

static int load_scsi(void **state)
{
	static struct fake_host host;
	struct hd_error err;

	fake_host_make(&host);
	if (fake_tree_load_file(&host, SRCDIR "/tests/hosts/scsi-server.tree", &err) < 0)
		fail_msg("%s", err.text);
	*state = &host;
	return 0;
}

static int make(void **state)
{
	static struct fake_host host;

	fake_host_make(&host);
	*state = &host;
	return 0;
}

static int unload(void **state)
{
	fake_host_remove(*state);
	return 0;
}

static struct hd_inventory read_want(struct fake_host *host, unsigned kinds, unsigned want)
{
	struct hd_inventory inventory;
	struct hd_error err;

	if (hd_inventory_read(&inventory, &host->root, &host->arena, kinds, want, &err) < 0)
		fail_msg("%s", err.text);
	return inventory;
}

static struct hd_inventory read_all(struct fake_host *host)
{
	return read_want(host, HD_KINDS_ALL, HD_INVENTORY_ALL);
}

static void is_sorted_and_complete(void **state)
{
	static const char *const wanted[] = {
		"0000:00:00.0", "0000:00:01.0", "0000:00:02.0", "0000:00:14.0", "0000:00:1b.0",
		"0000:00:1c.0", "0000:00:1d.0", "0000:00:1f.0", "0000:00:1f.6", "0000:01:00.0",
		"0000:01:00.1", "0000:02:00.0", "0000:03:00.0", "0000:03:10.0", "0000:03:10.4",
		"0000:04:00.0", "usb:usb1", "usb:1-1", "usb:1-1.2", "usb:1-1.10",
		"usb:1-6", "usb:1-9", "usb:usb2", "usb:2-3",
		"/dev/ttyS0", "/dev/ttyS4", "/dev/ttyUSB0", UUID,
	};
	struct hd_inventory inventory = read_all(*state);

	assert_int_equal(inventory.n, HD_ARRAY_SIZE(wanted));
	for (size_t i = 0; i < inventory.n; i++)
		assert_string_equal(inventory.items[i].address, wanted[i]);
}

static const char *address_of(const struct hd_item *item)
{
	return item ? item->address : "";
}

static void knows_what_hangs_on_what(void **state)
{
	static const struct {
		enum hd_device_kind kind;
		const char *address, *parent, *function;
	} rows[] = {
		{ HD_DEVICE_PCI, "0000:00:01.0", "", "0000:00:01.0" },
		{ HD_DEVICE_PCI, "0000:01:00.1", "0000:00:01.0", "0000:01:00.1" },
		{ HD_DEVICE_PCI, "0000:03:10.4", "0000:00:1c.0", "0000:03:10.4" },
		{ HD_DEVICE_USB, "usb:usb1", "0000:00:14.0", "0000:00:14.0" },
		{ HD_DEVICE_USB, "usb:1-1.10", "usb:1-1", "0000:00:14.0" },
		{ HD_DEVICE_SERIAL, "/dev/ttyS0", "", NULL },
		{ HD_DEVICE_SERIAL, "/dev/ttyS4", "0000:04:00.0", "0000:04:00.0" },
		{ HD_DEVICE_SERIAL, "/dev/ttyUSB0", "usb:1-6", "0000:00:14.0" },
		{ HD_DEVICE_MDEV, UUID, "0000:00:02.0", "0000:00:02.0" },
	};
	struct hd_inventory inventory = read_all(*state);

	for (size_t i = 0; i < HD_ARRAY_SIZE(rows); i++) {
		const struct hd_item *item = hd_inventory_find(&inventory, rows[i].kind,
							       rows[i].address);
		char name[HD_PCI_ADDR_SIZE];

		assert_non_null(item);
		assert_string_equal(address_of(item->parent), rows[i].parent);
		assert_int_equal(item->has_pci, rows[i].function != NULL);
		if (rows[i].function)
			assert_string_equal(hd_pci_addr_format(&item->pci, name),
					    rows[i].function);
	}
}

static void reads_functions(void **state)
{
	/* Never read, since that can hang: the links tell. */
	fake_file(*state, "sys/bus/pci/devices/0000:03:00.0/sriov_numvfs", "5\n");

	struct hd_inventory inventory = read_all(*state);
	const struct hd_item *gpu = hd_inventory_find(&inventory, HD_DEVICE_PCI, "01:00.0");
	const struct hd_item *nic = hd_inventory_find(&inventory, HD_DEVICE_PCI, "03:00.0");
	const struct hd_item *vf = hd_inventory_find(&inventory, HD_DEVICE_PCI, "03:10.4");

	assert_int_equal(gpu->vendor, 0x10de);
	assert_int_equal(gpu->device, 0x1b80);
	assert_int_equal(gpu->subsystem_vendor, 0x1043);
	assert_int_equal(gpu->subsystem_device, 0x8694);
	assert_int_equal(gpu->class, 0x030000);
	assert_int_equal(gpu->group, 1);
	assert_int_equal(gpu->numa_node, 0);
	assert_string_equal(gpu->driver, "nouveau");
	assert_int_equal(gpu->driver_kind, HD_DRIVER_HOST);
	assert_string_equal(gpu->reset, "bus");
	assert_string_equal(gpu->link.speed, "2.5 GT/s");
	assert_int_equal(gpu->link.width, 16);
	assert_string_equal(gpu->link.max_speed, "8.0 GT/s");
	assert_int_equal(gpu->max_vfs, -1);
	assert_int_equal(nic->n_vfs, 2);
	assert_int_equal(nic->max_vfs, 7);
	assert_false(nic->is_vf);
	assert_true(vf->is_vf);
	assert_ptr_equal(vf->physfn, nic);
	assert_int_equal(vf->driver_kind, HD_DRIVER_VFIO);
	assert_null(vf->link.max_speed);
}

static void reads_others(void **state)
{
	struct hd_inventory inventory = read_all(*state);
	const struct hd_item *usb = hd_inventory_find(&inventory, HD_DEVICE_USB, "usb:1-1.2");
	const struct hd_item *lan = hd_inventory_find(&inventory, HD_DEVICE_USB, "usb:1-9");
	const struct hd_item *port =
		hd_inventory_find(&inventory, HD_DEVICE_SERIAL, "/dev/ttyUSB0");
	const struct hd_item *card = hd_inventory_find(&inventory, HD_DEVICE_SERIAL, "/dev/ttyS4");
	const struct hd_item *mdev = hd_inventory_find(&inventory, HD_DEVICE_MDEV, UUID);

	assert_string_equal(usb->model, "Logitech USB Keyboard");
	assert_string_equal(usb->driver, "usbhid");
	assert_int_equal(usb->class, 0x03);
	assert_int_equal(usb->bus, 1);
	assert_int_equal(usb->number, 5);
	assert_string_equal(lan->model, "Realtek USB 10/100/1000 LAN");
	assert_string_equal(lan->serial, "001000001");
	assert_null(lan->driver);
	assert_string_equal(port->driver, "ftdi_sio");
	assert_string_equal(port->stable,
			    "/dev/serial/by-id/usb-FTDI_FT232R_USB_UART_A50285BI-if00-port0");
	assert_int_equal(port->numa_node, 0);
	assert_string_equal(card->driver, "serial");
	assert_string_equal(card->stable, "/dev/serial/by-path/pci-0000:04:00.0");
	assert_string_equal(mdev->type, "i915-GVTg_V5_4");
	assert_string_equal(mdev->driver, "vfio_mdev");
	assert_int_equal(mdev->group, 30);
}

/* In a terminal, each column takes room from all others: no class is longer than the longest word here. */
static void classes_are_short(void **state)
{
	static const unsigned bases[] = { 0x00, 0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b,
					  0x0c, 0x0d, 0x0e, 0x0f, 0x10, 0x11, 0x12, 0x13, 0x40, 0xff };
	struct hd_arena arena = { 0 };

	(void)state;
	for (size_t i = 0; i < HD_ARRAY_SIZE(bases); i++) {
		const struct hd_item item = { .kind = HD_DEVICE_PCI, .vendor = 1, .device = 1,
					      .class = bases[i] << 16 | 0x7f00 };
		const char *brief = hd_item_short_class(&arena, &item);

		assert_in_range(strlen(brief), 2, strlen("satellite"));
	}
	hd_arena_done(&arena);
}

static void reads_scsi_devices(void **state)
{
	static const struct {
		const char *address, *class, *brief, *model, *driver, *node;
		size_t n_nodes;
	} rows[] = {
		{ "scsi:0:0:0:0", "disk", "disk", "ATA INTEL SSDSC2KB24", "sd", "/dev/sda", 2 },
		{ "scsi:1:0:0:0", "optical drive", "optical", "HL-DT-ST DVD+-RW GTA0N", "sr", "/dev/sr0", 2 },
		{ "scsi:2:0:0:0", "disk", "disk", "HGST HUS726T4TAL5204", "sd", "/dev/sdb", 2 },
		{ "scsi:2:0:1:0", "disk", "disk", "HGST HUS726T4TAL5204", "sd", "/dev/sdc", 2 },
		{ "scsi:2:0:2:0", "disk", "disk", "HGST HUS726T4TAL5204", "sd", "/dev/sdd", 2 },
		{ "scsi:2:0:3:0", "tape drive", "tape", "IBM ULT3580-HH7", "st", "/dev/st0", 2 },
		{ "scsi:2:0:3:1", "medium changer", "changer", "IBM 3573-TL", NULL, NULL, 0 },
		{ "scsi:2:0:10:0", "enclosure", "enclosure", "DP BP14G+EXP", "ses", "/dev/sg6", 1 },
	};
	struct fake_host *host = *state;
	const struct hd_item *items;
	struct hd_inventory all;
	size_t n;

	fake_link(host, "dev/disk/by-id/ata-INTEL_1", "../../sda");
	fake_link(host, "dev/disk/by-id/wwn-0x55cd2e414f5a1b01", "../../sda");
	fake_link(host, "dev/tape/by-id/scsi-1IBM-nst", "../../nst0");
	fake_link(host, "dev/tape/by-id/scsi-1IBM", "../../st0");
	all = read_all(host);
	items = hd_inventory_kind(&all, HD_DEVICE_SCSI, &n);
	assert_int_equal(n, HD_ARRAY_SIZE(rows));
	for (size_t i = 0; i < n; i++) {
		assert_string_equal(items[i].address, rows[i].address);
		assert_string_equal(hd_item_class(&host->arena, &items[i]), rows[i].class);
		assert_string_equal(hd_item_short_class(&host->arena, &items[i]), rows[i].brief);
		assert_string_equal(hd_item_name(&host->arena, &items[i]), rows[i].model);
		assert_true(hd_text_is_same(items[i].driver, rows[i].driver));
		assert_int_equal(items[i].n_nodes, rows[i].n_nodes);
		assert_true(hd_text_is_same(n ? items[i].nodes[0] : NULL, rows[i].node));
		assert_string_equal(items[i].parent->address, i < 2 ? "0000:00:17.0" : "0000:3b:00.0");
		assert_int_equal(items[i].numa_node, 0);
	}
	assert_string_equal(hd_item_short_name(&host->arena, &items[3]), "HGST HUS726T4TAL5204 (sdc)");
	assert_string_equal(items[0].serial, "naa.55cd2e414f5a1b01");
	assert_string_equal(items[0].stable, "/dev/disk/by-id/wwn-0x55cd2e414f5a1b01");
	assert_string_equal(items[5].stable, "/dev/tape/by-id/scsi-1IBM");
	assert_null(items[2].stable);
}

static void reads_what_is_wanted(void **state)
{
	struct hd_inventory all = read_want(*state, HD_KIND_BIT(HD_DEVICE_PCI), 0);
	const struct hd_item *gpu = hd_inventory_find(&all, HD_DEVICE_PCI, "01:00.0");
	size_t n;

	assert_int_equal(all.n, 16);
	assert_string_equal(gpu->path, "");
	assert_null(gpu->driver);
	assert_int_equal(gpu->group, HD_NO_GROUP);
	assert_int_equal(gpu->vendor, 0);
	assert_null(hd_inventory_kind(&all, HD_DEVICE_USB, &n));
	assert_int_equal(n, 0);
	assert_string_equal(hd_inventory_kind(&all, HD_DEVICE_PCI, &n)->address, "0000:00:00.0");
	assert_int_equal(n, 16);
	assert_null(hd_inventory_find(&all, HD_DEVICE_PCI, "nothing"));
	all = read_want(*state, HD_KIND_BIT(HD_DEVICE_USB), HD_INVENTORY_ALL);
	assert_int_equal(all.n, 8);
	assert_true(all.items[0].has_pci);
	assert_null(all.items[0].parent);
}

/* Kernels before 5.15, trees without modalias, text that is none of the kernel's. */
static void takes_what_there_is(void **state)
{
	struct fake_host *host = *state;
	struct hd_inventory all;

	fake_pci_add(host, &(struct fake_pci){ .addr = "0000:01:00.0", .group = 5,
					       .driver = "mlx5_vfio_pci" });
	fake_file(host, "sys/bus/pci/devices/0000:01:00.0/modalias", "pci:v1234\n");
	fake_file(host, "sys/bus/pci/devices/0000:01:00.0/numa_node", "many\n");
	fake_file(host, "sys/bus/pci/devices/0000:01:00.0/sriov_totalvfs", "-3\n");
	fake_file(host, "sys/bus/pci/devices/0000:01:00.0/max_link_speed", "Unknown\n");
	fake_file(host, "sys/bus/pci/devices/0000:01:00.0/reset_method", "\n");
	fake_link(host, "sys/bus/pci/devices/0000:09:00.0",
		  "../../../devices/pci0000:00/0000:09:00.0");
	fake_dir(host, "sys/bus/pci/devices/not-an-address");
	all = read_all(host);
	assert_int_equal(all.n, 2);
	assert_int_equal(all.items[1].vendor, 0x1b36);
	assert_int_equal(all.items[1].class, 0x010802);
	assert_int_equal(all.items[1].numa_node, -1);
	assert_int_equal(all.items[1].max_vfs, -1);
	assert_int_equal(all.items[1].driver_kind, HD_DRIVER_VFIO);
	assert_null(all.items[1].reset);
	assert_null(all.items[1].link.max_speed);
}

static void does_not_leave_the_tree(void **state)
{
	struct fake_host *host = *state;
	struct hd_inventory all;

	fake_pci_add(host, &(struct fake_pci){ .addr = "0000:01:00.0" });
	fake_file(host, "secret", "reset by secret\n");
	fake_link(host, hd_printf(&host->arena, "%s/sriov_totalvfs",
				  fake_pci_path(host, "0000:01:00.0")), "/proc/self/stat");
	fake_link(host, hd_printf(&host->arena, "%s/max_link_speed",
				  fake_pci_path(host, "0000:01:00.0")), "/secret");
	fake_link(host, "sys/class/tty/ttyS9", "../../../../../../etc/passwd");
	fake_link(host, "sys/bus/mdev/devices/" UUID, "../../../devices/../../etc");
	all = read_all(host);
	assert_int_equal(all.n, 2);
	assert_int_equal(all.items[1].max_vfs, -1);
	assert_null(all.items[1].link.max_speed);
}

static void names_what_it_does_not_understand(void **state)
{
	struct fake_host *host = *state;
	struct hd_inventory all;

	fake_dir(host, "etc");
	fake_pci_add(host, &(struct fake_pci){ .addr = "0000:02:00.0" });
	fake_link(host, "sys/bus/pci/devices/0000:01:00.0", "../../../../etc");
	all = read_all(host);
	assert_int_equal(all.n_unknown, 1);
	assert_non_null(strstr(all.unknown[0], "0000:01:00.0 cannot be read"));
	assert_non_null(hd_inventory_find(&all, HD_DEVICE_PCI, "0000:01:00.0"));
	assert_int_equal(hd_inventory_find(&all, HD_DEVICE_PCI, "0000:02:00.0")->vendor, 0x1b36);
}

static void an_empty_host_has_nothing(void **state)
{
	assert_int_equal(read_all(*state).n, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(is_sorted_and_complete, load, unload),
		cmocka_unit_test_setup_teardown(knows_what_hangs_on_what, load, unload),
		cmocka_unit_test_setup_teardown(reads_functions, load, unload),
		cmocka_unit_test_setup_teardown(reads_others, load, unload),
		cmocka_unit_test(classes_are_short),
		cmocka_unit_test_setup_teardown(reads_scsi_devices, load_scsi, unload),
		cmocka_unit_test_setup_teardown(reads_what_is_wanted, load, unload),
		cmocka_unit_test_setup_teardown(takes_what_there_is, make, unload),
		cmocka_unit_test_setup_teardown(does_not_leave_the_tree, make, unload),
		cmocka_unit_test_setup_teardown(names_what_it_does_not_understand, make, unload),
		cmocka_unit_test_setup_teardown(an_empty_host_has_nothing, make, unload),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
