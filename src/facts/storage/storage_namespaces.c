/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * storage_namespaces.c - what is mounted in the other mount namespaces of this host?
 *
 * A mount may be there in another one only: a container, or a service with a private
 * one that was started before the filesystem was unmounted.
 */
#include "config.h"

#include <errno.h>
#include <string.h>

#include "base/text.h"
#include "facts/host/namespaces.h"
#include "facts/storage/storage_internal.h"

#define MAX_NAMESPACES 1024

struct namespaces {
	struct hd_mounts *mounts;
	const struct hd_sysroot *root;
	struct hd_arena *arena;
	const char **seen;	/* "mnt:[4026531841]" */
	size_t n;
};

/* A process that ends meanwhile, and a dead one that nobody has waited for, see no mounts. */
static void note_unknown(struct namespaces *all, const char *path, int rc)
{
	if (rc != -ENOENT && rc != -ESRCH && rc != -EINVAL && !all->mounts->unknown)
		all->mounts->unknown = hd_printf(all->arena, "%s: %s", path, strerror(-rc));
}

static bool is_new(struct namespaces *all, const char *name)
{
	if (hd_text_is_any(name, all->seen, all->n))
		return false;
	if (all->n >= MAX_NAMESPACES) {
		all->mounts->unknown = "there are more mount namespaces than are examined";
		return false;
	}
	hd_push(all->arena, &all->seen, &all->n, name);
	return true;
}

static void read_process(struct namespaces *all, const char *pid)
{
	const char *path = hd_printf(all->arena, "proc/%s/ns/mnt", pid), *name, *last = NULL;
	uint64_t number;
	int rc;

	if (!hd_text_u64(pid, &number) || number > INT32_MAX || !number)
		return;
	rc = hd_sysroot_link(all->root, all->arena, &name, "%s", path);
	if (rc < 0) {
		note_unknown(all, path, rc);
		return;
	}
	if (!is_new(all, name))
		return;
	path = hd_printf(all->arena, "proc/%s/mountinfo", pid);
	rc = hd_mounts_add(all->mounts, all->root, all->arena, path, (long)number, &last);
	if (rc < 0)
		note_unknown(all, path, rc);
}

void hd_mounts_add_namespaces(struct hd_mounts *mounts, const struct hd_sysroot *root,
			      struct hd_arena *arena)
{
	struct namespaces all = { .mounts = mounts, .root = root, .arena = arena };
	const struct hd_sysroot_trouble before = hd_sysroot_watch(root);
	const char *const *names;
	ssize_t n = hd_sysroot_names(root, arena, &names, "proc");

	if (!mounts->unknown)
		mounts->unknown = hd_hidden_processes(root, arena);
	for (ssize_t i = 0; i < n; i++)
		read_process(&all, names[i]);
	/* Who needs to know has `unknown`. */
	(void)hd_sysroot_unwatch(root, &before);
}
