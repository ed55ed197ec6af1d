/* SPDX-License-Identifier: GPL-2.0-or-later */
/* complete.c - where on the command line is it, and what is expected there? */
#include "config.h"

#include <string.h>

#include "base/text.h"
#include "cli/complete.h"
#include "cli/options.h"

/* In full, or so much of it that no other option is meant. */
static const struct hd_option *find_long(const struct hd_option *const *rows, const char *name)
{
	size_t length = strcspn(name, "=");
	const struct hd_option *found = NULL;
	size_t n = 0;

	for (; *rows; rows++) {
		if (strncmp((*rows)->name, name, length) != 0)
			continue;
		if (!(*rows)->name[length])
			return *rows;
		found = *rows;
		n++;
	}
	return n == 1 ? found : NULL;
}

static const struct hd_option *find_letter(const struct hd_option *const *rows, char letter)
{
	for (; *rows; rows++)
		if ((*rows)->letter == letter)
			return *rows;
	return NULL;
}

/* VALUE: what was given for it; NULL: it takes none. */
static void note(struct hd_completion *completion, const struct hd_option *option,
		 const char *value)
{
	if (option == &hd_opt_sysroot)
		completion->sysroot = value;
	if (option == &hd_opt_uri || option == &hd_opt_remote)
		completion->is_elsewhere = true;
	if (!option->repeats && completion->n_given < HD_ARRAY_SIZE(completion->given))
		completion->given[completion->n_given++] = option;
}

/* Takes WORD; returns the option that still waits for its value, or NULL. */
static const struct hd_option *take_long(struct hd_completion *completion, const char *word)
{
	const struct hd_option *option = find_long(completion->command->options, word + 2);
	const char *value = strchr(word, '=');

	if (!option)
		return NULL;
	if (option->arg && !value)
		return option;
	note(completion, option, value ? value + 1 : NULL);
	return NULL;
}

static const struct hd_option *take_letters(struct hd_completion *completion, const char *word)
{
	for (const char *at = word + 1; *at; at++) {
		const struct hd_option *option = find_letter(completion->command->options, *at);

		if (!option)
			return NULL;
		if (option->arg && !at[1])
			return option;
		note(completion, option, option->arg ? at + 1 : NULL);
		if (option->arg)
			return NULL;
	}
	return NULL;
}

static void take(struct hd_completion *completion, const char *word)
{
	const struct hd_option *waiting = completion->value_of;

	completion->value_of = NULL;
	if (waiting)
		note(completion, waiting, word);
	else if (completion->is_literal || word[0] != '-' || !word[1])
		completion->operand++;
	else if (!strcmp(word, "--"))
		completion->is_literal = true;
	else if (word[1] == '-')
		completion->value_of = take_long(completion, word);
	else
		completion->value_of = take_letters(completion, word);
}

/* "--name=value" has its option in the same word. */
static bool split_last(struct hd_completion *completion, struct hd_arena *arena, const char *word)
{
	const char *value = strchr(word, '=');

	if (completion->value_of || completion->is_literal || !value ||
	    !hd_text_starts_with(word, "--"))
		return true;
	completion->value_of = find_long(completion->command->options, word + 2);
	completion->before = hd_strndup(arena, word, (size_t)(value + 1 - word));
	completion->start = value + 1;
	return completion->value_of && completion->value_of->arg;
}

bool hd_completion_parse(struct hd_completion *ret, struct hd_arena *arena, char **words, int n)
{
	struct hd_completion completion = { .before = "" };

	if (n < 1)
		return false;
	completion.start = words[n - 1];
	if (n > 1) {
		completion.command = hd_command_find(words[0]);
		if (!completion.command || completion.command->is_internal)
			return false;
		for (int i = 1; i < n - 1; i++)
			take(&completion, words[i]);
		if (!split_last(&completion, arena, words[n - 1]))
			return false;
	}
	*ret = completion;
	return true;
}
