/* SPDX-License-Identifier: GPL-2.0-or-later */
/* error.c - an error that a person reads, as a value on the caller's stack. */
#include "config.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/error.h"

int hd_fail(struct hd_error *err, int code, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	(void)vsnprintf(err->text, sizeof(err->text), fmt, args);
	va_end(args);
	err->code = code;
	return code;
}

void hd_remark(struct hd_error *err, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	(void)vsnprintf(err->text, sizeof(err->text), fmt, args);
	va_end(args);
	err->code = 0;
}

int hd_wrap(struct hd_error *err, const char *fmt, ...)
{
	char inner[sizeof(err->text)];
	size_t used;
	va_list args;
	int n;

	memcpy(inner, err->text, sizeof(inner));
	va_start(args, fmt);
	n = vsnprintf(err->text, sizeof(err->text), fmt, args);
	va_end(args);
	used = n < 0 ? 0 : (size_t)n;
	if (used < sizeof(err->text))
		(void)snprintf(err->text + used, sizeof(err->text) - used, ": %s", inner);
	return err->code;
}
