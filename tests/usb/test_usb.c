/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_usb.c - which USB devices the host has, and which of them an element means. */
#include "config.h"

#include <errno.h>
#include <string.h>

#include "base/text.h"
#include "facts/facts.h"
#include "tests/support/fakehost.h"
#include "tests/support/unit.h"

#define BUS "sys/bus/usb/devices/"
#define AT "sys/devices/pci0000:00/0000:00:14.0/usb1"

static void add(struct fake_host *host, const char *port, const char *path, const char *id,
		const char *numbers)
{
	struct hd_arena *a = &host->arena;

	fake_file(host, hd_printf(a, "%s/idVendor", path), hd_printf(a, "%.4s\n", id));
	fake_file(host, hd_printf(a, "%s/idProduct", path), hd_printf(a, "%.4s\n", id + 5));
	fake_file(host, hd_printf(a, "%s/busnum", path), hd_printf(a, "%.1s\n", numbers));
	fake_file(host, hd_printf(a, "%s/devnum", path), hd_printf(a, "%s\n", numbers + 2));
	fake_file(host, hd_printf(a, "%s/bDeviceClass", path),
		  hd_text_starts_with(port, "usb") ? "09\n" : "00\n");
	fake_link(host, hd_printf(a, BUS "%s", port), hd_printf(a, "../../../%s", path + 4));
}

static int make(void **state)
{
	static struct fake_host host;
	char serial[127] = "";

	fake_host_make(&host);
	add(&host, "usb1", AT, "1d6b:0002", "1/1");
	add(&host, "1-1", AT "/1-1", "0627:0001", "1/2");
	add(&host, "1-2", AT "/1-2", "46f4:0001", "1/3");
	add(&host, "1-2.4", AT "/1-2/1-2.4", "46f4:0001", "1/12");
	fake_file(&host, AT "/1-2/serial", "A\033B\n");
	fake_file(&host, AT "/1-2/product", "QEMU USB HARDDRIVE\n");
	/* As long as a serial number can be. */
	memset(serial, '0', 125);
	serial[125] = '7';
	fake_file(&host, AT "/1-2/1-2.4/serial", serial);
	fake_link(&host, BUS "1-2:1.0", "../../../" AT "/1-2/1-2:1.0");
	/* Going at this moment. */
	fake_dir(&host, BUS "1-3");
	*state = &host;
	return 0;
}

static int clear(void **state)
{
	fake_host_remove(*state);
	return 0;
}

static void list_is_read(void **state)
{
	struct fake_host *host = *state;
	struct hd_usb_list list;
	struct hd_error err = { 0 };

	assert_int_equal(hd_usb_list_read(&list, &host->root, &host->arena, &err), 0);
	assert_int_equal(list.n, 4);
	assert_string_equal(list.devs[1].port, "1-2");
	assert_string_equal(list.devs[1].path, AT "/1-2");
	assert_string_equal(list.devs[1].serial, "A?B");
	assert_string_equal(list.devs[1].product_name, "QEMU USB HARDDRIVE");
	assert_int_equal(list.devs[1].vendor, 0x46f4);
	assert_int_equal(list.devs[2].device, 12);
	assert_int_equal(strlen(list.devs[2].serial), 126);
	assert_string_equal(list.devs[2].serial + 124, "07");
	assert_int_equal(list.devs[3].class, HD_USB_CLASS_HUB);
}

static void host_without_usb(void **state)
{
	struct fake_host host;
	struct hd_usb_list list = { .n = 7 };
	struct hd_error err = { 0 };

	(void)state;
	fake_host_make(&host);
	assert_int_equal(hd_usb_list_read(&list, &host.root, &host.arena, &err), 0);
	assert_int_equal(list.n, 0);
	fake_file(&host, "sys/bus/usb/devices", "not a directory");
	assert_int_equal(hd_usb_list_read(&list, &host.root, &host.arena, &err), -ENOTDIR);
	fake_host_remove(&host);
}

static const struct row {
	struct hd_hostdev dev;
	const char *name, *ports;
} rows[] = {
	{ { .usb_vendor = 0x627, .usb_product = 1 }, "usb 0627:0001", "1-1 " },
	{ { .usb_vendor = 0x46f4, .usb_product = 1 }, "usb 46f4:0001", "1-2 1-2.4 " },
	{ { .usb_vendor = 0x46f4, .usb_product = 1, .usb_bus = 1, .usb_device = 12 },
	  "usb 46f4:0001", "1-2.4 " },
	{ { .usb_bus = 1, .usb_device = 3 }, "usb 1-2", "1-2 " },
	{ { .usb_bus = 1, .usb_device = 9 }, "usb bus 1 device 9", "" },
	{ { .usb_vendor = 0x46f4, .usb_product = 2 }, "usb 46f4:0002", "" },
	{ { .usb_bus = 0 }, "usb bus 0 device 0", "" },
};

