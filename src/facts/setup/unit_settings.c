/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * unit_settings.c - the settings of the unit that runs libvirt's QEMU driver.
 *
 * A unit's file and its drop-ins, as systemd.unit(5) puts them together; what a
 * generator or `systemctl set-property --runtime` made is seen too, since it is
 * a drop-in below run/.
 */
#include "config.h"

#include <string.h>

#include "base/text.h"
#include "base/conf_dirs.h"
#include "facts/setup/host_setup_internal.h"

#define UNITS "systemd/system"
#define ENABLED "etc/" UNITS "/sockets.target.wants"
#define MAX_LINES 1024
#define MAX_SHOWN 200

static const char *const parents[] = { "etc", "run", "usr/local/lib", "usr/lib", "lib" };

/* Where the unit's file is, or NULL. */
static const char *file_of(const struct hd_sysroot *root, struct hd_arena *arena,
			   const char *unit)
{
	for (size_t i = 0; i < HD_ARRAY_SIZE(parents); i++)
		if (hd_sysroot_has(root, "%s/" UNITS "/%s", parents[i], unit))
			return hd_printf(arena, "%s/" UNITS "/%s", parents[i], unit);
	return NULL;
}

static const char *const names[] = { "virtqemud", "libvirtd" };

/* Sockets of both daemons: whichever is used first has the guests. */
static const char *find_other(const struct hd_setup *setup, const struct hd_sysroot *root,
			      struct hd_arena *arena)
{
	for (size_t i = 0; i < HD_ARRAY_SIZE(names); i++)
		if (!hd_text_starts_with(setup->unit, names[i]) &&
		    hd_sysroot_has(root, ENABLED "/%s.socket", names[i]))
			return hd_printf(arena, "%s.service", names[i]);
	return NULL;
}

/* The one that runs, else the one whose socket is enabled, else the one that is installed. */
static const char *find_unit(const struct hd_setup *setup, const struct hd_sysroot *root,
			     struct hd_arena *arena)
{
	if (setup->daemon.pid)
		return hd_printf(arena, "%s.service", setup->daemon.name);
	for (size_t i = 0; i < HD_ARRAY_SIZE(names); i++)
		if (hd_sysroot_has(root, ENABLED "/%s.socket", names[i]))
			return hd_printf(arena, "%s.service", names[i]);
	for (size_t i = HD_ARRAY_SIZE(names); i-- > 0;) {
		const char *unit = hd_printf(arena, "%s.service", names[i]);

		if (file_of(root, arena, unit))
			return unit;
	}
	return NULL;
}

static void take_setting(struct hd_setup *setup, struct hd_arena *arena, const char *path,
			 const char *line)
{
	const char *equals = strchr(line, '=');
	struct hd_unit_line *added;
	size_t length;

	if (!equals || setup->n_unit_lines >= MAX_LINES)
		return;
	for (length = (size_t)(equals - line); length && strchr(" \t", line[length - 1]);)
		length--;
	equals += 1 + strspn(equals + 1, " \t");
	added = hd_append(arena, &setup->unit_lines, &setup->n_unit_lines, sizeof(*added));
	*added = (struct hd_unit_line){ path, hd_strndup(arena, line, length),
					hd_text_printable(arena, equals, MAX_SHOWN) };
}

static void look_in(struct hd_setup *setup, const struct hd_sysroot *root,
		    struct hd_arena *arena, const char *path)
{
	const char *text, *line;
	bool is_service = false;

	if (hd_sysroot_text(root, arena, &text, "%s", path) < 0)
		return;
	while ((line = hd_text_next_line(arena, &text))) {
		line += strspn(line, " \t");
		if (*line == '[')
			is_service = hd_text_starts_with(line, "[Service]");
		else if (is_service && *line && *line != '#' && *line != ';')
			take_setting(setup, arena, path, line);
	}
}

static void look_in_drop_ins(struct hd_setup *setup, const struct hd_sysroot *root,
			     struct hd_arena *arena, const char *unit)
{
	const char *const *paths = NULL;
	size_t n = 0;

	hd_conf_files(root, arena, hd_printf(arena, UNITS "/%s.d", unit), &paths, &n);
	for (size_t i = 0; i < n; i++)
		look_in(setup, root, arena, paths[i]);
}

void hd_setup_unit_read(struct hd_setup *setup, const struct hd_sysroot *root,
			struct hd_arena *arena)
{
	const char *path;

	setup->unit = find_unit(setup, root, arena);
	setup->has_libvirt = setup->unit || hd_sysroot_has(root, "etc/libvirt");
	if (!setup->unit)
		return;
	setup->other_unit = find_other(setup, root, arena);
	path = file_of(root, arena, setup->unit);
	if (path)
		look_in(setup, root, arena, path);
	look_in_drop_ins(setup, root, arena, "service");
	look_in_drop_ins(setup, root, arena, setup->unit);
}
