/* SPDX-License-Identifier: GPL-2.0-or-later */
/* mount_table.c - libmount, given text: a captured host is parsed like this one. */
#include "config.h"

#include <errno.h>
#include <libmount.h>
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "facts/host/mount_table.h"

const char *hd_table_field(const char *line, int n)
{
	for (; n && *line && *line != '\n'; n--) {
		line += strcspn(line, " \n");
		line += *line == ' ';
	}
	return line;
}

static void close_file(FILE **file)
{
	if (*file)
		(void)fclose(*file);
}

static void free_table(struct libmnt_table **table)
{
	mnt_unref_table(*table);
}

static void free_iter(struct libmnt_iter **iter)
{
	mnt_free_iter(*iter);
}

int hd_table_parse(const char *text, size_t length,
		   void (*row)(void *data, struct libmnt_fs *fs), void *data)
{
	_cleanup_(free_table) struct libmnt_table *table = mnt_new_table();
	_cleanup_(free_iter) struct libmnt_iter *iter = mnt_new_iter(MNT_ITER_FORWARD);
	_cleanup_(close_file) FILE *file = NULL;
	struct libmnt_fs *fs;
	int rc;

	if (!table || !iter)
		hd_oom();
	if (!length)
		return 0;
	file = fmemopen((char *)text, length, "r");
	if (!file)
		hd_oom();
	rc = mnt_table_parse_stream(table, file, "table");
	if (rc)
		return rc < 0 ? rc : -EINVAL;
	while (mnt_table_next_fs(table, iter, &fs) == 0)
		row(data, fs);
	return 0;
}
