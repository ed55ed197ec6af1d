/* SPDX-License-Identifier: GPL-2.0-or-later */
/* nodes_bars.c - through which files can a process reach a PCI function's BARs? */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>

#include "base/dir.h"
#include "base/text.h"
#include "facts/holders/nodes.h"

/* "resource0" to "resource5", also "_wc"; "resource" is a text (drivers/pci/pci-sysfs.c). */
static bool is_bar(const char *name)
{
	const char *at = name + strlen("resource");

	return hd_text_starts_with(name, "resource") && *at >= '0' && *at <= '5' &&
	       (!at[1] || !strcmp(at + 1, "_wc"));
}

int hd_nodes_bars(struct hd_node **ret, size_t *n, const struct hd_sysroot *root,
		  struct hd_arena *arena, const struct hd_pci_fn *fn, struct hd_error *err)
{
	_cleanup_(hd_close) int fd = fn->path ? hd_sysroot_fd(root, O_RDONLY | O_DIRECTORY, "%s",
							      fn->path) : -ENOENT;
	const struct dirent64 *entry;
	struct hd_dir dir;

	if (fd == -ENOENT)
		return 0;
	if (fd < 0)
		return hd_fail(err, fd, "cannot open %s: %s", fn->path, strerror(-fd));
	hd_dir_begin(&dir, fd);
	while ((entry = hd_dir_next(&dir)))
		if (is_bar(entry->d_name))
			*(struct hd_node *)hd_append(arena, ret, n, sizeof(**ret)) =
				(struct hd_node){
					.major = HD_NODE_FILE,
					.minor = (unsigned)entry->d_ino,
					.name = hd_printf(arena, "/%s/%s", fn->path,
							  entry->d_name),
					.subsystem = "pci",
				};
	if (dir.rc < 0 && dir.rc != -ENOENT)
		return hd_fail(err, dir.rc, "cannot read %s: %s", fn->path, strerror(-dir.rc));
	return 0;
}
