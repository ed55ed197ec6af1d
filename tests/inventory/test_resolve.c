/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_resolve.c - which device does a name mean? */
#include "config.h"

#include <errno.h>
#include <string.h>

#include "base/text.h"
#include "inventory/resolve.h"
#include "tests/support/devicehost.h"
#include "tests/support/unit.h"

/* PCI, USB and TTY: "" is none. */
static const struct good {
	const char *text;
	enum hd_device_kind kind;
	const char *name, *pci, *usb, *node;
	enum hd_usb_by by;
	unsigned nvme_namespace;
	bool is_partition;
} goods[] = {
	{ "0000:01:00.0", HD_DEVICE_PCI, NVME, NVME, "", "", 0, 0, false },
	{ "01:00.0", HD_DEVICE_PCI, NVME, NVME, "", "", 0, 0, false },
	{ "pci_0000_01_00_0", HD_DEVICE_PCI, NVME, NVME, "", "", 0, 0, false },
	{ "99:00.0", HD_DEVICE_PCI, "0000:99:00.0", "0000:99:00.0", "", "", 0, 0, false },
	{ "/dev/nvme0", HD_DEVICE_PCI, NVME, NVME, "", "nvme0", 0, 0, false },
	{ "/dev/nvme0n1", HD_DEVICE_PCI, NVME, NVME, "", "nvme0n1", 0, 7, false },
	{ "/dev/nvme0n1p2", HD_DEVICE_PCI, NVME, NVME, "", "nvme0n1p2", 0, 7, true },
	{ "/dev/disk/by-id/nvme-X_1-part2", HD_DEVICE_PCI, NVME, NVME, "", "nvme0n1p2", 0, 7,
	  true },
	{ "/dev/absolute", HD_DEVICE_PCI, NVME, NVME, "", "nvme0n1", 0, 7, false },
	{ "/dev//./nvme0n1", HD_DEVICE_PCI, NVME, NVME, "", "nvme0n1", 0, 7, false },
	{ "/dev/nvme3n2", HD_DEVICE_PCI, "0000:04:00.0", "0000:04:00.0", "", "nvme3n2", 0, 2,
	  false },
	{ "/dev/dri/card0", HD_DEVICE_PCI, GPU, GPU, "", "card0", 0, 0, false },
	{ "/dev/cards/renderD128", HD_DEVICE_PCI, GPU, GPU, "", "renderD128", 0, 0, false },
	{ "/dev/snd/controlC0", HD_DEVICE_PCI, "0000:02:00.1", "0000:02:00.1", "",
	  "controlC0", 0, 0, false },
	{ "/dev/vfio/12", HD_DEVICE_PCI, NVME, NVME, "", "12", 0, 0, false },
	{ "/dev/sdb", HD_DEVICE_USB, "usb:1-1", XHCI, "1-1", "sdb", HD_USB_BY_NODE, 0, false },
	{ "/dev/rtc1", HD_DEVICE_USB, "usb:1-1", XHCI, "1-1", "rtc1", HD_USB_BY_NODE, 0,
	  false },
	{ "/dev/input/event4", HD_DEVICE_USB, "usb:1-1", XHCI, "1-1", "event4",
	  HD_USB_BY_NODE, 0, false },
	{ "/dev/input/by-id/usb-kbd", HD_DEVICE_USB, "usb:1-1", XHCI, "1-1", "event4",
	  HD_USB_BY_NODE, 0, false },
	{ "/dev/bus/usb/001/005", HD_DEVICE_USB, "usb:1-2.3", XHCI, "1-2.3", "1-2.3",
	  HD_USB_BY_ADDRESS, 0, false },
	{ "/dev/ttyUSB0", HD_DEVICE_SERIAL, "/dev/ttyUSB0", XHCI, "1-3", "ttyUSB0", 0, 0,
	  false },
	{ "/dev/serial/by-id/usb-FTDI", HD_DEVICE_SERIAL, "/dev/ttyUSB0", XHCI, "1-3",
	  "ttyUSB0", 0, 0, false },
	{ "/dev/ttyS4", HD_DEVICE_SERIAL, "/dev/ttyS4", UART, "", "ttyS4", 0, 0, false },
	{ "/dev/ttyS0", HD_DEVICE_SERIAL, "/dev/ttyS0", "", "", "ttyS0", 0, 0, false },
	{ "enp3s0f0", HD_DEVICE_PCI, NIC, NIC, "", "enp3s0f0", 0, 0, false },
	{ "net:enp3s0f0", HD_DEVICE_PCI, NIC, NIC, "", "enp3s0f0", 0, 0, false },
	{ "eth7", HD_DEVICE_PCI, "0000:04:00.0", "0000:04:00.0", "", "eth7", 0, 0, false },
	{ "enx001122334455", HD_DEVICE_USB, "usb:1-1", XHCI, "1-1", "enx001122334455",
	  HD_USB_BY_NODE, 0, false },
	{ "vf:enp3s0f0/1", HD_DEVICE_PCI, VF, VF, "", "", 0, 0, false },
	{ "vf:0000:03:00.0/1", HD_DEVICE_PCI, VF, VF, "", "", 0, 0, false },
	{ "vf:8086:10fb/0", HD_DEVICE_PCI, "0000:03:10.4", "0000:03:10.4", "", "", 0, 0,
	  false },
	{ "8086:10fb", HD_DEVICE_PCI, NIC, NIC, "", "", 0, 0, false },
	{ "0627:0001", HD_DEVICE_USB, "usb:1-1", XHCI, "1-1", "", HD_USB_BY_ID, 0, false },
	{ "usb:10DE:1B06", HD_DEVICE_USB, "usb:1-4", XHCI, "1-4", "", HD_USB_BY_ID, 0, false },
	{ "usb:046d:c52b:C:D", HD_DEVICE_USB, "usb:1-2.4", XHCI, "1-2.4", "",
	  HD_USB_BY_SERIAL, 0, false },
	{ "usb:046d:c52b:A?B", HD_DEVICE_USB, "usb:1-2.3", XHCI, "1-2.3", "",
	  HD_USB_BY_SERIAL, 0, false },
	{ "usb:1-2.3", HD_DEVICE_USB, "usb:1-2.3", XHCI, "1-2.3", "", HD_USB_BY_PORT, 0, false },
	{ "usb:usb1", HD_DEVICE_USB, "usb:usb1", XHCI, "usb1", "", HD_USB_BY_PORT, 0, false },
	{ "usb:1.5", HD_DEVICE_USB, "usb:1-2.3", XHCI, "1-2.3", "", HD_USB_BY_ADDRESS, 0,
	  false },
	{ "usb:001.005", HD_DEVICE_USB, "usb:1-2.3", XHCI, "1-2.3", "", HD_USB_BY_ADDRESS, 0,
	  false },
	{ "83B8F4F2-509F-382F-3C1E-E6BFE0FA1001", HD_DEVICE_MDEV, UUID, GPU, "", "", 0, 0,
	  false },
	{ DEFINED, HD_DEVICE_MDEV, DEFINED, GPU, "", "", 0, 0, false },
};