static void elements_mean_devices(void **state)
{
	struct fake_host *host = *state;
	struct hd_usb_list list;
	struct hd_error err = { 0 };

	assert_int_equal(hd_usb_list_read(&list, &host->root, &host->arena, &err), 0);
	for (size_t i = 0; i < HD_ARRAY_SIZE(rows); i++) {
		struct hd_usb_facts usb;
		const char *ports = "";

		hd_usb_match(&usb, &host->arena, &list, &rows[i].dev);
		for (size_t k = 0; k < usb.n_matches; k++)
			ports = hd_printf(&host->arena, "%s%s ", ports, usb.matches[k]->port);
		assert_string_equal(ports, rows[i].ports);
		assert_string_equal(usb.name, rows[i].name);
	}
}

/* Through the whole collection: a mounted disk below the one device. */
static void uses_are_collected(void **state)
{
	struct fake_host *host = *state;
	struct hd_hostdev dev = { .kind = HD_DEVICE_USB, .usb_bus = 1, .usb_device = 3 };
	struct hd_request request = { .hostdevs = &dev, .n_hostdevs = 1 };
	struct hd_facts_query query;
	struct hd_facts facts;
	struct hd_error err = { 0 };

	fake_file(host, AT "/1-2/1-2:1.0/host6/target6:0:0/6:0:0:0/block/sda/dev", "8:0\n");
	fake_dir(host, AT "/1-2/1-2:1.0/net/enx001122334455");
	fake_file(host, "proc/self/mountinfo", "30 1 8:0 / /mnt rw - vfat /dev/sda rw\n");
	hd_facts_query_for(&query, &host->arena, &request);
	assert_int_equal(query.n_named, 1);
	query.want = HD_WANT_NAMED;
	assert_int_equal(hd_facts_collect(&facts, &host->root, &host->arena, &query, &err), 0);
	assert_int_equal(facts.n_usbs, 1);
	assert_int_equal(facts.usbs[0].storage.n_disks, 1);
	assert_string_equal(facts.usbs[0].storage.disks[0].uses[0].use, "mounted");
	assert_int_equal(facts.usbs[0].network.n_netdevs, 1);
	assert_string_equal(facts.usbs[0].network.netdevs[0].name, "enx001122334455");
	hd_facts_close(&facts);
	query.want = 0;
	assert_int_equal(hd_facts_collect(&facts, &host->root, &host->arena, &query, &err), 0);
	assert_int_equal(facts.n_usbs, 0);
	hd_facts_close(&facts);
}

/* The kernel's console on a serial adapter: no process has its node open. */
static void console_is_seen(void **state)
{
	static const char tty[] = AT "/1-2/1-2:1.0/ttyUSB0/tty/ttyUSB0";
	struct fake_host *host = *state;
	struct hd_hostdev dev = { .kind = HD_DEVICE_USB, .usb_bus = 1, .usb_device = 3 }, *named = &dev;
	struct hd_facts_query query = { .guest_uuid = "", .want = HD_WANT_NAMED, .n_named = 1,
					.named = (const struct hd_hostdev *const *)&named };
	struct hd_error err = { 0 };
	struct hd_facts facts;

	fake_file(host, hd_printf(&host->arena, "%s/dev", tty), "188:0\n");
	fake_file(host, hd_printf(&host->arena, "%s/uevent", tty), "DEVNAME=ttyUSB0\n");
	fake_link(host, hd_printf(&host->arena, "%s/subsystem", tty), "../../../../../../../../../class/tty");
	fake_file(host, "proc/consoles", "tty0 -WU (E) 4:1\nttyUSB0 -W- (E p) 188:0\n");
	assert_int_equal(hd_facts_collect(&facts, &host->root, &host->arena, &query, &err), 0);
	assert_int_equal(facts.usbs[0].n_consoles, 1);
	assert_string_equal(facts.usbs[0].consoles[0].tty, "ttyUSB0");
	assert_string_equal(facts.usbs[0].consoles[0].source, "proc/consoles");
	assert_false(facts.usbs[0].consoles[0].can_stop);
	hd_facts_close(&facts);
	fake_file(host, "proc/consoles", "tty0 -WU (E) 4:1\n");
	assert_int_equal(hd_facts_collect(&facts, &host->root, &host->arena, &query, &err), 0);
	assert_int_equal(facts.usbs[0].n_consoles, 0);
	hd_facts_close(&facts);
}

static void paths(void **state)
{
	(void)state;
	assert_true(hd_path_is_below(AT "/1-2/1-2.4", AT "/1-2"));
	assert_true(hd_path_is_below(AT "/1-2", AT "/1-2"));
	assert_false(hd_path_is_below(AT "/1-20", AT "/1-2"));
	assert_false(hd_path_is_below(AT, AT "/1-2"));
}

