/* SPDX-License-Identifier: GPL-2.0-or-later */
/* rehearsal.h - rehearses a hand-over in this process, and records how it went. */
#pragma once

#include "act/checked_request.h"
#include "cli/command.h"

#define HD_REHEARSE_SECONDS 10
#define HD_REHEARSE_MAX 600

/* 1 to HD_REHEARSE_MAX; NULL is the default. HD_EXIT_USAGE with ERR for anything else. */
enum hd_exit hd_rehearse_seconds(int *ret, const char *text, struct hd_error *err)
	_nonnull_(1, 3) _must_check_;

/* HD_EXIT_REFUSED with ERR: the guest's policy does not ask for a hand-over. */
enum hd_exit hd_rehearse_refuse(struct hd_arena *arena, const struct hd_request *request,
				struct hd_error *err) _nonnull_(1, 2, 3) _must_check_;

/*
 * Takes what the guest of CHECKED (its request and query) would get, holds it for SECONDS, gives
 * it back; both ways are recorded (report/handover_record.h).  Returns as hd_take(); if what was
 * taken is not all back, HD_EXIT_HOST or _STRANDED with ERR.
 */
enum hd_exit hd_rehearse_here(struct hd_run *run, struct hd_checked *checked, int seconds,
			      struct hd_error *err) _nonnull_(1, 2, 4) _must_check_;
