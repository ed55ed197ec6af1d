/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * explain.h - what messages mean, and what the host says of it now.
 *
 * JSON is one object: "api_level", and either "check" or "message" (the page of
 * an id), or "explanations" and "nearest".
 */
#pragma once

#include <stdio.h>

#include "check/check.h"
#include "explain/log_search.h"

/* A message that a text has, and what the host says to it now. */
struct hd_message_state {
	const struct hd_explained *what;
	const char *subject;		/* what was looked at: "0000:01:00.0", "host"; NULL: nothing */
	const char *problem;		/* why it could not be looked at; or NULL */
	struct hd_findings now;		/* of the message's checks alone */
	const char *const *left;	/* ids that need a device to be named */
	size_t n_left;
};

struct hd_explain_report {
	struct hd_arena *arena;
	const struct hd_check *check;		/* its page; or NULL */
	const struct hd_message *message;	/* its page; or NULL */
	const struct hd_message_state *states;
	size_t n_states;
	const char *const *nearest;		/* nothing was known: ids of checks */
	size_t n_nearest;
};

/* For people, as hd_report_text(). */
void hd_explain_report_text(FILE *out, const struct hd_explain_report *report, bool colour)
	_nonnull_(1, 2);

/* 0 or -ENOMEM, -EIO. */
int hd_explain_report_json(FILE *out, const struct hd_explain_report *report)
	_nonnull_(1, 2) _must_check_;
