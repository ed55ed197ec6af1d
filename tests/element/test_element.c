/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_element.c - the element of each kind of device, against libvirt's schemas. */
#include "config.h"

#include <errno.h>
#include <string.h>

#include "base/text.h"
#include "element/element.h"
#include "tests/support/fakehost.h"
#include "tests/support/schema.h"
#include "tests/support/unit.h"

#define NVME "0000:01:00.0"
#define GPU "0000:02:00.0"
#define PF "0000:03:00.0"
#define VF "0000:03:10.0"
#define TWO "0000:04:00.0"
#define TAKEN "0000:05:00.0"
#define UART "0000:06:00.0"
#define XHCI "0000:07:00.0"
#define HEADLESS "0000:08:00.0"
#define HEADLESS_VF "0000:08:10.0"
#define VGPU "0000:09:00.4"
#define VGPU_UNSET "0000:09:00.5"
#define APU "0000:0a:00.0"
#define UUID "83b8f4f2-509f-382f-3c1e-e6bfe0fa100"	/* and one more digit */
#define SCHEMA_9 "/usr/share/libvirt/schemas"
#define SCHEMA_11 "/var/cache/hostdevctl-lab/debian13-*/usr/share/libvirt/schemas"

static struct {
	struct fake_host host;
	struct schema old, new;
} world;

static const char *below(const char *fn, const char *rest)
{
	return fake_pci_below(&world.host, fn, rest);
}

static void add_functions(void)
{
	static const struct fake_pci fns[] = {
		{ .addr = NVME, .group = 12, .driver = "nvme" },
		{ .addr = GPU, .group = 13, .class = 0x030000, .driver = "nouveau" },
		{ .addr = "0000:02:00.1", .group = 13, .class = 0x040300, .driver = "snd_hda_intel" },
		{ .addr = "0000:02:00.2", .group = 13, .class = 0x0c0330, .driver = "xhci_hcd" },
		{ .addr = "0000:02:00.3", .group = 13, .class = 0x0c8000 },
		{ .addr = PF, .group = 14, .class = 0x020000, .driver = "ixgbe" },
		{ .addr = VF, .group = 15, .class = 0x020000, .driver = "ixgbevf" },
		{ .addr = "0000:03:10.2", .group = 15, .class = 0x020000, .driver = "ixgbevf" },
		{ .addr = TWO, .group = 17, .driver = "nvme" },
		{ .addr = TAKEN, .group = 18, .driver = "vfio-pci" },
		{ .addr = UART, .group = 19, .class = 0x070002, .driver = "serial" },
		{ .addr = XHCI, .group = 20, .class = 0x0c0330, .driver = "xhci_hcd" },
		{ .addr = HEADLESS, .group = 21, .class = 0x020000, .driver = "vfio-pci" },
		{ .addr = HEADLESS_VF, .group = 22, .class = 0x020000 },
		{ .addr = "0000:09:00.0", .group = 23, .class = 0x030200, .driver = "nvidia" },
		{ .addr = VGPU, .group = 24, .class = 0x030200, .driver = "nvidia" },
		{ .addr = VGPU_UNSET, .group = 25, .class = 0x030200, .driver = "nvidia" },
		{ .addr = APU, .group = 26, .class = 0x030000, .driver = "amdgpu" },
		{ .addr = "0000:0a:00.2", .group = 26, .class = 0x108000, .driver = "ccp" },
		{ .addr = "0000:0a:00.3", .group = 27, .class = 0x0c0330, .driver = "xhci_hcd" },
		{ .addr = "0000:0a:00.5", .group = 28, .class = 0x048000 },
		{ .addr = "0000:0b:00.0", .class = 0x060400, .header_type = 1 },
		{ .addr = "10000:01:00.0", .group = 30, .driver = "nvme" },
	};

	for (size_t i = 0; i < HD_ARRAY_SIZE(fns); i++)
		fake_pci_add(&world.host, &fns[i]);
}

