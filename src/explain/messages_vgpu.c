/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * messages_vgpu.c - why a vGPU or another mediated device is not created, or does not start: what
 * the kernel's mdev, i915's GVT-g, NVIDIA's vGPU manager and mdevctl say.
 */
#include "config.h"

#include "explain/message.h"

const struct hd_message hd_messages_vgpu[] = {
	{
		/* github.com/DualCoder/vgpu_unlock issue 71; 0x57 is NV_ERR_OBJECT_NOT_FOUND */
		"vgpu-no-guest-uuid", HD_SPEAKER_TOOL,
		{ "Failed to get VM UUID from QEMU command-line",
		  "kvm_plugin_global_init failed with error 0x57" },
		"NVIDIA's vGPU manager reads the guest's UUID from QEMU's command line, which has no "
		"-uuid",
		"add -uuid UUID to QEMU's arguments (on Proxmox in args:; libvirt does it by itself), then "
		"start the guest again",
		{ NULL }, HD_MESSAGE_CERTAIN,
	},
	{
		/* github.com/NVIDIA/nvidia-installer issue 15 */
		"vgpu-card-not-capable", HD_SPEAKER_TOOL,
		{ "vGPU is supported only on VGX capable boards", "(vGPU validation of the GPU failed)" },
		"NVIDIA's driver offers vGPUs only on certain cards, and this card is not one of them (or "
		"the library that makes it look like one is not loaded into the vGPU manager)",
		"use a card of NVIDIA's list of supported products, or pass the whole card: hostdevctl xml "
		"{address}",
		{ NULL }, HD_MESSAGE_EVENT,
	},
	{
		/* NVIDIA Virtual GPU Software User Guide, "Examining NVIDIA vGPU Manager Messages" */
		"vgpu-ecc-enabled", HD_SPEAKER_TOOL,
		{ "VGX not supported with ECC Enabled", "not supported with ECC Enabled",
		  "not supported with ECC enabled" },
		"the card's memory has error correction (ECC) enabled, and this vGPU manager supports no "
		"vGPUs with it",
		"nvidia-smi -e 0 on the host, then restart the host",
		{ NULL }, HD_MESSAGE_CERTAIN,
	},
	{
		/* NVIDIA Virtual GPU Software User Guide, "Assigning multiple vGPUs to a VM" */
		"vgpu-several-in-guest", HD_SPEAKER_TOOL,
		{ "multiple vGPUs in a VM not supported" },
		"the guest has several vGPUs, and only certain types (those with all the memory of a card on "
		"older ones) may be combined in one guest",
		"give the guest one vGPU, or types that NVIDIA's guide lists as combinable",
		{ NULL }, HD_MESSAGE_CERTAIN,
	},
	{
		/* open-gpu-kernel-modules, rpc.c: versions of the vGPU protocol */
		"vgpu-guest-driver-version", HD_SPEAKER_TOOL,
		{ "Incompatible Guest/Host drivers" },
		"NVIDIA's drivers in guest and host do not fit together, so the vGPU is disabled: Windows "
		"then shows Code 43, Linux no card",
		"install in the guest the driver of the release that the host's vGPU manager belongs to "
		"(NVIDIA's release notes have the table)",
		{ NULL }, HD_MESSAGE_CERTAIN,
	},
	{
		/* open-gpu-kernel-modules, nvstatuscodes.h: NV_ERR_NOT_SUPPORTED, NV_ERR_NO_MEMORY */
		"vgpu-not-supported", HD_SPEAKER_TOOL,
		{ "vmiop_log: NVOS status 0x56", "vmiop_log: (0x0): NVOS status 0x56" },
		"NVIDIA's driver told the vGPU manager that the card or this driver cannot do what the vGPU's "
		"type needs; usual on cards that are not made for vGPUs",
		"use a type that 'mdevctl types' lists for this card, and the same version of vGPU manager and "
		"kernel module (nvidia-smi shows it)",
		{ "vgpu-vendor-ready" }, HD_MESSAGE_EVENT,
	},
	{
		"vgpu-no-card-memory", HD_SPEAKER_TOOL,
		{ "vmiop_log: NVOS status 0x51", "vmiop_log: (0x0): NVOS status 0x51",
		  "Failed to alloc guest FB memory" },
		"the vGPU got too little memory, because other vGPUs or programs of the host have the "
		"card's",
		"nvidia-smi shows who uses the card's memory; stop that, or use a smaller type",
		{ NULL }, HD_MESSAGE_EVENT,
	},
	{
		/* vgpu_unlock-rs issues 5 and 10; a general message of the vGPU manager */
		"vgpu-init-failed", HD_SPEAKER_TOOL,
		{ "Initialization: init_device_instance failed error",
		  "init_device_instance failed for inst {number:instance}", "display_init failed for inst" },
		"NVIDIA's vGPU manager could not set up the vGPU; the first line with 'error:' since "
		"'pluginconfig' names the reason",
		"journalctl -u nvidia-vgpu-mgr -b shows it; compare the versions of vGPU manager and kernel "
		"module (nvidia-smi) and the type of the vGPU",
		{ "vgpu-vendor-ready", "mdev-present" }, HD_MESSAGE_EVENT,
	},
	{
		/* github.com/NVIDIA/gpu-operator issue 527 */
		"vgpu-manager-silent", HD_SPEAKER_KERNEL,
		{ "start failed. status: {hex:status} Timeout Occured",
		  "start failed. status: {hex:status} Timeout Occurred" },
		"NVIDIA's module asked its vGPU manager to start the vGPU, and the manager did not answer: "
		"the service does not run, hangs, or does not fit the module",
		"systemctl restart nvidia-vgpu-mgr, then read journalctl -u nvidia-vgpu-mgr -u nvidia-vgpud",
		{ "vgpu-vendor-ready", "mdev-present" }, HD_MESSAGE_EVENT,
	},
	{
		"vgpu-start-failed", HD_SPEAKER_KERNEL,
		{ "[nvidia-vgpu-vfio] {word:uuid}: start failed. status: {hex:status}",
		  ": start failed. status: {hex:status}" },
		"NVIDIA's vGPU manager refused to start the vGPU; its own log, not this line, has the reason",
		"journalctl -u nvidia-vgpu-mgr -b, and paste its 'error:' lines into hostdevctl explain",
		{ "vgpu-vendor-ready", "mdev-present" }, HD_MESSAGE_EVENT,
	},
	{
		/* the vendor's module answers EIO; QEMU hw/vfio/container.c, vfio_device_get */
		"vgpu-refused-by-module", HD_SPEAKER_QEMU,
		{ "error getting device from group {number:group}: Input/output error" },
		"the kernel's driver of the mediated device (for NVIDIA: the vGPU manager behind it) "
		"refused to start the device for the guest. The advice about 'bound to vfio-' does "
		"not apply here",
		"read the kernel's log and journalctl -u nvidia-vgpu-mgr -b at that time; 'error:' lines there "
		"have the reason. If it worked once, restart that service",
		{ "mdev-present", "vgpu-vendor-ready" }, HD_MESSAGE_EVENT,
	},
	{
		/* vgpu_unlock-rs issues 5 and 6 */
		"vgpu-config-space", HD_SPEAKER_QEMU,
		{ "failed to read device config space: Bad address" },
		"the mediated device was opened, but the vendor's manager behind it had ended by then, so "
		"nothing answers for it",
		"read journalctl -u nvidia-vgpu-mgr -b: its 'error:' lines have the reason",
		{ "mdev-present" }, HD_MESSAGE_EVENT,
	},
	{
		/* NVIDIA's documentation of Xids: 43 is a channel that was stopped */
		"vgpu-guest-channel", HD_SPEAKER_TOOL,
		{ "XID {number:xid} detected on physical_chid", "Timeout occurred, reset initiated" },
		"a program or the driver in the guest made the vGPU hang, and the vGPU manager stopped it; "
		"the host's card is fine. One of: drivers of guest and host that do not fit together, a "
		"program's error, too little memory of the vGPU",
		"use the guest driver of the vGPU manager's release; restart the guest if its picture stays "
		"frozen",
		{ NULL }, HD_MESSAGE_EVENT,
	},
	{
		/* NVIDIA Virtual GPU Client Licensing User Guide */
		"vgpu-no-licence", HD_SPEAKER_TOOL,
		{ "vGPU license state: Unlicensed (Restricted)", "Failed to acquire license from",
		  "Failed to acquire/renew license", "Unlicensed (Restricted)" },
		"the guest has no licence for its vGPU, so NVIDIA's driver slows it down after some time; the "
		"device itself works",
		"check the token or server in the guest's licence settings (/etc/nvidia/gridd.conf, "
		"/etc/nvidia/ClientConfigToken), its clock, and that it reaches the server on port 443",
		{ NULL }, HD_MESSAGE_EVENT,
	},
	{
		/* github.com/DualCoder/vgpu_unlock issue 74: lines of each start */
		"vgpu-feature-off", HD_SPEAKER_TOOL,
		{ "Cannot query ECC status. vGPU ECC support will be disabled", "vGPU migration disabled" },
		"the vGPU manager only turns a feature off that the card does not have (error correction, "
		"migration)",
		"nothing to do; look for a line with 'error:' after it if the guest does not start",
		{ NULL }, HD_MESSAGE_HARMLESS_IF,
	},
	{
		/* github.com/DualCoder/vgpu_unlock issues 74, 131; vgpu_unlock-rs */
		"vgpu-unlock-refused", HD_SPEAKER_TOOL,
		{ "op_type: {hex:operation} failed.", "]: cmd: {hex:operation} failed." },
		"the vgpu_unlock library reports each request that the driver refused, and it refuses some at "
		"each start",
		"nothing to do, unless a line with 'error:' of the vGPU manager follows",
		{ NULL }, HD_MESSAGE_HARMLESS_IF,
	},
	{
		"vgpu-manager-error", HD_SPEAKER_TOOL,
		{ "error: vmiop_log: ", "error: vmiop_env_log: " },
		"NVIDIA's vGPU manager reports an error of a guest's vGPU; the first such line since "
		"'pluginconfig' is the cause, the others follow from it",
		"journalctl -u nvidia-vgpu-mgr -b; compare the versions of vGPU manager, kernel module and "
		"guest driver",
		{ "vgpu-vendor-ready" }, HD_MESSAGE_EVENT,
	},
	{
		/* github.com/NVIDIA/gpu-operator issue 591, k8s-mdev-device-plugin */
		"mdev-no-bus", HD_SPEAKER_TOOL,
		{ "unable to read MDEV devices directory: open /sys/bus/mdev/devices: no such file or directory",
		  "unable to read MDEV devices directory" },
		"the host has no mediated devices at all, because the vendor's vGPU host driver (NVIDIA: vGPU "
		"manager) is not installed or not loaded",
		"install and load the host's vGPU driver first (lsmod shows mdev, nvidia_vgpu_vfio or kvmgt); "
		"cards since Ada have no mediated devices with vGPU 17 and newer: there "
		"nvidia/current_vgpu_type of a virtual function takes the type",
		{ "mdev-present", "vgpu-vendor-ready" }, HD_MESSAGE_EVENT,
	},
	{
		/* mdevctl src/mdev.rs */
		"mdev-parent-not-registered", HD_SPEAKER_TOOL,
		{ "Parent {address} is not currently registered for mdev support",
		  "is not currently registered for mdev support",
		  "Directory '/sys/class/mdev_bus/{address}' does not exist",
		  "' does not support mediated devices" },
		"{address} offers no mediated devices now: its vGPU driver is not ready, or the virtual "
		"functions were enabled before it was, or SR-IOV is off",
		"systemctl status nvidia-vgpu-mgr; disable and enable the virtual functions again (NVIDIA: "
		"sriov-manage -d {address}, then -e), and let that run after the vGPU manager at boot",
		{ "mdev-present", "vgpu-vendor-ready" }, HD_MESSAGE_EVENT,
	},
	{
		/* mdevctl src/mdev.rs; Proxmox VE, PVE/QemuServer/PCI/Mdev.pm */
		"mdev-no-such-type", HD_SPEAKER_TOOL,
		{ "does not support mdev type {word:type}", "' has no type '{word:type}'",
		  "vgpu type '{text:type}' not available for '" },
		"the card does not offer a mediated device of type {type} now: the name is wrong, the driver "
		"offers other types in its present mode, or other vGPUs on the card exclude it",
		"mdevctl types lists what the card offers (ls /sys/class/mdev_bus/*/mdev_supported_types)",
		{ "mdev-present", "vgpu-vendor-ready" }, HD_MESSAGE_EVENT,
	},
	{
		/* mdevctl src/mdev.rs; Proxmox VE, PVE/QemuServer/PCI/Mdev.pm */
		"mdev-none-available", HD_SPEAKER_TOOL,
		{ "No available instances of {word:type} on ",
		  "has no available instances of '{word:type}'",
		  "create\" {word:shell}: echo: write error: No space left on device",
		  "create {word:shell}: echo: write error: No space left on device" },
		"the card has no memory or place left for one more mediated device of that type; devices of "
		"other types count, too",
		"remove a mediated device that no guest uses (mdevctl list, mdevctl stop -u UUID) or use a "
		"smaller type; for Intel's GVT-g a larger aperture in the firmware gives more. "
		"available_instances shows how many are left",
		{ "mdev-present" }, HD_MESSAGE_EVENT,
	},
	{
		/* mdevctl src/mdev.rs; drivers/vfio/mdev/mdev_core.c: EEXIST */
		"mdev-exists", HD_SPEAKER_TOOL,
		{ "Error: Device already exists", "Device exists with different type",
		  "Device exists under different parent",
		  "create {word:shell}: echo: write error: File exists" },
		"a mediated device with that UUID exists",
		"use it (mdevctl list shows its type), remove it (mdevctl stop -u UUID), or take another UUID "
		"(uuidgen)",
		{ "mdev-present" }, HD_MESSAGE_CERTAIN,
	},
	{
		/* mdevctl src/mdev.rs: the errno follows as "Caused by" */
		"mdev-create-failed", HD_SPEAKER_TOOL,
		{ "Failed to create mdev {word:uuid}, type {word:type} on ",
		  "could not create '{word:type}' for pci devices '",
		  "failed to create mdev type {word:type}" },
		"the driver of the card refused to create a mediated device of type {type}: one of no room "
		"left, a type that does not go with those that exist, or a vGPU manager that does not run",
		"read the kernel's log and, for NVIDIA, journalctl -u nvidia-vgpu-mgr; available_instances of "
		"the type must not be 0",
		{ "mdev-present", "vgpu-vendor-ready" }, HD_MESSAGE_EVENT,
	},
	{
		/* no GVT-g: i915 without enable_gvt has no mdev_supported_types */
		"mdev-no-type-directory", HD_SPEAKER_TOOL,
		{ "mdev_supported_types/{path:type}: No such file or directory",
		  "mdev_supported_types/{path:type}: No file or directory",
		  "mdev_supported_types: No such file or directory",
		  "/mdev_supported_types': No such file or directory" },
		"the card offers no such mediated device: its host driver for vGPUs is not loaded or "
		"not enabled on this kernel (Intel: GVT-g in i915; NVIDIA: the vGPU manager), or on "
		"SR-IOV cards the types belong to the virtual functions",
		"Intel: boot with i915.enable_gvt=1 and modprobe kvmgt, on processors that support GVT-g; "
		"NVIDIA: load the vGPU driver and enable the virtual functions (sriov-manage -e)",
		{ "mdev-present", "vgpu-vendor-ready" }, HD_MESSAGE_EVENT,
	},
	{
		/* Linux drivers/gpu/drm/i915/gvt/kvmgt.c, gtt.c */
		"gvt-pin-failed", HD_SPEAKER_KERNEL,
		{ "vfio_pin_pages failed for iova {hex:iova}, ret -12",
		  "vfio_pin_pages failed for gfn {hex:gfn}, ret -12", "fail to populate guest ggtt entry" },
		"the graphics driver could not lock the guest's memory, because QEMU's limit on locked "
		"memory is too small for it",
		"let libvirt set the limit: LimitMEMLOCK=infinity for its unit, a sufficient <memtune>"
		"<hard_limit>; for a QEMU started by hand, ulimit -l unlimited",
		{ "memlock", "unit-hardening" }, HD_MESSAGE_EVENT,
	},
	{
		/* Linux drivers/gpu/drm/i915/intel_gvt.c */
		"gvt-not-possible", HD_SPEAKER_KERNEL,
		{ "Unsupported device. GVT-g is disabled",
		  "Graphics virtualization is not yet supported with GuC submission" },
		"Intel's GVT-g does not work on this graphics: it is for generations from Broadwell to Comet "
		"Lake, and needs i915 without GuC submission",
		"on newer graphics use SR-IOV (sriov_numvfs) if the driver has it, or pass the whole graphics; "
		"on older ones remove i915.enable_guc from the kernel's parameters",
		{ "mdev-present" }, HD_MESSAGE_EVENT,
	},
	{
		/* mdevctl src/mdev.rs */
		"mdev-remove-failed", HD_SPEAKER_TOOL,
		{ "Error removing device {word:uuid}" },
		"the mediated device {uuid} could not be removed, because a guest has it",
		"shut down its guest first; hostdevctl status names it",
		{ "mdev-present" }, HD_MESSAGE_EVENT,
	},
	{
		/* NVIDIA vgpu-device-manager; NVIDIA vGPU user guide, vendor-specific VFIO framework */
		"vgpu-no-parent", HD_SPEAKER_TOOL,
		{ "no parent devices found for GPU" },
		"the card offers no mediated devices: its vGPU host driver is not loaded, its virtual "
		"functions are not enabled, or it is a card (Ada, Hopper and newer, vGPU 17 and newer) "
		"whose vGPUs are made without mdev",
		"sriov-manage -e ALL, then mdevctl types; if that stays empty, write the type's number into "
		"nvidia/current_vgpu_type of a virtual function (creatable_vgpu_types lists them) and pass "
		"that function; the program that says this must support it, too",
		{ "vgpu-vendor-ready", "vf-parent-up" }, HD_MESSAGE_EVENT,
	},
	{
		/* NVIDIA vgpu-device-manager */
		"vgpu-manager-not-applied", HD_SPEAKER_TOOL,
		{ "Assertion failure: selected configuration not currently applied" },
		"NVIDIA's vGPU device manager found that the card does not have the wanted vGPU profiles "
		"yet, and now applies them",
		"nothing to do, unless a later line says that applying them failed",
		{ NULL }, HD_MESSAGE_HARMLESS_IF,
	},
	{ .id = NULL },
};
