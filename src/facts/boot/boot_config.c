/* SPDX-License-Identifier: GPL-2.0-or-later */
/* boot_config.c - where this host's kernel parameters are written. */
#include "config.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "facts/boot/boot_config.h"
#include "facts/boot/boot_tools.h"
#include "facts/setup_parts.h"

#define NO_FILE 0
#define A_FILE 1

/* All bytes of a file, its last newline too: A_FILE, NO_FILE, or -errno with ERR. */
static int read_whole(const struct hd_sysroot *root, struct hd_arena *arena, const char *path,
		      const char **ret, struct hd_error *err)
{
	_cleanup_(hd_freep) char *buf = malloc(HD_BOOT_MAX_TEXT + 1);
	ssize_t n;

	if (!buf)
		hd_oom();
	n = hd_sysroot_bytes(root, buf, HD_BOOT_MAX_TEXT + 1, "%s", path);
	if (n == -ENOENT || n == -ENOTDIR)
		return NO_FILE;
	if (n < 0)
		return hd_fail(err, (int)n, "cannot read /%s: %s", path, strerror((int)-n));
	if (n > (ssize_t)HD_BOOT_MAX_TEXT)
		return hd_fail(err, -EFBIG, "/%s has more than %u bytes: it is not edited", path,
			       HD_BOOT_MAX_TEXT);
	if (memchr(buf, '\0', (size_t)n))
		return hd_fail(err, -EILSEQ, "/%s holds NUL bytes: it is no text", path);
	*ret = hd_strndup(arena, buf, (size_t)n);
	return A_FILE;
}

static int add_file(struct hd_boot_file **files, size_t *n, const struct hd_sysroot *root,
		    struct hd_arena *arena, const char *path, struct hd_error *err)
{
	struct hd_boot_file file = { .path = path };
	int rc = read_whole(root, arena, path, &file.text, err);

	if (rc == A_FILE)
		*(struct hd_boot_file *)hd_append(arena, files, n, sizeof(file)) = file;
	return rc < 0 ? rc : 0;
}

static int read_grub(struct hd_boot_config *config, const struct hd_sysroot *root,
		     struct hd_arena *arena, struct hd_error *err)
{
	const char *const *names = NULL;
	ssize_t n = 0;
	int rc = add_file(&config->grub, &config->n_grub, root, arena, HD_BOOT_GRUB_FILE, err);

	if (config->has_drop_ins)
		n = hd_sysroot_names(root, arena, &names, HD_BOOT_GRUB_DROP_INS);
	for (ssize_t i = 0; rc == 0 && i < n; i++)
		if (hd_text_ends_with(names[i], ".cfg") && names[i][0] != '.')
			rc = add_file(&config->grub, &config->n_grub, root, arena,
				      hd_printf(arena, HD_BOOT_GRUB_DROP_INS "/%s", names[i]),
				      err);
	return rc;
}

static int read_entries(struct hd_boot_config *config, const struct hd_sysroot *root,
			struct hd_arena *arena, struct hd_error *err)
{
	static const char *const dirs[] = { "boot/loader/entries", "efi/loader/entries",
					    "boot/efi/loader/entries" };
	int rc = 0;

	for (size_t i = 0; i < HD_ARRAY_SIZE(dirs) && !config->n_entries; i++) {
		const char *const *names = NULL;
		ssize_t n = hd_sysroot_names(root, arena, &names, "%s", dirs[i]);

		if (n == -EACCES)
			return hd_fail(err, (int)n, "cannot read /%s: %s", dirs[i],
				       strerror(EACCES));
		for (ssize_t k = 0; rc == 0 && k < n; k++)
			if (hd_text_ends_with(names[k], ".conf") && !strstr(names[k], "rescue"))
				rc = add_file(&config->entries, &config->n_entries, root, arena,
					      hd_printf(arena, "%s/%s", dirs[i], names[k]), err);
	}
	return rc;
}

static void read_kernelopts(struct hd_boot_config *config, const struct hd_sysroot *root,
			    struct hd_arena *arena)
{
	const char *text, *line;

	if (hd_sysroot_text(root, arena, &text, "boot/grub2/grubenv") < 0)
		return;
	while ((line = hd_text_next_line(arena, &text)))
		if (hd_text_starts_with(line, "kernelopts="))
			config->kernelopts = line + strlen("kernelopts=");
}

/*
 * kernel-install(8), "90-loaderentry.install": usr/lib/kernel/cmdline, or the words
 * that the running kernel was booted with, but for those of the boot loader.
 */
static const char *default_cmdline(const struct hd_sysroot *root, struct hd_arena *arena,
				   const struct hd_host *host)
{
	const char *text, *words = NULL;
	char *copy, *rest = NULL;

	if (hd_sysroot_text(root, arena, &text, "usr/lib/kernel/cmdline") >= 0)
		return text;
	copy = hd_strdup(arena, host->cmdline ? host->cmdline : "");
	for (char *w = strtok_r(copy, " \t\n", &rest); w; w = strtok_r(NULL, " \t\n", &rest))
		if (!hd_text_starts_with(w, "BOOT_IMAGE=") && !hd_text_starts_with(w, "initrd="))
			words = words ? hd_printf(arena, "%s %s", words, w) : w;
	return words;
}

static void read_menu(struct hd_boot_config *config, const struct hd_sysroot *root,
		      struct hd_arena *arena)
{
	struct hd_setup setup = { 0 };

	hd_setup_boot_read(&setup, root, arena);
	for (size_t i = 0; i < setup.n_boot && !config->menu; i++)
		if (setup.boot[i].is_next_boot)
			config->menu = setup.boot[i].words;
}

int hd_boot_config_read(struct hd_boot_config *ret, const struct hd_sysroot *root,
			struct hd_arena *arena, const struct hd_host *host, struct hd_error *err)
{
	struct hd_boot_config config = { 0 };
	struct hd_boot_tools tools;
	int rc;

	hd_boot_tools_read(&tools, root, arena);
	config.has_drop_ins = tools.reads_drop_ins;
	rc = read_entries(&config, root, arena, err);
	if (rc == 0 && tools.mkconfig && !host->is_ostree)
		rc = read_grub(&config, root, arena, err);
	if (rc == 0)
		rc = read_whole(root, arena, HD_BOOT_CMDLINE_FILE, &config.cmdline, err);
	if (rc < 0)
		return rc;
	read_kernelopts(&config, root, arena);
	read_menu(&config, root, arena);
	config.cmdline_default = default_cmdline(root, arena, host);
	hd_boot_tools_choose(&config, &tools, root, arena, host);
	*ret = config;
	return 0;
}
