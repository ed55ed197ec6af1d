/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * nodes.c - which device nodes belong to a device?
 *
 * A directory of sysfs with a file "dev" has a node of that number; "uevent"
 * names it.  The walk starts at the device and follows no link, so its cost is
 * that of the device, whatever the host has besides.
 */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/dir.h"
#include "base/text.h"
#include "facts/holders/nodes.h"

#define MAX_DEPTH 24		/* hubs behind docks behind a VMD reach 17 */
#define MAX_ENTRIES 65536
#define MAX_NODES 4096
#define MAX_NAME 128

struct walk {
	const struct hd_sysroot *root;
	struct hd_arena *arena;
	struct hd_error *err;
	struct hd_node **nodes;
	size_t *n;
	bool stops_at_functions;
	size_t n_entries;
};

static int visit(struct walk *walk, const char *path, int depth);

/* Directories that can have many entries and never a node. */
static bool is_dull(const char *name)
{
	static const char *const dull[] = {
		"power", "queue", "queues", "mq", "msi_irqs", "trace",
		"slaves", "holders", "integrity", "statistics", "hwmon", "net",
		"iommu", "link", "leds",
	};

	for (size_t i = 0; i < HD_ARRAY_SIZE(dull); i++)
		if (!strcmp(name, dull[i]))
			return true;
	return false;
}

static bool parse_number(const char *text, unsigned *ret_major, unsigned *ret_minor)
{
	const char *colon = strchr(text, ':');
	char major[16];
	uint64_t high, low;

	if (!colon || (size_t)(colon - text) >= sizeof(major))
		return false;
	memcpy(major, text, (size_t)(colon - text));
	major[colon - text] = '\0';
	/* Linux include/linux/kdev_t.h: 12 bits of major, 20 of minor. */
	if (!hd_text_u64(major, &high) || !hd_text_u64(colon + 1, &low) ||
	    high >= 1u << 12 || low >= 1u << 20)
		return false;
	*ret_major = (unsigned)high;
	*ret_minor = (unsigned)low;
	return true;
}

/* The value of the line "KEY=value" of an uevent file, or NULL. */
static const char *uevent_value(struct hd_arena *arena, const char *uevent,
				const char *key)
{
	size_t length = strlen(key);
	const char *line;

	while ((line = hd_text_next_line(arena, &uevent)))
		if (!strncmp(line, key, length) && line[length] == '=')
			return line + length + 1;
	return NULL;
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

static int add(struct walk *walk, const struct hd_node *node)
{
	if (is_known(walk, node))
		return 0;
	if (*walk->n >= MAX_NODES)
		return hd_fail(walk->err, -E2BIG, "%s: too many device nodes", node->name);
	*(struct hd_node *)hd_append(walk->arena, walk->nodes, walk->n, sizeof(*node)) =
		*node;
	return 0;
}

/* The node of a directory with a file "dev"; a device that vanishes has none. */
static int add_node(struct walk *walk, const char *path)
{
	const char *number, *uevent = "", *name;
	struct hd_node node = { 0 };

	if (hd_sysroot_text(walk->root, walk->arena, &number, "%s/dev", path) <= 0)
		return 0;
	if (!parse_number(number, &node.major, &node.minor))
		return hd_fail(walk->err, -EINVAL, "%s/dev is no device number", path);
	if (hd_sysroot_text(walk->root, walk->arena, &uevent, "%s/uevent", path) < 0)
		uevent = "";
	if (hd_sysroot_link_base(walk->root, walk->arena, &node.subsystem, "%s/subsystem",
				 path) < 0)
		node.subsystem = "";
	name = uevent_value(walk->arena, uevent, "DEVNAME");
	if (!name)
		name = strrchr(path, '/') + 1;
	node.name = hd_printf(walk->arena, "/dev/%s",
			      hd_text_printable(walk->arena, name, MAX_NAME));
	node.is_block = !strcmp(node.subsystem, "block");
	return add(walk, &node);
}

static bool is_entered(const struct walk *walk, const char *name)
{
	struct hd_pci_addr addr;

	return !is_dull(name) &&
	       !(walk->stops_at_functions && hd_pci_addr_parse(name, &addr));
}

static int descend(struct walk *walk, const char *path, const char *const *children,
		   size_t n, int depth)
{
	int rc = 0;

	for (size_t i = 0; rc == 0 && i < n; i++)
		rc = visit(walk, hd_printf(walk->arena, "%s/%s", path, children[i]),
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
static int list(struct walk *walk, const char *path, int dir_fd, const char ***ret,
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
			*(const char **)hd_append(walk->arena, ret, ret_n,
						  sizeof(**ret)) =
				hd_strdup(walk->arena, entry->d_name);
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

static int visit(struct walk *walk, const char *path, int depth)
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
	rc = list(walk, path, fd, &children, &n);
	if (rc < 0)
		return rc;
	if (n)
		qsort(children, n, sizeof(*children), by_version);
	return descend(walk, path, children, n, depth);
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

	return visit(&walk, dir, 0);
}
