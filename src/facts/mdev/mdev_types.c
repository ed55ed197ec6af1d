/* SPDX-License-Identifier: GPL-2.0-or-later */
/* mdev_types.c - which mediated devices a parent can make now. */
#include "config.h"

#include <errno.h>
#include <string.h>

#include "base/text.h"
#include "facts/mdev/mdev_types.h"

#define PARENTS "sys/class/mdev_bus"
#define TYPES "mdev_supported_types"
#define MAX_SHOWN 100

/* A name of the kernel's for one entry of a directory, that can stand in a command. */
static bool is_plain(const char *name)
{
	return *name && *name != '.' && *name != '-' && strlen(name) <= MAX_SHOWN &&
	       hd_text_has_only(name, "_-.:");
}

void hd_mdev_parents(const char *const **ret, size_t *ret_n, const struct hd_sysroot *root,
		     struct hd_arena *arena)
{
	const char *const *names = NULL;
	const char **parents = NULL;
	ssize_t n = hd_sysroot_names(root, arena, &names, PARENTS);

	*ret_n = 0;
	for (ssize_t i = 0; i < n; i++)
		if (is_plain(names[i]))
			hd_push(arena, &parents, ret_n, names[i]);
	*ret = parents;
}

int hd_mdev_types_read(struct hd_mdev_types *ret, const struct hd_sysroot *root,
		       struct hd_arena *arena, const char *parent, struct hd_error *err)
{
	const char *const *names = NULL;
	ssize_t n = -ENOENT;

	*ret = (struct hd_mdev_types){ 0 };
	if (is_plain(parent))
		n = hd_sysroot_names(root, arena, &names, PARENTS "/%s/" TYPES, parent);
	if (n < 0)
		return hd_fail(err, (int)n, "%s has no mediated device types: cannot read /" PARENTS
			       "/%s/" TYPES ": %s", hd_text_printable(arena, parent, MAX_SHOWN),
			       hd_text_printable(arena, parent, MAX_SHOWN), strerror((int)-n));
	for (ssize_t i = 0; i < n; i++) {
		struct hd_mdev_type *type;
		uint64_t available;
		const char *text;

		if (!is_plain(names[i]))
			continue;
		type = hd_append(arena, &ret->items, &ret->n, sizeof(*type));
		type->id = names[i];
		if (hd_sysroot_text(root, arena, &text, PARENTS "/%s/" TYPES "/%s/name", parent,
				    names[i]) > 0)
			type->name = hd_text_printable(arena, text, MAX_SHOWN);
		type->available = -1;
		if (hd_sysroot_u64(root, &available, PARENTS "/%s/" TYPES "/%s/available_instances",
				   parent, names[i]) == 0 && available <= INT32_MAX)
			type->available = (int)available;
	}
	return 0;
}

const struct hd_mdev_type *hd_mdev_type_find(const struct hd_mdev_types *types, const char *text)
{
	for (size_t i = 0; i < types->n; i++)
		if (!strcmp(types->items[i].id, text))
			return &types->items[i];
	for (size_t i = 0; i < types->n; i++)
		if (types->items[i].name && !strcmp(types->items[i].name, text))
			return &types->items[i];
	return NULL;
}
