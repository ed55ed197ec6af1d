/* SPDX-License-Identifier: GPL-2.0-or-later */
/* vfio_holders.c - is a function open through VFIO, and by whom? */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>

#include "base/clock.h"
#include "base/pciaddr.h"
#include "base/text.h"
#include "facts/holders/holders.h"
#include "facts/pci/pci.h"

#define CLASS "sys/class/vfio"		/* one directory per group that is on VFIO */
#define MOMENT_MS 1000
#define AGAIN_MS 10

/* The group's node and, on kernels that have it, the device's own. */
struct vfio_nodes {
	struct hd_node items[2];
	size_t n;
	const char *group;	/* "12", or NULL */
};

/* What the kernel said of the group. */
enum word {
	WORD_NONE,	/* nothing: its node is not to be seen from here, or there is no group */
	WORD_FREE,
	WORD_BUSY,
};

/*
 * The number is from sysfs where it has one: /dev may not be the host's (containers,
 * PrivateDevices= of systemd.exec(5)).
 */
static int read_number(struct hd_node *node, const struct hd_sysroot *root,
		       struct hd_arena *arena, const char *dir)
{
	struct hd_node *found = NULL;
	struct hd_error err;
	struct stat st;
	size_t n = 0;
	int rc = hd_node_at(&found, &n, root, arena, dir, &err);

	if (rc < 0)
		return rc;
	if (n) {
		node->major = found->major;
		node->minor = found->minor;
		return 1;
	}
	if (hd_sysroot_stat(root, &st, "%s", node->name + 1) < 0 || !S_ISCHR(st.st_mode))
		return 0;
	node->major = major(st.st_rdev);
	node->minor = minor(st.st_rdev);
	return 1;
}

/* The node PATH, whose number is in DIR; 1 if it exists, also where it cannot be seen. */
static int add_node(struct vfio_nodes *nodes, const struct hd_sysroot *root,
		    struct hd_arena *arena, const char *path, const char *dir)
{
	struct hd_node *node = &nodes->items[nodes->n];
	int rc = 1;

	*node = (struct hd_node){ .name = path, .subsystem = "vfio" };
	if (root->is_live)
		rc = read_number(node, root, arena, dir);
	nodes->n += rc > 0;
	return rc;
}

/* "12" of "/dev/vfio/12", or NULL for a device without a group. */
static int group_of(const struct hd_sysroot *root, struct hd_arena *arena,
		    const char *dir, const char **ret)
{
	const char *group;
	uint64_t number;
	int rc = hd_sysroot_link_base(root, arena, &group, "%s/iommu_group", dir);

	*ret = NULL;
	if (rc == -ENOENT)
		return 0;
	if (rc < 0)
		return rc;
	if (!hd_text_u64(group, &number))
		return -EINVAL;
	*ret = group;
	return 0;
}

static int add_group(struct vfio_nodes *nodes, const struct hd_sysroot *root,
		     struct hd_arena *arena, const char *group)
{
	return add_node(nodes, root, arena, hd_printf(arena, "/dev/vfio/%s", group),
			hd_printf(arena, CLASS "/%s", group));
}

/* "/dev/vfio/devices/vfio3" of DIR/vfio-dev/vfio3, if there is one. */
static int add_device(struct vfio_nodes *nodes, const struct hd_sysroot *root,
		      struct hd_arena *arena, const char *dir)
{
	const char *const *names;
	ssize_t n = hd_sysroot_names(root, arena, &names, "%s/vfio-dev", dir);

	if (n < 0)
		return n == -ENOENT ? 0 : (int)n;
	for (ssize_t i = 0; i < n; i++)
		if (hd_text_is_numbered(names[i], "vfio"))
			return add_node(nodes, root, arena,
					hd_printf(arena, "/dev/vfio/devices/%s", names[i]),
					hd_printf(arena, "%s/vfio-dev/%s", dir, names[i]));
	return 0;
}

