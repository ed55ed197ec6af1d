/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * nodes.c - which device nodes belong to a device?
 *
 * A directory of sysfs with a file "dev" has a node of that number; "uevent"
 * names it.  The walk starts at the device and follows no link, so its cost
 * depends on the device alone.
 */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>

#include "base/dir.h"
#include "base/text.h"
#include "facts/holders/nodes.h"
#include "facts/pci/virtio.h"

#define MAX_DEPTH 24		/* hubs behind docks behind a VMD reach 17 */
#define MAX_ENTRIES 65536
#define MAX_NODES 4096
#define MAX_NAME 128
#define NVIDIA_MAJOR 195	/* Documentation/admin-guide/devices.txt */
#define UP "../../"		/* from sys/class/block/NAME to sys */

struct walk {
	const struct hd_sysroot *root;
	struct hd_arena *arena;
	struct hd_error *err;
	struct hd_node **nodes;
	size_t *n;
	bool stops_at_functions;
	size_t n_entries;
};

static int visit_dir(struct walk *walk, const char *path, int depth);

/* Directories that can have many entries and never a node. */
static bool is_dull(const char *name)
{
	static const char *const dull[] = {
		"power", "queue", "queues", "mq", "msi_irqs", "trace",
		"slaves", "holders", "integrity", "statistics", "hwmon", "net",
		"iommu", "link", "leds",
	};

	return HD_IS_ANY(name, dull);
}

static bool is_known(const struct walk *walk, const struct hd_node *node)
{
	for (size_t i = 0; i < *walk->n; i++)
		if ((*walk->nodes)[i].major == node->major &&
		    (*walk->nodes)[i].minor == node->minor &&
		    (*walk->nodes)[i].is_block == node->is_block)
			return true;
	return false;
}

static int append_node(struct walk *walk, const struct hd_node *node)
{
	if (is_known(walk, node))
		return 0;
	if (*walk->n >= MAX_NODES)
		return hd_fail(walk->err, -E2BIG, "%s: too many device nodes", node->name);
	hd_push(walk->arena, walk->nodes, walk->n, *node);
	return 0;
}

/* The node of a directory with a file "dev"; a device that vanishes has none. */
static int add_node(struct walk *walk, const char *path)
{
	const char *number, *uevent = "", *name;
	struct hd_node node = { 0 };

	if (hd_sysroot_text(walk->root, walk->arena, &number, "%s/dev", path) <= 0)
		return 0;
	if (!hd_text_device_number(number, &node.major, &node.minor))
		return hd_fail(walk->err, -EINVAL, "%s/dev is not a device number", path);
	if (hd_sysroot_text(walk->root, walk->arena, &uevent, "%s/uevent", path) < 0)
		uevent = "";
	if (hd_sysroot_link_base(walk->root, walk->arena, &node.subsystem, "%s/subsystem",
				 path) < 0)
		node.subsystem = "";
	name = hd_text_line_value(walk->arena, uevent, "DEVNAME=");
	node.name = hd_printf(walk->arena, "/dev/%s",
			      hd_text_printable(walk->arena, name ? name : basename(path),
						MAX_NAME));
	node.is_block = !strcmp(node.subsystem, "block");
	return append_node(walk, &node);
}

static bool is_entered(const struct walk *walk, const char *name)
{
	struct hd_pci_addr addr;

	return !is_dull(name) &&
	       !(walk->stops_at_functions && hd_pci_addr_parse(name, &addr));
}

static int descend_dir(struct walk *walk, const char *path, const char *const *children,
		       size_t n, int depth)
{
	int rc = 0;

	for (size_t i = 0; rc == 0 && i < n; i++)
		rc = visit_dir(walk, hd_printf(walk->arena, "%s/%s", path, children[i]),
			       depth + 1);
	return rc;
}

static unsigned char type_of(const struct walk *walk, const struct hd_dir *dir,
			     const struct dirent64 *entry, const char *path)
{
	unsigned char type = hd_dir_type(dir, entry);

	if (type == DT_UNKNOWN)
		(void)hd_sysroot_note(walk->root, -errno, path);
	return type;
}