static void add_virtual(void)
{
	static const struct {
		const char *vf, *pf;
	} rows[] = {
		{ VF, PF }, { "0000:03:10.2", PF }, { HEADLESS_VF, HEADLESS },
		{ VGPU, "0000:09:00.0" }, { VGPU_UNSET, "0000:09:00.0" },
	};

	for (size_t i = 0; i < HD_ARRAY_SIZE(rows); i++) {
		fake_link(&world.host, below(rows[i].vf, "physfn"),
			  hd_printf(&world.host.arena, "../%s", rows[i].pf));
		fake_file(&world.host, below(rows[i].pf, "sriov_totalvfs"), "8\n");
		fake_file(&world.host, below(rows[i].pf, "sriov_numvfs"), "2\n");
	}
	fake_link(&world.host, below(PF, "virtfn0"), "../" VF);
	fake_node(&world.host, "net", below(PF, "net/enp3s0f0"));
	fake_file(&world.host, below(VGPU, "nvidia/current_vgpu_type"), "557\n");
	fake_file(&world.host, below(VGPU_UNSET, "nvidia/current_vgpu_type"), "0\n");
	fake_file(&world.host, below(VGPU_UNSET, "nvidia/creatable_vgpu_types"),
		  "ID    : vGPU Name\n557   : GRID A40-2Q\n");
}

static void add_usb(const char *port, const char *rest, const char *id, const char *numbers,
		    const char *class)
{
	const char *dir = fake_usb_add(&world.host, XHCI, port, rest, id, numbers);

	fake_file(&world.host, hd_printf(&world.host.arena, "%s/bDeviceClass", dir), class);
}

static void add_others(void)
{
	static const struct {
		const char *digit, *api;
	} mdevs[] = { { "1", "vfio-pci\n" }, { "2", "vfio-ap\n" }, { "3", "vfio-'/>\n" } };
	struct fake_host *host = &world.host;

	add_usb("usb1", "usb1", "1d6b:0002", "1/1", "09\n");
	add_usb("1-1", "usb1/1-1", "0627:0001", "1/2", "00\n");
	add_usb("1-2", "usb1/1-2", "05e3:0608", "1/3", "09\n");
	add_usb("1-2.3", "usb1/1-2/1-2.3", "046d:c52b", "1/5", "00\n");
	add_usb("1-2.4", "usb1/1-2/1-2.4", "046d:c52b", "1/117", "00\n");
	add_usb("1-3", "usb1/1-3", "0403:6001", "1/7", "00\n");
	add_usb("1-4", "usb1/1-4", "0403:6002", "1/8", "00\n");
	fake_node(&world.host, "tty", below(XHCI, "usb1/1-3/1-3:1.0/ttyUSB0/tty/ttyUSB0"));
	fake_node(&world.host, "tty", below(XHCI, "usb1/1-4/1-4:1.0/ttyUSB1/tty/ttyUSB1"));
	fake_node(&world.host, "tty", below(UART, "tty/ttyS4"));
	fake_file(host, "dev/ttyUSB0", "");
	fake_file(host, "dev/ttyUSB1", "");
	fake_file(host, "dev/ttyS4", "");
	fake_link(host, "dev/serial/by-path/pci-0000:07:00.0-usb-0:3:1.0-port0", "../../ttyUSB0");
	fake_link(host, "dev/serial/by-id/usb-FTDI_<'&>-if00-port0", "../../ttyUSB0");
	fake_node(&world.host, "block", below(NVME, "nvme/nvme0/nvme0n1"));
	fake_node(&world.host, "block", below(NVME, "nvme/nvme0/nvme0n1/nvme0n1p2"));
	fake_file(host, below(NVME, "nvme/nvme0/nvme0n1/nvme0n1p2/partition"), "2\n");
	fake_file(host, below(NVME, "nvme/nvme0/nvme0n1/nsid"), "7\n");
	fake_file(host, "dev/nvme0n1", "");
	fake_file(host, "dev/nvme0n1p2", "");
	fake_dir(host, below(TWO, "nvme/nvme3/nvme3c3n2"));
	fake_dir(host, below(TWO, "nvme/nvme3/nvme3c3n1"));
	for (size_t i = 0; i < HD_ARRAY_SIZE(mdevs); i++)
		fake_file(host, hd_printf(&host->arena, "sys/bus/mdev/devices/" UUID
					  "%s/mdev_type/device_api", mdevs[i].digit),
			  mdevs[i].api);
	fake_file(host, "etc/mdevctl.d/0000:02:00.0/" UUID "4", "{}\n");
}

static int make(void **state)
{
	(void)state;
	fake_host_make(&world.host);
	add_functions();
	add_virtual();
	add_others();
	schema_open(&world.old, SCHEMA_9);
	schema_open(&world.new, SCHEMA_11);
	return 0;
}

