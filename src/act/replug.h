/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * replug.h - gives USB devices that were plugged in to the running guests that want them, and
 * takes out of guests what was unplugged.
 *
 * The files of libvirt say which guests are concerned; then, under the lock of each guest, what
 * libvirt and the host say at that moment decides.  So an event is only an occasion to look,
 * and whoever looks twice does nothing the second time.
 */
#pragma once

#include "act/replug_job.h"

/*
 * After an event of the port.  Another process that waits to look at it makes this one end at
 * once; a port whose device comes and goes all the time is held off (replug_state.h).
 * Returns JOB's code, with ERR if the host cannot be read.
 */
enum hd_exit hd_replug_event(struct hd_replug_job *job, struct hd_error *err)
	_nonnull_(1, 2) _must_check_;

/* All devices, for the running guest with this name or UUID. HD_EXIT_REFUSED: none asks for it. */
enum hd_exit hd_replug_guest(struct hd_replug_job *job, const char *name, struct hd_error *err)
	_nonnull_(1, 2, 3) _must_check_;
