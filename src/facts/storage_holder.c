/* SPDX-License-Identifier: GPL-2.0-or-later */
/* storage_holder.c - what stands on a block device, and the command that stops it. */
#include "config.h"

#include <string.h>

#include "base/text.h"
#include "facts/storage_internal.h"

#define MAX_WORD 200

const char *hd_shell_word(struct hd_arena *arena, const char *text)
{
	static const char safe[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
				   "0123456789_@%+=:,./-";
	const char *word = hd_text_printable(arena, text, MAX_WORD);
	size_t n = 0;
	char *quoted;

	if (word[0] && word[0] != '-' && word[strspn(word, safe)] == '\0')
		return word;
	quoted = hd_alloc(arena, strlen(word) * 4 + 3);
	quoted[n++] = '\'';
	for (; *word; word++) {
		if (*word == '\'') {
			memcpy(quoted + n, "'\\'", 3);
			n += 3;
		}
		quoted[n++] = *word;
	}
	quoted[n] = '\'';
	return quoted;
}

/* An attribute of the device, or NULL where it is missing or empty. */
static const char *attribute(const struct hd_sysroot *root, struct hd_arena *arena,
			     const struct hd_block *block, const char *name)
{
	const char *text;

	if (!block->path ||
	    hd_sysroot_text(root, arena, &text, "%s/%s", block->path, name) <= 0)
		return NULL;
	return text;
}

const char *hd_block_label(const struct hd_sysroot *root, struct hd_arena *arena,
			   const struct hd_block *block)
{
	const char *name = hd_text_printable(arena, block->name, MAX_WORD);
	const char *alias = attribute(root, arena, block, "dm/name");

	if (!alias)
		return name;
	alias = hd_text_printable(arena, alias, MAX_WORD);
	return hd_printf(arena, "%s (%s)", name, alias);
}

/* "vg-0" of "vg--0-home": hyphens of a name are doubled (lvm2 dm_build_dm_name). */
static const char *volume_group(struct hd_arena *arena, const char *dm_name)
{
	char *group = hd_strdup(arena, dm_name), *to = group;

	for (const char *from = dm_name; *from; from++) {
		if (*from == '-' && from[1] != '-')
			break;
		if (*from == '-')
			from++;
		*to++ = *from;
	}
	*to = '\0';
	return group;
}

/* Who made it is told by how its uuid begins: lvm2, cryptsetup, multipath-tools. */
static const char *stop_dm(struct hd_arena *arena, const char *uuid, const char *name)
{
	const char *word = hd_shell_word(arena, name);

	if (uuid && hd_text_starts_with(uuid, "LVM-"))
		return hd_printf(arena, "vgchange -an %s",
				 hd_shell_word(arena, volume_group(arena, name)));
	if (uuid && hd_text_starts_with(uuid, "CRYPT-"))
		return hd_printf(arena, "cryptsetup close %s", word);
	if (uuid && hd_text_starts_with(uuid, "mpath-"))
		return hd_printf(arena, "multipath -f %s", word);
	return hd_printf(arena, "dmsetup remove %s", word);
}

const char *hd_block_stop_command(const struct hd_sysroot *root, struct hd_arena *arena,
				  const struct hd_block *block)
{
	static const struct {
		const char *start, *command, *end;
	} rows[] = {
		{ "md", "mdadm --stop /dev/", "" },
		{ "loop", "losetup -d /dev/", "" },
		{ "bcache", "echo 1 > /sys/block/", "/bcache/stop" },
	};
	const char *dm_name = attribute(root, arena, block, "dm/name");
	const char *word = hd_shell_word(arena, block->name);

	if (dm_name)
		return stop_dm(arena, attribute(root, arena, block, "dm/uuid"), dm_name);
	for (size_t i = 0; i < HD_ARRAY_SIZE(rows); i++)
		if (hd_text_starts_with(block->name, rows[i].start))
			return hd_printf(arena, "%s%s%s", rows[i].command, word,
					 rows[i].end);
	return hd_printf(arena, "stop what uses %s",
			 hd_shell_word(arena, hd_block_node(arena, block->name)));
}
