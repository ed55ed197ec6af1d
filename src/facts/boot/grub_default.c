/* SPDX-License-Identifier: GPL-2.0-or-later */
/* grub_default.c - etc/default/grub and its drop-ins: which words they put on the command line. */
#include "config.h"

#include <ctype.h>
#include <errno.h>
#include <string.h>

#include "base/kernel_cmdline.h"
#include "base/text.h"
#include "facts/boot/grub_default.h"

#define MAX_CHARS 65536u	/* of a value: what is doubled again and again would grow without end */

const char *const hd_grub_variables[HD_GRUB_VARIABLE_MAX] = {
	[HD_GRUB_LINUX] = "GRUB_CMDLINE_LINUX",
	[HD_GRUB_DEFAULT] = "GRUB_CMDLINE_LINUX_DEFAULT",
	[HD_GRUB_BLS] = "GRUB_ENABLE_BLSCFG",
};

/* Where we are in one file. */
struct reader {
	struct hd_grub *grub;
	struct hd_arena *arena;
	size_t file, at;
	unsigned line;
	int depth;		/* of if, case, loops, braces */
	struct hd_error *err;
};

static char now(const struct reader *r)
{
	return r->grub->files[r->file].text[r->at];
}

static const char *here(const struct reader *r)
{
	return r->grub->files[r->file].text + r->at;
}

static void step(struct reader *r)
{
	r->line += now(r) == '\n';
	r->at++;
}

/* "/PATH:LINE: WHAT"; -EINVAL. */
static int refuse_line(const struct reader *r, unsigned line, const char *what)
{
	return hd_fail(r->err, -EINVAL, "/%s:%u: %s", r->grub->files[r->file].path, line, what);
}

/* NAME= or NAME+= at TEXT: which variable, or -1. */
static int assigned_at(const char *text)
{
	for (int i = 0; i < HD_GRUB_VARIABLE_MAX; i++) {
		size_t length = strlen(hd_grub_variables[i]);

		if (!strncmp(text, hd_grub_variables[i], length) &&
		    (text[length] == '=' || !strncmp(text + length, "+=", 2)))
			return i;
	}
	return -1;
}

static bool ends_word(char c)
{
	return !c || strchr(" \t\n;&|<>()", c);
}

/* A quotation in code that does not matter to us; the shell's nesting of "$(" is not followed. */
static int skip_quoted(struct reader *r)
{
	char quote = now(r);
	unsigned line = r->line;

	step(r);
	while (now(r) && now(r) != quote) {
		if (quote != '\'' && now(r) == '\\' && here(r)[1])
			step(r);
		step(r);
	}
	if (!now(r))
		return refuse_line(r, line, "a quotation that is not closed");
	step(r);
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

	return !strncmp(at, word, length) && ends_word(at[length]);
}

static int judge_word(struct reader *r, bool is_first)
{
	for (size_t i = 0; i < HD_ARRAY_SIZE(nesting); i++)
		if (is_word(here(r), nesting[i].word))
			r->depth += nesting[i].depth;
	for (size_t i = 0; is_first && i < HD_ARRAY_SIZE(reaching); i++)
		if (is_word(here(r), reaching[i]))
			return refuse_line(r, r->line,
					   "code that may set kernel parameters elsewhere");
	if (is_first && now(r) == '(')
		return refuse_line(r, r->line, "a subshell");
	if (assigned_at(here(r)) >= 0)
		return refuse_line(r, r->line, "kernel parameters are set by code with conditions");
	return hd_text_starts_with(here(r), "<<") ? refuse_line(r, r->line, "a here-document") : 0;
}

/* One character, or a quotation; *IS_START: is a new word behind it? */
static int skip_one(struct reader *r, bool *is_start)
{
	char c = now(r);

	*is_start = strchr(" \t;&|()", c) != NULL;
	if (c == '"' || c == '\'' || c == '`')
		return skip_quoted(r);
	if (c == '\\' && here(r)[1])
		step(r);
	step(r);
	return 0;
}

static bool begins_command(char c, bool is_first)
{
	return strchr(";&|", c) || (is_first && (c == ' ' || c == '\t'));
}

