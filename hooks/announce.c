/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * announce.c - how does a guest that has just started get USB devices that were plugged in before?
 *
 * udev starts a unit for a device when it is plugged in.  A device that was plugged in before the
 * guest runs, or while it starts, has had its event: the kernel is asked to repeat it
 * (Documentation/ABI/testing/sysfs-uevent), and the unit does the rest.
 */
#include "config.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/macro.h"
#include "hooks/hook.h"

#define DEVICES "/sys/bus/usb/devices"
#define EVENT "bind"

/* "1-2.3"; not a root hub ("usb1") and not an interface ("1-2.3:1.0"). */
static bool is_device(const char *name)
{
	return strchr(name, '-') && !strchr(name, ':');
}

/* A device that has gone meanwhile has its own event. */
static void repeat_event(int dir_fd, const char *name)
{
	_cleanup_(hd_close) int fd = -1;
	char path[300];

	if ((size_t)snprintf(path, sizeof(path), "%s/uevent", name) >= sizeof(path))
		return;
	fd = openat(dir_fd, path, O_WRONLY | O_CLOEXEC);
	if (fd >= 0 && write(fd, EVENT, strlen(EVENT)) < 0)
		hd_close(&fd);
}

enum hd_exit hd_announce_usb(const struct hd_operation *operation, const struct hd_hook_call *call)
{
	_cleanup_(hd_close_dir) DIR *dir = NULL;
	const struct dirent *entry;
	char path[4096];
	int n = snprintf(path, sizeof(path), "%s" DEVICES, call->sysroot ? call->sysroot : "");

	if (n < 0 || (size_t)n >= sizeof(path))
		return HD_EXIT_HOST;
	dir = opendir(path);
	if (!dir && errno != ENOENT)
		hd_complain(operation, call, operation->consequence, DEVICES ": %s", strerror(errno));
	while (dir && (entry = readdir(dir)))
		if (is_device(entry->d_name))
			repeat_event(dirfd(dir), entry->d_name);
	return HD_EXIT_OK;
}
