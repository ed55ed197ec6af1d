/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * test_messages.c - is each known message taken for what it is?
 *
 * The lines are as Linux 6.12, QEMU 10.0 and libvirt 11.3 write them, with the
 * values of a real host.
 */
#include "config.h"

#include <regex.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "check/check.h"
#include "explain/families.h"
#include "explain/message.h"
#include "tests/explain/records.h"

#define MAP "qemu-system-x86_64: -device vfio-pci,host=0000:01:00.0: vfio 0000:01:00.0: " \
	"failed to setup container for group 12: memory listener initialization failed: " \
	"Region pc.ram: vfio_container_dma_map(0x5581, 0x0, 0xa0000, 0x7f3c) = "

static const struct row {
	const char *id, *line;
	const char *name, *value;	/* a field */
} rows[] = {
	{ "kernel-vfio-denylist", "vfio-pci 0000:3d:00.0: 8086:37c8 exists in vfio-pci device "
	  "denylist, driver probing disallowed.", "address", "0000:3d:00.0" },
	{ "kernel-vfio-device-in-use", "vfio-pci 0000:01:00.0: Device is currently in use, task "
	  "\"driverctl\" (4711) blocked until device is released", "pid", "4711" },
	{ "kernel-vfio-release-asked", "vfio-pci 0000:01:00.0: Relaying device request to user (#3)",
	  "count", "3" },
	{ "kernel-vfio-release-asked", "vfio-pci 0000:01:00.0: No device request channel registered, "
	  "blocked until released by user", "address", "0000:01:00.0" },
	{ "kernel-vfio-vf-token", "vfio-pci 0000:03:10.0: VF token required to access device",
	  "address", "0000:03:10.0" },
	{ "kernel-vfio-vf-captured", "vfio-pci 0000:03:00.0: Captured SR-IOV VF 0000:03:10.0 "
	  "driver_override", "address", "0000:03:10.0" },
	{ "kernel-vfio-vf-driver-differs", "vfio-pci 0000:03:00.0: VF 0000:03:10.0 bound to driver "
	  "igbvf while PF bound to driver vfio-pci", "pf-driver", "vfio-pci" },
	{ "kernel-vfio-pf-has-vfs", "vfio-pci 0000:03:00.0: Cannot bind to PF with SR-IOV enabled",
	  "address", "0000:03:00.0" },
	{ "kernel-vfio-intx-broken", "vfio-pci 0000:01:00.0: Masking broken INTx support", NULL, NULL },
	{ "kernel-vfio-bars-restored", "vfio-pci 0000:01:00.0: vfio_bar_restore: reset recovery - "
	  "restoring BARs", "address", "0000:01:00.0" },
	{ "kernel-vfio-vf-bogus-intx", "vfio-pci 0000:03:10.0: Hardware bug: VF reports bogus INTx "
	  "pin 1", "pin", "1" },
	{ "kernel-vfio-noiommu", "vfio-pci 0000:01:00.0: Adding kernel taint for vfio-noiommu group "
	  "on device", NULL, NULL },
	{ "kernel-vfio-memlock", "vfio_pin_pages_remote: RLIMIT_MEMLOCK (67108864) exceeded",
	  "limit", "67108864" },
	{ "kernel-no-interrupt-remapping", "vfio_iommu_type1_attach_group: No interrupt remapping "
	  "support.  Use the module param \"allow_unsafe_interrupts\" to enable VFIO IOMMU support "
	  "on this platform", NULL, NULL },
	{ "kernel-bar-busy", "vfio-pci 0000:01:00.0: BAR 1: can't reserve [mem 0xc0000000-0xcfffffff "
	  "64bit pref]", "address", "0000:01:00.0" },
	{ "kernel-device-not-ready", "vfio-pci 0000:01:00.0: not ready 65535ms after FLR; giving up",
	  "event", "FLR" },
	{ "kernel-device-not-ready", "pci 0000:01:00.0: not ready 65535ms after bus reset; giving up",
	  "event", "bus reset" },
	{ "kernel-device-inaccessible", "vfio-pci 0000:01:00.0: Unable to change power state from "
	  "D3cold to D0, device inaccessible", "state", "D3cold" },
	{ "kernel-pending-transaction", "vfio-pci 0000:01:00.0: timed out waiting for pending "
	  "transaction; performing function level reset anyway", NULL, NULL },
	{ "kernel-power-refused", "vfio-pci 0000:01:00.0: Refused to change power state from D0 to "
	  "D3hot", "wanted", "D3hot" },
	{ "kernel-rom-signature", "vfio-pci 0000:00:02.0: Invalid PCI ROM header signature: expecting "
	  "0xaa55, got 0xffff", "got", "0xffff" },
	{ "kernel-gpu-left-initialized", "pci 0000:01:00.0: GPU left initialized by EFI, resetting",
	  NULL, NULL },
	{ "kernel-bar-no-space", "pci 0000:01:00.0: BAR 1 [mem size 0x10000000 64bit pref]: can't "
	  "assign; no space", "address", "0000:01:00.0" },
	{ "kernel-sriov-no-driver", "pci 0000:03:00.0: no driver bound to device; cannot configure "
	  "SR-IOV", NULL, NULL },
	{ "kernel-sriov-not-supported", "i915 0000:00:02.0: driver does not support SR-IOV "
	  "configuration via sysfs", NULL, NULL },
	{ "kernel-sriov-already-enabled", "igb 0000:03:00.0: 2 VFs already enabled. Disable before "
	  "enabling 4 VFs", "wanted", "4" },
	{ "kernel-sriov-no-memory-window", "igb 0000:03:00.0: not enough MMIO resources for SR-IOV",
	  NULL, NULL },
	{ "kernel-sriov-no-bus", "igb 0000:03:00.0: can't enable 7 VFs (bus 04 out of range of [bus "
	  "03])", "bus", "04" },
	{ "kernel-sriov-assigned", "igb 0000:03:00.0: Cannot modify SR-IOV while VFs are assigned",
	  NULL, NULL },
	{ "kernel-sriov-left-enabled", "igb 0000:03:00.0: driver left SR-IOV enabled after remove",
	  NULL, NULL },
	{ "kernel-aer-cannot-recover", "vfio-pci 0000:01:00.0: AER: can't recover (no error_detected "
	  "callback)", NULL, NULL },
	{ "kernel-direct-mapping-required", "vfio-pci 0000:02:00.0: Firmware has requested this device "
	  "have a 1:1 IOMMU mapping, rejecting configuring the device without a 1:1 mapping. Contact "
	  "your platform vendor.", "address", "0000:02:00.0" },
	{ "kernel-direct-mapping-required", "vfio-pci 0000:02:00.0: Device is ineligible for IOMMU "
	  "domain attach due to platform RMRR requirement.  Contact your platform vendor.", NULL, NULL },
	{ "kernel-dma-fault-intel", "DMAR: DRHD: handling fault status reg 3", "status", "3" },
	{ "kernel-dma-fault-intel", "DMAR: [DMA Read NO_PASID] Request device [01:00.0] fault addr "
	  "0xdeadb000 [fault reason 0x06] PTE Read access is not set", "target", "0xdeadb000" },
	{ "kernel-dma-fault-intel", "DMAR: [DMA Write NO_PASID] Request device [01:00.0] fault addr "
	  "0x0 [fault reason 0x05] PTE Write access is not set", "address", "01:00.0" },
	{ "kernel-dma-fault-amd", "vfio-pci 0000:01:00.0: AMD-Vi: Event logged [IO_PAGE_FAULT "
	  "domain=0x000e address=0xfee00000 flags=0x0000]", "address", "0000:01:00.0" },
	{ "kernel-iommu-hangs-amd", "AMD-Vi: Completion-Wait loop timed out", NULL, NULL },
	{ "kernel-x2apic-opt-out", "DMAR-IR: x2apic is disabled because BIOS sets x2apic opt out bit.",
	  NULL, NULL },
	{ "kernel-interrupt-remapping-on", "DMAR-IR: Enabled IRQ remapping in x2apic mode", "mode",
	  "x2apic" },
	{ "kernel-iommu-group-added", "pci 0000:01:00.0: Adding to iommu group 12", "group", "12" },
	{ "kernel-nvidia-usage-count", "NVRM: Attempting to remove device 0000:07:00.0 with non-zero "
	  "usage count!", "address", "0000:07:00.0" },
	{ "modprobe-in-use", "modprobe: FATAL: Module nvidia_drm is in use.", "module", "nvidia_drm" },
	{ "modprobe-in-use", "modprobe: FATAL: Module amdgpu is in use", "module", "amdgpu" },
	{ "modprobe-no-virqfd", "dracut: module not found: 'vfio_virqfd'", NULL, NULL },
	{ "modprobe-no-virqfd", "Failed to find module 'vfio_virqfd'", NULL, NULL },
	{ "modprobe-not-found", "modprobe: FATAL: Module vfio-pci not found in directory "
	  "/lib/modules/6.1.0-18-amd64", "module", "vfio-pci" },
	{ "modprobe-builtin", "modprobe: FATAL: Module vfio_pci is builtin.", "module", "vfio_pci" },
	{ "kernel-amdgpu-leaks", "vfio-pci 0000:0c:00.0: amdgpu: leaking bo va (-19)", "code", "-19" },

	{ "qemu-group-not-viable", "2026-11-21T10:00:00.000000Z qemu-system-x86_64: -device "
	  "{\"driver\":\"vfio-pci\",\"host\":\"0000:01:00.0\",\"id\":\"hostdev0\"}: vfio 0000:01:00.0: "
	  "group 12 is not viable", "group", "12" },
	{ "qemu-group-not-viable", "Please ensure all devices within the iommu_group are bound to "
	  "their vfio bus driver.", NULL, NULL },
	{ "qemu-group-device-missing", "vfio 0000:01:00.0: error getting device from group 12: No such "
	  "device", "group", "12" },
	{ "qemu-group-device-missing", "Verify all devices in group 12 are bound to vfio-pci or pci-stub "
	  "and not already in use", "group", "12" },
	{ "qemu-group-two-address-spaces", "vfio 0000:01:00.1: group 12 used in multiple address "
	  "spaces", "address", "0000:01:00.1" },
	{ "qemu-no-group", "vfio 0000:01:00.0: no iommu_group found: No such file or directory",
	  "address", "0000:01:00.0" },
	{ "qemu-vfio-node-missing", "vfio 0000:01:00.0: Could not open '/dev/vfio/1': No such file or "
	  "directory", "group", "1" },
	{ "qemu-vfio-node-denied", "vfio 0000:01:00.0: Could not open '/dev/vfio/1': Permission denied",
	  "group", "1" },
	{ "qemu-vfio-node-missing", "vfio 0000:01:00.0: failed to open /dev/vfio/1: No such file or "
	  "directory", "group", "1" },
	{ "qemu-vfio-node-denied", "vfio 0000:01:00.0: failed to open /dev/vfio/1: Permission denied",
	  "group", "1" },
	{ "qemu-vfio-node-busy", "vfio 0000:01:00.0: failed to open /dev/vfio/1: Device or resource "
	  "busy", "group", "1" },
	{ "qemu-vfio-node", "vfio 0000:01:00.0: failed to open /dev/vfio/1: Too many open files",
	  "group", "1" },
	{ "qemu-no-iommu-model", "vfio 0000:01:00.0: Failed to set iommu for container: Operation not "
	  "permitted", NULL, NULL },
	{ "qemu-no-iommu-model", "vfio 0000:01:00.0: No available IOMMU models", NULL, NULL },
	{ "qemu-map-no-memory", MAP "-12 (Cannot allocate memory)", "address", "0000:01:00.0" },
	{ "qemu-map-invalid", MAP "-22 (Invalid argument)", NULL, NULL },
	{ "qemu-map-bad-address", MAP "-14 (Bad address)", NULL, NULL },
	{ "qemu-map-no-memory", "qemu-system-x86_64: VFIO_MAP_DMA failed: Cannot allocate memory",
	  NULL, NULL },
	{ "qemu-container-setup", "vfio 0000:01:00.0: failed to setup container for group 12: "
	  "something new", "group", "12" },
	/* the innermost reason, however short */
	{ "qemu-no-iommu-model", "vfio 0000:01:00.0: failed to setup container for group 1: No available "
	  "IOMMU models", "address", "0000:01:00.0" },
	{ "hostdevctl-refusal", "error: Hook script execution failed: internal error: Child process "
	  "(LC_ALL=C PATH=/usr/sbin:/usr/bin /etc/libvirt/hooks/qemu win11 prepare begin -) unexpected "
	  "exit status 1: hostdevctl: guest 'w' not started: 0000:01:00.0: x [storage-free]; remedy: y",
	  "check", "storage-free" },
	{ "qemu-reset-needs-group", "vfio: Cannot reset device 0000:01:00.0, depends on group 13 which "
	  "is not owned.", "group", "13" },
	{ "qemu-no-reset", "vfio: Cannot reset device 0000:01:00.0, no available reset mechanism.",
	  "address", "0000:01:00.0" },
	{ "qemu-stuck-in-power-state", "vfio: Unable to power on device, stuck in D3", "state", "3" },
	{ "qemu-rom-unreadable", "vfio-pci: Cannot read device rom at 0000:01:00.0", "address",
	  "0000:01:00.0" },
	{ "qemu-rom-denied", "Rom loading for device at 0000:04:00.0 has been disabled due to system "
	  "instability issues", "address", "0000:04:00.0" },
	{ "qemu-bar-not-mapped", "vfio 0000:01:00.0: Failed to mmap 0000:01:00.0 BAR 4. Performance may "
	  "be slow", "bar", "4" },
	{ "qemu-unrecoverable-error", "vfio_err_notifier_handler(0000:01:00.0) Unrecoverable error "
	  "detected. Please collect any data possible and then kill the guest", "address",
	  "0000:01:00.0" },
	{ "qemu-no-x-vga", "vfio 0000:01:00.0: device does not support requested feature x-vga", NULL,
	  NULL },
	{ "qemu-no-such-device", "vfio 0000:0b:00.0: no such host device: No such file or directory",
	  "address", "0000:0b:00.0" },
	{ "qemu-iommufd", "vfio 0000:01:00.0: error bind device fd=35 to iommufd=30", "fd", "35" },
	{ "qemu-iommufd-memory", "qemu-system-x86_64: warning: IOMMU_IOAS_MAP failed: Cannot allocate "
	  "memory", NULL, NULL },
	{ "libvirt-iommufd-node", "error: cannot open VFIO device /dev/vfio/devices/vfio0: No such file "
	  "or directory", "node", "vfio0" },
	{ "qemu-iommufd", "qemu-system-x86_64: warning: IOMMU_IOAS_MAP failed: Bad address, PCI BAR?",
	  NULL, NULL },
	{ "qemu-usb-not-found", "-device usb-host,hostbus=1,hostaddr=5: failed to find host usb device "
	  "1:5", "device", "5" },
	{ "qemu-usb-cannot-open", "failed to open host usb device 1:5", "bus", "1" },
	{ "qemu-irq-assertion", "qemu-system-x86_64: ../hw/pci/pci.c:1633: pci_irq_handler: Assertion "
	  "`0 <= irq_num && irq_num < PCI_NUM_PINS' failed.", NULL, NULL },
	{ "qemu-no-hugepages", "qemu-system-x86_64: unable to map backing store for guest RAM: Cannot "
	  "allocate memory", NULL, NULL },
	{ "qemu-unplug-busy", "Hot-unplug failed: guest is busy (power indicator blinking)", NULL,
	  NULL },
	{ "qemu-igd-rules", "vfio 0000:00:02.0: Machine is not i440fx or assigned BDF is not 00:02.0",
	  "address", "0000:00:02.0" },
	{ "qemu-no-migration", "0000:01:00.0: VFIO migration is not supported in kernel", "address",
	  "0000:01:00.0" },

	{ "libvirt-no-passthrough", "error: argument unsupported: VFIO device assignment is "
	  "currently not supported on this system", NULL, NULL },
	{ "libvirt-no-passthrough", "error: unsupported configuration: host doesn't support "
	  "passthrough of host PCI devices", NULL, NULL },
	{ "libvirt-qemu-without-vfio", "VFIO PCI device assignment is not supported by this version "
	  "of QEMU", NULL, NULL },
	{ "libvirt-pci-backend", "argument unsupported: pci backend driver 'default' is not supported",
	  "driver", "default" },
	{ "libvirt-unmanaged", "error: Unmanaged PCI device 0000:01:00.0 must be manually detached from "
	  "the host", "address", "0000:01:00.0" },
	{ "libvirt-pci-in-use", "error: Requested operation is not valid: PCI device 0000:01:00.0 is "
	  "in use by driver QEMU, domain win 11", "guest", "win 11" },
	{ "libvirt-not-assignable", "PCI device 0000:01:00.0 is not assignable", NULL, NULL },
	{ "libvirt-not-an-endpoint", "Non-endpoint PCI devices cannot be assigned to guests", NULL,
	  NULL },
	{ "libvirt-header-type", "internal error: Unknown PCI header type '127' for device "
	  "'0000:01:00.0'", "type", "127" },
	{ "libvirt-active-device", "Not detaching active device 0000:01:00.0", "address",
	  "0000:01:00.0" },
	{ "libvirt-active-device", "Not reattaching active device 0000:01:00.0", NULL, NULL },
	{ "libvirt-driver-override", "Failed to add driver 'vfio-pci' to driver_override interface of "
	  "PCI device '0000:01:00.0': Permission denied", "driver", "vfio-pci" },
	{ "libvirt-cannot-unbind", "Failed to unbind PCI device '0000:01:00.0' from nvidia: Device or "
	  "resource busy", "driver", "nvidia" },
	{ "libvirt-probe-failed", "Failed to trigger a probe for PCI device '0000:01:00.0': Invalid "
	  "argument", "address", "0000:01:00.0" },
	{ "libvirt-module-prohibited", "Failed to load PCI driver module vfio_pci: administratively "
	  "prohibited", "module", "vfio_pci" },
	{ "libvirt-module-no-driver", "module 'vfio' does not implement any pci driver", "module",
	  "vfio" },
	{ "libvirt-no-reset", "Unable to reset PCI device 0000:01:00.0: no FLR, PM reset or bus reset "
	  "available", "address", "0000:01:00.0" },
	{ "libvirt-usb-ambiguous", "operation failed: Multiple USB devices for 46d:c52b, use <address> "
	  "to specify one", "product", "c52b" },
	{ "libvirt-usb-moved", "operation failed: Multiple USB devices for 46d:c52b were found, but none "
	  "of them is at bus:1 device:5", "device", "5" },
	{ "libvirt-usb-missing", "internal error: Did not find USB device 046d:c52b", "vendor", "046d" },
	{ "libvirt-usb-in-use", "USB device 001:005 is in use by driver QEMU, domain win11", "guest",
	  "win11" },
	{ "libvirt-pf-offline", "internal error: Unable to configure VF 3 of PF 'enp3s0f0' because the "
	  "PF is not online. Please change host network config to put the PF online.", "parent",
	  "enp3s0f0" },
	{ "libvirt-vf-no-netdev", "VF 3 of PF 'enp3s0f0' is not bound to a net driver, so its MAC "
	  "address cannot be set", "vf", "3" },
	{ "libvirt-not-a-vf", "Interface type hostdev is currently supported on SR-IOV Virtual "
	  "Functions only", NULL, NULL },
	{ "libvirt-mdev-missing", "device not found: mediated device "
	  "'4b20d080-1b54-4048-85b3-a6a62d165c01' not found", "uuid",
	  "4b20d080-1b54-4048-85b3-a6a62d165c01" },
	{ "libvirt-nvme-in-use", "NVMe device 0000:02:00.0 already in use by driver QEMU domain db",
	  "guest", "db" },
	{ "libvirt-cannot-limit-memlock", "cannot limit locked memory of process 4711 to 17179869184: "
	  "Operation not permitted", "limit", "17179869184" },
	{ "libvirt-hook-failed", "error: Hook script execution failed: internal error: Child process "
	  "(LC_ALL=C PATH=/usr/sbin:/usr/bin /etc/libvirt/hooks/qemu win11 prepare begin -) unexpected "
	  "exit status 1: hello", "guest", "win11" },
	{ "libvirt-hook-not-executable", "Non-executable hook script "
	  "/etc/libvirt/hooks/qemu.d/win10", "path", "/etc/libvirt/hooks/qemu.d/win10" },
	{ "hostdevctl-refusal", "hostdevctl: guest 'win11' not started: 0000:01:00.0: nvme0n1 -> "
	  "nvme0n1p1: mounted on /srv/data [storage-free]; remedy: umount /srv/data", "check",
	  "storage-free" },
	{ "libvirt-cannot-migrate", "cannot migrate a domain with <hostdev mode='subsystem' "
	  "type='pci'>", "type", "pci" },
	{ "libvirt-function-0-only", "XML error: Only PCI device addresses with function=0 are "
	  "supported", NULL, NULL },
	{ "libvirt-unplug-rejected", "internal error: unplug of device was rejected by the guest", NULL,
	  NULL },
	{ "libvirt-no-free-slot", "internal error: No more available PCI slots", NULL, NULL },
	{ "validate-no-dmar", "QEMU: Checking for device assignment IOMMU support : WARN (No ACPI DMAR "
	  "table found, IOMMU either disabled in BIOS or not supported by this hardware platform)",
	  NULL, NULL },
	{ "validate-iommu-off", "QEMU: Checking if IOMMU is enabled by kernel : WARN (IOMMU appears to "
	  "be disabled in kernel. Add intel_iommu=on to kernel cmdline arguments)", NULL, NULL },
	{ "proxmox-mapping-changed", "PCI device mapping invalid (hardware probably changed): 'device' "
	  "does not match", NULL, NULL },
	{ "unraid-pci-changed", "Start/autostart is disabled PCI Change detected.", NULL, NULL },
	{ "incus-device-in-use", "Cannot use device \"0000:01:00.0\", 2 processes are still attached to "
	  "it", "count", "2" },
};

