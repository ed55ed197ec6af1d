/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * storage_shares.c - is a share that a function gives to this host mounted?
 *
 * This host is a guest itself then, and the function is its door to folders of the
 * machine below.  No exclusive claim can prove such a share free: its driver waits until
 * it is unmounted (Linux net/9p/trans_virtio.c, p9_virtio_remove) or cuts it off
 * (fs/fuse/virtio_fs.c, virtio_fs_remove).  So the mounts of all namespaces are read, and
 * the references to the module counted: each filesystem has one, also where no table
 * shows it (a layer of an overlay, a lazy unmount).  A driver that is built into the
 * kernel counts nothing.
 */
#include "config.h"

#include <string.h>

#include "base/text.h"
#include "facts/pci/virtio.h"
#include "facts/storage/storage_internal.h"

#define MAX_TAG 100
#define MAX_UP 32		/* mounts on mounts */
#define VIRTIOFS "sys/fs/virtiofs"
#define NO_SOURCE "none"	/* of a mount that the kernel makes itself (fs/namespace.c) */

struct share {
	const struct kind *kind;
	const char *device;	/* "virtio3"; NULL unknown */
	const char *tag;	/* what a mount of it has for its source; NULL unknown */
};

static const char *tag_of_9p(const struct hd_sysroot *root, struct hd_arena *arena,
			     const struct hd_pci_fn *fn, const char *device)
{
	const char *tag;

	return hd_sysroot_text(root, arena, &tag, "%s/%s/mount_tag", fn->path, device) >= 0 ?
	       tag : NULL;
}

/* Linux 6.9, Documentation/ABI/testing/sysfs-fs-virtiofs; before, only the device has it. */
static const char *tag_of_virtiofs(const struct hd_sysroot *root, struct hd_arena *arena,
				   const struct hd_pci_fn *fn, const char *device)
{
	const char *const *names, *tag = NULL, *name;
	ssize_t n = hd_sysroot_names(root, arena, &names, VIRTIOFS);

	(void)fn;
	for (ssize_t i = 0; i < n && !tag; i++)
		if (hd_sysroot_link_base(root, arena, &name, VIRTIOFS "/%s/device",
					 names[i]) == 0 && !strcmp(name, device))
			(void)!hd_sysroot_text(root, arena, &tag, VIRTIOFS "/%s/tag", names[i]);
	return tag;
}

static const struct kind {
	unsigned virtio;
	const char *driver;	/* of a function that is not virtio's */
	const char *fstype;
	const char *module;	/* which each filesystem holds a reference to */
	const char *(*tag)(const struct hd_sysroot *root, struct hd_arena *arena,
			   const struct hd_pci_fn *fn, const char *device);
} kinds[] = {
	{ .virtio = HD_VIRTIO_9P, .fstype = "9p", .module = "9pnet_virtio", .tag = tag_of_9p },
	{ .virtio = HD_VIRTIO_FS, .fstype = "virtiofs", .module = "virtiofs",
	  .tag = tag_of_virtiofs },
	/* One function gives all shared folders of VirtualBox. */
	{ .driver = "vboxguest", .fstype = "vboxsf", .module = "vboxsf" },
};

static const struct kind *kind_of(const struct hd_pci_fn *fn)
{
	unsigned type = hd_virtio_type(fn);

	for (size_t i = 0; i < HD_ARRAY_SIZE(kinds); i++)
		if (kinds[i].driver ? fn->driver && !strcmp(fn->driver, kinds[i].driver)
				    : type == kinds[i].virtio)
			return &kinds[i];
	return NULL;
}

/* 9p also goes over TCP and other ways ("trans=tcp"): no function of ours gives those. */
static bool is_by_virtio(const char *options)
{
	static const char key[] = "trans=";
	const char *trans = options ? strstr(options, key) : NULL;

	if (!trans)
		return true;
	trans += strlen(key);
	return strcspn(trans, ",") == strlen("virtio") && hd_text_starts_with(trans, "virtio");
}

bool hd_is_share_mount(const char *fstype, const char *options)
{
	for (size_t i = 0; fstype && i < HD_ARRAY_SIZE(kinds); i++)
		if (!strcmp(fstype, kinds[i].fstype))
			return strcmp(fstype, "9p") != 0 || is_by_virtio(options);
	return false;
}

static const struct hd_mount *below(const struct hd_mounts *mounts, const struct hd_mount *mount)
{
	for (size_t i = 0; i < mounts->n_mounts; i++)
		if (mounts->mounts[i].pid == mount->pid && mounts->mounts[i].id == mount->parent)
			return &mounts->mounts[i];
	return NULL;
}

/*
 * A filesystem within the share that the machine below has mounted there is mounted here without
 * a source: the mount that it lies on says whose it is.
 */
static const char *source_of(const struct hd_mounts *mounts, const struct hd_mount *mount)
{
	const struct hd_mount *at = mount;

	for (int i = 0; i < MAX_UP && at && !strcmp(at->fstype, mount->fstype); i++) {
		if (strcmp(at->source, NO_SOURCE) != 0)
			return at->source;
		at = below(mounts, at);
	}
	return NULL;
}