static const char *text_of(const char *text)
{
	return text ? text : "";
}

static void check_good(struct fake_host *host, const struct good *row)
{
	struct hd_device_ref ref;
	struct hd_error err = { 0 };
	char pci[HD_PCI_ADDR_SIZE] = "";
	int rc = hd_resolve(&ref, &host->root, &host->arena, row->text, &err);

	if (rc < 0)
		fail_msg("%s: %s", row->text, err.text);
	if (ref.has_pci)
		hd_pci_addr_format(&ref.pci, pci);
	if (strcmp(pci, row->pci) != 0 || strcmp(ref.name, row->name) != 0)
		fail_msg("%s: %s at '%s'", row->text, ref.name, pci);
	assert_ptr_equal(ref.given, row->text);
	assert_int_equal(ref.kind, row->kind);
	assert_string_equal(ref.usb ? ref.usb->port : "", row->usb);
	assert_string_equal(text_of(ref.node), row->node);
	assert_int_equal(ref.usb_by, row->by);
	assert_int_equal(ref.nvme_namespace, row->nvme_namespace);
	assert_int_equal(ref.is_partition, row->is_partition);
	assert_string_equal(text_of(ref.uuid), row->kind == HD_DEVICE_MDEV ? row->name : "");
	assert_string_equal(text_of(ref.tty), row->kind == HD_DEVICE_SERIAL ? row->node : "");
	assert_string_equal(text_of(ref.path), row->text[0] == '/' ? row->text : "");
}