/* Over a command that is not an assignment of ours, to its line's end; fails if it could set one. */
static int skip_command(struct reader *r)
{
	bool is_start = true, is_first = true;
	int rc = 0;

	while (rc == 0 && now(r) && now(r) != '\n') {
		char c = now(r);

		if (is_start && c == '#')
			break;
		if (is_start || c == '<')
			rc = judge_word(r, is_first);
		if (rc == 0)
			rc = skip_one(r, &is_start);
		is_first = begins_command(c, is_first);
	}
	return rc;
}

static bool is_name(char c)
{
	return isalnum((unsigned char)c) || c == '_';
}

static int put_char(struct reader *r, struct hd_grub_value *v, const struct hd_grub_char *c)
{
	if (v->n >= MAX_CHARS)
		return refuse_line(r, r->line, "the value is too long");
	hd_push(r->arena, &v->chars, &v->n, *c);
	return 0;
}

static int put_here(struct reader *r, struct hd_grub_value *v)
{
	const struct hd_grub_char c = { now(r), r->file, r->at, r->line };
	int rc = put_char(r, v, &c);

	step(r);
	return rc;
}

static int put_value(struct reader *r, struct hd_grub_value *v, const struct hd_grub_value *other)
{
	int rc = 0;

	for (size_t i = 0; rc == 0 && i < other->n; i++)
		rc = put_char(r, v, &other->chars[i]);
	return rc;
}

/* "$NAME" or "${NAME}" of a variable that we follow. */
static int put_variable(struct reader *r, struct hd_grub_value *v)
{
	const char *at = here(r) + 1;
	size_t braces = *at == '{';

	at += braces;
	for (int i = 0; i < HD_GRUB_VARIABLE_MAX; i++) {
		size_t length = strlen(hd_grub_variables[i]);

		if (strncmp(at, hd_grub_variables[i], length) != 0 ||
		    (braces ? at[length] != '}' : is_name(at[length])))
			continue;
		r->at += 1 + length + 2 * braces;
		return put_value(r, v, &r->grub->values[i]);
	}
	return refuse_line(r, r->line, "a value with a shell substitution");
}

/* One character, or more that it stands for, between double quotes. */
static int put_in_quotes(struct reader *r, struct hd_grub_value *v)
{
	if (now(r) == '`')
		return refuse_line(r, r->line, "a value with a shell substitution");
	if (now(r) == '$')
		return put_variable(r, v);
	if (now(r) != '\\' || !here(r)[1])
		return put_here(r, v);
	if (here(r)[1] == '\n') {
		step(r);
		step(r);
		return 0;
	}
	if (strchr("\"\\$`", here(r)[1]))
		step(r);
	return put_here(r, v);
}

static int put_quoted(struct reader *r, struct hd_grub_value *v)
{
	char quote = now(r);
	unsigned line = r->line;
	int rc = 0;

	step(r);
	while (rc == 0 && now(r) && now(r) != quote)
		rc = quote == '"' ? put_in_quotes(r, v) : put_here(r, v);
	if (rc < 0)
		return rc;
	if (!now(r))
		return refuse_line(r, line, "a quotation that is not closed");
	step(r);
	return 0;
}

/* One piece of the right side of an assignment. */
static int put_piece(struct reader *r, struct hd_grub_value *v)
{
	if (now(r) == '"' || now(r) == '\'')
		return put_quoted(r, v);
	if (now(r) == '`')
		return refuse_line(r, r->line, "a value with a shell substitution");
	if (now(r) == '$')
		return put_variable(r, v);
	if (now(r) != '\\')
		return put_here(r, v);
	step(r);
	if (now(r) == '\n') {
		step(r);
		return 0;
	}
	return now(r) ? put_here(r, v) : refuse_line(r, r->line, "a backslash at the end");
}

/* Behind an assignment: the end of the command, not a program that gets it. */
static int expect_end(struct reader *r, unsigned line)
{
	while (now(r) == ' ' || now(r) == '\t')
		step(r);
	if (!now(r) || strchr("\n;#", now(r)))
		return 0;
	return refuse_line(r, line, "an assignment followed by something else");
}

