/* SPDX-License-Identifier: GPL-2.0-or-later */
/* devicehost.c - a fake host that has a device of each kind, under each kind of name. */
#include "config.h"

#include <string.h>

#include "tests/support/devicehost.h"
#include "tests/support/unit.h"

static void add_usb(struct fake_host *host, const char *port, const char *rest,
		    const char *id, const char *numbers, const char *serial)
{
	const char *dir = fake_usb_add(host, XHCI, port, rest, id, numbers);

	if (serial)
		fake_file(host, hd_printf(&host->arena, "%s/serial", dir), serial);
}

static void add_all_usb(struct fake_host *host)
{
	add_usb(host, "usb1", "usb1", "1d6b:0002", "1/1", NULL);
	add_usb(host, "1-1", "usb1/1-1", "0627:0001", "1/2", "42\n");
	add_usb(host, "1-2", "usb1/1-2", "05e3:0608", "1/3", NULL);
	add_usb(host, "1-2.3", "usb1/1-2/1-2.3", "046d:c52b", "1/5", "A\033B\n");
	add_usb(host, "1-2.4", "usb1/1-2/1-2.4", "046d:c52b", "1/6", "C:D\n");
	add_usb(host, "1-3", "usb1/1-3", "0403:6001", "1/7", NULL);
	add_usb(host, "1-4", "usb1/1-4", "10de:1b06", "1/8", NULL);
	fake_node(host, "tty", fake_pci_below(host, XHCI, "usb1/1-3/1-3:1.0/ttyUSB0/tty/ttyUSB0"));
	fake_node(host, "input", fake_pci_below(host, XHCI, "usb1/1-1/1-1:1.0/input/input5/event4"));
	fake_node(host, "block", fake_pci_below(host, XHCI, "usb1/1-1/1-1:1.1/host6/6:0:0:0/block/sdb"));
	fake_node(host, "net", fake_pci_below(host, XHCI, "usb1/1-1/1-1:1.2/net/enx001122334455"));
	/* Of an adapter with buses: looks like a port and is none. */
	fake_node(host, "rtc", fake_pci_below(host, XHCI, "usb1/1-1/1-1:1.3/i2c-0/1-2/rtc/rtc1"));
}

static void add_functions(struct fake_host *host)
{
	static const struct fake_pci fns[] = {
		{ .addr = NVME, .group = 12, .driver = "nvme" },
		{ .addr = GPU, .group = 13, .vendor = 0x10de, .device = 0x1b06,
		  .class = 0x030000, .driver = "nouveau" },
		{ .addr = "0000:02:00.1", .group = 13, .vendor = 0x10de, .device = 0x10ef,
		  .class = 0x040300 },
		{ .addr = NIC, .group = 14, .vendor = 0x8086, .device = 0x10fb,
		  .class = 0x020000 },
		{ .addr = VF, .group = 15, .vendor = 0x8086, .device = 0x10ed,
		  .class = 0x020000, .driver = "ixgbevf" },
		{ .addr = "0000:03:10.4", .group = 16, .vendor = 0x8086, .device = 0x10ed,
		  .class = 0x020000 },
		{ .addr = "0000:04:00.0", .group = 17, .driver = "nvme" },
		{ .addr = "0000:05:00.0", .group = 18, .driver = "nvme" },
		{ .addr = UART, .group = 19, .class = 0x070002, .driver = "serial" },
		{ .addr = XHCI, .group = 20, .vendor = 0x1912, .device = 0x0014,
		  .class = 0x0c0330 },
	};

	for (size_t i = 0; i < HD_ARRAY_SIZE(fns); i++)
		fake_pci_add(host, &fns[i]);
	fake_file(host, fake_pci_below(host, NIC, "sriov_totalvfs"), "8\n");
	fake_file(host, fake_pci_below(host, NIC, "sriov_numvfs"), "2\n");
	fake_link(host, fake_pci_below(host, NIC, "virtfn0"), "../0000:03:10.4");
	fake_link(host, fake_pci_below(host, NIC, "virtfn1"), "../" VF);
	fake_file(host, fake_pci_below(host, XHCI, "sriov_totalvfs"), "4\n");
	fake_file(host, fake_pci_below(host, XHCI, "sriov_numvfs"), "0\n");
}

