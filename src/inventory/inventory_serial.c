/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * inventory_serial.c - the serial ports that are really there.
 *
 * sys/class/tty also has consoles, pseudo terminals and the ports that the 8250
 * driver keeps for cards to come: the former lie below devices/virtual, the
 * latter say type 0 (PORT_UNKNOWN, Linux include/uapi/linux/serial.h).
 */
#include "config.h"

#include <limits.h>
#include <string.h>

#include "base/text.h"
#include "inventory/inventory_internal.h"
#include "inventory/lasting_names.h"

#define SYS_TTY "sys/class/tty"

static const char *stable_name(struct hd_inventory_reading *r, const char *tty)
{
	const char *path = hd_stable_tty(r->root, r->arena, tty);

	return path ? hd_text_printable(r->arena, path, NAME_MAX) : NULL;
}

static bool is_port(struct hd_inventory_reading *r, const char *path, const char *name)
{
	uint64_t type;

	if (strstr(path, "/devices/virtual/"))
		return false;
	return hd_sysroot_u64(r->root, &type, SYS_TTY "/%s/type", name) < 0 || type != 0;
}

/*
 * The driver of the device that the port belongs to, some steps above it: from
 * Linux 6.7 on there are "port" and "ctrl" of serial_base in between.
 */
static const char *driver_of(struct hd_inventory_reading *r, const char *path)
{
	static const char *const between[] = { "port", "ctrl" };
	const char *driver, *dir = path;

	for (int i = 0; i < 5 && strchr(dir, '/'); i++) {
		bool skipped = false;

		dir = hd_strndup(r->arena, dir, (size_t)(strrchr(dir, '/') - dir));
		if (hd_sysroot_link_base(r->root, r->arena, &driver, "%s/driver", dir) < 0)
			continue;
		for (size_t k = 0; k < HD_ARRAY_SIZE(between); k++)
			skipped |= !strcmp(driver, between[k]);
		if (!skipped)
			return hd_text_printable(r->arena, driver, HD_MAX_SHOWN);
	}
	return NULL;
}

static void read_port(struct hd_inventory_reading *r, int dir_fd, const char *name)
{
	const char *path = hd_inventory_path(r, dir_fd, SYS_TTY, name), *address;
	struct hd_item item;

	if (!path || !is_port(r, path, name))
		return;
	address = hd_text_printable(r->arena, hd_printf(r->arena, "/dev/%s", name), NAME_MAX);
	item = hd_inventory_item(HD_DEVICE_SERIAL, address, path);
	if (r->want & HD_INVENTORY_IDS)
		item.stable = stable_name(r, name);
	if (r->want & HD_INVENTORY_DRIVER)
		item.driver = driver_of(r, path);
	hd_inventory_add(r, &item);
}

int hd_inventory_read_serial(struct hd_inventory_reading *r)
{
	_cleanup_(hd_close) int fd = -1;
	const char *const *names = NULL;
	ssize_t n = hd_inventory_names(r, SYS_TTY, &names, &fd);

	for (ssize_t i = 0; i < n; i++)
		read_port(r, fd, names[i]);
	return n < 0 ? (int)n : 0;
}
