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
	c->fns[0].storage = (struct hd_storage){ c->disks, 1 };
	return &c->disks[0];
}

static void held(struct check_case *c) { disk(c, HD_CLAIM_HELD); }
static void busy(struct check_case *c) { disk(c, HD_CLAIM_BUSY); }
static void not_tried(struct check_case *c) { disk(c, HD_CLAIM_NOT_TRIED); }
static void unknown(struct check_case *c) { disk(c, HD_CLAIM_UNKNOWN)->claim_error = EACCES; }
static void replaced(struct check_case *c) { disk(c, HD_CLAIM_UNKNOWN); }

static void unknown_elsewhere(struct check_case *c)
{
	unknown(c);
	c->root.is_live = false;
}

static void mounted(struct check_case *c)
{
	disk(c, HD_CLAIM_BUSY)->n_uses = 2;
	c->uses[0] = (struct hd_disk_use){ "nvme0n1 -> nvme0n1p2", "mounted on /home",
					   "umount /home" };
	c->uses[1] = (struct hd_disk_use){ "nvme0n1 -> nvme0n1p3", "swap",
					   "swapoff /dev/nvme0n1p3" };
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
	{ "uses", DISK_FREE, mounted, HD_FAIL, HD_ERROR,
	  "nvme0n1 -> nvme0n1p2: mounted on /home; nvme0n1 -> nvme0n1p3: swap",
	  "umount /home; swapoff /dev/nvme0n1p3" },
	{ "tables win over a claim", DISK_FREE, mounted_but_claimed, HD_FAIL, HD_ERROR, "/home", NULL },
	{ "no remedy known", DISK_FREE, no_remedy_known, HD_FAIL, HD_ERROR, "/home", "lsblk" },
	{ "another disk too", DISK_FREE, second_busy, HD_FAIL, HD_ERROR, "on /dev/nvme0n2", "umount" },
	{ "claim wins over tables", DISK_FREE, busy, HD_FAIL, HD_ERROR,
	  "the kernel refuses an exclusive claim on /dev/nvme0n1: something uses it", "lsblk" },
	{ "claim unknown", DISK_FREE, unknown, HD_UNKNOWN, HD_ERROR, "Permission denied", NULL },
	{ "node replaced", DISK_FREE, replaced, HD_UNKNOWN, HD_ERROR, "another device", NULL },
	{ "a captured host has tables only", DISK_FREE, unknown_elsewhere, HD_PASS, 0, NULL, NULL },
	{ "claims not asked for", DISK_FREE, not_tried, HD_PASS, 0, NULL, NULL },
	{ "on VFIO", DISK_FREE, on_vfio, HD_SKIP, 0, NULL, NULL },
	{ "no metadata helps", DISK_FREE, allowed, HD_FAIL, HD_ERROR, NULL, NULL },
};

int main(void)
{
	return check_rows_run(rows, HD_ARRAY_SIZE(rows));
}
