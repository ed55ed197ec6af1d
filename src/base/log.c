/* SPDX-License-Identifier: GPL-2.0-or-later */
/* log.c - the system's log, for what must outlive a run. */
#include "config.h"

#include <stdarg.h>
#include <stdbool.h>

#include "base/log.h"

static bool is_open;
static const char *name;

void hd_log_open(const char *program)
{
	openlog(program, LOG_PID, LOG_DAEMON);
	is_open = true;
	name = program;
}

void hd_log_reopen(void)
{
	if (!is_open)
		return;
	closelog();
	hd_log_open(name);
}

void hd_log(int priority, const char *fmt, ...)
{
	va_list args;

	if (!is_open)
		return;
	va_start(args, fmt);
	vsyslog(priority, fmt, args);
	va_end(args);
}
