/* SPDX-License-Identifier: GPL-2.0-or-later */
/* level.c - how grave does the program itself say that a record of its log is? */
#include "config.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "explain/level.h"

#define HEAD 200	/* bytes in which the level stands */
#define HEAD_JSON 1000	/* and where fields of JSON may be before it */
#define BLANKS " \t"

/* What a level is called; a word of a line only in upper case, as the value of a field in either. */
static const struct {
	const char *name;
	enum hd_level level;
} names[] = {
	{ "ERROR", HD_LEVEL_ERROR }, { "WARNING", HD_LEVEL_WARNING }, { "WARN", HD_LEVEL_WARNING },
	{ "INFO", HD_LEVEL_INFO }, { "DEBUG", HD_LEVEL_INFO }, { "FATAL", HD_LEVEL_ERROR },
	{ "CRITICAL", HD_LEVEL_ERROR }, { "NOTICE", HD_LEVEL_INFO }, { "PANIC", HD_LEVEL_ERROR },
	{ "SEVERE", HD_LEVEL_ERROR }, { "ERR", HD_LEVEL_ERROR }, { "FATA", HD_LEVEL_ERROR },
	{ "ERRO", HD_LEVEL_ERROR }, { "DEBU", HD_LEVEL_INFO },
};

/* Of one letter, in "E1130" and "[E]"; what a number of the kernel means, in "<3>". */
static const struct {
	char letter;
	enum hd_level level;
} letters[] = {
	{ 'E', HD_LEVEL_ERROR }, { 'W', HD_LEVEL_WARNING }, { 'I', HD_LEVEL_INFO }, { 'F', HD_LEVEL_ERROR },
	{ 'D', HD_LEVEL_INFO }, { '0', HD_LEVEL_ERROR }, { '1', HD_LEVEL_ERROR }, { '2', HD_LEVEL_ERROR },
	{ '3', HD_LEVEL_ERROR }, { '4', HD_LEVEL_WARNING }, { '5', HD_LEVEL_INFO }, { '6', HD_LEVEL_INFO },
	{ '7', HD_LEVEL_INFO },
};

/* What stands around a level that is not a word in upper case. */
static const struct {
	const char *text;
	enum hd_level level;
} marks[] = {
	{ ": error : ", HD_LEVEL_ERROR }, { ": warning : ", HD_LEVEL_WARNING }, { ": info : ", HD_LEVEL_INFO },
	{ ": debug : ", HD_LEVEL_INFO }, { "(EE)", HD_LEVEL_ERROR }, { "(WW)", HD_LEVEL_WARNING },
	{ "(II)", HD_LEVEL_INFO }, { "TASK ERROR: ", HD_LEVEL_ERROR }, { "-WARNING **", HD_LEVEL_WARNING },
	{ "-CRITICAL **", HD_LEVEL_ERROR },
};

static const char *const fields[] = {
	"level=", "lvl=", "\"level\":\"", "\"level\": \"", "\"severity\":\"", "\"severity\": \"", "\"lvl\":\"",
};

static enum hd_level level_of_letter(char letter)
{
	for (size_t i = 0; i < HD_ARRAY_SIZE(letters); i++)
		if (letters[i].letter == letter)
			return letters[i].level;
	return HD_LEVEL_NONE;
}

/* The level of the name of LENGTH AT; in either case with ANY_CASE. */
static enum hd_level level_of_name(const char *at, size_t length, bool any_case)
{
	for (size_t i = 0; i < HD_ARRAY_SIZE(names); i++)
		if (strlen(names[i].name) == length && (any_case ? !strncasecmp(at, names[i].name, length) :
							!strncmp(at, names[i].name, length)))
			return names[i].level;
	return HD_LEVEL_NONE;
}

/* The value of the first of the fields; most lines have none of them. */
static enum hd_level level_in_field(const char *line, size_t head)
{
	size_t length = memchr(line, '{', head) ? strnlen(line, HEAD_JSON) : head;

	if (!memmem(line, length, "l=", 2) && !memmem(line, length, "l\"", 2) && !memmem(line, length, "ty\"", 3))
		return HD_LEVEL_NONE;
	for (size_t i = 0; i < HD_ARRAY_SIZE(fields); i++) {
		const char *at = memmem(line, length, fields[i], strlen(fields[i])), *end;

		if (!at)
			continue;
		at += strlen(fields[i]);
		at += *at == '"';
		for (end = at; isalpha((unsigned char)*end);)
			end++;
		return level_of_name(at, (size_t)(end - at), true);
	}
	return HD_LEVEL_NONE;
}

