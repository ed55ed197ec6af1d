/* SPDX-License-Identifier: GPL-2.0-or-later */
/* iommufd.c - can this host pass devices by IOMMUFD? */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "base/lines.h"
#include "base/text.h"
#include "facts/host/iommufd.h"

#define NODE "dev/iommu"
#define DEVICE_NODES "dev/vfio/devices"

/* "CONFIG_IOMMUFD=m"; what is off is a comment, or not named at all. */
static bool each_option(void *data, const char *line)
{
	struct hd_iommufd *iommufd = data;

	if (hd_text_starts_with(line, "CONFIG_IOMMUFD="))
		iommufd->has_iommufd = true;
	if (hd_text_starts_with(line, "CONFIG_VFIO_DEVICE_CDEV="))
		iommufd->has_cdev = true;
	return !iommufd->has_iommufd || !iommufd->has_cdev;
}

/* Debian has the first, Fedora both. */
static void read_options(struct hd_iommufd *iommufd, const struct hd_sysroot *root,
			 struct hd_arena *arena)
{
	const char *const paths[] = {
		hd_printf(arena, "boot/config-%s", iommufd->release),
		hd_printf(arena, "lib/modules/%s/config", iommufd->release),
	};

	for (size_t i = 0; i < HD_ARRAY_SIZE(paths) && !iommufd->config; i++)
		if (hd_lines_scan(root, each_option, iommufd, "%s", paths[i]) == 0)
			iommufd->config = paths[i];
}

/* "6.5.0-1-amd64"; what is not a version is not old. */
static bool is_before_6_6(const char *release)
{
	char *end;
	unsigned long major = strtoul(release, &end, 10);

	return *end == '.' && (major < 6 || (major == 6 && strtoul(end + 1, NULL, 10) < 6));
}

void hd_iommufd_read(struct hd_iommufd *ret, const struct hd_sysroot *root,
		     struct hd_arena *arena)
{
	const char *unused;

	*ret = (struct hd_iommufd){ .release = hd_release_read(root, arena) };
	if (!ret->release)
		return;
	ret->is_old = is_before_6_6(ret->release);
	read_options(ret, root, arena);
	ret->has_node = hd_sysroot_has(root, NODE);
	ret->has_device_nodes = hd_sysroot_has(root, DEVICE_NODES);
	ret->module = hd_module_state(root, arena, ret->release, "iommufd", &unused);
	/* Captures once listed the modules of VFIO alone. */
	ret->is_known = root->is_live || ret->config || ret->module != HD_MODULE_MISSING;
}
