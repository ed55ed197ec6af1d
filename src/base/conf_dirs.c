/* SPDX-License-Identifier: GPL-2.0-or-later */
/* conf_dirs.c - the files of modprobe.d(5), modules-load.d(5) and sysctl.d(5). */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "base/conf_dirs.h"

static const char *const parents[] = { "etc", "run", "usr/local/lib", "usr/lib", "lib" };

struct conf_file {
	const char *name, *path;
	size_t rank;		/* of its directory in parents[] */
};

static int by_name_and_rank(const void *a, const void *b)
{
	const struct conf_file *x = a, *y = b;
	int order = strcmp(x->name, y->name);

	return order ? order : (x->rank > y->rank) - (x->rank < y->rank);
}

static void add_dir(const struct hd_sysroot *root, struct hd_arena *arena, const char *name,
		    size_t rank, struct conf_file **files, size_t *n_files)
{
	const char *const *names = NULL;
	ssize_t n = hd_sysroot_names(root, arena, &names, "%s/%s", parents[rank], name);

	for (ssize_t i = 0; i < n; i++) {
		struct conf_file *file;

		if (!hd_text_ends_with(names[i], ".conf"))
			continue;
		file = hd_append(arena, files, n_files, sizeof(*file));
		file->name = names[i];
		file->path = hd_printf(arena, "%s/%s/%s", parents[rank], name, names[i]);
		file->rank = rank;
	}
}

void hd_conf_files(const struct hd_sysroot *root, struct hd_arena *arena, const char *name,
		   const char *const **ret, size_t *ret_n)
{
	struct conf_file *files = NULL;
	const char **paths = NULL;
	size_t n = 0, kept = 0;

	for (size_t rank = 0; rank < HD_ARRAY_SIZE(parents); rank++)
		add_dir(root, arena, name, rank, &files, &n);
	HD_SORT(files, n, by_name_and_rank);
	for (size_t i = 0; i < n; i++)
		if (!i || strcmp(files[i].name, files[i - 1].name) != 0)
			hd_push(arena, &paths, &kept, files[i].path);
	*ret = paths;
	*ret_n = kept;
}

/* "vm.nr_hugepages = 512", also with slashes and a "-" before (sysctl.d(5)). */
static bool sets_pages(struct hd_arena *arena, const char *text)
{
	static const char *const keys[] = { "vm.nr_hugepages", "vm/nr_hugepages" };
	const char *line;

	while ((line = hd_text_next_line(arena, &text))) {
		line += strspn(line, " \t-");
		for (size_t i = 0; i < HD_ARRAY_SIZE(keys); i++) {
			size_t length = strlen(keys[i]);

			if (!strncmp(line, keys[i], length) && strchr(" \t=", line[length]))
				return true;
		}
	}
	return false;
}

const char *hd_conf_sysctl_pages(const struct hd_sysroot *root, struct hd_arena *arena)
{
	const char *const *files;
	const char *text;
	size_t n;

	hd_conf_files(root, arena, "sysctl.d", &files, &n);
	for (size_t i = 0; i < n; i++)
		if (hd_sysroot_text(root, arena, &text, "%s", files[i]) > 0 &&
		    sets_pages(arena, text))
			return files[i];
	if (hd_sysroot_text(root, arena, &text, "etc/sysctl.conf") > 0 && sets_pages(arena, text))
		return "etc/sysctl.conf";
	return NULL;
}
