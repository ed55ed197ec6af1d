/* SPDX-License-Identifier: GPL-2.0-or-later */
/* grub_reader.c - walks over etc/default/grub, and over code in it that is not ours to judge. */
#include "config.h"

#include <errno.h>
#include <string.h>

#include "base/text.h"
#include "facts/boot/grub_reader.h"

char hd_grub_now(const struct hd_grub_reader *r)
{
	return r->grub->files[r->file].text[r->at];
}

const char *hd_grub_here(const struct hd_grub_reader *r)
{
	return r->grub->files[r->file].text + r->at;
}

void hd_grub_step(struct hd_grub_reader *r)
{
	r->line += hd_grub_now(r) == '\n';
	r->at++;
}

int hd_grub_refuse(const struct hd_grub_reader *r, unsigned line, const char *what)
{
	return hd_fail(r->err, -EINVAL, "/%s:%u: %s", r->grub->files[r->file].path, line, what);
}

/* NAME= or NAME+= at TEXT: which variable, or -1. */
int hd_grub_assigned(const char *text)
{
	for (int i = 0; i < HD_GRUB_VARIABLE_MAX; i++) {
		size_t length = strlen(hd_grub_variables[i]);

		if (!strncmp(text, hd_grub_variables[i], length) &&
		    (text[length] == '=' || !strncmp(text + length, "+=", 2)))
			return i;
	}
	return -1;
}

bool hd_grub_ends_word(char c)
{
	return !c || strchr(" \t\n;&|<>()", c);
}

/* A quotation in code that does not matter to us; the shell's nesting of "$(" is not followed. */
static int skip_quoted(struct hd_grub_reader *r)
{
	char quote = hd_grub_now(r);
	unsigned line = r->line;

	hd_grub_step(r);
	while (hd_grub_now(r) && hd_grub_now(r) != quote) {
		if (quote != '\'' && hd_grub_now(r) == '\\' && hd_grub_here(r)[1])
			hd_grub_step(r);
		hd_grub_step(r);
	}
	if (!hd_grub_now(r))
		return hd_grub_refuse(r, line, "a quotation that is never closed");
	hd_grub_step(r);
	return 0;
}

static const struct {
	const char *word;
	int depth;
} nesting[] = {
	{ "if", 1 }, { "fi", -1 }, { "for", 1 }, { "while", 1 }, { "until", 1 }, { "done", -1 },
	{ "case", 1 }, { "esac", -1 }, { "{", 1 }, { "}", -1 },
};

/* Words that can assign what we do not see. */
static const char *const reaching[] = { ".", "source", "eval", "unset", "read" };

static bool is_word(const char *at, const char *word)
{
	size_t length = strlen(word);

	return !strncmp(at, word, length) && hd_grub_ends_word(at[length]);
}

static int look_at_word(struct hd_grub_reader *r, bool is_first)
{
	for (size_t i = 0; i < HD_ARRAY_SIZE(nesting); i++)
		if (is_word(hd_grub_here(r), nesting[i].word))
			r->depth += nesting[i].depth;
	for (size_t i = 0; is_first && i < HD_ARRAY_SIZE(reaching); i++)
		if (is_word(hd_grub_here(r), reaching[i]))
			return hd_grub_refuse(r, r->line, "code that may set kernel parameters elsewhere");
	if (is_first && hd_grub_now(r) == '(')
		return hd_grub_refuse(r, r->line, "a subshell");
	if (hd_grub_assigned(hd_grub_here(r)) >= 0)
		return hd_grub_refuse(r, r->line, "kernel parameters are set by code with conditions");
	return hd_text_starts_with(hd_grub_here(r), "<<") ? hd_grub_refuse(r, r->line, "a here-document") : 0;
}

/* One character, or a quotation; *IS_START: is a new word behind it? */
static int skip_one(struct hd_grub_reader *r, bool *is_start)
{
	char c = hd_grub_now(r);

	*is_start = strchr(" \t;&|()", c) != NULL;
	if (c == '"' || c == '\'' || c == '`')
		return skip_quoted(r);
	if (c == '\\' && hd_grub_here(r)[1])
		hd_grub_step(r);
	hd_grub_step(r);
	return 0;
}

static bool begins_command(char c, bool is_first)
{
	return strchr(";&|", c) || (is_first && (c == ' ' || c == '\t'));
}

int hd_grub_skip(struct hd_grub_reader *r)
{
	bool is_start = true, is_first = true;
	int rc = 0;

	while (rc == 0 && hd_grub_now(r) && hd_grub_now(r) != '\n') {
		char c = hd_grub_now(r);

		if (is_start && c == '#')
			break;
		if (is_start || c == '<')
			rc = look_at_word(r, is_first);
		if (rc == 0)
			rc = skip_one(r, &is_start);
		is_first = begins_command(c, is_first);
	}
	return rc;
}
