/* SPDX-License-Identifier: GPL-2.0-or-later */
/* hosts_report.h - what a command says of many hosts: one document, or lines that begin with the host. */
#pragma once

#include <stdio.h>

#include "report/host_answer.h"

/* The answers of all hosts as one object; between the two calls each of them. 0 or -ENOMEM, -EIO. */
void hd_hosts_json_begin(FILE *out, int timeout_s) _nonnull_(1);
int hd_hosts_json_add(FILE *out, const struct hd_host_answer *answer, bool is_first)
	_nonnull_(1, 2) _must_check_;
void hd_hosts_json_end(FILE *out) _nonnull_(1);

/* Each line of TEXT behind LABEL, which takes WIDTH columns. */
void hd_hosts_put_lines(FILE *out, const char *label, int width, const char *text, size_t length)
	_nonnull_(1, 2, 4);

/* The columns that LABEL takes. */
int hd_hosts_width(const char *label) _nonnull_(1);

/* The notes of all answers; what many say alike comes once, with the first three of them. */
void hd_hosts_put_notes(FILE *out, const struct hd_host_answer *answers, size_t n)
	_nonnull_(1);

/* Which hosts have no answer, and why; or nothing. */
void hd_hosts_put_missing(FILE *out, const struct hd_host_answer *answers, size_t n)
	_nonnull_(1);
