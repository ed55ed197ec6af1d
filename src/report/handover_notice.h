/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * handover_notice.h - tells who logs in next how a hand-over went, and shows on the text consoles
 * what could not be undone.
 *
 * The files are in /run, so they are gone after the next boot: run/motd.d/hostdevctl is shown by
 * pam_motd(8) at logins by text console and ssh, run/issue.d/hostdevctl.issue by agetty(8) above
 * its prompt; where there is an etc/issue, agetty reads etc/issue.d alone, and a link leads there.
 * Both are for everybody, so they have names of steps and targets, not errors.
 */
#pragma once

#include "report/handover_record.h"

#define HD_NOTICE_MOTD "run/motd.d/hostdevctl"
#define HD_NOTICE_ISSUE "run/issue.d/hostdevctl.issue"
#define HD_NOTICE_LINK "etc/issue.d/hostdevctl.issue"

/* Does the plan end programs for a graphics card?  Not one of a card that nobody uses. */
bool hd_handover_is_in(const struct hd_plan *plan) _nonnull_(1);

/*
 * Replaces the earlier notice; one of the way there that went well only removes it, as nobody
 * has a screen then.  If steps are left that could not be taken back, says so on the foreground
 * text console, too.  Nothing for a plan without a hand-over.  record->guest may be NULL: several.
 * Returns 0 or a negative errno of the first file; waits for the console for a moment at most.
 */
int hd_handover_notice_put(const struct hd_sysroot *root, const struct hd_handover_record *record)
	_nonnull_(1, 2) _must_check_;

/* Its report was shown: the next login need not. */
void hd_handover_notice_read(const struct hd_sysroot *root) _nonnull_(1);
