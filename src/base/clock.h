/* SPDX-License-Identifier: GPL-2.0-or-later */
/* clock.h - deadlines, and ages: by clocks of the boot, which nobody sets. */
#pragma once

#include <stdint.h>

#include "base/macro.h"

/* Now, in ms since boot (CLOCK_MONOTONIC). */
int64_t hd_now_ms(void);

/* Seconds since boot with those that the host slept (CLOCK_BOOTTIME). */
int64_t hd_uptime_s(void);

/*
 * Which boot this is (random(4), boot_id), "-" if that cannot be read: times of two boots
 * do not compare.  Fills and returns RET.
 */
#define HD_BOOT_ID_SIZE 37
const char *hd_boot_id(char ret[static HD_BOOT_ID_SIZE]) _nonnull_(1);

/* Milliseconds left until DEADLINE, never below 0 and fit for poll(2). */
int hd_ms_left(int64_t deadline);
