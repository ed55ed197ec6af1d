/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * messages_kubernetes.c - what KubeVirt, Harvester, Nova, DPDK and other users of VFIO say about
 * devices.
 */
#include "config.h"

#include "explain/message.h"

const struct hd_message hd_messages_kubernetes[] = {
	{
		/* kubevirt pkg/virt-controller/services/renderresources.go */
		"kubevirt-not-permitted", HD_SPEAKER_TOOL,
		{ "is not permitted in permittedHostDevices configuration",
		  "is not permitted in kubevirt-host-device-plugin-config" },
		"the resource name that the guest asks for is not in permittedHostDevices of the "
		"KubeVirt resource",
		"kubectl edit kubevirt -n kubevirt: add the device's ids and that resource name to "
		"spec.configuration.permittedHostDevices (not to the old ConfigMap), spelled as in the guest",
		{ NULL }, HD_MESSAGE_CERTAIN,
	},
	{
		"kubevirt-feature-gate", HD_SPEAKER_TOOL,
		{ "GPU feature gate is not enabled", "HostDevices feature gate is not enabled",
		  "HostDevice feature gate is not enabled" },
		"this KubeVirt passes devices only with the feature gate of that name",
		"add it to spec.configuration.developerConfiguration.featureGates of the KubeVirt resource",
		{ NULL }, HD_MESSAGE_CERTAIN,
	},
	{
		/* the Kubernetes scheduler */
		"kubernetes-no-device", HD_SPEAKER_TOOL,
		{ "Insufficient nvidia.com/{word:resource}", "Insufficient devices.kubevirt.io/{word:resource}",
		  "Insufficient amd.com/{word:resource}", "Insufficient intel.com/{word:resource}" },
		"no node has a free device of that resource: all are in use, the device plugin does "
		"not list them (the device is not on vfio-pci, or the plugin does not run), or the "
		"name differs",
		"kubectl describe node shows Allocatable; on the node hostdevctl list shows the "
		"device's driver; restart the plugin's pod after the driver changed",
		{ "vfio-ids-bound", "iommu-enabled", "vfio-modules" }, HD_MESSAGE_EVENT,
	},
	{
		/* libvirt src/util/vircgroup.c, in a container */
		"kubevirt-no-cgroup", HD_SPEAKER_LIBVIRT,
		{ "At least one cgroup controller is required: No such device or address" },
		"libvirt in the launcher's container finds no cgroup that it may use, which is normal there",
		"nothing to do; read the error that follows it",
		{ NULL }, HD_MESSAGE_HARMLESS_IF,
	},
	{
		/* kubevirt pkg/virt-launcher/virtwrap/device/hostdevice/addresspool.go */
		"kubevirt-other-kind", HD_SPEAKER_TOOL,
		{ "MDEV_PCI_RESOURCE_{word:name} not set for resource",
		  "PCI_RESOURCE_{word:name} not set for resource" },
		"KubeVirt looks for a whole card and for a mediated device of that resource, and one of "
		"them is missing, which is normal; if both are, the device plugin passed none: it does "
		"not offer that resource, or permittedHostDevices has another name",
		"nothing to do if the guest starts; else compare resourceName (and mdevNameSelector) in "
		"permittedHostDevices with kubectl describe node, and restart the device plugin",
		{ NULL }, HD_MESSAGE_EVENT,
	},
	{
		/* kubevirt pkg/virt-launcher/virtwrap/cli/libvirt.go: it tries again */
		"kubevirt-daemon-starts", HD_SPEAKER_TOOL,
		{ "Connecting to libvirt daemon failed: virError({text:error}No such file or directory')" },
		"the launcher tries to reach libvirt's daemon before it has started, and tries again",
		"nothing to do; read the first line with level error after it",
		{ NULL }, HD_MESSAGE_HARMLESS_IF,
	},
	{
		/* NVIDIA/kubevirt-gpu-device-plugin, generic_device_plugin: it looks for vGPUs, too */
		"kubevirt-no-mdev", HD_SPEAKER_TOOL,
		{ "Error accessing file path \"/sys/bus/mdev/devices\": lstat /sys/bus/mdev/devices: no such file or "
		  "directory" },
		"the device plugin also looks for mediated devices (vGPUs), and the node has none; "
		"whole cards are not affected",
		"nothing to do, unless the node is to offer vGPUs: then its vGPU host driver is not loaded",
		{ NULL }, HD_MESSAGE_HARMLESS_IF,
	},
	{
		/* kubevirt pkg/virt-handler/device-manager/common.go */
		"kubevirt-no-group-link", HD_SPEAKER_TOOL,
		{ "failed to read iommu_group link {path:link} for device {address}",
		  "failed to read iommu_group link" },
		"the device {address} has no IOMMU group: the IOMMU is off on that node",
		"enable VT-d or AMD-Vi in the node's firmware (and intel_iommu=on), then restart it",
		{ "iommu-group-present", "iommu-enabled", "iommu-firmware" }, HD_MESSAGE_STATE_SEVERAL,
	},
	{
		/* github.com/harvester/harvester issue 7541 */
		"harvester-no-group", HD_SPEAKER_TOOL,
		{ "pcidevice {word:device} has no iommuGroup available", "has no iommuGroup available",
		  "Error enabling passthrough on " },
		"the device has no IOMMU group: the IOMMU is off on that node",
		"enable VT-d or AMD-Vi in the node's firmware (and intel_iommu=on for Intel), then "
		"restart the node",
		{ "iommu-enabled", "iommu-firmware" }, HD_MESSAGE_EVENT,
	},
	{
		/* QEMU softmmu/physmem.c ram_block_discard_disable; github.com/kubevirt/kubevirt issue 16407 */
		"qemu-discard-conflict", HD_SPEAKER_QEMU,
		{ "Cannot set discarding of RAM broken" },
		"a part of the guest's setup wants to discard memory, which an assigned device "
		"forbids: a confidential guest (SEV-SNP, TDX) with QEMU 9.1, or virtio-mem of an "
		"older QEMU",
		"use QEMU 9.2 or newer (for KubeVirt, a launcher image that has it), or remove "
		"virtio-mem from the guest",
		{ NULL }, HD_MESSAGE_EVENT,
	},
	{
		/* nova/compute/claims.py, nova/pci */
		"nova-claim-failed", HD_SPEAKER_TOOL,
		{ "Claim pci failed", "PCI device request {text:request} failed",
		  "vGPU resource is not available", "Insufficient vGPU resources" },
		"Nova wanted a device for the instance, and the compute host has none that is free "
		"and fits: all are in use, on another NUMA node, or not in the host's device_spec "
		"(passthrough_whitelist)",
		"compare [pci] device_spec and alias in nova.conf with lspci -nn on the host; "
		"pci_devices in Nova's database shows the state of each",
		{ "vfio-modules", "iommu-enabled" }, HD_MESSAGE_EVENT,
	},
	{
		/* nova/pci/request.py */
		"nova-alias", HD_SPEAKER_TOOL,
		{ "PCI alias {word:alias} is not defined", "Invalid PCI alias definition" },
		"the flavor asks for a PCI alias that this nova.conf does not define, or defines wrongly",
		"put the same [pci] alias into nova.conf of nova-api and of each compute host, then "
		"restart them",
		{ NULL }, HD_MESSAGE_CERTAIN,
	},
	{
		"nova-no-valid-host", HD_SPEAKER_TOOL,
		{ "No valid host was found" },
		"no compute host fits the instance; with a PCI or vGPU flavor because none "
		"has a free device of that kind, or the filter PciPassthroughFilter or the alias is "
		"missing",
		"nova-scheduler's log names the filter that rejected the last host; compare [pci] "
		"alias and device_spec in nova.conf with the hosts' devices",
		{ NULL }, HD_MESSAGE_EVENT,
	},
	{
		/* libvirt src/util/virfile.c, node_device_driver.c */
		"libvirt-no-mdevctl", HD_SPEAKER_LIBVIRT,
		{ "Cannot find 'mdevctl' in path", "unable to find 'mdevctl'" },
		"libvirt needs the program mdevctl to create mediated devices, and it is not "
		"installed where libvirt runs",
		"install mdevctl on the host, or into the image of libvirt's container",
		{ "mdev-present" }, HD_MESSAGE_CERTAIN,
	},
	{
		"libvirt-no-program", HD_SPEAKER_LIBVIRT,
		{ "Cannot find '{word:program}' in path" },
		"libvirt needs the program {program}, which is not installed where its daemon runs",
		"install it on the host (or into libvirt's container), and restart the daemon",
		{ NULL }, HD_MESSAGE_CERTAIN,
	},
	{
		/* kimchi, KCHVMHDEV0003E, and others */
		"tool-no-groups", HD_SPEAKER_TOOL,
		{ "No IOMMU groups found", "no iommu groups found" },
		"the kernel has no IOMMU group: the IOMMU is off in the firmware or needs a kernel parameter",
		"enable VT-d or AMD-Vi in the firmware, boot with intel_iommu=on on Intel (AMD needs "
		"no parameter), then restart the host",
		{ "iommu-enabled", "iommu-firmware" }, HD_MESSAGE_STATE_SEVERAL,
	},
	{
		/* DPDK lib/eal/linux/eal_vfio.c vfio_get_group_fd, rte_vfio_setup_device */
		"dpdk-group-not-viable", HD_SPEAKER_TOOL,
		{ "VFIO group is not viable! Not all devices in IOMMU group bound to VFIO or unbound",
		  "VFIO group is not viable", "vfio group is not viable" },
		"another device of the IOMMU group (such as another port of the same card) is still on "
		"its host driver, but a group can only be used as a whole",
		"hostdevctl check {address} names it; bind it to vfio-pci, too, or leave it without "
		"a driver; else use another slot",
		{ "iommu-group-viable" }, HD_MESSAGE_STATE,
	},
	{
		/* DPDK eal_vfio.c; VFIO_GROUP_SET_CONTAINER; github.com/AltraMayor/gatekeeper issue 718 */
		"dpdk-container", HD_SPEAKER_TOOL,
		{ "cannot add VFIO group to container, error 22", "cannot add vfio group to container, error 22" },
		"the kernel does not let the group be used: the firmware reserves a memory "
		"range for the device (RMRR; HPE servers do)",
		"turn the firmware's shared memory feature for that slot off (HPE: conrep); the "
		"kernel's log names the device",
		{ "no-direct-region", "iommu-group-viable" }, HD_MESSAGE_EVENT,
	},
	{
		/* github.com/VoltCyclone/PCILeechFWGenerator issue 77 */
		"tool-bridge-counted", HD_SPEAKER_TOOL,
		{ "has devices not bound to vfio-pci:" },
		"the program counts every device of the IOMMU group. A bridge (pcieport) may stay on "
		"its driver, and the group is usable; other devices must be on vfio-pci or without a "
		"driver",
		"leave a bridge on pcieport and update the program; for others, hostdevctl check "
		"{address} says what to do",
		{ "iommu-group-viable" }, HD_MESSAGE_CERTAIN,
	},
	{
		/* DPDK lib/eal/common/eal_common_dev.c local_dev_probe */
		"dpdk-not-attached", HD_SPEAKER_TOOL,
		{ "Driver cannot attach the device ({address})", "Requested device {address} cannot be used" },
		"DPDK could not use {address}: it is still on its kernel driver, its VFIO group is not "
		"free, or it does not answer; a line before may say which",
		"readlink /sys/bus/pci/devices/{address}/driver must show vfio-pci (dpdk-devbind.py "
		"--bind=vfio-pci {address}; Mellanox cards stay on mlx5_core); hostdevctl check {address} "
		"looks at its group and users",
		{ "iommu-group-viable", "holders-free", "device-alive" }, HD_MESSAGE_EVENT,
	},
	{
		/* DPDK eal_vfio.c vfio_open_group_fd */
		"dpdk-group-busy", HD_SPEAKER_TOOL,
		{ "Cannot open /dev/vfio/{number:group}: Device or resource busy" },
		"another process has VFIO group {group} open: a group belongs to one process at a time",
		"fuser -v /dev/vfio/{group} names it; stop it or the guest that has the device",
		{ "holders-free", "iommu-group-exclusive" }, HD_MESSAGE_CERTAIN,
	},
	{
		/* DPDK usertools/dpdk-devbind.py bind_one */
		"dpdk-cannot-bind", HD_SPEAKER_TOOL,
		{ "Cannot bind to driver {word:driver}" },
		"{driver} refused the device. For vfio-pci: the device is not in any IOMMU group: the "
		"IOMMU is off, or because this is a guest without a virtual IOMMU; else it is a bridge or "
		"on the list of denied devices",
		"the end of dmesg has the reason. Host: VT-d or AMD-Vi in the firmware, intel_iommu=on. "
		"Guest: give it a virtual IOMMU (<iommu model='intel'>), or inside of it echo 1 > "
		"/sys/module/vfio/parameters/enable_unsafe_noiommu_mode",
		{ "iommu-group-present", "iommu-enabled", "not-denylisted" }, HD_MESSAGE_EVENT,
	},
	{
		"dpdk-no-driver", HD_SPEAKER_TOOL,
		{ "Cannot open /sys/bus/pci/drivers/{word:driver}" },
		"there is no driver of that name: its module is not loaded, or the name is the module's "
		"(vfio_pci) instead of the driver's (vfio-pci). An empty name: the device has no driver, "
		"so that there is nothing to unbind",
		"modprobe vfio-pci, then bind to 'vfio-pci', with a hyphen; ls /sys/bus/pci/drivers shows "
		"all names",
		{ "vfio-modules" }, HD_MESSAGE_EVENT,
	},
	{
		"dpdk-interface-active", HD_SPEAKER_TOOL,
		{ "routing table indicates that interface {address} is active. Not modifying" },
		"the host's own network uses {address} (a route leads through it), so dpdk-devbind left it "
		"alone",
		"use another port, or move the host's address and routes first; hostdevctl check "
		"{address} shows what would be cut off",
		{ "network-free" }, HD_MESSAGE_CERTAIN,
	},
	{
		/* DPDK drivers/common/mlx5/mlx5_common_pci.c; it uses libibverbs beside mlx5_core */
		"dpdk-mlx5", HD_SPEAKER_TOOL,
		{ "net_mlx5: probe of PCI device {address} aborted" },
		"DPDK uses Mellanox cards through their kernel driver (mlx5_core) and RDMA nodes, and did "
		"not find these: a container without /dev/infiniband, a card on vfio-pci, or no rdma-core",
		"leave {address} on mlx5_core; give the container its RDMA nodes (isRdma: true in the "
		"device plugin's configuration) and install rdma-core",
		{ "device-present" }, HD_MESSAGE_EVENT,
	},
	{
		/* containernetworking libcni; multus */
		"cni-plugin-missing", HD_SPEAKER_TOOL,
		{ "failed to find plugin \"{word:plugin}\" in path [{text:folder}]" },
		"the CNI program {plugin} is not installed on that node",
		"install it into {folder} on each node (for sriov: the DaemonSet of sriov-cni), then "
		"start the pod again",
		{ NULL }, HD_MESSAGE_CERTAIN,
	},
	{
		/* sriov-cni pkg/sriov; Linux net/core/dev.c dev_change_name: EBUSY while it is up */
		"cni-interface-busy", HD_SPEAKER_TOOL,
		{ "failed to rename vf {number:vf} device {text:names}: device or resource busy",
		  "error bringing interface up in container ns", "failed to rename netlink device" },
		"the interface of the virtual function was busy when the CNI plugin set it up: it was "
		"still up (an interface that is up cannot be renamed), or in a reset because its "
		"settings (VLAN, trust) had just changed",
		"set it down on the node (ip link set dev NAME down) and let no network manager take it; "
		"then start the pod again; newer versions of sriov-cni wait and try again",
		{ "vf-parent-up", "network-free" }, HD_MESSAGE_EVENT,
	},
	{
		/* KubeVirt pkg/virt-launcher/virtwrap/device/hostdevice/generic */
		"kubevirt-devices-differ", HD_SPEAKER_TOOL,
		{ "the number of generic host-devices do not match the number of devices",
		  "the number of GPU/s do not match the number of devices" },
		"the guest's pod got fewer devices than the guest wants: a resource name changed (after "
		"an update), two devices have the same name, or the device plugin offers fewer",
		"compare the guest's deviceName with kubectl get node -o yaml (allocatable); remove the "
		"device from the guest and add it again; restart the device plugin",
		{ "device-present" }, HD_MESSAGE_EVENT,
	},
	{
		/* KubeVirt pkg/virt-launcher/virtwrap/device/hostdevice */
		"kubevirt-no-address", HD_SPEAKER_TOOL,
		{ "no PCI address found for resource", "env variable PCI_RESOURCE_",
		  "failed to create PCI address pool" },
		"the guest's pod was given no PCI address for that resource: its device plugin is not the "
		"one that the guest expects, or has none free",
		"kubectl describe the pod: its limits must name the resource; with another device plugin "
		"set externalResourceProvider: true; for networks look at the annotation network-status "
		"of the pod",
		{ "device-present" }, HD_MESSAGE_EVENT,
	},
	{
		/* sriov-cni pkg/config/config.go */
		"cni-no-address", HD_SPEAKER_TOOL,
		{ "VF pci addr is required" },
		"the pod got no virtual function: its network's definition does not name the resource of "
		"the device plugin",
		"set the annotation k8s.v1.cni.cncf.io/resourceName of the network, and request that "
		"resource in the pod",
		{ "vf-parent-up" }, HD_MESSAGE_CERTAIN,
	},
	{
		/* Kata src/runtime/virtcontainers */
		"kata-no-port", HD_SPEAKER_TOOL,
		{ "hot_plug_vfio= port is not set for device {address}",
		  "port is not set for device {address}" },
		"Kata's configuration names no port for VFIO devices, so {address} cannot be put into its "
		"virtual machine",
		"set cold_plug_vfio or hot_plug_vfio = 'root-port' and pcie_root_port in the "
		"configuration that this runtime really reads (kata-runtime env shows which)",
		{ "iommu-group-viable" }, HD_MESSAGE_CERTAIN,
	},
	{
		/* Kata src/runtime/virtcontainers/qemu.go */
		"kata-plug-failed", HD_SPEAKER_TOOL,
		{ "QMP command failed: Device '{word:device}' not found" },
		"the plugged device was not there when the runtime looked for it: a large card takes "
		"seconds to appear, or QEMU could not plug it",
		"QEMU's reason is in its log before it; plug the device at the start (cold_plug_vfio = "
		"'root-port'), and use a newer runtime that waits",
		{ "iommu-group-viable", "device-alive" }, HD_MESSAGE_EVENT,
	},
	{
		/* Nova nova/exception.py PciDeviceInvalidStatus */
		"nova-device-state", HD_SPEAKER_TOOL,
		{ "is claimed instead of {word:wanted}", "is allocated instead of {word:wanted}",
		  "is unavailable instead of {word:wanted}", "is unclaimable instead of {word:wanted}" },
		"Nova's records of the device do not fit what it does now: another instance has it, or an "
		"instance was removed without giving it back",
		"openstack server list --all-projects --host finds the instance; without one, set the row "
		"in nova's table pci_devices to 'available' (instance_uuid NULL) and restart nova-compute",
		{ "holders-free" }, HD_MESSAGE_EVENT,
	},
	{
		/* oVirt engine, AppErrors VAR__DETAIL */
		"ovirt-filter", HD_SPEAKER_TOOL,
		{ "did not satisfy internal filter {word:filter} because {text:reason}" },
		"oVirt did not choose the host for the guest: its filter {filter} refused it",
		"the reason stands after 'because': free the device or memory on that host, or change the "
		"guest's NUMA nodes, pinning or host devices",
		{ "device-present", "hugepages" }, HD_MESSAGE_CERTAIN,
	},
	{
		/* sriov-network-operator pkg/host/internal/kernel/kernel.go */
		"sriov-bind-no-iommu", HD_SPEAKER_TOOL,
		{ "make sure IOMMU is enabled in BIOS" },
		"the operator could not bind a function to vfio-pci on that node: its IOMMU is off in the "
		"firmware or on the kernel's command line, or the function has no IOMMU group",
		"on the node: hostdevctl check, or ls /sys/kernel/iommu_groups: empty: VT-d or AMD-Vi on in "
		"the firmware, intel_iommu=on (a MachineConfig in OpenShift); not empty: dmesg | grep vfio "
		"at that time; a guest as node: vfio enable_unsafe_noiommu_mode=1",
		{ "iommu-enabled", "iommu-firmware" }, HD_MESSAGE_EVENT,
	},
	{
		/* sriov-network-device-plugin pkg/netdevice, pkg/infoprovider */
		"sriov-no-rdma", HD_SPEAKER_TOOL,
		{ "Are RDMA modules loaded" },
		"a resource is to have RDMA (isRdma), but the virtual function has none on that node",
		"on the node: rdma link and ls /sys/class/infiniband: empty: modprobe mlx5_ib rdma_ucm (or "
		"the vendor's OFED), RoCE on in the card; the function is for a guest on vfio-pci: isRdma: "
		"false in the resource's configuration",
		{ "vf-parent-up" }, HD_MESSAGE_EVENT,
	},
	{
		/* sriov-cni pkg/sriov/sriov.go */
		"sriov-cni-setting", HD_SPEAKER_TOOL,
		{ "failed to set trust for vf {number:vf}",
		  "failed to set spoofchk",
		  "failed to set min/max tx rate" },
		"the driver of the physical function refused a setting that the network's definition has for "
		"its virtual function: that driver does not have it, the card is in switchdev mode, or the "
		"value is not allowed",
		"on the node: ip link set INTERFACE vf N trust on (or vlan, spoofchk) by hand gives the same "
		"error; devlink dev eswitch show: switchdev: VLAN goes by the representor; leave the setting "
		"(trust, vlan, spoofChk, minTxRate) out of the SriovNetwork; newer firmware of the card",
		{ "vf-parent-up" }, HD_MESSAGE_EVENT,
	},
	{
		/* nova/exception.py PciDeviceInvalidDeviceName */
		"nova-devname-and-address", HD_SPEAKER_TOOL,
		{ "can specify devname or address, but not both" },
		"an entry of [pci] device_spec has both devname and address",
		"keep one of them in nova.conf of that compute host: address = ADDRESS (devname changes with "
		"the interface), then restart nova-compute",
		{ "device-present" }, HD_MESSAGE_CERTAIN,
	},
	{ .id = NULL },
};
