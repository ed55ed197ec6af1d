/* SPDX-License-Identifier: GPL-2.0-or-later */
/* capture_areas.c - which files of a host does a capture have? */
#include "config.h"

#include <stddef.h>
#include <string.h>

#include "inventory/capture_areas.h"

#define NAMES(...) (const char *const[]){ __VA_ARGS__, NULL }

#define ALL NAMES("*")

static const char *const device_files[] = {
	/* PCI */
	"vendor", "device", "class", "subsystem_vendor", "subsystem_device", "revision", "modalias",
	"driver_override", "numa_node", "reset_method", "d3cold_allowed", "power_state", "boot_vga",
	"resource", "config", "sriov_*", "current_link_speed", "current_link_width",
	"max_link_speed", "max_link_width", "current_vgpu_type", "creatable_vgpu_types",
	/* block, NVMe, character devices */
	"dev", "size", "ro", "removable", "partition", "model", "state", "serial", "nsid", "wwid",
	"uuid", "nguid", "eui", "metadata_version",
	/* network */
	"ifindex", "iflink", "operstate", "flags", "type", "address", "tun_flags",
	/* USB, input */
	"idVendor", "idProduct", "product", "manufacturer", "busnum", "devnum", "speed",
	"bDeviceClass", "bInterfaceClass", "bInterfaceSubClass", "bInterfaceProtocol",
	"bInterfaceNumber", "name", "properties", "ev", "key", "rel", "abs",
	/* mediated devices, IOMMU, consoles, displays */
	"available_instances", "device_api", "description", "ecap", "cap", "version", "features",
	"bind", "active", "console", "uevent", "gpu_id", "refcnt", "enabled", "status", "port",
	"line", "io_type", NULL
};

static const char *const device_links[] = {
	"driver", "subsystem", "iommu_group", "iommu", "physfn", "virtfn*", "module", "master",
	"upper_*", "lower_*", "device", "mdev_type", "sd*", "nvme*", "dm-*", "md*", "vd*", "bdi",
	NULL
};

static const char *const dull_dirs[] = {
	"power", "msi_irqs", "statistics", "queues", "mq", "queue", "integrity", "trace", "hwmon*",
	"leds", "link", "wakeup*", "cpufreq", "cpu", "cpuidle", "breakpoint", "software", "tracepoint",
	"uprobe", "kprobe", "msr", "ptp", "thermal*", "clocksource", "clockevents", "workqueue",
	"memory", "edac", "machinecheck", "vc", "mem", "bdi", "misc", "cpuid", "i2c-*", "ata_port",
	"scsi_generic", "bsg", "gpio*", "firmware_node", "system", NULL
};

static const char *const kept_dirs[] = {
	"holders", "slaves", "bridge", "bonding", "vfio-dev", "bcache", "mdev_supported_types",
	"devices", NULL
};

static const char *const modules[] = {
	"vfio*", "kvm*", "iommufd*", "irqbypass", "mdev", "pci_stub", "nvidia*", "nouveau", "amdgpu",
	"i915*", "xe", "radeon", "ast", "mgag200", "bochs*", "virtio_gpu", "qxl", "simpledrm",
	"holders", NULL
};

/* What is looked for in them (hook_files.c): the rest is not ours to show. */
static const char *const hook_lines[] = {
	"hostdevctl-hook", "virsh", "driver_override", "drivers_probe", "vfio-pci", "vfio_pci",
	"modprobe -r", "driver/unbind", NULL
};

