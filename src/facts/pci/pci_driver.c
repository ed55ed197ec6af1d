/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * pci_driver.c - which kind of driver holds a function.
 *
 * A group can go to a guest when each of its drivers leaves DMA to others:
 * those that set driver_managed_dma (Linux drivers/pci/pcie/portdrv.c,
 * drivers/pci/pci-stub.c and all of drivers/vfio/pci).  Before Linux 6.1 a
 * function on VFIO has no vfio-dev/, so variant drivers are known by how
 * the kernel names them: mlx5_vfio_pci, hisi_acc_vfio_pci, xe-vfio-pci.
 */
#include "config.h"

#include <errno.h>
#include <string.h>

#include "base/text.h"
#include "facts/pci/pci.h"

static const char *const harmless[] = { "pci-stub", "pcieport" };

static bool is_vfio_name(const char *driver)
{
	return !strcmp(driver, "vfio-pci") || hd_text_ends_with(driver, "_vfio_pci") ||
	       hd_text_ends_with(driver, "-vfio-pci");
}

enum hd_driver_kind hd_driver_kind_of(const char *driver)
{
	if (!driver)
		return HD_DRIVER_NONE;
	if (is_vfio_name(driver))
		return HD_DRIVER_VFIO;
	for (size_t i = 0; i < HD_ARRAY_SIZE(harmless); i++)
		if (!strcmp(driver, harmless[i]))
			return HD_DRIVER_HARMLESS;
	return HD_DRIVER_HOST;
}

int hd_pci_driver_read(const struct hd_sysroot *root, struct hd_arena *arena, const char *fn_name,
		       const char **ret)
{
	const char *driver = NULL;
	int rc = hd_sysroot_link_base(root, arena, &driver, HD_SYS_PCI "/%s/driver", fn_name);

	if (rc < 0 && rc != -ENOENT)
		return rc;
	if (rc == -ENOENT && !hd_sysroot_has(root, HD_SYS_PCI "/%s", fn_name))
		return -ENODEV;
	*ret = rc < 0 ? NULL : driver;
	return 0;
}
