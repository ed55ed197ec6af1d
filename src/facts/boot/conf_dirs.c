/* SPDX-License-Identifier: GPL-2.0-or-later */
/* conf_dirs.c - the files of modprobe.d(5) and modules-load.d(5). */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "facts/boot/conf_dirs.h"

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
	if (n)
		qsort(files, n, sizeof(*files), by_name_and_rank);
	for (size_t i = 0; i < n; i++)
		if (!i || strcmp(files[i].name, files[i - 1].name) != 0)
			*(const char **)hd_append(arena, &paths, &kept, sizeof(*paths)) =
				files[i].path;
	*ret = paths;
	*ret_n = kept;
}
