/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * storage_free.c - does the host use a disk behind this function?
 *
 * Two witnesses must agree that it does not: the tables that explain a use, and
 * the kernel's exclusive claim, which also fails for uses that no table lists.
 */
#include "config.h"

#include <string.h>

#include "check/checks.h"

#define CLASS_STORAGE 0x01u
#define MAX_TOLD 8	/* uses, and dormant uses; each */

/* A text for people, of limited length. */
struct telling {
	const struct hd_subject *s;
	const char *text;
	size_t n;
};

static void add_use(struct telling *telling, const char *chain, const char *what,
		    const char *source)
{
	struct hd_arena *arena = telling->s->arena;

	if (++telling->n > MAX_TOLD)
		return;
	if (telling->s->pci)
		chain = hd_printf(arena, "%s -> %s", telling->s->pci->fn.name, chain);
	hd_join(arena, &telling->text, "%s: %s (%s)", chain, what, source);
}

static const char *told(const struct telling *telling)
{
	if (telling->n <= MAX_TOLD)
		return telling->text;
	return hd_printf(telling->s->arena, "%s; and %zu more", telling->text,
			 telling->n - MAX_TOLD);
}

/* Does the chain of another use contain this one? */
static bool is_implied(const struct hd_disk *disk, size_t index)
{
	const struct hd_disk_use *use = &disk->uses[index];
	size_t length = strlen(use->chain);

	if (strncmp(use->use, "held by", strlen("held by")))
		return false;
	for (size_t i = 0; i < index; i++) {
		const char *chain = disk->uses[i].chain;

		if (!strncmp(chain, use->chain, length) &&
		    (!chain[length] || !strncmp(chain + length, " -> ", 4)))
			return true;
	}
	return false;
}

/* Adds all uses of all disks; false if no command ends one of them. */
static bool collect_uses(const struct hd_subject *s, const struct hd_storage *storage,
			 struct hd_result *ret)
{
	struct telling telling = { .s = s };
	bool has_commands = true;

	for (size_t i = 0; i < storage->n_disks; i++)
		for (size_t j = 0; j < storage->disks[i].n_uses; j++) {
			const struct hd_disk_use *use = &storage->disks[i].uses[j];

			if (!is_implied(&storage->disks[i], j))
				add_use(&telling, use->chain, use->use, use->source);
			has_commands &= use->remedy != NULL;
		}
	ret->evidence = told(&telling);
	return has_commands;
}

/* What is on a disk whose user is unknown. */
static const char *seen_on(const struct hd_subject *s, const struct hd_disk *disk)
{
	struct telling telling = { .s = s };

	for (size_t i = 0; i < disk->n_sleeping; i++)
		add_use(&telling, disk->sleeping[i].chain, disk->sleeping[i].what,
			disk->sleeping[i].source);
	return telling.n ? hd_printf(s->arena, "; it carries %s", told(&telling)) : "";
}

/* Did the kernel refuse the claim, or is its answer unknown? */
static bool is_refused(const struct hd_disk *disk)
{
	return disk->claim == HD_CLAIM_BUSY || disk->claim == HD_CLAIM_UNKNOWN;
}

bool hd_storage_is_used(const struct hd_storage *storage)
{
	for (size_t i = 0; i < storage->n_disks; i++)
		if (storage->disks[i].n_uses || is_refused(&storage->disks[i]))
			return true;
	return false;
}

enum hd_use hd_storage_use(const struct hd_storage *storage)
{
	/* Linux net/9p/trans_virtio.c, p9_virtio_remove: waits until the share is unmounted. */
	return storage->essential || (storage->n_disks && storage->disks[0].is_share) ?
	       HD_USE_NEVER : HD_USE_DATA;
}

static const char *claim_text(const struct hd_subject *s, const struct hd_disk *disk)
{
	if (disk->claim == HD_CLAIM_BUSY)
		return hd_printf(s->arena,
				 "the kernel refuses an exclusive claim on /dev/%s: "
				 "something that no table lists uses it%s",
				 disk->name, seen_on(s, disk));
	return hd_printf(s->arena, "/dev/%s cannot be claimed (%s): it counts as used",
			 disk->name,
			 disk->claim_error ? strerror(disk->claim_error)
					   : "another device");
}

/* Claims that the kernel did not grant and no known use explains. */
static enum hd_verdict collect_claims(const struct hd_subject *s,
				      const struct hd_storage *storage,
				      struct hd_result *ret)
{
	enum hd_verdict verdict = HD_PASS;

	for (size_t i = 0; i < storage->n_disks; i++) {
		const struct hd_disk *disk = &storage->disks[i];

		if (!is_refused(disk) || disk->n_uses)
			continue;
		if (verdict != HD_FAIL)
			verdict = disk->claim == HD_CLAIM_BUSY ? HD_FAIL : HD_UNKNOWN;
		hd_join(s->arena, &ret->evidence, "%s", claim_text(s, disk));
	}
	return verdict;
}

static const char *commands(struct hd_arena *arena, const struct hd_storage *storage)
{
	const char *text = NULL;

	for (size_t i = 0; i < storage->n_commands; i++)
		hd_join(arena, &text, HD_COMMAND("%s"), storage->commands[i]);
	return text;
}

