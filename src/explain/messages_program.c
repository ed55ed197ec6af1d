/* SPDX-License-Identifier: GPL-2.0-or-later */
/* messages_program.c - what programs beside libvirt say. */
#include "config.h"

#include "explain/message.h"

const struct hd_message hd_messages_program[] = {
	{
		/* QEMU hw/vfio/iommufd.c vfio_cdev_... */
		"qemu-vfio-cdev-missing", HD_SPEAKER_QEMU,
		{ "vfio-dev: failed to load \"" },
		"the guest uses IOMMUFD, and the kernel has no character devices for VFIO devices "
		"(CONFIG_VFIO_DEVICE_CDEV), so that the device has no node below "
		"/dev/vfio/devices",
		"remove iommufd from the guest (<driver iommufd='yes'/>, -object iommufd), or use "
		"a kernel with VFIO_DEVICE_CDEV: grep VFIO_DEVICE_CDEV /boot/config-$(uname -r)",
		{ "iommufd-available" }, HD_MESSAGE_CERTAIN,
	},
	{
		/* QEMU hw/vfio/iommufd.c */
		"qemu-vfio-cdev-open", HD_SPEAKER_QEMU,
		{ "ailed to open /dev/vfio/devices/{word:node}" },
		"QEMU may not open {node} below /dev/vfio/devices: its user has no rights on it, "
		"a container was not given it, or the device is not on a VFIO driver",
		"ls -l /dev/vfio/devices: if {node} is missing, hostdevctl detach {address}; if "
		"it is there, let libvirt start the guest, or give QEMU's user the node by a udev "
		"rule (SUBSYSTEM==\"vfio-dev\", GROUP=\"kvm\", MODE=\"0660\")",
		{ "iommufd-available", "vfio-node", "unit-hardening" }, HD_MESSAGE_EVENT,
	},
	{
		/* QEMU target/i386/kvm/kvm.c */
		"qemu-vm-type", HD_SPEAKER_QEMU,
		{ "vm-type {word:type} not supported by KVM" },
		"the KVM of the running kernel makes no guests of the type {type}: the firmware "
		"or a kernel parameter has it off, its module failed at the start, or the kernel "
		"is too old",
		"enable it in the firmware and for the module (kvm_intel.tdx=1, "
		"kvm_amd.sev_snp=1); journalctl -k -b -g 'tdx|sev' says whether it was "
		"initialized; else guests without {type}",
		{ "cpu-virtualization" }, HD_MESSAGE_EVENT,
	},
	{
		/* Xorg */
		"xorg-no-card", HD_SPEAKER_TOOL,
		{ "(EE) Unknown chipset: ",
		  "(EE) No devices detected",
		  "no screens found(EE)" },
		"the X server has no driver for the card that it was given: the driver is too old "
		"for it, it is on vfio-pci, or its kernel driver does not work",
		"lspci -nnk shows the card and its kernel driver: vfio-pci is right for a card "
		"that is for a guest; else install the newer driver (NVIDIA's own, or a newer "
		"Mesa and kernel); /var/log/Xorg.0.log has the card that it tried",
		{ "device-alive" }, HD_MESSAGE_EVENT,
	},
	{
		/* KubeVirt cmd/virt-launcher, QEMU accel/kvm */
		"kvm-node-missing", HD_SPEAKER_TOOL,
		{ "hardware emulation device '/dev/kvm' not present",
		  "/dev/kvm: No such file or directory",
		  "/dev/kvm: no such file or directory" },
		"there is no /dev/kvm: hardware virtualization (VT-x, SVM) is off in the "
		"firmware, kvm_intel or kvm_amd is not loaded, or this is a guest or container "
		"that was not given it",
		"modprobe kvm_intel or kvm_amd on the host itself: an error means that the "
		"firmware has it off; in a guest turn nested virtualization on (processor "
		"host-passthrough); give a container /dev/kvm (--device)",
		{ "cpu-virtualization" }, HD_MESSAGE_EVENT,
	},
	{
		/* XCP-ng xenopsd */
		"xen-usb-reset", HD_SPEAKER_TOOL,
		{ "Call to usb reset failed" },
		"the program that resets the USB device for the guest failed: the device hangs, "
		"is in use in dom0, or got another number",
		"unplug the device and plug it in again, remove the vusb (xe vusb-destroy) and "
		"create it again; /var/log/daemon.log and xensource.log have the reason; or pass "
		"the whole USB controller",
		{ "usb-present" }, HD_MESSAGE_EVENT,
	},
	{
		/* cloud-hypervisor pci/src/vfio.rs */
		"vmm-map-region", HD_SPEAKER_TOOL,
		{ "VfioMapRegion(" },
		"cloud-hypervisor could not map a memory window (BAR) of the device into the "
		"guest: the window is smaller than a page of the host (64 KiB on some ARM "
		"kernels), shares a page with the interrupt table, or the address is taken",
		"getconf PAGESIZE: above 4096 use a kernel with pages of 4 KiB; use a newer "
		"cloud-hypervisor; QEMU works with such devices: try it once to be sure of the "
		"device",
		{ "device-alive" }, HD_MESSAGE_EVENT,
	},
	{
		/* SPDK lib/nvme/nvme.c, module/bdev/nvme */
		"spdk-no-controller", HD_SPEAKER_TOOL,
		{ "No controller was found with provided trid",
		  "NVMe ctrlr scan failed" },
		"SPDK finds no NVMe controller that it may use at that address: it is still on "
		"the kernel's driver, is behind Intel VMD, or its VFIO group is not free",
		"scripts/setup.sh status: the driver must be vfio-pci (or uio_pci_generic); with "
		"VMD give SPDK the VMD function (enable_vmd) or turn VMD off in the firmware; "
		"hostdevctl check {address}",
		{ "iommu-group-viable", "holders-free", "device-present" }, HD_MESSAGE_EVENT,
	},
	{
		/* SPDK module/bdev/nvme/bdev_nvme.c */
		"spdk-still-there", HD_SPEAKER_TOOL,
		{ "still exists after delete" },
		"SPDK could not remove the controller in time, because something has it open",
		"end the targets and bdevs on top of it (rpc.py bdev_get_bdevs), then detach it "
		"again",
		{ "holders-free" }, HD_MESSAGE_EVENT,
	},
	{
		/* container-device-interface pkg/cdi */
		"cdi-unresolvable", HD_SPEAKER_TOOL,
		{ "unresolvable CDI devices {text:device}" },
		"no CDI file on the node has a device {device}: the files were not generated, lie "
		"in a folder that the runtime does not read, or the device plugin uses other "
		"names",
		"ls /etc/cdi /var/run/cdi and grep their kind: and name:; generate them again "
		"(nvidia-ctk cdi generate, or restart the device plugin), and enable CDI in the "
		"runtime (containerd: enable_cdi = true)",
		{ NULL }, HD_MESSAGE_EVENT,
	},
	{
		/* QEMU hw/vfio/display.c */
		"vgpu-display-opengl", HD_SPEAKER_QEMU,
		{ "vfio-display-dmabuf: opengl not available" },
		"display='on' of the mediated device needs OpenGL, and the guest's emulated "
		"display has none",
		"<gl enable='yes'/> in the guest's <graphics type='spice'> (local) or add "
		"<graphics type='egl-headless'/>; or display='off' and a monitor of its own in "
		"the guest",
		{ NULL }, HD_MESSAGE_CERTAIN,
	},
	{
		/* wifibox */
		"bhyve-ppt-left", HD_SPEAKER_TOOL,
		{ "The PPT device could not be destroyed" },
		"bhyve's ppt driver did not let go of the device, because a guest has it or its "
		"own driver took it",
		"end the guest (wifibox stop, bhyvectl --destroy); reserve the device at boot: "
		"pptdevs=\"BUS/SLOT/FUNCTION\" in /boot/loader.conf, then restart",
		{ NULL }, HD_MESSAGE_EVENT,
	},
	{
		/* cloud-hypervisor, libvirt qemu_validate.c */
		"vhost-user-memory", HD_SPEAKER_TOOL,
		{ "vhost-user requires using shared memory",
		  "requires shared memory" },
		"a device of the guest (vhost-user, virtiofs) needs the guest's memory to be "
		"shared, and it is not",
		"libvirt: <memoryBacking><source type='memfd'/><access "
		"mode='shared'/></memoryBacking>; cloud-hypervisor: --memory shared=on or "
		"hugepages=on",
		{ "hugepages" }, HD_MESSAGE_CERTAIN,
	},
	{
		/* DPDK lib/eal/linux/eal_vfio.c */
		"dpdk-no-iommu-type", HD_SPEAKER_TOOL,
		{ "no supported IOMMU extensions found" },
		"VFIO offers the program no IOMMU: vfio_iommu_type1 is not loaded, the IOMMU is "
		"off, or a container lacks /dev/vfio/vfio",
		"modprobe vfio_iommu_type1; ls /sys/kernel/iommu_groups: if it is empty, enable "
		"the IOMMU in the firmware and with intel_iommu=on",
		{ "iommu-enabled", "vfio-modules" }, HD_MESSAGE_EVENT,
	},
	{
		/* DPDK lib/eal/linux */
		"dpdk-no-hugepages", HD_SPEAKER_TOOL,
		{ "Couldn't get fd on hugepage file" },
		"the program finds no free huge pages: none are reserved, others (also files that "
		"ended programs left) use them, hugetlbfs is not mounted, or this user may not "
		"create files in it",
		"grep Huge /proc/meminfo; remove left files in /dev/hugepages (rtemap_*, spdk_*) "
		"when nothing uses them; reserve pages (hostdevctl setup, nr_hugepages) and mount "
		"hugetlbfs",
		{ "hugepages" }, HD_MESSAGE_EVENT,
	},
	{
		/* programs that use VFIO by ioctl */
		"vfio-group-not-linked", HD_SPEAKER_TOOL,
		{ "ailed to link group {number:group} to container" },
		"group {group} could not be put into the program's VFIO container: the program "
		"uses the call wrongly, another device of the group is on a host driver, or the "
		"kernel has only IOMMUFD",
		"hostdevctl check {address} (iommu-group-viable); ls /dev/vfio/{group}; if both "
		"are right, update the program: QEMU can use the same device",
		{ "iommu-group-viable", "vfio-node", "holders-free" }, HD_MESSAGE_EVENT,
	},
	{
		/* Harvester pcidevices */
		"harvester-no-sriov-manage", HD_SPEAKER_TOOL,
		{ "sriov-manage: no such file or directory" },
		"the node has no sriov-manage, which NVIDIA's vGPU driver brings; whole cards are "
		"passed without it",
		"for whole cards nothing; for vGPUs install the vGPU host driver (Harvester: the "
		"addon nvidia-driver-toolkit)",
		{ "vgpu-vendor-ready" }, HD_MESSAGE_CERTAIN,
	},
	{
		/* Kubernetes pkg/kubelet/cm/devicemanager */
		"kubelet-unhealthy", HD_SPEAKER_TOOL,
		{ "no healthy devices present; cannot allocate unhealthy devices {text:resource}," },
		"the kubelet had no healthy device {resource} when the pod started: the device "
		"plugin had not yet registered after a restart, or the device is gone or not on "
		"its driver",
		"kubectl describe node: Allocatable of {resource}; 0: look at the plugin's log "
		"and at lspci -k or lsusb on the node; else delete the failed pods, and they "
		"start again",
		{ "device-present" }, HD_MESSAGE_EVENT,
	},
	{
		/* KubeVirt pkg/virt-handler/device-manager */
		"kubelet-no-plugin-socket", HD_SPEAKER_TOOL,
		{ "error registering with device plugin manager" },
		"KubeVirt's device plugin could not register with the kubelet: its socket is in "
		"another folder, or the kubelet hangs",
		"ls /var/lib/kubelet/device-plugins/kubelet.sock on the node: missing: the "
		"kubelet uses another root (k0s, microk8s): link or set the path; there: restart "
		"the kubelet, then virt-handler",
		{ NULL }, HD_MESSAGE_EVENT,
	},
	{
		/* QEMU block/file-posix.c */
		"qemu-vfio-as-disk", HD_SPEAKER_QEMU,
		{ "-drive file=/dev/vfio/{text:options}" },
		"the program that started QEMU gave it a VFIO node as if it were a disk",
		"pass the device as <hostdev> or -device vfio-pci instead; for a virtual function "
		"in Kubernetes use the network plugin (SR-IOV CNI) and not a volume",
		{ NULL }, HD_MESSAGE_CERTAIN,
	},
	{
		/* Kata virtcontainers */
		"container-vhost-net", HD_SPEAKER_TOOL,
		{ "open /dev/vhost-net: " },
		"the container's virtual machine may not open /dev/vhost-net: the device rules "
		"(cgroup) of the container forbid it, or the module is not loaded",
		"modprobe vhost_net; --device /dev/vhost-net (podman, docker); update Kata, or "
		"disable_vhost_net=true in its configuration",
		{ NULL }, HD_MESSAGE_EVENT,
	},
	{
		/* libxl */
		"xen-qmp-config", HD_SPEAKER_TOOL,
		{ "from QMP server: Could not open '/sys/bus/pci/devices/{address}/config'" },
		"QEMU in the stub domain looked for {address} before its kernel had set the "
		"device up, or the device is not given to it",
		"start the guest again; update the toolstack, which then waits; xl pci-list {guest} "
		"shows what it has",
		{ "device-present" }, HD_MESSAGE_EVENT,
	},
	{
		/* QEMU hw/vfio/listener.c */
		"vfio-peer-to-peer", HD_SPEAKER_QEMU,
		{ "PCI peer-to-peer transactions on BARs are not supported" },
		"a memory window of the device could not be mapped for the guest's other devices, "
		"so that they cannot reach it directly; the guest works without that",
		"nothing to do; the cause of a guest that fails is another line",
		{ NULL }, HD_MESSAGE_HARMLESS_IF,
	},
	{
		/* QEMU hw/vfio/migration.c */
		"qemu-no-migration-device", HD_SPEAKER_QEMU,
		{ "VFIO device doesn't support migration" },
		"the device cannot save its state, so a guest with it can be neither migrated, "
		"saved nor have snapshots of its memory",
		"virsh detach-device it before, or shut the guest down; snapshots of disks only: "
		"virsh snapshot-create-as --disk-only",
		{ NULL }, HD_MESSAGE_CERTAIN,
	},
	{
		/* NVIDIA vGPU manager */
		"vgpu-rm-client", HD_SPEAKER_TOOL,
		{ "Failed to initialize RM client" },
		"NVIDIA's vGPU manager could not reach the kernel module: it is not loaded, is "
		"not the vGPU host driver, or has another version than the manager",
		"nvidia-smi vgpu must work: if nvidia-smi fails, load the module (modprobe "
		"nvidia; dmesg says why not); else install host module and manager from one vGPU "
		"release, and restart nvidia-vgpu-mgr",
		{ "vgpu-vendor-ready", "kernel-modules-installed" }, HD_MESSAGE_EVENT,
	},
	{ .id = NULL },
};
