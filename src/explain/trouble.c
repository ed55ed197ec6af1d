/* SPDX-License-Identifier: GPL-2.0-or-later */
/* trouble.c - does a line that no row matches look like an error, so that it may not be ignored? */
#include "config.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "explain/trouble.h"

/* Lower case; as a whole word, or as words with one blank between them. */
static const char *const errors[] = {
	"abort", "aborted", "aborting", "bug", "call trace", "can't", "can not", "cannot",
	"corrupt", "corrupted", "could not", "couldn't", "crash", "crashed", "denied",
	"does not exist", "doesn't exist", "error", "errors", "exceeded", "fail", "failed",
	"failing", "fails", "failure", "fallen off", "fatal", "general protection", "giving up",
	"hangs", "hung", "invalid", "killed", "level=error", "level=fatal", "lockup", "no space",
	"no such", "not allowed", "not found", "not permitted", "not responding", "not viable",
	"oops", "operation not supported", "out of memory", "panic", "refused", "refuses",
	"rejected", "resource busy", "segfault", "stuck", "timed out", "unable",
	"unexpectedly", "unrecoverable", "unsupported configuration", "xid",
};

/* Phrases of healthy logs that have such a word. */
static const char *const healthy[] = {
	"0 errors", "0 failed", "corrected error", "corrected errors", "correctable errors",
	"correctable error", "error checking", "error code 0", "error code: 0",
	"error correction", "error detection", "error handler", "error handling",
	"error interrupt", "error log", "error logging", "error notification",
	"error record", "error records", "error recovery", "error reporting", "error source",
	"error: 0", "errors: 0", "fail safe", "failed: 0", "no error", "no errors", "no failures",
	"no invalid", "not an error", "without error", "without errors", "kernel panic handler",
};

/* What says that something failed, but not why. */
static const char *const envelopes[] = {
	"error starting domain", "failed to attach device from", "failed to create domain",
	"failed to detach device from", "failed to start domain", "guest failed to start",
	"hook script execution failed", "process exited while connecting to monitor",
	"qemu unexpectedly closed the monitor", "start failed", "unable to complete install",
};

/* What stands before them. */
static const char *const levels[] = { "error: ", "error : ", "internal error: ", "failed: " };

/* Lines of settings: what they name was not yet tried. */
static const char *const settings[] = { "command line:" };

static bool is_word_char(char c)
{
	return isalnum((unsigned char)c) || c == '_';
}

/* The next is a part of the same word or setting: "error.log", "fail-safe", "panic=10". */
static bool is_joined(const char *next)
{
	return is_word_char(*next) || *next == '=' ||
	       ((*next == '-' || *next == '.') && isalpha((unsigned char)next[1]));
}

/* "2-fatal", "x=fatal", "/fatal". */
static bool is_joined_before(const char *line, const char *at)
{
	return at > line && (is_word_char(at[-1]) || (strchr("-=", at[-1]) != NULL &&
			     at - 1 > line && !isspace((unsigned char)at[-2])));
}

/* The length of the longest of the N phrases that AT begins with; 0: none. */
static size_t longest(const char *line, const char *at, const char *const phrases[], size_t n)
{
	size_t best = 0;

	if (is_joined_before(line, at))
		return 0;
	for (size_t i = 0; i < n; i++) {
		size_t length;

		if (phrases[i][0] != tolower((unsigned char)*at))
			continue;
		length = strlen(phrases[i]);
		if (length > best && !strncasecmp(at, phrases[i], length) &&
		    !is_joined(at + length))
			best = length;
	}
	return best;
}

#define LONGEST(line, at, phrases) longest(line, at, phrases, HD_ARRAY_SIZE(phrases))

/* The length of one of the levels that AT begins with, or 0. */
static size_t level_length(const char *at)
{
	for (size_t i = 0; i < HD_ARRAY_SIZE(levels); i++)
		if (!strncasecmp(at, levels[i], strlen(levels[i])))
			return strlen(levels[i]);
	return 0;
}

/* The length of "error: internal error: Failed to start domain" and the like at AT; 0: none. */
static size_t envelope_length(const char *line, const char *at)
{
	const char *inner = at;
	size_t length;

	while ((length = level_length(inner)) > 0)
		inner += length;
	length = LONGEST(line, inner, envelopes);
	return length ? (size_t)(inner - at) + length : 0;
}

static bool is_setting(const char *line)
{
	for (size_t i = 0; i < HD_ARRAY_SIZE(settings); i++)
		if (strcasestr(line, settings[i]))
			return true;
	return false;
}

enum hd_trouble hd_trouble_of(const char *line)
{
	enum hd_trouble ret = HD_TROUBLE_NONE;
	size_t length;

	for (const char *at = line; *at; at += length ? length : 1) {
		length = LONGEST(line, at, healthy);
		if (length)
			continue;
		length = envelope_length(line, at);
		if (length) {
			ret = HD_TROUBLE_ENVELOPE;
			continue;
		}
		length = LONGEST(line, at, errors);
		if (length)
			return is_setting(line) ? HD_TROUBLE_NONE : HD_TROUBLE_ERROR;
	}
	return ret;
}
