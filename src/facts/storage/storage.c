/* SPDX-License-Identifier: GPL-2.0-or-later */
/* storage.c - the disks behind a PCI function, with their uses. */
#include "config.h"

#include "facts/storage/storage_internal.h"

static void add_disks(struct hd_storage *storage, struct hd_arena *arena,
		      const struct hd_blocks *blocks)
{
	for (size_t i = 0; i < blocks->n; i++) {
		struct hd_disk *disk = hd_append(arena, &storage->disks, &storage->n_disks,
						 sizeof(*disk));

		disk->name = blocks->items[i].name;
		disk->major = blocks->items[i].major;
		disk->minor = blocks->items[i].minor;
		disk->claim_fd = -1;
	}
}

struct hd_storage_tables {
	struct hd_mounts mounts;
	struct hd_backings backings;
	struct hd_names names;
	struct hd_sysroot_trouble trouble;	/* of reading them: each disk's, not the first one's */
};

static int read_tables(const struct hd_storage_tables **ret, const struct hd_sysroot *root,
		       struct hd_arena *arena, struct hd_error *err)
{
	struct hd_storage_tables *tables;
	struct hd_sysroot_trouble before;
	int rc;

	if (*ret)
		return 0;
	tables = hd_alloc(arena, sizeof(*tables));
	before = hd_sysroot_watch(root);
	rc = hd_mounts_read(&tables->mounts, root, arena, err);
	if (rc == 0) {
		hd_backings_read(&tables->backings, root, arena, &tables->mounts);
		hd_names_read(&tables->names, root, arena);
		*ret = tables;
	}
	tables->trouble = hd_sysroot_unwatch(root, &before);
	return rc;
}

int hd_storage_read(struct hd_storage *ret, const struct hd_sysroot *root,
		    struct hd_arena *arena, const struct hd_pci_fn *fn,
		    const struct hd_storage_tables **tables, struct hd_error *err)
{
	struct hd_storage storage = { .n_disks = 0 };
	struct hd_blocks blocks;
	int rc = hd_blocks_find(&blocks, root, arena, fn, err);

	if (rc == 0 && blocks.n)
		rc = read_tables(tables, root, arena, err);
	if (rc < 0)
		return hd_wrap(err, "the disks of %s", fn->name);
	if (blocks.n) {
		struct hd_witness witness = { .root = root, .arena = arena, .blocks = &blocks,
			.mounts = (*tables)->mounts, .backings = (*tables)->backings,
			.names = (*tables)->names };
		const struct hd_sysroot_trouble *trouble = &(*tables)->trouble;

		(void)hd_sysroot_note(root, -trouble->error, trouble->path);
		add_disks(&storage, arena, &blocks);
		hd_storage_explain(&storage, &witness);
	}
	*ret = storage;
	return 0;
}

int hd_storage_read_below(struct hd_storage *ret, const struct hd_sysroot *root,
			  struct hd_arena *arena, const char *path,
			  const struct hd_storage_tables **tables, struct hd_error *err)
{
	const struct hd_pci_fn place = { .is_present = true, .path = path };

	return hd_storage_read(ret, root, arena, &place, tables, err);
}
