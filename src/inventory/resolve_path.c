/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * resolve_path.c - which device has this node?
 *
 * The path is walked link by link, so that none can lead out of /dev; the node
 * itself is never opened, only its number is looked at.
 */
#include "config.h"

#include <errno.h>
#include <limits.h>
#include <string.h>
#include <sys/sysmacros.h>

#include "base/text.h"
#include "inventory/resolve_internal.h"

#define MAX_LINKS 40		/* as the kernel (path_resolution(7)) */
#define MAX_DIRS 65536
#define MAX_DEPTH 24
#define USB_NODES "dev/bus/usb/"

struct walk {
	const struct hd_resolver *r;
	const char *done;	/* "dev/disk", without links */
	const char *rest;	/* "by-id/..." */
	int n_links;
};

static int go_up(struct walk *walk)
{
	const char *slash = strrchr(walk->done, '/');

	if (!slash)
		return -EXDEV;
	walk->done = hd_strndup(walk->r->arena, walk->done, (size_t)(slash - walk->done));
	return 0;
}

static int follow_target(struct walk *walk, const char *target)
{
	if (++walk->n_links > MAX_LINKS)
		return -ELOOP;
	if (target[0] == '/') {
		if (!hd_text_starts_with(target, "/dev/"))
			return -EXDEV;
		walk->done = "dev";
		target += strlen("/dev/");
	}
	if (strlen(target) + strlen(walk->rest) >= PATH_MAX)
		return -ENAMETOOLONG;
	walk->rest = hd_printf(walk->r->arena, "%s/%s", target, walk->rest);
	return 0;
}

static int step(struct walk *walk)
{
	size_t length = strcspn(walk->rest, "/");
	const char *name = hd_strndup(walk->r->arena, walk->rest, length), *path, *target;
	int rc;

	walk->rest += length + (walk->rest[length] == '/');
	if (!length || !strcmp(name, "."))
		return 0;
	if (!strcmp(name, ".."))
		return go_up(walk);
	path = hd_printf(walk->r->arena, "%s/%s", walk->done, name);
	rc = hd_sysroot_link(walk->r->root, walk->r->arena, &target, "%s", path);
	if (rc == 0)
		return follow_target(walk, target);
	if (rc == -EINVAL)	/* not a link */
		walk->done = path;
	/* A captured tree may know a device and have no node for it. */
	else if (rc == -ENOENT && !walk->r->root->is_live)
		walk->done = path;
	else
		return rc;
	return 0;
}

/* "dev/nvme0n1" of "/dev/disk/by-id/...". */
static int walk_path(const struct hd_resolver *r, const char *path, const char **ret)
{
	struct walk walk = { .r = r, .done = "dev", .rest = path + strlen("/dev/") };
	int rc = 0;

	while (rc == 0 && *walk.rest)
		rc = step(&walk);
	if (rc == 0 && !strchr(walk.done, '/'))
		return -EISDIR;
	*ret = walk.done;
	return rc;
}

static int no_path(const struct hd_resolver *r, int rc)
{
	if (rc == -EXDEV)
		return hd_fail(r->err, -EINVAL, "'%s' leads out of /dev", r->shown);
	if (rc == -EISDIR)
		return hd_fail(r->err, -EINVAL, "'%s' is a directory, not a device", r->shown);
	if (rc == -ENOENT || rc == -ENOTDIR)
		return hd_fail(r->err, -ENOENT, "'%s' does not exist" HD_SEE_LIST, r->shown);
	return hd_fail(r->err, rc, "'%s': %s", r->shown, strerror(-rc));
}

/* Where people use one name for two things, the directory tells them apart. */
static const char *class_of(const char *node)
{
	static const struct {
		const char *dir, *class;
	} rows[] = {
		{ "dev/dri/", "drm" },
		{ "dev/input/", "input" },
		{ "dev/snd/", "sound" },
		{ "dev/sg", "scsi_generic" },
		{ "dev/tty", "tty" },
		{ "dev/vfio/devices/", "vfio-dev" },
		{ "dev/vfio/", "vfio" },
	};

	for (size_t i = 0; i < HD_ARRAY_SIZE(rows); i++)
		if (hd_text_starts_with(node, rows[i].dir))
			return rows[i].class;
	return NULL;
}

static const char *find_in_classes(const struct hd_resolver *r, const char *node)
{
	const char *name = basename(node), *class = class_of(node);
	const char *const *classes = NULL;
	ssize_t n;

	if (hd_sysroot_has(r->root, "sys/block/%s", name) && !class)
		return hd_resolve_dir(r, hd_printf(r->arena, "sys/block/%s", name));
	n = hd_sysroot_names(r->root, r->arena, &classes, "sys/class");
	for (ssize_t i = 0; i < n; i++)
		if ((!class || !strcmp(class, classes[i])) && strcmp(classes[i], "net") != 0 &&
		    hd_sysroot_has(r->root, "sys/class/%s/%s", classes[i], name))
			return hd_resolve_dir(r, hd_printf(r->arena, "sys/class/%s/%s",
							   classes[i], name));
	return NULL;
}

struct level {
	const char **dirs;
	size_t n;
};

