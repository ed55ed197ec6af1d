/* SPDX-License-Identifier: GPL-2.0-or-later */
/* boot_pages.c - what else sets the number of huge pages at boot. */
#include "config.h"

#include <string.h>

#include "base/text.h"
#include "facts/boot/boot_pages.h"
#include "facts/boot/conf_dirs.h"

/* "vm.nr_hugepages = 512", also with slashes and a "-" before (sysctl.d(5)). */
static bool sets_pages(struct hd_arena *arena, const char *text)
{
	static const char *const keys[] = { "vm.nr_hugepages", "vm/nr_hugepages" };
	const char *line;

	while ((line = hd_text_next_line(arena, &text))) {
		line += strspn(line, " \t-");
		for (size_t i = 0; i < HD_ARRAY_SIZE(keys); i++) {
			size_t length = strlen(keys[i]);

			if (!strncmp(line, keys[i], length) && strchr(" \t=", line[length]))
				return true;
		}
	}
	return false;
}

const char *hd_boot_pages_sysctl(const struct hd_sysroot *root, struct hd_arena *arena)
{
	const char *const *files;
	const char *text;
	size_t n;

	hd_conf_files(root, arena, "sysctl.d", &files, &n);
	for (size_t i = 0; i < n; i++)
		if (hd_sysroot_text(root, arena, &text, "%s", files[i]) > 0 &&
		    sets_pages(arena, text))
			return files[i];
	if (hd_sysroot_text(root, arena, &text, "etc/sysctl.conf") > 0 && sets_pages(arena, text))
		return "etc/sysctl.conf";
	return NULL;
}
