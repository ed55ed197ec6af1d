/* SPDX-License-Identifier: GPL-2.0-or-later */
/* grub_default.c - etc/default/grub and its drop-ins: which words they put on the command line. */
#include "config.h"

#include <ctype.h>
#include <errno.h>
#include <string.h>

#include "base/text.h"
#include "facts/boot/grub_reader.h"

#define MAX_CHARS 65536u	/* of a value: what is doubled again and again would grow without end */

const char *const hd_grub_variables[HD_GRUB_VARIABLE_MAX] = {
	[HD_GRUB_LINUX] = "GRUB_CMDLINE_LINUX",
	[HD_GRUB_DEFAULT] = "GRUB_CMDLINE_LINUX_DEFAULT",
	[HD_GRUB_BLS] = "GRUB_ENABLE_BLSCFG",
};

static bool is_name(char c)
{
	return isalnum((unsigned char)c) || c == '_';
}

static int put(struct hd_grub_reader *r, struct hd_grub_value *v, const struct hd_grub_char *c)
{
	if (v->n >= MAX_CHARS)
		return hd_grub_refuse(r, r->line, "the value is too long");
	*(struct hd_grub_char *)hd_append(r->arena, &v->chars, &v->n, sizeof(*c)) = *c;
	return 0;
}

static int put_here(struct hd_grub_reader *r, struct hd_grub_value *v)
{
	const struct hd_grub_char c = { hd_grub_now(r), r->file, r->at, r->line };
	int rc = put(r, v, &c);

	hd_grub_step(r);
	return rc;
}

static int put_value(struct hd_grub_reader *r, struct hd_grub_value *v, const struct hd_grub_value *other)
{
	int rc = 0;

	for (size_t i = 0; rc == 0 && i < other->n; i++)
		rc = put(r, v, &other->chars[i]);
	return rc;
}

/* "$NAME" or "${NAME}" of a variable that we follow. */
static int put_variable(struct hd_grub_reader *r, struct hd_grub_value *v)
{
	const char *at = hd_grub_here(r) + 1;
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
	return hd_grub_refuse(r, r->line, "a value with a substitution of the shell's");
}

/* One character, or more that it stands for, between double quotes. */
static int put_in_quotes(struct hd_grub_reader *r, struct hd_grub_value *v)
{
	if (hd_grub_now(r) == '`')
		return hd_grub_refuse(r, r->line, "a value with a substitution of the shell's");
	if (hd_grub_now(r) == '$')
		return put_variable(r, v);
	if (hd_grub_now(r) != '\\' || !hd_grub_here(r)[1])
		return put_here(r, v);
	if (hd_grub_here(r)[1] == '\n') {
		hd_grub_step(r);
		hd_grub_step(r);
		return 0;
	}
	if (strchr("\"\\$`", hd_grub_here(r)[1]))
		hd_grub_step(r);
	return put_here(r, v);
}

static int put_quoted(struct hd_grub_reader *r, struct hd_grub_value *v)
{
	char quote = hd_grub_now(r);
	unsigned line = r->line;
	int rc = 0;

	hd_grub_step(r);
	while (rc == 0 && hd_grub_now(r) && hd_grub_now(r) != quote)
		rc = quote == '"' ? put_in_quotes(r, v) : put_here(r, v);
	if (rc < 0)
		return rc;
	if (!hd_grub_now(r))
		return hd_grub_refuse(r, line, "a quotation that is never closed");
	hd_grub_step(r);
	return 0;
}

/* One piece of the right side of an assignment. */
static int put_piece(struct hd_grub_reader *r, struct hd_grub_value *v)
{
	if (hd_grub_now(r) == '"' || hd_grub_now(r) == '\'')
		return put_quoted(r, v);
	if (hd_grub_now(r) == '`')
		return hd_grub_refuse(r, r->line, "a value with a substitution of the shell's");
	if (hd_grub_now(r) == '$')
		return put_variable(r, v);
	if (hd_grub_now(r) != '\\')
		return put_here(r, v);
	hd_grub_step(r);
	if (hd_grub_now(r) == '\n') {
		hd_grub_step(r);
		return 0;
	}
	return hd_grub_now(r) ? put_here(r, v) : hd_grub_refuse(r, r->line, "a backslash at its end");
}

/* Behind an assignment: the end of the command, not a program that gets it. */
static int expect_end(struct hd_grub_reader *r, unsigned line)
{
	while (hd_grub_now(r) == ' ' || hd_grub_now(r) == '\t')
		hd_grub_step(r);
	if (!hd_grub_now(r) || strchr("\n;#", hd_grub_now(r)))
		return 0;
	return hd_grub_refuse(r, line, "an assignment with something behind it");
}

static int assign(struct hd_grub_reader *r, int which)
{
	struct hd_grub_value v = { .is_set = true, .file = r->file, .line = r->line };
	int rc = 0;

	r->at += strlen(hd_grub_variables[which]);
	if (hd_grub_now(r) == '+') {
		rc = put_value(r, &v, &r->grub->values[which]);
		hd_grub_step(r);
	}
	hd_grub_step(r);
	v.start = r->at;
	while (rc == 0 && !hd_grub_ends_word(hd_grub_now(r)))
		rc = put_piece(r, &v);
	v.end = r->at;
	if (rc == 0)
		rc = expect_end(r, v.line);
	if (rc == 0)
		r->grub->values[which] = v;
	return rc;
}

static void skip_comment(struct hd_grub_reader *r)
{
	while (hd_grub_now(r) && hd_grub_now(r) != '\n')
		hd_grub_step(r);
}

static int read_statement(struct hd_grub_reader *r)
{
	size_t start = r->at;
	int which;

	if (hd_grub_now(r) == '#') {
		skip_comment(r);
		return 0;
	}
	if (hd_text_starts_with(hd_grub_here(r), "export "))
		r->at += strlen("export ");
	which = r->depth ? -1 : hd_grub_assigned(hd_grub_here(r));
	if (which >= 0)
		return assign(r, which);
	r->at = start;
	return hd_grub_skip(r);
}

static int read_file(struct hd_grub_reader *r)
{
	int rc = 0;

	while (rc == 0 && hd_grub_now(r)) {
		if (isspace((unsigned char)hd_grub_now(r)) || hd_grub_now(r) == ';')
			hd_grub_step(r);
		else
			rc = read_statement(r);
	}
	return rc == 0 && r->depth ? hd_grub_refuse(r, r->line, "its end is missing: a block is open") : rc;
}

int hd_grub_read(struct hd_grub *ret, struct hd_arena *arena, const struct hd_grub_file *files,
		 size_t n_files, struct hd_error *err)
{
	struct hd_grub grub = { .files = files, .n_files = n_files };

	for (size_t i = 0; i < n_files; i++) {
		struct hd_grub_reader r = { .grub = &grub, .arena = arena, .file = i, .line = 1,
				    .err = err };
		int rc = read_file(&r);

		if (rc < 0)
			return rc;
	}
	*ret = grub;
	return 0;
}
