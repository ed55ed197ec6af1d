/* SPDX-License-Identifier: GPL-2.0-or-later */
/* trouble.c - does a line that no row matches look like an error, so that it may not be ignored? */
#include "config.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "explain/errno_name.h"
#include "explain/level.h"
#include "explain/trouble.h"

/* Fewer are an error's name, or what is left of one after a wrap. */
#define REASON_WORDS 4

/* Of Java and of Rust, below the exception that wraps it. */
#define CAUSE "Caused by: "

/* What stands before them. */
static const char *const levels[] = { "error: ", "error : ", "internal error: ", "failed: " };

/* Lines of settings, whose names were not yet tried, and what sounds bad on most hosts. */
static const char *const settings[] = {
	"command line:", "acpi error:", "acpi bios ", "acpi warning:", "acpi exception:",
	"acpi: pm-timer failed", "using crash dump compression",
	"error containment capabilities", "module verification failed", "regulatory.db",
	"_osc failed", "eisa", "i8042", "uncleanly shut down", "x509", "_osc evaluation",
	"bridge window [io", "doe: [",
	/* it goes on, as the line itself says */
	"; ignoring", ", ignoring", "- ignoring", "(ignoring", "compensating", "continuing anyway",
	/* an optional service is asked for that is not installed (dbus-daemon, dbus-broker) */
	"activation request for 'org.", "activated service 'org.",
	/* beside the record of a denial, what the kernel was asked for */
	"type=syscall ", "type=proctitle ", "type=path ", "type=cwd ", "type=execve ",
};

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

/* "2-fatal", "x=fatal", "/fatal"; the last digit of "0000:01:00.0 failed". */
static bool is_joined_before(const char *line, const char *at)
{
	if (at > line && isdigit((unsigned char)*at) && strchr(".:", at[-1]))
		return true;
	return at > line && (is_word_char(at[-1]) || (strchr("-=", at[-1]) != NULL &&
			     at - 1 > line && !isspace((unsigned char)at[-2])));
}

/* The first from FIRST to END, all of which begin alike, whose byte number I is at least C. */
static size_t first_from(const struct hd_phrases *phrases, size_t i, int c, size_t first, size_t end)
{
	while (first < end) {
		size_t middle = first + (end - first) / 2;

		if ((unsigned char)phrases->items[middle][i] < c)
			first = middle + 1;
		else
			end = middle;
	}
	return first;
}

/* The length of the longest of the phrases that AT begins with; 0: none. */
static size_t longest(const char *at, const struct hd_phrases *phrases)
{
	size_t best = 0, first = 0, end = phrases->n;

	for (size_t i = 0; first < end; i++) {
		int c = tolower((unsigned char)at[i]);

		if (!phrases->items[first][i]) {
			best = is_joined(at + i) ? best : i;
			first++;
		}
		first = first_from(phrases, i, c, first, end);
		end = first_from(phrases, i, c + 1, first, end);
	}
	return best;
}

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
	length = inner == at || !is_joined_before(line, inner) ?
		 longest(inner, &hd_trouble_envelopes) : 0;
	return length ? (size_t)(inner - at) + length : 0;
}

static bool is_setting(const char *line)
{
	for (size_t i = 0; i < HD_ARRAY_SIZE(settings); i++)
		if (strcasestr(line, settings[i]))
			return true;
	return false;
}

/*
 * "qemu-system-x86_64: -device ...: it requires that": where QEMU names the option, it ends over it,
 * unless it says that it only warns (QEMU util/error-report.c).
 */
static bool is_refused_option(const char *line)
{
	const char *at = strstr(line, ": -");

	return at && islower((unsigned char)at[3]) && strstr(at + 3, ": ") &&
	       (strstr(line, "qemu-") || strstr(line, "kvm")) && !strcasestr(at, "warning:") &&
	       !strcasestr(at, "info:");
}