static void names_mean_devices(void **state)
{
	for (size_t i = 0; i < HD_ARRAY_SIZE(goods); i++)
		check_good(*state, &goods[i]);
}

static const struct bad {
	const char *text;
	int rc;
	const char *says;
} bads[] = {
	{ "", -EINVAL, "'' does not name a device" },
	{ "nope", -ENOENT, "'nope' is not a device: this host has no interface with that "
	  "name; 'hostdevctl list' shows what this host has" },
	{ "nvme0n1", -ENOENT, "; perhaps you mean /dev/nvme0n1; 'hostdevctl list'" },
	{ "1-2.3", -ENOENT, "; perhaps you mean usb:1-2.3" },
	{ "/dev/sdx", -ENXIO, "'/dev/sdx' belongs to a USB device that is not in /sys/bus/usb" },
	{ "/dev/ttyUSB9", -ENXIO, "belongs to a USB device that is not in /sys/bus/usb" },
	{ "enx9", -ENXIO, "belongs to a USB device that is not in /sys/bus/usb" },
	{ "a name with blanks", -EINVAL, "'a name with blanks' does not name a device" },
	{ "abcdefghijklmnopq", -EINVAL, "does not name a device" },
	{ "..", -EINVAL, "does not name a device" },
	{ "a\033[2Jb\n", -EINVAL, "'a?[2Jb?' does not name a device" },
	{ "net:../../kernel", -EINVAL, "is not an interface name" },
	{ "net:", -EINVAL, "is not an interface name" },
	{ "net:..", -EINVAL, "is not an interface name" },
	{ "br0", -ENXIO, "'br0' is an interface without a PCI function" },
	{ "046d:c52b", -ENOTUNIQ, "'046d:c52b' matches 2 devices; name one: usb:1-2.3 "
	  "(046d:c52b, serial A?B), usb:1-2.4 (046d:c52b, serial C:D)" },
	{ "usb:046d:c52b", -ENOTUNIQ, "usb:1-2.3 (046d:c52b, serial A?B), usb:1-2.4" },
	{ "10de:1b06", -ENOTUNIQ, "'10de:1b06' matches 2 devices; name one: "
	  GPU " (PCI, driver nouveau), usb:1-4 (10de:1b06, without a serial number)" },
	{ "8086:10ed", -ENOTUNIQ, "0000:03:10.2 (PCI, driver ixgbevf), "
	  "0000:03:10.4 (PCI, no driver)" },
	{ "ffff:0001", -ENOENT, "'ffff:0001': this host has no PCI function or USB" },
	{ "usb:046d:c52b:X", -ENOENT, "no USB device 046d:c52b has this serial number; this host has "
	  "usb:1-2.3 (046d:c52b, serial A?B) and others" },
	{ "usb:046d:c52b:", -EINVAL, "does not name a USB device" },
	{ "usb:1-9", -ENOENT, "'usb:1-9': this host has no such USB device; 'hostdevctl list'" },
	{ "usb:1.99", -ENOENT, "this host has no such USB device" },
	{ "usb:1.0", -EINVAL, "does not name a USB device" },
	{ "usb:1", -EINVAL, "does not name a USB device" },
	{ "usb:1-", -EINVAL, "does not name a USB device" },
	{ "usb:1-2.", -EINVAL, "does not name a USB device" },
	{ "usb:1-../../x", -EINVAL, "does not name a USB device" },
	{ "usb:", -EINVAL, "does not name a USB device" },
	{ "/dev/nvme3n1", -ENOTUNIQ, "0000:04:00.0 (controller nvme3), "
	  "0000:05:00.0 (controller nvme4)" },
	{ "/dev/nvme3n1p1", -ENOTUNIQ, "0000:04:00.0 (controller nvme3), 0000:05:00.0" },
	{ "/dev/nvme3n11", -ENXIO, "an NVMe disk without a controller on the PCI bus" },
	{ "/dev/vfio/13", -ENOTUNIQ, GPU ", 0000:02:00.1" },
	{ "/dev/mapper/root", -ENXIO, "is not a device of its own but lies on /dev/sda2" },
	{ "/dev/tty1", -ENXIO, "is a terminal without hardware" },
	{ "/dev/null", -ENXIO, "does not belong to a PCI function or USB device" },
	{ "/dev/nope", -ENOENT, "'/dev/nope' does not exist" },
	{ "/dev/", -EINVAL, "is a directory" },
	{ "/dev", -EINVAL, "must begin with /dev/" },
	{ "/etc/passwd", -EINVAL, "must begin with /dev/ and not have '..'" },
	{ "/dev/../etc/passwd", -EINVAL, "not have '..'" },
	{ "/dev/disk", -EINVAL, "is a directory" },
	{ "/dev/disk/..", -EINVAL, "not have '..'" },
	{ "/dev/out", -EINVAL, "'/dev/out' leads out of /dev" },
	{ "/dev/up", -EINVAL, "'/dev/up' leads out of /dev" },
	{ "/dev/loop-a", -ELOOP, "Too many levels of symbolic links" },
	{ "/dev/grows", -ELOOP, "Too many levels of symbolic links" },
	{ "vf:enp3s0f0/2", -ENOENT, NIC " has no virtual function 2; it has 2, numbered from 0 to 1" },
	{ "vf:enp3s0f0", -EINVAL, "is not a virtual function" },
	{ "vf:enp3s0f0/", -EINVAL, "is not a virtual function" },
	{ "vf:/1", -EINVAL, "is not a virtual function" },
	{ "vf:enp3s0f0/-1", -EINVAL, "is not a virtual function" },
	{ "vf:vf:enp3s0f0/0/0", -EINVAL, "is not a virtual function" },
	{ "vf:" NVME "/0", -ENXIO, NVME " has no virtual functions (no SR-IOV" },
	{ "vf:" XHCI "/0", -ENOENT, "to create up to 4: echo NUMBER > "
	  "/sys/bus/pci/devices/" XHCI "/sriov_numvfs" },
	{ "vf:99:00.0/0", -ENOENT, "this host has no PCI function 0000:99:00.0" },
	{ "vf:usb:1-1/0", -ENXIO, "usb:1-1 is not a PCI function" },
	{ "vf:nope/0", -ENOENT, "'nope' is not a device" },
	{ NO_UUID, -ENOENT, "this host has no mediated device with this UUID" },
};