/* RET has the row's general remedy. */
static void advise_remedy(const struct hd_subject *s, const struct hd_storage *storage,
			  struct hd_result *ret, bool is_complete)
{
	const char *text = commands(s->arena, storage);

	if (storage->essential) {
		ret->never = storage->essential;
		hd_advise(s, ret, "%s is on it; it cannot be freed while this system "
			  "runs: choose another device", storage->essential);
		return;
	}
	if (text && !is_complete)
		text = hd_printf(s->arena, "%s; then %s", text, ret->remedy);
	if (text && storage->start)
		text = hd_printf(s->arena,
				 "%s is on it, which the host needs at the next boot: "
				 "choose another device, or %s",
				 storage->start, text);
	if (text)
		ret->remedy = text;
}

/* Nothing uses it now, but somebody may miss it. */
static enum hd_verdict warn_of_sleeping(const struct hd_subject *s,
					const struct hd_storage *storage,
					struct hd_result *ret)
{
	struct telling telling = { .s = s };
	const char *remedy = NULL;

	for (size_t i = 0; i < storage->n_disks; i++)
		for (size_t j = 0; j < storage->disks[i].n_sleeping; j++) {
			const struct hd_disk_data *data = &storage->disks[i].sleeping[j];

			add_use(&telling, data->chain, data->what, data->source);
			if (telling.n <= MAX_TOLD)
				hd_join(s->arena, &remedy, "%s", data->remedy);
		}
	if (!telling.n)
		return HD_PASS;
	ret->remedy = remedy;
	ret->use = HD_USE_SLEEPS;
	ret->severity = HD_WARNING;
	return hd_say(ret, HD_FAIL, told(&telling));
}

enum hd_verdict hd_judge_storage(const struct hd_subject *s,
				 const struct hd_storage *storage, struct hd_result *ret)
{
	enum hd_verdict claims, sleeping;
	bool is_complete;

	if (!storage->n_disks)
		return HD_SKIP;
	/* Whether the kernel refuses a claim as well, or only a table shows the use. */
	ret->use = hd_storage_use(storage);
	is_complete = collect_uses(s, storage, ret);
	if (ret->evidence) {
		is_complete &= collect_claims(s, storage, ret) == HD_PASS;
		advise_remedy(s, storage, ret, is_complete);
		return HD_FAIL;
	}
	claims = collect_claims(s, storage, ret);
	if (claims != HD_PASS)
		return claims;
	sleeping = warn_of_sleeping(s, storage, ret);
	if (sleeping != HD_PASS)
		return sleeping;
	return hd_tell(s, ret, HD_PASS, "nothing uses %s%s%s",
		       storage->disks[0].is_share ? "" : "/dev/", storage->disks[0].name,
		       storage->n_disks > 1 ? " and its other disks" : "");
}

static enum hd_verdict is_storage_free(const struct hd_subject *s, struct hd_result *ret)
{
	if (s->pci->fn.driver_kind == HD_DRIVER_VFIO)
		return HD_SKIP;
	if (!s->pci->storage.n_disks)
		return hd_pci_class_of(&s->pci->fn) >> 8 == CLASS_STORAGE ? HD_PASS : HD_SKIP;
	return hd_judge_storage(s, &s->pci->storage, ret);
}

const struct hd_check hd_check_storage_free = {
	.id = "storage-free",
	.scope = HD_SCOPE_TAKEN,
	.severity = HD_ERROR,
	.title = "the host uses no disk or share behind the function",
	.remedy = "find the user with `lsblk`, `findmnt`, `swapon` and `dmsetup ls "
		  "--tree`, and stop what manages the disk (ZFS, Ceph, a cluster)",
	.doc = "libvirt detaches a controller with a mounted filesystem and reports "
	       "success; the filesystem is then gone. Every block device behind the "
	       "function must be free of mounts (in every mount namespace), swap, holders "
	       "(LVM, device mapper, multipath, md, bcache, ZFS, DRBD), loop devices on "
	       "the disk or on its files, and exports (NVMe and SCSI targets); and the "
	       "kernel must grant an exclusive claim on it (open(2) with O_EXCL), which "
	       "fails if nearly anything in the kernel uses the disk. On a host that is a guest "
	       "itself, a share (9p, virtiofs, vboxsf) that is mounted counts as a disk in use: "
	       "the mount's source is the share's tag. One whose tag cannot be read (virtiofs "
	       "before Linux 6.9) counts as each that is mounted, and one of the driver's "
	       "references that no mount explains (a layer of an overlay) as a use. "
	       "What is unknown "
	       "counts as in use, and none of this can be allowed. The remedy is a list of "
	       "commands that free the disk if they are run in that order. A dormant use "
	       "is a warning, which the guest's metadata can make a note: members of an "
	       "inactive volume group, array or pool, and what fstab, crypttab or resume= "
	       "name. Source: /sys/block, /proc/PID/mountinfo, /proc/swaps, "
	       "/run/udev/data, configfs and the claim itself; mount_tag of the virtio device, "
	       "/sys/fs/virtiofs and /sys/module.",
	.allow = HD_ALLOW_METADATA,
	.is_last_look = true,
	.run = is_storage_free,
};
