/* SPDX-License-Identifier: GPL-2.0-or-later */
/* replug_setup.c - does udev start our units for USB devices that are plugged in? */
#include "config.h"

#include <string.h>

#include "facts/libvirt/replug_guests.h"
#include "facts/setup/host_setup.h"

#define UDEV "run/udev/control"

/* Of udev(7) and systemd.unit(5): what comes first goes. */
static const char *const roots[] = { "etc", "run", "usr/local/lib", "usr/lib", "lib" };
static const char *const files[] = {
	"udev/rules.d/90-hostdevctl-replug.rules",
	"systemd/system/hostdevctl-replug-bind@.service",
	"systemd/system/hostdevctl-replug-remove@.service",
};

/* A link to /dev/null, or an empty file. */
static bool is_masked(const struct hd_sysroot *root, struct hd_arena *arena, const char *path)
{
	const char *text;

	if (hd_sysroot_link(root, arena, &text, "%s", path) == 0)
		return !strcmp(text, "/dev/null");
	return hd_sysroot_text(root, arena, &text, "%s", path) == 0;
}

/* Sets what is wrong with the file, if anything is. */
static void look_at_file(struct hd_setup *setup, const struct hd_sysroot *root,
			 struct hd_arena *arena, const char *name)
{
	const char *path, *text;

	for (size_t i = 0; i < HD_ARRAY_SIZE(roots); i++) {
		path = hd_printf(arena, "%s/%s", roots[i], name);
		setup->is_replug_masked = is_masked(root, arena, path);
		if (setup->is_replug_masked)
			setup->replug_broken = path;
		if (setup->is_replug_masked || hd_sysroot_text(root, arena, &text, "%s", path) >= 0)
			return;
	}
	setup->replug_broken = hd_printf(arena, "usr/lib/%s", name);
}

void hd_setup_replug_read(struct hd_setup *setup, const struct hd_sysroot *root,
			  struct hd_arena *arena)
{
	setup->replug_guest = hd_replug_guest_find(root, arena);
	for (size_t i = 0; setup->replug_guest && !setup->replug_broken && i < HD_ARRAY_SIZE(files); i++)
		look_at_file(setup, root, arena, files[i]);
	if (setup->replug_guest && !setup->replug_broken && !hd_sysroot_has(root, UDEV))
		setup->replug_broken = UDEV;
}
