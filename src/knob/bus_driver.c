/* SPDX-License-Identifier: GPL-2.0-or-later */
/* bus_driver.c - which driver has a device of a bus? */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>

#include "knob/bus_driver.h"

int hd_bus_driver_get(const struct hd_knob_host *host, const char *bus, const char *target,
		      const char *gone, char buf[static HD_STATE_MAX], struct hd_error *err)
{
	_cleanup_(hd_close) int dir_fd = hd_sysroot_fd(host->root, O_PATH | O_DIRECTORY, "%s/devices/%s",
						       bus, target);
	char link[PATH_MAX];
	const char *driver;

	if (dir_fd == -ENOENT)
		return hd_fail(err, -ENODEV, "%s %s", target, gone);
	if (dir_fd < 0)
		return hd_fail(err, dir_fd, "cannot open /%s/devices/%s: %s", bus, target,
			       strerror(-dir_fd));
	driver = hd_sysroot_link_base_at(dir_fd, "driver", link);
	if (!driver && errno != ENOENT)
		return hd_fail(err, -errno, "cannot read the driver of %s: %s", target,
			       strerror(errno));
	(void)snprintf(buf, HD_STATE_MAX, "%s", driver ? driver : "-");
	return 0;
}