/* Names of PATH that may be directories go to NEXT; links are left alone. */
static void descend_path(const struct hd_resolver *r, struct level *next, const char *path)
{
	const char *const *names = NULL, *link;
	ssize_t n = hd_sysroot_names(r->root, r->arena, &names, "%s", path);

	for (ssize_t i = 0; i < n && next->n < MAX_DIRS; i++)
		if (hd_sysroot_link(r->root, r->arena, &link, "%s/%s", path, names[i]) < 0)
			hd_push(r->arena, &next->dirs, &next->n,
				hd_printf(r->arena, "%s/%s", path, names[i]));
}

static bool is_wanted(const struct hd_resolver *r, const char *dir, const char *name,
		      const char *class)
{
	struct stat st;

	return !strcmp(basename(dir), name) &&
	       (!class || strstr(dir, hd_printf(r->arena, "/%s/", class))) &&
	       hd_sysroot_stat(r->root, &st, "%s", dir) == 0 && S_ISDIR(st.st_mode);
}

/* In a captured tree without the class: the directory of that name, wherever it is. */
static const char *find_in_tree(const struct hd_resolver *r, const char *node)
{
	const char *root = "sys/devices", *name = basename(node), *class = class_of(node);
	struct level level = { .dirs = &root, .n = 1 };

	for (int depth = 0; depth < MAX_DEPTH && level.n; depth++) {
		struct level next = { .n = 0 };

		for (size_t i = 0; i < level.n; i++) {
			if (depth && is_wanted(r, level.dirs[i], name, class))
				return level.dirs[i];
			descend_path(r, &next, level.dirs[i]);
		}
		level = next;
	}
	return NULL;
}

/* "dev/bus/usb/001/005" */
static const char *find_usb_node(struct hd_resolver *r, const char *node)
{
	const char *bus, *slash;
	uint64_t numbers[2];

	if (!hd_text_starts_with(node, USB_NODES))
		return NULL;
	bus = node + strlen(USB_NODES);
	slash = strchr(bus, '/');
	if (!slash || hd_resolve_usbs(r) < 0 ||
	    !hd_text_u64(hd_strndup(r->arena, bus, (size_t)(slash - bus)), &numbers[0]) ||
	    !hd_text_u64(slash + 1, &numbers[1]))
		return NULL;
	for (size_t i = 0; i < r->usbs.n; i++)
		if (r->usbs.devs[i].bus == numbers[0] && r->usbs.devs[i].device == numbers[1])
			return r->usbs.devs[i].path;
	return NULL;
}

static const char *find_captured(struct hd_resolver *r, const char *node)
{
	const char *dir = find_usb_node(r, node);

	if (!dir)
		dir = find_in_classes(r, node);
	return dir ? dir : find_in_tree(r, node);
}

/* By the number of a node: NULL if it is none, or the kernel does not know it. */
static const char *find_by_number(const struct hd_resolver *r, const struct stat *st)
{
	const char *type = S_ISBLK(st->st_mode) ? "block" : "char";

	if (!S_ISBLK(st->st_mode) && !S_ISCHR(st->st_mode))
		return NULL;
	return hd_resolve_dir(r, hd_printf(r->arena, "sys/dev/%s/%u:%u", type,
					   major(st->st_rdev), minor(st->st_rdev)));
}

/* A node's directory in sysfs: 0 with *ret, or a negative errno. */
static int find_dir(struct hd_resolver *r, const char *node, const char **ret)
{
	struct stat st = { 0 };
	int rc = hd_sysroot_stat(r->root, &st, "%s", node);

	if (rc < 0 && r->root->is_live)
		return rc;
	if (S_ISDIR(st.st_mode))
		return -EISDIR;
	*ret = find_by_number(r, &st);
	if (!*ret && !r->root->is_live)
		*ret = find_captured(r, node);
	if (*ret)
		return 0;
	if (rc < 0)
		return rc;
	return S_ISREG(st.st_mode) ? -ENODEV : -ENXIO;
}

static int no_dir(const struct hd_resolver *r, int rc)
{
	if (rc == -ENODEV)
		return hd_fail(r->err, -ENXIO, "'%s' is not a device node" HD_SEE_LIST, r->shown);
	if (rc == -ENXIO)
		return hd_fail(r->err, rc, "'%s' is a device node without a device" HD_SEE_LIST,
			       r->shown);
	return no_path(r, rc);
}

static bool is_below_dev(const char *path)
{
	return hd_text_starts_with(path, "/dev/") && strlen(path) < PATH_MAX &&
	       !strstr(path, "/../") && !hd_text_ends_with(path, "/..");
}

int hd_resolve_path(struct hd_device_ref *ret, struct hd_resolver *r, const char *path)
{
	const char *node, *dir = NULL;
	int rc;

	if (!is_below_dev(path))
		return hd_fail(r->err, -EINVAL, "'%s' is not the path of a device: it must "
			       "begin with /dev/ and not have '..'" HD_SEE_LIST, r->shown);
	rc = walk_path(r, path, &node);
	if (rc < 0)
		return no_path(r, rc);
	rc = find_dir(r, node, &dir);
	if (rc < 0)
		return no_dir(r, rc);
	ret->path = path;
	rc = hd_resolve_node(ret, r, dir);
	if (rc == 0 && ret->kind == HD_DEVICE_SERIAL)
		ret->name = hd_printf(r->arena, "/dev/%s", ret->tty);
	if (rc == 0 && ret->kind == HD_DEVICE_USB && hd_text_starts_with(node, USB_NODES))
		ret->usb_by = HD_USB_BY_ADDRESS;
	return rc;
}
