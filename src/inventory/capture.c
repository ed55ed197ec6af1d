/* SPDX-License-Identifier: GPL-2.0-or-later */
/* capture.c - reads the files that facts are read from. */
#include "config.h"

#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/text.h"
#include "base/utf8.h"
#include "inventory/capture.h"
#include "inventory/capture_areas.h"

#define FILE_MAX (1u << 20)	/* interrupts of a large host; longer files are taken by lines */
#define MAX_NOTE 400
#define CONFIG_BYTES 256	/* the rest is for root, of PCIe, and not needed */
#define KERNEL_LOG "dev", "kmsg"
#define ANY_READ (S_IRUSR | S_IRGRP | S_IROTH)

struct walk {
	struct hd_capture *ret;
	const struct hd_sysroot *root;
	struct hd_arena *arena;
	const struct hd_area *area;
};

static struct hd_captured *add_captured(struct walk *walk, enum hd_captured_kind kind,
					const char *dir, const char *name)
{
	struct hd_captured *item;

	if (walk->ret->n >= HD_CAPTURE_MAX) {
		walk->ret->is_cut = true;
		return NULL;
	}
	item = hd_append(walk->arena, &walk->ret->items, &walk->ret->n, sizeof(*item));
	*item = (struct hd_captured){ .kind = kind, .dir = dir, .name = name };
	return item;
}

static void add_value(struct walk *walk, enum hd_captured_kind kind, const char *dir,
		      const char *name, const char *value, size_t length)
{
	struct hd_captured *item = add_captured(walk, kind, dir, name);

	if (!item)
		return;
	item->value = value;
	item->length = length;
}

/* Files of sysfs fail in many ways that say nothing; a folder does not, nor do permissions. */
static void note_unread(struct walk *walk, const char *dir, const char *name, int rc)
{
	if (!walk->ret->n_unread++)
		walk->ret->unread = hd_text_printable(
			walk->arena, hd_printf(walk->arena, "/%s%s%s: %s", dir, name ? "/" : "",
					       name ? name : "", strerror(-rc)), MAX_NOTE);
}

static bool is_text(const char *data, size_t length)
{
	for (size_t i = 0; i < length; i++)
		if (iscntrl((unsigned char)data[i]) && data[i] != '\n' && data[i] != '\t')
			return false;
	return true;
}

static void take_bytes(struct walk *walk, const char *dir, const char *name, size_t size)
{
	char *data = hd_alloc(walk->arena, size);
	ssize_t n = hd_sysroot_bytes(walk->root, data, size, "%s/%s", dir, name);

	if (n > 0)
		add_value(walk, HD_CAPTURED_BYTES, dir, name, data, (size_t)n);
}

static enum hd_captured_kind text_kind(const struct walk *walk, const char *dir, const char *name)
{
	struct stat st;

	if (hd_sysroot_stat(walk->root, &st, "%s/%s", dir, name) == 0 && S_ISREG(st.st_mode) &&
	    (st.st_mode & S_IXUSR))
		return HD_CAPTURED_SCRIPT;
	return HD_CAPTURED_TEXT;
}

static void take_name(struct walk *walk, const char *dir, const char *name)
{
	if (hd_sysroot_has(walk->root, "%s/%s", dir, name))
		add_value(walk, text_kind(walk, dir, name), dir, name, "", 0);
}

/* A program's name is enough. */
static void take_odd(struct walk *walk, const char *dir, const char *name, size_t length)
{
	if (text_kind(walk, dir, name) == HD_CAPTURED_SCRIPT)
		take_name(walk, dir, name);
	else
		take_bytes(walk, dir, name, length > FILE_MAX ? FILE_MAX : length + 1);
}

/* Some files of sysfs only take what is written to them: there is nothing to be read. */
static bool is_write_only(const struct walk *walk, const char *dir, const char *name)
{
	struct stat st;

	return hd_sysroot_stat(walk->root, &st, "%s/%s", dir, name) == 0 && !(st.st_mode & ANY_READ);
}

/* A file of sysfs may exist but be unreadable for this device: it counts as missing. */
static void take_contents(struct walk *walk, const char *dir, const char *name)
{
	const char *text;
	ssize_t n = hd_sysroot_text(walk->root, walk->arena, &text, "%s/%s", dir, name);

	if ((n == -EACCES || n == -EPERM) && !is_write_only(walk, dir, name))
		note_unread(walk, dir, name, (int)n);
	if (n < 0)
		return;
	if (strlen(text) != (size_t)n || !is_text(text, (size_t)n)) {
		take_odd(walk, dir, name, (size_t)n);
		return;
	}
	text = hd_area_part(walk->area, walk->arena, text);
	if (strlen(text) <= FILE_MAX)
		add_value(walk, text_kind(walk, dir, name), dir, name, text, strlen(text));
}

static void take_kernel_log(struct walk *walk)
{
	const char *text = hd_capture_kernel_log(walk->root, walk->arena);

	if (text)
		add_value(walk, HD_CAPTURED_TEXT, KERNEL_LOG, text, strlen(text));
}

static void take_file(struct walk *walk, const char *dir, const char *name)
{
	if (walk->area->is_names_only)
		take_name(walk, dir, name);
	else if (!strcmp(name, "config"))
		take_bytes(walk, dir, name, CONFIG_BYTES);
	else if (!strcmp(name, "kmsg"))
		take_kernel_log(walk);
	else
		take_contents(walk, dir, name);
}

/* A line of text can begin with it, and is then not a comment. */
static bool is_plain_name(const char *name)
{
	if (*name == '#' || *name == '@')
		return false;
	for (const char *c = name; *c; c++)
		if (isspace((unsigned char)*c))
			return false;
	return *name && hd_text_is_shown(name);
}

