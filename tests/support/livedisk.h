/* SPDX-License-Identifier: GPL-2.0-or-later */
/* livedisk.h - a loop device as a function's disk, so that the kernel arbitrates for real. */
#pragma once

#include "facts/storage/storage.h"
#include "tests/support/loopdev.h"

struct live_disk {
	struct hd_sysroot root;		/* the running host */
	struct hd_disk disk;
	struct hd_storage storage;	/* of this disk alone */
	struct loop_dev dev;
};

/* Skips the test and says WHY_NOT; nothing if that is NULL. */
void skip_for(const char *why_not);

/* A disk without a name and a device yet. */
void live_disk_open(struct live_disk *live);

/* With a loop device, which may have one partition; skips the test where there are none. */
void live_disk_make(struct live_disk *live, bool has_partition);

/* Releases the claim, verifies that, and removes the device. */
void live_disk_done(struct live_disk *live);

enum hd_claim_state live_disk_claim(struct live_disk *live);

/* Mounts NODE read-only, with a new file system, on a new directory DIR; NULL or why not. */
const char *live_disk_mount(const char *node, char dir[static 32]);
