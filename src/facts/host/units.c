/* SPDX-License-Identifier: GPL-2.0-or-later */
/* units.c - units of systemd by their files: the name behind an alias, and is it active? */
#include "config.h"

#include <string.h>

#include "base/text.h"
#include "facts/host/units.h"

#define MAX_LINKS 8

static const char *link_of(const struct hd_sysroot *root, struct hd_arena *arena,
			   const char *name)
{
	static const char *const dirs[] = { "etc", "run", "usr/lib", "lib" };
	const char *target;

	for (size_t i = 0; i < HD_ARRAY_SIZE(dirs); i++)
		if (hd_sysroot_link_base(root, arena, &target, "%s/systemd/system/%s", dirs[i],
					 name) >= 0 && strcmp(target, name) != 0)
			return target;
	return NULL;
}

/* A link to /dev/null is a mask and not a name. */
const char *hd_unit_real_name(const struct hd_sysroot *root, struct hd_arena *arena,
			      const char *name)
{
	for (int i = 0; i < MAX_LINKS; i++) {
		const char *target = hd_text_is_component(name) ? link_of(root, arena, name) : NULL;

		if (!target || !hd_text_ends_with(target, ".service"))
			break;
		name = target;
	}
	return name;
}

/* The link leads nowhere: it is a text. */
bool hd_unit_is_active(const struct hd_sysroot *root, struct hd_arena *arena, const char *name)
{
	const char *ignored;

	return hd_text_is_component(name) &&
	       hd_sysroot_link(root, arena, &ignored, "run/systemd/units/invocation:%s", name) >= 0;
}