static int unmake(void **state)
{
	(void)state;
	schema_close(&world.old);
	schema_close(&world.new);
	fake_host_remove(&world.host);
	return 0;
}

/* The parts of elements that are the same everywhere. */
#define ADDRESS(b, s, f) "<address domain='0x0000' bus='0x" b "' slot='0x" s "' function='0x" f "'/>"
#define SOURCE(b, s, f) "  <source>\n    " ADDRESS(b, s, f) "\n  </source>\n"
#define OPEN "<hostdev mode='subsystem' type='pci' managed='no'>\n"
#define CLOSE "</hostdev>\n"
#define FN(b, s, f) OPEN SOURCE(b, s, f) CLOSE
#define VF_OPEN "<interface type='hostdev' managed='no'>\n"
#define VF_SOURCE "  <source>\n    <address type='pci' domain='0x0000' bus='0x03' slot='0x10' " \
	"function='0x0'/>\n  </source>\n"
#define DISK(b, n, t) "<disk type='nvme' device='disk'>\n  <driver name='qemu' type='raw'/>\n" \
	"  <source type='pci' managed='no' namespace='" n "'>\n    " ADDRESS(b, "00", "0") \
	"\n  </source>\n  <target dev='" t "' bus='virtio'/>\n</disk>\n"
#define USB_OPEN "<hostdev mode='subsystem' type='usb'>\n"
#define IDS(v, p) "    <vendor id='0x" v "'/>\n    <product id='0x" p "'/>\n"
#define MDEV(n, rest, inner) "<hostdev mode='subsystem' type='mdev' model='" rest ">\n  <source>\n" \
	"    <address uuid='" UUID n "'/>\n  </source>\n" inner CLOSE

