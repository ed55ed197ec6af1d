/* SPDX-License-Identifier: GPL-2.0-or-later */
/* lasting_names.c - names of devices that last: by what they are, not by when they were found. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "inventory/lasting_names.h"

const char *hd_stable_tty(const struct hd_sysroot *root, struct hd_arena *arena, const char *tty)
{
	static const char *const dirs[] = { "dev/serial/by-id", "dev/serial/by-path" };

	for (size_t i = 0; i < HD_ARRAY_SIZE(dirs); i++) {
		const char *const *names = NULL, *to;
		ssize_t n = hd_sysroot_names(root, arena, &names, "%s", dirs[i]);

		for (ssize_t k = 0; k < n; k++)
			if (hd_sysroot_link_base(root, arena, &to, "%s/%s", dirs[i], names[k]) == 0 &&
			    !strcmp(to, tty))
				return hd_printf(arena, "/%s/%s", dirs[i], names[k]);
	}
	return NULL;
}

static int by_number(const void *a, const void *b)
{
	const unsigned *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

/* The number after the last 'n' of "nvme0n1" or "nvme0c0n1"; 0: it is not a disk. */
static unsigned number_of(const char *name)
{
	const char *last = strrchr(name, 'n');
	uint64_t number;

	if (!hd_text_starts_with(name, "nvme") || last == name || !hd_text_u64(last + 1, &number))
		return 0;
	return number < UINT32_MAX ? (unsigned)number : 0;
}

static bool has(const unsigned *ids, size_t n, unsigned id)
{
	for (size_t i = 0; i < n; i++)
		if (ids[i] == id)
			return true;
	return false;
}

/* What the disk itself says (Linux drivers/nvme/host/sysfs.c, nsid), else a guess by its name. */
static void add_disk(unsigned **ids, size_t *n, const struct hd_sysroot *root,
		     struct hd_arena *arena, const char *dir, const char *name)
{
	unsigned id = number_of(name);
	uint64_t told;

	if (!id)
		return;
	if (hd_sysroot_u64(root, &told, "%s/%s/nsid", dir, name) == 0 && told &&
	    told < UINT32_MAX)
		id = (unsigned)told;
	if (!has(*ids, *n, id))
		hd_push(arena, ids, n, id);
}

void hd_nvme_namespaces(unsigned **ret, size_t *ret_n, const struct hd_sysroot *root,
			struct hd_arena *arena, const char *fn_path)
{
	const char *const *controllers = NULL, *const *names = NULL;
	ssize_t n = hd_sysroot_names(root, arena, &controllers, "%s/nvme", fn_path);

	*ret = NULL;
	*ret_n = 0;
	for (ssize_t i = 0; i < n; i++) {
		const char *dir = hd_printf(arena, "%s/nvme/%s", fn_path, controllers[i]);
		ssize_t n_names = hd_sysroot_names(root, arena, &names, "%s", dir);

		for (ssize_t k = 0; k < n_names; k++)
			add_disk(ret, ret_n, root, arena, dir, names[k]);
	}
	if (*ret_n)
		qsort(*ret, *ret_n, sizeof(**ret), by_number);
}
