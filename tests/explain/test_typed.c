/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_typed.c - has each sentence that somebody types an answer, and no healthy line of a log one? */
#include "config.h"

#include <string.h>

#include "base/text.h"
#include "explain/families.h"
#include "explain/log_search.h"
#include "tests/explain/records.h"
#include "tests/support/unit.h"

static const struct {
	const char *line, *id;
} sentences[] = {
	{ "I click start, but nothing happens and the VM stays off", "general-typed-nothing" },
	{ "virsh attach-device is still waiting", "general-typed-nothing" },
	{ "starting the guest logs me out", "general-typed-log-out" },
	{ "the VM starts and I land back at the login", "general-typed-log-out" },
	{ "headset through USB passthrough: the sound is choppy", "general-typed-usb-sound" },
	{ "mouse does not work on the pc once the guest has the USB controller", "general-typed-input" },
	{ "guest hangs at boot with one core at 100%", "general-typed-boot-hang" },
	{ "the vGPU lags in the guest", "general-typed-vgpu-slow" },
	{ "the dongle gets another id and the VM loses it", "general-typed-usb-lost" },
	{ "the camera isn't being passed to the VM over usb", "general-typed-usb" },
	{ "the card isn't being passed to the VM", "general-typed-not-pass" },
	{ "QEMU has grabbed my mouse", "general-typed-grab" },
	{ "guest doesn't even see the card", "general-typed-guest-not-seen" },
	{ "my guest does not see 0000:01:00.0", "general-typed-guest-not-seen" },
	{ "the GPU 0000:0a:00.0 can't be detected in the guest", "general-typed-guest-not-seen" },
	{ "how to fix a black screen in the VM", "general-typed-black" },
	{ "I am not permitted to open the usb stick", "general-typed-permission-usb" },
	{ "I did sudo echo and permission is denied", "general-typed-permission-shell" },
	{ "jellyfin in a container finds no GPU, nothing is detected: it says no device",
		"general-typed-program-no-device" },
	{ "the boot stops since vfio-pci.ids is there", "general-typed-host-boot" },
	{ "Fedora with the radeon passed has no picture", "general-typed-black" },
	{ "reattach crashes everything", "general-typed-release-crash" },
	{ "virsh nodedev-reattach hangs", "general-typed-release" },
	{ "vendor-reset is still no help for it", "general-typed-reset" },
	{ "mdevctl shows nothing", "general-typed-vgpu-none" },
	{ "how can I unload nouveau without rebooting", "general-typed-how-unbind" },
	{ "why do I need an ACS override", "general-typed-acs" },
	{ "the monitor stays black in the guest", "general-typed-black" },
	{ "no picture on the host after the VM shuts down", "general-typed-black-after" },
	{ "Looking Glass is choppy", "general-typed-looking-glass" },
	{ "my VM needs minutes to start", "general-typed-slow-start" },
	{ "it exceeds the locked memory limit", "general-typed-memlock" },
	{ "Windows asks for BitLocker recovery after adding the card", "general-typed-identity" },
	{ "the dongle is not found after reboot of the host", "general-typed-usb" },
	/* what somebody complains of, if not how */
	{ "the plugin's pod in my cluster is broken", "general-typed-any-kube" },
	{ "my mdev is weird in the guest", "general-typed-any-vgpu" },
	{ "something is wrong with the sound of my VM", "general-typed-any-sound" },
	{ "the usb webcam of my guest is glitchy", "general-typed-any-usb" },
	{ "the VFs of my card are unstable", "general-typed-any-vf" },
	{ "trouble with WiFi in my VM", "general-typed-any-net" },
	{ "an SSD of my guest has a problem", "general-typed-any-disk" },
	{ "my hook script is broken", "general-typed-any-script" },
	{ "Radeon in my VM is unstable", "general-typed-any-gpu" },
	{ "strange things with my capture card in the VM", "general-typed-any-device" },
	{ "my guest has a strange problem", "general-typed-any-guest" },
	{ "GPU stuck in D3 after VM shutdown", "general-typed-d3" },
	{ "card never wakes from D3cold", "general-typed-d3" },
	{ "guest does not see the card", "general-typed-guest-not-seen" },
	{ "My Windows VM doesn't detect the GPU", "general-typed-guest-not-seen" },
	{ "the NVMe disk is missing in the guest", "general-typed-guest-not-seen" },
	{ "network card doesnt show up inside the VM", "general-typed-guest-not-seen" },
	{ "card not listed by lspci any more", "general-typed-host-not-seen" },
	{ "after shutdown the GPU has disappeared from the host", "general-typed-host-not-seen" },
	{ "no video output after passthrough", "general-typed-no-picture" },
	{ "black screen in the VM with an RX 6800", "general-typed-black" },
	{ "monitor says no signal when the guest boots", "general-typed-black" },
	{ "host screen goes black when I bind the gpu", "general-typed-host-screen" },
	{ "the screen is black after binding, the desktop too", "general-typed-host-black" },
	{ "host display stays dark while the VM runs", "general-typed-host-screen" },
	{ "Windows shows error 43 for my GPU", "windows-code-43" },
	{ "I get error 43", "windows-code-43" }, { "I get an error 43", "windows-code-43" },
	{ "what is an IOMMU group", "general-typed-what-is" }, { "what does vfio-pci do", "general-typed-what-is" },
	{ "code 43", "windows-code-43" }, { "error 43", "windows-code-43" }, { "Code43", "windows-code-43" },
	{ "CODE 43 in device manager", "windows-code-43" }, { "(Code 43)", "windows-code-43" },
	{ "I get ERROR 43 with my RX 580", "windows-code-43" },
	{ "black screen and code 43 in the VM", "windows-code-43" },
	{ "vGPU guest: error code 43", "windows-code-43" }, { "code: 43 after a reboot", "windows-code-43" },
	{ "code 43, I already hid kvm and use a rom", "windows-code-43" },
	{ "error 12 on the GPU", "windows-code-12" }, { "code 12", "windows-code-12" },
	{ "Code 10 on the passed card", "windows-code-10" }, { "gpu shows code31", "windows-code-31" },
	{ "code 28 in win11", "windows-no-driver" }, { "device manager says code 45", "windows-code-45" },
	{ "my card has error 39 in Windows", "windows-code-39" }, { "GPU code 52", "windows-code-52" },
	{ "Windows shows code 22 and does not see the card", "windows-code-22" },
	{ "the card has code 19 in the Device Manager of Windows", "general-windows-code" },
	{ "make: error 43 of frob", "general-build" }, { "it ended with exit code 43", "general-composed" },
	{ "error 43 at a place that has nothing to do with it", "general-composed" }, { "area code 99", "nothing" },
	{ "host freezes when I start the VM", "general-typed-host-freeze" },
	{ "The whole machine reboots as soon as the guest starts", "general-typed-host-freeze" },
	{ "Windows guest crashes while a game runs", "general-typed-guest-freeze" },
	{ "vm hangs at the boot logo with the gpu attached", "general-typed-boot-hang" },
	{ "stutter in games with GPU passthrough", "general-typed-slow" },
	{ "NVMe is slow in the VM", "general-typed-slow" },
	{ "VM won't start with the GPU added", "general-typed-no-start" },
	{ "guest no longer boots after I added a card", "general-typed-no-start" },
	{ "server does not boot after vfio-pci.ids was set", "general-typed-host-boot" },
	{ "my pc no longer boots since the card moved", "general-typed-no-boot" },
	{ "GPU works only once, second start gives nothing", "general-typed-again" },
	{ "Radeon does not reset between two starts", "general-typed-reset" },
	{ "nvidia driver does not come back on the host", "general-typed-rebind" },
	{ "IOMMU is not enabled", "general-typed-no-iommu" },
	{ "no iommu groups, the folder is empty", "general-typed-no-iommu" },
	{ "GPU and SATA are in the same group", "general-typed-group" },
	{ "everything is in one IOMMU group", "general-typed-group" },
	{ "two identical GPUs, how does one pick", "general-typed-same-id" },
	{ "both cards have the same id", "general-typed-same-id" },
	{ "permission problem with /dev/vfio as a user", "general-typed-permission" },
	{ "the PCI device is greyed out in virt-manager", "general-typed-choose" },
	{ "cannot select the GPU in the list", "general-typed-choose" },
	{ "USB headset keeps disconnecting in the VM", "general-typed-loose" },
	{ "keyboard is not recognized by the guest", "general-typed-usb" },
	{ "no sound over HDMI in the guest", "general-typed-sound" },
	{ "nouveau grabs the card before vfio-pci", "general-typed-bound" },
	{ "VF has no link in the guest", "general-typed-vf" },
	{ "virtual functions missing after a reboot", "general-typed-vf" },
	{ "Mellanox card unresponsive since yesterday", "general-typed-device-freeze" },
	{ "virt-manager does not show my GPU", "general-typed-manager" },
	{ "virsh nodedev-detach never returns", "general-typed-release" },
	{ "flickering picture on the passed card", "general-typed-garbled" },
	{ "Unknown device in the device manager of win11", "general-typed-guest-driver" },
	{ "can't pass only one function of it", "general-typed-not-pass" },
	{ "hotplug of a usb stick does nothing", "general-typed-plug" },
	{ "host loses its network when I start it", "general-typed-host-network" },
	{ "no internet in the VM with a passed card", "general-typed-network" },
	{ "the vm uses all memory from the start", "general-typed-memory" },
	{ "guest is paused after some minutes", "general-typed-paused" },
	{ "passthrough worked until the last kernel update", "general-typed-update" },
	{ "GPU only works after a power cycle", "general-typed-again" },
	{ "can I snapshot it", "nothing" },
	{ "snapshot of a vm with a passed card is refused", "general-typed-migrate" },
	{ "two guests want the same card", "general-typed-shared" },
	{ "GPU gets hot while no guest runs", "general-typed-idle" },
	{ "serial port is missing in my guest", "general-typed-serial" },
	{ "SR-IOV VFs disappear after reboot", "general-typed-vf" },
	{ "GPU falls off the bus under load", "general-typed-device-freeze" },
	{ "no link on the passed ethernet card in pfsense", "general-typed-bsd" },
	{ "no link on the passed ethernet card in my guest", "general-typed-network" },
	/* whose complaint it is */
	{ "the GPU's pod is stuck in Init", "general-typed-pod-stuck" },
	{ "after a kernel update the plugin's pods crash", "general-typed-pod-stuck" },
	{ "ESXi purple screen, the host is down as soon as the card starts", "general-typed-other-hypervisor" },
	{ "VirtualBox guest has no webcam", "general-typed-other-hypervisor" },
	{ "passthrough to a nested guest fails", "general-typed-nested" },
	{ "your script isn't supported on Proxmox 9.1", "general-typed-release-changed" },
	{ "kernel 6.99 broke my setup", "general-typed-release-changed" },
	{ "rmmod nvidia is stuck", "general-typed-unbind-hangs" },
	{ "the VM is unstable after a rebind of the card until reboot", "general-typed-rebound" },
	{ "vfio-pci.ids=10de:1234 is ignored", "general-typed-option-ignored" },
	{ "intel_iommu=on in grub has no effect", "general-typed-option-ignored" },
	{ "I passed my only GPU and cannot boot any more", "general-typed-only-card-boot" },
	{ "after start.sh the monitor shows a cursor that does not move", "general-typed-script-screen" },
	{ "macOS hangs at the login with an RX 570", "general-typed-macos" },
	{ "OPNsense does not find the passed NIC", "general-typed-bsd" },
	{ "on my Rockchip board passthrough fails", "general-typed-board" },
	{ "the file in /dev/bus/usb is owned by root", "general-typed-usb-node" },
	{ "the dashboard says free although the GPU is with a VM", "general-typed-view-stale" },
	{ "supergfxctl is stuck in one mode", "general-typed-laptop-tool" },
	{ "a TPU is not visible in docker, nor is the card", "general-typed-container" },
	{ "with resizable BAR the card fails", "general-typed-window" },
	{ "my eGPU disappears", "general-typed-external" },
	{ "the game says: virtual machine detected", "general-typed-detected" },
	{ "has anyone passed a driver's NPU", "general-typed-can-it" },
	{ "after the guest the host's screen stays black", "general-typed-after-end" },
	{ "tensorflow does not use the passed card", "general-typed-program-unused" },
	{ "which driver do I install for it in the guest", "general-typed-which-driver" },
	{ "win11 bluescreens, bugcheck after the new driver", "general-typed-windows-crash" },
	{ "I have to restart the plugin's service each time so that it finds the GPU", "general-typed-late" },
	{ "How do I pass my GPU to a guest?", "general-typed-how-pass" },
	{ "how to give the gpu back to the host", "general-typed-how-back" },
	{ "How can I split an IOMMU group?", "general-typed-how-group" },
	{ "is it possible to pass the only GPU", "general-typed-how-only-card" },
	{ "how do I make virtual functions?", "general-typed-how-vf" },
	{ "how to enable the IOMMU", "general-typed-how-setup" },
	{ "how to get the gpu back to linux", "general-typed-how-back" },
	{ "when shutting down the guest my monitors turn off", "general-typed-after-end" },
	/* what was done before it failed */
	{ "the xml has a hostdev two times and virsh refuses it", "general-typed-duplicate" },
	{ "the vm is black if rebar is enabled", "general-typed-rebar-on" },
	{ "turning on secure boot in the guest breaks the card", "general-typed-secure-boot-on" },
	{ "enabling VT-d makes the wifi of the host disappear", "general-typed-iommu-on" },
	{ "win11 loops since I turned on hyper-v in it", "general-typed-hyperv-on" },
	{ "with hugepages the guest does not start", "general-typed-hugepages-on" },
	{ "the guest hangs with a balloon device", "general-typed-balloon-on" },
	{ "after I installed the adrenalin software the vm hangs", "general-typed-after-driver" },
	{ "when I connect another monitor to the card the guest dies", "general-typed-second-added" },
	{ "the host has no wifi any more after the vm is off, it is missing", "general-typed-host-after-end" },
	{ "after changing the slot my guest fails", "general-typed-after-change" },
};

