/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_check_storage.c - a disk passes only if tables and kernel say that it is free. */
#include "config.h"

#include <errno.h>

#include "tests/support/checkcase.h"

#define DISK_FREE &hd_check_storage_free

static struct hd_disk *disk(struct check_case *c, enum hd_claim_state claim)
{
	c->disks[0] = (struct hd_disk){
		.name = "nvme0n1", .uses = c->uses, .claim = claim, .claim_fd = -1
	};
	c->fns[0].storage = (struct hd_storage){ .disks = c->disks, .n_disks = 1 };
	return &c->disks[0];
}

static void held(struct check_case *c) { disk(c, HD_CLAIM_HELD); }
static void busy(struct check_case *c) { disk(c, HD_CLAIM_BUSY); }
static void not_tried(struct check_case *c) { disk(c, HD_CLAIM_NOT_TRIED); }
static void unknown(struct check_case *c) { disk(c, HD_CLAIM_UNKNOWN)->claim_error = EACCES; }
static void replaced(struct check_case *c) { disk(c, HD_CLAIM_UNKNOWN); }

static void mounted(struct check_case *c)
{
	static const char *const commands[] = { "umount /home", "vgchange -an vg0" };

	disk(c, HD_CLAIM_BUSY)->n_uses = 2;
	c->uses[0] = (struct hd_disk_use){ "nvme0n1 -> nvme0n1p2 -> dm-0 (vg0/home) -> /home",
					   "mounted", commands[0], "proc/self/mountinfo" };
	c->uses[1] = (struct hd_disk_use){ "nvme0n1 -> nvme0n1p2 -> dm-0 (vg0/home)",
					   "held by LVM", commands[1],
					   "sys/class/block/nvme0n1p2/holders" };
	c->fns[0].storage.commands = commands;
	c->fns[0].storage.n_commands = 2;
}

static void held_beside(struct check_case *c)
{
	mounted(c);
	c->uses[1].chain = "nvme0n1 -> nvme0n1p2 -> dm-0 (vg0/homes)";
}

static void root(struct check_case *c)
{
	mounted(c);
	c->fns[0].storage.essential = "the host's root filesystem";
}

static void boot(struct check_case *c)
{
	mounted(c);
	c->fns[0].storage.start = "the host's boot filesystem";
}

static void half_known(struct check_case *c)
{
	mounted(c);
	c->uses[1].remedy = NULL;
}

static void sleeping(struct check_case *c)
{
	struct hd_disk *d = disk(c, HD_CLAIM_HELD);

	c->sleeping[0] = (struct hd_disk_data){ "nvme0n1 -> nvme0n1p1", "ext4 that the host uses",
						"take it out", "etc/fstab names LABEL=x" };
	d->sleeping = c->sleeping;
	d->n_sleeping = 1;
}

static void busy_and_sleeping(struct check_case *c)
{
	sleeping(c);
	c->disks[0].claim = HD_CLAIM_BUSY;
}

static void unknown_and_sleeping(struct check_case *c)
{
	sleeping(c);
	c->disks[0].claim = HD_CLAIM_UNKNOWN;
}

/* More uses than are shown; the hold is in the chains of the others and does not count. */
static void many(struct check_case *c)
{
	struct hd_disk *d = disk(c, HD_CLAIM_BUSY);

	d->uses = NULL;
	for (int i = 0; i < 11; i++)
		*(struct hd_disk_use *)hd_append(&c->arena, &d->uses, &d->n_uses,
						 sizeof(*d->uses)) =
			(struct hd_disk_use){ hd_printf(&c->arena, "nvme0n1 -> /m%d", i),
					      "mounted", "umount /m", "proc/self/mountinfo" };
	*(struct hd_disk_use *)hd_append(&c->arena, &d->uses, &d->n_uses, sizeof(*d->uses)) =
		(struct hd_disk_use){ "nvme0n1", "held by md", "mdadm --stop", "sys" };
}

static void mounted_but_claimed(struct check_case *c)
{
	mounted(c);
	c->disks[0].claim = HD_CLAIM_HELD;
}

static void second_busy(struct check_case *c)
{
	mounted(c);
	c->disks[1] = (struct hd_disk){ .name = "nvme0n2", .claim = HD_CLAIM_BUSY };
	c->fns[0].storage.n_disks = 2;
}

static void no_remedy_known(struct check_case *c)
{
	mounted(c);
	c->uses[0].remedy = NULL;
	c->uses[1].remedy = NULL;
}

/* No claim, and no node. */
static void share(struct check_case *c)
{
	disk(c, HD_CLAIM_NOT_TRIED)->is_share = true;
	c->disks[0].name = "virtio3 -> 9p share \"lab\"";
}

static void share_is_root(struct check_case *c)
{
	share(c);
	c->disks[0].n_uses = 1;
	c->uses[0] = (struct hd_disk_use){ "virtio3 -> 9p share \"lab\" -> /",
					   "mounted, the host's root filesystem", "",
					   "proc/self/mountinfo" };
	c->fns[0].storage.essential = "the host's root filesystem";
}

