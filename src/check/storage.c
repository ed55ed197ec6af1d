/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * storage.c - does the host use a disk behind this function?
 *
 * Two witnesses must agree that it does not: the tables that explain a use, and
 * the kernel's exclusive claim, which also fails for uses that no table lists.
 */
#include "config.h"

#include <string.h>

#include "check/checks.h"

/* All uses of all disks, and the commands that end them. */
static void collect_uses(const struct hd_subject *s, const struct hd_storage *storage,
			 struct hd_result *ret)
{
	const char *remedies = NULL;

	for (size_t i = 0; i < storage->n_disks; i++) {
		const struct hd_disk *disk = &storage->disks[i];

		for (size_t j = 0; j < disk->n_uses; j++) {
			const struct hd_disk_use *use = &disk->uses[j];

			ret->evidence = hd_join(
				s->arena, ret->evidence,
				hd_printf(s->arena, "%s: %s", use->chain, use->use));
			if (use->remedy && (!remedies || !strstr(remedies, use->remedy)))
				remedies = hd_join(s->arena, remedies, use->remedy);
		}
	}
	if (remedies)
		ret->remedy = remedies;
}

/* Did the kernel refuse the claim, or could it not be asked? */
static bool is_refused(const struct hd_subject *s, const struct hd_disk *disk)
{
	if (disk->claim == HD_CLAIM_BUSY)
		return true;
	return disk->claim == HD_CLAIM_UNKNOWN && s->facts->root && s->facts->root->is_live;
}

/* Claims that the kernel did not grant on disks without a known use. */
static enum hd_verdict collect_claims(const struct hd_subject *s,
				      const struct hd_storage *storage,
				      struct hd_result *ret)
{
	enum hd_verdict verdict = HD_PASS;

	for (size_t i = 0; i < storage->n_disks; i++) {
		const struct hd_disk *disk = &storage->disks[i];

		ret->is_proof |= is_refused(s, disk);
		if (disk->n_uses)
			continue;
		if (disk->claim == HD_CLAIM_BUSY) {
			verdict = HD_FAIL;
			ret->evidence = hd_join(
				s->arena, ret->evidence,
				hd_printf(
					s->arena,
					"the kernel refuses an exclusive claim on "
					"/dev/%s: something uses it",
					disk->name));
		} else if (disk->claim == HD_CLAIM_UNKNOWN && s->facts->root &&
			   s->facts->root->is_live) {
			if (verdict == HD_PASS)
				verdict = HD_UNKNOWN;
			ret->evidence = hd_join(
				s->arena, ret->evidence,
				hd_printf(
					s->arena,
					"/dev/%s cannot be claimed (%s): it counts as "
					"used",
					disk->name,
					disk->claim_error ? strerror(disk->claim_error)
							  : "another device"));
		}
	}
	return verdict;
}

enum hd_verdict hd_judge_storage(const struct hd_subject *s,
				 const struct hd_storage *storage, struct hd_result *ret)
{
	enum hd_verdict claims;

	if (!storage->n_disks)
		return HD_SKIP;
	collect_uses(s, storage, ret);
	if (ret->evidence) {
		(void)collect_claims(s, storage, ret);
		return HD_FAIL;
	}
	claims = collect_claims(s, storage, ret);
	if (claims == HD_PASS)
		ret->evidence = hd_printf(
			s->arena, "nothing uses /dev/%s%s", storage->disks[0].name,
			storage->n_disks > 1 ? " and its other disks" : "");
	return claims;
}

static enum hd_verdict is_storage_free(const struct hd_subject *s, struct hd_result *ret)
{
	if (s->pci->fn.driver_kind == HD_DRIVER_VFIO)
		return HD_SKIP;
	if (!s->pci->storage.n_disks)
		return hd_is_storage(&s->pci->fn) ? HD_PASS : HD_SKIP;
	return hd_judge_storage(s, &s->pci->storage, ret);
}

const struct hd_check hd_check_storage_free = {
	.id = "storage-free",
	.scope = HD_SCOPE_TAKEN,
	.severity = HD_ERROR,
	.title = "the host uses no disk behind the function",
	.remedy =
		"find the user with `lsblk`, `findmnt`, `swapon` and `dmsetup ls "
		"--tree`, and stop what manages the disk (ZFS, Ceph, a cluster)",
	.doc = "libvirt detaches a controller with a mounted filesystem and reports "
	       "success; the filesystem is then gone. Every block device behind the "
	       "function must be free of mounts, swap and holders (device mapper, md, "
	       "bcache, loop), and the kernel must grant an exclusive claim on it "
	       "(open(2) with O_EXCL), which fails for every user of the disk in the "
	       "kernel. What cannot be told counts as in use. What the kernel refuses, or "
	       "cannot be asked, no metadata can allow. Source: /sys/block, "
	       "/proc/self/mountinfo, /proc/swaps and the claim itself.",
	.allow = HD_ALLOW_METADATA,
	.is_last_look = true,
	.run = is_storage_free,
};