static const struct row {
	const char *name;
	const char *devices[3];
	struct hd_element_options options;
	const char *want;	/* NULL: refused */
	const char *said;	/* in a note, or the error; NULL: no note at all */
	int code;		/* of the refusal */
	bool is_new;		/* the schema of 9.0.0 does not have it */
	bool is_unknown;	/* not in the schema of 11.3.0 either */
} rows[] = {
	{ "NVMe", { NVME }, { 0 }, FN("01", "00", "0"), NULL, 0, 0, 0 },
	{ "a large domain", { "10000:01:00.0" }, { 0 },
	  OPEN "  <source>\n    <address domain='0x10000' bus='0x01' slot='0x00' function='0x0'/>\n"
	  "  </source>\n" CLOSE, NULL, 0, 0, 0 },
	{ "a partition", { "/dev/nvme0n1p2" }, { 0 }, FN("01", "00", "0"),
	  "0000:01:00.0 is passed as a whole: everything connected to it, not only "
	  "nvme0n1p2", 0, 0, 0 },
	{ "a card", { GPU }, { .rom = "/x.rom", .boot = "1", .driver_model = "nvgrace_gpu" },
	  OPEN "  <driver model='nvgrace_gpu'/>\n" SOURCE("02", "00", "0")
	  "  <boot order='1'/>\n  <rom file='/x.rom'/>\n" CLOSE
	  FN("02", "00", "1") FN("02", "00", "2") FN("02", "00", "3"),
	  "--driver-model needs libvirt 10.0 or later", 0, 1, 0 },
	{ "one driver for all of it", { GPU }, { .driver_model = "vfio-pci", .managed = "yes" },
	  "<hostdev mode='subsystem' type='pci' managed='yes'>\n  <driver model='vfio-pci'/>\n"
	  SOURCE("02", "00", "0") CLOSE
	  "<hostdev mode='subsystem' type='pci' managed='yes'>\n  <driver model='vfio-pci'/>\n"
	  SOURCE("02", "00", "1") CLOSE
	  "<hostdev mode='subsystem' type='pci' managed='yes'>\n  <driver model='vfio-pci'/>\n"
	  SOURCE("02", "00", "2") CLOSE
	  "<hostdev mode='subsystem' type='pci' managed='yes'>\n  <driver model='vfio-pci'/>\n"
	  SOURCE("02", "00", "3") CLOSE, "needs libvirt 10.0", 0, 1, 0 },
	{ "one function of it", { GPU }, { .as = "pci", .rom = "off" },
	  OPEN SOURCE("02", "00", "0") "  <rom bar='off'/>\n" CLOSE,
	  "0000:02:00.2 (class 0c0330, xhci_hcd) is in IOMMU group 13 with 0000:02:00.0", 0, 0, 0 },
	{ "its audio function", { "0000:02:00.1" }, { 0 }, FN("02", "00", "1"),
	  "0000:02:00.0 (class 030000, nouveau) is in IOMMU group 13 with 0000:02:00.1", 0, 0, 0 },
	{ "a function and its card", { "0000:02:00.2", GPU }, { 0 },
	  FN("02", "00", "2") FN("02", "00", "0") FN("02", "00", "1") FN("02", "00", "3"), NULL, 0,
	  0, 0 },
	{ "on a processor", { APU }, { 0 }, FN("0a", "00", "0"),
	  "0000:0a:00.3 (class 0c0330, xhci_hcd) is in the same slot as 0000:0a:00.0, but "
	  "in another IOMMU group: it is omitted", 0, 0, 0 },
	{ "and beside the graphics", { APU }, { 0 }, FN("0a", "00", "0"),
	  "0000:0a:00.5 (class 048000, no driver) is in the same slot as 0000:0a:00.0, but "
	  "not part of a graphics card: it is omitted", 0, 0, 0 },
	{ "and in the group", { APU }, { 0 }, FN("0a", "00", "0"),
	  "0000:0a:00.2 (class 108000, ccp) is in IOMMU group 26 with 0000:0a:00.0", 0, 0, 0 },
	{ "IOMMUFD", { NVME }, { .iommufd = true },
	  OPEN "  <driver iommufd='yes'/>\n" SOURCE("01", "00", "0") CLOSE,
	  "--iommufd needs libvirt 12.1 or later", 0, 1, 1 },

	{ "a physical function", { PF }, { 0 }, FN("03", "00", "0"),
	  "0000:03:00.0 has 2 virtual functions", 0, 0, 0 },
	{ "a virtual function", { "vf:enp3s0f0/0", "0000:03:10.2" }, { .as = "pci" },
	  FN("03", "10", "0") FN("03", "10", "2"), NULL, 0, 0, 0 },
	{ "as interface", { VF }, { 0 }, VF_OPEN VF_SOURCE "</interface>\n",
	  "libvirt chooses a MAC address", 0, 0, 0 },
	{ "with everything", { VF }, { .mac = "52:54:00:AA:00:01", .vlan = "4094", .boot = "3",
	  .teaming = "ua-backup0", .rom = "off" },
	  VF_OPEN VF_SOURCE "  <mac address='52:54:00:AA:00:01'/>\n  <vlan>\n    <tag id='4094'/>\n"
	  "  </vlan>\n  <teaming type='transient' persistent='ua-backup0'/>\n"
	  "  <boot order='3'/>\n  <rom bar='off'/>\n</interface>\n",
	  "0000:03:10.2 (class 020000, ixgbevf) is in IOMMU group 15", 0, 0, 0 },
	{ "with a driver", { VF }, { .mac = "52:54:00:aa:00:01", .driver_model = "mlx5_vfio_pci" },
	  VF_OPEN "  <driver model='mlx5_vfio_pci'/>\n" VF_SOURCE
	  "  <mac address='52:54:00:aa:00:01'/>\n</interface>\n", "is in IOMMU group 15", 0, 1, 0 },
	{ "teaming without libvirt's MAC", { VF }, { .as = "pci", .teaming = "ua-b" },
	  OPEN SOURCE("03", "10", "0") "  <teaming type='transient' persistent='ua-b'/>\n" CLOSE,
	  "is in IOMMU group 15", 0, 0, 0 },
	{ "without the PF's interface", { HEADLESS_VF }, { 0 }, FN("08", "10", "0"),
	  "so libvirt cannot set MAC and VLAN", 0, 0, 0 },
	{ "and a MAC address", { HEADLESS_VF }, { .mac = "52:54:00:aa:00:01" }, NULL,
	  "its physical function 0000:08:00.0 (vfio-pci) has no network interface", -EPERM, 0, 0 },
	{ "a MAC address of a PF", { PF }, { .mac = "52:54:00:aa:00:01" }, NULL,
	  "0000:03:00.0 is a physical function, but libvirt sets MAC and VLAN only of virtual "
	  "functions: name one of its 2 (vf:enp3s0f0/0)", -EPERM, 0, 0 },
	{ "a VLAN of a disk", { NVME }, { .vlan = "2" }, NULL, "is not a network function", -EPERM, 0,
	  0 },
	{ "teaming of a disk", { NVME }, { .teaming = "ua-b" }, NULL,
	  "--teaming is for network functions", -EINVAL, 0, 0 },

	{ "vGPU without mdev", { VGPU }, { .display = "on", .ramfb = "on" },
	  "<hostdev mode='subsystem' type='pci' managed='no' display='on' ramfb='on'>\n"
	  SOURCE("09", "00", "4") CLOSE, "--ramfb of a PCI device needs libvirt 10.3", 0, 1, 0 },
	{ "without a type", { VGPU_UNSET }, { 0 }, NULL,
	  "0000:09:00.5 has no vGPU type yet; write one to /sys/devices/pci0000:00/0000:00:09.0/"
	  "0000:09:00.5/nvidia/current_vgpu_type (557 GRID A40-2Q)", -EPERM, 0, 0 },
	{ "never managed", { VGPU }, { .managed = "yes" }, NULL, "--managed must be no", -EPERM, 0,
	  0 },
	{ "a display of a card", { GPU }, { .display = "on" }, NULL, "are for vGPUs", -EINVAL, 0,
	  0 },

	{ "NVMe as disk", { NVME, "/dev/nvme0n1p2" }, { .as = "disk" }, DISK("01", "7", "vda"),
	  "the guest gets only namespace 7", 0, 0, 0 },
	{ "and its options", { TWO }, { .ns = "2", .target = "vdx", .boot = "1", .managed = "yes" },
	  "<disk type='nvme' device='disk'>\n  <driver name='qemu' type='raw'/>\n"
	  "  <source type='pci' managed='yes' namespace='2'>\n    " ADDRESS("04", "00", "0")
	  "\n  </source>\n  <target dev='vdx' bus='virtio'/>\n  <boot order='1'/>\n</disk>\n",
	  "loses the whole controller", 0, 0, 0 },
	{ "two disks", { NVME, "10000:01:00.0" }, { .as = "disk" }, NULL,
	  "10000:01:00.0: its namespaces are not visible (it is on nvme)", -EPERM, 0, 0 },
	{ "one of two namespaces", { TWO }, { .as = "disk" }, NULL,
	  "0000:04:00.0 has the namespaces 1, 2: choose one with --namespace N", -EPERM, 0, 0 },
	{ "on VFIO already", { TAKEN }, { .as = "disk" }, NULL,
	  "are not visible (it is on vfio-pci): choose one with --namespace N", -EPERM, 0, 0 },

	{ "USB by port", { "usb:1-1" }, { 0 },
	  USB_OPEN "  <source>\n" IDS("0627", "0001") "  </source>\n" CLOSE,
	  "usb:1-1: libvirt does not support ports; it is named by its ids 0627:0001", 0, 0, 0 },
	{ "one of two alike", { "usb:1-2.4" }, { 0 },
	  USB_OPEN "  <source>\n    <address bus='1' device='117'/>\n  </source>\n" CLOSE,
	  "usb:1-2.4 is named by its address, bus 1 device 117", 0, 0, 0 },
	{ "by ids", { "0627:0001" }, { .startup_policy = "optional", .guest_reset = "off",
	  .boot = "2" }, USB_OPEN "  <source startupPolicy='optional' guestReset='off'>\n"
	  IDS("0627", "0001") "  </source>\n  <boot order='2'/>\n" CLOSE,
	  "--guest-reset needs libvirt 8.6 or later", 0, 0, 0 },
	{ "by address", { "usb:1-1" }, { .by = "address" },
	  USB_OPEN "  <source>\n    <address bus='1' device='2'/>\n  </source>\n" CLOSE,
	  "which changes when it is plugged in again", 0, 0, 0 },
	{ "by ids that two have", { "usb:1-2.3" }, { .by = "id" }, NULL,
	  "the host has 2 devices 046d:c52b", -EPERM, 0, 0 },
	{ "a hub", { "usb:1-2" }, { 0 }, NULL, "usb:1-2 is a hub", -EPERM, 0, 0 },
	{ "managed", { "usb:1-1" }, { .managed = "yes" }, NULL,
	  "usb:1-1: --managed is not for this kind of device", -EINVAL, 0, 0 },
	{ "its controller", { "usb:1-1" }, { .as = "pci" }, FN("07", "00", "0"),
	  "0000:07:00.0 is passed as a whole", 0, 0, 0 },

	{ "serial port of USB", { "/dev/ttyUSB0" }, { 0 },
	  "<serial type='dev'>\n"
	  "  <source path='/dev/serial/by-id/usb-FTDI_&lt;&apos;&amp;&gt;-if00-port0'/>\n"
	  "</serial>\n", NULL, 0, 0, 0 },
	{ "by another link", { "/dev/serial/by-path/pci-0000:07:00.0-usb-0:3:1.0-port0" }, { 0 },
	  "<serial type='dev'>\n  <source path='/dev/serial/by-path/pci-0000:07:00.0-usb-0:3:1.0-"
	  "port0'/>\n</serial>\n", NULL, 0, 0, 0 },
	{ "without a link", { "/dev/ttyUSB1" }, { 0 },
	  "<serial type='dev'>\n  <source path='/dev/ttyUSB1'/>\n</serial>\n",
	  "/dev/ttyUSB1 has no link in /dev/serial", 0, 0, 0 },
	{ "of PCI", { "/dev/ttyS4" }, { 0 },
	  "<serial type='dev'>\n  <source path='/dev/ttyS4'/>\n</serial>\n", NULL, 0, 0, 0 },
	{ "the card", { "/dev/ttyS4" }, { .as = "pci" }, FN("06", "00", "0"),
	  "0000:06:00.0 is passed as a whole", 0, 0, 0 },
	{ "the adapter", { "/dev/ttyUSB0" }, { .as = "usb" },
	  USB_OPEN "  <source>\n" IDS("0403", "6001") "  </source>\n" CLOSE, "does not support ports", 0, 0, 0 },

	{ "mediated device", { UUID "1" }, { .display = "on", .ramfb = "off" },
	  MDEV("1", "vfio-pci' display='on' ramfb='off'", ""), NULL, 0, 0, 0 },
	{ "cryptographic", { UUID "2" }, { 0 }, MDEV("2", "vfio-ap'", ""), NULL, 0, 0, 0 },
	{ "has no display", { UUID "2" }, { .display = "on" }, NULL,
	  "are for vfio-pci devices, and this is vfio-ap", -EINVAL, 0, 0 },
	{ "of no kind", { UUID "3" }, { 0 }, NULL, "cannot pass a device of kind", -EPERM, 0, 0 },
	{ "not started", { UUID "4" }, { 0 }, NULL, "mdevctl start -u " UUID "4", -ENODEV, 0, 0 },
	{ "has no boot order", { UUID "1" }, { .boot = "1" }, NULL,
	  "--boot is not for this kind of device", -EINVAL, 0, 0 },

	{ "a bridge", { "0000:0b:00.0" }, { 0 }, NULL, "is a PCI bridge", -EPERM, 0, 0 },
	{ "nothing", { "0000:77:00.0" }, { 0 }, NULL, "not have this PCI function", -ENODEV, 0, 0 },
	{ "a serial port that is USB, as mdev", { "usb:1-1" }, { .as = "mdev" }, NULL,
	  "is not a mediated device", -EPERM, 0, 0 },
};

