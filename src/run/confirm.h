/* SPDX-License-Identifier: GPL-2.0-or-later */
/* confirm.h - is what was proven free still free, right before it is taken? */
#pragma once

#include "check/check.h"

/*
 * Looks at the users of the functions of FACTS once more (hd_facts_again) and
 * judges them by the checks whose answer can change at any moment.  To be called
 * between building a plan and applying it: what remains is the time of one
 * journal write and one fork.  RET is as of hd_check_run(), of these checks
 * alone.  Returns 0, or a negative errno with ERR: the host cannot be read, and
 * nothing may be taken.
 */
int hd_confirm(struct hd_findings *ret, struct hd_facts *facts, struct hd_arena *arena,
	       const struct hd_request *request, const struct hd_facts_query *query,
	       struct hd_error *err) _nonnull_(1, 2, 3, 4, 5, 6) _must_check_;
