/* SPDX-License-Identifier: GPL-2.0-or-later */
/* installed_kernels.c - are the running kernel's modules there, and is a newer kernel installed? */
#include "config.h"

#include <string.h>

#include "base/text.h"
#include "facts/boot/modules.h"
#include "facts/setup_parts.h"

#define MODULES "lib/modules"

/* A folder without this list is what a removed kernel left behind, or holds foreign modules. */
static bool has_modules(const struct hd_sysroot *root, const char *release)
{
	return hd_sysroot_has(root, MODULES "/%s/modules.dep", release);
}

void hd_setup_kernels_read(struct hd_setup *setup, const struct hd_sysroot *root,
			   struct hd_arena *arena)
{
	const char *running = hd_release_read(root, arena), *newest = NULL;
	const char *const *names = NULL;
	ssize_t n = hd_sysroot_names(root, arena, &names, MODULES);

	setup->has_module_tree = running && hd_sysroot_has(root, MODULES "/%s", running);
	for (ssize_t i = 0; running && i < n; i++)
		if (strcmp(names[i], running) && has_modules(root, names[i]) &&
		    (!newest || strverscmp(names[i], newest) > 0))
			newest = names[i];
	if (!newest)
		return;
	setup->other_release = hd_text_printable(arena, newest, 128);
	setup->is_other_newer = strverscmp(newest, running) > 0;
}
