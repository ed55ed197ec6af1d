/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_trouble.c - is an error heard in any speaker's words, and no healthy line taken for one? */
#include "config.h"

#include <string.h>

#include "explain/trouble.h"
#include "tests/support/unit.h"

static const char *const errors[] = {
	"amdgpu 0000:01:00.0: amdgpu: Fatal error during GPU init",
	"NVRM: Xid (PCI:0000:01:00): 79, pid=1234, GPU has fallen off the bus.",
	"NVRM: RmInitAdapter failed! (0x24:0xffff:1211)",
	"nvidia: probe of 0000:01:00.0 failed with error -1",
	"[drm:amdgpu_job_timedout [amdgpu]] *ERROR* ring gfx_0.0.0 timeout, signaled seq=1",
	"BUG: unable to handle page fault for address: ffff", "watchdog: BUG: soft lockup - CPU#3",
	"kernel: Oops: 0002 [#1] SMP", "INFO: task qemu:1 hung", "Permission denied", "EACCES (denied)",
	"bash: echo: write error: No such device", "xhci_hcd 0000:03:00.0: HC died; refused",
	"time=\"2026-01-01\" level=error msg=\"x\"", "could not open it", "you can't do that",
	"nvme nvme0: I/O 1 QID 0 timed out, reset controller", "Fatal: x", "non-viable: error",
	"KeyError: 'x'", "x.exception.ThingNotFound: y", "x.socket: y, refusing.",
	"unsupported configuration: x", "apparmor=\"DENIED\" operation=\"open\"",
	"error: Failed to start domain 'win11': cannot access storage", "error: strange",
	"error: internal error: strange", "device 0000:01:00.0 failed to enable it",
	"The NVIDIA GPU is already bound to it", "Windows has stopped this device (Code 43)",
	"0000:01:00.0: not ready 4095ms after bus reset", "No IOMMU detected", "Try again.",
	"Segmentation fault (core dumped)", "This device is disabled. (Code 22)",
	"shutting down, reason=crashed", "nvAssert: Assertion failed: 0 @ x.c",
	"qemu-kvm: -device frob,id=x: frob requires knob=on",
	/* errors in other languages, at the end of a line */
	"bash: /sys/bus/pci/drivers/vfio-pci/bind: Keine Berechtigung",
	"bash: echo: erreur d'\xc3\xa9""criture : Argument invalide",
	"bash: echo: \xe5\x86\x99\xe9\x94\x99\xe8\xaf\xaf: "
	"\xe8\xae\xbe\xe5\xa4\x87\xe6\x88\x96\xe8\xb5\x84\xe6\xba\x90\xe5\xbf\x99",
};

static const char *const envelopes[] = {
	"error: Failed to start domain 'win11'", "Failed to start domain win11",
	"error: internal error: qemu unexpectedly closed the monitor: 2026-11-21T10:00:00Z",
	"TASK: start failed: QEMU exited with code 1",
};

static const char *const healthy[] = {
	"frob: invalid gizmo in table, ignoring", "frob: gizmo mismatch (ignoring)", "frob: wrong clock, compensating",
	"frob: gizmo failed, continuing anyway",
	"dbus-broker[1]: Activation request for 'org.frob' failed: The systemd unit 'frob.service' could not be found.",
	"dbus-daemon[1]: [system] Activated service 'org.frob' failed: Cannot launch it",
	"qemu-kvm: -device frob,id=x: warning: frob wants knob=on", "qemu-kvm: -device frob,id=x",
	"Keine Berechtigung", "x: Keine Berechtigung ist falsch", "x exited (code=exited, status=0)",
	"", " ", "pci 0000:01:00.0: Adding to iommu group 1",
	"pcieport 0000:00:01.0: AER: enabled with IRQ 122",
	"HEST: Enabling Firmware First mode for corrected errors.",
	"RAS: Correctable Errors collector initialized.", "BERT: Error reporting enabled",
	"Kernel command line: BOOT_IMAGE=/vmlinuz root=/dev/sda1 panic=10 oops=panic error",
	"EXT4-fs (sda1): re-mounted. Opts: errors=remount-ro. Quota mode: none.",
	"x86/fpu: Supporting XSAVE feature 0x001: 'x87 floating point registers'",
	"DMAR: dmar0: Using Queued invalidation", "usb 1-1: new high-speed USB device number 2",
	"ata1.00: 0 errors found", "mce: CPU0: Thermal monitoring enabled (TM1)",
	"vfio-pci 0000:01:00.0: enabling device (0000 -> 0003)", "debugfs mounted",
	"vfio-pci 0000:01:00.0: vgaarb: VGA decodes changed: olddecodes=io+mem,decodes=none",
	"VFIO - User Level meta-driver version: 0.3", "QEMU: Checking for hardware: PASS",
	"systemd[1]: Started failover.service - x", "loading fail-safe defaults",
	"thermal thermal_zone0: critical temperature 105 C", "watchdog: timeout 30 sec",
	"IPv6: ADDRCONF(NETDEV_CHANGE): eth0: link is not ready", "audit: res=failed",
	"nvidia-nvlink: Nvlink Core is being initialized, major device number 511",
	"NVRM: loading NVIDIA UNIX x86_64 Kernel Module 550.54", "/var/log/error.log",
	"amdgpu 0000:01:00.0: amdgpu: SMU is initialized successfully!",
	"2026-11-21 10:00:01.000+0000: shutting down, reason=shutdown", "EDAC igen6: Error detection",
	"pciehp: Slot #0 AttnBtn- PwrCtrl- MRL- AttnInd- HotPlug+ Surprise- Interlock- NoCompl+",
	"ice 0000:03:00.0: 63.008 Gb/s available PCIe bandwidth", "default_error_handler set",
	"ACPI Error: No handler for Region [VRTC]", "[Firmware Bug]: TSC ADJUST: CPU0: 1 force to 0",
	"pcieport 0000:00:1c.0: DPC: error containment capabilities: Int Msg #0",
	"nvidia: module verification failed: signature and/or required key missing - tainting kernel",
	"lpc_ich: Resource conflict(s) found affecting gpio_ich", "mlx5_core 0000:01:00.0 p1: Link down",
	"platform regulatory.0: Direct firmware load for regulatory.db failed with error -2",
	"platform eisa.0: EISA: Cannot allocate resource for EISA slot 1", "ata5: SATA link down",
	"2026-11-21T10:00:00Z qemu-system-x86_64: terminating on signal 15 from pid 1 (libvirtd)",
	"i8042: probe of i8042 failed with error -5", "mtd device must be supplied",
	"kvm_intel: VMX enabled", "SELinux:  Class bpf not defined in policy, allowed",
};

