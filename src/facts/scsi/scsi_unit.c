/* SPDX-License-Identifier: GPL-2.0-or-later */
/* scsi_unit.c - which logical unit is at a SCSI address, and by which nodes is it reached? */
#include "config.h"

#include <errno.h>
#include <limits.h>
#include <string.h>

#include "base/text.h"
#include "facts/scsi/scsi_unit.h"

#define UP "../../"		/* from sys/class/scsi_device to sys */
#define MAX_SHOWN 80

/* Where the class leads, without what the class itself adds: "/scsi_device/2:0:0:0". */
static int find_path(const char **ret, const struct hd_sysroot *root, struct hd_arena *arena,
		     const char *name)
{
	const char *end = hd_printf(arena, "/scsi_device/%s", name), *link;
	int rc = hd_sysroot_link(root, arena, &link, HD_SYS_SCSI "/%s", name);

	if (rc < 0)
		return rc;
	if (!hd_text_starts_with(link, UP "devices/") || strstr(link + strlen(UP), "..") ||
	    !hd_text_ends_with(link, end))
		return -EINVAL;
	*ret = hd_printf(arena, "sys/%.*s", (int)(strlen(link) - strlen(UP) - strlen(end)),
			 link + strlen(UP));
	return 0;
}

/* INQUIRY's fields have a fixed length, and are filled with blanks. */
static const char *read_trimmed(const struct hd_sysroot *root, struct hd_arena *arena,
				const char *path, const char *file)
{
	const char *text;
	size_t length;

	if (hd_sysroot_text(root, arena, &text, "%s/%s", path, file) <= 0)
		return NULL;
	text += strspn(text, " ");
	length = strlen(text);
	while (length && text[length - 1] == ' ')
		length--;
	return length ? hd_strndup(arena, text, length) : NULL;
}

static const char *read_field(const struct hd_sysroot *root, struct hd_arena *arena,
			      const char *path, const char *file)
{
	const char *text = read_trimmed(root, arena, path, file);

	return text ? hd_text_printable(arena, text, MAX_SHOWN) : NULL;
}

/* Compared with what guests pin: a part of it, or a "?" for a byte of it, would be another disk's as well. */
static const char *read_wwid(const struct hd_sysroot *root, struct hd_arena *arena, const char *path)
{
	const char *text = read_trimmed(root, arena, path, "wwid");

	return text && strlen(text) <= HD_SCSI_WWID_MAX ? text : NULL;
}

/* The device that the unit's driver made; of a tape there are several, "st0" before "st0a". */
static const char *read_node(const struct hd_sysroot *root, struct hd_arena *arena,
			     const char *path, const char *folder)
{
	const char *const *names, *found = NULL;
	ssize_t n = hd_sysroot_names(root, arena, &names, "%s/%s", path, folder);

	for (ssize_t i = 0; i < n; i++)
		if (names[i][0] != 'n' && (!found || strlen(names[i]) < strlen(found)))
			found = names[i];
	return found ? hd_text_printable(arena, found, NAME_MAX) : NULL;
}

static void read_driver(struct hd_scsi_unit *unit, const struct hd_sysroot *root,
			struct hd_arena *arena)
{
	const char *driver;

	if (hd_sysroot_link_base(root, arena, &driver, "%s/driver", unit->path) == 0)
		unit->driver = hd_text_printable(arena, driver, MAX_SHOWN);
}

int hd_scsi_unit_read(struct hd_scsi_unit *ret, const struct hd_sysroot *root,
		      struct hd_arena *arena, const char *name)
{
	struct hd_scsi_unit unit = { .type = -1 };
	uint64_t type;
	int rc;

	if (!hd_scsi_addr_parse(name, &unit.addr))
		return -EINVAL;
	rc = find_path(&unit.path, root, arena, name);
	if (rc < 0)
		return rc;
	if (hd_sysroot_u64(root, &type, "%s/type", unit.path) == 0 && type <= 0x1f)
		unit.type = (int)type;
	unit.vendor = read_field(root, arena, unit.path, "vendor");
	unit.model = read_field(root, arena, unit.path, "model");
	unit.revision = read_field(root, arena, unit.path, "rev");
	unit.wwid = read_wwid(root, arena, unit.path);
	unit.block = read_node(root, arena, unit.path, "block");
	unit.generic = read_node(root, arena, unit.path, "scsi_generic");
	unit.other = read_node(root, arena, unit.path, "scsi_tape");
	if (!unit.other)
		unit.other = read_node(root, arena, unit.path, "scsi_changer");
	read_driver(&unit, root, arena);
	*ret = unit;
	return 0;
}

static bool has_wwid(const struct hd_sysroot *root, struct hd_arena *arena, const char *name,
		     const char *wanted)
{
	const char *path, *wwid;

	if (find_path(&path, root, arena, name) < 0)
		return false;
	wwid = read_wwid(root, arena, path);
	return wwid && !strcmp(wwid, wanted);
}

size_t hd_scsi_units_find(struct hd_scsi_unit **ret, const struct hd_sysroot *root,
			  struct hd_arena *arena, const char *wwid)
{
	const char *const *names;
	const ssize_t n_names = hd_sysroot_names(root, arena, &names, HD_SYS_SCSI);
	struct hd_scsi_unit *units = NULL, unit;
	size_t n = 0;

	for (ssize_t i = 0; i < n_names; i++)
		if (has_wwid(root, arena, names[i], wwid) &&
		    hd_scsi_unit_read(&unit, root, arena, names[i]) == 0)
			hd_push(arena, &units, &n, unit);
	*ret = units;
	return n;
}

size_t hd_scsi_unit_nodes(const char *ret[static 3], struct hd_arena *arena,
			  const struct hd_scsi_unit *unit)
{
	const char *const names[] = { unit->block, unit->other, unit->generic };
	size_t n = 0;

	for (size_t i = 0; i < HD_ARRAY_SIZE(names); i++)
		if (names[i])
			ret[n++] = hd_printf(arena, "/dev/%s",
					     hd_text_replaced(arena, names[i], '!', '/'));
	return n;
}