/* Its word on the group, or a negative errno. */
static int try_group(const struct hd_sysroot *root, const char *group)
{
	const int flags = O_RDWR | O_NOFOLLOW | O_NOCTTY;
	_cleanup_(hd_close) int fd = hd_sysroot_fd(root, flags, "dev/vfio/%s", group);

	if (fd == -ENOENT)
		return WORD_NONE;
	/* The node is there but no device of the group is on VFIO any more. */
	if (fd >= 0 || fd == -ENODEV || fd == -ENXIO)
		return WORD_FREE;
	return fd == -EBUSY ? WORD_BUSY : fd;
}

/*
 * 1 with the name of who has a node open, 0 nobody, or a negative errno: -EACCES also
 * where the processes cannot be seen, with the reason in *RET.
 */
static int name_holder(const struct hd_sysroot *root, struct hd_arena *arena,
		       const struct vfio_nodes *nodes, const char **ret)
{
	struct hd_holders holders;
	struct hd_error err;
	int rc = hd_holders_read(&holders, root, arena, nodes->items, nodes->n, &err);

	if (rc < 0)
		return rc;
	if (!holders.n && holders.unread) {
		*ret = holders.unread;
		return -EACCES;
	}
	if (!holders.n)
		return 0;
	*ret = hd_printf(arena, "%s (pid %ld)", holders.holders[0].command,
			 (long)holders.holders[0].pid);
	return 1;
}

/*
 * Who asks, as try_group() does, has the group open for a moment: a step beside this one, or a list.
 * So "busy" without a process that has it, or with one that is closing it, may be over.
 */
static int ask_again(const struct hd_sysroot *root, const char *group, bool may_wait)
{
	int64_t deadline = hd_now_ms() + (may_wait ? MOMENT_MS : 0);
	int word = try_group(root, group);

	while (word == WORD_BUSY && hd_ms_left(deadline)) {
		(void)poll(NULL, 0, AGAIN_MS);
		word = try_group(root, group);
	}
	return word;
}

/* Finds the nodes of the device, and has the kernel's word if it can be had. */
static int ask_kernel(struct vfio_nodes *nodes, const struct hd_sysroot *root,
		      struct hd_arena *arena, const char *dir)
{
	int word = WORD_NONE, rc = group_of(root, arena, dir, &nodes->group);

	if (rc == 0)
		rc = add_device(nodes, root, arena, dir);
	if (rc < 0 || !nodes->group)
		return rc < 0 ? rc : WORD_NONE;
	if (root->is_live)
		word = try_group(root, nodes->group);
	/* A free group cannot be what a process holds; its descriptors need no look. */
	if (word == WORD_NONE || word == WORD_BUSY)
		rc = add_group(nodes, root, arena, nodes->group);
	return rc < 0 ? rc : word;
}

int hd_vfio_dir_in_use(const struct hd_sysroot *root, struct hd_arena *arena,
		       const char *dir, const char **ret_who)
{
	struct vfio_nodes nodes = { .n = 0 };
	const char *who = NULL;
	int found, word = ask_kernel(&nodes, root, arena, dir);

	if (word < 0)
		return word;
	found = name_holder(root, arena, &nodes, &who);
	if (word == WORD_BUSY && ask_again(root, nodes.group, !found) == WORD_FREE)
		return 0;
	if (word == WORD_BUSY) {
		*ret_who = found > 0 ? who : "a process";
		return 1;
	}
	if (found < 0 && word == WORD_FREE)
		return 0;
	if (who)
		*ret_who = who;
	return found;
}

int hd_vfio_nodes(struct hd_node **ret, size_t *n, const struct hd_sysroot *root,
		  struct hd_arena *arena, const char *dir)
{
	struct vfio_nodes nodes = { .n = 0 };
	const char *group;
	int rc = group_of(root, arena, dir, &group);

	if (rc == 0)
		rc = add_device(&nodes, root, arena, dir);
	if (rc >= 0 && group)
		rc = add_group(&nodes, root, arena, group);
	if (rc < 0)
		return rc;
	for (size_t i = 0; i < nodes.n; i++)
		hd_push(arena, ret, n, nodes.items[i]);
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
