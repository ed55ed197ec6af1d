/* SPDX-License-Identifier: GPL-2.0-or-later */
/* capture_areas.c - which files of a host does a capture have, and how much of each? */
#include "config.h"

#include <ctype.h>
#include <string.h>

#include "base/text.h"
#include "facts/host/kernel_log.h"
#include "inventory/capture_areas.h"

#define LOG_MAX (64u << 10)

#define NAMES(...) (const char *const[]){ __VA_ARGS__, NULL }

#define ALL NAMES("*")

static const char *const device_files[] = {
	/* PCI */
	"vendor", "device", "class", "subsystem_vendor", "subsystem_device", "revision", "modalias",
	"driver_override", "numa_node", "reset_method", "d3cold_allowed", "power_state", "boot_vga",
	"resource", "config", "sriov_*", "current_link_speed", "current_link_width",
	"max_link_speed", "max_link_width", "current_vgpu_type", "creatable_vgpu_types",
	/* block, NVMe, character devices */
	"dev", "size", "ro", "removable", "partition", "model", "rev", "state", "serial", "nsid",
	"wwid",
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
	"line", "io_type", "in_use",
	/* virtio */
	"mount_tag", NULL
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
	"bsg", "gpio*", "firmware_node", "system", NULL
};

static const char *const kept_dirs[] = {
	"holders", "slaves", "bridge", "bonding", "vfio-dev", "bcache", "mdev_supported_types",
	"devices", NULL
};

static const char *const modules[] = {
	"vfio*", "kvm*", "iommufd*", "irqbypass", "mdev", "pci_stub", "nvidia*", "nouveau", "amdgpu",
	"i915*", "xe", "radeon", "ast", "mgag200", "bochs*", "virtio_gpu", "qxl", "simpledrm",
	"9pnet_virtio", "virtiofs", "vboxsf", "vmw_vsock_virtio_transport", "holders", NULL
};

/* What hook_files.c looks for in hooks: the rest is private. */
static const char *const hook_lines[] = {
	"hostdevctl-hook", "virsh", "driver_override", "drivers_probe", "vfio-pci", "vfio_pci",
	"modprobe -r", "driver/unbind", NULL
};

