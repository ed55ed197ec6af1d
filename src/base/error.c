/* SPDX-License-Identifier: GPL-2.0-or-later */
/* error.c - an error that a person reads, as a value on the caller's stack. */
#include "config.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/error.h"
#include "base/utf8.h"

/* What is cut leaves no half of a character, and what others wrote commands no terminal. */
static void fill_text(struct hd_error *err, const char *fmt, va_list args) _printf_(2, 0);
static void fill_text(struct hd_error *err, const char *fmt, va_list args)
{
	int n = vsnprintf(err->text, sizeof(err->text), fmt, args);

	if (n >= (int)sizeof(err->text))
		err->text[hd_utf8_whole(err->text, sizeof(err->text) - 1)] = '\0';
	(void)hd_text_shown(err->text, sizeof(err->text), err->text, "\n\t");
}

int hd_fail(struct hd_error *err, int code, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	fill_text(err, fmt, args);
	va_end(args);
	err->code = code;
	return code;
}

enum hd_exit hd_fail_as(enum hd_exit exit, struct hd_error *err, int code, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	fill_text(err, fmt, args);
	va_end(args);
	err->code = code;
	return exit;
}

void hd_remark(struct hd_error *err, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	fill_text(err, fmt, args);
	va_end(args);
	err->code = 0;
}

int hd_wrap(struct hd_error *err, const char *fmt, ...)
{
	char inner[sizeof(err->text)];
	size_t used, n;
	va_list args;

	memcpy(inner, err->text, sizeof(inner));
	va_start(args, fmt);
	fill_text(err, fmt, args);
	va_end(args);
	used = strlen(err->text);
	n = (size_t)snprintf(err->text + used, sizeof(err->text) - used, ": %s", inner);
	if (used + n >= sizeof(err->text))
		err->text[hd_utf8_whole(err->text, sizeof(err->text) - 1)] = '\0';
	return err->code;
}