static int assign_variable(struct reader *r, int which)
{
	struct hd_grub_value v = { .is_set = true, .file = r->file, .line = r->line };
	int rc = 0;

	r->at += strlen(hd_grub_variables[which]);
	if (now(r) == '+') {
		rc = put_value(r, &v, &r->grub->values[which]);
		step(r);
	}
	step(r);
	v.start = r->at;
	while (rc == 0 && !ends_word(now(r)))
		rc = put_piece(r, &v);
	v.end = r->at;
	if (rc == 0)
		rc = expect_end(r, v.line);
	if (rc == 0)
		r->grub->values[which] = v;
	return rc;
}

static void skip_comment(struct reader *r)
{
	while (now(r) && now(r) != '\n')
		step(r);
}

static int read_statement(struct reader *r)
{
	size_t start = r->at;
	int which;

	if (now(r) == '#') {
		skip_comment(r);
		return 0;
	}
	if (hd_text_starts_with(here(r), "export "))
		r->at += strlen("export ");
	which = r->depth ? -1 : assigned_at(here(r));
	if (which >= 0)
		return assign_variable(r, which);
	r->at = start;
	return skip_command(r);
}

static int read_file(struct reader *r)
{
	int rc = 0;

	while (rc == 0 && now(r)) {
		if (isspace((unsigned char)now(r)) || now(r) == ';')
			step(r);
		else
			rc = read_statement(r);
	}
	return rc == 0 && r->depth ? refuse_line(r, r->line, "its end is missing: a block is "
							"not closed") : rc;
}

int hd_grub_read(struct hd_grub *ret, struct hd_arena *arena, const struct hd_boot_file *files,
		 size_t n_files, struct hd_error *err)
{
	struct hd_grub grub = { .files = files, .n_files = n_files };

	for (size_t i = 0; i < n_files; i++) {
		struct reader r = { .grub = &grub, .arena = arena, .file = i, .line = 1,
				    .err = err };
		int rc = read_file(&r);

		if (rc < 0)
			return rc;
	}
	*ret = grub;
	return 0;
}

const char *hd_grub_text(struct hd_arena *arena, const struct hd_grub_value *value)
{
	char *text = hd_alloc(arena, value->n + 1);

	for (size_t i = 0; i < value->n; i++)
		text[i] = value->chars[i].c;
	return text;
}

/* Are the N characters at C one behind the other in one file? */
static bool is_plain(const struct hd_grub_char *c, size_t n)
{
	for (size_t i = 1; i < n; i++)
		if (c[i].file != c[0].file || c[i].at != c[0].at + i)
			return false;
	return true;
}

void hd_grub_words(struct hd_word **ret, size_t *ret_n, struct hd_arena *arena,
		   const struct hd_grub *grub)
{
	for (int v = HD_GRUB_LINUX; v <= HD_GRUB_DEFAULT; v++) {
		const struct hd_grub_value *value = &grub->values[v];
		const char *text = hd_grub_text(arena, value), *at = text;
		struct hd_cmdline_word word;

		while (hd_cmdline_next(&at, &word)) {
			const struct hd_grub_char *c = &value->chars[word.text - text];

			hd_push(arena, ret, ret_n, (struct hd_word){
				hd_strndup(arena, word.text, word.length), c->file, c->at,
				c->line, is_plain(c, word.length) });
		}
	}
}

static const char *insert_text(struct hd_arena *arena, const char *text, size_t at,
			       const char *what)
{
	return hd_printf(arena, "%.*s%s%s", (int)at, text, what, text + at);
}

static bool is_one_quotation(const char *text, size_t length)
{
	char quote = length > 1 ? text[length - 1] : '\0';

	return (quote == '"' || quote == '\'') && text[0] == quote &&
	       !memchr(text + 1, quote, length - 2);
}

/* Into the last quotation, or into quotes of its own. */
const char *hd_grub_append(struct hd_arena *arena, const char *text,
			   const struct hd_grub_value *v, const char *words)
{
	const char *right = text + v->start;
	size_t length = v->end - v->start;

	if (is_one_quotation(right, length))
		return insert_text(arena, text, v->end - 1,
				   hd_printf(arena, "%s%s", v->n ? " " : "", words));
	if (!length || !strpbrk(hd_strndup(arena, right, length), "\"'\\$"))
		return insert_text(arena,
				   insert_text(arena, text, v->end,
					       hd_printf(arena, "%s%s\"", v->n ? " " : "",
							 words)),
				   v->start, "\"");
	return insert_text(arena, text, v->end, hd_printf(arena, "\" %s\"", words));
}