/* "E1130 10:00:00.123": klog's head. */
static bool is_klog(const char *at)
{
	return strspn(at + 1, "0123456789") == 4 && at[5] == ' ' && strspn(at + 6, "0123456789:.") >= 8 &&
	       at[8] == ':';
}

/* Linux says so of a task, or of itself, that hangs (kernel/hung_task.c, kernel/rcu/tree_stall.h): an error. */
static bool is_hang(const char *at)
{
	return !strncmp(at, "INFO: task ", strlen("INFO: task ")) || !strncmp(at, "INFO: rcu", strlen("INFO: rcu"));
}

/* The level of the letter in "[E]" and "<4>[", LENGTH bytes AT. */
static enum hd_level level_in_brackets(const char *at, size_t length)
{
	bool is_named = length >= 3 && *at == '[' && isupper((unsigned char)at[1]) && at[2] == ']';
	bool is_number = length >= 3 && *at == '<' && isdigit((unsigned char)at[1]) && at[2] == '>';

	return is_named || is_number ? level_of_letter(at[1]) : HD_LEVEL_NONE;
}

/* "ERROR" of "[ERROR]:", "*ERROR*" and "ERRO[0003]". */
static enum hd_level level_of_bare(const char *at, size_t length)
{
	size_t start = strspn(at, "[(*|"), end = start;

	while (end < length && isalpha((unsigned char)at[end]))
		end++;
	if (end < length && !strchr("]):*|[", at[end]))
		return HD_LEVEL_NONE;
	return level_of_name(at + start, end - start, false);
}

/* The level that the word of LENGTH AT says: "ERROR", "[WARN]", "E1130 10:00:00", "[E]", "<4>[". */
static enum hd_level level_of_word(const char *at, size_t length)
{
	enum hd_level ret;

	if (is_hang(at))
		return HD_LEVEL_ERROR;
	if (length == 5 && is_klog(at))
		return level_of_letter(*at);
	ret = level_in_brackets(at, length);
	return ret == HD_LEVEL_NONE ? level_of_bare(at, length) : ret;
}

static enum hd_level level_in_words(const char *line, size_t length)
{
	for (const char *at = line, *end = line + length; at < end;) {
		size_t word = strcspn(at, BLANKS);
		enum hd_level ret = level_of_word(at, word);

		if (ret != HD_LEVEL_NONE)
			return ret;
		at += word;
		at += strspn(at, BLANKS);
	}
	return HD_LEVEL_NONE;
}

enum hd_level hd_level_of(const char *line)
{
	size_t head = strnlen(line, HEAD);
	enum hd_level ret = level_in_field(line, head);

	if (ret == HD_LEVEL_NONE)
		ret = level_in_words(line, head);
	for (size_t i = 0; ret == HD_LEVEL_NONE && i < HD_ARRAY_SIZE(marks); i++)
		if (memmem(line, head, marks[i].text, strlen(marks[i].text)))
			ret = marks[i].level;
	return ret;
}

/* "at org.frob.Main(Main.java:1)", "... 12 more", "goroutine 1 [running]:". */
static bool is_frame_of_java_or_go(const char *at)
{
	size_t name = 0;

	if (!strncmp(at, "... ", 4))
		return strspn(at + 4, "0123456789") > 0 && strstr(at, " more");
	if (!strncmp(at, "goroutine ", strlen("goroutine ")))
		return true;
	if (strncmp(at, "at ", 3) != 0)
		return false;
	for (at += 3; isalnum((unsigned char)at[name]) || (at[name] && strchr("._$/<>@-", at[name]));)
		name++;
	return name && at[name] == '(' && memchr(at, '.', name);
}

/* Where the message may begin: behind each "] " and run of blanks. */
static const char *next_start(const char *at)
{
	at = strchr(at, ' ');
	return at ? at + strspn(at, BLANKS) : NULL;
}

bool hd_level_is_frame(const char *line)
{
	const char *file = strstr(line, "File \""), *raise = strstr(line, "raise ");

	if ((file && strstr(file, "\", line ")) || strstr(line, "Traceback (most recent call last)"))
		return true;
	if (raise && isalpha((unsigned char)raise[strlen("raise ")]) && strchr(raise, '('))
		return true;
	for (const char *at = line + strspn(line, BLANKS); at && at - line < HEAD; at = next_start(at))
		if (is_frame_of_java_or_go(at))
			return true;
	return false;
}
