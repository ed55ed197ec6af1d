/* SPDX-License-Identifier: GPL-2.0-or-later */
/* mdev_define.h - mediated devices by libvirt, with a deadline. */
#pragma once

#include "base/arena.h"
#include "base/error.h"
#include "base/exit.h"

/* The words of `hostdevctl nodedev` for them. */
#define HD_MDEV_DEFINE "mdev-define"		/* PARENT TYPE UUID */
#define HD_MDEV_UNDEFINE "mdev-undefine"	/* UUID */

/*
 * hd_virt_mdev_define(), or with TYPE NULL hd_virt_mdev_undefine(), in a process that is
 * given up when libvirt does not answer: then HD_EXIT_STRANDED, since it may still do it.
 */
enum hd_exit hd_nodedev_mdev(struct hd_arena *arena, const char *uri, const char *parent,
			     const char *type, const char *uuid, struct hd_error *err)
	_nonnull_(1, 5, 6) _must_check_;
