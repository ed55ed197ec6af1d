/* SPDX-License-Identifier: GPL-2.0-or-later */
/* clock.c - deadlines: absolute times in milliseconds of the monotonic clock. */
#include "config.h"

#include <limits.h>
#include <time.h>

#include "base/clock.h"

int64_t hd_now_ms(void)
{
	struct timespec now;

	(void)clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

int hd_ms_left(int64_t deadline)
{
	int64_t left = deadline - hd_now_ms();

	if (left < 0)
		return 0;
	return left > INT_MAX ? INT_MAX : (int)left;
}
