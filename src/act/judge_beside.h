/* SPDX-License-Identifier: GPL-2.0-or-later */
/* judge_beside.h - judges what a guest gets beside the graphics card that is handed over to it. */
#pragma once

#include "act/checked_request.h"

/*
 * JUDGED, devices alone that are added to the definition of GUEST, is refused; the guest's next
 * start may take them all the same, since the host gives up more for the card that the guest has
 * already.  If that start hands over the card, JUDGED becomes what it asks for with them, and its
 * findings those of a start, but for what concerns only devices that the guest has already.
 * *RET_ALONE then gets the findings before, and else has n = 0 and JUDGED is as before.
 * HD_EXIT_HOST with ERR if the host cannot be read; close JUDGED in any case.
 */
enum hd_exit hd_judge_beside(struct hd_checked *judged, const struct hd_request *guest,
			     struct hd_findings *ret_alone, struct hd_context *context,
			     struct hd_error *err) _nonnull_(1, 2, 3, 4, 5) _must_check_;

/* Removes from FINDINGS what is of devices that ALONE does not have. */
void hd_findings_keep(struct hd_findings *findings, const struct hd_findings *alone)
	_nonnull_(1, 2);
