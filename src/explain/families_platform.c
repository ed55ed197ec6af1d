/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * families_platform.c - which messages mean that a card's or the machine's own firmware has failed?
 *
 * What rests on it (functions, queues, guests) waits in vain, whatever is done there: that comes first.
 */
#include "config.h"

#include "explain/families_source.h"

/* Whoever says it; with words that only drivers of such cards use, the second time. */
#define CARD_FIRMWARE \
	"the firmware that runs on the card itself hangs or refuses commands: '{reason}'. All that rests " \
	"on it (virtual functions, queues, contexts, guests) waits in vain until the card is reset", \
	"reset the card first, without guests and programs that use it: its own tool (mstfwreset -d " \
	"{address} reset, adf_ctl reset, devlink dev reload pci/{address} action fw_activate), or unload " \
	"and load its driver, or echo 1 > /sys/bus/pci/devices/{address}/reset; lspci -s {address} shows " \
	"'rev ff', or it comes again: switch the host off and on; then card's firmware and driver of one " \
	"newer release; only after that create functions and start guests", \
	CHECKS("device-alive", "reset-works")

const struct hd_family hd_families_platform[] = {
	PART(0, "admin response|heartbeat failed|heartbeat failure|needs to be restarted|firmware is not "
	     "responding|firmware not responding|firmware hang*|firmware hung|firmware crash*|firmware assert*|"
	     "firmware halted|firmware dead|firmware died|firmware stuck|firmware wedged|init message|admin cmd|"
	     "command opcode*&failed|failure|failed*|needs*|not respond*|hang*|hung|crash*|assert*|halted|dead|"
	     "died|stuck|wedged|timed out|timeout",
		"card-firmware",
		CARD_FIRMWARE),
	PART(HD_SAYS_NET | HD_SAYS_STORAGE, "wait_fw_init*|fw initialization|fw init|firmware initialization|"
	     "health recovery|pci reads still*|health compromised|fw is not responding|fw not responding|fw hang*|"
	     "fw crash*|firmware fatal*|fatal firmware*|fw fatal*|fw assert*|fw error*|firmware error*|firmware "
	     "state|fw state|fw initializing|firmware initializing|firmware failed to initialize|init cmd return*|"
	     "post failed&fail*|abort*|waiting*|timeout|timed out|not *|compromised|fatal*|assert*|hang*|crash*|"
	     "error|initializing|status",
		"net-card-firmware",
		CARD_FIRMWARE),
	PART(0, "recovery mode&firmware|fw|nvm|rom|card|adapter",
		"card-recovery",
		"the card runs in recovery mode: its own firmware is damaged, and it offers little more than its "
		"update: '{reason}'",
		"write the firmware again with the vendor's tool (Intel: nvmupdate64e -u, BootUtil; NVIDIA: "
		"mstflint -d {address} burn; Broadcom: bnxtnvm), then switch the host off, pull the power for a "
		"minute, and start; no virtual functions until then; it comes back: the card is defective",
		CHECKS("device-alive")),
	PART(HD_SAYS_IOMMU, "ivrs table*|by ivrs|no ivrs|ivrs not found|returns all ones|all ones|idr0|idr1|idr3|"
	     "idr5|iidr|iort*|derive routing|no gsi|unknown idr*|unsupported idr*|unknown architecture|"
	     "unsupported architecture|version 0:0|ver 0:0|invalid register*|register base*|reads 0x0|reads "
	     "0xffffffff|not identity mapped|bios is broken",
		"iommu-description",
		"the IOMMU's table or its identification register is missing or reads nonsense: the driver does "
		"not reach the unit where the machine's firmware says that it is: '{reason}'. No device or guest "
		"causes that",
		"ls /sys/kernel/iommu_groups: filled: it works nevertheless; empty: no device can be passed: "
		"update the machine's firmware (BIOS, UEFI; a board's device tree), turn VT-d, AMD-Vi or SMMU on "
		"there, load its defaults once; then a newer kernel; dmesg | grep -i -e dmar -e ivrs -e smmu -e "
		"iort: it must be found; a virtual machine: its hypervisor must offer one",
		CHECKS("iommu-firmware", "iommu-enabled")),
	PART(0, "memory region*|memory window*|memory bar|register region&not found|no memory region*|missing|"
	     "unassigned|no memory window*|not assigned",
		"card-no-window",
		"the card has no memory window for its registers: the machine's firmware (or, in a guest, the "
		"virtual one) gave it none, mostly for lack of room: '{reason}'",
		"lspci -vv -s {address}: 'Region 0: Memory at <unassigned>' or [disabled]: in the machine's "
		"firmware Above 4G Decoding on, devices that nobody needs off, a newer firmware; then "
		"pci=realloc; another slot; in a guest: pcie-root-port, UEFI (OVMF) and a larger window; "
		"hostdevctl check {address}",
		CHECKS("device-alive")),
	{ .answer = { .id = NULL } },
};
