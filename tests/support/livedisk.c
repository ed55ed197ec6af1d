/* SPDX-License-Identifier: GPL-2.0-or-later */
/* livedisk.c - a loop device as a function's disk, so that the kernel arbitrates for real. */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/mount.h>
#include <unistd.h>

#include "tests/support/livedisk.h"
#include "tests/support/unit.h"

void skip_for(const char *why_not)
{
	if (!why_not)
		return;
	print_message("# skipped: %s\n", why_not);
	skip();
}

void live_disk_open(struct live_disk *live)
{
	struct hd_error err;

	*live = (struct live_disk){ .dev = { .fd = -1 } };
	assert_int_equal(hd_sysroot_open(&live->root, NULL, &err), 0);
	live->disk.claim_fd = -1;
	live->storage = (struct hd_storage){ .disks = &live->disk, .n_disks = 1 };
}

void live_disk_make(struct live_disk *live, bool has_partition)
{
	const char *why;

	live_disk_open(live);
	why = loop_dev_make(&live->dev, has_partition);
	if (why)
		hd_sysroot_close(&live->root);
	skip_for(why);
	live->disk.name = live->dev.name;
	live->disk.major = live->dev.major;
	live->disk.minor = live->dev.minor;
}

void live_disk_done(struct live_disk *live)
{
	hd_storage_release(&live->storage);
	assert_int_equal(live->disk.claim, HD_CLAIM_NOT_TRIED);
	assert_int_equal(live->disk.claim_fd, -1);
	loop_dev_remove(&live->dev);
	hd_sysroot_close(&live->root);
}

enum hd_claim_state live_disk_claim(struct live_disk *live)
{
	hd_storage_claim(&live->storage, &live->root);
	return live->disk.claim;
}

const char *live_disk_mount(const char *node, char dir[static 32])
{
	const char *const mkfs[] = { "mkfs.ext4", "-q", "-F", node, NULL };

	(void)snprintf(dir, 32, "/tmp/hostdevctl-mnt-XXXXXX");
	if (loop_dev_run(mkfs) != 0)
		return "mkfs.ext4 does not work";
	if (!mkdtemp(dir))
		return "cannot make a directory in /tmp";
	if (mount(node, dir, "ext4", MS_RDONLY, NULL) == 0)
		return NULL;
	(void)rmdir(dir);
	return "ext4 cannot be mounted";
}
