/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * capture_read.c - a captured host as reviewable text, made into files.
 *
 * The text may come from a stranger (bug reports, the fuzzer): each name is one
 * or more plain components, and beneath.c keeps links that the text itself made
 * from leading out of the directory.
 */
#include "config.h"

#include <ctype.h>
#include <errno.h>
#include <limits.h>
#include <stdbool.h>
#include <string.h>
#include <sys/types.h>

#include "base/arena.h"
#include "base/beneath.h"
#include "inventory/capture_read.h"

struct tree {
	int root_fd;
	struct hd_arena arena;
	char dir[PATH_MAX];	/* of the last "@" line; "" at the start */
	int dir_fd;		/* the same; -1 at the start */
	unsigned line;
	struct hd_error *err;
};

static int bad_line(struct tree *tree, const char *why)
{
	return hd_fail(tree->err, -EINVAL, "tree line %u: %s", tree->line, why);
}

static int made(struct tree *tree, const char *path, int rc)
{
	if (rc == 0)
		return 0;
	return hd_fail(tree->err, -EINVAL, "tree line %u: %.200s: %s", tree->line, path,
		       strerror(-rc));
}

/* By which directory, and by which name in it, is PATH made?  By the last "@" line, if it is just in that. */
static int place_of(const struct tree *tree, const char **path)
{
	const char *name = *path + strlen(tree->dir) + 1;

	if (tree->dir_fd < 0 || !*tree->dir || strchr(name, '/'))
		return tree->root_fd;
	*path = name;
	return tree->dir_fd;
}

static int enter_dir(struct tree *tree, const char *path)
{
	size_t length = strlen(path);

	if (length >= sizeof(tree->dir))
		return bad_line(tree, "the directory's name is too long");
	memcpy(tree->dir, path, length + 1);
	hd_close(&tree->dir_fd);
	tree->dir_fd = hd_beneath_open(tree->root_fd, path);
	return made(tree, path, tree->dir_fd < 0 ? tree->dir_fd : 0);
}

