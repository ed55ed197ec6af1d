/* SPDX-License-Identifier: GPL-2.0-or-later */
/* storage_holder.c - what stands on a block device, and the command that stops it. */
#include "config.h"

#include <string.h>

#include "base/text.h"
#include "facts/storage/storage_internal.h"

#define MAX_NAME 200
#define BLOCKS "sys/block"
#define GROUP "vgchange -an "
#define PREFIX (strlen("LVM-") + 32)	/* lvm2 lib/activate/dev_manager.c: then the group's uuid */

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

/* The beginning of its uuid shows who made a device-mapper device; the last row is for all. */
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

/*
 * Does a volume group have volumes that are on none of the disks asked for?
 *
 * Then "vgchange -an" would end those as well, or fail because they are in use:
 * the volumes on our disks are ended one by one.  A hidden part of a volume (of
 * a mirror, a pool, a cache) goes with the volume that stands on it.
 */

static const char *uuid_of(struct hd_explain *e, const char *name)
{
	const char *uuid;

	if (hd_sysroot_text(e->root, e->arena, &uuid, BLOCKS "/%s/dm/uuid", name) <= 0 ||
	    !is_lvm(uuid) || strlen(uuid) < PREFIX)
		return NULL;
	return uuid;
}

static bool is_reached(const struct hd_explain *e, const char *name)
{
	for (size_t i = 0; i < e->ends.n; i++)
		if (!strcmp(e->ends.items[i].key, name))
			return true;
	return false;
}

static bool has_others(struct hd_explain *e, const char *uuid)
{
	const char *const *names;
	ssize_t n = hd_sysroot_names(e->root, e->arena, &names, BLOCKS);

	for (ssize_t i = 0; i < n; i++) {
		const char *other;

		if (!hd_text_starts_with(names[i], "dm-") || is_reached(e, names[i]))
			continue;
		other = uuid_of(e, names[i]);
		if (other && !strncmp(other, uuid, PREFIX))
			return true;
	}
	return false;
}

static bool is_hidden(struct hd_explain *e, const struct hd_end *end)
{
	for (size_t i = 0; i < end->n_uppers; i++)
		if (uuid_of(e, e->ends.items[end->uppers[i]].key))
			return true;
	return false;
}

static void replace_command(struct hd_explain *e, struct hd_end *end, const char *command)
{
	for (size_t i = 0; i < e->storage->n_disks; i++) {
		struct hd_disk *disk = &e->storage->disks[i];

		for (size_t k = 0; k < disk->n_uses; k++)
			if (disk->uses[k].remedy == end->command)
				disk->uses[k].remedy = command;
	}
	end->command = command;
}

/* The volume's name in its group's, or NULL; a hidden part of it is named after it. */
static const char *volume_of(struct hd_explain *e, const char *name)
{
	const char *dm_name, *rest, *part;

	if (hd_sysroot_text(e->root, e->arena, &dm_name, BLOCKS "/%s/dm/name", name) <= 0)
		return NULL;
	(void)volume_group(e->arena, dm_name, &rest);
	return *rest ? volume_group(e->arena, rest, &part) : NULL;
}

void hd_explain_groups(struct hd_explain *e)
{
	for (size_t i = 0; i < e->ends.n; i++) {
		struct hd_end *end = &e->ends.items[i];
		const char *uuid, *volume, *group;

		if (!end->command || !hd_text_starts_with(end->command, GROUP))
			continue;
		uuid = uuid_of(e, end->key);
		volume = volume_of(e, end->key);
		if (!uuid || !volume || !has_others(e, uuid))
			continue;
		group = end->command + strlen(GROUP);
		end->is_group = false;
		replace_command(e, end,
				is_hidden(e, end)
				? ""
				: hd_printf(e->arena, "lvchange -an %s/%s", group,
					    hd_shell_word(e->arena, volume)));
	}
}
