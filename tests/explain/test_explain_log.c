/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_explain_log.c - what does a whole log, or a message that was wrapped, say? */
#include "config.h"

#include <string.h>
#include <time.h>

#include "explain/log_search.h"
#include "tests/support/unit.h"

static const struct row {
	const char *text;
	const char *ids;	/* "id:address:count " each, "p" after what is a part of the answer */
} rows[] = {
	{ "", "" },
	{ "hello\nworld\n", "" },
	{ "  vfio 0000:01:00.0: group 12 is not viable\r\n", "qemu-group-not-viable:0000:01:00.0:1 " },
	{ "vfio 0000:01:00.0: group 12 is not viable\nPlease ensure all devices within the iommu_group "
	  "are bound to their vfio bus driver.\n",
	  "qemu-group-not-viable:0000:01:00.0:1 " },
	/* in the other order, and of two devices */
	{ "Please ensure all devices within the iommu_group are bound to their vfio bus driver.\n"
	  "vfio 0000:01:00.0: group 12 is not viable\nvfio 0000:02:00.0: group 13 is not viable\n"
	  "Please ensure all devices within the iommu_group are bound to their vfio bus driver.\n",
	  "qemu-group-not-viable:0000:01:00.0:1 qemu-group-not-viable:0000:02:00.0:1 " },
	{ "group 12 is not viable\ngroup 13 is not viable\ngroup 12 is not viable\n",
	  "qemu-group-not-viable:-:2 qemu-group-not-viable:-:1 " },
	{ "Module nvidia is in use\nModule amdgpu is in use\n",
	  "modprobe-in-use:-:1 modprobe-in-use:-:1 " },
	/* the only device of the text */
	{ "modprobe: FATAL: Module amdgpu is in use.\nvfio 0000:01:00.0: group 12 is not viable\n",
	  "qemu-group-not-viable:0000:01:00.0:1 modprobe-in-use:0000:01:00.0:1 " },
	{ "Module amdgpu is in use.\nvfio 0000:01:00.0: group 12 is not viable\n"
	  "vfio 0000:02:00.0: group 12 is not viable\n",
	  "qemu-group-not-viable:0000:01:00.0:1 "
	  "qemu-group-not-viable:0000:02:00.0:1 modprobe-in-use:-:1 " },
	{ "vfio 0000:01:00.0: no such host device\nx\nvfio 0000:01:00.0: no such host device\n"
	  "vfio 0000:02:00.0: no such host device\n",
	  "qemu-no-such-device:0000:01:00.0:2 qemu-no-such-device:0000:02:00.0:1 " },
	/* harmless lines count only if there are no others */
	{ "pci 0000:01:00.0: Adding to iommu group 1\npci 0000:02:00.0: Adding to iommu group 2\n",
	  "kernel-iommu-group-added:0000:01:00.0:2 " },
	{ "pci 0000:01:00.0: Adding to iommu group 1\npci 0000:02:00.0: can't assign; no space\n",
	  "kernel-bar-no-space:0000:02:00.0:1 " },
	/* a row that is about PCI needs something of PCI in the line or near it */
	{ "sh: echo: write error: No such device\n", "general-write-no-device:-:1 " },
	{ "0000:01:00.0\nsh: echo: write error: No such device\n", "shell-write-no-device:-:1 " },
	{ "# echo x > /sys/bus/pci/drivers/vfio-pci/bind\n\nsh: echo: write error: No such device\n",
	  "shell-write-no-device:-:1 " },
	{ "sh: echo: write error: No such device\nvfio-pci/new_id of 10de\n", "shell-write-no-device:-:1 " },
	{ "a vfio-pci\n1\n2\n3\nsh: echo: write error: No such device\n", "general-write-no-device:-:1 " },
	/* what only follows stands behind its cause, and who only speaks is not needed after that */
	{ "vfio-pci: Device initialization failed\nfrob 0000:01:00.0: probe failed: -110\n",
	  "general-probe-timeout:0000:01:00.0:1 qemu-device-failed:0000:01:00.0:1 " },
	{ "frob 0000:01:00.0: probe failed: -110\nfrob 0000:01:00.0: error\n",
	  "general-probe-timeout:0000:01:00.0:1 " },
	{ "frob 0000:01:00.0: probe failed: -110\nfrob 0000:02:00.0: error\n",
	  "general-probe-timeout:0000:01:00.0:1 general-pci:0000:02:00.0:1 " },
	/* what a line names is enough if nothing else of the text has an answer */
	{ "frobnicate: it failed with guest 'g'\n", "general-guest:-:1 " },
	{ "frobnicate: it failed with guest 'g'\nvfio 0000:01:00.0: group 12 is not viable\n",
	  "qemu-group-not-viable:0000:01:00.0:1 " },
	/* a row for what wraps the reason is not the whole answer; an error's words alone are no reason */
	{ "Hook script execution failed: frob: unable to open the modem: Device or resource busy\n",
	  "general-error-busy:-:1 libvirt-hook-failed:-:1p " },
	{ "qemu-kvm: Hook script execution failed: frob: the knob 39 differs from 48\n",
	  "general-reason-differs:-:1 libvirt-hook-failed:-:1p " },
	{ "Hook script execution failed: frob is unable to\n", "libvirt-hook-failed:-:1p " },
	{ "Hook script execution failed: no such d\n", "libvirt-hook-failed:-:1 " },
	{ "Hook script execution failed: Device or resource busy\n", "libvirt-hook-failed:-:1 " },
	/* nor one for a function where the line names a mediated device */
	{ "vfio 4b20d080-1b54-4048-85b3-a6a62d165c01: failed to open /dev/vfio/1: No such file or directory\n",
	  "general-mediated:-:1 qemu-vfio-node-missing:-:1p " },
	/* what a line is about counts for less than an answer to another line */
	{ "vfio 0000:01:00.0: group 12 is not viable\nTASK ERROR: start failed: it ended with exit code 1\n",
	  "qemu-group-not-viable:0000:01:00.0:1 " },
	{ "TASK ERROR: start failed: it ended with exit code 1\n", "general-about-child:-:1 " },
	/* the more specific condition counts */
	{ "/sys/bus/pci/x\n+ echo efi-framebuffer.0\nx.sh: line 15: echo: write error: No such device\n",
	  "shell-no-efifb:-:1 " },
	/* quoted, in JSON, and with the quotes of a forum */
	{ "> vfio 0000:01:00.0: failed to open /dev/vfio/1: No such file or directory\n",
	  "qemu-vfio-node-missing:0000:01:00.0:1 " },
	{ "{\"message\":\"Cannot use device \\\"0000:01:00.0\\\", 2 processes are still attached to "
	  "it\\n\"}", "incus-device-in-use:0000:01:00.0:1 " },
	{ "dracut: module not found: \xe2\x80\x98vfio_virqfd\xe2\x80\x99",
	  "modprobe-no-virqfd:-:1 " },
	{ "Failed to unbind PCI device &#39;0000:01:00.0&#39; from nvidia:&nbsp;Device busy",
	  "libvirt-cannot-unbind:0000:01:00.0:1 " },
	/* wrapped by a terminal or a mail */
	{ "vfio 0000:01:00.0: group 12\n    is not\n    viable\n",
	  "qemu-group-not-viable:0000:01:00.0:1 " },
	/* the rest of lines that were broken at one width */
	{ "error getting device fro\nm group 12 of the host, \nwhich then failed: -16\n",
	  "qemu-group-device-missing:-:1 " },
	/* what is certain does not lead if a later line is known only in general */
	{ "vfio 0000:01:00.0: group 12 is not viable\nfrob 0000:02:00.0: probe failed: -110\n",
	  "general-probe-timeout:0000:02:00.0:1 qemu-group-not-viable:0000:01:00.0:1 " },
	{ "vfio 0000:01:00.0: group 12 is not viable\nfrob 0000:01:00.0: probe failed: -110\n",
	  "qemu-group-not-viable:0000:01:00.0:1 general-probe-timeout:0000:01:00.0:1 " },
	{ "Requested operation is not valid: network 'x' is not active\n"
	  "frob 0000:01:00.0: probe failed: -110\n",
	  "general-probe-timeout:0000:01:00.0:1 libvirt-network-inactive:0000:01:00.0:1 " },
	{ "frob 0000:02:00.0: probe failed: -110\nvfio 0000:01:00.0: group 12 is not viable\n",
	  "qemu-group-not-viable:0000:01:00.0:1 general-probe-timeout:0000:02:00.0:1 " },
	{ "vfio 0000:01:00.0: group 12 is not viable\nfrob 0000:02:00.0: error\n",
	  "qemu-group-not-viable:0000:01:00.0:1 general-pci:0000:02:00.0:1 " },
	/* what follows a message is not a part of it */
	{ "pci 0000:01:00.0: Adding to iommu group 1\n2 lines\n",
	  "kernel-iommu-group-added:0000:01:00.0:1 " },
	{ "PCI device 0000:01:00.0 is in use by driver QEMU, domain a\nvfio 0000:02:00.0: no such host "
	  "device\n", "libvirt-pci-in-use:0000:01:00.0:1 qemu-no-such-device:0000:02:00.0:1 " },
	{ "Cannot use device \"x\n[ 1.1] y\", 2 processes are still attached to it\n", "" },
	{ "Cannot use device \"x\nNov  1 y\", 2 processes are still attached to it\n", "" },
	{ "Cannot use device \"x\n2026-11-01 y\", 2 processes are still attached to it\n", "" },
	/* the command before a shell's error says what was tried, and with which device */
	{ "# echo 1 > /sys/bus/pci/devices/0000:01:00.0/reset\nbash: echo: write error: Connection timed "
	  "out\n", "general-reset-write:0000:01:00.0:1 " },
	{ "bash: echo: write error: Connection timed out\n", "general-write-refused:-:1 " },
	/* the most specific answer first, one for each device */
	{ "nvme nvme0: reset failed\nnvme nvme0: probe failed, cannot map: Out of memory\n"
	  "qemu-kvm: cannot map: File exists\n",
	  "general-map-exists:-:1 general-nvme-dead:-:2 " },
	{ "nvme 0000:01:00.0: it somehow failed\nnvme 0000:02:00.0: it somehow failed\n"
	  "nvme 0000:01:00.0: it failed again\n", "general-nvme:0000:01:00.0:2 general-nvme:0000:02:00.0:1 " },
	{ "vfio 0000:01:00.0: failed to setup container for group 1: No available IO\nMMU models\n",
	  "qemu-no-iommu-model:0000:01:00.0:1 " },
};

