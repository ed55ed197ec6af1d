/* SPDX-License-Identifier: GPL-2.0-or-later */
/* migration.c - can the state of a function be saved and carried to another host? */
#include "config.h"

#include "base/macro.h"
#include "facts/pci/migration.h"

/* Where each says so, below drivers/vfio/pci: struct vfio_migration_ops, or none of them. */
static const struct {
	const char *driver;	/* as its module's name */
	enum hd_migration migration;
} drivers[] = {
	{ "vfio_pci", HD_MIGRATION_NO },		/* vfio_pci.c */
	{ "hisi_acc_vfio_pci", HD_MIGRATION_YES },	/* hisilicon/, Linux 5.18 */
	{ "mlx5_vfio_pci", HD_MIGRATION_YES },		/* mlx5/, Linux 5.18 */
	{ "pds_vfio_pci", HD_MIGRATION_YES },		/* pds/, Linux 6.6 */
	{ "qat_vfio_pci", HD_MIGRATION_YES },		/* qat/, Linux 6.10 */
	{ "virtio_vfio_pci", HD_MIGRATION_YES },	/* virtio/migrate.c, Linux 6.13 */
	{ "xe_vfio_pci", HD_MIGRATION_YES },		/* xe/ */
	{ "nvgrace_gpu_vfio_pci", HD_MIGRATION_NO },	/* nvgrace-gpu/ */
	{ "ism_vfio_pci", HD_MIGRATION_NO },		/* ism/ */
};

/* The kernel's module loader does not distinguish '-' and '_' either. */
static bool is_same_name(const char *module, const char *driver)
{
	while (*module && *module == (*driver == '-' ? '_' : *driver)) {
		module++;
		driver++;
	}
	return !*module && !*driver;
}

enum hd_migration hd_migration_of_driver(const char *driver)
{
	for (size_t i = 0; i < HD_ARRAY_SIZE(drivers); i++)
		if (is_same_name(drivers[i].driver, driver))
			return drivers[i].migration;
	return HD_MIGRATION_UNKNOWN;
}

enum hd_migration hd_migration_read(const struct hd_sysroot *root, const char *name)
{
	if (hd_sysroot_has(root, "sys/kernel/debug/vfio/%s/migration", name))
		return HD_MIGRATION_YES;
	return hd_sysroot_has(root, "sys/kernel/debug/vfio/%s", name) ? HD_MIGRATION_NO
								       : HD_MIGRATION_UNKNOWN;
}
