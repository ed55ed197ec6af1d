/* SPDX-License-Identifier: GPL-2.0-or-later */
/* storage_names.c - what the kernel's names of block devices say, and where they lead. */
#include "config.h"

#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "facts/storage/storage_internal.h"

bool hd_block_name_is_safe(const char *name)
{
	return name[0] && name[0] != '.' && !strchr(name, '/');
}

const char *hd_block_node(struct hd_arena *arena, const char *name)
{
	char *node = hd_printf(arena, "/dev/%s", name);

	for (char *c = node; *c; c++)
		if (*c == '!')
			*c = '/';
	return node;
}

/* "259:3" into two numbers; 0:0 stays where the file is missing or strange. */
static void read_numbers(struct hd_block *block, const struct hd_sysroot *root)
{
	char line[32];
	uint64_t major_no, minor_no;
	ssize_t n = hd_sysroot_bytes(root, line, sizeof(line) - 1, "%s/dev", block->path);
	char *colon;

	if (n < 0)
		return;
	line[n] = '\0';
	line[strcspn(line, "\n")] = '\0';
	colon = strchr(line, ':');
	if (!colon)
		return;
	*colon = '\0';
	if (!hd_text_u64(line, &major_no) || !hd_text_u64(colon + 1, &minor_no))
		return;
	if (major_no >= 1u << 12 || minor_no >= 1u << 20)
		return;
	block->major = (unsigned)major_no;
	block->minor = (unsigned)minor_no;
}

void hd_block_at(struct hd_block *ret, const struct hd_sysroot *root,
		 struct hd_arena *arena, const char *name, const char *path)
{
	*ret = (struct hd_block){ .name = hd_strdup(arena, name),
				  .path = hd_strdup(arena, path) };
	read_numbers(ret, root);
}

void hd_block_named(struct hd_block *ret, const struct hd_sysroot *root,
		    struct hd_arena *arena, const char *name)
{
	static const char *const folders[] = {
		"sys/class/block", "sys/block", "sys/devices/virtual/block",
	};

	*ret = (struct hd_block){ .name = hd_strdup(arena, name) };
	if (!hd_block_name_is_safe(name))
		return;
	for (size_t i = 0; i < HD_ARRAY_SIZE(folders); i++) {
		if (!hd_sysroot_has(root, "%s/%s/.", folders[i], name))
			continue;
		ret->path = hd_printf(arena, "%s/%s", folders[i], name);
		read_numbers(ret, root);
		return;
	}
}