/* "ValueError: ...", "nova.exception.PciDeviceNotFound: ..." is the last line of a traceback. */
static bool is_exception(const char *line)
{
	static const char *const ends[] = { "Error: ", "Exception: ", "NotFound: ", "Failed: " };

	if (strstr(line, ".exception.") || strstr(line, ".exceptions.") || strstr(line, CAUSE))
		return true;
	for (size_t i = 0; i < HD_ARRAY_SIZE(ends); i++) {
		const char *at = strstr(line, ends[i]);

		if (at && at > line && islower((unsigned char)at[-1]))
			return true;
	}
	return false;
}

/* "(Code 56)": Windows' Device Manager prints one only for a device that does not work. */
static bool has_code(const char *line)
{
	const char *at = strcasestr(line, "(code "), *end = at ? at + strlen("(code ") : NULL;

	return end && isdigit((unsigned char)*end) && strncmp(end, "0)", 2) != 0 &&
	       end[strspn(end, "0123456789")] == ')';
}

/* What is an error without an error's word. */
static bool sounds_like_error(const char *line)
{
	return (hd_errno_translated(line) || is_refused_option(line) || is_exception(line) || has_code(line)) &&
	       !hd_level_is_frame(line);
}

/* Whatever its words are. */
static bool is_calm(const char *line)
{
	return is_setting(line) || hd_level_is_frame(line);
}

enum hd_trouble hd_trouble_of(const char *line)
{
	enum hd_trouble ret = HD_TROUBLE_NONE;
	size_t length;

	for (const char *at = line; *at; at += length ? length : 1) {
		length = 0;
		if (is_joined_before(line, at))
			continue;
		length = longest(at, &hd_trouble_healthy);
		if (length)
			continue;
		length = envelope_length(line, at);
		if (length) {
			ret = HD_TROUBLE_ENVELOPE;
			continue;
		}
		length = longest(at, &hd_trouble_errors);
		if (length)
			return is_calm(line) ? HD_TROUBLE_NONE : HD_TROUBLE_ERROR;
	}
	return sounds_like_error(line) ? HD_TROUBLE_ERROR : ret;
}

enum hd_tone hd_tone_of_words(const char *line)
{
	enum hd_tone ret = HD_TONE_PLAIN;

	for (const char *at = line; *at; at++) {
		if (is_joined_before(line, at))
			continue;
		if (longest(at, &hd_trouble_final))
			return HD_TONE_FINAL;
		if (longest(at, &hd_trouble_recovered))
			ret = HD_TONE_RECOVERED;
		else if (ret == HD_TONE_PLAIN && longest(at, &hd_trouble_mild))
			ret = HD_TONE_MILD;
	}
	return ret == HD_TONE_PLAIN && strstr(line, CAUSE) ? HD_TONE_CAUSE : ret;
}

enum hd_tone hd_tone_of(const char *line)
{
	enum hd_tone ret = hd_tone_of_words(line);
	enum hd_level level;

	if (ret != HD_TONE_PLAIN)
		return ret;
	level = hd_level_of(line);
	return level == HD_LEVEL_INFO || level == HD_LEVEL_WARNING ? HD_TONE_MILD : HD_TONE_PLAIN;
}

static bool has_phrase(const char *text, const struct hd_phrases *phrases)
{
	for (const char *at = text; *at; at++)
		if (!is_joined_before(text, at) && longest(at, phrases))
			return true;
	return false;
}

bool hd_trouble_is_weak(const char *line)
{
	return has_phrase(line, &hd_trouble_weak) && !has_phrase(line, &hd_trouble_healthy) && !is_setting(line);
}

bool hd_trouble_is_reason(const char *text, struct hd_arena *arena)
{
	const char *last = strrchr(text, ':');
	size_t blanks = 0;

	last = last ? last : text;
	if (hd_errno_name(last))
		text = hd_strndup(arena, text, (size_t)(last - text));
	for (const char *at = text; *at; at++)
		blanks += *at == ' ';
	return blanks + 1 >= REASON_WORDS && (hd_trouble_of(text) == HD_TROUBLE_ERROR ||
					      has_phrase(text, &hd_trouble_reasons));
}