/* ROW may name a field that was taken from its line. */
static void has_field(const struct row *row, const struct hd_fields *fields)
{
	const char *value = row->name ? hd_field_value(fields, row->name) : NULL;

	if (row->name && (!value || strcmp(value, row->value) != 0))
		fail_msg("%s: %s is %s, not %s", row->id, row->name, value ? value : "missing",
			 row->value);
}

static void is_explained(void **state)
{
	const struct row *row = *state;
	struct hd_arena arena = { 0 };
	struct hd_message_match *found, *same;
	size_t n = hd_message_match(row->line, NULL, &arena, &found);

	assert_int_equal(hd_message_match_starts(hd_message_starts_new(&arena), row->line, NULL, &arena,
						 &same), n);
	assert_true(!n || same[0].message == found[0].message);
	if (!n || strcmp(found[0].message->id, row->id) != 0)
		fail_msg("%s, not %s: %s", n ? found[0].message->id : "nothing", row->id, row->line);
	if (n > 1 && found[1].weight == found[0].weight && found[1].end == found[0].end)
		fail_msg("%s is as specific as %s", found[1].message->id, row->id);
	has_field(row, &found[0].fields);
	hd_arena_done(&arena);
}

static void every_row_is_tested(void **state)
{
	const struct hd_message *message;
	struct hd_arena arena = { 0 };
	const char *records = records_read(&arena, "rows.txt");

	(void)state;
	for (size_t at = 0; (message = hd_message_next(&at));) {
		bool has = strstr(records, hd_printf(&arena, "\n%s\n|", message->id)) != NULL;

		for (size_t i = 0; i < HD_ARRAY_SIZE(rows); i++)
			has |= !strcmp(rows[i].id, message->id);
		if (!has)
			fail_msg("no line for %s", message->id);
	}
	hd_arena_done(&arena);
}