/* A message of several words between two others, broken at each width, also within words. */
static void messages_are_unwrapped(void **state)
{
	static const char message[] = "vfio 0000:01:00.0: error getting device from group 12: No such "
				      "device";
	struct hd_arena arena = { 0 };

	(void)state;
	for (size_t width = 6; width < sizeof(message) - 1; width++) {
		const char *text = "0000:02:00.0: no such host device\n";
		struct hd_explanation found;

		for (size_t at = 0; at < sizeof(message) - 1; at += width)
			text = hd_printf(&arena, "%s> %.*s\n", text, (int)width, message + at);
		text = hd_printf(&arena, "%sgroup 13 is not viable\n", text);
		hd_explain_text(&found, &arena, text);
		if (found.n != 3 || strcmp(found.items[2].message->id, "qemu-group-device-missing") != 0 ||
		    strcmp(hd_field_value(&found.items[2].fields, "group"), "12") != 0)
			fail_msg("width %zu: %zu: %s", width, found.n, text);
	}
	hd_arena_done(&arena);
}

static const char *render(const struct hd_explanation *found, struct hd_arena *arena)
{
	const char *text = "";

	for (size_t i = 0; i < found->n; i++) {
		const char *address = hd_field_value(&found->items[i].fields, "address");

		text = hd_printf(arena, "%s%s:%s:%zu%s ", text, found->items[i].message->id,
				 address ? address : "-", found->items[i].count,
				 found->items[i].is_partial ? "p" : "");
	}
	return text;
}

