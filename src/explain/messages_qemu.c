/* SPDX-License-Identifier: GPL-2.0-or-later */
/* messages_qemu.c - what QEMU says about devices, and why it does not start with one (QEMU hw/vfio). */
#include "config.h"

#include "explain/message.h"

const struct hd_message hd_messages_qemu[] = {
	{
		/* hw/vfio/pci.c vfio_pci_load_rom */
		"qemu-rom-unreadable", HD_SPEAKER_QEMU,
		{ "Cannot read device rom at {address}" },
		"the ROM of {address} cannot be read: the card has none, or it is the boot "
		"display, whose ROM the firmware has copied",
		"give it a ROM file (hostdevctl xml --rom FILE {address}) or none (--rom off)",
		{ "rom-file" }, HD_MESSAGE_EVENT,
	},
	{
		/* hw/vfio/pci-quirks.c: its list of ROMs */
		"qemu-rom-denied", HD_SPEAKER_QEMU,
		{ "Rom loading for device at {address} has been disabled due to system instability" },
		"QEMU does not load the ROM of {address}, which is known to hang guests",
		"nothing to do unless the guest boots from it; then give it a ROM file",
		{ "rom-file" }, HD_MESSAGE_HARMLESS_IF,
	},
	{
		/* hw/vfio/pci.c vfio_pci_fixup_msix_region, region.c */
		"qemu-bar-not-mapped", HD_SPEAKER_QEMU,
		{ "Failed to mmap {address} BAR {number:bar}. Performance may be slow",
		  "BAR {number:bar}. Performance may be slow", "Performance may be slow" },
		"a memory window of {address} is not mapped into the guest, so each access goes through QEMU: "
		"it is smaller than a page, or something on the host holds it, usually the boot framebuffer",
		"nothing to do unless it is slow; for a graphics card keep the boot framebuffer off it "
		"(initcall_blacklist=sysfb_init; grep BOOTFB /proc/iomem shows it)",
		{ "display-free" }, HD_MESSAGE_HARMLESS_IF,
	},
	{
		/* hw/vfio/pci.c vfio_err_notifier_handler */
		"qemu-unrecoverable-error", HD_SPEAKER_QEMU,
		{ "Unrecoverable error detected. Please collect any data possible and then kill the "
		  "guest" },
		"the host's PCI link reported a fatal error of {address}; QEMU has paused the guest",
		"read the AER messages in the kernel's log; destroy the guest, and check "
		"whether the device is alive: hostdevctl check {address}",
		{ "device-alive", "reset-works" }, HD_MESSAGE_EVENT,
	},
	{
		"qemu-no-x-vga", HD_SPEAKER_QEMU,
		{ "device does not support requested feature x-vga" },
		"x-vga is set for a device that is not a VGA controller, or the kernel "
		"lacks CONFIG_VFIO_PCI_VGA",
		"remove x-vga: a guest with UEFI does not need it",
		{ NULL }, HD_MESSAGE_EVENT,
	},
	{
		/* hw/usb/host-libusb.c usb_host_auto_check, usb_host_open */
		"qemu-usb-not-found", HD_SPEAKER_QEMU,
		{ "failed to find host usb device {number:bus}:{number:device}" },
		"bus {bus} has no USB device {device}: the number changes each time a device is plugged in or "
		"resets itself, the device was unplugged, or it is not ready yet, as right after boot or a "
		"plug",
		"name it by vendor and product, or generate its element again: hostdevctl xml usb:PORT; if it "
		"is there with that number now, start the guest later or once more",
		{ "usb-present", "usb-unambiguous" }, HD_MESSAGE_STATE_SEVERAL,
	},
	{
		"qemu-usb-cannot-open", HD_SPEAKER_QEMU,
		{ "failed to open host usb device {number:bus}:{number:device}" },
		"QEMU is not allowed to open USB device {device} on bus {bus}, or another "
		"program uses it",
		"give it to the guest as a <hostdev>, so that libvirt lets QEMU open it; "
		"look for denials of AppArmor or SELinux",
		{ "usb-free", "usb-present" }, HD_MESSAGE_EVENT,
	},
	{
		/* hw/pci/pci.c pci_irq_handler */
		"qemu-irq-assertion", HD_SPEAKER_QEMU,
		{ "pci_irq_handler: Assertion `0 <= irq_num && irq_num < PCI_NUM_PINS' failed" },
		"QEMU read all ones where the number of an interrupt pin should be: the device is dead",
		"switch the host off and on; then keep the device out of D3cold",
		{ "device-alive", "power-state" }, HD_MESSAGE_EVENT,
	},
	{
		/* hw/pci/pcie.c pcie_cap_slot_unplug_request_cb */
		"qemu-unplug-busy", HD_SPEAKER_QEMU,
		{ "Hot-unplug failed: guest is busy (power indicator blinking)",
		  "guest is busy (power indicator blinking)" },
		"the guest has not finished the last request for this slot, or has not "
		"booted far enough to answer",
		"wait until the guest runs, then try again; a guest without hotplug support must be "
		"shut down",
		{ NULL }, HD_MESSAGE_EVENT,
	},
	{
		/* hw/vfio/igd.c */
		"qemu-igd-rules", HD_SPEAKER_QEMU,
		{ "Machine is not i440fx or assigned BDF is not 00:02.0",
		  "IGD device {address} is unsupported in legacy mode", },
		"Intel graphics in legacy mode drive a guest's display only in slot 2 of "
		"an i440fx machine; this guest has them elsewhere, so they are used as a "
		"plain device",
		"put it at 00:02.0 of a pc (i440fx) machine, or do without its display outputs",
		{ "display-free" }, HD_MESSAGE_CERTAIN,
	},
	{
		/* hw/vfio/migration.c vfio_migration_realize */
		"qemu-no-migration", HD_SPEAKER_QEMU,
		{ "VFIO migration is not supported in kernel" },
		"the device has no driver that can save its state, so the guest cannot be "
		"migrated or saved while it has the device",
		"nothing to do to run it; for a migration, detach the device first",
		{ NULL }, HD_MESSAGE_HARMLESS_IF,
	},
	{
		/* container.c vfio_get_group */
		"qemu-group-not-viable", HD_SPEAKER_QEMU,
		{ "group {number:group} is not viable",
		  "Please ensure all devices within the iommu_group are bound to their vfio bus driver" },
		"another device of IOMMU group {group} is still on its host driver, but a "
		"group goes to a guest as a whole. Bridges do not count: they stay on pcieport",
		"hostdevctl check {address} names it; hostdevctl takes it along for a "
		"managed='no' device, or pass it to the guest, too",
		{ "iommu-group-viable", "iommu-group-present" }, HD_MESSAGE_STATE,
	},
	{
		/* container.c vfio_get_device */
		"qemu-group-device-missing", HD_SPEAKER_QEMU,
		{ "error getting device from group {number:group}",
		  "Verify all devices in group {number:group} are bound to vfio-",
		},
		"the kernel does not give out {address} of group {group}: it is not on a "
		"VFIO driver, or another QEMU has it",
		"hostdevctl check {address}; hostdevctl status shows which guest has it",
		{ "iommu-group-viable", "iommu-group-exclusive", "holders-free" }, HD_MESSAGE_EVENT,
	},
	{
		"qemu-group-two-address-spaces", HD_SPEAKER_QEMU,
		{ "group {number:group} used in multiple address spaces" },
		"the guest has a virtual IOMMU that separates two devices of group "
		"{group}, but the host's IOMMU cannot separate them",
		"put the devices of the group behind one conventional PCI bridge of the guest "
		"(pcie-to-pci-bridge), or remove the guest's <iommu>",
		{ "iommu-group-viable" }, HD_MESSAGE_CERTAIN,
	},
	{
		"qemu-no-group", HD_SPEAKER_QEMU,
		{ "no iommu_group found", "VfioNoIommuGroup(" },
		"{address} has no IOMMU group: the IOMMU is off, or does not cover the device",
		"enable VT-d or AMD-Vi in the firmware, and see iommu-enabled for the "
		"kernel parameter that this host needs",
		{ "iommu-group-present", "iommu-enabled", "iommu-firmware" }, HD_MESSAGE_STATE_SEVERAL,
	},
	{
		/* container.c vfio_get_group: /dev/vfio/N */
		"qemu-vfio-node-missing", HD_SPEAKER_QEMU,
		{ "failed to open /dev/vfio/{number:group}: No such file or directory",
		  "Could not open '/dev/vfio/{number:group}': No such file or directory" },
		"group {group} has no device node: none of its devices is on a VFIO driver; or QEMU does "
		"not see it: libvirt gives a guest only the nodes of its <hostdev> elements, a container "
		"those of its devices",
		"ls -l /dev/vfio/{group} on the host: missing: hostdevctl detach {address}, or "
		"managed='yes'; there: use <hostdev> instead of <qemu:commandline>, or give it to the "
		"container",
		{ "iommu-group-viable", "device-present", "vfio-modules" }, HD_MESSAGE_EVENT,
	},
	{
		"qemu-vfio-node-denied", HD_SPEAKER_QEMU,
		{ "failed to open /dev/vfio/{number:group}: Permission denied",
		  "failed to open /dev/vfio/{number:group}: Operation not permitted",
		  "Could not open '/dev/vfio/{number:group}': Permission denied",
		  "Could not open '/dev/vfio/{number:group}': Operation not permitted" },
		"QEMU's user may not open the node of group {group}; libvirt permits that "
		"only for devices in the guest's XML",
		"give the device to the guest as a <hostdev> instead of a QEMU argument; "
		"look for denials of AppArmor or SELinux (journalctl -k, ausearch -m avc) "
		"and check cgroup_device_acl in qemu.conf",
		{ "vfio-node" }, HD_MESSAGE_EVENT,
	},
	{
		"qemu-vfio-node-busy", HD_SPEAKER_QEMU,
		{ "failed to open /dev/vfio/{number:group}: Device or resource busy",
		  "Could not open '/dev/vfio/{number:group}': Device or resource busy" },
		"another program has group {group} open: a group belongs to one guest at a time",
		"hostdevctl status and hostdevctl check {address} name the guest or the process",
		{ "holders-free", "iommu-group-exclusive" }, HD_MESSAGE_STATE,
	},
	{
		"qemu-vfio-node", HD_SPEAKER_QEMU,
		{ "failed to open /dev/vfio/{word:group}", "Could not open '/dev/vfio/{word:group}'" },
		"QEMU could not open the VFIO node of the device",
		"see the reason after the colon; hostdevctl check {address}",
		{ "vfio-node", "vfio-modules", "iommu-group-viable" }, HD_MESSAGE_EVENT,
	},
	{
		/* container.c vfio_set_iommu, vfio_get_iommu_type */
		"qemu-no-iommu-model", HD_SPEAKER_QEMU,
		{ "Failed to set iommu for container: Operation not permitted",
		  "Failed to set iommu for container", "failed to set iommu for container",
		  "No available IOMMU models" },
		"the kernel gives QEMU no IOMMU: vfio_iommu_type1 is not loaded, or "
		"interrupt remapping is missing (the reason is then Operation not "
		"permitted)",
		"modprobe vfio_iommu_type1; for Operation not permitted see interrupt-remapping",
		{ "interrupt-remapping", "vfio-modules", "iommu-enabled" }, HD_MESSAGE_EVENT,
	},
	{
		/* container.c vfio_container_connect; the reason follows */
		"qemu-container-setup", HD_SPEAKER_QEMU,
		{ "failed to setup container for group {number:group}" },
		"QEMU could not map the guest's memory for the devices of group {group}",
		"see the reason after it",
		{ "iommu-enabled", "interrupt-remapping" }, HD_MESSAGE_FOLLOWS,
	},
	{
		/* common.c vfio_listener_region_add: ENOMEM */
		"qemu-map-no-memory", HD_SPEAKER_QEMU,
		{ "vfio_container_dma_map({text}) = -12 (Cannot allocate memory)",
		  "vfio_dma_map({text}) = -12 (Cannot allocate memory)",
		  "VFIO_MAP_DMA failed: Cannot allocate memory", "IommuDmaMap(Error(12))" },
		"the guest's memory could not be locked: QEMU's limit on locked memory is "
		"too small, or libvirt could not raise it",
		"set LimitMEMLOCK=infinity for libvirt's unit, and check its hardening "
		"(CapabilityBoundingSet must have CAP_SYS_RESOURCE) and the guest's "
		"<memtune><hard_limit>",
		{ "memlock", "unit-hardening" }, HD_MESSAGE_EVENT,
	},
	{
		"qemu-map-invalid", HD_SPEAKER_QEMU,
		{ "vfio_container_dma_map({text}) = -22 (Invalid argument)",
		  "vfio_dma_map({text}) = -22 (Invalid argument)",
		  "VFIO_MAP_DMA failed: Invalid argument", "IommuDmaMap(Error(22))" },
		"an address of the guest is beyond what the IOMMU can translate: the guest "
		"is very large, a device has a large memory window, or the firmware places "
		"it at the top",
		"limit the guest's physical address bits (<maxphysaddr mode='emulate' bits='39'/>) to "
		"those of the IOMMU, or its 64-bit PCI window",
		{ "iommu-enabled" }, HD_MESSAGE_EVENT,
	},
	{
		"qemu-map-bad-address", HD_SPEAKER_QEMU,
		{ "vfio_container_dma_map({text}) = -14 (Bad address)",
		  "vfio_dma_map({text}) = -14 (Bad address)", "VFIO_MAP_DMA failed: Bad address",
		  "IommuDmaMap(Error(14))" },
		"part of the guest's memory cannot be locked: a file-backed or ballooned "
		"range, or a memory window of another device that cannot be mapped",
		"use anonymous memory, huge pages or memfd for the guest, without a "
		"balloon (<memballoon model='none'/>)",
		{ NULL }, HD_MESSAGE_EVENT,
	},
	{
		/* container.c vfio_legacy_pci_hot_reset */
		"qemu-reset-needs-group", HD_SPEAKER_QEMU,
		{ "Cannot reset device {address}, depends on group {number:group} which is not owned",
		  "Cannot reset device {address}, depends on device {address:other} which is not owned" },
		"a warning: {address} can only be reset together with a device of group {group}, which the "
		"guest does not have; it continues without a reset, with which many devices work",
		"nothing to do if it works at a second start of the guest; if not, pass the devices of group "
		"{group}, too, or restart the host before each start",
		{ "reset-works" }, HD_MESSAGE_EVENT,
	},
	{
		/* pci.c vfio_pci_reset */
		"qemu-no-reset", HD_SPEAKER_QEMU,
		{ "Cannot reset device {address}, no available reset mechanism" },
		"a warning: {address} has no reset, so it keeps the state in which it was left. Many devices "
		"work nevertheless, because their driver starts them again; graphics cards often only once per "
		"boot of the host",
		"nothing to do if it works at a second start of the guest; if not, only the host's restart "
		"starts it again, or for some graphics cards the module vendor-reset; hostdevctl check "
		"{address} (reset-works) shows what it has",
		{ "reset-works" }, HD_MESSAGE_EVENT,
	},
	{
		"qemu-stuck-in-power-state", HD_SPEAKER_QEMU,
		{ "Unable to power on device, stuck in D{number:state}" },
		"{address} does not wake up from D{state}",
		"keep it awake: echo 0 > /sys/bus/pci/devices/{address}/d3cold_allowed and "
		"disable_idle_d3=1 for vfio-pci; if it is dead, switch the host off and on",
		{ "power-state", "device-alive" }, HD_MESSAGE_EVENT,
	},
	{
		/* hw/vfio/helpers.c: a mediated device has its UUID where others have an address */
		"qemu-no-such-mdev", HD_SPEAKER_QEMU,
		{ "vfio {hex:a}-{hex:b}-{hex:c}-{hex:d}-{hex:e}: no such host device" },
		"the host has no mediated device with that UUID: it was not created since the host started, its "
		"type or parent changed, or its driver is not loaded",
		"mdevctl list -d shows what is defined: mdevctl start -u UUID, and mdevctl modify --auto for each "
		"boot; nothing is defined: mdevctl types, then mdevctl define; the vGPU driver of the host must run "
		"first",
		{ "mdev-present", "vgpu-vendor-ready" }, HD_MESSAGE_STATE_SEVERAL,
	},
	{
		/* helpers.c vfio_device_get_name, pci.c vfio_pci_realize */
		"qemu-no-such-device", HD_SPEAKER_QEMU,
		{ "no such host device" },
		"no device has that address: it was removed, its address changed with another card or slot, "
		"or it is made later (a virtual function)",
		"hostdevctl list shows the addresses; hostdevctl xml with the right one writes the element; a "
		"virtual function must be made before the guest starts: hostdevctl setup vfs",
		{ "device-present", "device-identity" }, HD_MESSAGE_STATE_SEVERAL,
	},
	{
		/* backends/iommufd.c; BARs: github.com/NVIDIA/NV-Kernels pull request 248 */
		"qemu-iommufd-memory", HD_SPEAKER_QEMU,
		{ "IOMMU_IOAS_MAP failed: Cannot allocate memory" },
		"IOMMUFD counts the memory of devices (their BARs) as locked memory as well, and with "
		"it QEMU exceeds its limit",
		"remove IOMMUFD from the guest's XML: the older interface does not count BARs; or set "
		"<memtune><hard_limit> to the guest's memory and its devices' memory plus 1 GiB",
		{ "memlock", "iommufd-available" }, HD_MESSAGE_EVENT,
	},
	{
		/* iommufd.c, backends/iommufd.c */
		"qemu-iommufd", HD_SPEAKER_QEMU,
		{ "error bind device fd={number:fd} to iommufd={number:iommufd}",
		  "IOMMU_IOAS_MAP failed" },
		"QEMU uses IOMMUFD for the device, but the kernel refused",
		"remove IOMMUFD from the guest's XML: the older interface works for all devices",
		{ "iommufd-available", "iommu-group-viable" }, HD_MESSAGE_EVENT,
	},
	{
		/* util/oslib-posix.c, hugetlbfs */
		"qemu-no-hugepages", HD_SPEAKER_QEMU,
		{ "unable to map backing store for guest RAM: Cannot allocate memory",
		  "unable to map backing store for guest RAM" },
		"the guest's memory is in huge pages, and not enough of them are free, "
		"perhaps only on the node to which it is bound",
		"see HugePages_Free in /proc/meminfo and each node's free_hugepages in "
		"/sys/devices/system/node; raise vm.nr_hugepages right after boot",
		{ "hugepages", "hugepages-on-each-node" }, HD_MESSAGE_EVENT,
	},
	{
		/* QEMU system/qdev-monitor.c, util/qemu-option.c */
		"qemu-duplicate-id", HD_SPEAKER_QEMU,
		{ "Duplicate device ID '{text:id}'", "Duplicate ID '{text:id}' for device" },
		"two devices of the guest have the id {id}: the same device was given to it twice, or by "
		"hand (qemu:commandline, args) besides its own entry",
		"remove one of the two entries, or give it another id",
		{ NULL }, HD_MESSAGE_CERTAIN,
	},
	{
		/* QEMU block/file-posix.c */
		"qemu-file-denied", HD_SPEAKER_QEMU,
		{ "Could not open '{path}': Permission denied" },
		"QEMU may not open {path}: the mode or owner of it or of a folder above it forbids it, or "
		"AppArmor or SELinux do",
		"namei -l {path} shows owners and modes: QEMU's user (libvirt-qemu, qemu) must reach it, "
		"so keep files outside of /home and /root; journalctl -k -g DENIED and ausearch -m avc "
		"show denials; virt-aa-helper does not know files that are given in qemu:commandline",
		{ "unit-hardening" }, HD_MESSAGE_EVENT,
	},
	{
		/* QEMU block/file-posix.c */
		"qemu-no-odirect", HD_SPEAKER_QEMU,
		{ "file system may not support O_DIRECT" },
		"the disk is to be used without the host's cache (cache='none'), which the file system of "
		"its file cannot do",
		"set cache='writeback' (KubeVirt: cache: writethrough) for that disk, or put its file on "
		"another file system; the host device has nothing to do with it",
		{ NULL }, HD_MESSAGE_CERTAIN,
	},
	{
		/* target/i386/cpu.c mark_unavailable_features */
		"qemu-cpu-feature", HD_SPEAKER_QEMU,
		{ "doesn't support requested feature: {text:feature} [bit {number:bit}]" },
		"the guest's processor model has {feature}, which this host cannot give; the guest starts "
		"without it, and no host device is involved",
		"nothing to do, unless the guest needs it: then use <cpu mode='host-passthrough'/> or "
		"another model",
		{ NULL }, HD_MESSAGE_HARMLESS_IF,
	},
	{
		/* hw/vfio/helpers.c vfio_cdev_get_from_sysfs */
		"qemu-no-cdev", HD_SPEAKER_QEMU,
		{ "failed to find vfio-dev/vfioX/dev",
		  "failed to get major:minor for" },
		"the definition wants IOMMUFD for {address}, but the kernel has no VFIO device node of it: "
		"the device is not on vfio-pci, or the kernel is older than 6.6 or without "
		"CONFIG_VFIO_DEVICE_CDEV",
		"ls /sys/bus/pci/devices/{address}/vfio-dev: missing, with lspci -nnk showing vfio-pci: "
		"leave iommufd out of the guest's XML (<driver iommufd='no'/>): the older interface works "
		"for all devices; not on vfio-pci: managed='yes' or hostdevctl detach {address}",
		{ "iommufd-available", "vfio-owned" }, HD_MESSAGE_EVENT,
	},
	{
		/* backends/iommufd.c iommufd_backend_alloc_ioas */
		"qemu-iommufd-no-ioas", HD_SPEAKER_QEMU,
		{ "Failed to allocate ioas" },
		"QEMU opened /dev/iommu, but the kernel gave it no address space there: the rights of "
		"/dev/iommu, the limit of memory, or a kernel whose IOMMUFD only wraps VFIO",
		"ls -l /dev/iommu: readable and writable for QEMU's user; in libvirt cgroup_device_acl with "
		"/dev/iommu; else leave IOMMUFD out of the guest's XML: the older interface works for all "
		"devices",
		{ "iommufd-available" }, HD_MESSAGE_EVENT,
	},
	{ .id = NULL },
};