static bool is_id(const char *id)
{
	return strspn(id, "abcdefghijklmnopqrstuvwxyz0123456789-") == strlen(id) && *id != '-';
}

/* What subject.h and audit.h find beside the pattern. */
static const char *const subjects[] = {
	"address", "driver", "group", "guest", "interface", "path", "vf",
	"denial", "profile", "program",		/* audit.h */
};

/* The fields that a text names are those of some pattern, or what stands beside it. */
static void check_text(const struct hd_message *message, const char *text)
{
	for (; (text = strchr(text, '{')); text++) {
		char name[64] = "", colon[80], plain[80];
		bool has = false;

		(void)snprintf(name, sizeof(name), "%.*s", (int)strcspn(text + 1, "}"), text + 1);
		(void)snprintf(colon, sizeof(colon), ":%s}", name);
		(void)snprintf(plain, sizeof(plain), "{%s}", name);
		for (size_t i = 0; i < HD_MESSAGE_PATTERNS && message->patterns[i]; i++)
			has |= strstr(message->patterns[i], colon) ||
			       strstr(message->patterns[i], plain);
		if (!has && !HD_IS_ANY(name, subjects))
			fail_msg("%s: no field %s", message->id, name);
	}
}

#define NAME "(:[a-z-]+)?"

/* The rules of pattern.h: it begins with a literal, as what follows a text field does. */
static bool is_valid(const regex_t *rules, const char *pattern)
{
	size_t n = 0;

	for (const char *at = pattern; (at = strchr(at, '{')); at++)
		n++;
	/* KEY_LENGTH of message.c */
	return n <= HD_FIELDS_MAX && strcspn(pattern, "{") >= 3 && !regexec(rules, pattern, 0, NULL, 0);
}

