/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_report_text.c - what people read: marks, evidence, remedies, steps, the verdict. */
#include "config.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "report/plan_words.h"
#include "report/report.h"
#include "tests/support/sample.h"
#include "tests/support/unit.h"

static int plain(FILE *out, const struct hd_report *report)
{
	hd_report_text(out, report, false);
	return 0;
}

static int coloured(FILE *out, const struct hd_report *report)
{
	hd_report_text(out, report, true);
	return 0;
}

static void expect(const struct hd_report *report, const char *want)
{
	char *text = sample_print(plain, report);

	assert_string_equal(text, want);
	free(text);
}

static void failures(void **state)
{
	struct hd_report report = { .title = "guest win11", .findings = &sample_findings };

	(void)state;
	expect(&report,
	       "ERROR    storage-free          0000:01:00.0\n"
	       "         unknown, which counts as failed: nobody uses a disk of the device\n"
	       "ERROR    storage-free          0000:02:00.0\n"
	       "         nvme0n1 -> nvme0n1p1: mounted on /srv\n"
	       "         and swap\n"
	       "         remedy: umount /srv\n"
	       "         allow it with: --allow storage-free=0000:02:00.0\n"
	       "WARNING  reset-works           0000:01:00.0\n"
	       "         reset_method is empty ?[2J\n"
	       "         remedy: restart the host\n"
	       "note     vfio-modules-at-boot  host\n"
	       "         no file names vfio-pci\n"
	       "\n"
	       "guest win11: not ready (2 errors, 1 warning, 1 note, 1 passed)\n");
}

static void passed(void **state)
{
	struct hd_report report = { .title = "host", .findings = &sample_good };

	(void)state;
	expect(&report, "host: ready (0 errors, 0 warnings, 0 notes, 1 passed)\n");
	report.show_passed = true;
	expect(&report, "ok       iommu-enabled  host\n\n"
			"host: ready (0 errors, 0 warnings, 0 notes, 1 passed)\n");
}

static void planned(void **state)
{
	static const char *const notes[] = { "0000:03:00.0 is on vfio-pci already" };
	struct hd_report report = { .plan = &sample_plan, .notes = notes, .n_notes = 1 };

	(void)state;
	expect(&report,
	       "would change:\n"
	       "  1. module vfio_pci: absent -> loaded\n"
	       "  2. pci-driver 0000:01:00.0: nouveau -> vfio-pci (requested)\n"
	       "  2. pci-driver 0000:02:00.0: nvme -> no driver (companion of 0000:01:00.0)\n"
	       "   - 0000:03:00.0 is on vfio-pci already\n");
}

static void applied(void **state)
{
	struct hd_error err = { .code = -EIO, .text = "it broke" };
	struct hd_step steps[3];
	struct hd_plan plan = { steps, 3 };
	struct hd_report report = { .plan = &plan, .error = &err };

	(void)state;
	memcpy(steps, sample_plan.steps, sizeof(steps));
	steps[0].state = HD_STEP_DONE;
	steps[1].state = HD_STEP_FAILED;
	hd_fail(&steps[1].error, -EBUSY, "busy");
	expect(&report,
	       "changes:\n"
	       "  1. module vfio_pci: absent -> loaded: done\n"
	       "  2. pci-driver 0000:01:00.0: nouveau -> vfio-pci (requested): failed\n"
	       "     busy\n"
	       "  2. pci-driver 0000:02:00.0: nvme -> no driver (companion of 0000:01:00.0): planned\n"
	       "error: it broke\n");
}

static void verdict_comes_before_the_changes(void **state)
{
	struct hd_plan second = { sample_plan.steps + 1, 1 };
	struct hd_report report = { .title = "g", .findings = &sample_good,
				    .plan = &second };

	(void)state;
	expect(&report,
	       "g: ready (0 errors, 0 warnings, 0 notes, 1 passed)\n"
	       "\n"
	       "would change:\n"
	       "  1. pci-driver 0000:01:00.0: nouveau -> vfio-pci (requested)\n");
}

