/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * metrics.h - numbers of the host in the text format that Prometheus reads, or in OpenMetrics.
 *
 * Both are lines of "name{label="value"} number" under a type and a help line; they differ in how
 * a counter's type is named and in the last line (Prometheus "Exposition formats" 0.0.4; OpenMetrics
 * 1.0, "Text format").
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "base/macro.h"

struct hd_metric {
	const char *name;	/* without "_total" */
	const char *help;	/* one line without backslashes */
	bool is_counter;	/* else it may also fall */
};

struct hd_metric_label {
	const char *name, *value;	/* any text; NULL: "" */
};

struct hd_metrics_out {
	FILE *out;
	bool is_open;			/* OpenMetrics */
	const struct hd_metric *metric;	/* of the samples that follow */
};

/* Help and type of METRIC, whose samples follow. */
void hd_metric_begin(struct hd_metrics_out *to, const struct hd_metric *metric) _nonnull_(1, 2);

/* One sample of it.  Text that is not UTF-8, and control characters, are replaced. */
void hd_metric_put(const struct hd_metrics_out *to, const struct hd_metric_label *labels, size_t n,
		   int64_t value) _nonnull_(1);

/* What ends the text.  Returns 0, or -EIO if any of it could not be written. */
int hd_metrics_end(const struct hd_metrics_out *to) _nonnull_(1) _must_check_;
