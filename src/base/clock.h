/* SPDX-License-Identifier: GPL-2.0-or-later */
/* clock.h - deadlines: absolute times in milliseconds of the monotonic clock. */
#pragma once

#include <stdint.h>

/* Now, in ms since boot (CLOCK_MONOTONIC). */
int64_t hd_now_ms(void);

/* Milliseconds left until DEADLINE, never below 0 and fit for poll(2). */
int hd_ms_left(int64_t deadline);
