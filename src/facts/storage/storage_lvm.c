/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * storage_lvm.c - does a volume group have volumes that are on none of the disks asked for?
 *
 * Then "vgchange -an" would end those as well, or fail because they are in use:
 * the volumes on our disks are ended one by one.  A hidden part of a volume (of
 * a mirror, a pool, a cache) goes with the volume that stands on it.
 */
#include "config.h"

#include <string.h>

#include "base/text.h"
#include "facts/storage/storage_explain.h"

#define BLOCKS "sys/block"
#define GROUP "vgchange -an "
#define PREFIX (strlen("LVM-") + 32)	/* lvm2 lib/activate/dev_manager.c: then the group's uuid */

static const char *uuid_of(struct hd_explain *e, const char *name)
{
	const char *uuid;

	if (hd_sysroot_text(e->root, e->arena, &uuid, BLOCKS "/%s/dm/uuid", name) <= 0 ||
	    !hd_text_starts_with(uuid, "LVM-") || strlen(uuid) < PREFIX)
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

static void replace(struct hd_explain *e, struct hd_end *end, const char *command)
{
	for (size_t i = 0; i < e->storage->n_disks; i++) {
		struct hd_disk *disk = &e->storage->disks[i];

		for (size_t k = 0; k < disk->n_uses; k++)
			if (disk->uses[k].remedy == end->command)
				disk->uses[k].remedy = command;
	}
	end->command = command;
}

/* "home" of "home" and "ho-me" of "ho--me". */
static const char *undoubled(struct hd_arena *arena, const char *text)
{
	char *copy = hd_strdup(arena, text), *to = copy;

	for (const char *from = copy; *from; from++) {
		*to++ = *from;
		from += from[0] == '-' && from[1] == '-';
	}
	*to = '\0';
	return copy;
}

/* The volume's name in its group's, or NULL. */
static const char *volume_of(struct hd_explain *e, const char *name)
{
	const char *dm_name;

	if (hd_sysroot_text(e->root, e->arena, &dm_name, BLOCKS "/%s/dm/name", name) <= 0)
		return NULL;
	for (; *dm_name; dm_name++) {
		if (dm_name[0] == '-' && dm_name[1] != '-')
			return undoubled(e->arena, dm_name + 1);
		dm_name += dm_name[0] == '-';
	}
	return NULL;
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
		replace(e, end,
			is_hidden(e, end)
				? ""
				: hd_printf(e->arena, "lvchange -an %s/%s", group,
					    hd_shell_word(e->arena, volume)));
	}
}
