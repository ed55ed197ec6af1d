/* SPDX-License-Identifier: GPL-2.0-or-later */
/* pci_netdevs.c - the network interfaces below a PCI function. */
#include "config.h"

#include <ctype.h>
#include <string.h>

#include "base/text.h"
#include "facts/pci/pci.h"

#define BASE_CLASS(class) ((class) >> 16)
#define CLASS_NETWORK 0x02u
#define CLASS_SERIAL_BUS 0x0cu
/* usb3/3-1/3-1.4/3-1.4:1.0 and so on: USB allows seven tiers. */
#define MAX_DEPTH 9

struct walk {
	struct hd_pci_fn *fn;
	const struct hd_sysroot *root;
	struct hd_arena *arena;
	const char **names;
	size_t n;
	bool hides_some;
};

/*
 * An interface of another network namespace is not listed, but its directory
 * counts as a link of the one above it, which is gone without any (Linux
 * fs/kernfs/dir.c, kernfs_link_sibling and kernfs_fop_readdir; drivers/base/core.c,
 * cleanup_glue_dir).  File systems that count no directories say 1.
 */
static bool hides_some(const struct walk *walk, const char *path, size_t n_shown)
{
	struct stat st;

	if (hd_sysroot_stat(walk->root, &st, "%s/net", path) < 0)
		return false;
	return !n_shown || (st.st_nlink > 2 && st.st_nlink - 2 > n_shown);
}

static void add_interfaces(struct walk *walk, const char *path)
{
	const char *const *names = NULL;
	ssize_t n = hd_sysroot_names(walk->root, walk->arena, &names, "%s/net", path);

	if (n >= 0 && hides_some(walk, path, (size_t)n))
		walk->hides_some = true;
	for (ssize_t i = 0; i < n; i++)
		hd_push(walk->arena, &walk->names, &walk->n, names[i]);
}

/* Directories of devices below the function that are not PCI functions themselves. */
static bool leads_on(const char *name)
{
	struct hd_pci_addr addr;

	if (hd_pci_addr_parse(name, &addr))
		return false;
	if (hd_text_starts_with(name, "usb") || hd_text_starts_with(name, "virtio") ||
	    hd_text_starts_with(name, "vdpa"))
		return true;
	/* "1-1:1.0", and of the auxiliary bus "mlx5_core.sf.4". */
	return isdigit((unsigned char)name[0]) || strchr(name, '.');
}

/* Level by level with a list instead of recursion: the tree may be a stranger's. */
static void walk_below(struct walk *walk)
{
	const char **level = hd_alloc(walk->arena, sizeof(*level));
	size_t n_level = 1;

	level[0] = walk->fn->path;
	for (int depth = 0; depth < MAX_DEPTH && n_level; depth++) {
		const char **next = NULL;
		size_t n_next = 0;

		for (size_t i = 0; i < n_level; i++) {
			const char *const *names = NULL;
			ssize_t n = hd_sysroot_names(walk->root, walk->arena, &names, "%s",
						     level[i]);

			for (ssize_t k = 0; k < n; k++)
				if (leads_on(names[k]))
					hd_push(walk->arena, &next, &n_next, hd_printf(walk->arena, "%s/%s", level[i],
							  names[k]));
		}
		for (size_t i = 0; i < n_next; i++)
			add_interfaces(walk, next[i]);
		level = next;
		n_level = n_next;
	}
}

/* Subfunctions of a network card have interfaces beside its own. */
static bool has_subfunctions(const struct hd_pci_fn *fn)
{
	return BASE_CLASS(fn->class) == CLASS_NETWORK;
}

static bool may_have_children(const struct hd_pci_fn *fn)
{
	return BASE_CLASS(fn->class) == CLASS_SERIAL_BUS ||
	       (fn->driver && !strcmp(fn->driver, "virtio-pci"));
}

void hd_pci_netdevs_read(struct hd_pci_fn *fn, const struct hd_sysroot *root,
			 struct hd_arena *arena)
{
	struct walk walk = { .fn = fn, .root = root, .arena = arena };

	add_interfaces(&walk, fn->path);
	if (has_subfunctions(fn) || (!walk.n && !walk.hides_some && may_have_children(fn)))
		walk_below(&walk);
	fn->netdevs = walk.names;
	fn->n_netdevs = walk.n;
	fn->hides_netdevs = walk.hides_some;
}
