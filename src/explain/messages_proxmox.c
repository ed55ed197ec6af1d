/* SPDX-License-Identifier: GPL-2.0-or-later */
/* messages_proxmox.c - why Proxmox VE does not start a guest with a device (qemu-server, pve-common). */
#include "config.h"

#include "explain/message.h"

const struct hd_message hd_messages_proxmox[] = {
	{
		/* PVE/QemuServer/PCI.pm prepare_pci_device, parse_hostpci */
		"proxmox-no-device", HD_SPEAKER_TOOL,
		{ "no pci device info for device '{text:device}'", "no PCI device found for '{text:device}'" },
		"the host has no device at the address {device}: it was removed, its address changed "
		"with another card, or it is a virtual function and virtual functions are off since "
		"the last boot",
		"hostdevctl list shows the addresses; create virtual functions again and at boot: "
		"hostdevctl setup vfs {address} N, with the host's driver bound to the physical function",
		{ "device-present", "device-identity", "sriov-vfs-off" }, HD_MESSAGE_EVENT,
	},
	{
		/* PCI.pm prepare_pci_device; pve-manager's web interface */
		"proxmox-no-iommu", HD_SPEAKER_TOOL,
		{ "cannot prepare PCI pass-through, IOMMU not present",
		  "No IOMMU detected, please activate it" },
		"the kernel has no IOMMU group: VT-d or AMD-Vi is off in the firmware, or needs a "
		"kernel parameter; some small boards have no IOMMU for PCIe at all",
		"enable VT-d or AMD-Vi in the firmware, boot with intel_iommu=on on Intel (AMD needs "
		"no parameter), then restart the host; without an IOMMU no PCI device can be passed",
		{ "iommu-enabled", "iommu-firmware" }, HD_MESSAGE_STATE_SEVERAL,
	},
	{
		/* PCI.pm, pci_dev_group_bind_to_vfio */
		"proxmox-bind-failed", HD_SPEAKER_TOOL,
		{ "can't unbind/bind PCI group to VFIO '{text:device}'",
		  "can't unbind/bind pci group to VFIO '{text:device}'" },
		"a device of the IOMMU group of {device} could not be moved to vfio-pci: its driver "
		"does not release it, or vfio-pci refused it",
		"hostdevctl check {device} names who uses the group; the kernel's log has the "
		"reason: hostdevctl explain --journal",
		{ "iommu-group-viable", "holders-free", "driver-release-safe", "vfio-modules" },
		HD_MESSAGE_EVENT,
	},
	{
		/* PCI.pm reserve_pci_usage */
		"proxmox-in-use", HD_SPEAKER_TOOL,
		{ "PCI device '{text:device}' already in use by VMID '{number:vmid}'",
		  "PCI device '{text:device}' already in use by running VMID '{number:vmid}'",
		  "PCI device '{text:device}' is currently reserved for use by VMID '{number:vmid}'" },
		"guest {vmid} has {device}, or is just starting with it",
		"shut guest {vmid} down (qm shutdown {vmid}), or remove the device from one of the two",
		{ "iommu-group-exclusive", "holders-free" }, HD_MESSAGE_CERTAIN,
	},
	{
		/* PCI.pm parse_hostpci; USB.pm */
		"proxmox-mapping-missing", HD_SPEAKER_TOOL,
		{ "PCI device mapping not found for '{text:mapping}'",
		  "USB device mapping not found for '{text:mapping}'", "could not find a free device for 'hostpci" },
		"the resource mapping has no device on this node that is free for the guest",
		"Datacenter, Resource Mappings: add this node's device to the mapping, or start the "
		"guest on a node that has one",
		{ "device-present" }, HD_MESSAGE_EVENT,
	},
	{
		"proxmox-usb-mapping-changed", HD_SPEAKER_TOOL,
		{ "USB Mapping invalid (hardware probably changed){text:detail}" },
		"another USB device, or none, is where the mapping says",
		"look at lsusb, then create the mapping again",
		{ "usb-present" }, HD_MESSAGE_EVENT,
	},
	{
		/* PCI.pm print_hostpci_devices: rules of legacy-igd=1 */
		"proxmox-igd-needs-no-vga", HD_SPEAKER_TOOL,
		{ "legacy IGD assignment requires VGA mode to be 'none'" },
		"legacy-igd=1 makes the Intel graphics the guest's only VGA card, but the guest "
		"still has an emulated one",
		"set the guest's display to none: qm set VMID --vga none",
		{ NULL }, HD_MESSAGE_CERTAIN,
	},
	{
		"proxmox-igd-rules", HD_SPEAKER_TOOL,
		{ "legacy IGD assignment is not compatible with", "legacy IGD assignment requires rombar",
		  "legacy IGD assignment only works for devices on host bus 00:02.0",
		  "only one device can be assigned in legacy-igd mode" },
		"legacy-igd=1 is only for the Intel graphics at 00:02.0, alone, in an i440fx (pc) "
		"guest with rombar on and without x-vga",
		"change the machine to i440fx, or remove legacy-igd=1 (then no display of the guest "
		"on its outputs)",
		{ NULL }, HD_MESSAGE_CERTAIN,
	},
	{
		"proxmox-pcie-needs-q35", HD_SPEAKER_TOOL,
		{ "q35 machine model is not enabled" },
		"pcie=1 needs a q35 guest",
		"qm set VMID --machine q35, or remove pcie=1",
		{ NULL }, HD_MESSAGE_CERTAIN,
	},
	{
		/* PCI/Mdev.pm: NVIDIA's vGPU on virtual functions, without mediated devices */
		"proxmox-vgpu-type", HD_SPEAKER_TOOL,
		{ "could not set vgpu type to '{text:type}' for '", "no nvidia sysfs api for '",
		  "unable to reset vgpu type for '", "failed to query NVIDIA vGPU types for" },
		"NVIDIA's driver did not take the vGPU's type for the virtual function: the vGPU "
		"driver is not ready, or the types on the card exclude it",
		"systemctl status nvidia-vgpud nvidia-vgpu-mgr; cat creatable_vgpu_types in the "
		"function's nvidia folder of sysfs for what is possible now",
		{ "vgpu-vendor-ready" }, HD_MESSAGE_EVENT,
	},
	{
		/* PCI.pm parse_hostpci */
		"proxmox-mdev-multifunction", HD_SPEAKER_TOOL,
		{ "cannot use mediated device with multifunction device" },
		"a mediated device comes from one function, and hostpci names all functions of a card",
		"name the function: 0000:01:00.0 instead of 0000:01:00",
		{ NULL }, HD_MESSAGE_CERTAIN,
	},
	{
		/* PVE/QemuServer.pm vm_start: follows from what QEMU said */
		"proxmox-qemu-ended", HD_SPEAKER_TOOL,
		{ "start failed: QEMU exited with code {number:code}", "due to QEMU startup error",
		  "actively clean up mediated device with UUID {word:uuid}",
		  "seconds for mediated device driver finishing clean up" },
		"QEMU did not start, and Proxmox cleaned up what it had prepared; this is what "
		"follows, the cause is in the lines before",
		"read the line with 'kvm:' before it, and for a vGPU journalctl -u nvidia-vgpu-mgr "
		"(often the host's vGPU driver is not installed or not loaded)",
		{ NULL }, HD_MESSAGE_FOLLOWS,
	},
	{
		"proxmox-start-timeout", HD_SPEAKER_TOOL,
		{ "start failed: command '{text:command}' failed: got timeout",
		  "start failed: got timeout" },
		"the guest did not start in the time that Proxmox gives it: with a PCI device all "
		"its memory is allocated at the start, which takes long for large guests or if the "
		"host's memory is in pieces",
		"qm start VMID --timeout 600; use huge pages for large guests; look at the kernel's "
		"log if a device hangs",
		{ "hugepages" }, HD_MESSAGE_EVENT,
	},
	{
		/* pve-common Tools.pm lock_file_full */
		"proxmox-locked", HD_SPEAKER_TOOL,
		{ "can't lock file '/var/lock/qemu-server/lock-{number:vmid}.conf' - got timeout" },
		"another task works on guest {vmid}, perhaps one that hangs in the kernel while it "
		"unbinds or resets the device",
		"look at the running tasks; ps -eo pid,stat,wchan:30,cmd | grep {vmid} shows a "
		"process in state D: then only a restart of the host helps",
		{ "driver-release-safe" }, HD_MESSAGE_EVENT,
	},
	{
		/* PVE/QemuServer/Memory.pm */
		"proxmox-hugepages", HD_SPEAKER_TOOL,
		{ "hugepage allocation failed", "numa needs to be enabled to use hugepages",
		  "numa hostnodes need to be defined to use hugepages", "your system doesn't support hugepages" },
		"the guest's memory is to be in huge pages, and there are not enough of them, or the "
		"guest's settings do not go with them",
		"qm set VMID --numa 1; allocate huge pages at boot (hugepagesz=1G hugepages=N, or "
		"hostdevctl setup hugepages SIZE)",
		{ "hugepages", "hugepages-on-each-node" }, HD_MESSAGE_EVENT,
	},
	{
		/* pve-common SysFSTools.pm file_write */
		"proxmox-write-failed", HD_SPEAKER_TOOL,
		{ "error writing '{text:value}' to '/sys/{text:file}': " },
		"Proxmox wrote {value} to /sys/{file}, and the kernel refused it",
		"see the reason after it and the kernel's log: hostdevctl explain --journal",
		{ "device-present" }, HD_MESSAGE_EVENT,
	},
	{
		/* Proxmox PVE/QemuServer/PCI.pm choose_hostpci_devices */
		"proxmox-device-twice", HD_SPEAKER_TOOL,
		{ "assigned more than once" },
		"two hostpci entries of the guest name the same device",
		"remove one of them: qm config shows both; a mapping with several devices needs as many "
		"free ones",
		{ "managed-conflict" }, HD_MESSAGE_CERTAIN,
	},
	{
		/* Proxmox PVE/QemuMigrate.pm */
		"proxmox-cannot-migrate", HD_SPEAKER_TOOL,
		{ "cannot migrate VM which uses local devices",
		  "can't migrate VM which uses local devices", "can't migrate running VM which uses" },
		"a guest with devices of this host cannot move to another host while it runs",
		"shut it down first, or remove hostpci and usb entries; a resource mapping (Datacenter, "
		"Resource Mappings) with a device on each node allows to move it when it is off",
		{ NULL }, HD_MESSAGE_CERTAIN,
	},
	{
		/* Proxmox PVE/API2/Qemu.pm check_vm_modify_config_perm */
		"proxmox-root-only", HD_SPEAKER_TOOL,
		{ "only root can set 'hostpci{number:index}' config",
		  "only root can set 'usb{number:index}' config" },
		"only root@pam may name a device of the host directly",
		"log in as root@pam, or make a resource mapping for the device (Datacenter, Resource "
		"Mappings) and use mapping=NAME, which others may be allowed to use",
		{ NULL }, HD_MESSAGE_CERTAIN,
	},
	{
		/* Proxmox PVE/AbstractConfig.pm check_lock */
		"proxmox-vm-locked", HD_SPEAKER_TOOL,
		{ "VM is locked (" },
		"another task (a backup, snapshot or migration) works with the guest, or ended without "
		"removing its lock",
		"look at the tasks; if none works with it any more: qm unlock with the guest's number",
		{ NULL }, HD_MESSAGE_EVENT,
	},
	{
		/* Proxmox PVE/QemuServer/PCI/Mdev.pm */
		"proxmox-mdev-failed", HD_SPEAKER_TOOL,
		{ "could not create mediated device", "could not create 'type' for pci devices" },
		"the mediated device could not be created: the type has no instance left, another type is "
		"in use on the card, or the vGPU driver is not ready",
		"cat available_instances of the type below mdev_supported_types; use one type for all "
		"guests of a card; nvidia-smi vgpu must work; read dmesg",
		{ "vgpu-vendor-ready", "mdev-present" }, HD_MESSAGE_EVENT,
	},
	{
		/* Proxmox PVE/SysFSTools.pm pci_dev_reset */
		"proxmox-no-reset", HD_SPEAKER_TOOL,
		{ "can't reset PCI device '{address}'" },
		"{address} could not be reset before the guest started: it has no reset that works, or "
		"does not answer",
		"hostdevctl check {address} shows its resets and whether it is alive; cat its "
		"reset_method; a dead one needs the host switched off and on",
		{ "reset-works", "device-alive" }, HD_MESSAGE_EVENT,
	},
	{
		/* PVE/API2/Qemu.pm, QemuServer.pm vm_suspend */
		"proxmox-suspend-passed", HD_SPEAKER_TOOL,
		{ "cannot suspend VM to disk due to passed-through PCI device" },
		"a guest with a passed device cannot be hibernated: the state of the device cannot be saved",
		"qm shutdown instead; or remove the device (qm set VMID --delete hostpci0) before; pausing "
		"(qm suspend without --todisk) works",
		{ "guest-topology" }, HD_MESSAGE_CERTAIN,
	},
	{ .id = NULL },
};
