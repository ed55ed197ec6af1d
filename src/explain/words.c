/* SPDX-License-Identifier: GPL-2.0-or-later */
/* words.c - is a word said in a line, or is it only a part of a name? */
#include "config.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/text.h"
#include "explain/families.h"

#define WORD_END " \t'\",;()[]<>=|"

bool hd_word_is_in(const char *line, const char *word)
{
	size_t length = strlen(word), is_start = word[length - 1] == '*';

	length -= is_start;
	for (const char *at = line; *at; at++) {
		if (tolower((unsigned char)*at) != *word ||
		    (*word != '.' && at > line && isalnum((unsigned char)at[-1])))
			continue;
		if (!strncasecmp(at, word, length) &&
		    (is_start || !isalnum((unsigned char)at[length])))
			return true;
	}
	return false;
}

bool hd_family_has_words(const char *text, const char *words)
{
	char word[64];

	for (size_t length; *words; words += length + (words[length] == '|')) {
		length = strcspn(words, "|");
		(void)snprintf(word, sizeof(word), "%.*s", (int)length, words);
		if (hd_word_is_in(text, word))
			return true;
	}
	return false;
}

/* "frob.c:123", "frob.py": the end of a source's name, perhaps with a place in it. */
static bool is_source(const char *token, size_t length)
{
	static const char *const ends[] = {
		".c", ".h", ".cc", ".cpp", ".go", ".py", ".rs", ".pm", ".java", ".js", ".sh",
	};
	size_t end = 0;

	for (size_t i = 0; i < length; i++)
		end = token[i] == ':' && !end ? i : end;
	end = end ? end : length;
	for (size_t i = 0; i < HD_ARRAY_SIZE(ends); i++) {
		size_t own = strlen(ends[i]);

		if (end > own && !strncmp(token + end - own, ends[i], own))
			return true;
	}
	return false;
}

/* A path whose words say nothing: those of the kernel's files do. */
static bool is_other_path(const char *line, const char *token, size_t length)
{
	return *token == '/' && length > 2 && strncmp(token, "/sys/", strlen("/sys/")) != 0 &&
	       strncmp(token, "/dev/", strlen("/dev/")) != 0 &&
	       !(token == line && token[length - 1] == ':');
}

const char *hd_words_of(const char *line, bool with_paths, struct hd_arena *arena)
{
	char *ret = hd_strdup(arena, line);

	for (size_t at = 0, length; ret[at]; at += length + (ret[at + length] != '\0')) {
		length = strcspn(ret + at, WORD_END);
		if (is_source(ret + at, length) ||
		    (!with_paths && is_other_path(ret, ret + at, length)))
			memset(ret + at, '~', length);
	}
	return ret;
}
