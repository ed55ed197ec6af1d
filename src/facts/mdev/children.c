/* SPDX-License-Identifier: GPL-2.0-or-later */
/* children.c - which devices does a function's driver make of it, and who has them? */
#include "config.h"

#include <string.h>

#include "base/text.h"
#include "facts/holders/holders.h"
#include "facts/mdev/children.h"

#define MAX_NAME 100

struct reading {
	struct hd_children *children;
	const struct hd_sysroot *root;
	struct hd_arena *arena;
	const struct hd_pci_fn *fn;
};

static struct hd_child *add(struct reading *r)
{
	struct hd_children *children = r->children;

	if (children->n >= HD_CHILDREN_MAX) {
		children->unknown = "there are more of them than are examined";
		return NULL;
	}
	return hd_append(r->arena, &children->items, &children->n, sizeof(*children->items));
}

/* What cannot be told counts as in use. */
static const char *user_of(struct reading *r, const char *dir)
{
	const char *who = "a process";
	int rc = hd_vfio_dir_in_use(r->root, r->arena, dir, &who);

	if (rc < 0)
		return hd_printf(r->arena, "whether somebody has it open is unknown: %s",
				 strerror(-rc));
	return rc ? hd_printf(r->arena, "open by %s", who) : NULL;
}

static void add_mdev(struct reading *r, const char *name, const char *uuid)
{
	const char *dir = hd_printf(r->arena, "%s/%s", r->fn->path, name), *type;
	struct hd_child *child = add(r);

	if (!child)
		return;
	*child = (struct hd_child){ .name = hd_strdup(r->arena, uuid), .busy = user_of(r, dir) };
	if (hd_sysroot_link_base(r->root, r->arena, &type, "%s/mdev_type", dir) == 0)
		child->type = hd_text_printable(r->arena, type, MAX_NAME);
}

static void read_mdevs(struct reading *r)
{
	const char *const *names = NULL;
	ssize_t n = hd_sysroot_names(r->root, r->arena, &names, "%s", r->fn->path);
	char uuid[37];

	if (n < 0)
		r->children->unknown = hd_printf(r->arena, "cannot read %s: %s", r->fn->path,
						 strerror((int)-n));
	for (ssize_t i = 0; i < n; i++)
		if (hd_text_uuid(names[i], uuid))
			add_mdev(r, names[i], uuid);
}

/* By the kernel's links: a read of a stuck driver's files may not end. */
static void read_vfs(struct reading *r)
{
	for (int i = 0; i < r->fn->sriov_numvfs; i++) {
		const char *name;
		struct hd_child *child;
		struct hd_pci_addr addr;

		if (hd_sysroot_link_base(r->root, r->arena, &name, "%s/virtfn%d", r->fn->path,
					 i) < 0 || !hd_pci_addr_parse(name, &addr))
			continue;
		child = add(r);
		if (!child)
			return;
		*child = (struct hd_child){ .is_vf = true, .name = name };
		name = hd_printf(r->arena, HD_SYS_PCI "/%s", name);
		if (hd_sysroot_has(r->root, "%s/vfio-dev", name))
			child->busy = user_of(r, name);
	}
}

void hd_children_read(struct hd_children *ret, const struct hd_sysroot *root,
		      struct hd_arena *arena, const struct hd_pci_fn *fn)
{
	struct hd_children children = { .n = 0 };
	struct reading r = { &children, root, arena, fn };

	read_mdevs(&r);
	read_vfs(&r);
	*ret = children;
}