/* What is unknown counts as in use. */
static bool may_be_of(const struct share *share, const struct hd_mounts *mounts,
		      const struct hd_mount *mount)
{
	const char *source;

	if (strcmp(mount->fstype, share->kind->fstype) != 0)
		return false;
	source = source_of(mounts, mount);
	return !share->tag || !source || !strcmp(source, share->tag);
}

static bool is_first_of_its_filesystem(const struct hd_mounts *mounts, size_t index)
{
	for (size_t i = 0; i < index; i++)
		if (mounts->mounts[i].dev == mounts->mounts[index].dev)
			return false;
	return true;
}

static size_t count_filesystems(const struct hd_mounts *mounts, const char *fstype)
{
	size_t n = 0;

	for (size_t i = 0; i < mounts->n_mounts; i++)
		n += !strcmp(mounts->mounts[i].fstype, fstype) &&
		     is_first_of_its_filesystem(mounts, i);
	return n;
}

/* One that the kernel has, and no table. */
static void explain_unseen(struct hd_explain *e, const struct share *share, const char *chain)
{
	const char *source = hd_printf(e->arena, "sys/module/%s/refcnt", share->kind->module);
	size_t n_seen = count_filesystems(&e->witness->mounts, share->kind->fstype);
	uint64_t n;

	if (hd_sysroot_u64(e->root, &n, "%s", source) == 0 && n > n_seen)
		hd_explain_add(e, chain, hd_printf(e->arena,
			       "a %s filesystem that no mount table shows is in use: of %llu, they "
			       "show %zu (a layer of an overlay, or a lazy unmount)",
			       share->kind->fstype, (unsigned long long)n, n_seen), NULL, source);
	if (e->witness->mounts.unknown)
		hd_explain_add(e, chain, "not all mount namespaces could be read: it counts as "
			       "mounted", NULL, e->witness->mounts.unknown);
}

static void explain_share(struct hd_explain *e, const struct share *share)
{
	const struct hd_mounts *mounts = &e->witness->mounts;
	const struct hd_block none = { .name = e->disk->name };
	struct hd_link at = { .chain = e->disk->name };
	size_t n = 0;

	e->disk->uses = NULL;
	e->disk->n_uses = 0;
	at.node = hd_explain_bottom(e, at.chain);
	for (size_t i = 0; i < mounts->n_mounts; i++)
		if (may_be_of(share, mounts, &mounts->mounts[i]) && ++n <= HD_MOUNTS_TOLD)
			hd_explain_mount(e, &at, &none, &mounts->mounts[i]);
	if (n > HD_MOUNTS_TOLD)
		hd_explain_add(e, hd_printf(e->arena, "%s -> %zu more places", at.chain,
					    n - HD_MOUNTS_TOLD), "mounted", NULL,
			       "proc/self/mountinfo");
	if (!n)
		explain_unseen(e, share, at.chain);
	hd_explain_end(e);
}

static const char *label_of(struct hd_arena *arena, const struct share *share)
{
	const char *tag = share->tag ? hd_printf(arena, "\"%s\"", hd_text_printable(arena, share->tag,
										     MAX_TAG)) :
			  share->kind->tag ? "of unknown tag" : "of any name";

	return hd_printf(arena, "%s%s%s share %s", share->device ? share->device : "",
			 share->device ? " -> " : "", share->kind->fstype, tag);
}

/* Who has files there keeps it from being unmounted. */
static void explain_all(struct hd_witness *witness, struct hd_storage *storage,
			const struct share *share)
{
	struct hd_explain e = {
		.witness = witness, .root = witness->root, .arena = witness->arena,
		.storage = storage, .disk = &storage->disks[storage->n_disks - 1],
	};

	explain_share(&e, share);
	if (!e.disk->n_uses || storage->essential || !witness->root->is_live)
		return;
	hd_keepers_read(witness);
	e.ends = (struct hd_ends){ .n = 0 };
	if (witness->keepers.n)
		explain_share(&e, share);
}

int hd_shares_read(struct hd_storage *storage, const struct hd_sysroot *root,
		   struct hd_arena *arena, const struct hd_pci_fn *fn, struct hd_error *err)
{
	struct share share = { .kind = kind_of(fn) };
	struct hd_witness witness = { .root = root, .arena = arena };
	struct hd_disk *disk;
	int rc;

	if (!share.kind)
		return 0;
	rc = hd_mounts_read(&witness.mounts, root, arena, true, err);
	if (rc < 0)
		return rc;
	hd_backings_read(&witness.backings, root, arena, &witness.mounts);
	if (share.kind->virtio)
		share.device = hd_virtio_name(root, arena, fn);
	if (share.device)
		share.tag = share.kind->tag(root, arena, fn, share.device);
	disk = hd_append(arena, &storage->disks, &storage->n_disks, sizeof(*disk));
	*disk = (struct hd_disk){ .name = label_of(arena, &share), .is_share = true,
				  .claim_fd = -1 };
	explain_all(&witness, storage, &share);
	return 0;
}
