/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * log.c - the system's log, for what must outlive a run.
 *
 * syslog(3) waits until the daemon takes the message, for ever if that hangs.
 */
#include "config.h"

#include <errno.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/log.h"
#include "base/utf8.h"

#define TEXT_SIZE 2048		/* of a message with its end */

static const char *name;

void hd_log_open(const char *program)
{
	name = program;
}

/*
 * "<PRIORITY>NAME[PID]: TEXT", as syslog(3) but for the time: every daemon stamps what
 * comes without one (RFC 3164, 4.3.2), and a local time is read from a file, which may hang.
 */
static size_t compose_line(char ret[static TEXT_SIZE], int priority, const char *fmt, va_list args)
	_printf_(3, 0);
static size_t compose_line(char ret[static TEXT_SIZE], int priority, const char *fmt, va_list args)
{
	int used = snprintf(ret, TEXT_SIZE, "<%d>%s[%d]: ", LOG_DAEMON | LOG_PRI(priority), name,
			    (int)getpid());

	(void)vsnprintf(ret + used, TEXT_SIZE - (size_t)used, fmt, args);
	return strlen(hd_text_shown(ret, TEXT_SIZE, ret, "\n\t"));
}

/* False if nobody hears this kind of socket. A stream's messages end with a NUL. */
static bool send_text(int type, const char *text, size_t length)
{
	static const struct sockaddr_un addr = { AF_UNIX, HD_LOG_SOCKET };
	_cleanup_(hd_close) int fd = socket(AF_UNIX, type | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);

	if (fd < 0 || connect(fd, (const struct sockaddr *)&addr, sizeof(addr)) < 0)
		return errno != EPROTOTYPE;
	(void)send(fd, text, length + (type == SOCK_STREAM), MSG_DONTWAIT | MSG_NOSIGNAL);
	return true;
}

void hd_log(int priority, const char *fmt, ...)
{
	char text[TEXT_SIZE];
	size_t length;
	va_list args;

	if (!name)
		return;
	va_start(args, fmt);
	length = compose_line(text, priority, fmt, args);
	va_end(args);
	if (!send_text(SOCK_DGRAM, text, length))
		(void)send_text(SOCK_STREAM, text, length);
}
