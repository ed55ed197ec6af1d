/* SPDX-License-Identifier: GPL-2.0-or-later */
/* clock.c - deadlines, and ages: by clocks of the boot, which nobody sets. */
#include "config.h"

#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"

int64_t hd_now_ms(void)
{
	struct timespec now;

	(void)clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

int64_t hd_uptime_s(void)
{
	struct timespec now;

	(void)clock_gettime(CLOCK_BOOTTIME, &now);
	return now.tv_sec;
}

const char *hd_boot_id(char ret[static HD_BOOT_ID_SIZE])
{
	_cleanup_(hd_close) int fd = open("/proc/sys/kernel/random/boot_id", O_RDONLY | O_CLOEXEC);

	if (fd < 0 || read(fd, ret, HD_BOOT_ID_SIZE - 1) != HD_BOOT_ID_SIZE - 1)
		(void)snprintf(ret, HD_BOOT_ID_SIZE, "-");
	ret[HD_BOOT_ID_SIZE - 1] = '\0';
	return ret;
}

int hd_ms_left(int64_t deadline)
{
	int64_t left = deadline - hd_now_ms();

	if (left < 0)
		return 0;
	return left > INT_MAX ? INT_MAX : (int)left;
}
