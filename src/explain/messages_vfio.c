/* SPDX-License-Identifier: GPL-2.0-or-later */
/* messages_vfio.c - what the kernel's VFIO says (Linux drivers/vfio). */
#include "config.h"

#include "explain/message.h"

const struct hd_message hd_messages_vfio[] = {
	{
		/* vfio_pci.c vfio_pci_is_denylisted */
		"kernel-vfio-denylist", HD_SPEAKER_KERNEL,
		{ " exists in vfio-pci device denylist, driver probing disallowed" },
		"vfio-pci refuses this device: a guest that resets it at the wrong moment can stop "
		"the whole host (Intel QAT and the like)",
		"pass one of its virtual functions instead; vfio-pci.disable_denylist=1 "
		"lifts the refusal at your own risk",
		{ "not-denylisted" }, HD_MESSAGE_STATE,
	},
	{
		/* vfio_main.c vfio_unregister_group_dev */
		"kernel-vfio-device-in-use", HD_SPEAKER_KERNEL,
		{ "Device is currently in use, task \"{text:process}\" ({number:pid}) blocked until "
		  "device is released" },
		"process {process} ({pid}) tried to unbind {address} from its VFIO driver "
		"while a guest has it open, and waits in the kernel until the guest "
		"releases it",
		"stop the guest that has {address}; then the process continues by itself. "
		"Killing it does not help",
		{ "holders-free", "iommu-group-exclusive" }, HD_MESSAGE_STATE,
	},
	{
		/* vfio_pci_core.c vfio_pci_core_request */
		"kernel-vfio-release-asked", HD_SPEAKER_KERNEL,
		{ "Relaying device request to user (#{number:count})",
		  "No device request channel registered, blocked until released by user" },
		"something on the host unbinds {address} while a guest has it: the kernel "
		"asks the guest's QEMU to release it, and waits",
		"unplug it from the guest (virsh detach-device) or shut down the guest; do "
		"not unbind a device that a guest has",
		{ "holders-free", "iommu-group-exclusive" }, HD_MESSAGE_CERTAIN,
	},
	{
		/* vfio_pci_core.c vfio_pci_validate_vf_token */
		"kernel-vfio-vf-token", HD_SPEAKER_KERNEL,
		{ "VF token required to access device", "Incorrect VF token provided for device" },
		"the physical function of this virtual function is on vfio-pci itself, so "
		"both must be opened with the same token; libvirt has no setting for it",
		"give the physical function back to its own driver: hostdevctl reattach "
		"PF; then create the virtual functions again",
		{ "sriov-vfs-off", "vf-parent-up" }, HD_MESSAGE_CERTAIN,
	},
	{
		/* vfio_pci_core.c vfio_pci_bus_notifier */
		"kernel-vfio-vf-captured", HD_SPEAKER_KERNEL,
		{ "Captured SR-IOV VF {address} driver_override" },
		"the physical function is on vfio-pci, so the kernel keeps its new virtual "
		"function {address} for vfio-pci, too",
		"nothing to do if the virtual functions are for guests; else give the "
		"physical function back first",
		{ "sriov-vfs-off" }, HD_MESSAGE_HARMLESS_IF,
	},
	{
		"kernel-vfio-vf-driver-differs", HD_SPEAKER_KERNEL,
		{ "VF {address} bound to driver {word:driver} while PF bound to driver "
		  "{word:pf-driver}" },
		"virtual function {address} is on {driver} and its physical function on "
		"{pf-driver}: the user of the physical function can read the virtual "
		"function's data",
		"bind both to vfio-pci, or give the physical function back to its host driver",
		{ "sriov-vfs-off", "vf-parent-up" }, HD_MESSAGE_CERTAIN,
	},
	{
		/* vfio_pci_core.c vfio_pci_core_sriov_configure, _register_device */
		"kernel-vfio-pf-has-vfs", HD_SPEAKER_KERNEL,
		{ "Cannot bind to PF with SR-IOV enabled" },
		"a physical function with virtual functions cannot be bound to vfio-pci",
		"stop the guests that use the virtual functions, then "
		"echo 0 > /sys/bus/pci/devices/{address}/sriov_numvfs",
		{ "sriov-vfs-off" }, HD_MESSAGE_STATE,
	},
	{
		/* vfio_pci_core.c vfio_pci_core_enable */
		"kernel-vfio-intx-broken", HD_SPEAKER_KERNEL,
		{ "Masking broken INTx support" },
		"the device cannot disable its legacy interrupt, so VFIO hides it from the guest",
		"nothing to do for a guest that uses MSI, as nearly all do",
		{ NULL }, HD_MESSAGE_HARMLESS_IF,
	},
	{
		/* vfio_pci_config.c vfio_bar_restore */
		"kernel-vfio-bars-restored", HD_SPEAKER_KERNEL,
		{ "reset recovery - restoring BARs" },
		"{address} lost its addresses in a reset outside VFIO, which writes them "
		"back; often the card does not reset properly",
		"check whether the guest's driver still works; if the device dies at each "
		"restart of the guest, see reset-works",
		{ "device-alive", "reset-works" }, HD_MESSAGE_EVENT,
	},
	{
		/* vfio_pci_config.c vfio_config_init */
		"kernel-vfio-vf-bogus-intx", HD_SPEAKER_KERNEL,
		{ "Hardware bug: VF reports bogus INTx pin {number:pin}" },
		"the virtual function claims a legacy interrupt, which no virtual function "
		"has; the kernel corrects it",
		"nothing to do",
		{ NULL }, HD_MESSAGE_HARMLESS,
	},
	{
		/* group.c vfio_device_set_noiommu */
		"kernel-vfio-noiommu", HD_SPEAKER_KERNEL,
		{ "Adding kernel taint for vfio-noiommu group on device",
		  "vfio-noiommu device opened by user" },
		"the device is given away without an IOMMU: it can read and write all of "
		"the host's memory",
		"enable the IOMMU, and remove enable_unsafe_noiommu_mode from the options of vfio",
		{ "no-noiommu", "iommu-enabled" }, HD_MESSAGE_STATE,
	},
	{
		/* vfio_iommu_type1.c vfio_lock_acct, vfio_pin_pages_remote */
		"kernel-vfio-memlock", HD_SPEAKER_KERNEL,
		{ "RLIMIT_MEMLOCK ({number:limit}) exceeded" },
		"all memory of a guest with a PCI device is locked, and QEMU's limit of "
		"{limit} bytes (pages in older kernels) is too low for it",
		"let libvirt set the limit: remove <memtune><hard_limit> if it is too "
		"small, and allow libvirt's unit to set it (LimitMEMLOCK=infinity, "
		"CAP_SYS_RESOURCE)",
		{ "memlock", "unit-hardening" }, HD_MESSAGE_EVENT,
	},
	{
		/* vfio_iommu_type1.c vfio_iommu_type1_attach_group */
		"kernel-no-interrupt-remapping", HD_SPEAKER_KERNEL,
		{ "No interrupt remapping support.  Use the module param \"allow_unsafe_interrupts\"",
		  "No interrupt remapping support. Use the module param \"allow_unsafe_interrupts\"",
		  "No interrupt remapping for this platform", },
		"interrupt remapping does not work on this host, so VFIO gives no device "
		"away: a guest could raise any interrupt on the host",
		"enable interrupt remapping (and x2APIC) in the firmware's VT-d or AMD-Vi "
		"settings; vfio_iommu_type1.allow_unsafe_interrupts=1 is the last resort, "
		"for guests that you trust like yourself",
		{ "interrupt-remapping", "iommu-enabled" }, HD_MESSAGE_STATE,
	},
	{
		/* the driver's own report, by the name of vfio-pci */
		"kernel-amdgpu-leaks", HD_SPEAKER_KERNEL,
		{ "amdgpu: leaking bo va ({number:code})", "leaking bo va ({number:code})",
		  "failed to clear page tables on GEM object close ({number:code})" },
		"amdgpu was unbound while programs still used the card; the kernel cannot "
		"free their memory",
		"restart the host; stop what uses the card before you take it again: "
		"hostdevctl check {address} names it",
		{ "driver-release-safe", "holders-free", "display-free" }, HD_MESSAGE_EVENT,
	},
	{
		/* Linux drivers/iommu/iommu.c iommu_group_claim_dma_owner; QEMU hw/vfio/container.c */
		"vfio-group-claimed", HD_SPEAKER_KERNEL,
		{ "Failed to set group container: Operation not permitted",
		  "failed to set group container: Operation not permitted" },
		"another device of the IOMMU group still has a driver of the host, so the kernel does not "
		"give the group to QEMU",
		"hostdevctl check {address} names it (iommu-group-viable): bind all devices of the group to "
		"vfio-pci (in Harvester enable passthrough of all of them), or use another slot",
		{ "iommu-group-viable", "vfio-modules" }, HD_MESSAGE_STATE_SEVERAL,
	},
	{
		/* Linux drivers/vfio/group.c vfio_group_fops_open */
		"vfio-group-file-busy", HD_SPEAKER_TOOL,
		{ "Failed to open /dev/vfio/{number:group}: [Errno 16]",
		  "Group file busy - another process" },
		"another process or guest has the group's file open, and only one may",
		"fuser -v /dev/vfio/{group} shows who: end it, or the guest that still has a device of "
		"that group",
		{ "holders-free", "vfio-node" }, HD_MESSAGE_CERTAIN,
	},
	{
		/* Linux drivers/vfio/group.c; containerd oci WithDevices */
		"vfio-group-file-gone", HD_SPEAKER_TOOL,
		{ "VFIO group device /dev/vfio/{number:group} does not exist",
		  "lstat /dev/vfio/{number:group}: no such file or directory",
		  "stat /dev/vfio/{number:group}: no such file or directory" },
		"the file of group {group} is not there: no device of the group is bound to vfio-pci any "
		"more (or not yet), or the IOMMU is off",
		"bind the device to vfio-pci (hostdevctl detach, or driver_override and drivers_probe) "
		"and read dmesg; in Kubernetes restart the device plugin afterwards (Harvester: enable "
		"passthrough again); enable the IOMMU",
		{ "vfio-node", "iommu-enabled", "vfio-modules" }, HD_MESSAGE_EVENT,
	},
	{
		/* rust-vmm vfio-ioctls; Linux drivers/vfio/group.c vfio_group_ioctl_unset_container */
		"vfio-group-still-open", HD_SPEAKER_TOOL,
		{ "Could not unbind VFIO group: {number:group}" },
		"a device of group {group} is still open, so the group cannot leave its container; it "
		"stays busy until the program ends",
		"end the program that has it open (fuser -v /dev/vfio/{group}), then give the device back "
		"to its driver; a program must close the device before its group",
		{ "holders-free" }, HD_MESSAGE_CERTAIN,
	},
	{
		/* Linux drivers/vfio/group.c vfio_device_get_from_name */
		"vfio-not-in-group", HD_SPEAKER_KERNEL,
		{ "Unable to obtain device fd for {address}: No such device",
		  "failed to get device: No such device" },
		"the group that was opened has no such device: it is in another group, is not bound to "
		"vfio-pci, or is no longer there",
		"readlink its iommu_group below /sys/bus/pci/devices and compare; hostdevctl check {address} "
		"shows its driver",
		{ "vfio-node", "device-present" }, HD_MESSAGE_EVENT,
	},
	{
		/* QEMU hw/vfio/container.c vfio_device_get */
		"qemu-device-twice", HD_SPEAKER_QEMU,
		{ ": device is already attached", "device {text:device} is already attached" },
		"the same device is given to the guest twice",
		"remove one of the two entries (virsh edit; for QEMU itself one of the -device vfio-pci "
		"with that host=)",
		{ "managed-conflict" }, HD_MESSAGE_CERTAIN,
	},
	{
		/* QEMU hw/vfio/pci.c, common.c vfio_set_irq_signaling */
		"qemu-interrupt-refused", HD_SPEAKER_QEMU,
		{ "Failed to set up UNMASK eventfd signaling",
		  "Failed to set up TRIGGER eventfd signaling", "Failed to setup INTx fd",
		  "Failed to setup MSI fds" },
		"the kernel did not set up an interrupt of the device for QEMU: its line is shared with "
		"another device, it has no working MSI, too few vectors are left, or the device does not "
		"answer",
		"hostdevctl check {address} shows whether it is alive; free the shared line (lspci -v, "
		"/proc/interrupts), enable interrupt remapping in the firmware, try x-no-kvm-intx=on",
		{ "device-alive", "interrupt-remapping" }, HD_MESSAGE_EVENT,
	},
	{
		/* QEMU hw/vfio/pci.c vfio_add_std_cap */
		"qemu-capability", HD_SPEAKER_QEMU,
		{ "Failed to add PCI capability", "failed to add PCI capability" },
		"the device's list of capabilities makes no sense: they overlap, because the "
		"device does not answer and reads as ones",
		"hostdevctl check {address} (device-alive): if it is dead, switch the host off and on; else "
		"use a newer QEMU",
		{ "device-alive", "power-state" }, HD_MESSAGE_EVENT,
	},
	{
		/* QEMU hw/vfio/display.c */
		"qemu-no-display", HD_SPEAKER_QEMU,
		{ "vfio-display: no display function",
		  "device doesn't support any (known) display method" },
		"the device cannot show its picture through QEMU: only some mediated devices (vGPUs) can",
		"remove display='on' (and ramfb='on') of the device",
		{ NULL }, HD_MESSAGE_CERTAIN,
	},
	{
		/* drivers/vfio/pci/vfio_pci_igd.c vfio_pci_igd_init */
		"kernel-vfio-igd-regions", HD_SPEAKER_KERNEL,
		{ "Failed to setup Intel IGD regions" },
		"vfio-pci could not offer the regions of the integrated graphics {address} that a guest "
		"needs for its own screen: the firmware's OpRegion or host bridge cannot be read, mostly "
		"because the firmware shows another card first",
		"in the firmware's setup: integrated graphics on, and as the first display; it shall show no "
		"screen of its own (UPT mode, a mediated device or SR-IOV): x-igd-opregion=off of the "
		"<hostdev>; a newer kernel",
		{ "device-alive", "last-gpu" }, HD_MESSAGE_EVENT,
	},
	{
		/* drivers/vfio/pci/vfio_pci_config.c */
		"kernel-vfio-capability-unknown", HD_SPEAKER_KERNEL,
		{ "unknown length for PCI ecap ",
		  "unknown length for PCI cap " },
		"the kernel does not know the size of one PCI capability of {address}: the guest does not "
		"see it; all else works",
		"nothing, unless the guest's driver misses just that: a newer kernel knows more",
		{ NULL }, HD_MESSAGE_HARMLESS_IF,
	},
	{ .id = NULL },
};
