/* SPDX-License-Identifier: GPL-2.0-or-later */
/* messages_intel.c - what Intel's graphics drivers say: i915, xe, GVT-g. */
#include "config.h"

#include "explain/message.h"

const struct hd_message hd_messages_intel[] = {
	{
		/* drivers/gpu/drm/i915/gt/uc/intel_uc.c __uc_init_hw, gt/intel_gt.c, gt/intel_gt_pm.c */
		"i915-guc-init", HD_SPEAKER_KERNEL,
		{ "GuC initialization failed -", "Enabling uc failed (-",
		  "Failed to initialize GPU, declaring it wedged" },
		"the driver could not start the controller (GuC) of Intel's graphics: its firmware file "
		"is missing, of another version than the driver wants, or the card does not answer (not "
		"reset since its last user). A virtual function has no GuC of its own: there the driver "
		"must be the one for virtual functions",
		"dmesg | grep -i -e guc -e huc -e firmware: 'fetch failed': update linux-firmware, also "
		"in the initramfs; in a guest with a virtual function install the same i915-sriov-dkms as "
		"on the host (or a kernel 6.17 or newer with xe) and i915.enable_guc=3; whole card in a "
		"guest: restart the host once",
		{ "reset-works", "device-alive", "vf-parent-up" }, HD_MESSAGE_EVENT,
	},
	{
		/* drivers/gpu/drm/i915/i915_pci.c i915_pci_probe, drivers/gpu/drm/xe/xe_pci.c xe_pci_probe */
		"i915-unsupported-sku", HD_SPEAKER_KERNEL,
		{ "is not properly supported by i915 in this",
		  "To force driver probe anyway, use i915.force_probe=",
		  "by xe driver in this kernel version. To force Xe probe" },
		"this kernel's driver does not know the graphics chip well enough to take it by itself: "
		"the kernel is too old for it. From xe it is also usual for chips up to the 14th "
		"generation, which i915 serves",
		"xe's line, and lspci -nnk shows i915 with the chip: nothing to do; else a newer kernel "
		"(with its linux-firmware); until then i915.force_probe=ID, or "
		"xe.force_probe=ID with i915.force_probe=!ID, the ID being the four digits of lspci -nn "
		"after 8086:",
		{ "device-present" }, HD_MESSAGE_EVENT,
	},
	{
		/* drivers/gpu/drm/i915/i915_gpu_error.c, gt/intel_engine_heartbeat.c */
		"i915-hang", HD_SPEAKER_KERNEL,
		{ "GPU HANG: ecode", "for stopped heartbeat on" },
		"the graphics engine stopped on a program's commands and was reset: a defect of the "
		"program, Mesa or media driver, or of the kernel; in a guest also interrupts that do not "
		"arrive",
		"update Mesa, intel-media-driver and kernel where the driver runs; i915.enable_psr=0 or "
		"intel_iommu=igfx_off (host only, not with a passed iGPU) as a trial; in a guest see "
		"whether i915's numbers in /proc/interrupts grow",
		{ "interrupt-remapping", "device-alive" }, HD_MESSAGE_EVENT,
	},
	{
		/* drivers/gpu/drm/i915/display/intel_bios.c */
		"i915-no-vbt", HD_SPEAKER_KERNEL,
		{ "Failed to find VBIOS tables (VBT)" },
		"the driver found no description of the connectors: in a guest the card's firmware tables "
		"(OpRegion) were not handed over, so monitors stay dark. Computing and video work without "
		"it",
		"nothing to do for a virtual function or a card without monitor; for pictures on the "
		"passed card's monitor: x-igd-opregion=on with QEMU (needs the whole iGPU, pc or q35 with "
		"x-igd-lpc in new QEMU), and a ROM file for it",
		{ "rom-file" }, HD_MESSAGE_HARMLESS_IF,
	},
	{
		/* drivers/gpu/drm/i915/gvt/handlers.c force_nonpriv_write, in Linux 4.10 also gvt/mmio.c */
		"gvt-guest-register", HD_SPEAKER_KERNEL,
		{ "Invalid FORCE_NONPRIV write", ": read untracked MMIO ", ": write untracked MMIO " },
		"the driver in the guest used a register that the virtual card (GVT-g) does not "
		"have",
		"nothing to do, unless the guest's picture stops at that moment: then an older or newer "
		"driver in the guest (Windows: Intel's driver of 2019 to 2021 fits best), and a newer "
		"kernel on the host",
		{ NULL }, HD_MESSAGE_HARMLESS_IF,
	},
	{
		/* drivers/gpu/drm/xe/xe_vram.c resize_bar, drivers/gpu/drm/i915/gt/intel_region_lmem.c */
		"xe-bar-resize", HD_SPEAKER_KERNEL,
		{ "Consider enabling 'Resizable BAR' support in your BIOS",
		  "Failed to resize BAR2 to", "Using a reduced BAR size of" },
		"the driver goes on with the small memory window (256 MiB), because the machine or guest "
		"has no addresses for the whole memory of the card: Resizable BAR or Above 4G Decoding is "
		"off, or the guest's 64-bit window is too small",
		"nothing to do, unless the card is slow or does not start: host: enable both in the "
		"firmware; guest: QEMU cannot resize: hostdevctl check {address}, set the size on the "
		"host before the start (echo N > /sys/bus/pci/devices/{address}/resource2_resize), and "
		"OVMF with a larger window",
		{ "guest-topology" }, HD_MESSAGE_HARMLESS_IF,
	},
	{
		/* drivers/gpu/drm/xe/xe_pcode.c, xe_mmio.c, drivers/gpu/drm/i915/intel_uncore.c */
		"xe-pcode", HD_SPEAKER_KERNEL,
		{ "PCODE initialization timedout", "LMEM not initialized by firmware" },
		"the card's own start has not finished, so the driver cannot use it: it was not powered "
		"or reset properly (after a guest, after suspend), sits in a slot that trains too late, "
		"or is defective",
		"power the host off and on (not restart); in a guest: the host must not have reset the "
		"card while its firmware started: start the guest later, or disable_idle_d3=1 for "
		"vfio-pci; newest firmware of the card (fwupdmgr) and kernel",
		{ "reset-works", "device-alive", "power-state" }, HD_MESSAGE_EVENT,
	},
	{
		/* drivers/gpu/drm/xe/xe_pcode.c pcode_mailbox_status */
		"xe-pcode-refused", HD_SPEAKER_KERNEL,
		{ "PCODE Mailbox failed: " },
		"the card's power controller refused a request of the driver ('Illegal Command': one that "
		"its firmware does not know, as for power limits); pictures and computing go on",
		"nothing to do, unless the driver gives up after it (probe failed): then newest firmware of "
		"the card (fwupdmgr) and kernel, and power the host off and on",
		{ "device-alive" }, HD_MESSAGE_HARMLESS_IF,
	},
	{
		/* drivers/gpu/drm/xe/xe_gt_sriov_vf.c vf_handshake_with_pf */
		"xe-vf-handshake", HD_SPEAKER_KERNEL,
		{ "Unable to confirm VF/PF ABI version" },
		"the driver of a virtual function of Intel's graphics and the driver of the whole card on "
		"the host did not agree: the host's driver does not serve functions (wrong module, whole "
		"card bound to vfio-pci), or the two are of releases that do not fit",
		"on the host lspci -nnk -s 00:02.0 must show i915 or xe (not vfio-pci), and dmesg 'PF "
		"mode'; make the functions again (sriov_numvfs 0, then N) with guests off; same driver "
		"family in host and guest: xe with xe, i915-sriov-dkms of one release",
		{ "vf-parent-up", "reset-works" }, HD_MESSAGE_EVENT,
	},
	{ .id = NULL },
};
