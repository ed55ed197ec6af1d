/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * modules.c - is a module loaded, built in, or can it be loaded?
 *
 * Loaded modules have sys/module/NAME/initstate (Linux kernel/module/sysfs.c);
 * built-in ones have the directory without it, if anything.  What can be
 * loaded is named by lib/modules/RELEASE/modules.dep, what is built in by
 * modules.builtin: both text, one path a line.
 */
#include "config.h"

#include <string.h>

#include "base/kernel_cmdline.h"
#include "facts/boot/modules.h"
#include "facts/host/lines.h"

#define OSRELEASE "proc/sys/kernel/osrelease"

const char *const hd_vfio_module_names[HD_VFIO_MODULE_MAX] = {
	[HD_MODULE_VFIO] = "vfio",
	[HD_MODULE_VFIO_IOMMU_TYPE1] = "vfio_iommu_type1",
	[HD_MODULE_VFIO_PCI] = "vfio_pci",
};

const char *hd_release_read(const struct hd_sysroot *root, struct hd_arena *arena)
{
	const char *release;

	if (hd_sysroot_text(root, arena, &release, OSRELEASE) < 0)
		return NULL;
	/* It becomes a directory's name. */
	if (!*release || release[0] == '.' || strpbrk(release, "/\n") || strlen(release) > 128)
		return NULL;
	return release;
}

struct search {
	const char *wanted;
	bool found;
};

/* "kernel/drivers/vfio/pci/vfio-pci.ko.xz: ..." */
static bool each_path(void *data, const char *line)
{
	struct search *search = data;
	size_t length = strcspn(line, ":");
	const char *name = line;

	for (size_t i = 0; i < length; i++)
		if (line[i] == '/')
			name = line + i + 1;
	search->found = hd_kernel_name_is(name, strcspn(name, ".:"), search->wanted);
	return !search->found;
}

static bool is_listed(const struct hd_sysroot *root, const char *release, const char *list,
		      const char *name)
{
	struct search search = { .wanted = name };

	if (hd_lines_scan(root, each_path, &search, "lib/modules/%s/%s", release, list) < 0)
		return false;
	return search.found;
}

/* Is it there already?  The name as sysfs has it is with '_'. */
static bool is_present(const struct hd_sysroot *root, struct hd_arena *arena, const char *name,
		       enum hd_module_state *ret)
{
	char *canonical = hd_strdup(arena, name);

	for (char *c = canonical; *c; c++)
		*c = *c == '-' ? '_' : *c;
	if (!hd_sysroot_has(root, "sys/module/%s", canonical))
		return false;
	*ret = hd_sysroot_has(root, "sys/module/%s/initstate", canonical) ? HD_MODULE_LOADED
									  : HD_MODULE_BUILTIN;
	return true;
}

enum hd_module_state hd_module_state(const struct hd_sysroot *root, struct hd_arena *arena,
				     const char *release, const char *name, const char **ret_by)
{
	enum hd_module_state state;

	*ret_by = NULL;
	if (strchr(name, '/') || name[0] == '.')
		return HD_MODULE_MISSING;
	if (is_present(root, arena, name, &state))
		return state;
	if (!hd_sysroot_has(root, "lib/modules/%s", release))
		return HD_MODULE_NO_TREE;
	if (is_listed(root, release, "modules.builtin", name))
		return HD_MODULE_BUILTIN;
	if (!is_listed(root, release, "modules.dep", name))
		return HD_MODULE_MISSING;
	*ret_by = hd_module_blacklisted_by(root, arena, name);
	return *ret_by ? HD_MODULE_BLACKLISTED : HD_MODULE_LOADABLE;
}
