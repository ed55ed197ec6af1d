/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_report_refusal.c - what virsh shows: the first line says everything. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "report/report.h"
#include "tests/support/sample.h"
#include "tests/support/unit.h"

/* The title carries the guest's name through sample_print(). */
static int refusal(FILE *out, const struct hd_report *report)
{
	struct hd_arena arena = { 0 };

	hd_report_refusal(out, &arena, report->title, report->findings);
	hd_arena_done(&arena);
	return 0;
}

static void expect(const char *guest, const struct hd_findings *findings, const char *want)
{
	struct hd_report report = { .title = guest, .findings = findings };
	char *text = sample_print(refusal, &report);

	assert_string_equal(text, want);
	free(text);
}

static void first_line_is_complete(void **state)
{
	struct hd_findings one = { sample_findings.items + 2, 1, false };

	(void)state;
	expect("win11", &one,
	       "hostdevctl: guest 'win11' not started: 0000:02:00.0: nvme0n1 -> nvme0n1p1: "
	       "mounted on /srv and swap [storage-free]; remedy: umount /srv; allow it with: "
	       "--allow storage-free=0000:02:00.0\n"
	       "hostdevctl: nothing was changed on the host\n");
}

static void every_error_has_a_line(void **state)
{
	(void)state;
	expect("win\033[2J11", &sample_findings,
	       "hostdevctl: guest 'win?[2J11' not started: 0000:01:00.0: nobody uses a disk of "
	       "the device: unknown [storage-free]\n"
	       "hostdevctl: also: 0000:02:00.0: nvme0n1 -> nvme0n1p1: mounted on /srv and swap "
	       "[storage-free]; remedy: umount /srv; allow it with: --allow "
	       "storage-free=0000:02:00.0\n"
	       "hostdevctl: nothing was changed on the host\n");
}

static void ready_is_silent(void **state)
{
	(void)state;
	expect("win11", &sample_good, "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(first_line_is_complete),
		cmocka_unit_test(every_error_has_a_line),
		cmocka_unit_test(ready_is_silent),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
