/* SPDX-License-Identifier: GPL-2.0-or-later */
/* logged.c - is a line the record of a log, or what somebody types? */
#include "config.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "explain/families.h"
#include "explain/logged.h"
#include "explain/subject.h"

/* What people write before a colon, where programs write their name. */
static const char heads[] =
	"problem|question|issue|help|symptom*|hi|hello|hey|edit|update|title|subject|note|so|result|gpu|card|vm|"
	"guest|host|windows|win10|win11|passthrough|iommu|single|code*";

/* Is the word of LENGTH, with its colon, one of WORDS? */
static bool is_head(const char *word, size_t length, const char *words)
{
	char head[32];

	(void)snprintf(head, sizeof(head), "%.*s", (int)length, word);
	return hd_family_has_words(head, words);
}

/* "2026-11-21T10:00:00 ", "2026/11/21 ", "10:00:00.1 ", but not "01:00.0 ": what a line begins with. */
static bool has_stamp(const char *line)
{
	size_t length = strspn(line, "0123456789-:.,+TZ/"), marks = 0;

	for (size_t i = 0; i < length; i++)
		marks += line[i] == ':' || line[i] == '-' || line[i] == '/';
	return marks > 1 || hd_subject_record(line) != line;
}

/* "1-1:", "nvme0:" after a driver's name: which of its devices speaks. */
static bool is_number_name(const char *word, size_t length)
{
	if (length < 2 || word[length - 1] != ':' || is_head(word, length, heads))
		return false;
	return memchr(word, '-', length) ||
	       (islower((unsigned char)*word) && isdigit((unsigned char)word[length - 2]));
}

/* "frob: ", "usb 1-1: ", "nvme nvme0: ": the name of who speaks. */
static bool has_speaker(const char *line)
{
	size_t length = strcspn(line, " ");
	const char *next = line + length + 1;

	if (!length || !line[length])
		return false;
	if (line[length - 1] == ':')
		return !memchr(line, '(', length) && !is_head(line, length, heads);
	return islower((unsigned char)*line) && is_number_name(next, strcspn(next, " "));
}

/* "frob.c:123": a place in a source. */
static bool has_position(const char *line)
{
	for (const char *at = line; (at = strchr(at, ':')); at++) {
		const char *start = at;

		while (start > line && islower((unsigned char)start[-1]))
			start--;
		if (isdigit((unsigned char)at[1]) && start < at && start > line && start[-1] == '.')
			return true;
	}
	return false;
}

/* A path that is more than a node that a sentence names. */
static bool has_path(const char *line)
{
	for (const char *at = line; (at = strchr(at, '/')); at++)
		if ((at == line || strchr(" \t'\"(", at[-1])) && isalpha((unsigned char)at[1]) &&
		    (strncmp(at, "/dev/", strlen("/dev/")) != 0 || strchr(at, ':')))
			return true;
	return false;
}

/* "frob 0000:01:00.0: x", but not "my guest does not see 0000:01:00.0". */
static bool has_record_address(const char *line)
{
	for (const char *at = line; (at = strchr(at, ':')); at++) {
		const char *start = at;
		size_t length;

		while (start > line && isxdigit((unsigned char)start[-1]))
			start--;
		length = at - start == 4 ? hd_pattern_address(start) : 0;
		if (length)
			return start[length] == ':' || !hd_family_has_words(line, HD_OF_SENTENCES);
	}
	return false;
}

/* "mode=3", but not an option of the kernel, which people name with its value. */
static bool has_value(const char *line)
{
	static const char *const options[] = {
		"iommu", "vfio-pci.ids", "vfio_pci.ids", "pcie_acs_override", "video", "pci",
	};

	for (const char *at = line; (at = strchr(at, '=')); at++) {
		size_t i;

		for (i = 0; i < HD_ARRAY_SIZE(options); i++) {
			size_t length = strlen(options[i]);

			if ((size_t)(at - line) >= length && !strncmp(at - length, options[i], length))
				break;
		}
		if (i == HD_ARRAY_SIZE(options))
			return true;
	}
	return false;
}

/* What is only in records; " ERROR frob", but not "I get ERROR 43". */
static bool has_sign(const char *line)
{
	static const char *const signs[] = { "]: ", "kernel: ", "qemu-", "WARN ", "INFO " };
	const char *level = strstr(line, " ERROR ");

	for (size_t i = 0; i < HD_ARRAY_SIZE(signs); i++)
		if (strstr(line, signs[i]))
			return true;
	return (*line && strchr("[{<|", *line)) || has_value(line) || has_record_address(line) ||
	       (level && !isdigit((unsigned char)level[strlen(" ERROR ")]));
}

bool hd_sentence_is_logged(const char *line)
{
	return has_sign(line) || has_stamp(line) || has_speaker(line) || has_position(line) ||
	       (has_path(line) && !hd_family_has_words(line, HD_OF_PERSONS));
}

bool hd_sentence_has_colon(const char *line)
{
	for (const char *at = line; (at = strchr(at, ':')); at++)
		if (at == line || !isxdigit((unsigned char)at[-1]) || !isxdigit((unsigned char)at[1]))
			return true;
	return false;
}
