/* SPDX-License-Identifier: GPL-2.0-or-later */
/* vfio_use.c - is a function open through VFIO, and by whom? */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>

#include "base/pciaddr.h"
#include "base/text.h"
#include "facts/holders.h"
#include "facts/pci.h"

/* The group's node and, on kernels that have it, the device's own. */
struct vfio_nodes {
	struct hd_node items[2];
	size_t n;
};

static void add_node(struct vfio_nodes *nodes, const struct hd_sysroot *root,
		     const char *path)
{
	struct stat st;
	struct hd_node *node = &nodes->items[nodes->n];

	*node = (struct hd_node){ .name = path, .subsystem = "vfio" };
	if (root->is_live) {
		if (hd_sysroot_stat(root, &st, "%s", path + 1) < 0 ||
		    !S_ISCHR(st.st_mode))
			return;
		node->major = major(st.st_rdev);
		node->minor = minor(st.st_rdev);
	}
	nodes->n++;
}

/* "/dev/vfio/12", or NULL for a device without a group. */
static int group_path(const struct hd_sysroot *root, struct hd_arena *arena,
		      const char *dir, const char **ret)
{
	const char *group;
	uint64_t number;
	int rc = hd_sysroot_link_base(root, arena, &group, "%s/iommu_group", dir);

	if (rc == -ENOENT) {
		*ret = NULL;
		return 0;
	}
	if (rc < 0)
		return rc;
	if (!hd_text_u64(group, &number))
		return -EINVAL;
	*ret = hd_printf(arena, "/dev/vfio/%s", group);
	return 0;
}

static bool is_vfio_name(const char *name)
{
	return hd_text_starts_with(name, "vfio") && name[4] &&
	       strspn(name + 4, "0123456789") == strlen(name + 4);
}

/* "/dev/vfio/devices/vfio3" of DIR/vfio-dev/vfio3, or NULL. */
static const char *device_path(const struct hd_sysroot *root, struct hd_arena *arena,
			       const char *dir)
{
	const char *const *names;
	ssize_t n = hd_sysroot_names(root, arena, &names, "%s/vfio-dev", dir);

	for (ssize_t i = 0; i < n; i++)
		if (is_vfio_name(names[i]))
			return hd_printf(arena, "/dev/vfio/devices/%s", names[i]);
	return NULL;
}

/* 1 a process has the group open, 0 nobody, or a negative errno. */
static int try_group(const struct hd_sysroot *root, const char *path)
{
	const int flags = O_RDWR | O_NOFOLLOW | O_NOCTTY;
	_cleanup_(hd_close) int fd = hd_sysroot_fd(root, flags, "%s", path + 1);

	if (fd >= 0 || fd == -ENOENT)
		return 0;
	/* The node is there but no device of the group is on VFIO any more. */
	if (fd == -ENODEV || fd == -ENXIO)
		return 0;
	return fd == -EBUSY ? 1 : fd;
}

static int name_holder(const struct hd_sysroot *root, struct hd_arena *arena,
		       const struct vfio_nodes *nodes, const char **ret)
{
	struct hd_holders holders;
	struct hd_error err;
	int rc = hd_holders_read(&holders, root, arena, nodes->items, nodes->n, &err);

	if (rc < 0)
		return rc;
	if (!holders.n)
		return 0;
	*ret = hd_printf(arena, "%s (pid %ld)", holders.holders[0].command,
			 (long)holders.holders[0].pid);
	return 1;
}

/* Finds the nodes of the device; 1 if the kernel says that its group is open. */
static int ask_kernel(struct vfio_nodes *nodes, const struct hd_sysroot *root,
		      struct hd_arena *arena, const char *dir)
{
	const char *group, *device = device_path(root, arena, dir);
	int rc = group_path(root, arena, dir, &group);

	if (rc < 0)
		return rc;
	if (device)
		add_node(nodes, root, device);
	if (!group)
		return 0;
	rc = root->is_live ? try_group(root, group) : 0;
	/* A free group cannot be what a process holds; its descriptors need no look. */
	if (rc > 0 || !root->is_live)
		add_node(nodes, root, group);
	return rc;
}

int hd_vfio_dir_in_use(const struct hd_sysroot *root, struct hd_arena *arena,
		       const char *dir, const char **ret_who)
{
	struct vfio_nodes nodes = { .n = 0 };
	const char *who = "a process";
	int found, is_open = ask_kernel(&nodes, root, arena, dir);

	if (is_open < 0)
		return is_open;
	found = name_holder(root, arena, &nodes, &who);
	if (!is_open && found <= 0)
		return found;
	*ret_who = who;
	return 1;
}

int hd_vfio_nodes(struct hd_node **ret, size_t *n, const struct hd_sysroot *root,
		  struct hd_arena *arena, const char *dir)
{
	struct vfio_nodes nodes = { .n = 0 };
	const char *group, *device = device_path(root, arena, dir);
	int rc = group_path(root, arena, dir, &group);

	if (rc < 0)
		return rc;
	if (device)
		add_node(&nodes, root, device);
	if (group)
		add_node(&nodes, root, group);
	for (size_t i = 0; i < nodes.n; i++)
		*(struct hd_node *)hd_append(arena, ret, n, sizeof(**ret)) = nodes.items[i];
	return 0;
}

int hd_vfio_in_use(const struct hd_sysroot *root, struct hd_arena *arena,
		   const char *fn_name, const char **ret_who)
{
	char name[HD_PCI_ADDR_SIZE];
	struct hd_pci_addr addr;

	if (!hd_pci_addr_parse(fn_name, &addr))
		return -EINVAL;
	return hd_vfio_dir_in_use(root, arena,
				  hd_printf(arena, HD_SYS_PCI "/%s",
					    hd_pci_addr_format(&addr, name)),
				  ret_who);
}
