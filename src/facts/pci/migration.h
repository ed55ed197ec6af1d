/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * migration.h - can the state of a function be saved and carried to another host?
 *
 * Only VFIO_DEVICE_FEATURE_MIGRATION (Linux include/uapi/linux/vfio.h) says it for sure, but it
 * needs the device to be open, which it must not be before the guest has it.  So the kernel's
 * word is read from debugfs where that exists, and else the driver decides.
 */
#pragma once

#include "base/sysroot.h"

enum hd_migration {
	HD_MIGRATION_UNKNOWN,
	HD_MIGRATION_NO,
	HD_MIGRATION_YES,
};

/*
 * What the kernel says of the function NAME ("0000:01:00.0"), which is on a VFIO driver:
 * sys/kernel/debug/vfio/NAME exists for each one, and has migration/ if its driver can (Linux 6.8
 * with CONFIG_VFIO_DEBUGFS, drivers/vfio/debugfs.c, Documentation/ABI/testing/debugfs-vfio).
 */
enum hd_migration hd_migration_read(const struct hd_sysroot *root, const char *name)
	_nonnull_(1, 2);

/* What is known of functions on this VFIO driver, by its name in sysfs or its module's. */
enum hd_migration hd_migration_of_driver(const char *driver) _nonnull_(1);