static void logs_are_explained(void **state)
{
	struct hd_arena arena = { 0 };
	struct hd_explanation found;

	(void)state;
	for (size_t i = 0; i < HD_ARRAY_SIZE(rows); i++) {
		hd_explain_text(&found, &arena, rows[i].text);
		assert_string_equal(render(&found, &arena), rows[i].ids);
	}
	hd_explain_text(&found, &arena, rows[4].text);
	assert_string_equal(found.items[0].line, "vfio 0000:01:00.0: group 12 is not viable");
	hd_explain_text(&found, &arena, "\x1b[31m 0000:01:00.0: no such host \x1b[0mdevice \x1b\t\n");
	assert_string_equal(found.items[0].line, "0000:01:00.0: no such host device ?");
	hd_arena_done(&arena);
}

/* Whatever the order in the text: how it ended, then what is certain, then warnings. */
static void the_outcome_is_first(void **state)
{
	static const char text[] =
		"[ 1.0] vfio-pci 0000:01:00.0: not ready 4095ms after bus reset; waiting\n"
		"[ 2.0] kvm: vfio: Unable to power on device 0000:01:00.0\n"
		"[ 3.0] echo: echo: I/O error\n"
		"[ 4.0] qemu: vfio 0000:01:00.0: group 2 is not viable\n"
		"[ 5.0] vfio-pci 0000:01:00.0: not ready 65535ms after bus reset; giving up\n";
	struct hd_arena arena = { 0 };
	struct hd_explanation found;

	(void)state;
	hd_explain_text(&found, &arena, text);
	assert_string_equal(render(&found, &arena), "kernel-device-not-ready:0000:01:00.0:1 "
			    "qemu-group-not-viable:0000:01:00.0:1 shell-write-refused-dash:0000:01:00.0:1 "
			    "general-power:0000:01:00.0:1 kernel-device-waits:0000:01:00.0:1 ");
	assert_int_equal(found.items[4].tone, HD_TONE_MILD);
	assert_null(found.recovered);
	hd_explain_text(&found, &arena, hd_printf(&arena, "%sodd: device recovered\n", text));
	assert_string_equal(found.recovered, "odd: device recovered");
	hd_explain_text(&found, &arena, hd_printf(&arena, "odd: device recovered\n%s", text));
	assert_null(found.recovered);
	hd_arena_done(&arena);
}

