/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * boot_parameters.c - which kernel parameters the boot configuration has.
 *
 * What the boot loader reads: GRUB's menu (its first entry), or entries of the
 * Boot Loader Specification (Fedora's GRUB, systemd-boot).  What that is made
 * from: etc/default/grub and its drop-ins (update-grub, grub2-mkconfig), or
 * etc/kernel/cmdline (kernel-install(8)).
 */
#include "config.h"

#include <ctype.h>
#include <errno.h>
#include <string.h>

#include "base/text.h"
#include "facts/boot/boot_tools.h"
#include "facts/host/host.h"
#include "facts/setup_parts.h"

#define DEFAULT_GRUB "etc/default/grub"
#define GRUB_DROP_INS DEFAULT_GRUB ".d"
#define MAX_WORDS 65536		/* bytes of one line; the kernel takes 2048 or 4096 */

static void add(struct hd_setup *setup, struct hd_arena *arena, const char *path,
		const char *words, bool is_next_boot)
{
	*(struct hd_boot_source *)hd_append(arena, &setup->boot, &setup->n_boot,
					    sizeof(*setup->boot)) =
		(struct hd_boot_source){ path, hd_strndup(arena, words, MAX_WORDS), is_next_boot };
}

static bool read_text(struct hd_setup *setup, const struct hd_sysroot *root,
		      struct hd_arena *arena, const char *path, const char **ret)
{
	ssize_t n = hd_sysroot_text(root, arena, ret, "%s", path);

	if (n < 0 && n != -ENOENT && n != -ENOTDIR && !setup->boot_unread)
		setup->boot_unread = path;
	return n >= 0;
}

/* The variables of etc/default/grub that end up on the command line. */
struct variable {
	const char *name;
	const char *value;
	const char *path;	/* of the file that set it last */
};

/* NAME or {NAME} behind a '$'; its length, or 0. */
static size_t is_name(const char *at, const char *name)
{
	size_t length = strlen(name), braces = *at == '{';

	if (strncmp(at + braces, name, length) != 0)
		return 0;
	at += braces + length;
	if (braces)
		return *at == '}' ? length + 2 : 0;
	return isalnum((unsigned char)*at) || *at == '_' ? 0 : length;
}

/* Does C open or close a quotation? */
static bool turns_quote(char *quote, char c)
{
	if ((c != '"' && c != '\'') || (*quote && *quote != c))
		return false;
	*quote = *quote ? '\0' : c;
	return true;
}

/* The variable that "$NAME" stands for, and how long that is behind the '$'. */
static const char *variable_at(const char *at, const struct variable *variables, size_t n,
			       size_t *length)
{
	for (size_t i = 0; i < n; i++) {
		*length = is_name(at, variables[i].name);
		if (*length)
			return variables[i].value;
	}
	return NULL;
}

/* Does C end a word of the shell? */
static bool is_end(char quote, char c)
{
	return !quote && (isspace((unsigned char)c) || c == '#');
}

/* VALUE without quotes, with what the variables hold so far. */
static const char *expand(struct hd_arena *arena, const char *value,
			  const struct variable *variables, size_t n)
{
	char *text = NULL, quote = 0;
	size_t used = 0, length;

	hd_append_text(arena, &text, &used, "", 0);
	for (; *value && used < MAX_WORDS; value++) {
		const char *put = NULL;

		if (turns_quote(&quote, *value))
			continue;
		if (is_end(quote, *value))
			break;
		if (*value == '$' && quote != '\'')
			put = variable_at(value + 1, variables, n, &length);
		hd_append_text(arena, &text, &used, put ? put : value,
			       put ? strnlen(put, MAX_WORDS - used) : 1);
		if (put)
			value += length;
	}
	return text;
}

static void assign(struct hd_arena *arena, struct variable *variables, size_t n,
		   const char *line, const char *path)
{
	line += strspn(line, " \t");
	if (hd_text_starts_with(line, "export "))
		line += strlen("export ");
	for (size_t i = 0; i < n; i++) {
		const char *at = line + strlen(variables[i].name);
		const char *value;

		if (!hd_text_starts_with(line, variables[i].name) ||
		    (*at != '=' && strncmp(at, "+=", 2) != 0))
			continue;
		value = expand(arena, at + 1 + (*at == '+'), variables, n);
		variables[i].value = *at == '+' ?
				     hd_printf(arena, "%s%s", variables[i].value, value) : value;
		variables[i].path = path;
	}
}

static void look_in(struct hd_setup *setup, const struct hd_sysroot *root,
		    struct hd_arena *arena, const char *path, struct variable *variables,
		    size_t n)
{
	const char *text, *line;

	if (!read_text(setup, root, arena, path, &text))
		return;
	while ((line = hd_text_next_line(arena, &text)))
		assign(arena, variables, n, line, path);
}

static void read_default_grub(struct hd_setup *setup, const struct hd_sysroot *root,
			      struct hd_arena *arena)
{
	struct variable variables[] = {
		{ "GRUB_CMDLINE_LINUX_DEFAULT", "", NULL },
		{ "GRUB_CMDLINE_LINUX", "", NULL },
	};
	const char *const *names = NULL;
	struct hd_boot_tools tools;
	ssize_t n = 0;

	look_in(setup, root, arena, DEFAULT_GRUB, variables, HD_ARRAY_SIZE(variables));
	hd_boot_tools_read(&tools, root, arena);
	if (tools.reads_drop_ins)
		n = hd_sysroot_names(root, arena, &names, GRUB_DROP_INS);
	for (ssize_t i = 0; i < n; i++)
		if (hd_text_ends_with(names[i], ".cfg"))
			look_in(setup, root, arena, hd_printf(arena, GRUB_DROP_INS "/%s", names[i]),
				variables, HD_ARRAY_SIZE(variables));
	for (size_t i = 0; i < HD_ARRAY_SIZE(variables); i++)
		if (variables[i].path)
			add(setup, arena, variables[i].path, variables[i].value, false);
}

/* "linux /vmlinuz-6.1 root=... ro": what is behind the kernel's name, or NULL. */
static const char *menu_words(const char *line)
{
	static const char *const verbs[] = { "linux", "linux16", "linuxefi" };

	line += strspn(line, " \t");
	for (size_t i = 0; i < HD_ARRAY_SIZE(verbs); i++) {
		const char *at = line + strlen(verbs[i]);

		if (!hd_text_starts_with(line, verbs[i]) || (*at != ' ' && *at != '\t'))
			continue;
		at += strspn(at, " \t");
		return at + strcspn(at, " \t");
	}
	return NULL;
}

static bool read_menu(struct hd_setup *setup, const struct hd_sysroot *root,
		      struct hd_arena *arena, const char *path)
{
	const char *text, *line, *words = NULL;

	if (!read_text(setup, root, arena, path, &text))
		return false;
	while (!words && (line = hd_text_next_line(arena, &text)))
		words = menu_words(line);
	if (words)
		add(setup, arena, path, words, true);
	return words;
}

/* Older Fedoras keep the words of all entries in one variable. */
static const char *kernelopts(struct hd_setup *setup, const struct hd_sysroot *root,
			      struct hd_arena *arena)
{
	const char *text, *line;

	if (!read_text(setup, root, arena, "boot/grub2/grubenv", &text))
		return "";
	while ((line = hd_text_next_line(arena, &text)))
		if (hd_text_starts_with(line, "kernelopts="))
			return line + strlen("kernelopts=");
	return "";
}

static const char *join(struct hd_arena *arena, const char *words, const char *more)
{
	return hd_printf(arena, "%s %s", words ? words : "", more);
}

static void read_entry(struct hd_setup *setup, const struct hd_sysroot *root,
		       struct hd_arena *arena, const char *path)
{
	const char *text, *line, *words = NULL;

	if (!read_text(setup, root, arena, path, &text))
		return;
	while ((line = hd_text_next_line(arena, &text))) {
		if (!hd_text_starts_with(line, "options") || !isblank((unsigned char)line[7]))
			continue;
		words = join(arena, words, line + 8);
		if (strstr(line, "$kernelopts"))
			words = join(arena, words, kernelopts(setup, root, arena));
	}
	if (words)
		add(setup, arena, path, words, true);
}

/* The entry of the newest kernel: the last by name that is no rescue entry. */
static void read_entries(struct hd_setup *setup, const struct hd_sysroot *root,
			 struct hd_arena *arena)
{
	static const char *const dirs[] = { "boot/loader/entries", "efi/loader/entries",
					    "boot/efi/loader/entries" };

	for (size_t i = 0; i < HD_ARRAY_SIZE(dirs); i++) {
		const char *const *names = NULL;
		ssize_t n = hd_sysroot_names(root, arena, &names, "%s", dirs[i]), last = -1;

		if (n == -EACCES && !setup->boot_unread)
			setup->boot_unread = dirs[i];
		for (ssize_t k = 0; k < n; k++)
			if (hd_text_ends_with(names[k], ".conf") && !strstr(names[k], "rescue"))
				last = k;
		if (last >= 0)
			read_entry(setup, root, arena,
				   hd_printf(arena, "%s/%s", dirs[i], names[last]));
	}
}

void hd_setup_boot_read(struct hd_setup *setup, const struct hd_sysroot *root,
			struct hd_arena *arena)
{
	static const char *const menus[] = { "boot/grub/grub.cfg", "boot/grub2/grub.cfg" };
	const char *text;

	/* On a host of ostree nothing is made from files of /etc. */
	if (hd_host_is_ostree(root)) {
		read_entries(setup, root, arena);
		return;
	}
	read_default_grub(setup, root, arena);
	for (size_t i = 0; i < HD_ARRAY_SIZE(menus); i++)
		if (read_menu(setup, root, arena, menus[i]))
			return;
	/* With such a menu nothing is made from it. */
	if (read_text(setup, root, arena, "etc/kernel/cmdline", &text))
		add(setup, arena, "etc/kernel/cmdline", text, false);
	read_entries(setup, root, arena);
}
