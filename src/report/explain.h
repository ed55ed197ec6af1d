/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * explain.h - what messages mean, and what the checks find on the host now.
 *
 * JSON is one object: "api_level", and either "check" or "message" (the page of
 * an id), or "wrong" (findings), "named", "explanations", "not_understood" (lines that look like errors, with what they
 * name), "not_shown" (how many more there are) and "nearest".
 */
#pragma once

#include <stdio.h>

#include "check/check.h"
#include "explain/log_search.h"

/* A message in a text, and what the checks find on the host now. */
struct hd_message_state {
	const struct hd_explained *what;
	const char *subject;		/* what was looked at: "0000:01:00.0", "host"; NULL: nothing */
	const char *problem;		/* why it could not be looked at; or NULL */
	struct hd_findings now;		/* of the message's checks alone */
	const char *const *left;	/* ids of checks that need the name of a device */
	size_t n_left;
	bool is_gone;			/* the checks show that what it reports no longer exists */
};

/* What a text names, and what this host has by that name. */
struct hd_named {
	const char *kind, *value;	/* "address", "group", "driver", "guest" or "path" */
	bool is_here;
	const char *state;		/* for people: "driver nvme, IOMMU group 14" */
};

struct hd_explain_report {
	struct hd_arena *arena;
	const struct hd_check *check;		/* its page; or NULL */
	const struct hd_message *message;	/* its page; or NULL */
	const struct hd_message_state *states;
	size_t n_states;
	struct hd_findings wrong;		/* of all that the text names; the messages' checks first */
	const struct hd_named *named;		/* nothing where all messages are harmless */
	size_t n_named;
	const struct hd_explanation *found;	/* of which the states are; NULL with a page */
	const char *const *nearest;		/* without messages: ids of similar checks */
	size_t n_nearest;
};

/* For people, as hd_report_text(). */
void hd_explain_report_text(FILE *out, const struct hd_explain_report *report, bool colour)
	_nonnull_(1, 2);

/* 0 or -ENOMEM, -EIO. */
int hd_explain_report_json(FILE *out, const struct hd_explain_report *report)
	_nonnull_(1, 2) _must_check_;