static const struct {
	const char *text;
	const char *unknown;	/* each and "|", also what has a general answer */
} unknown_rows[] = {
	{ "pci 0000:01:00.0: Adding to iommu group 1\n"
	  " odd 0000:01:00.0: odd: Fatal error during its start\n",
	  "odd 0000:01:00.0: odd: Fatal error during its start|" },
	/* on the line of a harmless message */
	{ "pci 0000:01:00.0: Adding to iommu group 1 odd: Fatal error during its start",
	  "pci 0000:01:00.0: Adding to iommu group 1 odd: Fatal error during its start|" },
	{ "dracut: Failed to find module 'vfio_virqfd'", "" },
	/* beside an error that is known; once */
	{ "vfio 0000:01:00.0: group 12 is not viable\nit is denied\nit is denied\n", "it is denied|" },
	/* what says that something failed, but not why */
	{ "error: Failed to start domain 'g'\nvfio 0000:01:00.0: group 12 is not viable\n", "" },
	{ "error: Failed to start domain 'g'\npci 0000:01:00.0: Adding to iommu group 1\n",
	  "error: Failed to start domain 'g'|" },
	{ "error: \x1b]\n", "error: ?]|" },
	{ "pci 0000:01:00.0: Adding to iommu group 1\nall is well\n", "" },
};

static const char *joined_unknown(const struct hd_explanation *found, struct hd_arena *arena)
{
	const char *text = "";

	for (size_t i = 0; i < found->n; i++)
		if (found->items[i].message->kind == HD_MESSAGE_GENERAL)
			text = hd_printf(arena, "%s%s|", text, found->items[i].line);
	for (size_t i = 0; i < found->n_unknown; i++)
		text = hd_printf(arena, "%s%s|", text, found->unknown[i].line);
	return text;
}

