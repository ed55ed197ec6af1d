/* SPDX-License-Identifier: GPL-2.0-or-later */
/* host_answer.h - what a command said of one of many hosts, on its way from its process to ours. */
#pragma once

#include <stdbool.h>
#include <stdio.h>

#include "base/arena.h"

enum hd_host_status {
	HD_HOST_ANSWERED,
	HD_HOST_FAILED,		/* it could not be read, or its process ended without an answer */
	HD_HOST_LATE,		/* no answer until its deadline */
};

struct hd_host_answer {
	const char *host;	/* as the command line or the directory names it */
	const char *label;	/* the same for people: short, and safe to print */
	enum hd_host_status status;
	int exit;		/* of its command; -1: it has none */
	const char *error;	/* why it failed, or NULL */
	const char *notes;	/* lines for people, the last without its newline, or NULL */
	bool has_table;		/* BODY is of hd_table_part(), and not text or JSON */
	const char *body;
	size_t length;
};

/* From "exit" on: 0, or -ENOMEM, -EIO. */
int hd_host_answer_write(FILE *out, const struct hd_host_answer *answer)
	_nonnull_(1, 2) _must_check_;

/*
 * Sets what hd_host_answer_write() wrote to TEXT of LENGTH bytes; the body points into it.
 * 0, or -EINVAL.
 */
int hd_host_answer_read(struct hd_host_answer *ret, struct hd_arena *arena, const char *text,
			size_t length) _nonnull_(1, 2, 3) _must_check_;
