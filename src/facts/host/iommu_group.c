/* SPDX-License-Identifier: GPL-2.0-or-later */
/* iommu_group.c - the members of one IOMMU group and what it reserves. */
#include "config.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "facts/host/iommu.h"

#define GROUP "sys/kernel/iommu_groups/%d"

static int by_address(const void *a, const void *b)
{
	return hd_pci_addr_compare(a, b);
}

/* Platform devices can be members too; only PCI functions are ours to judge. */
static int read_members(struct hd_iommu_group *group, const struct hd_sysroot *root,
			struct hd_arena *arena)
{
	const char *const *names = NULL;
	ssize_t n = hd_sysroot_names(root, arena, &names, GROUP "/devices", group->id);
	struct hd_pci_addr addr;

	if (n < 0)
		return (int)n;
	for (ssize_t i = 0; i < n; i++)
		if (hd_pci_addr_parse(names[i], &addr))
			*(struct hd_pci_addr *)hd_append(arena, &group->members,
							 &group->n_members, sizeof(addr)) = addr;
	if (group->n_members)
		qsort(group->members, group->n_members, sizeof(*group->members), by_address);
	return 0;
}

/* Lines "start end type"; "direct-relaxable" is another type, and no obstacle. */
static const char *direct_line(struct hd_arena *arena, const char *text)
{
	const char *line;

	while ((line = hd_text_next_line(arena, &text)))
		if (hd_text_has_word(line, "direct"))
			return line;
	return NULL;
}

static int read_regions(struct hd_iommu_group *group, const struct hd_sysroot *root,
			struct hd_arena *arena)
{
	const char *text;
	ssize_t n = hd_sysroot_text(root, arena, &text, GROUP "/reserved_regions", group->id);

	if (n == -ENOENT)
		return 0;
	if (n < 0)
		return (int)n;
	group->direct_region = direct_line(arena, text);
	return 0;
}

int hd_iommu_group_read(struct hd_iommu_group *ret, const struct hd_sysroot *root,
			struct hd_arena *arena, int id, struct hd_error *err)
{
	struct hd_iommu_group group = { .id = id };
	int rc = read_members(&group, root, arena);

	if (rc == 0)
		rc = read_regions(&group, root, arena);
	if (rc < 0)
		return hd_fail(err, rc, "cannot read IOMMU group %d: %s", id, strerror(-rc));
	if (hd_sysroot_text(root, arena, &group.type, GROUP "/type", id) < 0)
		group.type = NULL;
	group.has_vfio_node = hd_sysroot_has(root, "dev/vfio/%d", id);
	*ret = group;
	return 0;
}