static void others_are_refused(void **state)
{
	struct fake_host *host = *state;

	for (size_t i = 0; i < HD_ARRAY_SIZE(bads); i++) {
		struct hd_device_ref ref;
		struct hd_error err = { 0 };
		int rc = hd_resolve(&ref, &host->root, &host->arena, bads[i].text, &err);

		if (rc != bads[i].rc || !strstr(err.text, bads[i].says))
			fail_msg("%s: %d, %s", bads[i].text, rc, err.text);
		assert_int_equal(err.code, rc);
	}
}

static void long_names(void **state)
{
	static const char *const starts[] = { "", "/dev/", "usb:", "usb:046d:c52b:", "vf:",
					      "net:", "usb:1-", "usb:1.", "01:00.0" };
	struct fake_host *host = *state;
	char text[8200];

	for (size_t i = 0; i < HD_ARRAY_SIZE(starts); i++) {
		struct hd_device_ref ref;
		struct hd_error err = { 0 };

		memset(text, '1', sizeof(text) - 1);
		text[sizeof(text) - 1] = '\0';
		memcpy(text, starts[i], strlen(starts[i]));
		assert_true(hd_resolve(&ref, &host->root, &host->arena, text, &err) < 0);
		assert_true(strlen(err.text) < 500);
	}
}

static void add_long_usb(struct fake_host *host, int port)
{
	struct hd_arena *a = &host->arena;
	const char *dir = fake_usb_add(host, XHCI, hd_printf(a, "1-%d", port),
				       hd_printf(a, "usb1/1-%d", port), "1111:2222",
				       hd_printf(a, "1/%d", port + 20));

	fake_file(host, hd_printf(a, "%s/serial", dir),
		  "a very long serial number that is longer than it has to be, really\n");
}

/* More than an error can hold: how many there are is said. */
static void many_candidates(void **state)
{
	struct fake_host *host = *state;
	struct hd_device_ref ref;
	struct hd_error err = { 0 };

	for (int i = 10; i < 30; i++)
		add_long_usb(host, i);
	assert_int_equal(hd_resolve(&ref, &host->root, &host->arena, "1111:2222", &err),
			 -ENOTUNIQ);
	assert_non_null(strstr(err.text, "matches 20 devices"));
	assert_non_null(strstr(err.text, ", and 14 more"));
}