/* Returns what hd_resolve() or hd_elements_compose() does. */
static int compose(struct hd_elements *ret, const struct row *row, struct hd_error *err)
{
	struct hd_device_ref refs[HD_ARRAY_SIZE(row->devices)];
	size_t n = 0;

	for (; n < HD_ARRAY_SIZE(row->devices) && row->devices[n]; n++) {
		int rc = hd_resolve(&refs[n], &world.host.root, &world.host.arena,
				    row->devices[n], err);

		if (rc < 0)
			return rc;
	}
	assert_int_equal(hd_element_options_check(&row->options, n, err), 0);
	return hd_elements_compose(ret, &world.host.root, &world.host.arena, refs, n,
				   &row->options, err);
}

static const char *text_of(const struct hd_elements *list)
{
	struct hd_arena *a = &world.host.arena;
	struct hd_error err = { 0 };
	const char *text = "", *one;

	for (size_t i = 0; i < list->n; i++) {
		if (hd_element_render(&one, a, &list->items[i], SRCDIR "/xml-templates", &err) < 0)
			fail_msg("%s", err.text);
		text = hd_printf(a, "%s%s", text, one);
	}
	return text;
}

static const char *notes_of(const struct hd_elements *list)
{
	const char *text = "";

	for (size_t i = 0; i < list->n_notes; i++)
		text = hd_printf(&world.host.arena, "%s%s\n", text, list->notes[i]);
	return text;
}

