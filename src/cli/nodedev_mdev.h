/* SPDX-License-Identifier: GPL-2.0-or-later */
/* nodedev_mdev.h - mediated devices by libvirt, with a deadline. */
#pragma once

#include "cli/command.h"

/* The words of `hostdevctl nodedev` for them. */
#define HD_MDEV_DEFINE "mdev-define"		/* PARENT TYPE UUID */
#define HD_MDEV_UNDEFINE "mdev-undefine"	/* UUID */

/*
 * Makes the call that the run's operands name, in a process that is given up when
 * libvirt does not answer: then HD_EXIT_STRANDED, since it may still do it.
 */
enum hd_exit hd_nodedev_mdev(struct hd_run *run, struct hd_error *err)
	_nonnull_(1, 2) _must_check_;
