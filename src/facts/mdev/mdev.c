/* SPDX-License-Identifier: GPL-2.0-or-later */
/* mdev.c - does a mediated device exist, and if not, can it be made? */
#include "config.h"

#include <errno.h>
#include <string.h>

#include "base/text.h"
#include "facts/holders/holders.h"
#include "facts/mdev/mdev.h"

#define MDEV_BUS "sys/class/mdev_bus"
#define MAX_LIST 400
#define MAX_NAME 100

/*
 * The value of "mdev_type" in mdevctl's JSON (mdevctl(8)): a flat object of
 * strings and arrays, which needs no parser; in an unknown form it has no type.
 */
static const char *type_of(struct hd_arena *arena, const char *json)
{
	static const char key[] = "\"mdev_type\"";
	const char *at = strstr(json, key);
	size_t length;

	if (!at)
		return NULL;
	at += strlen(key);
	at += strspn(at, " \t\r\n:");
	if (*at++ != '"')
		return NULL;
	length = strcspn(at, "\"\\/\n");
	if (!length || length > MAX_NAME || at[length] != '"' || *at == '.')
		return NULL;
	return hd_strndup(arena, at, length);
}

static void read_definition(struct hd_mdev_facts *mdev, const struct hd_sysroot *root,
			    struct hd_arena *arena, const char *parent)
{
	const char *json, *type = NULL;
	uint64_t available;

	if (hd_sysroot_text(root, arena, &json, HD_MDEVCTL "/%s/%s", parent,
			    mdev->hostdev->mdev_uuid) >= 0)
		type = type_of(arena, json);
	mdev->parent = hd_text_printable(arena, parent, MAX_NAME);
	mdev->available = -1;
	if (!type)
		return;
	mdev->type = hd_text_printable(arena, type, MAX_NAME);
	if (hd_sysroot_u64(root, &available,
			   MDEV_BUS "/%s/mdev_supported_types/%s/available_instances",
			   parent, type) == 0 && available <= INT32_MAX)
		mdev->available = (int)available;
}

static void find_definition(struct hd_mdev_facts *mdev, const struct hd_sysroot *root,
			    struct hd_arena *arena)
{
	const char *const *parents;
	ssize_t n = hd_sysroot_names(root, arena, &parents, HD_MDEVCTL);

	for (ssize_t i = 0; i < n && !mdev->parent; i++)
		if (hd_sysroot_has(root, HD_MDEVCTL "/%s/%s", parents[i],
				   mdev->hostdev->mdev_uuid))
			read_definition(mdev, root, arena, parents[i]);
}

/* What is unknown counts as in use. */
static void read_device(struct hd_mdev_facts *mdev, const struct hd_sysroot *root,
			struct hd_arena *arena)
{
	const char *dir =
		hd_printf(arena, HD_SYS_MDEV "/%s", mdev->hostdev->mdev_uuid);
	const char *text, *who = NULL;
	int rc;

	if (hd_sysroot_text(root, arena, &text, "%s/mdev_type/device_api", dir) > 0)
		mdev->device_api = hd_text_printable(arena, text, MAX_NAME);
	rc = hd_vfio_nodes(&mdev->nodes, &mdev->n_nodes, root, arena, dir);
	if (rc == 0)
		rc = hd_vfio_dir_in_use(root, arena, dir, &who);
	if (rc < 0)
		mdev->busy = hd_printf(arena, "whether its VFIO group is open is unknown: %s",
				       who ? who : strerror(-rc));
	else if (rc)
		mdev->busy = hd_printf(arena, "its VFIO group is open by %s", who);
}

void hd_mdev_read(struct hd_mdev_facts *ret, const struct hd_sysroot *root,
		  struct hd_arena *arena, const struct hd_hostdev *hostdev)
{
	*ret = (struct hd_mdev_facts){
		.hostdev = hostdev,
		.name = hd_printf(arena, "mdev %s", hostdev->mdev_uuid),
		.exists = hd_sysroot_has(root, HD_SYS_MDEV "/%s", hostdev->mdev_uuid),
		.available = -1,
	};
	if (ret->exists)
		read_device(ret, root, arena);
	find_definition(ret, root, arena);
}

/* "ID    : NAME" lines below a heading (NVIDIA's Virtual GPU Software User Guide). */
static const char *types_of(struct hd_arena *arena, const char *text)
{
	const char *all = NULL, *line;

	while ((line = hd_text_next_line(arena, &text))) {
		size_t digits = strspn(line, "0123456789");
		const char *name = line + digits;

		if (!digits)
			continue;
		name += strspn(name, " \t:");
		line = hd_printf(arena, "%.*s %s", (int)digits, line, name);
		all = all ? hd_printf(arena, "%s, %s", all, line) : line;
		if (strlen(all) > MAX_LIST)
			break;
	}
	return all ? hd_text_printable(arena, all, MAX_LIST) : NULL;
}

void hd_vgpu_read(struct hd_vgpu *ret, const struct hd_sysroot *root,
		  struct hd_arena *arena, const struct hd_pci_fn *fn)
{
	const char *text;
	uint64_t type;
	int rc;

	*ret = (struct hd_vgpu){ .is_there = false };
	if (!fn->physfn)
		return;
	rc = hd_sysroot_u64(root, &type, "%s/nvidia/current_vgpu_type", fn->path);
	if (rc == -ENOENT)
		return;
	ret->is_there = true;
	ret->is_unknown = rc < 0;
	ret->type = rc < 0 ? 0 : (unsigned)type;
	if (hd_sysroot_text(root, arena, &text, "%s/nvidia/creatable_vgpu_types",
			    fn->path) > 0)
		ret->creatable = types_of(arena, text);
}

/* Which devices does a function's driver make of it, and who has them? */

struct reading {
	struct hd_children *children;
	const struct hd_sysroot *root;
	struct hd_arena *arena;
	const struct hd_pci_fn *fn;
};

static struct hd_child *add_child(struct reading *r)
{
	struct hd_children *children = r->children;

	if (children->n >= HD_CHILDREN_MAX) {
		children->unknown = "there are more of them than are examined";
		return NULL;
	}
	return hd_append(r->arena, &children->items, &children->n, sizeof(*children->items));
}

/* What is unknown counts as in use. */
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
	struct hd_child *child = add_child(r);

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
		child = add_child(r);
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

const char *hd_mdev_type_name(const struct hd_sysroot *root, struct hd_arena *arena,
			      const char *uuid)
{
	const char *name;

	return hd_sysroot_text(root, arena, &name, HD_SYS_MDEV "/%s/mdev_type/name", uuid) > 0 ?
	       name : NULL;
}