static void nothing_to_change(void **state)
{
	struct hd_plan plan = { NULL, 0 };
	struct hd_report report = { .plan = &plan };

	(void)state;
	expect(&report, "nothing to change\n");
}

static void colour(void **state)
{
	struct hd_report report = { .title = "host", .findings = &sample_findings };
	char *text = sample_print(coloured, &report);

	(void)state;
	assert_non_null(strstr(text, "\033[1;31mERROR\033[0m    storage-free"));
	assert_non_null(strstr(text, "\033[33mWARNING\033[0m  reset-works"));
	assert_non_null(strstr(text, "host: \033[1;31mnot ready\033[0m ("));
	assert_null(strstr(text, "\033[2J"));
	free(text);
}

static void states(void **state)
{
	static const struct {
		const char *knob, *state, *want;
	} rows[] = {
		{ "pci-driver", "nvme", "nvme" },
		{ "pci-driver", "vfio-pci:vfio-pci", "vfio-pci" },
		{ "pci-driver", "-", "no driver" },
		{ "pci-driver", "-:vfio-pci", "no driver" },
		{ "pci-driver", "*", "its host driver" },
		{ "module", "a:b", "a:b" },
		{ "pci-driver", "", "" },
	};
	char buf[HD_STATE_MAX], longer[2 * HD_STATE_MAX];

	(void)state;
	for (size_t i = 0; i < HD_ARRAY_SIZE(rows); i++)
		assert_string_equal(hd_state_text(rows[i].knob, rows[i].state, buf),
				    rows[i].want);
	memset(longer, 'x', sizeof(longer) - 1);
	longer[sizeof(longer) - 1] = '\0';
	assert_int_equal(strlen(hd_state_text("module", longer, buf)), HD_STATE_MAX - 1);
	for (int s = HD_STEP_PLANNED; s <= HD_STEP_STRANDED; s++)
		assert_string_not_equal(hd_step_state_name((enum hd_step_state)s), "unknown");
	assert_string_equal(hd_step_state_name((enum hd_step_state)99), "unknown");
}

/* Two that say the same, one of another device, one with another remedy, two more of the first. */
static void told_once(void **state)
{
	static const char *const subjects[] = {
		"0000:03:10.0", "0000:03:10.1", "0000:04:00.0", "0000:03:10.2", "0000:03:10.3",
		"0000:03:10.4",
	};
	struct hd_arena arena = { 0 };
	struct hd_finding items[HD_ARRAY_SIZE(subjects)];
	const struct hd_findings findings = { .items = items, .n = HD_ARRAY_SIZE(items) };
	const struct hd_report report = { .title = "guest g", .findings = &findings };

	(void)state;
	for (size_t i = 0; i < HD_ARRAY_SIZE(items); i++) {
		items[i] = sample_findings.items[2];
		items[i].subject = subjects[i];
		items[i].evidence = hd_printf(&arena, "%s: its parent is down", subjects[i]);
		items[i].remedy = i == 2 ? "ip link set b up" : "ip link set a up";
		items[i].allow_with = hd_printf(&arena, "--allow storage-free=%s", subjects[i]);
	}
	expect(&report,
	       "ERROR    storage-free  0000:03:10.0, 0000:03:10.1, 0000:03:10.2 and 2 more\n"
	       "         0000:03:10.0: its parent is down\n"
	       "         remedy: ip link set a up\n"
	       "         allow it with: --allow storage-free=0000:03:10.0\n"
	       "ERROR    storage-free  0000:04:00.0\n"
	       "         0000:04:00.0: its parent is down\n"
	       "         remedy: ip link set b up\n"
	       "         allow it with: --allow storage-free=0000:04:00.0\n"
	       "\n"
	       "guest g: not ready (6 errors, 0 warnings, 0 notes, 0 passed)\n");
	hd_arena_done(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(failures), cmocka_unit_test(told_once),
		cmocka_unit_test(passed), cmocka_unit_test(planned),
		cmocka_unit_test(applied), cmocka_unit_test(nothing_to_change),
		cmocka_unit_test(verdict_comes_before_the_changes),
		cmocka_unit_test(colour), cmocka_unit_test(states),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
