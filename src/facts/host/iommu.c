/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * iommu.c - which IOMMU the host has, and whether it works.
 *
 * The firmware's table tells the vendor, not the processor's flags: a board
 * can hide the unit of a processor that has one.
 */
#include "config.h"

#include <errno.h>
#include <string.h>

#include "base/text.h"
#include "facts/host/iommu.h"
#include "facts/host/remapping.h"

#define SYS_IOMMU "sys/class/iommu"
#define SYS_GROUPS "sys/kernel/iommu_groups"
#define ACPI_TABLES "sys/firmware/acpi/tables"
#define DEVICE_TREE "sys/firmware/devicetree/base"

static const struct {
	const char *name;
	enum hd_iommu_vendor vendor;
} tables[] = {
	{ "DMAR", HD_IOMMU_INTEL },
	{ "IVRS", HD_IOMMU_AMD },
	{ "IORT", HD_IOMMU_ARM },
	{ "VIOT", HD_IOMMU_VIRTIO },
};

/* Nodes "iommu@2b400000" and "smmu@..." on a bus that the device tree starts with. */
static const char *device_tree_node(const struct hd_sysroot *root, struct hd_arena *arena)
{
	static const char *const buses[] = { DEVICE_TREE, DEVICE_TREE "/soc",
					     DEVICE_TREE "/soc@0" };

	for (size_t i = 0; i < HD_ARRAY_SIZE(buses); i++) {
		const char *const *names = NULL;
		ssize_t n = hd_sysroot_names(root, arena, &names, "%s", buses[i]);

		for (ssize_t k = 0; k < n; k++)
			if (hd_text_starts_with(names[k], "iommu@") ||
			    hd_text_starts_with(names[k], "smmu@"))
				return names[k];
	}
	return NULL;
}

static void read_vendor(struct hd_iommu *iommu, const struct hd_sysroot *root,
			struct hd_arena *arena)
{
	for (size_t i = 0; i < HD_ARRAY_SIZE(tables); i++)
		if (hd_sysroot_has(root, ACPI_TABLES "/%s", tables[i].name)) {
			iommu->vendor = tables[i].vendor;
			iommu->table = tables[i].name;
			return;
		}
	iommu->table = device_tree_node(root, arena);
	if (iommu->table)
		iommu->vendor = HD_IOMMU_ARM;
}

/* 1 if DIR has entries, 0 if it is empty or missing, or a negative errno. */
static int has_entries(const struct hd_sysroot *root, const char *dir, struct hd_error *err)
{
	int rc = hd_sysroot_is_empty_dir(root, "%s", dir);

	if (rc == -ENOENT)
		return 0;
	if (rc < 0)
		return hd_fail(err, rc, "cannot read %s: %s", dir, strerror(-rc));
	return rc ? 0 : 1;
}

int hd_iommu_read(struct hd_iommu *ret, const struct hd_sysroot *root, struct hd_arena *arena,
		  struct hd_error *err)
{
	struct hd_iommu iommu = { .vendor = HD_IOMMU_NONE };
	int units = has_entries(root, SYS_IOMMU, err);
	int groups = units < 0 ? units : has_entries(root, SYS_GROUPS, err);

	if (groups < 0)
		return groups;
	read_vendor(&iommu, root, arena);
	iommu.has_groups = groups;
	iommu.is_active = units && groups;
	hd_remapping_read(&iommu, root, arena);
	*ret = iommu;
	return 0;
}