static void hears(const char *const lines[], size_t n, enum hd_trouble wanted)
{
	for (size_t i = 0; i < n; i++)
		if (hd_trouble_of(lines[i]) != wanted)
			fail_msg("%d, not %d: %s", (int)hd_trouble_of(lines[i]), (int)wanted, lines[i]);
}

static void errors_are_heard(void **state)
{
	(void)state;
	hears(errors, HD_ARRAY_SIZE(errors), HD_TROUBLE_ERROR);
}

static void envelopes_are_no_reason(void **state)
{
	(void)state;
	hears(envelopes, HD_ARRAY_SIZE(envelopes), HD_TROUBLE_ENVELOPE);
}

static void healthy_lines_are_not_errors(void **state)
{
	(void)state;
	hears(healthy, HD_ARRAY_SIZE(healthy), HD_TROUBLE_NONE);
}

static void phrases_are_sorted_and_found(const struct hd_phrases *phrases, enum hd_trouble wanted)
{
	for (size_t i = 0; i < phrases->n; i++) {
		if (i && strcmp(phrases->items[i - 1], phrases->items[i]) >= 0)
			fail_msg("not sorted, or twice: %s", phrases->items[i]);
		if (hd_trouble_of(phrases->items[i]) != wanted)
			fail_msg("not found: %s", phrases->items[i]);
	}
}

static void all_phrases_are_found(void **state)
{
	(void)state;
	phrases_are_sorted_and_found(&hd_trouble_errors, HD_TROUBLE_ERROR);
	phrases_are_sorted_and_found(&hd_trouble_healthy, HD_TROUBLE_NONE);
	phrases_are_sorted_and_found(&hd_trouble_envelopes, HD_TROUBLE_ENVELOPE);
}

static void tones_are_found(const struct hd_phrases *phrases, enum hd_tone wanted)
{
	for (size_t i = 0; i < phrases->n; i++) {
		if (i && strcmp(phrases->items[i - 1], phrases->items[i]) >= 0)
			fail_msg("not sorted, or twice: %s", phrases->items[i]);
		if (hd_tone_of(phrases->items[i]) != wanted)
			fail_msg("another tone: %s", phrases->items[i]);
	}
}

static void tones_are_told_apart(void **state)
{
	(void)state;
	for (size_t i = 1; i < hd_trouble_reasons.n; i++)
		assert_true(strcmp(hd_trouble_reasons.items[i - 1], hd_trouble_reasons.items[i]) < 0);
	for (size_t i = 1; i < hd_trouble_weak.n; i++)
		assert_true(strcmp(hd_trouble_weak.items[i - 1], hd_trouble_weak.items[i]) < 0);
	tones_are_found(&hd_trouble_mild, HD_TONE_MILD);
	tones_are_found(&hd_trouble_final, HD_TONE_FINAL);
	tones_are_found(&hd_trouble_recovered, HD_TONE_RECOVERED);
	assert_int_equal(hd_tone_of("vfio-pci 0000:01:00.0: it failed"), HD_TONE_PLAIN);
	assert_int_equal(hd_tone_of("  Warning  Failed  5s  kubelet  Error: x"), HD_TONE_PLAIN);
	assert_int_equal(hd_tone_of("not ready 65535ms after bus reset; giving up"), HD_TONE_FINAL);
}

/* Words that no line of a log is judged by. */
static void weak_words_are_heard(void **state)
{
	(void)state;
	assert_true(hd_trouble_is_weak("storage 'nas' is not online"));
	assert_true(hd_trouble_is_weak("the value is too low"));
	assert_false(hd_trouble_is_weak("storage 'nas' is online"));
	assert_false(hd_trouble_is_weak("module verification failed: it needs that"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(errors_are_heard), cmocka_unit_test(envelopes_are_no_reason),
		cmocka_unit_test(healthy_lines_are_not_errors), cmocka_unit_test(all_phrases_are_found),
		cmocka_unit_test(tones_are_told_apart), cmocka_unit_test(weak_words_are_heard),
	};

	return cmocka_run_group_tests_name("trouble", tests, NULL, NULL);
}
