/* SPDX-License-Identifier: GPL-2.0-or-later */
/* replug_guest.h - one running guest gets what it wants, and loses what is dead (for replug.c). */
#pragma once

#include "act/replug_decision.h"
#include "act/replug_job.h"

/*
 * Looks at what libvirt and the host say now and changes the guest GUESTS->items[AT], whose lock
 * is held.  Adds to JOB what came of it.
 */
void hd_replug_change(struct hd_replug_job *job, const struct hd_replug_guests *guests, size_t at)
	_nonnull_(1, 2);

/* A line for the user and the system's log, and what `status` shows of the port. */
void hd_replug_say(struct hd_replug_job *job, enum hd_exit code, const char *guest,
		   const char *outcome) _nonnull_(1, 4);
