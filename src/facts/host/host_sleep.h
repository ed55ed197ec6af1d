/* SPDX-License-Identifier: GPL-2.0-or-later */
/* host_sleep.h - can the host be put to sleep, and does systemd ask us before it is? */
#pragma once

#include "base/arena.h"
#include "base/sysroot.h"

#define HD_SLEEP_STATES "sys/power/state"
#define HD_SLEEP_UNIT "etc/systemd/system/sleep.target.requires/hostdevctl-sleep.service"

struct hd_sleep {
	/*
	 * HD_SLEEP_STATES: "freeze mem disk" (Linux Documentation/admin-guide/pm/sleep-states.rst);
	 * NULL: the kernel cannot, or it was not read.
	 */
	const char *states;
	const char *masked_by;	/* a link to /dev/null that keeps systemd from it, or NULL */
	bool has_unit;		/* HD_SLEEP_UNIT is there: `systemctl enable` makes it */
};

void hd_sleep_read(struct hd_sleep *ret, const struct hd_sysroot *root, struct hd_arena *arena)
	_nonnull_(1, 2, 3);
