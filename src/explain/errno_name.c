/* SPDX-License-Identifier: GPL-2.0-or-later */
/* errno_name.c - which error of the kernel does a line name, in words or as a number? */
#include "config.h"

#include <ctype.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "explain/errno_name.h"

/* Linux include/uapi/asm-generic/errno*.h, include/linux/errno.h; words of glibc and dash. */
static const struct error {
	int number;
	const char *name, *words;
} errors[] = {
	{ 1, "EPERM", "Operation not permitted" }, { 2, "ENOENT", "No such file or directory" },
	{ 3, "ESRCH", "No such process" }, { 4, "EINTR", "Interrupted system call" },
	{ 5, "EIO", "I/O error" }, { 5, "EIO", "Input/output error" },
	{ 6, "ENXIO", "No such device or address" }, { 7, "E2BIG", "Argument list too long" },
	{ 9, "EBADF", "Bad file descriptor" }, { 11, "EAGAIN", "Resource temporarily unavailable" },
	{ 12, "ENOMEM", "Cannot allocate memory" }, { 12, "ENOMEM", "Out of memory" },
	{ 13, "EACCES", "Permission denied" }, { 14, "EFAULT", "Bad address" },
	{ 16, "EBUSY", "Device or resource busy" }, { 17, "EEXIST", "File exists" },
	{ 18, "EXDEV", "Invalid cross-device link" }, { 19, "ENODEV", "No such device" },
	{ 20, "ENOTDIR", "Not a directory" }, { 21, "EISDIR", "Is a directory" },
	{ 22, "EINVAL", "Invalid argument" }, { 24, "EMFILE", "Too many open files" },
	{ 25, "ENOTTY", "Inappropriate ioctl for device" }, { 28, "ENOSPC", "No space left on device" },
	{ 30, "EROFS", "Read-only file system" }, { 32, "EPIPE", "Broken pipe" },
	{ 33, "EDOM", "Numerical argument out of domain" },
	{ 34, "ERANGE", "Numerical result out of range" },
	{ 36, "ENAMETOOLONG", "File name too long" }, { 38, "ENOSYS", "Function not implemented" },
	{ 61, "ENODATA", "No data available" }, { 62, "ETIME", "Timer expired" },
	{ 71, "EPROTO", "Protocol error" }, { 75, "EOVERFLOW", "Value too large for defined data type" },
	{ 95, "EOPNOTSUPP", "Operation not supported" }, { 98, "EADDRINUSE", "Address already in use" },
	{ 104, "ECONNRESET", "Connection reset by peer" }, { 108, "ESHUTDOWN", "transport endpoint shutdown" },
	{ 110, "ETIMEDOUT", "Connection timed out" }, { 111, "ECONNREFUSED", "Connection refused" },
	{ 121, "EREMOTEIO", "Remote I/O error" }, { 125, "ECANCELED", "Operation canceled" },
	{ 126, "ENOKEY", "Required key not available" }, { 129, "EKEYREJECTED", "Key was rejected by service" },
	{ 517, "EPROBE_DEFER", "Unknown error 517" },
	{ 524, "ENOTSUPP", "Unknown error 524" },
};

/* What stands before a number without a sign that is an error. */
static const char *const before[] = { "errno ", "errno=", "errno: ", "error ", "error=" };

static bool is_word_char(char c)
{
	return isalnum((unsigned char)c) || c == '_';
}

static const char *name_of(long number)
{
	for (size_t i = 0; i < HD_ARRAY_SIZE(errors); i++)
		if (errors[i].number == number && number > 1)
			return errors[i].name;
	return NULL;
}

static bool has_before(const char *line, const char *at)
{
	for (size_t i = 0; i < HD_ARRAY_SIZE(before); i++) {
		size_t length = strlen(before[i]);

		if ((size_t)(at - line) >= length && !strncasecmp(at - length, before[i], length))
			return true;
	}
	return false;
}

/* The error whose number is at AT, which is "-" or a digit. */
static const char *numbered(const char *line, const char *at)
{
	size_t sign = *at == '-', digits = strspn(at + sign, "0123456789");

	if (!digits || digits > 3 || is_word_char(at[sign + digits]) ||
	    (at[sign + digits] == '-' || at[sign + digits] == ':'))
		return NULL;
	if (sign ? at > line && strchr(" =(:,", at[-1]) == NULL : !has_before(line, at))
		return NULL;
	return name_of(strtol(at + sign, NULL, 10));
}

/* The error whose words, or name, are at AT; *LENGTH is theirs. */
static const char *worded(const char *at, size_t *length)
{
	const char *best = NULL;

	*length = 0;
	for (size_t i = 0; i < HD_ARRAY_SIZE(errors); i++) {
		size_t words = strlen(errors[i].words), name = strlen(errors[i].name);

		if (words > *length && !strncasecmp(at, errors[i].words, words)) {
			best = errors[i].name;
			*length = words;
		}
		if (name > *length && !strncmp(at, errors[i].name, name) && !is_word_char(at[name])) {
			best = errors[i].name;
			*length = name;
		}
	}
	return best;
}

const char *hd_errno_name(const char *line)
{
	const char *last = NULL;
	size_t length;

	for (const char *at = line; *at; at += length ? length : 1) {
		const char *found = NULL;

		length = 0;
		if (at > line && is_word_char(at[-1]))
			continue;
		if (*at == '-' || isdigit((unsigned char)*at))
			found = numbered(line, at);
		if (isalpha((unsigned char)*at))
			found = worded(at, &length);
		last = found ? found : last;
	}
	return last ? last : hd_errno_translated(line);
}