static void check_schemas(const struct row *row)
{
	if (world.old.grammar && !row->is_new)
		schema_check(&world.old, row->want);
	if (world.new.grammar && !row->is_unknown)
		schema_check(&world.new, row->want);
}

static void composes(void **state)
{
	const struct row *row = *state;
	struct hd_elements list = { 0 };
	struct hd_error err = { 0 };
	int rc = compose(&list, row, &err);
	const char *said = row->want ? notes_of(&list) : err.text;

	if (row->want && rc < 0)
		fail_msg("%s", err.text);
	if (row->said ? !strstr(said, row->said) : *said)
		fail_msg("it says: %s", said);
	if (!row->want) {
		assert_int_equal(rc, row->code);
		assert_int_equal(list.n, 0);
		return;
	}
	assert_string_equal(text_of(&list), row->want);
	check_schemas(row);
}

static void finds_the_schema(void **state)
{
	const struct schema *schema = *state;

	if (!schema->grammar) {
		print_message("# SKIP: there is no libvirt schema of this version\n");
		skip();
	}
}

/* A place in the guest, and a port for it. */
static void placed(void **state)
{
	struct hd_element port = {
		.kind = HD_ELEMENT_CONTROLLER, .name = "port",
		.guest = { .is_set = true, .addr = { .slot = 2, .fn = 1 }, .multifunction = true },
		.values = { [HD_P_MODEL] = "pcie-root-port", [HD_P_INDEX] = "5",
			    [HD_P_CHASSIS] = "5", [HD_P_PORT] = "0x11" },
	};
	const struct row asked = { .devices = { NVME, VF, UUID "1" } };
	struct hd_elements list = { 0 }, ports = { .items = &port, .n = 1 };
	struct hd_error err = { 0 };

	(void)state;
	assert_int_equal(compose(&list, &asked, &err), 0);
	assert_int_equal(list.n, 3);
	for (size_t i = 0; i < list.n; i++) {
		assert_true(list.items[i].takes_slot);
		assert_int_equal(list.items[i].card, i);
		list.items[i].guest = (struct hd_guest_addr){ .is_set = true,
			.addr = { .bus = 5, .fn = (uint8_t)i }, .multifunction = i == 0 };
	}
	assert_non_null(strstr(text_of(&list), "  <address type='pci' domain='0x0000' bus='0x05' "
			       "slot='0x00' function='0x0' multifunction='on'/>\n</hostdev>\n"));
	assert_non_null(strstr(text_of(&list), "function='0x1'/>\n</interface>\n"));
	assert_string_equal(text_of(&ports), "<controller type='pci' index='5' "
			    "model='pcie-root-port'>\n  <target chassis='5' port='0x11'/>\n"
			    "  <address type='pci' domain='0x0000' bus='0x00' slot='0x02' "
			    "function='0x1' multifunction='on'/>\n</controller>\n");
	if (world.old.grammar)
		schema_check(&world.old, text_of(&list));
	if (world.old.grammar)
		schema_check(&world.old, text_of(&ports));
}