static void devices_and_guests(void **state)
{
	static const struct {
		const char *text;
		bool is_device;
	} rows[] = {
		{ "01:00.0", true }, { "/dev/nope", true }, { "usb:nope", true },
		{ "ffff:ffff", true }, { "vf:", true }, { "net:nope", true }, { UUID, true },
		{ "enp3s0f0", true }, { "br0", false }, { "win11", false }, { NO_UUID, false },
		{ "a guest with blanks", false }, { "", false }, { "..", false },
		{ "usb-guest", false },
	};
	struct fake_host *host = *state;

	for (size_t i = 0; i < HD_ARRAY_SIZE(rows); i++)
		if (hd_resolve_is_device(&host->root, &host->arena, rows[i].text) !=
		    rows[i].is_device)
			fail_msg("'%s'", rows[i].text);
}

static void refs_become_hostdevs(void **state)
{
	struct fake_host *host = *state;
	static const char *const texts[] = { "01:00.0", "usb:1-2.3", "/dev/serial/by-id/usb-FTDI",
					     UUID };
	struct hd_hostdev devs[4];

	for (size_t i = 0; i < HD_ARRAY_SIZE(texts); i++) {
		struct hd_device_ref ref;
		struct hd_error err;

		assert_int_equal(hd_resolve(&ref, &host->root, &host->arena, texts[i], &err), 0);
		hd_resolve_hostdev(&devs[i], &ref);
		assert_int_equal(devs[i].kind, ref.kind);
		assert_int_equal(devs[i].vlan, -1);
	}
	assert_true(devs[0].has_addr && devs[0].addr.bus == 1);
	assert_true(devs[1].usb_bus == 1 && devs[1].usb_device == 5 && !devs[1].usb_vendor);
	assert_string_equal(devs[2].path, texts[2]);
	assert_int_equal(devs[2].source, HD_SOURCE_SERIAL);
	assert_string_equal(devs[3].mdev_uuid, UUID);
}

/* Without links in sys/class, as a capture may be: by the directory's name. */
static void trees_without_classes(void **state)
{
	static const struct good rows[] = {
		{ "/dev/dri/card0", HD_DEVICE_PCI, GPU, GPU, "", "card0", 0, 0, false },
		{ "/dev/ttyS4", HD_DEVICE_SERIAL, "/dev/ttyS4", UART, "", "ttyS4", 0, 0, false },
		{ "enp3s0f0", HD_DEVICE_PCI, NIC, NIC, "", "enp3s0f0", 0, 0, false },
	};
	static const struct fake_pci fns[] = {
		{ .addr = GPU, .class = 0x030000 }, { .addr = UART, .class = 0x070002 },
		{ .addr = NIC, .class = 0x020000 },
	};
	struct hd_device_ref ref;
	struct hd_error err;
	struct fake_host host;

	(void)state;
	fake_host_make(&host);
	for (size_t i = 0; i < HD_ARRAY_SIZE(fns); i++)
		fake_pci_add(&host, &fns[i]);
	fake_dir(&host, fake_pci_below(&host, UART, "sound/card0"));
	fake_dir(&host, fake_pci_below(&host, GPU, "drm/card0"));
	fake_dir(&host, fake_pci_below(&host, UART, UART ":0/" UART ":0.0/tty/ttyS4"));
	fake_dir(&host, fake_pci_below(&host, NIC, "net/enp3s0f0"));
	for (size_t i = 0; i < HD_ARRAY_SIZE(rows); i++)
		check_good(&host, &rows[i]);
	assert_int_equal(hd_resolve(&ref, &host.root, &host.arena, "/dev/sdz", &err), -ENOENT);
	fake_host_remove(&host);
}

#define SAS "0000:3b:00.0"
#define SATA "0000:00:17.0"