static void check_kind(const struct hd_message *message)
{
	if (hd_message_is_state(message) && !message->checks[0] &&
	    !strstr(message->patterns[0], ":check}"))
		fail_msg("%s: no check shows its state", message->id);
}

/* Whoever is sure does not list what else it can be. */
static void check_sureness(const struct hd_message *message)
{
	static const char *const doubts[] = { "usually", "One of", "one of:", "perhaps", "often", "probably" };

	if (message->kind != HD_MESSAGE_CERTAIN && message->kind != HD_MESSAGE_STATE)
		return;
	for (size_t i = 0; i < HD_ARRAY_SIZE(doubts); i++)
		if (strstr(message->means, doubts[i]))
			fail_msg("%s: certain, but '%s'", message->id, doubts[i]);
	/* nor is a remedy certain that depends on what the row does not know */
	if (strstr(message->remedy, " if ") || strstr(message->remedy, "unless"))
		fail_msg("%s: certain, but: %s", message->id, message->remedy);
}

/* "Nothing to do, unless ..." is not an all-clear. */
static void check_condition(const struct hd_message *message)
{
	static const char *const conditions[] = {
		" if ", "if it ", "unless", "; else", "for a guest that", "for a migration", "look for", "read the",
		"another line", "nothing to do for", "for the ids",
	};
	bool has = false;

	if (!hd_message_is_harmless(message))
		return;
	for (size_t i = 0; i < HD_ARRAY_SIZE(conditions); i++)
		has |= strstr(message->remedy, conditions[i]) != NULL;
	if (has != (message->kind == HD_MESSAGE_HARMLESS_IF))
		fail_msg("%s: its remedy has %s condition: %s", message->id, has ? "a" : "no",
			 message->remedy);
}

