/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * storage_backing.c - what in the kernel stands on a node or a file by its path?
 *
 * These users leave no link below "holders": loop devices and zram name their
 * backing file in sysfs; drives that are exported to other machines (NVMe
 * target, iSCSI and Fibre Channel target) in configfs.  A loop device and the
 * NVMe target do not even claim the disk: without these tables they would not
 * be seen (Linux drivers/block/loop.c, drivers/nvme/target/io-cmd-bdev.c).
 */
#include "config.h"

#include <string.h>

#include "base/text.h"
#include "facts/storage/storage_internal.h"

#define BLOCKS "sys/block"
#define NVMET "sys/kernel/config/nvmet/subsystems"
#define TARGET "sys/kernel/config/target/core"

struct reader {
	const struct hd_sysroot *root;
	struct hd_arena *arena;
	struct hd_backings *found;
};

static void add_backing(struct reader *r, struct hd_backing backing)
{
	hd_push(r->arena, &r->found->items, &r->found->n, backing);
}

/* Their file below sys/block/NAME, by how their name begins. */
static const struct {
	const char *start, *file;
} virtual_disks[] = {
	{ "loop", "loop/backing_file" },
	{ "zram", "backing_dev" },
};

static void read_disk(struct reader *r, const char *name)
{
	for (size_t i = 0; i < HD_ARRAY_SIZE(virtual_disks); i++) {
		const char *source, *file;

		if (!hd_text_starts_with(name, virtual_disks[i].start))
			continue;
		source = hd_printf(r->arena, BLOCKS "/%s/%s", name, virtual_disks[i].file);
		if (hd_sysroot_text(r->root, r->arena, &file, "%s", source) > 0 &&
		    *file == '/')
			add_backing(r, (struct hd_backing){ .file = file, .source = source,
						    .name = name });
	}
}

/* Only what is enabled has its file open. */
static void read_namespace(struct reader *r, const char *subsystem, const char *id)
{
	const char *path = hd_printf(r->arena, NVMET "/%s/namespaces/%s", subsystem, id);
	const char *file, *enable;

	if (hd_sysroot_text(r->root, r->arena, &enable, "%s/enable", path) <= 0 ||
	    strcmp(enable, "1") ||
	    hd_sysroot_text(r->root, r->arena, &file, "%s/device_path", path) <= 0)
		return;
	add_backing(r, (struct hd_backing){
		       .file = file,
		       .source = hd_printf(r->arena, "%s/device_path", path),
		       .label = hd_printf(r->arena, "namespace %s of %s", id, subsystem),
		       .use = "exported by the NVMe target",
		       .command = hd_printf(r->arena, "echo 0 > %s",
					    hd_shell_word(r->arena,
							  hd_printf(r->arena, "/%s/enable",
								    path))),
	       });
}

static void read_subsystem(struct reader *r, const char *subsystem)
{
	const char *const *ids;
	ssize_t n = hd_sysroot_names(r->root, r->arena, &ids, NVMET "/%s/namespaces",
				     subsystem);

	for (ssize_t i = 0; i < n; i++)
		read_namespace(r, subsystem, ids[i]);
}

/* A back store: "iblock_0/NAME", "fileio_0/NAME" or "pscsi_0/NAME". */
static void read_store(struct reader *r, const char *hba, const char *name)
{
	static const struct {
		const char *start, *kind;
	} kinds[] = { { "iblock", "block" }, { "fileio", "fileio" }, { "pscsi", "pscsi" } };
	const char *source = hd_printf(r->arena, TARGET "/%s/%s/udev_path", hba, name);
	const char *file;

	for (size_t i = 0; i < HD_ARRAY_SIZE(kinds); i++) {
		if (!hd_text_starts_with(hba, kinds[i].start) ||
		    hd_sysroot_text(r->root, r->arena, &file, "%s", source) <= 0)
			continue;
		add_backing(r, (struct hd_backing){
			       .file = file,
			       .source = source,
			       .label = hd_printf(r->arena, "backstore %s", name),
			       .use = "exported by the kernel's iSCSI or SCSI target",
			       .command = hd_printf(r->arena,
						    "targetcli /backstores/%s delete %s",
						    kinds[i].kind,
						    hd_shell_word(r->arena, name)),
		       });
	}
}

static void read_hba(struct reader *r, const char *hba)
{
	const char *const *names;
	ssize_t n = hd_sysroot_names(r->root, r->arena, &names, TARGET "/%s", hba);

	for (ssize_t i = 0; i < n; i++)
		read_store(r, hba, names[i]);
}

void hd_backings_read(struct hd_backings *ret, const struct hd_sysroot *root,
		      struct hd_arena *arena, const struct hd_mounts *mounts)
{
	static const struct {
		const char *folder;
		void (*read)(struct reader *r, const char *name);
	} folders[] = {
		{ BLOCKS, read_disk }, { NVMET, read_subsystem }, { TARGET, read_hba },
	};
	struct reader r = { root, arena, ret };

	*ret = (struct hd_backings){ .n = 0 };
	for (size_t i = 0; i < HD_ARRAY_SIZE(folders); i++) {
		const char *const *names;
		ssize_t n = hd_sysroot_names(root, arena, &names, "%s", folders[i].folder);

		for (ssize_t k = 0; k < n; k++)
			folders[i].read(&r, names[k]);
	}
	for (size_t i = 0; i < ret->n; i++)
		ret->items[i].on = hd_mount_over(mounts, arena, ret->items[i].file);
}
