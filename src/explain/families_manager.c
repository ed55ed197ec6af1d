/* SPDX-License-Identifier: GPL-2.0-or-later */
/* families_manager.c - what do managers of guests mean where they say what they refused? */
#include "config.h"

#include "explain/families.h"

const struct hd_family hd_families_manager[] = {
	{
		0, 0, NULL,
		{ "general-runtime-class", HD_SPEAKER_TOOL, { NULL },
			"the node's container runtime does not know the runtime that the pod asks for: "
			"'{reason}'. What installs it did not run there, or wrote another configuration "
			"file than the runtime reads",
			"on that node: crictl info | grep -A3 runtimes, or containerd config dump | grep -i "
			"runtimes: it is missing: kubectl get pods -A -o wide: the toolkit's or operator's pod "
			"of that node (nvidia-container-toolkit, kata-deploy): its log; k3s, RKE2 and microk8s "
			"have configuration files of their own: set its path in the operator; then systemctl "
			"restart containerd (or crio), and delete the pod",
			{ NULL }, HD_MESSAGE_GENERAL },
		"no runtime for|runtimeclass*|runtime class*|runtime handler*|unknown runtime|sandbox runtime",
	},
	{
		0, 0, NULL,
		{ "general-cpuset", HD_SPEAKER_LIBVIRT, { NULL },
			"the guest cannot get the CPUs or memory nodes that it is pinned to: the "
			"control group above it does not have them, or may not be written: '{reason}'",
			"cat cpuset.cpus.effective and cpuset.mems.effective of the group above it: "
			"what <vcpupin>, <emulatorpin> and <numatune> name (virsh dumpxml {guest}) must "
			"be in there: change them, or AllowedCPUs= of the slice; a pod: "
			"dedicatedCpuPlacement with cpuManagerPolicy static, and /sys/fs/cgroup "
			"writable; a CPU that is offline: lscpu -e; else restart the daemon",
			{ "numa-near", "unit-hardening" }, HD_MESSAGE_GENERAL },
		"cpuset*|vcpupin|emulatorpin|allowedcpus|cpu affinity|setaffinity*|sched_setaffinity*|affinity of",
	},
	{
		0, 0, NULL,
		{ "general-cni-no-net", HD_SPEAKER_TOOL, { NULL },
			"the plugin looked for the network interface of a device and found none: "
			"'{reason}'. A device on vfio-pci has none, which is right for guests; a "
			"virtual function without its driver has none; a virtio device has it one "
			"folder deeper; and without physfn it is not a virtual function, as inside "
			"a guest",
			"on the node: ls -l /sys/bus/pci/devices/{address}/driver "
			"/sys/bus/pci/devices/{address}/net: vfio-pci: nothing is wrong, if it is "
			"for a guest or DPDK; no driver: modprobe it (iavf, mlx5_core) and restart "
			"the device plugin; virtio: update the CNI plugins, or name the interface "
			"('device') instead of pciBusID; the node is a guest itself: use the "
			"plugin host-device instead of sriov",
			{ "device-present", "vf-parent-up" }, HD_MESSAGE_GENERAL },
		"no net directory|pf name|physfn*|get vf information|net: no such file|netdevice|"
		"no netdev*",
	},
	{
		0, 0, NULL,
		{ "general-cni-setting", HD_SPEAKER_TOOL, { NULL },
			"the network plugin got the virtual function and could not set it up: "
			"'{reason}'. Its driver or card does not take that setting, or the value "
			"is not valid",
			"kubectl get net-attach-def -o yaml: take link_state, spoofchk, trust, "
			"vlan, rate and mac out of its config one after the other: what the driver "
			"does not support must go (the plugin then starts). On the node ip link "
			"set PF vf N with the same setting gives the same error. InfiniBand: a "
			"GUID must be set first: ip link set PF vf N node_guid and port_guid, or "
			"ib-kubernetes",
			{ "vf-parent-up" }, HD_MESSAGE_GENERAL },
		"configure vf|set vf|guid is not valid|guid|configure the vf|setup vf|release vf",
	},
	{
		0, 0, NULL,
		{ "general-cni-name", HD_SPEAKER_TOOL, { NULL },
			"the network plugin could not move the interface into the pod: one of that "
			"name is there already, or it is the node's own ('{reason}')",
			"ip link on the node: the interface that carries the node's address must "
			"not be given away: choose another in the NetworkAttachmentDefinition; "
			"else set another name for it in the pod's annotation (\"interface\": "
			"\"net1\"), or a static one that is used once",
			{ "network-free" }, HD_MESSAGE_GENERAL },
		"move link*|failed to move|rename link*|interface name",
	},
	{
		0, 0, NULL,
		{ "general-cni-config", HD_SPEAKER_TOOL, { NULL },
			"the definition of the pod's network is not one that the plugin takes: "
			"'{reason}'",
			"kubectl get net-attach-def -A -o yaml: spec.config is JSON with "
			"cniVersion, name and type (\"host-device\", \"sriov\", \"macvlan\"), and what "
			"that type needs (device, pciBusID, ipam); the annotation "
			"k8s.v1.cni.cncf.io/networks of the pod names it, with its namespace; for "
			"virtual functions also k8s.v1.cni.cncf.io/resourceName",
			{ NULL }, HD_MESSAGE_GENERAL },
		"netconf|loaddelegatenetconf*|delegates|delegate|net-attach-def|"
		"networkattachmentdefinition*|network-attachment-definition*|getk8snetwork*",
	},
	{
		0, 0, NULL,
		{ "general-node-drain", HD_SPEAKER_TOOL, { NULL },
			"an operator could not empty the node before it changes its devices, so it "
			"waits and tries again: a pod may not be evicted or does not end "
			"('{reason}')",
			"kubectl get pdb -A: a budget with ALLOWED DISRUPTIONS 0 holds it: move or "
			"delete the pod that the line names (guests: live migration, or shut them "
			"down); a cluster of one node cannot be drained: disableDrain: true in "
			"SriovOperatorConfig; then the operator goes on by itself",
			{ NULL }, HD_MESSAGE_GENERAL },
		"draining failed|failed to drain|drain node|drain timeout|evict*|"
		"disruption budget|drained",
	},
	{
		0, 0, NULL,
		{ "general-sriov-operator", HD_SPEAKER_TOOL, { NULL },
			"the SR-IOV operator could not bring a card into the state of its "
			"policies: '{reason}'",
			"kubectl -n sriov-network-operator logs of sriov-network-config-daemon on "
			"that node, the first error for the address. 'operation not supported' on "
			"InfiniBand: linkType: ib is missing in the policy; more functions than "
			"the firmware has: numVfs, and mlxconfig -d {address} query (SRIOV_EN, "
			"NUM_OF_VFS), SR-IOV in the node's firmware setup; switchdev refused: set "
			"numVfs 0, then eSwitchMode, and update the card's firmware. By hand on "
			"the node: echo N > /sys/bus/pci/devices/{address}/sriov_numvfs",
			{ "vf-parent-up" }, HD_MESSAGE_GENERAL },
		"lastsyncerror|sriov-network-config*|sriovnetworknodestate*|"
		"configsriovinterface*|sriov interface|setnodestatestatus*|"
		"sriovnetworknodepolicy*|eswitch mode|sriov device",
	},
	{
		HD_SAYS_KUBE, 0, NULL,
		{ "general-kube-manifest", HD_SPEAKER_TOOL, { NULL },
			"Kubernetes refuses the object that was sent, and changed nothing: "
			"'{reason}'. A field has another name, place or value in this version",
			"kubectl explain with the path in the line (such as "
			"virtualmachine.spec.template.spec.domain.devices) shows what this cluster "
			"takes; kubectl apply --dry-run=server -f FILE repeats it without a "
			"change. Devices are requested below containers[].resources.limits (the "
			"pod's own spec.resources takes only cpu, memory and hugepages), in "
			"KubeVirt below domain.devices.gpus or hostDevices; 'no matches for kind': "
			"the operator with that kind is not installed, or the apiVersion is another",
			{ NULL }, HD_MESSAGE_GENERAL },
		"unsupported value|unknown field|validation failed|error validating data|"
		"strict decoding|no matches for kind|cannot unmarshal|required value|"
		"duplicate value|is immutable|may not be specified|invalid value",
	},
	{
		HD_SAYS_KUBE, 0, NULL,
		{ "general-kube-rights", HD_SPEAKER_TOOL, { NULL },
			"the account that asks has not the right for it in Kubernetes: '{reason}'",
			"kubectl auth can-i with that verb and resource, --as= the account in the "
			"line: 'no': a Role or ClusterRole and its binding are missing: apply the "
			"operator's or plugin's manifests of this version again; devices are not "
			"involved",
			{ NULL }, HD_MESSAGE_GENERAL },
		"is forbidden|cannot list resource|cannot get resource|cannot create resource|"
		"cannot patch resource|cannot watch resource&cannot*|user|not allowed",
	},
	{
		0, 0, NULL,
		{ "general-cdi", HD_SPEAKER_TOOL, { NULL },
			"the container runtime is to hand over a device by its CDI name or through "
			"NVIDIA's toolkit, and could not: '{reason}'",
			"nvidia-ctk cdi list, or ls /etc/cdi /var/run/cdi, on the node: the name "
			"must be there: generate it (nvidia-ctk cdi generate "
			"--output=/etc/cdi/nvidia.yaml; for cards on vfio-pci the sandbox device "
			"plugin writes it); 'could not select device driver': install "
			"nvidia-container-toolkit, nvidia-ctk runtime configure, and restart the "
			"runtime. nvidia-smi must work on the node unless the card is on vfio-pci",
			{ "device-present" }, HD_MESSAGE_GENERAL },
		"cdi device*|cdi devices|unresolvable|nvidia-container-cli*|"
		"nvidia-container-runtime*|select device driver|cdi spec*",
	},
	{
		0, 0, NULL,
		{ "general-nova-filter", HD_SPEAKER_TOOL, { NULL },
			"Nova's scheduler leaves this host out: it has no free device for what the "
			"flavor's alias asks ('{reason}')",
			"on that host lspci -nn must have a device of the alias's vendor_id and "
			"product_id that [pci] device_spec allows, with the same device_type "
			"(type-PCI, type-PF, type-VF); openstack resource provider inventory list, "
			"or the table pci_devices (status available), shows what is left; "
			"numa_policy in the alias: preferred. After a change of nova.conf restart "
			"nova-compute",
			{ "device-present" }, HD_MESSAGE_GENERAL },
		"required pci devices|instancepcirequest*|pcirequest*|pcipassthroughfilter|"
		"pci_passthrough_filter|numatopologyfilter",
	},
	{
		HD_SAYS_NOVA, 0, NULL,
		{ "general-nova-device-gone", HD_SPEAKER_TOOL, { NULL },
			"Nova's database has a device that the host does not show any more, or not "
			"under that address: '{reason}'",
			"lspci -nn -s {address} on the compute host: not there: its slot, "
			"functions or firmware changed: correct [pci] device_spec and restart "
			"nova-compute, which marks the old one as removed; virtual functions must "
			"be created before nova-compute starts; an instance that has it must be "
			"stopped first",
			{ "device-present", "vf-parent-up" }, HD_MESSAGE_GENERAL },
		"pcidevicenotfound*|pci device|pcideviceinvalid*|pcideviceprepfailed*|"
		"pcidevicedetachfailed*",
	},
	{
		HD_SAYS_PROXMOX, 0, NULL,
		{ "general-proxmox-bind", HD_SPEAKER_TOOL, { NULL },
			"Proxmox could not move the device to vfio-pci: a driver of the host does "
			"not let go of it, it has no IOMMU group, or it is gone",
			"lspci -nnk -s {address}: 'Kernel driver in use' names the driver: stop "
			"what uses the device, or bind it at boot: options vfio-pci "
			"ids=VENDOR:DEVICE and softdep DRIVER pre: vfio-pci in /etc/modprobe.d, "
			"update-initramfs -u -k all, restart. No group below "
			"/sys/bus/pci/devices/{address}: turn the IOMMU on; dmesg right after qm "
			"start has the kernel's reason",
			{ "holders-free", "iommu-enabled", "device-present" }, HD_MESSAGE_GENERAL },
		"cannot bind|can't bind|could not bind|to vfio|bind device|unbind",
	},
	{
		HD_SAYS_PROXMOX, 0, NULL,
		{ "general-proxmox-mdev", HD_SPEAKER_TOOL, { NULL },
			"Proxmox could not create the mediated device (vGPU): the type has no "
			"instance left, is not one of that card, or the vGPU driver of the host is "
			"not ready ('{reason}')",
			"pvesh get /nodes/$(hostname)/hardware/pci/{address}/mdev lists the types "
			"and how many are available: 0: stop another guest, or all instances on "
			"the card must have one type; empty: systemctl status nvidia-vgpud "
			"nvidia-vgpu-mgr; newer cards need their virtual functions first "
			"(systemctl start pve-nvidia-sriov@ALL, sriov-manage -e)",
			{ "vgpu-vendor-ready", "mdev-present" }, HD_MESSAGE_GENERAL },
		"could not create 'type'|mdev*|mediated|vgpu*",
	},
	{
		0, 0, NULL,
		{ "general-proxmox-parameter", HD_SPEAKER_TOOL, { NULL },
			"the interface of Proxmox refuses a value, and changed nothing: "
			"'{reason}'. What stands before the colon names the setting",
			"hostpciN takes host=0000:01:00 (an address) or mapping=NAME (a resource "
			"mapping), never a name as host=; 'only root can set': log in as root@pam "
			"with its password, not a token, or use a mapping; pvesh usage "
			"/nodes/NODE/qemu/VMID/config -v lists the form of each setting; qm set "
			"VMID --hostpci0 ... on the node shows the same error",
			{ "device-present" }, HD_MESSAGE_GENERAL },
		"regex pattern|format error|parameter verification failed|not defined in schema|"
		"invalid format|property is not defined",
	},
	{
		HD_SAYS_XEN, 0, NULL,
		{ "general-xen-guest-memory", HD_SPEAKER_TOOL, { NULL },
			"the guest's kernel has no memory for the buffer that its devices use "
			"(swiotlb), so that they do not start: '{reason}'",
			"give the guest more memory at its start, and no balancing (Qubes: "
			"include_in_balance off, initial memory 500 or more for sys-net and "
			"sys-usb); swiotlb=2048 in the guest's kernel parameters makes the buffer "
			"smaller; pass one device less to it",
			{ NULL }, HD_MESSAGE_GENERAL },
		"swiotlb*|contiguous memory|pcifront*|bounce buffer*",
	},
	{
		0, 0, NULL,
		{ "general-reset-kind", HD_SPEAKER_TOOL, { NULL },
			"the device cannot be reset by itself: it has neither a function-level "
			"reset (FLR) nor one by power, and its bus cannot be reset alone: "
			"'{reason}'",
			"Qubes: attach it again with -o no-strict-reset=True (qvm-pci attach "
			"--persistent); Xen: permissive, or give all functions of the card to one "
			"guest; libvirt: all devices of its bus to one guest; cat "
			"/sys/bus/pci/devices/{address}/reset_method shows what the kernel knows. "
			"Without a reset it may work once after each start of the host only",
			{ "reset-works" }, HD_MESSAGE_GENERAL },
		"no flr|pm reset|strict-reset|bus reset available|no reset method",
	},
	{
		0, 0, NULL,
		{ "general-bhyve", HD_SPEAKER_TOOL, { NULL },
			"bhyve (FreeBSD, TrueNAS CORE) does not take the device or the guest's "
			"memory: '{reason}'",
			"a passed-through device needs the guest's memory wired: bhyve -S "
			"(vm-bhyve does it with passthru0; iohyve: bargs=-A_-H_-P_-S); the device "
			"must be on ppt: pptdevs=\"2/0/0\" in /boot/loader.conf, pciconf -l shows "
			"ppt0; VT-d or AMD-Vi on (hw.vmm.iommu.enable, hw.vmm.amdvi.enable)",
			{ NULL }, HD_MESSAGE_GENERAL },
		"bhyve*|guest memory to be wired|passthru*|pptdevs|vmm.ko|/dev/vmm*|vmmctl",
	},
	{ .answer = { .id = NULL } },
};