static const char *first_id(const struct hd_explanation *found)
{
	return found->n ? found->items[0].message->id : "nothing";
}

static bool is_typed(const struct hd_explanation *found)
{
	for (size_t i = 0; i < found->n; i++)
		if (hd_text_starts_with(found->items[i].message->id, "general-typed-"))
			return true;
	return false;
}

static void sentences_are_answered(void **state)
{
	struct hd_arena arena = { 0 };
	struct hd_explanation found;
	size_t bad = 0;

	(void)state;
	for (size_t i = 0; i < HD_ARRAY_SIZE(sentences); i++) {
		hd_explain_question(&found, &arena, sentences[i].line);
		if (!strcmp(first_id(&found), sentences[i].id))
			continue;
		print_error("%s, not %s: %s\n", first_id(&found), sentences[i].id, sentences[i].line);
		bad++;
	}
	assert_int_equal(bad, 0);
	hd_arena_done(&arena);
}

static const struct hd_typed *const tables[] = {
	hd_families_how, hd_families_circumstance, hd_families_scope, hd_families_typed, hd_families_any,
};

/* An earlier row would take all its sentences. */
static void all_are_reached(void **state)
{
	(void)state;
	for (size_t k = 0; k < HD_ARRAY_SIZE(tables); k++)
		for (const struct hd_typed *row = tables[k]; row->answer.id; row++) {
			size_t n = 0;

			for (size_t i = 0; i < HD_ARRAY_SIZE(sentences); i++)
				n += !strcmp(row->answer.id, sentences[i].id);
			if (!n)
				fail_msg("%s has no sentence", row->answer.id);
		}
}

