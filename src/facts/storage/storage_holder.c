/* SPDX-License-Identifier: GPL-2.0-or-later */
/* storage_holder.c - what stands on a block device, and the command that stops it. */
#include "config.h"

#include <string.h>

#include "base/text.h"
#include "facts/storage/storage_internal.h"

#define MAX_NAME 200

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

/*
 * "vg-0" of "vg--0-home": hyphens of a name are doubled (lvm2 dm_build_dm_name);
 * *REST is what follows the one that is not.
 */
static const char *volume_group(struct hd_arena *arena, const char *dm_name,
				const char **rest)
{
	char *group = hd_strdup(arena, dm_name), *to = group;
	const char *from = dm_name;

	for (; *from; from++) {
		if (*from == '-' && from[1] != '-')
			break;
		if (*from == '-')
			from++;
		*to++ = *from;
	}
	*to = '\0';
	*rest = *from ? from + 1 : from;
	return group;
}

static bool is_lvm(const char *uuid)
{
	return uuid && hd_text_starts_with(uuid, "LVM-");
}

const char *hd_block_label(const struct hd_sysroot *root, struct hd_arena *arena,
			   const struct hd_block *block)
{
	const char *name = hd_text_printable(arena, block->name, MAX_NAME);
	const char *alias = attribute(root, arena, block, "dm/name"), *volume;

	if (!alias)
		return name;
	if (is_lvm(attribute(root, arena, block, "dm/uuid"))) {
		const char *ignored, *group = volume_group(arena, alias, &volume);

		alias = hd_printf(arena, "%s/%s", group,
				  volume_group(arena, volume, &ignored));
		if (*ignored)	/* a hidden part of a volume: its kind */
			alias = hd_printf(arena, "%s-%s", alias, ignored);
	}
	return hd_printf(arena, "%s (%s)", name, hd_text_printable(arena, alias, MAX_NAME));
}

/* Who made a device-mapper device is told by how its uuid begins; the last row is for all. */
static const struct {
	const char *start, *kind, *command;
} mappers[] = {
	{ "LVM-", "LVM", "vgchange -an" },
	{ "CRYPT-", "dm-crypt", "cryptsetup close" },
	{ "mpath-", "multipath", "multipath -f" },
	{ "", "device-mapper", "dmsetup remove" },
};

/* The others by how their name begins; "%s" would be their name. */
static const struct {
	const char *start, *kind, *command, *end;
} others[] = {
	{ "md", "md", "mdadm --stop /dev/", "" },
	{ "loop", "a loop device", "losetup -d /dev/", "" },
	{ "bcache", "bcache", "echo 1 > /sys/block/", "/bcache/stop" },
	{ "zram", "zram", "echo 1 > /sys/block/", "/reset" },
};

static size_t mapper_of(const char *uuid)
{
	size_t i = 0;

	while (!hd_text_starts_with(uuid ? uuid : "", mappers[i].start))
		i++;
	return i;
}

static const char *stop_mapper(struct hd_arena *arena, const char *uuid, const char *name)
{
	const char *rest;

	if (is_lvm(uuid))
		name = volume_group(arena, name, &rest);
	return hd_printf(arena, "%s %s", mappers[mapper_of(uuid)].command,
			 hd_shell_word(arena, name));
}

/* "drbd0": its minor number is what drbdsetup wants. */
static bool is_drbd(const char *name)
{
	uint64_t minor_no;

	return hd_text_starts_with(name, "drbd") && hd_text_u64(name + 4, &minor_no);
}

const char *hd_block_stop_command(const struct hd_sysroot *root, struct hd_arena *arena,
				  const struct hd_block *block)
{
	const char *dm_name = attribute(root, arena, block, "dm/name");
	const char *word = hd_shell_word(arena, block->name);

	if (dm_name)
		return stop_mapper(arena, attribute(root, arena, block, "dm/uuid"), dm_name);
	if (is_drbd(block->name))
		return hd_printf(arena, "drbdsetup detach %s", block->name + 4);
	for (size_t i = 0; i < HD_ARRAY_SIZE(others); i++)
		if (hd_text_starts_with(block->name, others[i].start))
			return hd_printf(arena, "%s%s%s", others[i].command, word,
					 others[i].end);
	return NULL;
}

const char *hd_block_kind(const struct hd_sysroot *root, struct hd_arena *arena,
			  const struct hd_block *block)
{
	if (attribute(root, arena, block, "dm/name"))
		return mappers[mapper_of(attribute(root, arena, block, "dm/uuid"))].kind;
	for (size_t i = 0; i < HD_ARRAY_SIZE(others); i++)
		if (hd_text_starts_with(block->name, others[i].start))
			return others[i].kind;
	return is_drbd(block->name) ? "DRBD" : "it";
}