static int nibble(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c = (char)tolower((unsigned char)c);
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* The byte of two hex digits, or -1. */
static int hex_byte(const char *digits)
{
	int high = nibble(digits[0]), low = high < 0 ? -1 : nibble(digits[1]);

	return low < 0 ? -1 : high << 4 | low;
}

/*
 * What "\n", "\t", "\\" or "\xNN" (not 00) at *FROM stands for, or 0; moves to its last
 * character.
 */
static char escaped(const char **from)
{
	static const char as[][2] = { { 'n', '\n' }, { 't', '\t' }, { '\\', '\\' } };
	int byte;

	(*from)++;
	for (size_t i = 0; i < HD_ARRAY_SIZE(as); i++)
		if (as[i][0] == **from)
			return as[i][1];
	byte = **from == 'x' ? hex_byte(*from + 1) : -1;
	if (byte <= 0)
		return '\0';
	*from += 2;
	return (char)byte;
}

/* In place; returns the length, or -1 for another escape. */
static ssize_t unescape_text(char *text)
{
	char *to = text;

	for (const char *from = text; *from; from++) {
		char c = *from == '\\' ? escaped(&from) : *from;

		if (!c)
			return -1;
		*to++ = c;
	}
	*to = '\0';
	return to - text;
}

static int add_unescaped(struct tree *tree, const char *path, char *value,
			 int (*make)(int root_fd, const char *path, const void *data, size_t size))
{
	ssize_t length = unescape_text(value);
	const char *name = path;
	const int fd = place_of(tree, &name);

	if (length < 0)
		return bad_line(tree, "only \\n, \\t, \\\\ and \\xNN are escapes");
	value[length] = '\n';	/* over the end: the line's copy has room for it */
	return made(tree, path, make(fd, name, value, (size_t)length + 1));
}

static int add_text(struct tree *tree, const char *path, char *value)
{
	return add_unescaped(tree, path, value, hd_beneath_file);
}

static int add_script(struct tree *tree, const char *path, char *value)
{
	return add_unescaped(tree, path, value, hd_beneath_script);
}

static int add_bytes(struct tree *tree, const char *path, char *value)
{
	const char *name = path;
	const int fd = place_of(tree, &name);
	size_t n = 0;

	for (const char *at = value; *at; at++) {
		int byte;

		if (*at == ' ')
			continue;
		byte = hex_byte(at);
		if (byte < 0)
			return bad_line(tree, "pairs of hex digits expected");
		value[n++] = (char)byte;
		at++;
	}
	return made(tree, path, hd_beneath_file(fd, name, value, n));
}

static int add_link(struct tree *tree, const char *path, char *value)
{
	const char *name = path;
	const int fd = place_of(tree, &name);

	if (!*value)
		return bad_line(tree, "the link has no target");
	return made(tree, path, hd_beneath_link(fd, name, value));
}

static const struct entry {
	const char *sign;
	int (*add)(struct tree *tree, const char *path, char *value);
} entries[] = {
	{ " =", add_text },
	{ " !", add_script },
	{ " :", add_bytes },
	{ " ->", add_link },
};

/* The sign is the first blank with one of these behind it, then a blank or the end. */
static const struct entry *find_entry(const char *at)
{
	for (size_t i = 0; i < HD_ARRAY_SIZE(entries); i++) {
		size_t length = strlen(entries[i].sign);

		if (!strncmp(at, entries[i].sign, length) && (at[length] == ' ' || !at[length]))
			return &entries[i];
	}
	return NULL;
}

static int add_entry(struct tree *tree, char *line)
{
	size_t name = strcspn(line, " ");
	const struct entry *entry = find_entry(line + name);
	char *value;
	const char *path;

	if (!name || !entry)
		return bad_line(tree, "neither \"@ dir\" nor \"name = text\", \"name ! text\", "
				"\"name : hex\", \"name -> target\"");
	value = line + name + strlen(entry->sign);
	value += *value == ' ';
	path = hd_printf(&tree->arena, "%s%s%.*s", tree->dir, *tree->dir ? "/" : "", (int)name,
			 line);
	return entry->add(tree, path, value);
}

static int add_line(struct tree *tree, const char *text, size_t length)
{
	char *line;

	if (++tree->line > HD_TREE_LINES_MAX)
		return bad_line(tree, "there are too many");
	if (memchr(text, '\0', length))
		return bad_line(tree, "it has a NUL byte");
	if (length > INT_MAX)
		return bad_line(tree, "it is too long");
	line = hd_alloc(&tree->arena, length + 2);
	memcpy(line, text, length);
	if (!line[strspn(line, " ")] || line[0] == '#')
		return 0;
	if (line[0] == '@' && line[1] == ' ')
		return enter_dir(tree, line + 2);
	return add_entry(tree, line);
}

/* A truncated capture would be judged as if it were complete. */
static bool is_cut(const char *text, size_t length)
{
	const size_t begin = strlen(HD_TREE_BEGIN), end = strlen(HD_TREE_END);

	while (length && isspace((unsigned char)text[length - 1]))
		length--;
	if (length < begin || memcmp(text, HD_TREE_BEGIN, begin) != 0)
		return false;
	return length < begin + end || memcmp(text + length - end, HD_TREE_END, end) != 0;
}

int hd_tree_load(int root_fd, const char *text, size_t length, struct hd_error *err)
{
	struct tree tree = { .root_fd = root_fd, .dir_fd = -1, .err = err };
	int rc = 0;

	if (length > HD_TREE_MAX)
		return hd_fail(err, -EINVAL, "the tree has more than %u bytes", HD_TREE_MAX);
	if (is_cut(text, length))
		return hd_fail(err, -EINVAL, "the tree is truncated: its last line is not \""
			       HD_TREE_END "\"");
	while (rc == 0 && length) {
		const char *end = memchr(text, '\n', length);
		size_t line = end ? (size_t)(end - text) : length;

		rc = add_line(&tree, text, line);
		hd_arena_done(&tree.arena);
		line += end != NULL;
		text += line;
		length -= line;
	}
	hd_close(&tree.dir_fd);
	return rc;
}
