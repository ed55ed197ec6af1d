/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * storage_nvme.c - which disk does an NVMe controller lead to?
 *
 * With native multipath the controllers of a subsystem carry hidden path
 * devices, nvmeXcYnZ; what can be opened and mounted is their head nvmeXnZ,
 * which belongs to the subsystem nvme-subsysX
 * (Linux drivers/nvme/host/multipath.c, nvme_mpath_set_disk_name).
 */
#include "config.h"

#include <string.h>

#include "facts/storage/storage_internal.h"

#define SUBSYSTEMS "sys/class/nvme-subsystem"

/* Takes LETTERS and the decimal number after them off *AT. */
static bool take(const char **at, const char *letters)
{
	size_t length = strlen(letters), digits;

	if (strncmp(*at, letters, length))
		return false;
	digits = strspn(*at + length, "0123456789");
	*at += length + digits;
	return digits > 0;
}

bool hd_nvme_is_controller(const char *name)
{
	return take(&name, "nvme") && !*name;
}

bool hd_nvme_is_disk(const char *name)
{
	return take(&name, "nvme") && take(&name, "n") && !*name;
}

bool hd_nvme_is_path(const char *name)
{
	return take(&name, "nvme") && take(&name, "c") && take(&name, "n") && !*name;
}

/* Without a directory the disk is kept too: nobody can claim it, so it is in use. */
static void find_head(struct hd_block *ret, const struct hd_sysroot *root,
		      struct hd_arena *arena, const char *head, const char *subsystem)
{
	const char *path = hd_printf(arena, SUBSYSTEMS "/%s/%s", subsystem, head);

	if (hd_sysroot_has(root, "%s/dev", path))
		hd_block_at(ret, root, arena, head, path);
	else
		hd_block_named(ret, root, arena, head);
}

bool hd_nvme_head(struct hd_block *ret, const struct hd_sysroot *root,
		  struct hd_arena *arena, const char *path_name)
{
	const char *number = path_name + strlen("nvme");
	int digits;

	if (!hd_nvme_is_path(path_name))
		return false;
	digits = (int)strspn(number, "0123456789");
	find_head(ret, root, arena,
		  hd_printf(arena, "nvme%.*s%s", digits, number, strrchr(number, 'n')),
		  hd_printf(arena, "nvme-subsys%.*s", digits, number));
	return true;
}

static bool has_name(const char *const *names, ssize_t n, const char *name)
{
	for (ssize_t i = 0; i < n; i++)
		if (!strcmp(names[i], name))
			return true;
	return false;
}

void hd_nvme_heads_of(struct hd_blocks *ret, const struct hd_sysroot *root,
		      struct hd_arena *arena, const char *controller)
{
	const char *const *subsystems, *const *names;
	ssize_t n_names, n = hd_sysroot_names(root, arena, &subsystems, SUBSYSTEMS);

	*ret = (struct hd_blocks){ .n = 0 };
	for (ssize_t i = 0; i < n; i++) {
		n_names = hd_sysroot_names(root, arena, &names, SUBSYSTEMS "/%s",
					   subsystems[i]);
		if (!has_name(names, n_names, controller))
			continue;
		for (ssize_t k = 0; k < n_names; k++)
			if (hd_nvme_is_disk(names[k]))
				find_head(hd_append(arena, &ret->items, &ret->n,
						    sizeof(*ret->items)),
					  root, arena, names[k], subsystems[i]);
	}
}
