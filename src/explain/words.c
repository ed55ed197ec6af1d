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

/* Is one of the words of the list at WORDS, up to "&" or the end, in TEXT? */
static bool has_one(const char *text, const char *words)
{
	char word[64];

	for (size_t length; *words && *words != '&'; words += length + (words[length] == '|')) {
		length = strcspn(words, "|&");
		(void)snprintf(word, sizeof(word), "%.*s", (int)length, words);
		if (hd_word_is_in(text, word))
			return true;
	}
	return false;
}

bool hd_family_has_words(const char *text, const char *words)
{
	for (bool is_more = true; is_more; words += is_more) {
		if (!has_one(text, words))
			return false;
		words += strcspn(words, "&");
		is_more = *words == '&';
	}
	return true;
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

/* After these, a quoted word is a name that somebody gave. */
static const char *const named[] = {
	"domain", "guest", "vm", "alias", "label", "network", "pool", "volume", "container", "pod", "hostname",
	"machine", "instance", "matching name", "called", "named", "domain name",
};
/* Settings whose value is such a name. */
static const char *const naming[] = { "guest=", "alias=", "label=", "title=", "vmname=", "hostname=" };

static void hide(char *text, size_t length)
{
	memset(text, '~', length);
}

/* "user@host:~$ ", "[user@host dir]# ": who types is not who speaks. */
static size_t prompt_length(const char *line)
{
	size_t length = strcspn(line, "$#>"), at = strcspn(line, "@ ");

	if (!line[length] || line[at] != '@' || length > 64 || (line[length + 1] && line[length + 1] != ' '))
		return 0;
	return *line == '[' || memchr(line, ':', length) ? length : 0;
}

/* Ends TEXT, of LENGTH bytes, with a word after which a name comes? */
static bool ends_with_naming_word(const char *text, size_t length)
{
	while (length && text[length - 1] == ' ')
		length--;
	for (size_t i = 0; i < HD_ARRAY_SIZE(named); i++) {
		size_t own = strlen(named[i]);

		if (length >= own && !strncasecmp(text + length - own, named[i], own) &&
		    (length == own || !isalnum((unsigned char)text[length - own - 1])))
			return true;
	}
	return false;
}

/* Hides the quoted name at QUOTE, if it is one word, and returns its end. */
static char *hide_quoted(char *quote)
{
	size_t length = strcspn(quote + 1, "'\"` ");

	if (!length || quote[length + 1] != *quote)
		return quote + 1;
	hide(quote + 1, length);
	return quote + length + 2;
}

char *hd_without_names(const char *line, struct hd_arena *arena)
{
	char *ret = hd_strdup(arena, line);

	hide(ret, prompt_length(ret));
	for (char *at = ret; (at = strpbrk(at, "'\""));)
		at = ends_with_naming_word(ret, (size_t)(at - ret)) ? hide_quoted(at) : at + 1;
	for (size_t i = 0; i < HD_ARRAY_SIZE(naming); i++)
		for (char *at = ret; (at = strstr(at, naming[i])); at++) {
			char *value = at + strlen(naming[i]);

			hide(value, strcspn(value, " ,;'\""));
		}
	return ret;
}

const char *hd_words_of(const char *line, bool with_paths, struct hd_arena *arena)
{
	char *ret = hd_without_names(line, arena);

	for (size_t at = 0, length; ret[at]; at += length + (ret[at + length] != '\0')) {
		length = strcspn(ret + at, WORD_END);
		if (is_source(ret + at, length) ||
		    (!with_paths && is_other_path(ret, ret + at, length)))
			memset(ret + at, '~', length);
	}
	return ret;
}