const struct hd_area hd_areas[] = {
	{ .paths = NAMES("sys/devices"), .depth = 20, .files = device_files,
	  .links = device_links, .skips = dull_dirs, .keeps = kept_dirs },
	{ .paths = NAMES("sys/devices/system/node"), .depth = 5,
	  .files = NAMES("nr_hugepages", "free_hugepages", "meminfo", "cpulist", "online") },
	{ .paths = NAMES("sys/bus/pci/devices", "sys/bus/usb/devices", "sys/bus/mdev/devices",
			 "sys/bus/platform/drivers/efi-framebuffer",
			 "sys/bus/platform/drivers/vesa-framebuffer",
			 "sys/bus/platform/drivers/simple-framebuffer",
			 "sys/bus/platform/drivers/platform-framebuffer",
			 "sys/class/iommu", "sys/class/drm", "sys/class/graphics", "sys/class/net",
			 "sys/class/block", "sys/class/nvme-subsystem", "sys/class/vtconsole",
			 "sys/class/mdev_bus", "sys/class/input", "sys/class/tty", "sys/dev/block",
			 "sys/block", "sys/class/scsi_device", "sys/class/scsi_generic",
			 "sys/class/scsi_tape", "sys/class/scsi_changer", "dev/serial/by-id", "dev/serial/by-path"),
	  .depth = 1, .links = ALL },
	{ .paths = NAMES("sys/bus/pci/drivers"), .depth = 2, .links = ALL, .keeps = ALL },
	{ .paths = NAMES("sys/kernel/iommu_groups"), .depth = 3,
	  .files = NAMES("type", "reserved_regions", "name"), .links = ALL, .keeps = ALL },
	{ .paths = NAMES("sys/fs/virtiofs"), .depth = 2, .files = NAMES("tag"),
	  .links = NAMES("device"), .keeps = ALL },
	{ .paths = NAMES("sys/firmware/acpi/tables", "dev/vfio", "dev/vfio/devices", "dev/dri",
			 "var/lib/selinux/targeted/active/modules/200/hostdevctl",
			 "var/lib/selinux/targeted/active/modules/400/hostdevctl"),
	  .depth = 1, .files = ALL, .is_names_only = true },
	{ .paths = NAMES("sys/module"), .depth = 3, .files = NAMES("initstate", "refcnt"),
	  .links = ALL, .keeps = modules, .is_picky = true },
	{ .paths = NAMES("sys/module/vfio/parameters", "sys/module/vfio_iommu_type1/parameters",
			 "sys/module/vfio_pci/parameters", "sys/module/kvm/parameters",
			 "sys/module/kvm_intel/parameters", "sys/module/kvm_amd/parameters",
			 "sys/module/nvidia_drm/parameters", "proc/net/vlan",
			 "etc/modules-load.d", "etc/modprobe.d", "lib/modprobe.d",
			 "etc/default/grub.d", "boot/loader/entries", "efi/loader/entries",
			 "boot/efi/loader/entries",
			 "usr/lib/systemd/system/libvirtd.service.d",
			 "usr/lib/systemd/system/virtqemud.service.d",
			 "lib/systemd/system/libvirtd.service.d",
			 "lib/systemd/system/virtqemud.service.d",
			 "etc/systemd/system/libvirtd.service.d",
			 "etc/systemd/system/virtqemud.service.d"),
	  .depth = 1, .files = ALL },
	/* Not when the daemon started (stat): no file of a capture may seem changed since. */
	{ .paths = NAMES("proc/cmdline", "proc/interrupts", "proc/iomem", "proc/swaps",
			 "proc/consoles", "proc/self/mountinfo", "proc/1/mountinfo",
			 "proc/net/route", "proc/net/ipv6_route", "proc/net/fib_trie",
			 "proc/net/if_inet6", "proc/sys/kernel/osrelease", "proc/DAEMON/comm",
			 "proc/DAEMON/limits", "proc/DAEMON/status", "proc/DAEMON/attr/current",
			 "run/libvirt/qemu/driver.pid", "etc/os-release", "etc/modules",
			 "etc/default/grub", "etc/kernel/cmdline",
			 "sys/module/apparmor/parameters/enabled", "sys/fs/selinux/enforce",
			 "sys/power/state",
			 "usr/lib/systemd/system/libvirtd.service",
			 "usr/lib/systemd/system/virtqemud.service",
			 "lib/systemd/system/libvirtd.service",
			 "lib/systemd/system/virtqemud.service",
			 "etc/systemd/system/libvirtd.service",
			 "etc/systemd/system/virtqemud.service", "dev/kmsg") },
	/* which algorithms are used */
	{ .paths = NAMES("proc/crypto"), .lines = NAMES("driver", "module", "refcnt") },
	{ .paths = NAMES("sys/class/misc"), .depth = 1, .links = NAMES("hw_random") },
	{ .paths = NAMES("sys/devices/virtual/misc/hw_random/rng_current") },
	/* the first processor */
	{ .paths = NAMES("proc/cpuinfo"), .until = "\n\n" },
	{ .paths = NAMES("proc/meminfo"), .lines = NAMES("Huge") },
	{ .paths = NAMES("proc/driver/nvidia/gpus"), .depth = 2, .files = NAMES("information") },
	/* whether it reads the drop-ins */
	{ .paths = NAMES("usr/sbin/grub-mkconfig", "usr/bin/grub-mkconfig",
			 "usr/sbin/grub2-mkconfig"), .lines = NAMES("default/grub.d") },
	{ .paths = NAMES("boot/grub/grub.cfg", "boot/grub2/grub.cfg"), .lines = NAMES("linux") },
	{ .paths = NAMES("boot/grub2/grubenv"), .lines = NAMES("kernelopts") },
	{ .paths = NAMES("run/ostree-booted", "usr/bin/rpm-ostree",
			 "usr/local/sbin/hostdevctl-hook", "usr/sbin/hostdevctl-hook",
			 "etc/apparmor.d/usr.sbin.libvirtd", "etc/apparmor.d/usr.sbin.virtqemud",
			 "etc/apparmor.d/disable/usr.sbin.libvirtd"), .is_names_only = true },
	{ .paths = NAMES("etc/libvirt"), .depth = 1 },
	/* its target's name says the version */
	{ .paths = NAMES("usr/lib64/libvirt.so.0", "usr/lib/x86_64-linux-gnu/libvirt.so.0",
			 "usr/lib/aarch64-linux-gnu/libvirt.so.0", "usr/lib/libvirt.so.0"),
	  .links = ALL },
	/* can the host sleep, and is hostdevctl asked */
	{ .paths = NAMES("etc/systemd/system/sleep.target", "run/systemd/system/sleep.target",
			 "etc/systemd/system/sleep.target.requires/hostdevctl-sleep.service"),
	  .links = ALL },
	{ .paths = NAMES("etc/libvirt/hooks"), .depth = 5, .files = ALL, .links = ALL,
	  .keeps = ALL, .lines = hook_lines },
	{ .paths = NAMES("etc/systemd/system/sockets.target.wants"), .depth = 1,
	  .links = NAMES("libvirtd*", "virtqemud*") },
	{ .paths = NAMES("lib/modules"), .depth = 2, .files = NAMES("modules.dep"), .keeps = ALL,
	  .is_names_only = true },
	{ .paths = NAMES("lib/modules/RELEASE/modules.dep", "lib/modules/RELEASE/modules.alias",
			 "lib/modules/RELEASE/modules.builtin"),
	  .lines = NAMES("vfio", "iommufd") },
	{ .paths = NAMES("boot/config-RELEASE"),
	  .lines = NAMES("CONFIG_IOMMUFD", "CONFIG_VFIO_DEVICE_CDEV") },
	{ .paths = NAMES("sys/kernel/mm/hugepages"), .depth = 2, .files = ALL },
	{ .paths = NAMES("dev"), .depth = 1, .is_names_only = true,
	  .files = NAMES("kvm", "iommu", "nvme*", "sd*", "vd*", "ttyS*", "ttyUSB*", "ttyACM*") },
	{ .paths = NULL },
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

static bool has_one_of(const char *line, const char *const *words)
{
	for (; *words; words++)
		if (strstr(line, *words))
			return true;
	return false;
}

struct lines {
	struct hd_arena *arena;
	char *text;
	size_t n;
};

static void add_line(struct lines *lines, const char *before, const char *line)
{
	if (lines->n)
		hd_append_text(lines->arena, &lines->text, &lines->n, "\n", 1);
	hd_append_text(lines->arena, &lines->text, &lines->n, before, strlen(before));
	hd_append_text(lines->arena, &lines->text, &lines->n, line, strlen(line));
}

static const char *with_words(struct hd_arena *arena, const char *text, const char *const *words)
{
	struct lines kept = { .arena = arena };
	const char *line;

	while ((line = hd_text_next_line(arena, &text)))
		if (has_one_of(line, words))
			add_line(&kept, "", line);
	return kept.text ? kept.text : "";
}

const char *hd_area_part(const struct hd_area *area, struct hd_arena *arena, const char *text)
{
	const char *end = area->until ? strstr(text, area->until) : NULL;

	if (area->lines)
		return with_words(arena, text, area->lines);
	return end ? hd_strndup(arena, text, (size_t)(end - text)) : text;
}

/* A record of dev/kmsg begins with "6,...;"; plain lines of a log get such a beginning. */
const char *hd_capture_kernel_log(const struct hd_sysroot *root, struct hd_arena *arena)
{
	static const char *const words[] = {
		"DMAR", "AMD-Vi", "iommu", "arm-smmu", "vfio", NULL
	};
	struct lines kept = { .arena = arena };
	const char *log, *line;
	struct hd_error unused;

	if (hd_kernel_log_read(&log, root, arena, &unused) < 0)
		return NULL;
	while (kept.n < LOG_MAX && (line = hd_text_next_line(arena, &log))) {
		bool is_record = isdigit((unsigned char)*line) && strchr(line, ';');

		if (has_one_of(line, words))
			add_line(&kept, is_record ? "" : "6,0,0,-;", line);
	}
	return kept.text ? kept.text : "";
}
