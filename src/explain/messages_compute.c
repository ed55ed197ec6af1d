/* SPDX-License-Identifier: GPL-2.0-or-later */
/* messages_compute.c - what programs that compute on a passed graphics card say: CUDA, ROCm, containers. */
#include "config.h"

#include "explain/message.h"

const struct hd_message hd_messages_compute[] = {
	{
		/* moby daemon/devices.go DeviceDriverError */
		"docker-no-gpu-driver", HD_SPEAKER_TOOL,
		{ "could not select device driver \"{text:name}\" with capabilities: [[gpu]]" },
		"Docker has nothing that hands it NVIDIA cards: the NVIDIA Container Toolkit is not "
		"installed or not known to Docker where this command ran. The card itself is not at fault",
		"nvidia-smi must list the card there first (in the guest, if the container runs in a "
		"guest); then install nvidia-container-toolkit, nvidia-ctk runtime configure "
		"--runtime=docker, systemctl restart docker. Docker from a snap or rootless Docker needs "
		"its own configuration",
		{ "device-present" }, HD_MESSAGE_EVENT,
	},
	{
		/* libnvidia-container src/nvc.c, nvml error 9 (NVML_ERROR_DRIVER_NOT_LOADED) */
		"nvidia-toolkit-no-driver", HD_SPEAKER_TOOL,
		{ "initialization error: nvml error: driver not loaded" },
		"NVIDIA's kernel driver is not loaded where the container runs: it was not installed "
		"there or not built for the running kernel, or the card is bound to vfio-pci for a guest",
		"nvidia-smi there: fails as well: lspci -nnk -d 10de: shows the driver: vfio-pci: the "
		"card belongs to a guest, start the container in that guest; none or nouveau: install "
		"NVIDIA's driver for the running kernel (dkms status) and restart; nvidia-smi works: LXC "
		"and rootless containers also need the nodes /dev/nvidia*",
		{ "vfio-owned", "device-present", "device-alive" }, HD_MESSAGE_EVENT,
	},
	{
		/* libnvidia-container src/nvc.c: dlopen of libnvidia-ml.so.1 */
		"nvidia-toolkit-no-library", HD_SPEAKER_TOOL,
		{ "load library failed: libnvidia-ml.so.1: cannot open shared object file",
		  "could not find nvml library: libnvidia-ml.so.1",
		  "failed to initialize NVML: ERROR_LIBRARY_NOT_FOUND" },
		"the user part of NVIDIA's driver (libnvidia-ml.so.1) is not where the container is "
		"started: the driver is not installed there, or only its kernel module is",
		"nvidia-smi and ldconfig -p | grep nvidia-ml on that machine (the guest, if the container "
		"runs in one): missing: install NVIDIA's driver with its libraries (Debian: "
		"libnvidia-ml1, Ubuntu: nvidia-utils-VERSION of the module's version); there: the runtime "
		"of the container is not nvidia: nvidia-ctk runtime configure, or runtimeClassName: nvidia",
		{ "device-present", "vfio-owned" }, HD_MESSAGE_EVENT,
	},
	{
		/* libnvidia-container src/driver.c */
		"nvidia-toolkit-rpc", HD_SPEAKER_TOOL,
		{ "initialization error: driver rpc error",
		  "initialization error: driver error: failed to process request",
		  "initialization error: driver rpc error: timed out" },
		"NVIDIA's driver did not answer the container's setup: it is being loaded (no "
		"persistence), it hangs because a card is dead, or module and library are of different "
		"versions after an update",
		"time nvidia-smi on that machine: it takes many seconds: systemctl enable --now "
		"nvidia-persistenced; it hangs or names an unknown error: dmesg | grep -e NVRM -e Xid and "
		"hostdevctl explain for what it says; 'version mismatch': restart the machine",
		{ "device-alive" }, HD_MESSAGE_EVENT,
	},
	{
		/* libnvidia-container src/cli: select_devices */
		"nvidia-toolkit-device", HD_SPEAKER_TOOL,
		{ "nvidia-container-cli: device error: {text:device}: unknown device" },
		"the container asks for card {device} (NVIDIA_VISIBLE_DEVICES, --gpus), which the machine "
		"does not have: another number or UUID, a card that went to a guest or was lost, or a "
		"partition (MIG) that does not exist",
		"nvidia-smi -L on that machine lists numbers and UUIDs: name one of these; lspci -nnk -d "
		"10de: shows a card that is bound to vfio-pci; the card is in neither: dmesg | grep -e "
		"NVRM -e Xid",
		{ "device-present", "vfio-owned", "device-alive" }, HD_MESSAGE_EVENT,
	},
	{
		/* libnvidia-container / nvidia-container-toolkit internal/requirements */
		"nvidia-toolkit-requirement", HD_SPEAKER_TOOL,
		{ "requirement error: unsatisfied condition: {text:condition}" },
		"the image needs a newer driver than the one that is loaded where the container starts "
		"({condition})",
		"nvidia-smi there shows the driver and its CUDA version: update the driver, or take an "
		"image of that CUDA version or older; NVIDIA_DISABLE_REQUIRE=1 turns the question off for "
		"images that run anyway",
		{ "device-present" }, HD_MESSAGE_EVENT,
	},
	{
		/* container-device-interface pkg/cdi: InjectDevices; moby daemon/cdi.go */
		"cdi-no-vendor", HD_SPEAKER_TOOL,
		{ "no known GPU vendor found", "failed to discover GPU vendor from CDI" },
		"the runtime found no CDI description of the card: /etc/cdi and /var/run/cdi have none, "
		"or one that was made before the card, driver or partition changed",
		"nvidia-smi -L must list the card there; then nvidia-ctk cdi generate "
		"--output=/etc/cdi/nvidia.yaml, nvidia-ctk cdi list, and the same name as there "
		"(nvidia.com/gpu=all); again after each driver update",
		{ "device-present", "vfio-owned" }, HD_MESSAGE_EVENT,
	},
	{
		/* CUDA cudaErrorUnknown (999) */
		"cuda-unknown-999", HD_SPEAKER_TOOL,
		{ "CUDA unknown error - this may be due to an incorrectly set up environment",
		  "cuInit(0) returned 999", "cuda_error_unknown", "CUDA_ERROR_UNKNOWN" },
		"CUDA found the card and could not use it: /dev/nvidia-uvm is missing or belongs to a "
		"module of before a suspend, module and library differ, or the card hangs",
		"ls -l /dev/nvidia-uvm: missing: nvidia-modprobe -u -c=0 (in a container give it the "
		"node); after suspend: rmmod nvidia_uvm; modprobe nvidia_uvm; else dmesg | grep -e NVRM "
		"-e Xid, and restart",
		{ "device-alive", "sleep-handled" }, HD_MESSAGE_EVENT,
	},
	{
		/* PyTorch torch/cuda/__init__.py, c10/cuda/CUDAFunctions.cpp */
		"cuda-no-card", HD_SPEAKER_TOOL,
		{ "RuntimeError: No CUDA GPUs are available",
		  "CUDA_ERROR_NO_DEVICE: no CUDA-capable device is detected",
		  "no CUDA-capable device is detected", "Found no NVIDIA driver on your system" },
		"the program sees no NVIDIA card with a running driver: the driver is not loaded in this "
		"guest or container, the card was not handed to it, or CUDA_VISIBLE_DEVICES excludes it",
		"nvidia-smi at the same place: it lists the card: unset CUDA_VISIBLE_DEVICES, and start "
		"the container with --gpus all; it fails: lspci -nnk -d 10de: (in the guest): no card: "
		"hostdevctl attach GUEST ADDRESS on the host; a card without the driver nvidia: install "
		"it there; 'RmInitAdapter failed' in dmesg: explain that line",
		{ "device-present", "device-alive", "vfio-owned" }, HD_MESSAGE_EVENT,
	},
	{
		/* CUDA cudaErrorInsufficientDriver (35) */
		"cuda-driver-old", HD_SPEAKER_TOOL,
		{ "CUDA driver version is insufficient for CUDA runtime version",
		  "The NVIDIA driver on your system is too old" },
		"the driver that is loaded here is older than the program's CUDA needs",
		"nvidia-smi shows the driver and the newest CUDA that it can: update the driver in this "
		"guest or host (with vGPU: to the release that fits the host's), or install the program "
		"for that CUDA",
		{ "device-present" }, HD_MESSAGE_EVENT,
	},
	{
		/* CUDA cudaErrorNoKernelImageForDevice (209) */
		"cuda-no-kernel-image", HD_SPEAKER_TOOL,
		{ "no kernel image is available for execution on the device",
		  "hipErrorNoBinaryForGpu: Unable to find code object for all current devices",
		  "with CUDA capability {text:capability} is not compatible with the current PyTorch installation" },
		"the program was built for other graphics cards than this one: the card is newer or older "
		"than the build. The hand-over of the card works",
		"nvidia-smi --query-gpu=name,compute_cap --format=csv (AMD: rocminfo | grep gfx): install "
		"a build of the program for it (PyTorch: the wheel of the newest CUDA); AMD: "
		"HSA_OVERRIDE_GFX_VERSION of a sibling, such as 10.3.0 or 11.0.0",
		{ NULL }, HD_MESSAGE_EVENT,
	},
	{
		/* CUDA cudaErrorMemoryAllocation (2), PyTorch c10/cuda/CUDACachingAllocator.cpp */
		"cuda-out-of-memory", HD_SPEAKER_TOOL,
		{ "CUDA out of memory", "CUDA_ERROR_OUT_OF_MEMORY",
		  "cudaMalloc failed: out of memory" },
		"the memory of the graphics card is used up, by this program or by others on the same "
		"card (a vGPU or MIG partition has only its part). It is not the machine's memory",
		"nvidia-smi lists programs and their memory: end those that are left; ask for less "
		"(smaller batch, model or context), or give the guest a larger profile; a Windows or "
		"Linux desktop uses some as well",
		{ NULL }, HD_MESSAGE_EVENT,
	},
	{
		/* CUDA cudaErrorIllegalAddress (700) */
		"cuda-illegal-access", HD_SPEAKER_TOOL,
		{ "an illegal memory access was encountered", "CUDA_ERROR_ILLEGAL_ADDRESS" },
		"the program on the card used an address that is not its own: a defect of the program or "
		"its libraries first, then unstable memory of the card",
		"dmesg | grep Xid at that time: 13 or 31: the program: update it and its CUDA libraries, "
		"run it with CUDA_LAUNCH_BLOCKING=1; 48, 63, 64, 79 or 95: the card: explain that line; "
		"overclocking off",
		{ "device-alive" }, HD_MESSAGE_EVENT,
	},
	{
		/* nvidia-smi mig; nvidia mig-parted */
		"mig-in-use", HD_SPEAKER_TOOL,
		{ "MIG mode is in pending enable state for GPU {text:gpu}:In use by another client",
		  "error setting MIGMode: In use by another client",
		  "Failed to enable MIG mode: In use by another client",
		  "error destroying Compute instance: In use by another client" },
		"the mode or a partition of the card cannot change while a program uses it: monitoring "
		"(DCGM, nvidia-persistenced, exporters), a display server, pods, or a guest",
		"fuser -v /dev/nvidia* and nvidia-smi show who: stop nvidia-dcgm, nvsm, exporters, the "
		"device plugin and X, then nvidia-smi -i N -mig 1 and nvidia-smi --gpu-reset -i N; in a "
		"guest the reset needs the whole card: else restart the guest. Kubernetes: drain the "
		"node, label nvidia.com/mig.config",
		{ "other-use-free" }, HD_MESSAGE_EVENT,
	},
	{
		/* nvidia-smi mig -cgi: NVML_ERROR_INSUFFICIENT_RESOURCES */
		"mig-no-room", HD_SPEAKER_TOOL,
		{ "Unable to create a GPU instance on GPU",
		  "Failed to create GPU instances: Insufficient Resources" },
		"the card has no room for this partition: others take the slices, or the profiles do not "
		"fit beside each other, because each has fixed places",
		"nvidia-smi mig -lgi lists partitions and places, nvidia-smi mig -lgipp the places that "
		"are free; destroy in order: nvidia-smi mig -dci, then -dgi; create the largest profile "
		"first",
		{ NULL }, HD_MESSAGE_EVENT,
	},
	{
		/* nvidia-smi -mig: NVML_ERROR_NOT_SUPPORTED */
		"mig-not-supported", HD_SPEAKER_TOOL,
		{ "Unable to enable MIG Mode for GPU {text:gpu}: Not Supported",
		  "Unable to enable MIG Mode for GPU" },
		"the card cannot be partitioned (only A30, A100, H100 and later of that kind can), the "
		"driver is too old for it, or it is a vGPU, whose partitions the host makes",
		"nvidia-smi -q | grep -A2 'MIG Mode': N/A: this card has no MIG: share it by vGPU or time "
		"slices; a vGPU: create the partition on the host, then the vGPU type on it",
		{ NULL }, HD_MESSAGE_EVENT,
	},
	{
		/* nvidia-fabricmanager; NV_WARN_NOTHING_TO_DO */
		"nvlink-fabric-none", HD_SPEAKER_TOOL,
		{ "NV_WARN_NOTHING_TO_DO" },
		"the Fabric Manager found no NVSwitch: this machine or guest has none, so the service is "
		"not needed, or the switches were not given to the guest or are bound to vfio-pci",
		"lspci -d 10de: | grep -i -e bridge -e nvswitch: none: systemctl disable --now "
		"nvidia-fabricmanager, nothing else to do; the board has some (HGX, DGX): they must be in "
		"the same machine as the cards, with the driver nvidia",
		{ "device-present", "vfio-owned" }, HD_MESSAGE_EVENT,
	},
	{
		/* ROCm rocminfo.cc; amdkfd */
		"rocm-no-kfd", HD_SPEAKER_TOOL,
		{ "ROCk module is NOT loaded, possibly no GPU devices",
		  "Unable to open /dev/kfd read-write: No such file or directory" },
		"ROCm found no /dev/kfd: the driver amdgpu is not loaded in this guest or container, does "
		"not know the card for computing, or rejected it (PCIe atomics, dmesg says so)",
		"dmesg | grep -e kfd -e amdgpu: nothing: lspci -nnk -d 1002: (is the card in this guest, "
		"with amdgpu?), modprobe amdgpu; 'PCI rejects atomics': q35 with the card on a "
		"pcie-root-port, in a slot of the processor; 'not supported': a newer kernel, or a card "
		"that ROCm supports; a container needs --device /dev/kfd --device /dev/dri",
		{ "device-present", "vfio-owned", "guest-topology" }, HD_MESSAGE_EVENT,
	},
	{
		/* drivers/gpu/drm/amd/amdkfd/kfd_chardev.c kfd_open, kfd_process.c */
		"rocm-kfd-memory", HD_SPEAKER_TOOL,
		{ "Unable to open /dev/kfd read-write: Cannot allocate memory",
		  "Unable to open /dev/kfd read-write: Invalid argument",
		  "Unable to open /dev/kfd read-write: Bad address" },
		"the driver for computing has no card that it can use: the slot (in a guest: its virtual "
		"slot) has no PCIe atomics, which older cards need, or the card is too old for ROCm. No "
		"memory is lacking",
		"dmesg | grep kfd: 'PCI rejects atomics': in a guest q35 with the card directly on a "
		"pcie-root-port, QEMU 8.1 or newer, and the card in a slot of the processor; 'not "
		"supported in kfd': ROCm does not support the card",
		{ "guest-topology", "device-present" }, HD_MESSAGE_EVENT,
	},
	{
		/* ROCm rocminfo.cc */
		"rocm-kfd-denied", HD_SPEAKER_TOOL,
		{ "Unable to open /dev/kfd read-write: Permission denied",
		  "Unable to open /dev/kfd read-write: Operation not permitted" },
		"this user may not open /dev/kfd: it is not in the group render, or the container does "
		"not have the node",
		"usermod -aG render,video USER and a new login; a container: --device /dev/kfd --device "
		"/dev/dri --group-add render; LXC: lxc.cgroup2.devices.allow: c MAJOR:* rwm (ls -l "
		"/dev/kfd shows the number) and a mount of the node",
		{ NULL }, HD_MESSAGE_EVENT,
	},
	{
		/* ROCm ROCR-Runtime hsa_init */
		"rocm-hsa-resources", HD_SPEAKER_TOOL,
		{ "HSA_STATUS_ERROR_OUT_OF_RESOURCES" },
		"ROCm could not start on the card, and says nothing about why: /dev/kfd is missing, may "
		"not be opened, or has no card",
		"the lines before it ('Unable to open /dev/kfd ...') and dmesg | grep kfd have the "
		"reason: paste them; none: ls -l /dev/kfd /dev/dri/render*, id (group render)",
		{ "device-present", "guest-topology" }, HD_MESSAGE_FOLLOWS,
	},
	{
		/* drivers/gpu/drm/amd/amdkfd/kfd_device.c kgd2kfd_probe */
		"kfd-unsupported", HD_SPEAKER_TOOL,
		{ "not supported in kfd", "kfd not supported on this ASIC",
		  "is missing in supported_devices" },
		"the kernel's driver shows pictures on this card and does not compute on it: the card is "
		"too old, or too new for this kernel",
		"nothing to do, unless ROCm is wanted: then a newer kernel for a new card; ROCm's list of "
		"supported cards for an old one",
		{ NULL }, HD_MESSAGE_HARMLESS_IF,
	},
	{ .id = NULL },
};