static void cards(void **state)
{
	const struct row asked = { .devices = { NVME, GPU, "usb:1-1" } };
	static const int want[] = { 0, 1, 1, 1, 1, 5 };
	struct hd_elements list = { 0 };
	struct hd_error err = { 0 };

	(void)state;
	assert_int_equal(compose(&list, &asked, &err), 0);
	assert_int_equal(list.n, HD_ARRAY_SIZE(want));
	for (size_t i = 0; i < list.n; i++)
		assert_int_equal(list.items[i].card, want[i]);
	assert_int_equal(list.items[1].group, 13);
	assert_false(list.items[5].takes_slot);
}

int main(void)
{
	struct CMUnitTest tests[HD_ARRAY_SIZE(rows) + 4] = {
		cmocka_unit_test(placed), cmocka_unit_test(cards),
		{ .name = "schema of 9.0", .test_func = finds_the_schema,
		  .initial_state = &world.old },
		{ .name = "schema of 11.3", .test_func = finds_the_schema,
		  .initial_state = &world.new },
	};

	for (size_t i = 0; i < HD_ARRAY_SIZE(rows); i++)
		tests[i + 4] = (struct CMUnitTest){
			.name = rows[i].name,
			.test_func = composes,
			.initial_state = (void *)(uintptr_t)&rows[i],
		};
	return cmocka_run_group_tests(tests, make, unmake);
}