/* The directory is closed before its children are opened: few descriptors, any depth. */
static int list_children(struct walk *walk, const char *path, int dir_fd, const char ***ret,
			 size_t *ret_n)
{
	_cleanup_(hd_close) int fd = dir_fd;
	const struct dirent64 *entry;
	bool has_node = false;
	struct hd_dir dir;

	hd_dir_begin(&dir, fd);
	while ((entry = hd_dir_next(&dir))) {
		unsigned char type = type_of(walk, &dir, entry, path);

		if (++walk->n_entries > MAX_ENTRIES)
			return hd_fail(walk->err, -E2BIG, "%s: too many entries", path);
		if (type == DT_REG && !strcmp(entry->d_name, "dev"))
			has_node = true;
		if (type == DT_DIR && is_entered(walk, entry->d_name))
			hd_push(walk->arena, ret, ret_n, hd_strdup(walk->arena, entry->d_name));
	}
	if (dir.rc < 0 && dir.rc != -ENOENT)
		return hd_fail(walk->err, dir.rc, "cannot read %s: %s", path,
			       strerror(-dir.rc));
	return has_node ? add_node(walk, path) : 0;
}

static int by_version(const void *a, const void *b)
{
	return strverscmp(*(const char *const *)a, *(const char *const *)b);
}

static int visit_dir(struct walk *walk, const char *path, int depth)
{
	const int flags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW;
	const char **children = NULL;
	size_t n = 0;
	int rc, fd;

	if (depth > MAX_DEPTH)
		return hd_fail(walk->err, -ELOOP, "%s: too deep", path);
	fd = hd_sysroot_fd(walk->root, flags, "%s", path);
	if (fd == -ENOENT)
		return 0;
	if (fd < 0)
		return hd_fail(walk->err, fd, "cannot open %s: %s", path, strerror(-fd));
	rc = list_children(walk, path, fd, &children, &n);
	if (rc < 0)
		return rc;
	HD_SORT(children, n, by_version);
	return descend_dir(walk, path, children, n, depth);
}

int hd_node_at(struct hd_node **ret, size_t *n, const struct hd_sysroot *root,
	       struct hd_arena *arena, const char *dir, struct hd_error *err)
{
	struct walk walk = { .root = root, .arena = arena, .err = err, .nodes = ret,
			     .n = n };

	return add_node(&walk, dir);
}

int hd_nodes_below(struct hd_node **ret, size_t *n, const struct hd_sysroot *root,
		   struct hd_arena *arena, const char *dir, bool stops_at_functions,
		   struct hd_error *err)
{
	struct walk walk = { .root = root, .arena = arena, .err = err, .nodes = ret,
			     .n = n, .stops_at_functions = stops_at_functions };

	return visit_dir(&walk, dir, 0);
}

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
			hd_push(arena, ret, n, (struct hd_node){
				.major = HD_NODE_FILE,
				.minor = (unsigned)entry->d_ino,
				.name = hd_printf(arena, "/%s/%s", fn->path, entry->d_name),
				.subsystem = "pci",
			});
	if (dir.rc < 0 && dir.rc != -ENOENT)
		return hd_fail(err, dir.rc, "cannot read %s: %s", fn->path, strerror(-dir.rc));
	return 0;
}

struct collector {
	struct hd_node **nodes;
	size_t *n;
	const struct hd_sysroot *root;
	struct hd_arena *arena;
	struct hd_error *err;
};

/* The disk's own directory and its partitions', wherever the class leads. */
static int add_disk(struct collector *c, const struct hd_disk *disk)
{
	const char *target;

	if (strchr(disk->name, '/') ||
	    hd_sysroot_link(c->root, c->arena, &target, "sys/class/block/%s", disk->name) < 0)
		return 0;
	if (!hd_text_starts_with(target, UP "devices/") || strstr(target + strlen(UP), ".."))
		return 0;
	return hd_nodes_below(c->nodes, c->n, c->root, c->arena,
			      hd_printf(c->arena, "sys/%s", target + strlen(UP)), false,
			      c->err);
}

/*
 * The character node of a multipath head, ngXnY, stands beside it and not below
 * the controllers (Linux drivers/nvme/host/multipath.c, nvme_add_ns_head_cdev).
 */
