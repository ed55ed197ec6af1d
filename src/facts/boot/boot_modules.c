/* SPDX-License-Identifier: GPL-2.0-or-later */
/* boot_modules.c - which VFIO modules modules-load.d(5) and Debian's etc/modules name. */
#include "config.h"

#include <string.h>

#include "base/kernel_cmdline.h"
#include "base/text.h"
#include "facts/boot/conf_dirs.h"
#include "facts/boot/modules.h"

/* Merged into vfio in Linux 6.2; naming it since is an error at each boot. */
#define VIRQFD "vfio_virqfd"

static void note(struct hd_host *host, struct hd_arena *arena, const char *path,
		 const char *name, size_t length)
{
	if (!host->boot_virqfd && hd_kernel_name_is(name, length, VIRQFD))
		host->boot_virqfd = path;
	for (size_t i = 0; i < HD_VFIO_MODULE_MAX; i++) {
		const char *known = hd_vfio_module_names[i];

		if (hd_kernel_name_is(name, length, known) &&
		    !hd_text_has_word(host->boot_modules, known))
			host->boot_modules =
				hd_printf(arena, "%s%s%s", host->boot_modules,
					  *host->boot_modules ? " " : "", known);
	}
}

static void look_in(struct hd_host *host, const struct hd_sysroot *root,
		    struct hd_arena *arena, const char *path)
{
	const char *text, *line;

	if (hd_sysroot_text(root, arena, &text, "%s", path) < 0)
		return;
	while ((line = hd_text_next_line(arena, &text))) {
		line += strspn(line, " \t");
		if (*line && *line != '#' && *line != ';')
			note(host, arena, path, line, strcspn(line, " \t"));
	}
}

static void look_everywhere(struct hd_host *host, const struct hd_sysroot *root,
			    struct hd_arena *arena, const char *but)
{
	const char *const *paths = NULL;
	size_t n = 0;

	host->boot_modules = "";
	host->boot_virqfd = NULL;
	hd_conf_files(root, arena, "modules-load.d", &paths, &n);
	for (size_t i = 0; i < n; i++)
		if (!but || strcmp(paths[i], but) != 0)
			look_in(host, root, arena, paths[i]);
	look_in(host, root, arena, "etc/modules");
}

void hd_boot_modules_read(struct hd_host *host, const struct hd_sysroot *root,
			  struct hd_arena *arena)
{
	look_everywhere(host, root, arena, NULL);
}

const char *hd_boot_modules_but(const struct hd_sysroot *root, struct hd_arena *arena,
				const char *but, const char **ret_virqfd)
{
	struct hd_host host = { 0 };

	look_everywhere(&host, root, arena, but);
	*ret_virqfd = host.boot_virqfd;
	return host.boot_modules;
}
