/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_level.c - is the level of a record read in each format, and do errors come before warnings? */
#include "config.h"

#include <string.h>

#include "explain/level.h"
#include "explain/log_search.h"
#include "tests/support/unit.h"

static const struct {
	const char *line;
	enum hd_level level;
} levels[] = {
	/* klog, also behind a container's and journald's head */
	{ "E1130 10:00:00.123456       1 frob.go:12] x", HD_LEVEL_ERROR },
	{ "W1130 10:00:00.123456       1 frob.go:12] x", HD_LEVEL_WARNING },
	{ "I1130 10:00:00.123456       1 frob.go:12] x", HD_LEVEL_INFO },
	{ "F1130 10:00:00.1 x", HD_LEVEL_ERROR },
	{ "2026-11-30T10:00:00.1+08:00 stderr F W1130 10:00:00.1 1 x", HD_LEVEL_WARNING },
	{ "Nov 30 10:00:00 host kubelet[1]: E1130 10:00:00.1 1 x", HD_LEVEL_ERROR },
	{ "E1130 is a model", HD_LEVEL_NONE }, { "frob E1130", HD_LEVEL_NONE },
	/* logrus, JSON */
	{ "time=\"2026-11-30T10:00:00Z\" level=warning msg=\"x\"", HD_LEVEL_WARNING },
	{ "time=\"2026-11-30T10:00:00Z\" level=fatal msg=\"x\"", HD_LEVEL_ERROR },
	{ "{\"component\":\"frob\",\"level\":\"error\",\"msg\":\"x\"}", HD_LEVEL_ERROR },
	{ "{\"level\": \"info\", \"msg\": \"x\"}", HD_LEVEL_INFO },
	{ "{\"severity\":\"WARNING\",\"message\":\"x\"}", HD_LEVEL_WARNING },
	{ "Kernel command line: loglevel=3 quiet", HD_LEVEL_NONE },
	{ "FATA[0003] x", HD_LEVEL_ERROR }, { "WARN[0000] x", HD_LEVEL_WARNING },
	/* Python, oslo.log, Java, LXC, Rust, Looking Glass */
	{ "2026-11-30 10:00:00.1 2 ERROR frob.manager [-] x", HD_LEVEL_ERROR },
	{ "2026-11-30 10:00:00,792 WARN  [frob.Gizmo] (main:null) x", HD_LEVEL_WARNING },
	{ "WARNING:root:x", HD_LEVEL_WARNING }, { "ERROR: x", HD_LEVEL_ERROR }, { "[WARNING] x", HD_LEVEL_WARNING },
	{ "lxc c1 20261130100000.228 WARN     conf - x", HD_LEVEL_WARNING },
	{ "[2026-11-30T10:00:00Z WARN  frob::gizmo] x", HD_LEVEL_WARNING },
	{ "00:00:00.348 [W]              main.c:693  | x", HD_LEVEL_WARNING },
	{ "00:00:00.348 [E]              main.c:693  | x", HD_LEVEL_ERROR },
	{ "[drm:frob [amdgpu]] *ERROR* x", HD_LEVEL_ERROR },
	/* libvirt, the kernel, Xorg, Proxmox */
	{ "2026-11-30 10:00:00.1+0000: 12: error : frob:12 : x", HD_LEVEL_ERROR },
	{ "2026-11-30 10:00:00.1+0000: 12: warning : frob:12 : x", HD_LEVEL_WARNING },
	{ "<3>[    1.0] x", HD_LEVEL_ERROR }, { "<6>[    1.0] x", HD_LEVEL_INFO }, { "(EE) x", HD_LEVEL_ERROR },
	{ "TASK ERROR: x", HD_LEVEL_ERROR },
	/* what is not a level */
	{ "", HD_LEVEL_NONE }, { "Error: x", HD_LEVEL_NONE }, { "[drm] x", HD_LEVEL_NONE },
	{ "  Warning  Failed  5s  kubelet  x", HD_LEVEL_NONE }, { "an error : x", HD_LEVEL_NONE },
	{ "INFO: task qemu:1 blocked for more than 120 seconds.", HD_LEVEL_ERROR }, { "<3", HD_LEVEL_NONE },
	{ "INFO: rcu_sched self-detected stall on CPU", HD_LEVEL_ERROR }, { "[", HD_LEVEL_NONE },
};

static void levels_are_read(void **state)
{
	(void)state;
	for (size_t i = 0; i < HD_ARRAY_SIZE(levels); i++)
		if (hd_level_of(levels[i].line) != levels[i].level)
			fail_msg("%d: %s", (int)hd_level_of(levels[i].line), levels[i].line);
}

static const char *const frames[] = {
	"  File \"/usr/lib/python3/frob.py\", line 12, in gizmo",
	"2026-11-30 10:00:00.1 2 ERROR frob   File \"/frob.py\", line 12, in gizmo",
	"    if ret == -1: raise libvirtError('virDomainCreate() failed', dom=self)",
	"2026-11-30 10:00:00.1 2 ERROR frob Traceback (most recent call last):",
	"        at org.frob.Gizmo.failed(Gizmo.java:1)",
	"[2026-11-30T10:00:00Z] \tat frob.Gizmo$1.run(Gizmo.java:106)", "... 12 more", "goroutine 1 [running]:",
};

static const char *const no_frames[] = {
	"", "libvirt.libvirtError: internal error: x", "it failed at frob (x)", "at least (a.b)", "... it failed",
	"File \"x\" not found", "Caused by: java.io.IOException: x", "to raise it failed",
};

