/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * messages_xid.c - what does the number of an Xid of NVIDIA's driver mean, and what is next?
 *
 * The numbers are those of open-gpu-kernel-modules (src/common/sdk/nvidia/inc/nverror.h) and of the catalog of
 * docs.nvidia.com (XID Errors).  A row is for all numbers with one cause and one next step.  79 and 119 are in
 * messages_nvidia.c: their lines have more to say.
 */
#include "config.h"

#include "explain/message.h"

/* "Xid (PCI:0000:3b:00): 13, pid=...", without "PCI:" by older drivers; what follows is the error's own text. */
#define XID(numbers) { "Xid ({text:device}): {" numbers ":xid},{text:detail}" }

const struct hd_message hd_messages_xid[] = {
	{
		/* GR_EXCEPTION, MMU_ERR_FLT, RESETCHANNEL_VERIF_ERROR, PREEMPTIVE_REMOVAL and its silent kin */
		"nvidia-xid-program", HD_SPEAKER_KERNEL, XID("8|13|31|43|45|69|174"),
		"a program on the card {device} did what the card refuses (13, 31, 69), or its work was stopped "
		"(8, 43, 45); the card itself is usable",
		"end or update the program whose name= or pid= the line has; the same with all programs: update "
		"the driver, then test the card's memory",
		{ "device-alive" }, HD_MESSAGE_EVENT,
	},
	{
		/* VP, BSP, SEC, MSVLD, MSPDEC, MSPPP, CE0 to CE19, VIC, NVENC, NVDEC, NVJPG, OFA, DLA, FAST_PATH */
		"nvidia-xid-engine", HD_SPEAKER_KERNEL,
		XID("20|21|22|27|28|29|33|34|35|36|39|40|41|42|44|47|65|68|70|71|72|73|75|76|77|82|83|84|85|"
		    "86|88|89|96|97|98|99|100|101|102|103|104|105|126|127|128|129|130|131|132|133|134|135|138|"
		    "139|141|142"),
		"one engine of the card {device} (copy, video, JPEG or optical flow: number {xid}) stopped at a "
		"command of a program, which ends; the card itself is usable",
		"end and start the program of the line; it comes again with that program alone: update it and the "
		"driver; with any: nvidia-smi --gpu-reset while nothing uses the card, then test it in another "
		"slot or host",
		{ "device-alive" }, HD_MESSAGE_EVENT,
	},
	{
		/* PBDMA_ERROR, DRIVER_FIRMWARE_ERROR, PBDMA_PUSHBUFFER_CRC_MISMATCH, CHI_NON_DATA_ERROR */
		"nvidia-xid-stream", HD_SPEAKER_KERNEL, XID("6|25|32|38|80|159"),
		"the commands that reach the card {device} are broken (number {xid}): the driver's fault, a driver "
		"that does not fit the firmware or was loaded over a state that a guest left, or a bad link or "
		"memory between",
		"another version of the driver (in a guest: the guest's); a card that a guest had before: reset it "
		"while no driver has it, or switch the host off and on; it stays: lspci -vvs of the card for AER "
		"errors, reseat it without riser, lower the slot's PCIe generation, test the host's memory",
		{ "device-alive", "reset-works" }, HD_MESSAGE_EVENT,
	},
	{
		/* GPU_ECC_DBE, page retirement, row remapping, contained and uncontained errors, LTC, DRAM, SRAM */
		"nvidia-xid-memory", HD_SPEAKER_KERNEL,
		XID("48|58|63|64|90|92|93|94|95|140|156|157|160|161|168|171|172|175"),
		"the memory of the card {device} had an error that could not be corrected (48, 94, 95, 140, 171, "
		"172), too many that could (92), or a part of it was taken out of use (63, 156, 160)",
		"nvidia-smi -q -d ECC,ROW_REMAPPER: 'Pending: Yes': end its guests and restart the host, or reset "
		"the card; 94: only the program that hit it has ended; 64, 157 or a remapping failure, or the same "
		"again and again: replace the card",
		{ "device-alive" }, HD_MESSAGE_EVENT,
	},
	{
		/* PMU, SEC2, SEC_FAULT, GSP_ERROR, SPI, INFOROM_FS, CTX SWITCH TIMEOUT, FATAL_TIMEOUT, RECOVERY */
		"nvidia-xid-hang", HD_SPEAKER_KERNEL,
		XID("46|59|60|61|62|109|110|120|122|123|124|125|143|151|154|158|169"),
		"a processor of the card {device} hangs or failed (46, 61, 62, 109, 110, 120, 158, 169), the card "
		"did not start (143), or the driver asks for a reset of the card (154)",
		"end its guest and programs, then reset it (nvidia-smi --gpu-reset, or echo 1 > its reset file "
		"while no driver has it); if that fails, switch the host off and on; update the driver",
		{ "device-alive", "reset-works" }, HD_MESSAGE_EVENT,
	},
	{
		/* External power not connected, PCIE_FATAL_TIMEOUT, PCIE_CORRECTABLE_ERROR_FAULT */
		"nvidia-xid-bus", HD_SPEAKER_KERNEL, XID("54|167|176"),
		"the card {device} does not answer over PCIe (167), its link has errors (176), or its power plug "
		"has no power (54)",
		"switch the host off and on; power plugs, seat, riser and temperature of the card; lspci -vvs of "
		"it: 'rev ff' until then; again: pcie_aspm=off and a lower PCIe generation of the slot; while a "
		"guest has it: not asleep (echo 0 > d3cold_allowed)",
		{ "device-alive", "power-state" }, HD_MESSAGE_EVENT,
	},
	{
		/* NVLINK_ERROR and its kin, C2C_ERROR, ALI_TRAINING_FAIL, C2C_FATAL_LINK_FAILURE */
		"nvidia-xid-nvlink", HD_SPEAKER_KERNEL,
		XID("74|108|121|136|137|144|145|146|147|148|149|150|155|166|170|173"),
		"the connection between cards, or of card and processor (NVLink, C2C), of {device} failed (number "
		"{xid})",
		"end the programs on all cards of that connection, then nvidia-smi --gpu-reset of all of them "
		"together (in guests: all cards and NVSwitches of one baseboard go to one guest, or Fabric Manager "
		"runs on the host); systemctl status nvidia-fabricmanager; one card alone: NVreg_NvLinkDisable=1; "
		"again: bridge, seat, service",
		{ "device-alive", "reset-works" }, HD_MESSAGE_EVENT,
	},
	{
		/* VGPU_START_ERROR */
		"nvidia-xid-vgpu", HD_SPEAKER_KERNEL, XID("78"),
		"a guest's vGPU did not start on the card {device}",
		"journalctl -b -u nvidia-vgpu-mgr at that time has the reason; guest's and host's driver of one "
		"vGPU branch; nvidia-smi vgpu -q; the type still free (mdevctl types)",
		{ "vgpu-vendor-ready", "mdev-present" }, HD_MESSAGE_EVENT,
	},
	{
		/* VBLANK_CALLBACK_TIMEOUT, DISP_MISSED_NOTIFIER, display errors, VGA_SUBSYSTEM_ERROR */
		"nvidia-xid-display", HD_SPEAKER_KERNEL, XID("16|19|53|56|57|81"),
		"the display part of the card {device} failed (number {xid}): a monitor, cable or mode, the "
		"driver, or a card that another system set up before",
		"another cable, port and mode; without other display drivers on the card before (video=efifb:off, "
		"a guest's firmware); update the driver; the card is only for computing: no monitor at it",
		{ "device-alive" }, HD_MESSAGE_EVENT,
	},
	{
		/* RC_LOGGING_ENABLED, telemetry, ISINK: notices; their own text says what */
		"nvidia-xid-notice", HD_SPEAKER_KERNEL, XID("14|23|87|162|163|164|165"),
		"a notice of NVIDIA's driver about the card {device} (number {xid}), not a failure of the card",
		"nothing unless something fails: read the error after it; 164 and 165: a part that smooths the "
		"power wears out: plan its service",
		{ "device-alive" }, HD_MESSAGE_HARMLESS_IF,
	},
	{
		/* nv-msg.h, any other number */
		"nvidia-xid", HD_SPEAKER_KERNEL,
		{ "NVRM: Xid (PCI:{text:device}): {number:xid}", "Xid ({text:device}): {number:xid}" },
		"NVIDIA's driver reports error {xid} of the card {device}: a program that uses it, the driver, or "
		"the card",
		"look for {xid} in NVIDIA's list (docs.nvidia.com, XID Errors), which has its cause and action; "
		"nvidia-smi still lists the card: end the program that the line names, or update the driver; it "
		"does not: end its guest and switch the host off and on",
		{ "device-alive" }, HD_MESSAGE_EVENT,
	},
	{ .id = NULL },
};
