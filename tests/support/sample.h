/* SPDX-License-Identifier: GPL-2.0-or-later */
/* sample.h - findings and steps for the tests of the reports, and printing into a text. */
#pragma once

#include "report/report.h"

/* One of each: passed, error, unknown, warning, note; not ready. */
extern const struct hd_findings sample_findings;
extern const struct hd_findings sample_good;

/* Three planned steps in two stages; the test may change a copy's states. */
extern const struct hd_plan sample_plan;

/* What PRINT writes for REPORT; free(3) it. */
char *sample_print(int (*print)(FILE *out, const struct hd_report *report),
		   const struct hd_report *report);
