/* SPDX-License-Identifier: GPL-2.0-or-later */
/* hugepages_mount.c - does libvirt find huge pages of a size, and what mounts their file system? */
#include "config.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "domain/resources.h"
#include "setup/hugepages_mount.h"
#include "setup/replace_file.h"

#define UNITS "etc/systemd/system/"
#define MADE "# Made by 'hostdevctl setup hugepages'; 'hostdevctl setup --revert' removes it.\n"
#define OPTION "pagesize="
#define UNIT_LETTERS "BKMGTbikmgt"
#define KIB_IN_MIB 1024u
#define KIB_IN_GIB (1024u * 1024u)

/* "pagesize=1G" of fstab, "1024M" of the kernel (Linux fs/hugetlbfs/inode.c). */
static uint64_t page_kib(struct hd_arena *arena, const char *line)
{
	const char *at = strstr(line, OPTION);
	uint64_t number, kib;
	char *unit;

	if (!at || !strstr(line, "hugetlbfs"))
		return 0;
	at += strlen(OPTION);
	number = strtoull(at, &unit, 10);
	return hd_resources_kib(number, hd_strndup(arena, unit, strspn(unit, UNIT_LETTERS)), &kib) ?
	       kib : 0;
}

static bool is_mounted(struct hd_context *context, uint64_t size_kib)
{
	static const char *const tables[] = { "proc/self/mountinfo", "etc/fstab" };

	for (size_t i = 0; i < HD_ARRAY_SIZE(tables); i++) {
		const char *text = NULL, *line;

		if (hd_sysroot_text(&context->root, context->arena, &text, "%s", tables[i]) < 0)
			continue;
		while ((line = hd_text_next_line(context->arena, &text)))
			if (*line != '#' && page_kib(context->arena, line) == size_kib)
				return true;
	}
	return false;
}

/* "1G", "64K": a name that libvirt's administrators use, and mount(8) takes. */
static const char *name_of(struct hd_arena *arena, uint64_t kib)
{
	if (kib % KIB_IN_GIB == 0)
		return hd_printf(arena, "%" PRIu64 "G", kib / KIB_IN_GIB);
	if (kib % KIB_IN_MIB == 0)
		return hd_printf(arena, "%" PRIu64 "M", kib / KIB_IN_MIB);
	return hd_printf(arena, "%" PRIu64 "K", kib);
}

static int add_unit(struct hd_context *context, const char *path, const char *why,
		    const char *text, struct hd_changes *changes, struct hd_error *err)
{
	struct hd_file_change file = { .path = path, .why = why, .mode = 0644, .text = text };
	int rc = hd_swap_read(&file.old, context->arena, &context->root, path, err);

	if (rc == 0)
		hd_changes_file(changes, context->arena, &file);
	return rc;
}

/* A unit that is wanted by a drop-in of another: no link is needed. */
static int add_units(struct hd_context *context, uint64_t size_kib, struct hd_changes *changes,
		     struct hd_error *err)
{
	struct hd_arena *arena = context->arena;
	const char *name = name_of(arena, size_kib);
	const char *unit = hd_printf(arena, "dev-hugepages%s.mount", name);
	int rc = add_unit(context, hd_printf(arena, UNITS "%s", unit),
			  hd_printf(arena, "the file system where libvirt finds pages of %s", name),
			  hd_printf(arena, MADE "[Unit]\nDescription=Huge pages of %s\n"
				    "DefaultDependencies=no\nBefore=sysinit.target\n"
				    "ConditionPathExists=/sys/kernel/mm/hugepages/hugepages-%"
				    PRIu64 "kB\n\n[Mount]\nWhat=hugetlbfs\n"
				    "Where=/dev/hugepages%s\nType=hugetlbfs\n"
				    "Options=nosuid,nodev,pagesize=%s\n", name, size_kib, name, name),
			  changes, err);

	if (rc < 0)
		return rc;
	return add_unit(context, hd_printf(arena, UNITS "sysinit.target.d/hostdevctl-hugepages%s.conf",
					   name),
			"mounts it at boot", hd_printf(arena, MADE "[Unit]\nWants=%s\n", unit),
			changes, err);
}

int hd_hugepages_mount(struct hd_context *context, uint64_t size_kib, uint64_t default_kib,
		       struct hd_changes *changes, struct hd_error *err)
{
	if (size_kib == default_kib || is_mounted(context, size_kib))
		return 0;
	if (hd_sysroot_has(&context->root, "usr/lib/systemd/system") ||
	    hd_sysroot_has(&context->root, "lib/systemd/system"))
		return add_units(context, size_kib, changes, err);
	hd_changes_note(changes, context->arena, "libvirt finds pages of %s only if a file system for "
			"them is mounted before it starts, for example by fstab: hugetlbfs "
			"/dev/hugepages%s hugetlbfs pagesize=%s 0 0", name_of(context->arena, size_kib),
			name_of(context->arena, size_kib), name_of(context->arena, size_kib));
	return 0;
}
