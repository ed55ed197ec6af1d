/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * sleep.h - what happens to guests with host devices when the host goes to sleep, and after that.
 *
 * hostdevctl-sleep.service runs both: systemd does not put the host to sleep if the first fails.
 */
#pragma once

#include "act/plan_notes.h"
#include "act/sleep_decision.h"
#include "base/context.h"
#include "base/exit.h"

struct hd_sleep_job {
	struct hd_context *context;
	const char *uri;	/* libvirt's connection; NULL: qemu:///system */
	bool dry_run;		/* by libvirt's files alone, and nothing is changed */
	bool may_come_again;	/* a guest that does not go on keeps its record, for `wake` */
	struct hd_notes notes;	/* what came of it, one line each */
	enum hd_exit code;	/* the worst */
};

/*
 * HD_EXIT_OK: the host may sleep, and the guests that need it are paused or saved.  Anything else:
 * it must not, and all guests go on.
 */
enum hd_exit hd_sleep_guests(struct hd_sleep_job *job, struct hd_error *err)
	_nonnull_(1, 2) _must_check_;

/* Lets go on what hd_sleep_guests() stopped, and says which device does not answer any more. */
enum hd_exit hd_wake_guests(struct hd_sleep_job *job, struct hd_error *err)
	_nonnull_(1, 2) _must_check_;

/* For both: a line for the user, and for the system's log unless it is a dry run. */
void hd_sleep_say(struct hd_sleep_job *job, enum hd_exit code, const char *line) _nonnull_(1, 3);

/* The same as hd_wake_guests() for the state directory DIR_FD. */
void hd_wake_recorded(struct hd_sleep_job *job, int dir_fd) _nonnull_(1);