static enum hd_usb_stage stage_of(struct fake_host *host)
{
	struct hd_error err = { 0 };
	struct hd_usb_list list;

	assert_int_equal(hd_usb_list_read(&list, &host->root, &host->arena, &err), 0);
	assert_string_equal(list.devs[1].port, "1-2");
	return hd_usb_stage(&host->root, &host->arena, &list.devs[1]);
}

/* A driver takes an interface a moment after the device has come. */
static void settled(void **state)
{
	struct fake_host *host = *state;

	assert_int_equal(stage_of(host), HD_USB_COMES);
	fake_file(host, AT "/1-2/bNumInterfaces", " 2\n");
	fake_link(host, AT "/1-2/1-2:1.0/driver", "../../usbhid");
	fake_dir(host, AT "/1-2/1-2.4/driver");
	fake_file(host, "dev/bus/usb/001/003", "");
	assert_int_equal(stage_of(host), HD_USB_COMES);
	fake_dir(host, AT "/1-2/1-2:1.1");
	assert_int_equal(stage_of(host), HD_USB_COMES);
	fake_link(host, AT "/1-2/1-2:1.1/driver", "../../usbhid");
	assert_int_equal(stage_of(host), HD_USB_SETTLED);
}

/* An interface that never gets a driver does not hide the disk that comes. */
static void driverless_beside_disk(void **state)
{
	struct fake_host *host = *state;

	fake_file(host, AT "/1-2/bNumInterfaces", " 2\n");
	fake_file(host, "dev/bus/usb/001/003", "");
	fake_dir(host, AT "/1-2/1-2:1.1");
	fake_link(host, AT "/1-2/1-2:1.0/driver", "../../usb-storage");
	assert_int_equal(stage_of(host), HD_USB_SCANNED);
	fake_file(host, AT "/1-2/1-2:1.0/host6/target6:0:0/6:0:0:0/type", "0\n");
	assert_int_equal(stage_of(host), HD_USB_SPINS_UP);
	fake_dir(host, AT "/1-2/1-2:1.0/host6/target6:0:0/6:0:0:0/block/sdb");
	assert_int_equal(stage_of(host), HD_USB_COMES);
}

/* A disk is there long after its driver. */
static void disks_settle(void **state)
{
	static const struct {
		const char *path;	/* what the kernel makes next, a directory */
		const char *text;	/* or a file with this */
		enum hd_usb_stage stage;
	} steps[] = {
		{ "power", NULL, HD_USB_SCANNED },
		{ "host6/scsi_host/host6", NULL, HD_USB_SCANNED },
		{ "host6/target6:0:0/power", NULL, HD_USB_SCANNED },
		{ "host6/target6:0:0/6:0:0:0/power", NULL, HD_USB_SPINS_UP },
		{ "host6/target6:0:0/6:0:0:0/type", "0\n", HD_USB_SPINS_UP },
		{ "host6/target6:0:0/6:0:0:0/block/sdb", NULL, HD_USB_SETTLED },
		{ "host6/target6:0:0/6:0:0:1/type", "5\n", HD_USB_SPINS_UP },
		{ "host6/target6:0:0/6:0:0:1/type", "1\n", HD_USB_SETTLED },
	};
	struct fake_host *host = *state;

	fake_file(host, AT "/1-2/bNumInterfaces", " 1\n");
	fake_file(host, "dev/bus/usb/001/003", "");
	for (size_t driver = 0; driver < 3; driver++) {
		static const char *const names[] = { "usb-storage", "uas", "ums-realtek" };

		fake_link(host, AT "/1-2/1-2:1.0/driver", hd_printf(&host->arena, "../../%s", names[driver]));
		for (size_t i = 0; i < HD_ARRAY_SIZE(steps); i++) {
			const char *path = hd_printf(&host->arena, AT "/1-2/1-2:1.0/%s", steps[i].path);

			if (steps[i].text)
				fake_file(host, path, steps[i].text);
			else
				fake_dir(host, path);
			if (!driver && stage_of(host) != steps[i].stage)
				fail_msg("step %zu: %d", i, stage_of(host));
		}
		assert_int_equal(stage_of(host), HD_USB_SETTLED);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(list_is_read, make, clear),
		cmocka_unit_test(host_without_usb),
		cmocka_unit_test_setup_teardown(elements_mean_devices, make, clear),
		cmocka_unit_test_setup_teardown(uses_are_collected, make, clear),
		cmocka_unit_test_setup_teardown(console_is_seen, make, clear),
		cmocka_unit_test_setup_teardown(settled, make, clear),
		cmocka_unit_test_setup_teardown(driverless_beside_disk, make, clear),
		cmocka_unit_test_setup_teardown(disks_settle, make, clear),
		cmocka_unit_test(paths),
	};

	return cmocka_run_group_tests_name("usb", tests, NULL, NULL);
}