static int add_generic(struct collector *c, const struct hd_disk *disk)
{
	const char *number = disk->name + strlen("nvme");

	if (!hd_text_starts_with(disk->name, "nvme") || strchr(disk->name, '/') ||
	    !hd_sysroot_has(c->root, "sys/class/nvme-generic/ng%s/dev", number))
		return 0;
	return hd_node_at(c->nodes, c->n, c->root, c->arena,
			  hd_printf(c->arena, "sys/class/nvme-generic/ng%s", number), c->err);
}

/* nvidia's driver has no class: its proc file tells the minor number. */
static void add_nvidia(struct collector *c, const struct hd_pci_fn *fn)
{
	const char *text, *value;
	struct hd_node *node;
	uint64_t minor;

	if (!fn->driver || strcmp(fn->driver, "nvidia") ||
	    hd_sysroot_text(c->root, c->arena, &text, "proc/driver/nvidia/gpus/%s/information",
			    fn->name) <= 0)
		return;
	value = hd_text_line_value(c->arena, text, "Device Minor:");
	if (!value || !hd_text_u64(value + strspn(value, " \t"), &minor) || minor > 255)
		return;
	node = hd_append(c->arena, c->nodes, c->n, sizeof(*node));
	node->major = NVIDIA_MAJOR;
	node->minor = (unsigned)minor;
	node->name = hd_printf(c->arena, "/dev/nvidia%u", node->minor);
	node->subsystem = "nvidia";
}

/*
 * Nodes that stand at no device, though they are of a function: drivers that register them so.
 * Which terminal is whose of several consoles, no file says.
 */
static const struct elsewhere {
	unsigned virtio;
	const char *driver;	/* where it is not virtio */
	const char *class, *stem;
} elsewhere[] = {
	{ HD_VIRTIO_CONSOLE, NULL, "sys/class/tty", "hvc" },
	{ HD_VIRTIO_NONE, "vmw_vmci", "sys/class/misc", "vmci" },
	{ HD_VIRTIO_NONE, "vboxguest", "sys/class/misc", "vbox" },
	{ HD_VIRTIO_NONE, "nitro_enclaves", "sys/class/misc", "nitro_enclaves" },
	{ HD_VIRTIO_NONE, "ccp", "sys/class/misc", "sev" },
};

static bool is_of(const struct elsewhere *row, const struct hd_pci_fn *fn)
{
	return row->driver ? fn->driver && !strcmp(fn->driver, row->driver) :
	       row->virtio == hd_virtio_type(fn);
}

static int add_row(struct collector *c, const struct elsewhere *row)
{
	const char *const *names;
	ssize_t n = hd_sysroot_names(c->root, c->arena, &names, "%s", row->class);
	int rc = 0;

	for (ssize_t i = 0; rc == 0 && i < n; i++)
		if (hd_text_starts_with(names[i], row->stem))
			rc = hd_node_at(c->nodes, c->n, c->root, c->arena,
					hd_printf(c->arena, "%s/%s", row->class, names[i]), c->err);
	return rc;
}

static int add_elsewhere(struct collector *c, const struct hd_pci_fn *fn)
{
	int rc = 0;

	for (size_t i = 0; rc == 0 && i < HD_ARRAY_SIZE(elsewhere); i++)
		if (is_of(&elsewhere[i], fn))
			rc = add_row(c, &elsewhere[i]);
	return rc;
}

bool hd_nodes_have(const struct hd_node *nodes, size_t n, const char *subsystem)
{
	for (size_t i = 0; i < n; i++)
		if (!strcmp(nodes[i].subsystem, subsystem))
			return true;
	return false;
}

int hd_nodes_read(struct hd_node **ret, size_t *n, const struct hd_sysroot *root,
		  struct hd_arena *arena, const struct hd_pci_fn *fn,
		  const struct hd_storage *storage, struct hd_error *err)
{
	struct collector c = { ret, n, root, arena, err };
	int rc = 0;

	if (fn->path)
		rc = hd_nodes_below(ret, n, root, arena, fn->path, hd_pci_fn_is_bridge(fn),
				    err);
	for (size_t i = 0; rc == 0 && i < storage->n_disks; i++) {
		rc = add_disk(&c, &storage->disks[i]);
		if (rc == 0)
			rc = add_generic(&c, &storage->disks[i]);
	}
	if (rc == 0)
		rc = add_elsewhere(&c, fn);
	if (rc == 0)
		add_nvidia(&c, fn);
	return rc;
}