static void sureness_is_told(void **state)
{
	(void)state;
	assert_string_equal(hd_message_sureness(hd_message_find("qemu-group-not-viable")), "");
	assert_string_equal(hd_message_sureness(hd_message_find("windows-code-43")), "usually: ");
	assert_string_equal(hd_message_sureness(hd_message_find("kernel-iommu-group-added")), "");
	assert_string_equal(hd_message_sureness(hd_family_find("general-vfio")), "in general: ");
	assert_string_equal(hd_message_sureness(hd_message_find("kernel-aer-corrected")),
			    "harmless on a condition: ");
}

static void rows_are_sound(void **state)
{
	const struct hd_message *message;
	regex_t rules;

	(void)state;
	assert_int_equal(regcomp(&rules, "^[^{]+(\\{(address|number|hex|word|path|[0-9]+([|][0-9]+)*)" NAME "\\}[^{]*|"
				 "\\{text" NAME "\\}([^{]+|$))*(\\{near:[^{}]+\\})?$", REG_EXTENDED), 0);
	assert_true(is_valid(&rules, "ab {number}{near:x|y z}"));
	assert_false(is_valid(&rules, "ab {near:x} c"));
	assert_true(is_valid(&rules, "ab {text:x} {number}"));
	assert_true(is_valid(&rules, "ab {1|23:x} c"));
	assert_false(is_valid(&rules, "ab {1||23:x} c"));
	assert_false(is_valid(&rules, "ab {text}{number}"));
	assert_false(is_valid(&rules, "a {text:x} {number}"));
	for (size_t at = 0; (message = hd_message_next(&at));) {
		size_t patterns = 0;

		assert_true(is_id(message->id));
		assert_ptr_equal(hd_message_find(message->id), message);
		assert_null(hd_check_find(message->id));
		assert_non_null(message->means);
		assert_non_null(message->remedy);
		check_text(message, message->means);
		check_text(message, message->remedy);
		for (; patterns < HD_MESSAGE_PATTERNS && message->patterns[patterns]; patterns++)
			if (!is_valid(&rules, message->patterns[patterns]))
				fail_msg("%s: bad pattern %zu", message->id, patterns);
		assert_true(patterns > 0);
		check_kind(message);
		check_sureness(message);
		check_condition(message);
		for (size_t i = 0; i < HD_MESSAGE_CHECKS && message->checks[i]; i++)
			if (!hd_check_find(message->checks[i]))
				fail_msg("%s: no check %s", message->id, message->checks[i]);
	}
	assert_null(hd_message_find("qemu-nothing"));
	regfree(&rules);
}

