/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * iommu.h - the host's IOMMUs and the groups that were asked about.
 *
 * Source: sys/class/iommu, sys/kernel/iommu_groups
 * (Documentation/ABI/testing/sysfs-kernel-iommu_groups), ACPI table names.
 */
#pragma once

#include <stdbool.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/pciaddr.h"
#include "base/sysroot.h"

enum hd_iommu_vendor {
	HD_IOMMU_NONE,
	HD_IOMMU_INTEL,		/* ACPI DMAR */
	HD_IOMMU_AMD,		/* ACPI IVRS */
	HD_IOMMU_ARM,		/* ACPI IORT, or a device tree's SMMU */
	HD_IOMMU_VIRTIO,	/* ACPI VIOT */
};

struct hd_iommu_group {
	const char *unread;		/* the first file of it that could not be read, or NULL */
	int id;
	const char *unknown;		/* why it could not be read; then all else is empty. Or NULL */
	const char *type;		/* "identity", "DMA", "DMA-FQ" ... or NULL */
	const char *direct_region;	/* first "direct" line of reserved_regions, or NULL */
	struct hd_pci_addr *members;	/* PCI functions, sorted */
	size_t n_members;
	bool has_vfio_node;		/* dev/vfio/N exists */
};

struct hd_iommu {
	enum hd_iommu_vendor vendor;	/* by firmware table; HD_IOMMU_NONE: no table */
	const char *table;		/* "DMAR" ... or NULL */
	bool is_active;			/* sys/class/iommu and iommu_groups are not empty */
	bool has_groups;		/* iommu_groups is not: VFIO makes such ones without an
					   IOMMU, too */
	int remapping;			/* interrupt remapping: 1 active, 0 not, -1 unknown */
	const char *remapping_unit;	/* the IOMMU that could, where it is not active; or NULL */
	const char *remapping_evidence;	/* the file and what it says; never NULL */
};

int hd_iommu_read(struct hd_iommu *ret, const struct hd_sysroot *root, struct hd_arena *arena,
		  struct hd_error *err) _nonnull_(1, 2, 3, 4) _must_check_;

int hd_iommu_group_read(struct hd_iommu_group *ret, const struct hd_sysroot *root,
			struct hd_arena *arena, int id, struct hd_error *err)
	_nonnull_(1, 2, 3, 5) _must_check_;
