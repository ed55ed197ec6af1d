/* SPDX-License-Identifier: GPL-2.0-or-later */
/* metrics.c - numbers of the host in the text format that Prometheus reads, or in OpenMetrics. */
#include "config.h"

#include <errno.h>
#include <inttypes.h>
#include <string.h>

#include "base/utf8.h"
#include "report/metrics.h"

#define VALUE_SIZE 512

void hd_metric_begin(struct hd_metrics_out *to, const struct hd_metric *metric)
{
	const char *ending = metric->is_counter && !to->is_open ? "_total" : "";

	to->metric = metric;
	(void)fprintf(to->out, "# HELP %s%s %s\n# TYPE %s%s %s\n", metric->name, ending, metric->help,
		      metric->name, ending, metric->is_counter ? "counter" : "gauge");
}

static void put_value(FILE *out, const char *text)
{
	char shown[VALUE_SIZE];

	hd_text_shown(shown, sizeof(shown), text ? text : "", "");
	for (const char *at = shown; *at; at++)
		(void)fprintf(out, *at == '"' || *at == '\\' ? "\\%c" : "%c", *at);
}

void hd_metric_put(const struct hd_metrics_out *to, const struct hd_metric_label *labels, size_t n,
		   int64_t value)
{
	(void)fprintf(to->out, "%s%s", to->metric->name, to->metric->is_counter ? "_total" : "");
	for (size_t i = 0; i < n; i++) {
		(void)fprintf(to->out, "%c%s=\"", i ? ',' : '{', labels[i].name);
		put_value(to->out, labels[i].value);
		(void)fputc('"', to->out);
	}
	(void)fprintf(to->out, "%s %" PRId64 "\n", n ? "}" : "", value);
}

int hd_metrics_end(const struct hd_metrics_out *to)
{
	if (to->is_open)
		(void)fputs("# EOF\n", to->out);
	return fflush(to->out) < 0 || ferror(to->out) ? -EIO : 0;
}