static void scsi_devices(void **state)
{
	static const struct good rows[] = {
		{ "scsi:2:0:1:0", HD_DEVICE_SCSI, "scsi:2:0:1:0", SAS, "", "", 0, 0, false },
		{ "2:0:10:0", HD_DEVICE_SCSI, "scsi:2:0:10:0", SAS, "", "", 0, 0, false },
		{ "/dev/sdc", HD_DEVICE_SCSI, "scsi:2:0:1:0", SAS, "", "sdc", 0, 0, false },
		{ "/dev/sdb1", HD_DEVICE_SCSI, "scsi:2:0:0:0", SAS, "", "sdb1", 0, 0, true },
		{ "/dev/sg5", HD_DEVICE_SCSI, "scsi:2:0:3:0", SAS, "", "sg5", 0, 0, false },
		{ "/dev/nst0", HD_DEVICE_SCSI, "scsi:2:0:3:0", SAS, "", "nst0", 0, 0, false },
		{ "/dev/sr0", HD_DEVICE_SCSI, "scsi:1:0:0:0", SATA, "", "sr0", 0, 0, false },
		{ "/dev/disk/by-id/wwn-0x1", HD_DEVICE_SCSI, "scsi:2:0:1:0", SAS, "", "sdc", 0, 0,
		  false },
		{ SAS, HD_DEVICE_PCI, SAS, SAS, "", "", 0, 0, false },
	};
	static const struct {
		const char *text;
		int rc;
		const char *why;
	} bad[] = {
		{ "scsi:9:0:0:0", -ENOENT, "this host has no such SCSI device" },
		{ "2:0:0:9", -ENOENT, "this host has no such SCSI device" },
		{ "scsi:2:0:0", -EINVAL, "write scsi:HOST:BUS:TARGET:UNIT" },
		{ "scsi:2:0:0:0x0", -EINVAL, "write scsi:HOST:BUS:TARGET:UNIT" },
	};
	struct hd_device_ref ref;
	struct hd_hostdev dev;
	struct hd_error err;
	struct fake_host host;

	(void)state;
	fake_host_make(&host);
	if (fake_tree_load_file(&host, SRCDIR "/tests/hosts/scsi-server.tree", &err) < 0)
		fail_msg("%s", err.text);
	fake_link(&host, "dev/disk/by-id/wwn-0x1", "../../sdc");
	for (size_t i = 0; i < HD_ARRAY_SIZE(rows); i++)
		check_good(&host, &rows[i]);
	for (size_t i = 0; i < HD_ARRAY_SIZE(bad); i++) {
		assert_int_equal(hd_resolve(&ref, &host.root, &host.arena, bad[i].text, &err),
				 bad[i].rc);
		assert_non_null(strstr(err.text, bad[i].why));
		assert_true(hd_resolve_is_device(&host.root, &host.arena, bad[i].text));
	}
	assert_int_equal(hd_resolve(&ref, &host.root, &host.arena, "/dev/sdc", &err), 0);
	hd_resolve_hostdev(&dev, &ref);
	assert_true(dev.kind == HD_DEVICE_SCSI && dev.has_scsi && dev.scsi.host == 2 &&
		    dev.scsi.target == 1);
	fake_host_remove(&host);
}

/* The running host has numbers: its null is known whatever it is called. */
static void live_host(void **state)
{
	struct hd_arena arena = { 0 };
	struct hd_sysroot root;
	struct hd_device_ref ref;
	struct hd_error err = { 0 };

	(void)state;
	assert_int_equal(hd_sysroot_open(&root, NULL, &err), 0);
	if (hd_sysroot_has(&root, "sys/dev/char/1:3")) {
		assert_int_equal(hd_resolve(&ref, &root, &arena, "/dev/null", &err), -ENXIO);
		assert_non_null(strstr(err.text, "does not belong to a PCI function"));
	}
	assert_int_equal(hd_resolve(&ref, &root, &arena, "/dev/nothing-here", &err), -ENOENT);
	hd_sysroot_close(&root);
	hd_arena_done(&arena);
}

#define CASE(function) \
	cmocka_unit_test_setup_teardown(function, device_host_setup, fake_host_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(names_mean_devices),
		CASE(others_are_refused),
		CASE(long_names),
		CASE(many_candidates),
		CASE(devices_and_guests),
		CASE(refs_become_hostdevs),
		cmocka_unit_test(trees_without_classes),
		cmocka_unit_test(scsi_devices),
		cmocka_unit_test(live_host),
	};

	return cmocka_run_group_tests_name("resolve", tests, NULL, NULL);
}
