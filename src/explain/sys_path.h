/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * sys_path.h - of what is a file below /sys that a line names: a driver, a device, or what its driver made?
 *
 * That a file is not there means another thing for each of them, whatever else the path says.
 */
#pragma once

#include <stdint.h>

#include "base/macro.h"

enum {
	HD_SYS_DRIVER_DEVICE = 1 << 0,	/* of a device, below the folder of a driver */
	HD_SYS_DEVICE = 1 << 1,		/* the device, or what all devices have */
	HD_SYS_BOUND = 1 << 2,		/* below "driver": what only a device with a driver has */
	HD_SYS_PARENT = 1 << 3,		/* below "physfn": what only a virtual function has */
	HD_SYS_FUNCTION = 1 << 4,	/* "virtfn0": the virtual function of that number */
	HD_SYS_MADE = 1 << 5,		/* "net", "drm": what the device's own driver makes */
	HD_SYS_MDEV = 1 << 6,		/* "mdev_supported_types" */
	HD_SYS_RESET = 1 << 7,		/* "reset", "reset_method": what not each device has */
};

/* Of the first path of LINE that is of a bus's driver or device, or 0.  In linear time. */
uint32_t hd_sys_path_of(const char *line) _nonnull_(1);