const struct hd_area hd_areas[] = {
	{ "sys/devices", 20, device_files, device_links, dull_dirs, kept_dirs, false,
	  NULL, false, NULL },
	{ "sys/devices/system/node", 5, NAMES("nr_hugepages", "free_hugepages", "meminfo",
	  "cpulist", "online"), NULL, NULL, NULL, false, NULL, false, NULL },
	{ "sys/bus/pci/devices", 1, NULL, ALL, NULL, NULL, false, NULL, false, NULL },
	{ "sys/bus/usb/devices", 1, NULL, ALL, NULL, NULL, false, NULL, false, NULL },
	{ "sys/bus/mdev/devices", 1, NULL, ALL, NULL, NULL, false, NULL, false, NULL },
	{ "sys/bus/pci/drivers", 2, NULL, ALL, NULL, ALL, false, NULL, false, NULL },
	{ "sys/bus/platform/drivers/efi-framebuffer", 1, NULL, ALL, NULL, NULL, false,
	  NULL, false, NULL },
	{ "sys/bus/platform/drivers/vesa-framebuffer", 1, NULL, ALL, NULL, NULL,
	  false, NULL, false, NULL },
	{ "sys/bus/platform/drivers/simple-framebuffer", 1, NULL, ALL, NULL, NULL,
	  false, NULL, false, NULL },
	{ "sys/bus/platform/drivers/platform-framebuffer", 1, NULL, ALL, NULL, NULL,
	  false, NULL, false, NULL },
	{ "sys/class/iommu", 1, NULL, ALL, NULL, NULL, false, NULL, false, NULL },
	{ "sys/class/drm", 1, NULL, ALL, NULL, NULL, false, NULL, false, NULL },
	{ "sys/class/graphics", 1, NULL, ALL, NULL, NULL, false, NULL, false, NULL },
	{ "sys/class/net", 1, NULL, ALL, NULL, NULL, false, NULL, false, NULL },
	{ "sys/class/block", 1, NULL, ALL, NULL, NULL, false, NULL, false, NULL },
	{ "sys/class/nvme-subsystem", 1, NULL, ALL, NULL, NULL, false, NULL, false,
	  NULL },
	{ "sys/class/vtconsole", 1, NULL, ALL, NULL, NULL, false, NULL, false, NULL },
	{ "sys/class/mdev_bus", 1, NULL, ALL, NULL, NULL, false, NULL, false, NULL },
	{ "sys/class/input", 1, NULL, ALL, NULL, NULL, false, NULL, false, NULL },
	{ "sys/class/tty", 1, NULL, ALL, NULL, NULL, false, NULL, false, NULL },
	{ "sys/dev/block", 1, NULL, ALL, NULL, NULL, false, NULL, false, NULL },
	{ "sys/block", 1, NULL, ALL, NULL, NULL, false, NULL, false, NULL },
	{ "sys/kernel/iommu_groups", 3, NAMES("type", "reserved_regions", "name"),
	  ALL, NULL, ALL,
	  false, NULL, false, NULL },
	{ "sys/firmware/acpi/tables", 1, ALL, NULL, NULL, NULL, true, NULL, false, NULL },
	{ "sys/module", 3, NAMES("initstate", "refcnt"), ALL, NULL, modules, false,
	  NULL, true, NULL },
	{ "sys/module/vfio/parameters", 1, ALL, NULL, NULL, NULL, false, NULL, false,
	  NULL },
	{ "sys/module/vfio_iommu_type1/parameters", 1, ALL, NULL, NULL, NULL, false,
	  NULL, false, NULL },
	{ "sys/module/vfio_pci/parameters", 1, ALL, NULL, NULL, NULL, false, NULL,
	  false, NULL },
	{ "sys/module/kvm/parameters", 1, ALL, NULL, NULL, NULL, false, NULL, false,
	  NULL },
	{ "sys/module/kvm_intel/parameters", 1, ALL, NULL, NULL, NULL, false, NULL,
	  false, NULL },
	{ "sys/module/kvm_amd/parameters", 1, ALL, NULL, NULL, NULL, false, NULL,
	  false, NULL },
	{ "sys/module/nvidia_drm/parameters", 1, ALL, NULL, NULL, NULL, false, NULL,
	  false, NULL },
	{ "proc/cmdline", 0, NULL, NULL, NULL, NULL, false, NULL, false, NULL },
	{ "proc/interrupts", 0, NULL, NULL, NULL, NULL, false, NULL, false, NULL },
	{ "proc/iomem", 0, NULL, NULL, NULL, NULL, false, NULL, false, NULL },
	{ "proc/swaps", 0, NULL, NULL, NULL, NULL, false, NULL, false, NULL },
	{ "proc/consoles", 0, NULL, NULL, NULL, NULL, false, NULL, false, NULL },
	/* the first processor */
	{ "proc/cpuinfo", 0, NULL, NULL, NULL, NULL, false, NULL, false, "\n\n" },
	{ "proc/meminfo", 0, NULL, NULL, NULL, NULL, false, NAMES("Huge"), false, NULL },
	{ "proc/self/mountinfo", 0, NULL, NULL, NULL, NULL, false, NULL, false, NULL },
	{ "proc/1/mountinfo", 0, NULL, NULL, NULL, NULL, false, NULL, false, NULL },
	{ "proc/net/route", 0, NULL, NULL, NULL, NULL, false, NULL, false, NULL },
	{ "proc/net/ipv6_route", 0, NULL, NULL, NULL, NULL, false, NULL, false, NULL },
	{ "proc/net/fib_trie", 0, NULL, NULL, NULL, NULL, false, NULL, false, NULL },
	{ "proc/net/if_inet6", 0, NULL, NULL, NULL, NULL, false, NULL, false, NULL },
	{ "proc/net/vlan", 1, ALL, NULL, NULL, NULL, false, NULL, false, NULL },
	{ "proc/driver/nvidia/gpus", 2, NAMES("information"), NULL, NULL, NULL, false,
	  NULL, false,
	  NULL },
	{ "proc/sys/kernel/osrelease", 0, NULL, NULL, NULL, NULL, false, NULL, false,
	  NULL },
	{ "etc/os-release", 0, NULL, NULL, NULL, NULL, false, NULL, false, NULL },
	{ "etc/modules", 0, NULL, NULL, NULL, NULL, false, NULL, false, NULL },
	{ "etc/modules-load.d", 1, ALL, NULL, NULL, NULL, false, NULL, false, NULL },
	{ "etc/modprobe.d", 1, ALL, NULL, NULL, NULL, false, NULL, false, NULL },
	{ "lib/modprobe.d", 1, ALL, NULL, NULL, NULL, false, NULL, false, NULL },
	{ "etc/default/grub", 0, NULL, NULL, NULL, NULL, false, NULL, false, NULL },
	/* whether it reads the drop-ins */
	{ "usr/sbin/grub-mkconfig", 0, NULL, NULL, NULL, NULL, false, NAMES("default/grub.d"),
	  false, NULL },
	{ "usr/bin/grub-mkconfig", 0, NULL, NULL, NULL, NULL, false, NAMES("default/grub.d"),
	  false, NULL },
	{ "usr/sbin/grub2-mkconfig", 0, NULL, NULL, NULL, NULL, false, NAMES("default/grub.d"),
	  false, NULL },
	{ "run/ostree-booted", 0, NULL, NULL, NULL, NULL, true, NULL, false, NULL },
	{ "usr/bin/rpm-ostree", 0, NULL, NULL, NULL, NULL, true, NULL, false, NULL },
	{ "etc/kernel/cmdline", 0, NULL, NULL, NULL, NULL, false, NULL, false, NULL },
	{ "proc/DAEMON/comm", 0, NULL, NULL, NULL, NULL, false, NULL, false, NULL },
	{ "proc/DAEMON/limits", 0, NULL, NULL, NULL, NULL, false, NULL, false, NULL },
	/* not when it started (stat): files of a capture are new, and must not seem changed since */
	{ "proc/DAEMON/status", 0, NULL, NULL, NULL, NULL, false, NULL, false, NULL },
	{ "proc/DAEMON/attr/current", 0, NULL, NULL, NULL, NULL, false, NULL, false,
	  NULL },
	{ "run/libvirt/qemu/driver.pid", 0, NULL, NULL, NULL, NULL, false, NULL,
	  false, NULL },
	{ "etc/libvirt", 1, NULL, NULL, NULL, NULL, false, NULL, false, NULL },
	{ "etc/libvirt/hooks", 5, ALL, ALL, NULL, ALL, false, hook_lines, false, NULL },
	{ "usr/local/sbin/hostdevctl-hook", 0, NULL, NULL, NULL, NULL, true, NULL,
	  false, NULL },
	{ "usr/sbin/hostdevctl-hook", 0, NULL, NULL, NULL, NULL, true, NULL, false,
	  NULL },
	{ "etc/default/grub.d", 1, ALL, NULL, NULL, NULL, false, NULL, false, NULL },
	{ "boot/loader/entries", 1, ALL, NULL, NULL, NULL, false, NULL, false, NULL },
	{ "efi/loader/entries", 1, ALL, NULL, NULL, NULL, false, NULL, false, NULL },
	{ "boot/efi/loader/entries", 1, ALL, NULL, NULL, NULL, false, NULL, false, NULL },
	{ "boot/grub/grub.cfg", 0, NULL, NULL, NULL, NULL, false, NAMES("linux"),
	  false, NULL },
	{ "boot/grub2/grub.cfg", 0, NULL, NULL, NULL, NULL, false, NAMES("linux"),
	  false, NULL },
	{ "boot/grub2/grubenv", 0, NULL, NULL, NULL, NULL, false, NAMES("kernelopts"),
	  false, NULL },
	{ "lib/modules", 2, NAMES("modules.dep"), NULL, NULL, ALL, true, NULL, false,
	  NULL },
	{ "sys/kernel/mm/hugepages", 2, ALL, NULL, NULL, NULL, false, NULL, false, NULL },
	{ "sys/module/apparmor/parameters/enabled", 0, NULL, NULL, NULL, NULL, false,
	  NULL, false, NULL },
	{ "sys/fs/selinux/enforce", 0, NULL, NULL, NULL, NULL, false, NULL, false, NULL },
	{ "sys/fs/selinux/booleans/virt_hooks_unconfined", 0, NULL, NULL, NULL, NULL,
	  false, NULL, false, NULL },
	{ "etc/apparmor.d/usr.sbin.libvirtd", 0, NULL, NULL, NULL, NULL, true, NULL,
	  false, NULL },
	{ "etc/apparmor.d/usr.sbin.virtqemud", 0, NULL, NULL, NULL, NULL, true, NULL,
	  false, NULL },
	{ "etc/apparmor.d/disable/usr.sbin.libvirtd", 0, NULL, NULL, NULL, NULL, true,
	  NULL, false, NULL },
	{ "usr/lib/systemd/system/libvirtd.service", 0, NULL, NULL, NULL, NULL, false,
	  NULL, false, NULL },
	{ "usr/lib/systemd/system/libvirtd.service.d", 1, ALL, NULL, NULL, NULL,
	  false, NULL, false, NULL },
	{ "usr/lib/systemd/system/virtqemud.service", 0, NULL, NULL, NULL, NULL,
	  false, NULL, false, NULL },
	{ "usr/lib/systemd/system/virtqemud.service.d", 1, ALL, NULL, NULL, NULL,
	  false, NULL, false, NULL },
	{ "lib/systemd/system/libvirtd.service", 0, NULL, NULL, NULL, NULL, false,
	  NULL, false, NULL },
	{ "lib/systemd/system/libvirtd.service.d", 1, ALL, NULL, NULL, NULL, false,
	  NULL, false, NULL },
	{ "lib/systemd/system/virtqemud.service", 0, NULL, NULL, NULL, NULL, false,
	  NULL, false, NULL },
	{ "lib/systemd/system/virtqemud.service.d", 1, ALL, NULL, NULL, NULL, false,
	  NULL, false, NULL },
	{ "etc/systemd/system/libvirtd.service", 0, NULL, NULL, NULL, NULL, false,
	  NULL, false, NULL },
	{ "etc/systemd/system/libvirtd.service.d", 1, ALL, NULL, NULL, NULL, false,
	  NULL, false, NULL },
	{ "etc/systemd/system/virtqemud.service", 0, NULL, NULL, NULL, NULL, false,
	  NULL, false, NULL },
	{ "etc/systemd/system/virtqemud.service.d", 1, ALL, NULL, NULL, NULL, false,
	  NULL, false, NULL },
	{ "etc/systemd/system/sockets.target.wants", 1, NULL, NAMES("libvirtd*",
	  "virtqemud*"), NULL, NULL, false, NULL, false, NULL },
	{ "dev/kmsg", 0, NULL, NULL, NULL, NULL, false, NULL, false, NULL },
	{ "dev/vfio", 1, ALL, NULL, NULL, NULL, true, NULL, false, NULL },
	{ "dev/vfio/devices", 1, ALL, NULL, NULL, NULL, true, NULL, false, NULL },
	{ "dev/dri", 1, ALL, NULL, NULL, NULL, true, NULL, false, NULL },
	{ "dev", 1, NAMES("kvm", "nvme*", "sd*", "vd*", "ttyS*", "ttyUSB*",
	  "ttyACM*"), NULL, NULL,
	  NULL, true, NULL, false, NULL },
	{ "dev/serial/by-id", 1, NULL, ALL, NULL, NULL, false, NULL, false, NULL },
	{ "dev/serial/by-path", 1, NULL, ALL, NULL, NULL, false, NULL, false, NULL },
	{ "lib/modules/RELEASE/modules.dep", 0, NULL, NULL, NULL, NULL, false,
	  NAMES("vfio"), false, NULL },
	{ "lib/modules/RELEASE/modules.alias", 0, NULL, NULL, NULL, NULL, false,
	  NAMES("vfio"), false, NULL },
	{ "lib/modules/RELEASE/modules.builtin", 0, NULL, NULL, NULL, NULL, false,
	  NAMES("vfio"), false,
	  NULL },
	{ .path = NULL },
};

bool hd_area_has(const char *const *names, const char *name)
{
	for (; names && *names; names++) {
		size_t length = strlen(*names);

		if (!strcmp(*names, name))
			return true;
		if (length && (*names)[length - 1] == '*' && !strncmp(*names, name, length - 1))
			return true;
	}
	return false;
}