static void errors_are_not_passed_over(void **state)
{
	struct hd_arena arena = { 0 };
	struct hd_explanation found;

	(void)state;
	for (size_t i = 0; i < HD_ARRAY_SIZE(unknown_rows); i++) {
		hd_explain_text(&found, &arena, unknown_rows[i].text);
		assert_string_equal(joined_unknown(&found, &arena), unknown_rows[i].unknown);
		assert_int_equal(found.n_more, 0);
	}
	hd_arena_done(&arena);
}

/* A few lines are pasted for their reason; in a log the same words say nothing. */
static void weak_words_count_in_a_short_text(void **state)
{
	static const char line[] = "frobnicate: the frob is not online\n";
	struct hd_arena arena = { 0 };
	struct hd_explanation found;
	const char *log = line;

	(void)state;
	hd_explain_text(&found, &arena, line);
	assert_int_equal(found.n_unknown, 1);
	hd_explain_text(&found, &arena, hd_printf(&arena, "%serror: frob\n", line));
	assert_int_equal(found.n_unknown, 1);
	assert_string_equal(found.unknown[0].line, "error: frob");
	for (int i = 0; i < 20; i++)
		log = hd_printf(&arena, "%sfrobnicate: line %d\n", log, i);
	hd_explain_text(&found, &arena, log);
	assert_int_equal(found.n_unknown, 0);
	hd_arena_done(&arena);
}

static void unknown_errors_are_bounded(void **state)
{
	struct hd_arena arena = { 0 };
	struct hd_explanation found;
	static const char *const speakers[] = { "amdgpu", "NVRM:", "nvme", "xhci_hcd", "DMAR:" };
	char *text = hd_alloc(&arena, 5001);
	const char *lines = "";

	(void)state;
	memset(text, 'x', 5000);
	memcpy(text, "error ", 6);
	hd_explain_text(&found, &arena, text);
	assert_int_equal(found.n_unknown, 1);
	assert_true(strlen(found.unknown[0].line) < 700);
	for (int i = 0; i < HD_UNKNOWN_MAX + 3; i++)
		lines = hd_printf(&arena, "%serror x%d\n", lines, i);
	hd_explain_text(&found, &arena, lines);
	assert_int_equal(found.n_unknown, HD_UNKNOWN_MAX);
	assert_int_equal(found.n_more, 3);
	for (int i = 0; i < HD_UNKNOWN_MAX; i++)
		lines = hd_printf(&arena, "%s%s %d failed\n", i ? lines : "", speakers[i % 5], i);
	hd_explain_text(&found, &arena, lines);
	assert_int_equal(found.n, HD_GENERAL_MAX);
	assert_int_equal(found.n_unknown, 5 - HD_GENERAL_MAX);
	hd_arena_done(&arena);
}

static void less_specific_rows_are_named(void **state)
{
	struct hd_arena arena = { 0 };
	struct hd_explanation found;

	(void)state;
	hd_explain_text(&found, &arena, "vfio 0000:01:00.0: failed to open /dev/vfio/1: Permission "
			"denied");
	assert_int_equal(found.n, 1);
	assert_string_equal(found.items[0].message->id, "qemu-vfio-node-denied");
	assert_int_equal(found.items[0].n_also, 1);
	assert_string_equal(found.items[0].also[0]->id, "qemu-vfio-node");
	hd_arena_done(&arena);
}

static void it_is_bounded(void **state)
{
	struct hd_arena arena = { 0 };
	struct hd_explanation found;
	const char *text = "";

	(void)state;
	for (int i = 0; i < 2 * HD_EXPLAINED_MAX; i++)
		text = hd_printf(&arena, "%s0000:%02x:00.0: no such host device\n", text, i);
	hd_explain_text(&found, &arena, text);
	assert_int_equal(found.n, HD_EXPLAINED_MAX);
	hd_arena_done(&arena);
}

/* Wherever in a long line it stands, also where the line is cut. */
static void a_long_line_is_read(void **state)
{
	static const char message[] = " vfio 0000:01:00.0: group 12 is not viable ";
	const size_t size = 3 * HD_PATTERN_LINE_MAX;
	struct hd_arena arena = { 0 };
	struct hd_explanation found;

	(void)state;
	for (size_t at = 0; at + sizeof(message) < size; at += 37) {
		char *text = hd_alloc(&arena, size);

		memset(text, 'x', size - 1);
		memcpy(text + at, message, sizeof(message) - 1);
		hd_explain_text(&found, &arena, text);
		assert_string_equal(found.n ? found.items[0].message->id : "", "qemu-group-not-viable");
	}
	hd_arena_done(&arena);
}

