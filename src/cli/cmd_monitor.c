/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * cmd_monitor.c - says what changes on the host as it changes, so that nobody has to ask again.
 *
 * It ends by a signal, as tools of its kind do: each line is out before the next one is awaited, and
 * nothing has to be tidied up.
 */
#include "config.h"

#include <errno.h>
#include <string.h>

#include "cli/options.h"
#include "facts/host/host_events.h"
#include "report/event_report.h"

static const struct hd_option *const options[] = {
	&hd_opt_sysroot, &hd_opt_json, &hd_opt_help, NULL,
};

static int watch_host(struct hd_run *run, struct hd_host_events *events)
{
	bool is_json = run->options->json;
	int rc = hd_event_ready(run->out, is_json, events->failed);

	while (rc == 0) {
		rc = hd_host_events_wait(events, fileno(run->out));
		if (rc <= 0)
			return rc;
		rc = 0;
		for (size_t i = 0; rc == 0 && i < events->n; i++)
			rc = hd_event_put(run->out, is_json, &events->items[i]);
	}
	return rc;
}

static enum hd_exit run_monitor(struct hd_run *run, struct hd_error *err)
{
	struct hd_host_events *events = hd_alloc(run->context.arena, sizeof(*events));
	int rc;

	run->is_reported = true;
	hd_host_events_open(events, &run->context.root);
	rc = watch_host(run, events);
	hd_host_events_close(events);
	if (rc < 0)
		return hd_fail_as(HD_EXIT_HOST, err, rc, "cannot watch the host: %s", strerror(-rc));
	return HD_EXIT_OK;
}

const struct hd_command hd_cmd_monitor = {
	.name = "monitor",
	.summary = "Say what changes: devices, guests, and what is held for them.",
	.options = options,
	.run = run_monitor,
};
