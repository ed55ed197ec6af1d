/* SPDX-License-Identifier: GPL-2.0-or-later */
/* sys_path.c - of what is a file below /sys that a line names: a driver, a device, or what its driver made? */
#include "config.h"

#include <ctype.h>
#include <stdbool.h>
#include <string.h>

#include "base/text.h"
#include "explain/pattern.h"
#include "explain/sys_path.h"

#define PATH_END " \t'\"`,;()[]<>|"

/* The part of a path at PATH, and in *LENGTH its length; it ends at END. */
static const char *part_at(const char *path, const char *end, size_t *length)
{
	while (path < end && *path == '/')
		path++;
	*length = strcspn(path, "/");
	if (*length > (size_t)(end - path))
		*length = (size_t)(end - path);
	return path;
}

/* Files of PCI devices: the kernel's Documentation/ABI/testing/sysfs-bus-pci.  "*": what begins so. */
static const struct file {
	const char *name;
	uint32_t kind;
} files[] = {
	{ "", HD_SYS_DEVICE }, { "class", HD_SYS_DEVICE }, { "config", HD_SYS_DEVICE }, { "device", HD_SYS_DEVICE },
	{ "driver", HD_SYS_BOUND }, { "driver_override", HD_SYS_DEVICE }, { "drm", HD_SYS_MADE },
	{ "enable", HD_SYS_DEVICE }, { "infiniband", HD_SYS_MADE }, { "infiniband_verbs", HD_SYS_MADE },
	{ "local_cpus", HD_SYS_DEVICE }, { "mdev_supported_types", HD_SYS_MDEV }, { "modalias", HD_SYS_DEVICE },
	{ "net", HD_SYS_MADE }, { "nvme", HD_SYS_MADE }, { "physfn", HD_SYS_PARENT }, { "power", HD_SYS_DEVICE },
	{ "remove", HD_SYS_DEVICE }, { "reset", HD_SYS_RESET }, { "reset_method", HD_SYS_RESET },
	{ "resource", HD_SYS_DEVICE }, { "revision", HD_SYS_DEVICE }, { "sound", HD_SYS_MADE },
	{ "subsystem_device", HD_SYS_DEVICE }, { "subsystem_vendor", HD_SYS_DEVICE }, { "uevent", HD_SYS_DEVICE },
	{ "vendor", HD_SYS_DEVICE }, { "virtfn*", HD_SYS_FUNCTION },
};

static uint32_t kind_of_file(const char *name, size_t length)
{
	for (size_t i = 0; i < HD_ARRAY_SIZE(files); i++) {
		size_t own = strlen(files[i].name);
		bool is_start = own && files[i].name[own - 1] == '*';

		own -= is_start;
		if ((is_start ? length >= own : length == own) && !strncmp(name, files[i].name, own))
			return files[i].kind;
	}
	return 0;
}

/* Does a part of a path name a device of a bus: "0000:01:00.0", "1-9:1.0"? */
static bool is_device(const char *part, size_t length)
{
	return isdigit((unsigned char)*part) &&
	       (hd_pattern_address(part) || memchr(part, '-', length) || memchr(part, ':', length));
}

/* PATH, up to END, is what stands behind a device. */
static uint32_t kind_below_device(const char *path, const char *end)
{
	size_t length;
	const char *part = part_at(path, end, &length);

	return kind_of_file(part, length);
}

/* Below "bus/NAME/drivers/DRIVER/". */
static uint32_t kind_below_driver(const char *path, const char *end)
{
	size_t length;
	const char *part = part_at(path, end, &length);

	return length && is_device(part, length) ? HD_SYS_DRIVER_DEVICE : 0;
}

/* Below "/sys/devices/": the last device of the path is the one whose file it is. */
static uint32_t kind_below_devices(const char *path, const char *end)
{
	const char *last = NULL;

	for (size_t length; path < end; path += length) {
		path = part_at(path, end, &length);
		last = length && is_device(path, length) ? path + length : last;
	}
	return last ? kind_below_device(last, end) : 0;
}

/* Below "/sys/bus/". */
static uint32_t kind_below_bus(const char *path, const char *end)
{
	size_t length;
	const char *part = part_at(path, end, &length);	/* the bus */

	part = part_at(part + length, end, &length);
	if (length == strlen("devices") && !strncmp(part, "devices", length)) {
		part = part_at(part + length, end, &length);
		return length ? kind_below_device(part + length, end) : 0;
	}
	if (length != strlen("drivers") || strncmp(part, "drivers", length) != 0)
		return 0;
	part = part_at(part + length, end, &length);
	return kind_below_driver(part + length, end);
}

uint32_t hd_sys_path_of(const char *line)
{
	uint32_t ret = 0;

	for (const char *at = line; !ret && (at = strstr(at, "/sys/")); at++) {
		const char *end = at + strcspn(at, PATH_END);

		while (end > at && strchr(":.", end[-1]))
			end--;
		if (hd_text_starts_with(at, "/sys/bus/"))
			ret = kind_below_bus(at + strlen("/sys/bus/"), end);
		else if (hd_text_starts_with(at, "/sys/devices/"))
			ret = kind_below_devices(at + strlen("/sys/devices/"), end);
	}
	return ret;
}
