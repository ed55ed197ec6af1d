/* SPDX-License-Identifier: GPL-2.0-or-later */
/* serial.c - what is at the path of a <serial type='dev'>? */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>

#include "base/text.h"
#include "facts/serial/serial.h"

#define MAX_SHOWN 120
#define MAX_LINKS 8	/* by-id links have one */

/* "dev/ttyS0" of "/dev/ttyS0", or NULL. */
static const char *path_below_dev(const char *path)
{
	if (!path || !hd_text_starts_with(path, "/dev/") || strlen(path) >= PATH_MAX)
		return NULL;
	if (strstr(path, "/../") || hd_text_ends_with(path, "/..") ||
	    hd_text_ends_with(path, "/"))
		return NULL;
	return path + 1;
}

static const char *last_part(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

/* In a captured tree the nodes are ordinary files: the links' texts tell the name. */
static void read_captured(struct hd_serial_facts *serial, const struct hd_sysroot *root,
			  struct hd_arena *arena, const char *path)
{
	const char *name = last_part(path), *target = path;

	for (int i = 0; i < MAX_LINKS; i++) {
		const char *slash = strrchr(target, '/');

		if (hd_sysroot_link(root, arena, &name, "%s", target) < 0)
			break;
		target = name[0] == '/' ? name + 1
					: hd_printf(arena, "%.*s/%s",
						    (int)(slash - target), target, name);
	}
	if (!hd_sysroot_has(root, "sys/class/tty/%s", last_part(target)) &&
	    !hd_sysroot_has(root, "%s", target))
		return;
	serial->state = HD_SERIAL_THERE;
	serial->tty = hd_text_printable(arena, last_part(target), NAME_MAX);
}

static void read_live(struct hd_serial_facts *serial, const struct hd_sysroot *root,
		      struct hd_arena *arena, const char *path)
{
	struct stat st;
	const char *name;
	int rc = hd_sysroot_stat(root, &st, "%s", path);

	if (rc == -ENOENT || rc == -ENOTDIR)
		return;
	if (rc < 0) {
		serial->state = HD_SERIAL_UNKNOWN;
		serial->problem = strerror(-rc);
		return;
	}
	if (!S_ISCHR(st.st_mode)) {
		serial->state = HD_SERIAL_NOT_CHAR;
		return;
	}
	serial->state = HD_SERIAL_THERE;
	serial->major = major(st.st_rdev);
	serial->minor = minor(st.st_rdev);
	if (hd_sysroot_link_base(root, arena, &name, "sys/dev/char/%u:%u", serial->major,
				 serial->minor) < 0)
		name = last_part(path);
	serial->tty = hd_text_printable(arena, name, NAME_MAX);
}

void hd_serial_read_facts(struct hd_serial_facts *ret, const struct hd_sysroot *root,
			  struct hd_arena *arena, const struct hd_hostdev *hostdev)
{
	const char *given = hostdev->path ? hostdev->path : "";
	const char *path = path_below_dev(given);

	*ret = (struct hd_serial_facts){
		.hostdev = hostdev,
		.name = hd_printf(arena, "serial %s",
				  hd_text_printable(arena, given, MAX_SHOWN)),
		.state = HD_SERIAL_ABSENT,
	};
	if (!path)
		ret->state = HD_SERIAL_BAD_PATH;
	else if (root->is_live)
		read_live(ret, root, arena, path);
	else
		read_captured(ret, root, arena, path);
	if (ret->state == HD_SERIAL_THERE)
		ret->node = (struct hd_node){
			.major = ret->major, .minor = ret->minor, .subsystem = "tty",
			.name = hd_printf(arena, "/dev/%s", ret->tty),
		};
}
