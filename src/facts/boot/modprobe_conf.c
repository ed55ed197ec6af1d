/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * modprobe_conf.c - what modprobe.d(5) and the command line say of a module.
 *
 * Forbidden is what "modprobe -b" does not load: "blacklist NAME", "install
 * NAME /bin/false" (or true), and on the command line modprobe.blacklist=
 * (modprobe) and module_blacklist= (Linux kernel/module/main.c).
 */
#include "config.h"

#include <string.h>

#include "base/kernel_cmdline.h"
#include "base/text.h"
#include "facts/boot/conf_dirs.h"
#include "facts/boot/modules.h"

#define BLANKS " \t"

/* One directive: its first words, and where the rest starts. */
struct directive {
	const char *verb, *name, *rest;
	size_t verb_length, name_length;
};

static const char *word(const char *at, size_t *length)
{
	at += strspn(at, BLANKS);
	*length = strcspn(at, BLANKS);
	return at;
}

static bool parse(const char *line, struct directive *ret)
{
	ret->verb = word(line, &ret->verb_length);
	if (!ret->verb_length || ret->verb[0] == '#')
		return false;
	ret->name = word(ret->verb + ret->verb_length, &ret->name_length);
	ret->rest = ret->name + ret->name_length;
	return ret->name_length > 0;
}

static bool is_verb(const struct directive *d, const char *verb)
{
	return strlen(verb) == d->verb_length && !memcmp(d->verb, verb, d->verb_length);
}

static bool does_nothing(const char *command)
{
	static const char *const idle[] = { "/bin/false", "/usr/bin/false", "/bin/true",
					    "/usr/bin/true", "false", "true" };
	size_t length;

	command = word(command, &length);
	for (size_t i = 0; i < HD_ARRAY_SIZE(idle); i++)
		if (strlen(idle[i]) == length && !memcmp(command, idle[i], length))
			return true;
	return false;
}

static bool forbids(const struct directive *d, const char *module)
{
	if (!hd_kernel_name_is(d->name, d->name_length, module))
		return false;
	return is_verb(d, "blacklist") || (is_verb(d, "install") && does_nothing(d->rest));
}

/* Is MODULE in the comma-separated list of the command line's word NAME=? */
static bool is_in_word(struct hd_arena *arena, const char *cmdline, const char *name,
		       const char *module)
{
	const char *at = hd_cmdline_value(arena, cmdline, name);

	while (at && *at) {
		size_t length = strcspn(at, ",");

		if (hd_kernel_name_is(at, length, module))
			return true;
		at += length + (at[length] == ',');
	}
	return false;
}

/* The first file with a line that TEST is true for; *ret_value may be set by it. */
struct query {
	const char *module, *parameter;
	const char *file;	/* found there */
	const char *value;	/* of the parameter, the last one wins */
	const char *value_path;	/* who says it */
};

static void look_at(struct query *query, struct hd_arena *arena, const char *path,
		    const struct directive *d)
{
	if (!query->parameter) {
		if (!query->file && forbids(d, query->module))
			query->file = path;
		return;
	}
	if (is_verb(d, "options") && hd_kernel_name_is(d->name, d->name_length, query->module)) {
		const char *value = hd_cmdline_value(arena, d->rest, query->parameter);

		query->value = value ? value : query->value;
		query->value_path = value ? path : query->value_path;
	}
}

static void look_in(struct query *query, const struct hd_sysroot *root, struct hd_arena *arena,
		    const char *path)
{
	struct directive directive;
	const char *text, *line;

	if (hd_sysroot_text(root, arena, &text, "%s", path) < 0)
		return;
	while ((line = hd_text_next_line(arena, &text)))
		if (parse(line, &directive))
			look_at(query, arena, path, &directive);
}

static void look_in_files(struct query *query, const struct hd_sysroot *root,
			  struct hd_arena *arena)
{
	const char *const *paths = NULL;
	size_t n = 0;

	hd_conf_files(root, arena, "modprobe.d", &paths, &n);
	for (size_t i = 0; i < n && !query->file; i++)
		look_in(query, root, arena, paths[i]);
}

static const char *command_line(const struct hd_sysroot *root, struct hd_arena *arena)
{
	const char *text;

	return hd_sysroot_text(root, arena, &text, "proc/cmdline") < 0 ? "" : text;
}

const char *hd_module_blacklisted_by(const struct hd_sysroot *root, struct hd_arena *arena,
				     const char *name)
{
	const char *cmdline = command_line(root, arena);
	struct query query = { .module = name };

	if (is_in_word(arena, cmdline, "module_blacklist", name) ||
	    is_in_word(arena, cmdline, "modprobe.blacklist", name))
		return "kernel command line";
	look_in_files(&query, root, arena);
	return query.file;
}

/* As the kernel's kstrtobool takes it. */
static int bool_of(const char *value)
{
	if (!value || !*value)
		return -1;
	if (strchr("yYtT1", *value) || !strcmp(value, "on"))
		return 1;
	if (strchr("nNfF0", *value) || !strcmp(value, "off"))
		return 0;
	return -1;
}

/* modprobe gives the command line's value after those of its files. */
const char *hd_module_option(const struct hd_sysroot *root, struct hd_arena *arena,
			     const char *module, const char *parameter, const char **ret_path)
{
	struct query query = { .module = module, .parameter = parameter };
	const char *value = hd_cmdline_value(arena, command_line(root, arena),
					     hd_printf(arena, "%s.%s", module, parameter));

	*ret_path = "proc/cmdline";
	if (value)
		return value;
	look_in_files(&query, root, arena);
	*ret_path = query.value_path;
	return query.value;
}

int hd_module_bool(const struct hd_sysroot *root, struct hd_arena *arena, const char *module,
		   const char *parameter)
{
	const char *value = NULL, *path;

	if (hd_sysroot_text(root, arena, &value, "sys/module/%s/parameters/%s", module,
			    parameter) >= 0)
		return bool_of(value);
	if (hd_sysroot_has(root, "sys/module/%s/initstate", module))
		return -1;
	value = hd_module_option(root, arena, module, parameter, &path);
	return value ? bool_of(value) : 0;
}
