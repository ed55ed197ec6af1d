/* SPDX-License-Identifier: GPL-2.0-or-later */
/* messages_amdgpu.c - what is said of AMD's graphics cards, and of guests' drivers that refuse a card. */
#include "config.h"

#include "explain/message.h"

const struct hd_message hd_messages_amdgpu[] = {
	{
		/* Linux fs/sysfs/dir.c; github.com/gnif/vendor-reset issue 21 */
		"kernel-sysfs-duplicate", HD_SPEAKER_KERNEL,
		{ "sysfs: cannot create duplicate filename '{text:file}'" },
		"a driver left a file in sysfs behind when it was unbound, so it cannot bind to the device a "
		"second time; old versions of amdgpu do that",
		"restart the host; leave the card on vfio-pci between guests instead of giving it back to its "
		"driver each time, or use a newer kernel",
		{ "driver-release-safe" }, HD_MESSAGE_EVENT,
	},
	{
		/* Linux drivers/pci/pci.c pci_dev_wait */
		"kernel-device-waits", HD_SPEAKER_KERNEL,
		{ "not ready {number:ms}ms after {text:event}; waiting" },
		"{address} does not answer after a {event} yet; the kernel waits up to a minute, as "
		"a device may need some seconds. A graphics card that takes that long after its "
		"guest ended rarely recovers",
		"wait for the last of these lines. It ends with 'giving up': switch the host off and on. Then, after "
		"'resume' or 'D3': keep the device awake (disable_idle_d3=1 for vfio-pci, power/control on); after a "
		"reset (FLR, bus reset): another /sys/bus/pci/devices/{address}/reset_method, or a newer kernel",
		{ "device-alive", "reset-works", "power-state" }, HD_MESSAGE_EVENT,
	},
	{
		/* amdgpu_psp.c, psp_hw_start; github.com/siderolabs/talos issue 14356 */
		"amdgpu-firmware-refused", HD_SPEAKER_KERNEL,
		{ "PSP firmware loading failed", "PSP tmr init failed!", "PSP load tmr failed!",
		  "hw_init of IP block <psp> failed" },
		"the card's security processor did not take the driver's firmware: the card was not "
		"reset since its last user (a guest, or amdgpu itself), or the host's boot "
		"framebuffer (simpledrm, efifb) holds its memory window",
		"keep the boot framebuffer off the card (initcall_blacklist=sysfb_init, or another "
		"card as boot display); else switch the host off and on, and see reset-works "
		"(vendor-reset for some cards)",
		{ "display-free", "reset-works", "device-alive" }, HD_MESSAGE_EVENT,
	},
	{
		/* amdgpu_atombios.c, atom.c */
		"amdgpu-card-stuck", HD_SPEAKER_KERNEL,
		{ "atombios stuck in loop for more than", "atombios stuck executing",
		  "asic atom init failed" },
		"the card does not finish the commands of its own ROM: it hangs, because it "
		"was not reset after its last user",
		"switch the host off and on; for cards that need it load vendor-reset, or keep the card on "
		"vfio-pci from boot",
		{ "reset-works", "device-alive" }, HD_MESSAGE_EVENT,
	},
	{
		/* smu_cmn.c */
		"amdgpu-smu-silent", HD_SPEAKER_KERNEL,
		{ "SMU: I'm not done with your previous command",
		  "Msg issuing pre-check failed and SMU may be not in the right state",
		  "SMU: No response msg_reg", "Failed to setup smc hw!" },
		"the card's power controller (SMU) does not answer: the card hangs, or was not reset after its "
		"last user",
		"switch the host off and on (a restart may not be enough); see reset-works",
		{ "reset-works", "device-alive", "power-state" }, HD_MESSAGE_EVENT,
	},
	{
		/* amdgpu_device.c amdgpu_device_gpu_recover */
		"amdgpu-reset-failed", HD_SPEAKER_KERNEL,
		{ "GPU reset({number:count}) failed", "GPU reset end with ret = -", "GPU Recovery Failed: -",
		  "ASIC reset failed with error" },
		"amdgpu tried to reset the hanging card {address}, and it failed",
		"switch the host off and on; do not pass the card before",
		{ "device-alive", "reset-works" }, HD_MESSAGE_EVENT,
	},
	{
		/* amdgpu_job.c amdgpu_job_timedout */
		"amdgpu-ring-timeout", HD_SPEAKER_KERNEL,
		{ "ring {word:ring} timeout, signaled seq", "ring {word:ring} test failed" },
		"the card does not finish its work ({ring}): its driver or a program made it hang, "
		"or it was not reset after its last user",
		"see whether a reset follows and succeeds; if it began after a guest had the card, "
		"switch the host off and on",
		{ "device-alive", "reset-works" }, HD_MESSAGE_EVENT,
	},
	{
		/* amdgpu_bios.c */
		"amdgpu-no-rom", HD_SPEAKER_KERNEL,
		{ "Unable to locate a BIOS ROM", "amdgpu: Unable to locate a BIOS ROM" },
		"the driver finds no video BIOS of the card {address}: in a guest the card shows no ROM, and "
		"integrated graphics have theirs in the host's firmware tables (VFCT), not in the card",
		"save the vBIOS on the host (from the ROM, or from the ACPI table VFCT) and give it to the "
		"guest as a ROM file that QEMU can read: hostdevctl xml --rom FILE {address}; on the host "
		"switch it off and on",
		{ "rom-file", "device-alive" }, HD_MESSAGE_EVENT,
	},
	{
		/* amdgpu_device.c amdgpu_device_ip_init, amdgpu_driver_load_kms */
		"amdgpu-init-failed", HD_SPEAKER_KERNEL,
		{ "amdgpu: Fatal error during GPU init", "amdgpu_device_ip_init failed",
		  "hw_init of IP block <{text:block}> failed" },
		"amdgpu could not start the card {address}; the lines before say which part. After a "
		"guest had the card, usually because it was not reset",
		"read the *ERROR* lines before it; switch the host off and on; keep the card on "
		"vfio-pci between guests, and see reset-works",
		{ "reset-works", "device-alive", "display-free" }, HD_MESSAGE_EVENT,
	},
	{
		/* github.com/GPUOpen-LibrariesAndSDKs/MxGPU-Virtualization issue 3 */
		"gim-timeout", HD_SPEAKER_KERNEL,
		{ "wait_cmd_complete -- time out after", "gim error:(wait_cmd_complete" },
		"AMD's host driver for virtual functions (gim) sent the card a command, and the card did not "
		"finish it in time: it hangs",
		"switch the host off and on; if always the same of several cards fails, suspect that "
		"card or its firmware",
		{ "device-alive" }, HD_MESSAGE_EVENT,
	},
	{
		/* QEMU hw/vfio/region.c; github.com/joeknock90/Single-GPU-Passthrough issue 51 */
		"qemu-region-busy", HD_SPEAKER_QEMU,
		{ "vfio_region_write({text:region}) failed: Device or resource busy",
		  "vfio_region_read({text:region}) failed: Device or resource busy" },
		"QEMU cannot map a memory window of the card, because the host's boot framebuffer (efifb, "
		"simpledrm, vesafb) or another driver still owns it",
		"release the framebuffer before the guest starts: initcall_blacklist=sysfb_init or "
		"another boot display (video=efifb:off only helps older kernels); hostdevctl check "
		"{address} names the owner",
		{ "display-free", "holders-free" }, HD_MESSAGE_EVENT,
	},
	{
		"qemu-region-dead", HD_SPEAKER_QEMU,
		{ "vfio_region_write({text:region}) failed: ", "vfio_region_read({text:region}) failed: " },
		"QEMU cannot reach a memory window of the device: it is off, hangs, or was taken "
		"from the guest",
		"hostdevctl check {address} shows whether it is alive; switch the host off and on if not",
		{ "device-alive", "power-state" }, HD_MESSAGE_EVENT,
	},
	{
		/* Linux arch/x86/mm/fault.c, kernel/panic.c, lib/bug.c */
		"kernel-crash", HD_SPEAKER_KERNEL,
		{ "BUG: kernel NULL pointer dereference", "BUG: unable to handle ", "kernel BUG at ",
		  "general protection fault, " },
		"a driver crashed in the host's kernel; from then on nothing that it manages can be "
		"trusted, and what waits for it hangs",
		"restart the host; the line 'RIP:' names the function and its module in brackets: "
		"look for a newer version, and do not unbind a device while it is used",
		{ "driver-release-safe" }, HD_MESSAGE_EVENT,
	},
	{
		/* Linux kernel/hung_task.c */
		"kernel-task-hangs", HD_SPEAKER_KERNEL,
		{ "INFO: task {text:process}:{number:pid} blocked for more than" },
		"process {process} ({pid}) waits in the kernel of the system that prints this, and cannot "
		"be ended. On the host, for libvirt or a script that unbinds a device: the driver waits "
		"for somebody who uses the device. In a guest: its own driver of a display, disk or "
		"passed device waits for an answer or a lock",
		"on the host: stop what uses the device (its guest, the display); if that does not help, "
		"only a restart of the host does. In a guest: the call trace names the driver; does it "
		"start without the device; the host's journalctl -b -k -g 'vfio|AER|Xid' at that time has "
		"the device's part; then restart the guest, not the host",
		{ "driver-release-safe", "holders-free" }, HD_MESSAGE_EVENT,
	},
	{
		/* vendor-reset src/amd: AMD_VEGA20, AMD_NAVI10, ... */
		"vendor-reset-failed", HD_SPEAKER_KERNEL,
		{ "psp mode1 reset failed", "failed to reset device{near:vendor-reset|AMD_VEGA|AMD_NAVI|AMD_POLARIS}",
		  "amdgpu_get_bios failed", "Could not reset w/ PPSMC_MSG_GfxDeviceDriverReset" },
		"vendor-reset could not reset {address}: the card's own processors do not answer any "
		"more, or vendor-reset does not know this card (its id was added by hand)",
		"switch the host off and on; update vendor-reset. For a card that it does not list use "
		"another reset_method, or shut guests down cleanly and do not restart them",
		{ "reset-works", "device-alive" }, HD_MESSAGE_EVENT,
	},
	{
		/* Linux drivers/gpu/drm/amd/amdgpu/amdgpu_fence.c amdgpu_fence_fallback */
		"amdgpu-no-interrupts", HD_SPEAKER_KERNEL,
		{ "Fence fallback timer expired on ring {word:ring}" },
		"amdgpu gets no interrupts from the card and looks for results by a timer: on the host "
		"because the card is being taken away while it is used; in a guest because "
		"its interrupts (MSI) do not arrive",
		"host: restart it, stop the display and all programs before the card is detached, or bind "
		"the card to vfio-pci at boot. Guest: see whether its numbers in /proc/interrupts grow",
		{ "driver-release-safe", "interrupt-remapping" }, HD_MESSAGE_EVENT,
	},
	{
		/* amdgpu gmc_v9_0.c to gmc_v12_0.c, process_interrupt */
		"amdgpu-page-fault", HD_SPEAKER_KERNEL,
		{ "hub] page fault (src_id:", "hub] no-retry page fault (src_id:", "hub0] page fault (src_id:",
		  "hub0] no-retry page fault (src_id:" },
		"the card used an address that its driver did not give it: right after a guest had it, "
		"because it was not reset and still works on old addresses; else a program's or "
		"the driver's error",
		"if it comes at the driver's start: switch the host off and on, and let guests shut down "
		"cleanly; if it comes with one program, update the driver (kernel, Mesa, ROCm)",
		{ "reset-works", "device-alive" }, HD_MESSAGE_EVENT,
	},
	{
		/* AMD's gim, gim_adapter.c enable_sriov; Linux drivers/pci/probe.c pci_setup_device */
		"pci-reads-ones", HD_SPEAKER_KERNEL,
		{ "unknown header type 7f, ignoring device", "Fail to enable sriov, status",
		  "Failed to properly enable SRIOV" },
		"the device does not answer at its address (all reads give ones). For virtual functions "
		"that were just created: ARI forwarding or SR-IOV is off in the firmware, so that their "
		"addresses are not routed; else the device is dead or asleep",
		"enable SR-IOV, ARI forwarding and Above 4G Decoding in the host's firmware, or update "
		"it; for a device that was there before, switch the host off and on",
		{ "device-alive", "vf-parent-up" }, HD_MESSAGE_EVENT,
	},
	{
		/* Linux drivers/pci/rom.c, drivers/gpu/drm/amd/amdgpu/amdgpu_bios.c */
		"amdgpu-rom-unreadable", HD_SPEAKER_KERNEL,
		{ "Invalid ROM contents" },
		"the driver cannot read the card's ROM: in a guest it is not shown, or it was used as the "
		"host's boot display",
		"give the guest the card's ROM as a file (hostdevctl xml --rom FILE {address}), and make "
		"another card the host's boot display in the firmware",
		{ "rom-file", "device-alive" }, HD_MESSAGE_EVENT,
	},
	{
		/* gnif/vendor-reset src/amd/navi10.c */
		"vendor-reset-slow", HD_SPEAKER_KERNEL,
		{ "timed out waiting for PSP to reach valid state, but continuing anyway" },
		"the card's security processor (PSP) did not reach its state in time during the reset by "
		"vendor-reset; the reset went on",
		"if 'reset succeeded' follows and the card works, nothing; else switch the host off and "
		"on, update vendor-reset, and keep the host's drivers off the card",
		{ "reset-works", "device-alive" }, HD_MESSAGE_EVENT,
	},
	{
		/* Linux drivers/gpu/drm/amd/amdkfd/kfd_device.c */
		"amdgpu-no-atomics", HD_SPEAKER_KERNEL,
		{ "PCI rejects atomics" },
		"ROCm cannot use the card, because the way to it does not pass PCIe atomic operations: a "
		"slot or bridge of the host that has none, or in a guest a port that does not offer them",
		"put the card into a slot of the processor; for a guest use q35 with a pcie-root-port and a "
		"newer QEMU, which passes them on; lspci -vvv shows AtomicOpsCtl of the ports above",
		{ NULL }, HD_MESSAGE_EVENT,
	},
	{
		/* AMD MxGPU-Virtualization drv/gim_adapter.c */
		"gim-no-sriov", HD_SPEAKER_KERNEL,
		{ "asic does not support SRIOV" },
		"AMD's driver for virtual functions of graphics cards (GIM) found a card without SR-IOV, "
		"or the firmware of the host does not offer it",
		"GIM works with few cards (FirePro S7150 and newer server cards); enable SR-IOV, ARI and "
		"Above 4G Decoding in the firmware; lspci -vs {address} must show 'Single Root I/O "
		"Virtualization'",
		{ "sriov-vfs-off" }, HD_MESSAGE_EVENT,
	},
	{
		/* vendor-reset src/amd */
		"vendor-reset-smu", HD_SPEAKER_KERNEL,
		{ "SMU error {hex:code}", "Failed to send message {hex:message}: return {hex:code}" },
		"the power controller (SMU) of the AMD card does not answer vendor-reset any more: the "
		"card hangs, so that its reset may not help",
		"switch the host off and on (a restart may not be enough); shut the guest down cleanly "
		"instead of resetting it; pass the card's sound function, too; do not bind amdgpu to the "
		"card before",
		{ "reset-works", "device-alive" }, HD_MESSAGE_EVENT,
	},
	{
		/* drivers/gpu/drm/amd/amdgpu/mxgpu_*.c xgpu_*_poll_msg */
		"amdgpu-pf-silent", HD_SPEAKER_KERNEL,
		{ "Doesn't get msg:{number:message} from pf",
		  "Doesn't get TRN_MSG_ACK from pf" },
		"the virtual function's driver in the guest gets no answer from AMD's driver on the host "
		"(gim, amdgpu of the physical function)",
		"on the host: is the driver of the physical function loaded and of the release of the "
		"guest's? its dmesg at that time; then stop the guest, which resets the function, and start "
		"it again; it stays: reload the host's driver while no guest has a function",
		{ "vf-parent-up" }, HD_MESSAGE_EVENT,
	},
	{
		/* drivers/gpu/drm/xe/xe_gt_sriov_pf_control.c */
		"xe-vf-reset-failed", HD_SPEAKER_KERNEL,
		{ "FLR failed!{near:xe|VF}" },
		"the Intel card did not reset a virtual function: its firmware (GuC) hangs or that function "
		"is still busy, so the next guest cannot use it",
		"shut down the guest that has it; then take all functions away (echo 0 > "
		"/sys/bus/pci/devices/{address}/sriov_numvfs) and make them again; it stays: switch the host "
		"off and on; newer linux-firmware and kernel",
		{ "vf-parent-up", "reset-works" }, HD_MESSAGE_EVENT,
	},
	{
		/* drivers/gpu/drm/amd/amdgpu/mxgpu_ai.c, mxgpu_nv.c, mxgpu_vi.c */
		"amdgpu-vf-host-silent", HD_SPEAKER_KERNEL,
		{ "Doesn't get ack from pf", "Doesn't get READY_TO_ACCESS_GPU from pf" },
		"this is a virtual function of an AMD card, and the driver of the whole card on the host "
		"does not answer it: gim or amdgpu is not loaded there, hangs in a reset, or its version "
		"does not fit the guest's",
		"on the host: dmesg | grep -e gim -e amdgpu, lsmod | grep -e gim -e amdgpu: load it, make "
		"the functions again (all guests off); else restart the host, and install host and guest "
		"driver of one release",
		{ "vf-parent-up", "device-alive", "reset-works" }, HD_MESSAGE_EVENT,
	},
	{
		/* drivers/gpu/drm/amd/amdgpu/amdgpu_discovery.c */
		"amdgpu-discovery", HD_SPEAKER_KERNEL,
		{ "get invalid ip discovery binary signature",
		  "failed to read ip discovery binary from vram",
		  "invalid ip discovery data table checksum", "amdgpu_discovery_init failed" },
		"amdgpu could not read the list of the card's parts from the card's memory: the card was "
		"not reset since another guest or driver had it, its memory window (BAR 0) is not "
		"reachable, or the kernel is too old for the card",
		"shut the guest down, power the host off and on, and start the guest first: works: the "
		"card does not reset (hostdevctl check {address}; vendor-reset for Navi and older); fails "
		"as well: turn Resizable BAR off, a newer kernel and linux-firmware where the driver runs",
		{ "reset-works", "device-alive", "driver-release-safe" }, HD_MESSAGE_EVENT,
	},
	{
		/* drivers/gpu/drm/amd/amdgpu/amdgpu_device.c amdgpu_device_resize_fb_bar */
		"amdgpu-bar-small", HD_SPEAKER_KERNEL,
		{ "Not enough PCI address space for a large BAR", "Problem resizing BAR0" },
		"the driver wanted the whole memory of the card in one window, and the machine or guest "
		"has no addresses for it, so it goes on with the small window (256 MiB)",
		"nothing to do, unless the card does not start or is slow: then firmware: Above 4G "
		"Decoding and Resizable BAR on; in a guest OVMF with a larger 64-bit window (-fw_cfg "
		"opt/ovmf/X-PciMmio64Mb,string=65536)",
		{ "guest-topology" }, HD_MESSAGE_HARMLESS_IF,
	},
	{
		/* drivers/gpu/drm/amd/amdgpu/amdgpu_device.c */
		"amdgpu-slot-no-atomics", HD_SPEAKER_KERNEL,
		{ "PCIE atomic ops is not supported" },
		"the slot, or the guest's virtual slot, does not pass PCIe atomic operations, which ROCm "
		"needs and pictures do not",
		"nothing to do, unless ROCm is wanted: then a slot of the processor, in a guest q35 with "
		"the card directly on a pcie-root-port and QEMU 8.1 or newer",
		{ "guest-topology" }, HD_MESSAGE_HARMLESS_IF,
	},
	{
		/* drivers/gpu/drm/amd/pm/powerplay/smumgr/vega20_smumgr.c, smu7_smumgr.c */
		"amdgpu-smu-send", HD_SPEAKER_KERNEL,
		{ "Failed to send message 0x{hex:message}, response 0xffffffff",
		  "last message was failed ret is 65535", "last message was failed ret is 0" },
		"the card's power management does not answer (\"65535\", \"ffffffff\": the card is not "
		"there for the processor): it was not reset since its last user, sleeps too deeply, or is "
		"dead",
		"lspci -s {address}: 'rev ff': power the host off and on (a restart is not enough); for "
		"the next time: vendor-reset for Polaris, Vega and Navi, amdgpu.runpm=0, and the card "
		"kept from amdgpu from boot (vfio-pci.ids)",
		{ "device-alive", "reset-works", "power-state" }, HD_MESSAGE_EVENT,
	},
	{
		/* gnif/vendor-reset src/amd */
		"vendor-reset-result", HD_SPEAKER_KERNEL,
		{ "AMD_NAVI10: reset result = -", "AMD_POLARIS10: reset result = -",
		  "AMD_VEGA10: reset result = -", "AMD_VEGA20: reset result = -" },
		"the module vendor-reset tried its reset of the card and failed: the card hangs already, "
		"so that its power management no longer answers",
		"power the host off and on; then let the module reset a card that is still healthy: echo "
		"device_specific > /sys/bus/pci/devices/{address}/reset_method at each boot (udev), shut "
		"the guest down cleanly, and unload the guest's driver before (Windows: a shutdown script "
		"that disables the card)",
		{ "reset-works", "device-alive" }, HD_MESSAGE_EVENT,
	},
	{
		/* gnif/vendor-reset src/hooks.c, src/amd */
		"vendor-reset-runs", HD_SPEAKER_KERNEL,
		{ "AMD_NAVI10: version 1.", "AMD_POLARIS10: version 1.",
		  "vendor_reset_hook: installed" },
		"the module vendor-reset is loaded and resets the card in the way that AMD's driver does",
		"nothing to do",
		{ "reset-works" }, HD_MESSAGE_HARMLESS,
	},
	{
		/* drivers/gpu/drm/amd/amdgpu/amdgpu_securedisplay.c, amdgpu_psp.c */
		"amdgpu-secure-display", HD_SPEAKER_KERNEL,
		{ "Secure display: Generic Failure", "query securedisplay TA failed" },
		"a part of the card's firmware for one feature of displays did not answer; pictures and "
		"computing do not use it",
		"nothing to do",
		{ NULL }, HD_MESSAGE_HARMLESS,
	},
	{
		/* drivers/gpu/drm/amd/amdgpu/mes_v11_0.c, mes_v12_0.c, amdkfd/kfd_device_queue_manager.c */
		"amdgpu-mes", HD_SPEAKER_KERNEL,
		{ "MES failed to respond to msg=", "MES(0) failed to respond to msg=",
		  "MES(1) failed to respond to msg=", "MES might be in unrecoverable state" },
		"the scheduler of the card (its MES firmware) no longer answers: a program made the card "
		"hang, or firmware or driver have a defect; in a guest the card may not have been reset "
		"since its last user",
		"power the host off and on if it comes right at the start of the guest; in use: newest "
		"linux-firmware and kernel (or driver) where amdgpu runs, amdgpu.cwsr_enable=0 for "
		"computing, and the program that ran then",
		{ "reset-works", "device-alive" }, HD_MESSAGE_EVENT,
	},
	{
		/* drivers/gpu/drm/radeon/radeon_kms.c radeon_driver_load_kms, r600.c, ni.c */
		"radeon-init", HD_SPEAKER_KERNEL,
		{ "radeon {address}: Fatal error during GPU init",
		  "radeon {address}: disabling GPU acceleration" },
		"the old driver radeon could not start the card: it was not reset since another driver or "
		"guest had it (these cards have no reset of their own), its ROM cannot be read, or its "
		"memory window is not reachable",
		"power the host off and on, and start the guest before the host's driver has the card "
		"(radeon off it: vfio-pci.ids from boot); give the guest a ROM file (hostdevctl xml --rom "
		"FILE {address}); in the guest q35 with OVMF or, for cards without UEFI ROM, SeaBIOS",
		{ "reset-works", "rom-file", "device-alive" }, HD_MESSAGE_EVENT,
	},
	{
		/* drivers/gpu/drm/amd/amdgpu/amdgpu_psp.c */
		"amdgpu-optional-firmware", HD_SPEAKER_KERNEL,
		{ "optional ras ta ucode is not available",
		  "securedisplay ta ucode is not available", "SMU is initialized successfully" },
		"amdgpu started, without parts of the firmware that this card does not have or need",
		"nothing to do",
		{ NULL }, HD_MESSAGE_HARMLESS,
	},
	{
		/* drivers/gpu/drm/amd/pm/swsmu/amdgpu_smu.c smu_start_smc_engine, smu_hw_init */
		"amdgpu-smc-down", HD_SPEAKER_KERNEL,
		{ "SMC engine is not correctly up", "SMC is not ready" },
		"the power management processor of the card did not start: the card was not reset since "
		"its last user, or its firmware files do not fit",
		"power the host off and on (a restart is not enough); it works then once: the card does "
		"not reset (vendor-reset, or keep amdgpu off it from boot); else newest linux-firmware "
		"and kernel where amdgpu runs",
		{ "reset-works", "device-alive" }, HD_MESSAGE_EVENT,
	},
	{
		/* drivers/gpu/drm/amd/amdgpu/amdgpu_drv.c amdgpu_pci_remove */
		"amdgpu-unplug", HD_SPEAKER_KERNEL,
		{ "Hotplug removal is not supported" },
		"amdgpu was unbound from the card, or the card removed, which older kernels did not "
		"support: the host may hang or lose its display server after that, most of all if the card "
		"drives a screen",
		"stop the display server first, unbind the consoles (echo 0 > "
		"/sys/class/vtconsole/vtcon1/bind), or keep amdgpu off the card from boot (vfio-pci.ids); "
		"a newer kernel; hostdevctl handover does these steps",
		{ "driver-release-safe", "display-free" }, HD_MESSAGE_EVENT,
	},
	{
		/* drivers/gpu/drm/amd/display/dc/dc_dmub_srv.c, dc/dc_helper.c, drivers/gpu/drm/drm_atomic_helper.c */
		"amdgpu-dmub", HD_SPEAKER_KERNEL,
		{ "DMCUB error - collecting diagnostic data", "Error waiting for DMUB idle",
		  "REG_WAIT timeout 1us", "commit wait timed out{near:amdgpu}" },
		"the display part of AMD's card did not answer: no picture or a frozen one, while "
		"computing may go on; a card that was not reset, a monitor or cable that it does not get "
		"along with, or a defect of driver or firmware",
		"another cable, port, refresh rate or monitor (dummy plug); amdgpu.dcdebugmask=0x10 and a "
		"newer kernel with linux-firmware; right after a guest had it: power the host off and on",
		{ "reset-works", "device-alive" }, HD_MESSAGE_EVENT,
	},
	{
		/* drivers/gpu/drm/amd/amdgpu/amdgpu_kms.c amdgpu_driver_load_kms, before it named itself twice */
		"amdgpu-gave-up", HD_SPEAKER_KERNEL,
		{ "amdgpu {address}: Fatal error during GPU init" },
		"amdgpu gave up starting {address}; another line of the same start has the reason",
		"paste the *ERROR* lines of the same second as well (dmesg | grep -e amdgpu -e drm); "
		"none: power the host off and on, since a card that was not reset after its last user "
		"fails so",
		{ "reset-works", "device-alive" }, HD_MESSAGE_FOLLOWS,
	},
	{ .id = NULL },
};
