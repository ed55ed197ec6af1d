/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * messages_start.c - more that QEMU says before a guest starts: integrated graphics, memory, IOMMUFD,
 * and wordings of its older versions (QEMU hw/vfio, backends, system).
 */
#include "config.h"

#include "explain/message.h"

const struct hd_message hd_messages_start[] = {
	{
		/* hw/vfio/igd.c */
		"qemu-igd-lpc-slot", HD_SPEAKER_QEMU,
		{ "cannot support legacy mode due to existing devices at address 1f.0" },
		"legacy mode of Intel graphics needs the guest's slot 1f.0 for an LPC bridge of its "
		"own, and on a q35 guest the chipset already has one there; the guest runs without "
		"that mode",
		"use an i440fx guest (pc) for legacy mode, or put the graphics at another slot than 02.0",
		{ "display-free" }, HD_MESSAGE_CERTAIN,
	},
	{
		"qemu-igd-vga", HD_SPEAKER_QEMU,
		{ "failed to enable VGA access, legacy mode disabled",
		  "failed getting region info for VGA region" },
		"legacy mode of Intel graphics needs the VGA ranges, which the kernel does not "
		"offer: vfio-pci has disable_vga=1, or the kernel was built without "
		"CONFIG_VFIO_PCI_VGA",
		"remove disable_vga=1 from vfio-pci's options; without legacy mode use a UEFI guest "
		"with a ROM for the graphics",
		{ "rom-file", "boot-parameters-active" }, HD_MESSAGE_EVENT,
	},
	{
		"qemu-igd-rom", HD_SPEAKER_QEMU,
		{ "has no ROM, legacy mode disabled", "supported ROM, legacy mode disabled" },
		"legacy mode of Intel graphics needs a video ROM, and the graphics show none (newer "
		"ones have no ROM for BIOS guests at all)",
		"give it a ROM file (hostdevctl xml --rom FILE {address}), or use it without legacy "
		"mode in a UEFI guest",
		{ "rom-file" }, HD_MESSAGE_EVENT,
	},
	{
		"qemu-igd-opregion", HD_SPEAKER_QEMU,
		{ "does not support OpRegion feature", "Device does not supports IGD OpRegion feature",
		  "failed to initialize OpRegion", "failed to setup OpRegion" },
		"the graphics' OpRegion (its table of outputs) cannot be shown to the guest: the "
		"device is not Intel graphics, or another device or emulated VGA is the guest's boot "
		"display",
		"remove x-igd-opregion, or pass the graphics itself (00:02.0) as the guest's only display",
		{ "display-free" }, HD_MESSAGE_EVENT,
	},
	{
		/* Linux kernel/resource.c iomem_map_sanity_check; drivers/pci/rom.c */
		"kernel-shadow-rom", HD_SPEAKER_KERNEL,
		{ "resource sanity check: requesting [mem 0x000c0000", "mapping multiple BARs" },
		"the ROM of integrated graphics is the old BIOS area at 0xc0000, which other things "
		"share; the kernel warns when it is read",
		"nothing to do; give the guest a ROM file if its firmware must show a picture",
		{ "rom-file" }, HD_MESSAGE_HARMLESS_IF,
	},
	{
		/* QEMU 2.x, hw/vfio/common.c vfio_get_group; the device cgroup answers EPERM */
		"qemu-vfio-node-not-permitted", HD_SPEAKER_QEMU,
		{ "error opening /dev/vfio/{word:group}: Operation not permitted",
		  "failed to open /dev/vfio/{word:group}: Operation not permitted",
		  "Could not open '/dev/vfio/{word:group}': Operation not permitted" },
		"the device rules of the container or unit in which QEMU runs (cgroup) do not allow "
		"it to open the group's node",
		"allow the node: DeviceAllow=/dev/vfio/{group} rw and /dev/vfio/vfio (systemd), "
		"cgroup_device_acl in libvirt's qemu.conf, or the container's list of devices; or "
		"run QEMU outside",
		{ "vfio-node", "unit-hardening" }, HD_MESSAGE_EVENT,
	},
	{
		"qemu-vfio-node-old", HD_SPEAKER_QEMU,
		{ "error opening /dev/vfio/{word:group}: " },
		"QEMU could not open the VFIO node of the device: if it does not exist, nothing of "
		"the group is on vfio-pci; if it is busy, another program has it; if permission is "
		"denied, QEMU is not root and libvirt did not give it the node",
		"hostdevctl check {address}",
		{ "vfio-node", "iommu-group-viable", "holders-free", "vfio-modules" }, HD_MESSAGE_EVENT,
	},
	{
		/* older QEMU: what follows from the line before */
		"qemu-device-failed", HD_SPEAKER_QEMU,
		{ "failed to get group {number:group}", "Device initialization failed",
		  "Device 'vfio-pci' could not be initialized" },
		"QEMU could not set up the device; this only follows from the line before",
		"read the line before it",
		{ "vfio-node", "iommu-group-viable" }, HD_MESSAGE_FOLLOWS,
	},
	{
		/* hw/pci/pci.c pci_add_option_rom */
		"qemu-romfile", HD_SPEAKER_QEMU,
		{ "failed to find romfile \"{text:file}\"", "romfile \"{text:file}\" is empty",
		  "romfile \"{text:file}\" too large" },
		"QEMU cannot read the ROM file {file}: it does not exist, is empty, or QEMU's user "
		"may not read it or its directory (or AppArmor or SELinux forbids it; the message "
		"does not say so)",
		"ls -lZ {file}; make the file and its directories readable for QEMU's user, below a "
		"directory that AppArmor allows (/usr/share/vgabios)",
		{ "rom-file" }, HD_MESSAGE_EVENT,
	},
	{
		/* system/qdev-monitor.c */
		"qemu-no-bus", HD_SPEAKER_QEMU,
		{ "No '{word:bus}' bus found for device '{word:device}'" },
		"the guest's machine type has no {bus} bus into which {device} could be plugged: a microvm or a "
		"board without PCI, a machine without that controller",
		"PCI: a q35 (or virt) machine, or microvm,pcie=on; usb-bus: a USB controller before it (-device "
		"qemu-xhci, on boards -usb), a newer QEMU for boards; SCSI: a controller virtio-scsi-pci; IDE and "
		"others: that controller, or a model of it for another bus (-device help)",
		{ "guest-topology" }, HD_MESSAGE_CERTAIN,
	},
	{
		"qemu-no-such-model", HD_SPEAKER_QEMU,
		{ "'vfio-pci' is not a valid device model name",
		  "' is not a valid device model name" },
		"this QEMU has no device of that name: it is misspelt (pcie-root-port, not pci-root-port), QEMU "
		"was built without it, or its module is not installed",
		"qemu-system-x86_64 -device help lists the names; not there: install the distribution's full "
		"QEMU package (qemu-system-x86 on Debian, qemu-kvm-device-* on Fedora)",
		{ NULL }, HD_MESSAGE_EVENT,
	},
	{
		/* hw/i386/amd_iommu.c, intel_iommu.c, system/memory.c */
		"qemu-viommu", HD_SPEAKER_QEMU,
		{ "requires iommu notifier which is not currently supported",
		  "We need to set caching-mode=on for intel-iommu",
		  "need to set caching-mode=on",
		  "requires iommu MAP notifier which is not currently supported" },
		"the guest has an emulated IOMMU that cannot tell the host about its mappings, as "
		"assigned devices need",
		"remove the emulated IOMMU from the guest (amd-iommu), or use intel-iommu with "
		"caching-mode=on (<iommu model='intel'><driver intremap='on' "
		"caching_mode='on'/></iommu>)",
		{ "guest-topology" }, HD_MESSAGE_CERTAIN,
	},
	{
		/* Mesa's cache, by QEMU's display */
		"qemu-shader-cache", HD_SPEAKER_QEMU,
		{ "for shader cache (Permission denied)---disabling" },
		"a graphics library of QEMU wants to keep a cache in libvirt's home directory, where "
		"it may not write; it works without",
		"nothing to do; read the error that follows it",
		{ NULL }, HD_MESSAGE_HARMLESS_IF,
	},
	{
		/* hw/vfio/pci.c vfio_intx_enable; Linux vfio_pci_intrs.c */
		"qemu-interrupt-busy", HD_SPEAKER_QEMU,
		{ "ailed to setup INTx fd: Device or resource busy",
		  "ailed to set up TRIGGER eventfd signaling for interrupt" },
		"the device's interrupt could not be given to the guest: it shares a line with a "
		"device of the host and cannot mask it alone, or the kernel has no interrupt left",
		"cat /proc/interrupts shows who shares the line; unbind that driver, use another "
		"slot, or let the guest use MSI",
		{ "interrupt-remapping" }, HD_MESSAGE_EVENT,
	},
	{
		/* hw/vfio/common.c; the errno decides (qemu-map-no-memory and its neighbours) */
		"qemu-map-failed", HD_SPEAKER_QEMU,
		{ "vfio_container_dma_map({text:range}) = -", "vfio_dma_map({text:range}) = -",
		  "VFIO_MAP_DMA failed: ",
		  "memory listener initialization failed: " },
		"QEMU could not map a part of the guest's memory for the device; the error's name "
		"stands at the end of the line, and of several such lines the first counts",
		"read that name and the first such line; the end of the kernel's log has the reason in "
		"more words; hostdevctl check --guest {guest} looks at the limits",
		{ "memlock", "iommu-enabled" }, HD_MESSAGE_EVENT,
	},
	{
		/* ENOSPC: drivers/vfio/vfio_iommu_type1.c dma_entry_limit; QEMU hw/vfio/listener.c */
		"qemu-map-too-many", HD_SPEAKER_QEMU,
		{ "vfio_container_dma_map({text:range}) = -28 (No space left on device)",
		  "vfio_dma_map({text:range}) = -28 (No space left on device)",
		  "VFIO_MAP_DMA failed: No space left on device", "possibly running out of DMA mappings" },
		"the guest's memory is mapped in more pieces than the kernel allows one guest (65535): "
		"usual for confidential guests (TDX, SEV-SNP) and virtio-mem with small blocks",
		"options vfio_iommu_type1 dma_entry_limit=4294967295 in /etc/modprobe.d, then load the "
		"module again or restart the host; or huge pages, or larger blocks of virtio-mem",
		{ NULL }, HD_MESSAGE_CERTAIN,
	},
	{
		/* EEXIST: vfio_iommu_type1.c vfio_dma_do_map */
		"qemu-map-exists", HD_SPEAKER_QEMU,
		{ "vfio_container_dma_map({text:range}) = -17 (File exists)",
		  "vfio_dma_map({text:range}) = -17 (File exists)", "VFIO_MAP_DMA failed: File exists",
		  "IommuDmaMap(Error(17))" },
		"a range of guest addresses was to be mapped a second time: two devices or regions of "
		"the guest overlap, or the program that runs the guest maps memory once for each device",
		"update the program that runs the guest (QEMU, Cloud Hypervisor, Kata); until then pass "
		"one device only, or plug all of them before the start",
		{ NULL }, HD_MESSAGE_EVENT,
	},
	{
		/* EPERM, EBUSY: iommu_map refuses; a virtual IOMMU or lockdown */
		"qemu-map-denied", HD_SPEAKER_QEMU,
		{ "VFIO_MAP_DMA failed: Operation not permitted",
		  "= -1 (Operation not permitted)" },
		"the kernel does not let QEMU lock the guest's memory: a container or unit without "
		"CAP_IPC_LOCK, or its limit on locked memory is 0",
		"give the container or unit CAP_IPC_LOCK and LimitMEMLOCK=infinity (podman, docker: "
		"--cap-add IPC_LOCK --ulimit memlock=-1)",
		{ "memlock", "unit-hardening" }, HD_MESSAGE_EVENT,
	},
	{
		/* the node for all groups; Linux drivers/vfio/container.c, mode 0666 by devtmpfs */
		"qemu-vfio-container-denied", HD_SPEAKER_QEMU,
		{ "failed to open /dev/vfio/vfio: Permission denied",
		  "failed to open /dev/vfio/vfio: Operation not permitted" },
		"QEMU's user may not open /dev/vfio/vfio, which every guest with a device needs: in a "
		"container the node has the permissions of the time before the module vfio was loaded "
		"(root only), or the container's device rules do not list it",
		"modprobe vfio on the host (node) before the container starts, and at boot "
		"(/etc/modules-load.d); ls -l /dev/vfio/vfio must show mode 0666; allow it in the "
		"container's or unit's device rules",
		{ "vfio-node", "vfio-modules", "unit-hardening" }, HD_MESSAGE_EVENT,
	},
	{
		/* system/qdev-monitor.c qbus_find */
		"qemu-no-such-bus", HD_SPEAKER_QEMU,
		{ "Bus '{word:bus}' not found" },
		"the guest's machine has no bus or port of the name {bus}: of PCI, too few pcie-root-ports, or they "
		"have other names; ide and floppy: q35 and Arm's virt have no such controller; scsi, usb: the "
		"controller that has it is missing",
		"pci.N, pcie.N: add a <controller type='pci' model='pcie-root-port'/> for each device that is plugged "
		"in; Kata: a larger pcie_root_port (and hot_plug_vfio) in its configuration.toml. ide.N: put the disk "
		"or CD drive on SATA, SCSI or virtio instead. scsi.N, usb.N: add that controller (virtio-scsi, "
		"qemu-xhci). Proxmox: 'VirtIO SCSI' instead of 'single' on Arm",
		{ "guest-topology" }, HD_MESSAGE_EVENT,
	},
	{
		/* a script that writes nr_hugepages and reads it back */
		"hugepages-not-all", HD_SPEAKER_TOOL,
		{ "Not able to allocate all hugepages" },
		"the host could not give as many huge pages as the script wants: its memory is used, or "
		"free in pieces that are too small",
		"reserve them at boot (hugepages= in the kernel's parameters; hostdevctl setup hugepages), "
		"or before: echo 3 > /proc/sys/vm/drop_caches, echo 1 > /proc/sys/vm/compact_memory",
		{ "hugepages", "hugepages-on-each-node" }, HD_MESSAGE_EVENT,
	},
	{
		/* util/oslib-posix.c qemu_prealloc_mem, os_mem_prealloc */
		"qemu-prealloc", HD_SPEAKER_QEMU,
		{ "nsufficient free host memory pages available to allocate guest RAM",
		  "preallocating memory failed: " },
		"the guest's memory is in huge pages, and not enough of them are free, perhaps only "
		"on the NUMA node to which it is bound",
		"hostdevctl setup hugepages {guest} shows how many are missing; free_hugepages of each "
		"node is in /sys/devices/system/node",
		{ "hugepages", "hugepages-on-each-node" }, HD_MESSAGE_EVENT,
	},
	{
		/* libvirt qemu_conf.c, qemu_command.c; virfile.c */
		"libvirt-no-hugetlbfs", HD_SPEAKER_LIBVIRT,
		{ "hugetlbfs filesystem is not mounted or disabled by administrator config",
		  "unable to find any usable hugetlbfs mount",
		  "Unable to find any usable hugetlbfs mount for" },
		"the guest's memory is to be in huge pages, and libvirt's daemon knows of no "
		"hugetlbfs of that page size",
		"mount hugetlbfs of that size (1G: mount -t hugetlbfs -o pagesize=1G none "
		"/dev/hugepages1G) and restart the daemon, or remove <hugepages/>; allocate the "
		"pages: hostdevctl setup hugepages {guest}",
		{ "hugepages" }, HD_MESSAGE_EVENT,
	},
	{
		/* system/physmem.c ram_block_add */
		"qemu-no-memory", HD_SPEAKER_QEMU,
		{ "cannot set up guest memory '{text:region}': Cannot allocate memory" },
		"the host has not enough free memory for the guest; with an assigned device none of "
		"it can be swapped or shared",
		"free -h; stop other guests, or give this one less; a ZFS cache (zfs_arc_max) and "
		"unused huge pages count as used",
		{ "hugepages" }, HD_MESSAGE_EVENT,
	},
	{
		/* Linux mm/oom_kill.c */
		"kernel-out-of-memory", HD_SPEAKER_KERNEL,
		{ "Out of memory: Killed process {number:pid} ({word:process})", "oom-kill:constraint=" },
		"the host, or the group of processes that the line names (CONSTRAINT_MEMCG: a container's or "
		"unit's limit), had no memory left, and the kernel killed a process ({process}); with "
		"assigned devices all memory of a guest is locked and counts",
		"give the guests less memory together than the host has, with some GiB left over; limit the "
		"ZFS cache; for a container or unit raise its limit",
		{ "hugepages" }, HD_MESSAGE_EVENT,
	},
	{
		/* backends/iommufd.c, hw/vfio/iommufd.c; libvirt 12.1 */
		"iommufd-missing", HD_SPEAKER_QEMU,
		{ "failed to open /dev/iommu: No such file or directory",
		  "Could not open '/dev/iommu': No such file or directory",
		  "/dev/iommu: No such file or directory" },
		"the guest's XML asks for IOMMUFD, and this kernel has none (CONFIG_IOMMUFD), or its "
		"module is not loaded",
		"modprobe iommufd; or remove iommufd='yes' and <iommufd> from the guest's XML: the "
		"older interface works for all devices",
		{ "iommufd-available" }, HD_MESSAGE_EVENT,
	},
	{
		/* hw/vfio/iommufd.c iommufd_cdev_attach_ioas_hwpt */
		"iommufd-attach", HD_SPEAKER_QEMU,
		{ "error attach {address} ({number:fd}) to id={number:id}",
		  "Failed to attach {address} to ioas" },
		"the kernel does not give {address} the guest's address space: the firmware reserves "
		"a range for it (RMRR), or interrupt remapping is missing",
		"hostdevctl check {address}; the kernel's log has the reason",
		{ "no-direct-region", "interrupt-remapping" }, HD_MESSAGE_EVENT,
	},
	{
		/* TrueNAS middleware plugins/vm/devices/pci.py */
		"truenas-not-available", HD_SPEAKER_TOOL,
		{ "device is not available for passthrough" },
		"TrueNAS does not offer the device to guests: it is in use by the host, has no IOMMU "
		"group of its own, or the IOMMU is off",
		"isolate a graphics card in the system's advanced settings and restart; enable VT-d or "
		"AMD-Vi; a controller with disks of the pools stays with the host",
		{ "iommu-enabled", "holders-free", "storage-free" }, HD_MESSAGE_EVENT,
	},
	{
		/* TrueNAS middleware plugins/vm/devices/pci.py */
		"truenas-no-reset", HD_SPEAKER_TOOL,
		{ "does not have any reset mechanism defined", "does not have a reset mechanism defined" },
		"the device has no reset that the kernel knows, so it may not work again after its guest "
		"ends",
		"pass it nevertheless if you can restart the host in between; hostdevctl check {address} "
		"(reset-works) shows its resets",
		{ "reset-works" }, HD_MESSAGE_EVENT,
	},
	{
		/* LXD lxd/device/gpu_physical.go */
		"lxd-no-gpu", HD_SPEAKER_TOOL,
		{ "Failed to detect requested GPU device" },
		"LXD finds no graphics card as the setting names it: no card has that address or "
		"id, or it has no driver",
		"lxc info --resources lists the cards: correct pci=, id= or vendorid= of the device, and "
		"load the card's driver (a container needs it; for a virtual machine use "
		"gputype=physical)",
		{ "device-present", "device-alive" }, HD_MESSAGE_EVENT,
	},
	{
		/* LXD lxd/device/device_utils_generic.go */
		"lxd-override-failed", HD_SPEAKER_TOOL,
		{ "Failed to override IOMMU group driver" },
		"LXD could not bind a device of the IOMMU group to vfio-pci: something uses it, or it has "
		"a driver that does not let go",
		"hostdevctl check {address} names what uses it and the other devices of its group; stop "
		"that, or bind it to vfio-pci at boot",
		{ "holders-free", "iommu-group-viable", "driver-release-safe" }, HD_MESSAGE_EVENT,
	},
	{ .id = NULL },
};