/* In seconds of the processor. */
static double time_of_line(size_t length)
{
	struct hd_arena arena = { 0 };
	struct hd_explanation found;
	char *text = hd_alloc(&arena, length + 1);
	clock_t start;

	for (size_t i = 0; i < length; i++)
		text[i] = "frob gizmo "[i % 11];
	start = clock();
	hd_explain_text(&found, &arena, text);
	hd_arena_done(&arena);
	return (double)(clock() - start) / CLOCKS_PER_SEC;
}

/* Eight times the length takes eight times the time, or 64 times if each piece looks for the line's end. */
static void a_long_line_is_linear(void **state)
{
	double first = time_of_line(1 << 20), longer = time_of_line(8 << 20);

	(void)state;
	if (longer > 20 * first)
		fail_msg("%.2f s, then %.2f s", first, longer);
}

/* What stands at the far end of a long line is not near its beginning. */
static void a_long_line_has_neighbours(void **state)
{
	static const char start[] = "echo: write error: No such device ", end[] = " vfio-pci 0000:01:00.0";
	struct hd_arena arena = { 0 };
	struct hd_explanation found;
	size_t length = 100000;
	char *text = hd_alloc(&arena, length + 1);

	(void)state;
	memset(text, 'x', length);
	memcpy(text, start, strlen(start));
	memcpy(text + length - strlen(end), end, strlen(end));
	hd_explain_text(&found, &arena, text);
	assert_false(found.n && found.items[0].message->kind != HD_MESSAGE_GENERAL);
	hd_arena_done(&arena);
}

static void nearest_checks(void **state)
{
	const char *ids[3];

	(void)state;
	assert_int_equal(hd_explain_nearest("The STORAGE is busy", ids, 3), 3);
	assert_string_equal(ids[0], "storage-free");
	assert_true(hd_explain_nearest("denylist of vfio-pci", ids, 1) == 1);
	assert_int_equal(hd_explain_nearest("zzzz qqqq a an the", ids, 3), 0);
	assert_int_equal(hd_explain_nearest("", ids, 3), 0);
	assert_int_equal(hd_explain_nearest("storage", ids, 0), 0);
}

/* Each word is compared with all that checks say: of a long text the beginning is enough. */
static void nearest_of_a_long_text(void **state)
{
	struct hd_arena arena = { 0 };
	char *text = hd_alloc(&arena, HD_PATTERN_LINE_MAX + sizeof(" storage"));
	const char *ids[3];

	(void)state;
	memset(text, ' ', HD_PATTERN_LINE_MAX);
	memcpy(text + HD_PATTERN_LINE_MAX, " storage", sizeof(" storage"));
	assert_int_equal(hd_explain_nearest(text, ids, 3), 0);
	text[HD_PATTERN_LINE_MAX / 2] = '\0';
	memcpy(text + HD_PATTERN_LINE_MAX / 2 - 8, " storage", 8);
	assert_int_equal(hd_explain_nearest(text, ids, 3), 3);
	hd_arena_done(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(logs_are_explained), cmocka_unit_test(the_outcome_is_first),
		cmocka_unit_test(less_specific_rows_are_named),
		cmocka_unit_test(it_is_bounded), cmocka_unit_test(messages_are_unwrapped),
		cmocka_unit_test(errors_are_not_passed_over),
		cmocka_unit_test(weak_words_count_in_a_short_text),
		cmocka_unit_test(unknown_errors_are_bounded),
		cmocka_unit_test(nearest_checks), cmocka_unit_test(a_long_line_is_read),
		cmocka_unit_test(a_long_line_is_linear), cmocka_unit_test(a_long_line_has_neighbours),
		cmocka_unit_test(nearest_of_a_long_text),
	};

	return cmocka_run_group_tests_name("explain log", tests, NULL, NULL);
}
