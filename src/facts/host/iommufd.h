/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * iommufd.h - can this host pass devices by IOMMUFD?
 *
 * It takes /dev/iommu (CONFIG_IOMMUFD) and a node for each device below
 * /dev/vfio/devices (CONFIG_VFIO_DEVICE_CDEV, since Linux 6.6): Linux
 * Documentation/driver-api/vfio.rst, "IOMMUFD and vfio_iommu_type1".  Read only for a guest
 * that wants it.
 */
#pragma once

#include <stdbool.h>

#include "base/arena.h"
#include "base/sysroot.h"
#include "facts/modules/modules.h"

struct hd_iommufd {
	bool is_known;			/* the rest says what the kernel has */
	const char *release;		/* of the kernel */
	bool is_old;			/* before Linux 6.6 */
	const char *config;		/* the file with the kernel's options, or NULL: none */
	bool has_iommufd, has_cdev;	/* CONFIG_IOMMUFD, CONFIG_VFIO_DEVICE_CDEV of that file */
	bool has_node;			/* dev/iommu */
	bool has_device_nodes;		/* dev/vfio/devices: while a device is on a VFIO driver */
	enum hd_module_state module;	/* iommufd */
};

void hd_iommufd_read(struct hd_iommufd *ret, const struct hd_sysroot *root,
		     struct hd_arena *arena) _nonnull_(1, 2, 3);