/* In a log, the words of a complaint are none. */
static void a_log_is_not_asked(void **state)
{
	struct hd_arena arena = { 0 };
	struct hd_explanation found;
	const char *log = "";

	(void)state;
	for (size_t i = 0; i < HD_ARRAY_SIZE(sentences); i++) {
		hd_explain_text(&found, &arena, sentences[i].line);
		assert_false(is_typed(&found));
		log = hd_printf(&arena, "%s%s\n", log, sentences[i].line);
	}
	hd_explain_question(&found, &arena, log);
	assert_false(is_typed(&found));
	hd_arena_done(&arena);
}

/* Who says that it is well does not complain. */
static void praise_is_no_complaint(void **state)
{
	static const char *const lines[] = {
		"GPU passthrough works", "the guest sees the card", "the host is fine",
		"Windows has a driver for the card", "hello world", "my guest with a GPU has no problems",
		"the VM with the nvme works without issues", "my vGPU: not a problem any more",
	};

	(void)state;
	for (size_t i = 0; i < HD_ARRAY_SIZE(lines); i++)
		if (hd_typed_of(lines[i]) || hd_typed_any(lines[i]))
			fail_msg("a complaint: %s", lines[i]);
}

/* Who logs does not type; and what is longer than a sentence is read as far as there is room. */
static void records_are_not_sentences(void **state)
{
	static const char *const lines[] = {
		"[    3.1] frob: device not found", "kernel: frob: GPU not detected",
		"frob[12]: the card is not listed", "frob 0000:01:00.0 not found", "my frob 0000:01:00.0: not found",
		"error: device not found",
		"frob: device missing, mode=3", "frob: GPU not detected", "usb 1-1: device not found",
		"nvme nvme0: device not seen", "10:00:00.1 GPU not detected", "2026-11-21 GPU not detected",
		"Nov  1 10:00:00 host GPU not detected", "GPU not detected (frob.c:12)",
		"/opt/frob/run cannot see the card", "could not see the card '/dev/vfio/1': no such file",
		"{ GPU not detected }", "10 ERROR GPU not detected", "../hw/frob.c:12: the card is missing",
	};
	static const char *const sentences_too[] = {
		"Problem: GPU not detected", "win11: GPU not detected", "01:00.0 the card is missing",
		"RX 580: not detected", "I edited /etc/default/grub, and the card is missing",
	};
	struct hd_arena arena = { 0 };
	char *text = hd_alloc(&arena, 1000);

	(void)state;
	for (size_t i = 0; i < HD_ARRAY_SIZE(lines); i++)
		if (hd_typed_of(lines[i]))
			fail_msg("a sentence: %s", lines[i]);
	for (size_t i = 0; i < HD_ARRAY_SIZE(sentences_too); i++)
		if (!hd_typed_of(sentences_too[i]))
			fail_msg("no sentence: %s", sentences_too[i]);
	for (size_t n = 290; n < 310; n++) {
		memset(text, 'x', n);
		(void)snprintf(text + n, 1000 - n, "n't see the card");
		assert_null(hd_typed_of(text));
	}
	hd_arena_done(&arena);
}

