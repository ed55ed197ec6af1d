/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * boot_config.c - which kernel parameters the boot files have, and where they are written.
 *
 * What the boot loader reads: GRUB's menu (its first entry), or entries of the
 * Boot Loader Specification (Fedora's GRUB, systemd-boot).  What that is made
 * from: etc/default/grub and its drop-ins (update-grub, grub2-mkconfig), or
 * etc/kernel/cmdline (kernel-install(8)).
 */
#include "config.h"

#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/kernel_cmdline.h"
#include "base/text.h"
#include "facts/boot/boot_config.h"

#define KERNELOPTS "$kernelopts"

/* What all parts of the reader take. */
struct reader {
	struct hd_boot_config *config;
	const struct hd_sysroot *root;
	struct hd_arena *arena;
};

static void note_unread(const struct reader *r, const char *path)
{
	r->config->unread = r->config->unread ? r->config->unread : path;
}

/* PATH cannot be edited; the first reason counts. */
static void note_error(const struct reader *r, const char *path, int code, const char *why)
{
	note_unread(r, path);
	if (!r->config->error.code)
		hd_fail(&r->config->error, code, "%s", why);
}

/* All bytes of a file, its last newline too; NULL: it is not there, or there is an error. */
static const char *read_whole(const struct reader *r, const char *path)
{
	_cleanup_(hd_freep) char *buf = malloc(HD_BOOT_MAX_TEXT + 1);
	const char *why = NULL;
	ssize_t n;

	if (!buf)
		hd_oom();
	n = hd_sysroot_bytes(r->root, buf, HD_BOOT_MAX_TEXT + 1, "%s", path);
	if (n == -ENOENT || n == -ENOTDIR)
		return NULL;
	if (n < 0)
		why = hd_printf(r->arena, "cannot read /%s: %s", path, strerror((int)-n));
	else if (n > (ssize_t)HD_BOOT_MAX_TEXT)
		why = hd_printf(r->arena, "/%s has more than %u bytes: it is not edited", path,
				HD_BOOT_MAX_TEXT);
	else if (memchr(buf, '\0', (size_t)n))
		why = hd_printf(r->arena, "/%s has NUL bytes: it is not a text file", path);
	if (!why)
		return hd_strndup(r->arena, buf, (size_t)n);
	note_error(r, path, n < 0 ? (int)n : n > (ssize_t)HD_BOOT_MAX_TEXT ? -EFBIG : -EILSEQ, why);
	return NULL;
}

static void add_file(const struct reader *r, struct hd_boot_file **files, size_t *n,
		     const char *path)
{
	const struct hd_boot_file file = { path, read_whole(r, path) };

	if (file.text)
		hd_push(r->arena, files, n, file);
}

/* A file that is only looked at. */
static bool read_text(const struct reader *r, const char *path, const char **ret)
{
	ssize_t n = hd_sysroot_text(r->root, r->arena, ret, "%s", path);

	if (n < 0 && n != -ENOENT && n != -ENOTDIR)
		note_unread(r, path);
	return n >= 0;
}

static void add_source(const struct reader *r, const char *path, const char *words,
		       bool is_next_boot)
{
	struct hd_boot_config *config = r->config;

	hd_push(r->arena, &config->sources, &config->n_sources,
		(struct hd_boot_source){ path, hd_strndup(r->arena, words, HD_BOOT_MAX_TEXT),
					 is_next_boot });
}

static void evaluate_grub(const struct reader *r)
{
	static const enum hd_grub_variable shown[] = { HD_GRUB_DEFAULT, HD_GRUB_LINUX };
	struct hd_error err = { 0 };
	struct hd_grub grub;

	if (hd_grub_read(&grub, r->arena, r->config->grub, r->config->n_grub, &err) < 0) {
		r->config->unclear = hd_strdup(r->arena, err.text);
		return;
	}
	for (size_t i = 0; i < HD_GRUB_VARIABLE_MAX; i++)
		if (grub.values[i].is_set)
			r->config->grub_values[i] = hd_grub_text(r->arena, &grub.values[i]);
	for (size_t i = 0; i < HD_ARRAY_SIZE(shown); i++)
		if (r->config->grub_values[shown[i]])
			add_source(r, grub.files[grub.values[shown[i]].file].path,
				   r->config->grub_values[shown[i]], false);
}

static void read_grub(const struct reader *r)
{
	struct hd_boot_config *config = r->config;
	const char *const *names = NULL;
	ssize_t n = 0;

	add_file(r, &config->grub, &config->n_grub, HD_BOOT_GRUB_FILE);
	if (config->tools.reads_drop_ins)
		n = hd_sysroot_names(r->root, r->arena, &names, HD_BOOT_GRUB_DROP_INS);
	for (ssize_t i = 0; i < n; i++)
		if (hd_text_ends_with(names[i], ".cfg") && names[i][0] != '.')
			add_file(r, &config->grub, &config->n_grub,
				 hd_printf(r->arena, HD_BOOT_GRUB_DROP_INS "/%s", names[i]));
	evaluate_grub(r);
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

/* Is there a menu?  With such a one the loader reads nothing else. */
static bool read_menu(const struct reader *r)
{
	static const char *const menus[] = { "boot/grub/grub.cfg", "boot/grub2/grub.cfg" };
	const char *words = NULL;

	for (size_t i = 0; i < HD_ARRAY_SIZE(menus) && !words; i++) {
		const char *text, *line;

		if (!read_text(r, menus[i], &text))
			continue;
		while (!words && (line = hd_text_next_line(r->arena, &text)))
			words = menu_words(line);
		if (words)
			add_source(r, menus[i], words, true);
	}
	return words;
}

/* Older Fedoras keep the words of all entries in one variable. */
static const char *read_kernelopts(const struct reader *r)
{
	const char *text;

	return read_text(r, "boot/grub2/grubenv", &text) ?
	       hd_text_line_value(r->arena, text, "kernelopts=") : NULL;
}

static void read_entries(const struct reader *r)
{
	static const char *const dirs[] = { "boot/loader/entries", "efi/loader/entries",
					    "boot/efi/loader/entries" };
	struct hd_boot_config *config = r->config;

	for (size_t i = 0; i < HD_ARRAY_SIZE(dirs) && !config->n_entries; i++) {
		const char *const *names = NULL;
		ssize_t n = hd_sysroot_names(r->root, r->arena, &names, "%s", dirs[i]);

		if (n == -EACCES)
			note_error(r, dirs[i], (int)n,
				   hd_printf(r->arena, "cannot read /%s: %s", dirs[i],
					     strerror(EACCES)));
		for (ssize_t k = 0; k < n; k++)
			if (hd_text_ends_with(names[k], ".conf") && !strstr(names[k], "rescue"))
				add_file(r, &config->entries, &config->n_entries,
					 hd_printf(r->arena, "%s/%s", dirs[i], names[k]));
	}
	for (size_t i = 0; i < config->n_entries && !config->kernelopts; i++)
		if (strstr(config->entries[i].text, KERNELOPTS))
			config->kernelopts = read_kernelopts(r);
}

static bool is_options(const char *line)
{
	return hd_text_starts_with(line, "options") && (line[7] == ' ' || line[7] == '\t');
}

size_t hd_boot_entry_words(struct hd_word **ret, size_t *ret_n, struct hd_arena *arena,
			   const char *text)
{
	size_t at = 0, end = 0;

	while (text[at]) {
		size_t length = strcspn(text + at, "\n");

		if (is_options(text + at)) {
			hd_words_split(ret, ret_n, arena, text, at + 7, length - 7, 0);
			end = at + length;
			while (end > at && isspace((unsigned char)text[end - 1]))
				end--;
		}
		at += length + (text[at + length] == '\n');
	}
	return end;
}

void hd_boot_entry_all_words(struct hd_word **ret, size_t *ret_n, struct hd_arena *arena,
			     const struct hd_boot_config *config, const struct hd_boot_file *entry)
{
	(void)hd_boot_entry_words(ret, ret_n, arena, entry->text);
	if (config->kernelopts && strstr(entry->text, KERNELOPTS))
		hd_words_split(ret, ret_n, arena, config->kernelopts, 0,
			       strlen(config->kernelopts), 0);
}

/* The last entry by name that is not a rescue entry belongs to the newest kernel. */
static void add_entry_source(const struct reader *r)
{
	const struct hd_boot_file *entry = &r->config->entries[r->config->n_entries - 1];
	struct hd_word *words = NULL;
	const char *text = "";
	size_t n = 0;

	hd_boot_entry_all_words(&words, &n, r->arena, r->config, entry);
	for (size_t i = 0; i < n; i++)
		text = hd_printf(r->arena, "%s%s%s", text, i ? " " : "", words[i].text);
	if (n)
		add_source(r, entry->path, text, true);
}

void hd_boot_config_read(struct hd_boot_config *ret, const struct hd_sysroot *root,
			 struct hd_arena *arena)
{
	const struct reader r = { ret, root, arena };
	bool has_menu = false;

	*ret = (struct hd_boot_config){ 0 };
	hd_boot_tools_read(&ret->tools, root, arena);
	/* On a host of ostree nothing is made from files of /etc. */
	if (!hd_host_is_ostree(root)) {
		read_grub(&r);
		has_menu = read_menu(&r);
		ret->cmdline = read_whole(&r, HD_BOOT_CMDLINE_FILE);
	}
	if (ret->cmdline && !has_menu)
		add_source(&r, HD_BOOT_CMDLINE_FILE, ret->cmdline, false);
	read_entries(&r);
	if (ret->n_entries && !has_menu)
		add_entry_source(&r);
}

/*
 * kernel-install(8), "90-loaderentry.install": usr/lib/kernel/cmdline, or the words
 * that the running kernel was booted with, but for those of the boot loader.
 */
static const char *default_cmdline(const struct hd_sysroot *root, struct hd_arena *arena,
				   const struct hd_host *host)
{
	const char *text, *words = NULL;
	struct hd_cmdline_word word;

	if (hd_sysroot_text(root, arena, &text, "usr/lib/kernel/cmdline") >= 0)
		return text;
	text = host->cmdline ? host->cmdline : "";
	while (hd_cmdline_next(&text, &word))
		if (!hd_cmdline_is(&word, "BOOT_IMAGE") && !hd_cmdline_is(&word, "initrd"))
			words = hd_printf(arena, "%s%s%.*s", words ? words : "", words ? " " : "",
					  (int)word.length, word.text);
	return words;
}

int hd_boot_config_read_all(struct hd_boot_config *ret, const struct hd_sysroot *root,
			    struct hd_arena *arena, const struct hd_host *host,
			    struct hd_error *err)
{
	hd_boot_config_read(ret, root, arena);
	if (ret->error.code)
		return hd_fail(err, ret->error.code, "%s", ret->error.text);
	ret->cmdline_default = default_cmdline(root, arena, host);
	hd_boot_loader_choose(ret, root, arena, host);
	return 0;
}