static void nothing_known(void **state)
{
	static const char *const lines[] = {
		"", " ", "hello", "group", "group 12", "vfio-pci 0000:01:00.0: enabling device",
		"IPv6: ADDRCONF(NETDEV_CHANGE): eth0: link becomes ready", "{", "}{", "%s%n",
	};
	struct hd_arena arena = { 0 };
	struct hd_message_match *found;

	(void)state;
	for (size_t i = 0; i < HD_ARRAY_SIZE(lines); i++)
		if (hd_message_match(lines[i], NULL, &arena, &found))
			fail_msg("%s: %s", lines[i], found[0].message->id);
	assert_int_equal(hd_message_match_starts(hd_message_starts_new(&arena), "gr", NULL, &arena,
						 &found), 0);
	hd_arena_done(&arena);
}

#define FIRST 4		/* before those of rows */

int main(void)
{
	struct CMUnitTest tests[HD_ARRAY_SIZE(rows) + FIRST] = {
		cmocka_unit_test(every_row_is_tested),
		cmocka_unit_test(rows_are_sound),
		cmocka_unit_test(sureness_is_told),
		cmocka_unit_test(nothing_known),
	};

	for (size_t i = 0; i < HD_ARRAY_SIZE(rows); i++)
		tests[FIRST + i] = (struct CMUnitTest){ rows[i].id, is_explained, NULL, NULL,
						    (void *)(uintptr_t)&rows[i] };
	return cmocka_run_group_tests_name("messages", tests, NULL, NULL);
}