/* One disk of one controller, one with two controllers, one with a path to another disk. */
static void add_nvme(struct fake_host *host)
{
	const char *head = "sys/devices/virtual/nvme-subsystem/nvme-subsys3";
	struct hd_arena *a = &host->arena;

	fake_node(host, "nvme", fake_pci_below(host, NVME, "nvme/nvme0"));
	fake_node(host, "block", fake_pci_below(host, NVME, "nvme/nvme0/nvme0n1"));
	fake_file(host, fake_pci_below(host, NVME, "nvme/nvme0/nvme0n1/nsid"), "7\n");
	fake_node(host, "block", fake_pci_below(host, NVME, "nvme/nvme0/nvme0n1/nvme0n1p2"));
	fake_file(host, fake_pci_below(host, NVME, "nvme/nvme0/nvme0n1/nvme0n1p2/partition"), "2\n");
	fake_dir(host, fake_pci_below(host, "0000:04:00.0", "nvme/nvme3/nvme3c3n1"));
	fake_dir(host, fake_pci_below(host, "0000:04:00.0", "nvme/nvme3/nvme3c3n2"));
	fake_dir(host, fake_pci_below(host, "0000:05:00.0", "nvme/nvme4/nvme3c4n1"));
	fake_node(host, "block", hd_printf(a, "%s/nvme3n1", head));
	fake_node(host, "block", hd_printf(a, "%s/nvme3n1/nvme3n1p1", head));
	fake_file(host, hd_printf(a, "%s/nvme3n1/nvme3n1p1/partition", head), "1\n");
	fake_node(host, "block", hd_printf(a, "%s/nvme3n2", head));
	fake_node(host, "block", hd_printf(a, "%s/nvme3n11", head));
	fake_link(host, hd_printf(a, "%s/nvme3", head),
		  hd_printf(a, "../../../%s/nvme/nvme3",
			    fake_pci_path(host, "0000:04:00.0") + strlen("sys/devices/")));
	fake_link(host, hd_printf(a, "%s/nvme4", head),
		  hd_printf(a, "../../../%s/nvme/nvme4",
			    fake_pci_path(host, "0000:05:00.0") + strlen("sys/devices/")));
}

static void add_others(struct fake_host *host)
{
	fake_node(host, "drm", fake_pci_below(host, GPU, "drm/card0"));
	fake_node(host, "drm", fake_pci_below(host, GPU, "drm/renderD128"));
	fake_node(host, "sound", fake_pci_below(host, "0000:02:00.1", "sound/card0"));
	fake_node(host, "sound", fake_pci_below(host, "0000:02:00.1", "sound/card0/controlC0"));
	fake_node(host, "net", fake_pci_below(host, NIC, "net/enp3s0f0"));
	fake_node(host, "net", fake_pci_below(host, "0000:04:00.0", "virtio1/net/eth7"));
	fake_node(host, "net", "sys/devices/virtual/net/br0");
	fake_node(host, "tty", fake_pci_below(host, UART, UART ":0/" UART ":0.0/tty/ttyS4"));
	fake_node(host, "tty", "sys/devices/pnp0/00:04/00:04:0/00:04:0.0/tty/ttyS0");
	fake_node(host, "tty", "sys/devices/virtual/tty/tty1");
	fake_node(host, "block", "sys/devices/virtual/block/dm-0");
	fake_link(host, "sys/devices/virtual/block/dm-0/slaves/sda2", "../../sda2");
	fake_node(host, "vfio", "sys/devices/virtual/vfio/13");
	fake_node(host, "vfio", "sys/devices/virtual/vfio/12");
	fake_node(host, "mem", "sys/devices/virtual/mem/null");
	fake_dir(host, fake_pci_below(host, GPU, UUID));
	fake_link(host, "sys/bus/mdev/devices/" UUID,
		  hd_printf(&host->arena, "../../../%s", fake_pci_below(host, GPU, UUID) + 4));
	/* Unplugged at this moment: the controller is not meant. */
	fake_node(host, "block", fake_pci_below(host, "0000:04:00.0", "usb9/9-1/9-1:1.0/host9/block/sdx"));
	fake_node(host, "net", fake_pci_below(host, "0000:04:00.0", "usb9/9-1/9-1:1.0/net/enx9"));
	fake_node(host, "tty",
		 fake_pci_below(host, "0000:04:00.0", "usb9/9-1/9-1:1.0/ttyUSB9/tty/ttyUSB9"));
	fake_file(host, "etc/mdevctl.d/" GPU "/" DEFINED, "{}\n");
}

static void add_links(struct fake_host *host)
{
	fake_file(host, "dev/nvme0n1", "");
	fake_file(host, "dev/ttyUSB0", "");
	fake_link(host, "dev/disk/by-id/nvme-X_1-part2", "../../nvme0n1p2");
	fake_link(host, "dev/serial/by-id/usb-FTDI", "../../ttyUSB0");
	fake_link(host, "dev/input/by-id/usb-kbd", "../event4");
	fake_link(host, "dev/mapper/root", "../dm-0");
	fake_link(host, "dev/cards", "dri");
	fake_link(host, "dev/absolute", "/dev/nvme0n1");
	fake_link(host, "dev/out", "/etc/passwd");
	fake_link(host, "dev/up", "../etc/passwd");
	fake_link(host, "dev/loop-a", "loop-b");
	fake_link(host, "dev/loop-b", "loop-a");
	fake_link(host, "dev/grows", "grows/grows");
	fake_file(host, "etc/passwd", "");
}

int device_host_setup(void **state)
{
	static struct fake_host host;

	fake_host_make(&host);
	add_functions(&host);
	add_all_usb(&host);
	add_nvme(&host);
	add_others(&host);
	add_links(&host);
	*state = &host;
	return 0;
}
