/* SPDX-License-Identifier: GPL-2.0-or-later */
/* overrides.h - what a person accepts: failed checks (--allow), and the loss of data. */
#pragma once

#include "base/context.h"
#include "base/exit.h"
#include "check/check.h"

/*
 * Adds what --allow says, each word CHECK=SUBJECT, to REQUEST's policy.  HD_EXIT_USAGE with
 * ERR: an unknown check (the nearest is named), or one that nobody can allow.
 */
enum hd_exit hd_overrides_allow(struct hd_request *request, struct hd_context *context,
				const char *const *words, size_t n, struct hd_error *err)
	_nonnull_(1, 2, 5) _must_check_;

/* The same for --i-know-this-destroys-data: names of controllers that REQUEST asks for. */
enum hd_exit hd_overrides_sacrifice(struct hd_request *request, struct hd_context *context,
				    const char *const *words, size_t n, struct hd_error *err)
	_nonnull_(1, 2, 5) _must_check_;

/* Makes what was typed for one run part of the metadata, if they may have it, as for the guest's next start. */
void hd_overrides_to_metadata(struct hd_request *request, struct hd_arena *arena) _nonnull_(1, 2);
