/* SPDX-License-Identifier: GPL-2.0-or-later */
/* messages_libvirt.c - what libvirt says of starts, hooks and plugging (libvirt src/qemu, src/conf). */
#include "config.h"

#include "explain/message.h"

const struct hd_message hd_messages_libvirt[] = {
	{
		/* qemu_driver.c qemuNodeDeviceDetachFlags */
		"libvirt-vfio-not-supported", HD_SPEAKER_LIBVIRT,
		{ "VFIO device assignment is currently not supported on this system" },
		"the host has no /dev/vfio/vfio or no IOMMU group at all: the IOMMU is off, or the "
		"VFIO modules are not loaded",
		"modprobe vfio-pci; hostdevctl check then shows what else is missing",
		{ "iommu-enabled", "iommu-firmware", "vfio-modules", "vfio-node" }, false,
	},
	{
		/* qemu_domain.c, at the start of a guest */
		"libvirt-no-passthrough", HD_SPEAKER_LIBVIRT,
		{ "host doesn't support passthrough of host PCI devices" },
		"the host has no /dev/vfio/vfio or no IOMMU group at all: the IOMMU is off, or the "
		"VFIO modules are not loaded",
		"modprobe vfio-pci; hostdevctl check then shows what else is missing",
		{ "iommu-enabled", "iommu-firmware", "vfio-modules", "vfio-node" }, false,
	},
	{
		"libvirt-qemu-without-vfio", HD_SPEAKER_LIBVIRT,
		{ "VFIO PCI device assignment is not supported by this version of QEMU" },
		"the QEMU of this guest was built without vfio-pci",
		"install the distribution's full QEMU package (qemu-system-x86 on Debian), "
		"and check <emulator> in the guest's XML",
		{ NULL }, false,
	},
	{
		/* older libvirt, virHostdevPCINodeDeviceDetach */
		"libvirt-pci-backend", HD_SPEAKER_LIBVIRT,
		{ "pci backend driver '{word:driver}' is not supported" },
		"an older libvirt's message: VFIO cannot be used on this host, because the "
		"IOMMU is off or the modules are not loaded",
		"modprobe vfio-pci; hostdevctl check then shows what else is missing",
		{ "iommu-enabled", "iommu-firmware", "vfio-modules", "vfio-node" }, false,
	},
	{
		/* virerror.c VIR_ERR_HOOK_SCRIPT_FAILED */
		"libvirt-hook-failed", HD_SPEAKER_LIBVIRT,
		{ "/hooks/qemu {text:guest} {word:operation} {word:suboperation} {word:extra}) "
		  "unexpected exit status {number:status}",
		  "Hook script execution failed" },
		"a hook script failed, so libvirt stopped the operation; the script's "
		"standard error follows in the same message",
		"read what follows. If it begins with 'hostdevctl:', paste it into "
		"hostdevctl explain; else another script in /etc/libvirt/hooks wrote it",
		{ NULL }, false,
	},
	{
		/* hostdevctl-hook's own refusal, as virsh shows it */
		"hostdevctl-refusal", HD_SPEAKER_TOOL,
		{ "hostdevctl: guest '{text:guest}' not started: {text:subject}: {text:evidence} "
		  "[{word:check}]" },
		"hostdevctl refused the start of {guest} because of {subject}, before it "
		"changed anything",
		"do what the message says after 'remedy:'; hostdevctl explain {check} "
		"describes the check",
		{ NULL }, false,
	},
	{
		/* virhook.c virHookCheck, virHookCall */
		"libvirt-hook-not-executable", HD_SPEAKER_LIBVIRT,
		{ "Non-executable hook script {path}" },
		"{path} is where libvirt looks for hooks, but is not executable, so "
		"libvirt skips it",
		"if it is a script: chmod 0755 {path} and reload libvirt's daemon. If it "
		"is a directory, as some collections of hooks create it, the warning is harmless",
		{ NULL }, true,
	},
	{
		/* qemu_migration.c */
		"libvirt-cannot-migrate", HD_SPEAKER_LIBVIRT,
		{ "cannot migrate a domain with <hostdev mode='subsystem' type='{word:type}'>",
		  "cannot migrate domain with <hostdev mode='subsystem' type='{word:type}'>",
		  "domain has assigned non-USB host devices" },
		"a guest with a host device cannot be migrated: the device stays on this host",
		"detach the device first (virsh detach-device), or shut the guest down",
		{ NULL }, false,
	},
	{
		/* domain_addr.c virDomainPCIAddressReserveAddrInternal */
		"libvirt-function-0-only", HD_SPEAKER_LIBVIRT,
		{ "Only PCI device addresses with function=0 are supported",
		  "Single function device addresses with function=0 expected" },
		"a single device goes to function 0 of a guest's slot; the other functions "
		"are for the parts of one device that are plugged together",
		"give each function its address with multifunction='on' on function 0, as "
		"hostdevctl xml writes it for a graphics card, or plug it into a slot of its own",
		{ "guest-topology" }, false,
	},
	{
		/* qemu_hotplug.c */
		"libvirt-unplug-rejected", HD_SPEAKER_LIBVIRT,
		{ "unplug of device was rejected by the guest" },
		"the guest refused to release the device",
		"stop what uses it inside the guest and try again, or shut down the guest",
		{ NULL }, false,
	},
	{
		/* domain_addr.c virDomainPCIAddressGetNextAddr */
		"libvirt-no-free-slot", HD_SPEAKER_LIBVIRT,
		{ "No more available PCI slots" },
		"the guest has no free PCI slot: a q35 guest has one per pcie-root-port",
		"add some <controller type='pci' model='pcie-root-port'/> while the guest is off",
		{ "guest-topology" }, false,
	},
	{
		/* virt-host-validate-common.c */
		"validate-no-dmar", HD_SPEAKER_LIBVIRT,
		{ "No ACPI DMAR table found", "No ACPI IVRS table found" },
		"virt-host-validate found no IOMMU in the firmware's tables. It looks only "
		"for the table of the processor's vendor; hostdevctl looks for all kinds of tables",
		"enable VT-d or AMD-Vi (IOMMU) in the firmware",
		{ "iommu-firmware", "iommu-enabled" }, false,
	},
	{
		"validate-iommu-off", HD_SPEAKER_LIBVIRT,
		{ "IOMMU appears to be disabled in kernel" },
		"virt-host-validate found no IOMMU group: the firmware has an IOMMU that the kernel "
		"does not use",
		"see iommu-enabled for the kernel parameter that this host needs; AMD needs none",
		{ "iommu-enabled", "iommu-firmware" }, false,
	},
	{
		/* virprocess.c virProcessSetMaxMemLock */
		"libvirt-cannot-limit-memlock", HD_SPEAKER_LIBVIRT,
		{ "cannot limit locked memory of process {number:pid} to {number:limit}",
		  "cannot limit locked memory to {number:limit}" },
		"libvirt is not allowed to raise QEMU's limit on locked memory to {limit} "
		"bytes, which a guest with a PCI device needs",
		"give libvirt's unit LimitMEMLOCK=infinity and CAP_SYS_RESOURCE; in a "
		"container, both must be granted from outside",
		{ NULL }, false,
	},
	{ .id = NULL },
};
