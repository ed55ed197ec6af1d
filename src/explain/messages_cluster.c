/* SPDX-License-Identifier: GPL-2.0-or-later */
/* messages_cluster.c - what operators, runtimes and plugins of clusters say of devices. */
#include "config.h"

#include "explain/message.h"

const struct hd_message hd_messages_cluster[] = {
	{
		/* NVIDIA gpu-driver-container nvidia-driver, k8s-driver-manager */
		"gpu-driver-in-use", HD_SPEAKER_TOOL,
		{ "Could not unload NVIDIA driver kernel modules, driver is in use",
		  "nvidia driver module is already loaded with refcount" },
		"the driver pod wants to load its version of NVIDIA's driver, and the one that is loaded "
		"is in use: by pods, monitoring, X, or because the node has a driver of its own installed",
		"on the node: cat /proc/driver/nvidia/version, fuser -v /dev/nvidia*; a driver of the "
		"node itself: driver.enabled=false in the operator's values; else kubectl drain the node "
		"(driver.upgradePolicy autoUpgrade), stop X and nvidia-persistenced, or restart the node",
		{ "other-use-free" }, HD_MESSAGE_EVENT,
	},
	{
		/* NVIDIA gpu-driver-container nvidia-driver _resolve_kernel_version, _install_prerequisites */
		"gpu-driver-kernel-packages", HD_SPEAKER_TOOL,
		{ "Could not resolve Linux kernel version",
		  "Unable to open the file '/lib/modules/{text:kernel}/proc/version'" },
		"the driver pod builds NVIDIA's driver for the node's kernel and found no packages with "
		"headers of exactly that kernel: the node cannot reach the package mirror, the image is "
		"for another distribution, or the kernel is no longer (or not yet) in the repository",
		"uname -r on the node and the pod's image (its tag ends in the distribution): they must "
		"fit; proxy and repositories for the pod (driver.repoConfig, driver.env HTTPS_PROXY); "
		"update the node's kernel and restart it; precompiled drivers (driver.usePrecompiled), or "
		"a driver of the node with driver.enabled=false",
		{ NULL }, HD_MESSAGE_EVENT,
	},
	{
		/* harvester/pcidevices pkg/controller/pcideviceclaim */
		"harvester-claim-stale", HD_SPEAKER_TOOL,
		{ "Cannot find PCIDevice that owns" },
		"a claim is left of a device that the node no longer has (the card was removed or got "
		"another address), and it cannot be deleted the usual way",
		"kubectl get pcidevices,pcideviceclaims; kubectl edit pcideviceclaim NAME: remove its "
		"finalizers; claim the device again at its present address; newer release",
		{ NULL }, HD_MESSAGE_EVENT,
	},
	{
		/* kata-containers src/runtime/virtcontainers/kata_agent.go, pkg/agent/protocols/client */
		"kata-agent-silent", HD_SPEAKER_TOOL,
		{ "ailed to Check if grpc server is working",
		  "ailed to check if grpc server is working",
		  "timed out connecting to vsock {text:vsock}" },
		"the guest of the container did not come up in time, so its agent does not answer: with a "
		"GPU its start takes longer (large memory windows, its ROM), the guest's memory is too "
		"small for the card, or the guest's kernel lacks what it needs",
		"raise dial_timeout and create_container_timeout in Kata's configuration (60, 300 for "
		"GPUs), default_memory 4096 or more; enable_debug and the console (kernel_params "
		"agent.debug_console) show where the guest stops; q35, cold_plug_vfio=\"root-port\", the "
		"kernel and image for GPUs",
		{ "device-alive", "reset-works" }, HD_MESSAGE_EVENT,
	},
	{
		/* runc, moby, containerd: device information of --device */
		"runtime-no-node", HD_SPEAKER_TOOL,
		{ "while adding custom device \"{text:node}\": no such file or directory" },
		"the container asks for the node {node}, which the machine that runs it does not have: "
		"the driver of the card is not loaded there, the card is bound to vfio-pci, or it is "
		"another machine (Docker Desktop, WSL) than the one with the card",
		"ls -l {node} on the machine that runs the container: missing: lspci -nnk there shows "
		"card and driver: modprobe amdgpu or i915 (for /dev/dri, /dev/kfd); in a guest the card must "
		"have been handed over",
		{ "vfio-owned", "device-present" }, HD_MESSAGE_EVENT,
	},
	{
		/* the same; the node: Linux drivers/vfio/group.c */
		"container-no-vfio-group", HD_SPEAKER_TOOL,
		{ "while adding custom device \"/dev/vfio/{number:group}\": no such file or directory" },
		"the host has no /dev/vfio/{group} now: the device is not bound to vfio-pci, its group has another "
		"number since the last boot, or the IOMMU is off",
		"hostdevctl list shows groups and drivers: another group: write its number into the container's "
		"devices; another driver: bind it (hostdevctl detach, or hostdevctl setup bind for each boot); no "
		"group at all: hostdevctl check says what the IOMMU lacks",
		{ "iommu-enabled", "vfio-owned" }, HD_MESSAGE_EVENT,
	},
	{
		/* libnvidia-container src/ldcache.c, nvc_ldcache.c */
		"nvidia-ldcache", HD_SPEAKER_TOOL,
		{ "ldcache error: process {path:program} failed with error code",
		  "ldcache error: open failed: " },
		"the container toolkit could not run the container's or host's ldconfig: the path in its "
		"configuration does not fit the distribution",
		"/etc/nvidia-container-runtime/config.toml: ldconfig = \"@/sbin/ldconfig.real\" on Debian "
		"and Ubuntu, \"@/sbin/ldconfig\" elsewhere; or use CDI (nvidia-ctk cdi generate), which "
		"does not need it; restart the runtime",
		{ NULL }, HD_MESSAGE_EVENT,
	},
	{
		/* libnvidia-container src/cgroup.c, nvcgo */
		"nvidia-cgroup", HD_SPEAKER_TOOL,
		{ "failed to add device rules: unable to find any existing device filters attached to the cgroup",
		  "container error: cgroup subsystem devices not found",
		  "bpf_prog_query(BPF_CGROUP_DEVICE) failed: operation not permitted" },
		"the container toolkit may not change the list of devices of the container's cgroup: it "
		"runs without the rights (rootless, inside LXC or another container), or is too old for "
		"cgroups v2",
		"rootless or in LXC: no-cgroups = true in /etc/nvidia-container-runtime/config.toml, and "
		"the nodes /dev/nvidia* handed over by the outer one; else nvidia-container-toolkit 1.8 "
		"or newer, or CDI",
		{ NULL }, HD_MESSAGE_EVENT,
	},
	{
		/* NVIDIA k8s-device-plugin, cmd/nvidia-device-plugin */
		"dp-nothing-found", HD_SPEAKER_TOOL,
		{ "Incompatible strategy detected auto", "Incompatible platform detected",
		  "If this is a GPU node, did you configure the NVIDIA Container Toolkit?",
		  "No devices found. Waiting indefinitely" },
		"the device plugin sees no NVIDIA card in its own container: the container runtime of the "
		"node does not hand cards over (nvidia is not the default runtime or the pod has no "
		"runtime class), or the node has no loaded driver",
		"nvidia-smi on the node first; then nvidia-ctk runtime configure --runtime=containerd "
		"--set-as-default and restart containerd, or runtimeClassName: nvidia for the plugin; "
		"cards that are bound to vfio-pci are for the sandbox or KubeVirt plugin, not this one",
		{ "device-present", "vfio-owned" }, HD_MESSAGE_EVENT,
	},
	{
		/* NVIDIA go-nvlib pkg/nvlib/info/property-extractor.go */
		"dp-no-nvml", HD_SPEAKER_TOOL,
		{ "Detected non-NVML platform: could not load NVML library: {text}: cannot open shared object "
		  "file: {text}" },
		"the container has not the library of NVIDIA's driver: it was not started by NVIDIA's runtime, or "
		"the node has no driver",
		"nvidia-smi on the node: if it fails, install the driver first; if it works: nvidia-ctk runtime "
		"configure --runtime=containerd --set-as-default, restart containerd and the plugin's pod, or give "
		"it runtimeClassName: nvidia; on a node without a GPU keep the plugin off (nodeSelector)",
		{ NULL }, HD_MESSAGE_EVENT,
	},
	{
		/* k8snetworkplumbingwg sriov-network-device-plugin cmd/sriovdp/manager.go */
		"sriov-dp-nothing", HD_SPEAKER_TOOL,
		{ "no devices in device pool, skipping creating resource server" },
		"the SR-IOV device plugin found no function that fits its selectors: no virtual functions "
		"were created, or vendor, device, driver (vfio-pci against iavf or mlx5_core) or pfNames "
		"in its configuration differ",
		"on the node: lspci -nnk | grep -A2 -i virtual; cat "
		"/sys/class/net/PF/device/sriov_numvfs; compare with the ConfigMap (vendors, devices, "
		"drivers, pfNames, isRdma), then restart the plugin's pod",
		{ "vf-parent-up", "vfio-owned" }, HD_MESSAGE_EVENT,
	},
	{
		/* k8snetworkplumbingwg sriov-cni pkg/config/config.go LoadConf */
		"sriov-cni-no-driver", HD_SPEAKER_TOOL,
		{ "does not have a interface name or a dpdk driver" },
		"the network plugin got a virtual function without an interface of its own: its driver in "
		"the node is missing (iavf, mlx5_core), or still in another pod's network",
		"lspci -nnk -s ADDRESS on the node: no driver: modprobe iavf (mlx5_core); it is in a pod "
		"that is gone: delete that pod's sandbox, restart the node",
		{ "vf-parent-up" }, HD_MESSAGE_EVENT,
	},
	{
		/* kubevirt pkg/virt-launcher/virtwrap/manager.go */
		"kubevirt-no-ovmf", HD_SPEAKER_TOOL,
		{ "EFI OVMF roms missing for booting", "EFI OVMF rom missing" },
		"the launcher's image has no UEFI firmware of the kind that the machine asks for (Secure "
		"Boot, SEV, or this processor architecture)",
		"spec.domain.firmware.bootloader.efi.secureBoot: false if Secure Boot is not needed (it "
		"also needs features.smm); else KubeVirt's own launcher image of a newer release",
		{ NULL }, HD_MESSAGE_EVENT,
	},
	{
		/* lxc src/lxc/conf.c lxc_setup() */
		"lxc-mount-hook", HD_SPEAKER_TOOL,
		{ "Failed to run mount hooks" },
		"a script that the container runs when its file systems are mounted ended with an error; with "
		"nvidia.runtime, or NVIDIA's hook in its configuration, that is nvidia-container-cli: the "
		"host's driver does not run, does not fit it, or the container is privileged, where it does "
		"not work",
		"on the host: nvidia-container-cli -k -d /dev/tty info prints the hook's own error, nvidia-smi "
		"must work; an unprivileged container; without the hook (lxc config set NAME nvidia.runtime "
		"false, or remove lxc.hook.mount) it starts: then it is only the hook",
		{ NULL }, HD_MESSAGE_EVENT,
	},
	{
		/* lxc src/lxc/conf.c run_buffer(), start.c */
		"lxc-script-status", HD_SPEAKER_TOOL,
		{ "Script exited with status {number}{near:mount hooks}", "Failed to setup container \"{text:guest}\"",
		  "An error occurred in another process (expected sequence number" },
		"the container was not set up; which step failed another line says",
		"read the first ERROR line of the start: lxc info NAME --show-log, or lxc-start -n NAME -F -l "
		"DEBUG",
		{ NULL }, HD_MESSAGE_FOLLOWS,
	},
	{
		/* CloudStack plugins/hypervisors/kvm LibvirtComputingResource.configure() */
		"cloudstack-no-private-nic", HD_SPEAKER_TOOL,
		{ "Failed to get private nic name", "Failed to get public nic name" },
		"the agent of CloudStack finds no interface for its traffic: the bridge that agent.properties "
		"names does not exist on this host, or it names none",
		"ip -br link shows the bridges: make the one of private.network.device and "
		"guest.network.device in /etc/cloudstack/agent/agent.properties (usually cloudbr0) with the "
		"host's card in it, or correct the names; then systemctl restart cloudstack-agent",
		{ NULL }, HD_MESSAGE_EVENT,
	},
	{ .id = NULL },
};