static void on_vfio(struct check_case *c)
{
	mounted(c);
	c->fns[0].fn.driver_kind = HD_DRIVER_VFIO;
}

static void network_card(struct check_case *c) { c->fns[0].fn.class = 0x020000; }

static void allowed(struct check_case *c)
{
	busy(c);
	c->request.policy.n_allows = 1;
	c->allows[0] = (struct hd_allow){ "storage-free", "0000:01:00.0" };
}

static const struct check_row rows[] = {
	{ "claimed", DISK_FREE, held, HD_PASS, 0, "/dev/nvme0n1", NULL },
	{ "no disk", DISK_FREE, NULL, HD_PASS, 0, NULL, NULL },
	{ "no storage", DISK_FREE, network_card, HD_SKIP, 0, NULL, NULL },
	{ "the whole chain", DISK_FREE, mounted, HD_FAIL, HD_ERROR,
	  "0000:01:00.0 -> nvme0n1 -> nvme0n1p2 -> dm-0 (vg0/home) -> /home: mounted "
	  "(proc/self/mountinfo)", "`umount /home`; `vgchange -an vg0`" },
	{ "a hold of its own", DISK_FREE, held_beside, HD_FAIL, HD_ERROR,
	  "(proc/self/mountinfo); 0000:01:00.0 -> nvme0n1 -> nvme0n1p2 -> dm-0 (vg0/homes): held by "
	  "LVM (sys/class/block/nvme0n1p2/holders)", NULL },
	{ "many uses", DISK_FREE, many, HD_FAIL, HD_ERROR,
	  "-> /m7: mounted (proc/self/mountinfo); and 3 more", NULL },
	{ "root", DISK_FREE, root, HD_FAIL, HD_ERROR, "/home",
	  "the host's root filesystem is on it; it cannot be freed while this system runs: choose "
	  "another device" },
	{ "boot", DISK_FREE, boot, HD_FAIL, HD_ERROR, "/home",
	  "choose another device, or `umount /home`; `vgchange -an vg0`" },
	{ "one use without a command", DISK_FREE, half_known, HD_FAIL, HD_ERROR, "/home",
	  "`umount /home`; `vgchange -an vg0`; then find the user with `lsblk`" },
	{ "sleeping data", DISK_FREE, sleeping, HD_FAIL, HD_WARNING,
	  "0000:01:00.0 -> nvme0n1 -> nvme0n1p1: ext4 that the host uses (etc/fstab names LABEL=x)",
	  "take it out" },
	{ "a claim beats sleeping data", DISK_FREE, busy_and_sleeping, HD_FAIL, HD_ERROR,
	  "something that no table lists uses it; it carries 0000:01:00.0 -> nvme0n1 -> nvme0n1p1: "
	  "ext4", "lsblk" },
	{ "an unknown claim beats sleeping data", DISK_FREE, unknown_and_sleeping, HD_UNKNOWN,
	  HD_ERROR, "another device", NULL },
	{ "tables win over a claim", DISK_FREE, mounted_but_claimed, HD_FAIL, HD_ERROR, "/home", NULL },
	{ "no remedy known", DISK_FREE, no_remedy_known, HD_FAIL, HD_ERROR, "/home", "lsblk" },
	{ "another disk too", DISK_FREE, second_busy, HD_FAIL, HD_ERROR, "on /dev/nvme0n2", "umount" },
	{ "claim wins over tables", DISK_FREE, busy, HD_FAIL, HD_ERROR,
	  "the kernel refuses an exclusive claim on /dev/nvme0n1: something that no table lists", "lsblk" },
	{ "claim unknown", DISK_FREE, unknown, HD_UNKNOWN, HD_ERROR, "Permission denied", NULL },
	{ "node replaced", DISK_FREE, replaced, HD_UNKNOWN, HD_ERROR, "another device", NULL },
	{ "claims not asked for", DISK_FREE, not_tried, HD_PASS, 0, NULL, NULL },
	{ "a share", DISK_FREE, share, HD_PASS, 0, "nothing uses virtio3 -> 9p share \"lab\"", NULL },
	{ "a share that is the root", DISK_FREE, share_is_root, HD_FAIL, HD_ERROR,
	  "0000:01:00.0 -> virtio3 -> 9p share \"lab\" -> /: mounted, the host's root filesystem "
	  "(proc/self/mountinfo)", "it cannot be freed while this system runs" },
	{ "on VFIO", DISK_FREE, on_vfio, HD_SKIP, 0, NULL, NULL },
	{ "no metadata helps", DISK_FREE, allowed, HD_FAIL, HD_ERROR, NULL, NULL },
};

int main(void)
{
	return check_rows_run(rows, HD_ARRAY_SIZE(rows));
}