static void frames_are_told_apart(void **state)
{
	(void)state;
	for (size_t i = 0; i < HD_ARRAY_SIZE(frames); i++)
		if (!hd_level_is_frame(frames[i]))
			fail_msg("no frame: %s", frames[i]);
	for (size_t i = 0; i < HD_ARRAY_SIZE(no_frames); i++)
		if (hd_level_is_frame(no_frames[i]))
			fail_msg("a frame: %s", no_frames[i]);
}

/* The line of the first answer. */
static const struct {
	const char *text, *first;
} pastes[] = {
	/* an error of which little is known before a warning of which much is */
	{ "W1130 10:00:00.1 1 x.go:1] nvme nvme0: reset failed\nE1130 10:00:00.2 1 x.go:1] vfio frob failed\n",
	  "E1130 10:00:00.2 1 x.go:1] vfio frob failed" },
	{ "2026-11-30 10:00:00,1 WARN [frob] vfio 0000:01:00.0: group 12 is not viable\n"
	  "2026-11-30 10:00:00,2 ERROR [frob] frob 0000:02:00.0: probe failed: -110\n",
	  "2026-11-30 10:00:00,2 ERROR [frob] frob 0000:02:00.0: probe failed: -110" },
	{ "I1130 10:00:00.1 1 x.go:1] nvme nvme0: reset failed\nE1130 10:00:00.2 1 x.go:1] /dev/frob failed\n",
	  "E1130 10:00:00.2 1 x.go:1] /dev/frob failed" },
	/* also where there are more answers than are shown */
	{ "[WARNING] nvme nvme0: reset failed\n[WARNING] amdgpu 0000:03:00.0: probe failed: -110\n"
	  "[WARNING] usb 1-1: device not accepting address 2, error -71\n[WARNING] ixgbe: bind failed: -16\n"
	  "[ERROR] /dev/frob failed\n", "[ERROR] /dev/frob failed" },
	/* of lines with one answer the gravest is shown, whether it is a family's or a row's */
	{ "[WARNING] frob 0000:01:00.0: probe failed: -110\n[ERROR] frob 0000:01:00.0: probe failed: -110\n",
	  "[ERROR] frob 0000:01:00.0: probe failed: -110" },
	{ "[WARNING] vfio 0000:01:00.0: no such host device\n[ERROR] vfio 0000:01:00.0: no such host device\n",
	  "[ERROR] vfio 0000:01:00.0: no such host device" },
	/* what caused it, of several the innermost */
	{ "org.frob.A: frob 0000:01:00.0: probe failed: -110\n\tat org.frob.A.b(A.java:1)\n"
	  "Caused by: org.frob.B: nvme nvme0: reset failed\n\tat org.frob.A.c(A.java:2)\n"
	  "Caused by: org.frob.C: usb 1-1: device not accepting address 2, error -71\n",
	  "Caused by: org.frob.C: usb 1-1: device not accepting address 2, error -71" },
	/* Rust's, below a line of their own */
	{ "Error: failed to boot the frob\n\nCaused by:\n    0: failed to add the gizmo\n"
	  "    1: frob 0000:01:00.0: probe failed: -110\n",
	  "Caused by: failed to add the gizmo: frob 0000:01:00.0: probe failed: -110" },
	/* neither says that something failed, but one is a warning */
	{ "frob: the device of my card is here: PASS\nWARN (no idea whether the frob has an IOMMU)\n",
	  "WARN (no idea whether the frob has an IOMMU)" },
	/* the steps of a traceback say nothing */
	{ "Traceback (most recent call last):\n  File \"/frob.py\", line 1, in x\n"
	  "    raise FrobError('it failed')\nlibvirtError: frob 0000:01:00.0: probe failed: -110\n",
	  "libvirtError: frob 0000:01:00.0: probe failed: -110" },
};

static void the_gravest_is_the_subject(void **state)
{
	struct hd_arena arena = { 0 };
	struct hd_explanation found;

	(void)state;
	for (size_t i = 0; i < HD_ARRAY_SIZE(pastes); i++) {
		hd_explain_question(&found, &arena, pastes[i].text);
		assert_true(found.n > 0);
		assert_string_equal(found.items[0].line, pastes[i].first);
	}
	assert_int_equal(found.n_unknown, 0);
	hd_explain_question(&found, &arena, "Caused by:\nfrob 0000:01:00.0: probe failed: -110\nCaused by:\n");
	assert_int_equal(found.n, 1);
	assert_string_equal(found.items[0].line, "frob 0000:01:00.0: probe failed: -110");
	hd_arena_done(&arena);
}

/* However many warnings stand before it. */
static void warnings_give_way(void **state)
{
	struct hd_arena arena = { 0 };
	struct hd_explanation found;
	const char *text = "";

	(void)state;
	for (int i = 1; i <= 3 * HD_UNKNOWN_MAX; i++)
		text = hd_printf(&arena, "%s[WARNING] gizmo x%d failed\n", text, i);
	hd_explain_text(&found, &arena, hd_printf(&arena, "%s[ERROR] vfio frob failed\n", text));
	assert_true(found.n > 0);
	assert_string_equal(found.items[0].line, "[ERROR] vfio frob failed");
	assert_int_equal(found.n_unknown + found.n - 1 + found.n_more, 3 * HD_UNKNOWN_MAX);
	hd_arena_done(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(levels_are_read),
		cmocka_unit_test(frames_are_told_apart),
		cmocka_unit_test(the_gravest_is_the_subject),
		cmocka_unit_test(warnings_give_way),
	};

	return cmocka_run_group_tests_name("level", tests, NULL, NULL);
}