static bool enters(const struct hd_area *area, const char *name)
{
	if (hd_area_has(area->skips, name))
		return false;
	return !area->is_picky || hd_area_has(area->keeps, name);
}

static void take_dir(struct walk *walk, const char *dir, const char *base, unsigned depth);

static void take_link(struct walk *walk, const char *dir, const char *name, const char *target)
{
	if (hd_area_has(walk->area->links, name) && hd_text_is_shown(target))
		add_value(walk, HD_CAPTURED_LINK, dir, name, target, strlen(target));
}

/* Only regular files are opened; of a node, the name is enough. */
static bool is_taken(const struct hd_area *area, const char *name, mode_t mode)
{
	return hd_area_has(area->files, name) && (area->is_names_only || S_ISREG(mode));
}

static void take_entry(struct walk *walk, const char *dir, const char *name, unsigned depth)
{
	const char *target;
	struct stat st;

	if (hd_sysroot_link(walk->root, walk->arena, &target, "%s/%s", dir, name) == 0) {
		take_link(walk, dir, name, target);
		return;
	}
	if (hd_sysroot_stat(walk->root, &st, "%s/%s", dir, name) < 0)
		return;
	if (!S_ISDIR(st.st_mode) && is_taken(walk->area, name, st.st_mode))
		take_file(walk, dir, name);
	if (S_ISDIR(st.st_mode) && depth > 1 && enters(walk->area, name))
		take_dir(walk, hd_printf(walk->arena, "%s/%s", dir, name), name, depth - 1);
}

static bool is_all_links(const char *base)
{
	return !strcmp(base, "holders") || !strcmp(base, "slaves");
}

/* BASE is its last component. */
static void take_dir(struct walk *walk, const char *dir, const char *base, unsigned depth)
{
	static const char *const all[] = { "*", NULL };
	struct hd_area own = *walk->area;
	const struct hd_area *outer = walk->area;
	size_t before = walk->ret->n;
	const char *const *names;
	ssize_t n = hd_sysroot_names(walk->root, walk->arena, &names, "%s", dir);

	if (n < 0 && n != -ENOENT)
		note_unread(walk, dir, NULL, (int)n);
	if (is_all_links(base))
		own.links = all;
	walk->area = &own;
	for (ssize_t i = 0; i < n && !walk->ret->is_cut; i++)
		if (is_plain_name(names[i]))
			take_entry(walk, dir, names[i], depth);
	walk->area = outer;
	if (n >= 0 && walk->ret->n == before && hd_area_has(outer->keeps, base))
		(void)add_captured(walk, HD_CAPTURED_DIR, dir, NULL);
}

/* Words in paths that stand for a value of the host, and the files that have the value. */
static const struct {
	const char *word, *file;
} variables[] = {
	{ "RELEASE", "proc/sys/kernel/osrelease" },
	{ "DAEMON", "run/libvirt/qemu/driver.pid" },
};

/* PATH with its variable; NULL if that is unknown. */
static const char *resolved(const struct walk *walk, const char *path)
{
	for (size_t i = 0; i < HD_ARRAY_SIZE(variables); i++) {
		const char *at = strstr(path, variables[i].word), *value;

		if (!at)
			continue;
		if (hd_sysroot_text(walk->root, walk->arena, &value, "%s", variables[i].file) <= 0 ||
		    strchr(value, '/') || *value == '.' || !is_plain_name(value))
			return NULL;
		return hd_printf(walk->arena, "%.*s%s%s", (int)(at - path), path, value,
				 at + strlen(variables[i].word));
	}
	return path;
}

static void take_area(struct walk *walk, const char *named)
{
	const char *path = resolved(walk, named), *slash, *dir, *base;

	if (!path)
		return;
	slash = strrchr(path, '/');
	dir = slash ? hd_strndup(walk->arena, path, (size_t)(slash - path)) : ".";
	base = basename(path);
	if (!walk->area->depth) {
		if (walk->area->links)
			take_entry(walk, dir, base, 0);
		else
			take_file(walk, dir, base);
		return;
	}
	take_dir(walk, path, base, walk->area->depth);
	if (hd_sysroot_has(walk->root, "%s/.", path))
		(void)add_captured(walk, HD_CAPTURED_DIR, path, NULL);
}

static int by_place(const void *a, const void *b)
{
	const struct hd_captured *x = a, *y = b;
	int order = strcmp(x->dir, y->dir);

	if (order)
		return order;
	if (!x->name || !y->name)
		return !!x->name - !!y->name;
	return strcmp(x->name, y->name);
}

/* Of the same file in two areas the one with its content comes first. */
static int by_place_and_length(const void *a, const void *b)
{
	const struct hd_captured *x = a, *y = b;
	int order = by_place(a, b);

	return order ? order : (x->length < y->length) - (x->length > y->length);
}

void hd_capture_sort(struct hd_capture *capture)
{
	size_t kept = 0;

	if (capture->n)
		qsort(capture->items, capture->n, sizeof(*capture->items), by_place_and_length);
	for (size_t i = 0; i < capture->n; i++)
		if (!kept || by_place(&capture->items[kept - 1], &capture->items[i]) != 0)
			capture->items[kept++] = capture->items[i];
	capture->n = kept;
}

void hd_capture_host(struct hd_capture *ret, const struct hd_sysroot *root,
		     struct hd_arena *arena)
{
	struct walk walk = { .ret = ret, .root = root, .arena = arena };

	*ret = (struct hd_capture){ .n = 0 };
	for (walk.area = hd_areas; walk.area->paths; walk.area++)
		for (const char *const *path = walk.area->paths; *path; path++)
			take_area(&walk, *path);
	hd_capture_sort(ret);
}
