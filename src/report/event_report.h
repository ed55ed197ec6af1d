/* SPDX-License-Identifier: GPL-2.0-or-later */
/* event_report.h - what happens on the host, one line for each thing. */
#pragma once

#include <stdio.h>

#include "facts/host/host_event.h"

/*
 * The first line: changes from now on follow, except of sources whose FAILED is a negative errno.
 * 0, or a negative errno.
 */
int hd_event_ready(FILE *out, bool is_json, const int failed[static HD_EVENT_SOURCES])
	_nonnull_(1, 3) _must_check_;

/* One event: an object on a line of its own, or a sentence with the time.  0, or a negative errno. */
int hd_event_put(FILE *out, bool is_json, const struct hd_host_event *event)
	_nonnull_(1, 3) _must_check_;