/* What a row calls harmless stays so, whoever asks; and no healthy line is read as a sentence. */
static void healthy_lines_stay_healthy(void **state)
{
	struct hd_arena arena = { 0 };
	const char *text = records_read(&arena, "healthy.txt"), *line;

	(void)state;
	while ((line = hd_text_next_line(&arena, &text))) {
		struct hd_explanation as_log, asked;

		if (!*line || *line == '#')
			continue;
		hd_explain_text(&as_log, &arena, line);
		hd_explain_question(&asked, &arena, line);
		if (as_log.n ? asked.items[0].message != as_log.items[0].message : is_typed(&asked))
			fail_msg("%s: %s", first_id(&asked), line);
	}
	hd_arena_done(&arena);
}

/* A message that is harmless does not make well what somebody complains of beside it. */
static void complaints_are_no_all_clear(void **state)
{
	static const struct {
		const char *text, *id;	/* of the first answer; NULL: the harmless row, on a condition */
	} asked[] = {
		{ "the guest hangs at boot, and dmesg has pci 0000:01:00.0: GPU left initialized by EFI, "
		  "resetting", "general-typed-guest-freeze" },
		{ "GPU left initialized by EFI, resetting, then the guest has a black screen",
		  "general-typed-black" },
		{ "GPU left initialized by EFI, resetting\nthe guest does not see the card",
		  "general-typed-guest-not-seen" },
		{ "GPU left initialized by EFI, resetting\nafter that it doesn't work", NULL },
		{ "it never works: [  1.1] pci 0000:01:00.0: GPU left initialized by EFI, resetting", NULL },
		{ "GPU left initialized by EFI, resetting\nGPU left initialized by EFI, resetting and then "
		  "nothing", NULL },
		{ "the RX 580 is not reset. GPU left initialized by EFI, resetting. it failed",
		  "general-typed-reset" },
		{ "GPU left initialized by EFI, resetting\nfrob gizmo failed to quux", NULL },
	};
	struct hd_arena arena = { 0 };
	struct hd_explanation found;

	(void)state;
	for (size_t i = 0; i < HD_ARRAY_SIZE(asked); i++) {
		hd_explain_question(&found, &arena, asked[i].text);
		if (!hd_text_starts_with(first_id(&found), asked[i].id ? asked[i].id : "kernel-gpu-left-initialized"))
			fail_msg("%s: %s", first_id(&found), asked[i].text);
		if (!asked[i].id && (found.items[0].message->kind != HD_MESSAGE_HARMLESS_IF ||
				     !strstr(found.items[0].message->remedy, "unless something fails")))
			fail_msg("an all-clear: %s", asked[i].text);
	}
	hd_arena_done(&arena);
}

/* Nor is what is asked about a harmless message, and the record around it, a complaint. */
static void harmless_messages_stay_harmless(void **state)
{
	struct hd_arena arena = { 0 };
	struct hd_explanation found;
	const char *at = records_read(&arena, "rows.txt"), *line;

	(void)state;
	while ((line = hd_text_next_line(&arena, &at))) {
		if (*line != '|')
			continue;
		hd_explain_text(&found, &arena, line + 1);
		if (!found.n || found.n_unknown || found.items[0].message->kind != HD_MESSAGE_HARMLESS)
			continue;
		hd_explain_question(&found, &arena, hd_printf(&arena, "is that well? %s", line + 1));
		if (found.items[0].message->kind != HD_MESSAGE_HARMLESS)
			fail_msg("%s: %s", first_id(&found), line + 1);
	}
	hd_arena_done(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(sentences_are_answered), cmocka_unit_test(all_are_reached),
		cmocka_unit_test(a_log_is_not_asked), cmocka_unit_test(praise_is_no_complaint),
		cmocka_unit_test(healthy_lines_stay_healthy), cmocka_unit_test(records_are_not_sentences),
		cmocka_unit_test(complaints_are_no_all_clear), cmocka_unit_test(harmless_messages_stay_harmless),
	};

	return cmocka_run_group_tests_name("typed", tests, NULL, NULL);
}
