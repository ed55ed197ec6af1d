/* SPDX-License-Identifier: GPL-2.0-or-later */
/* loopdev.h - a real block device for tests: a loop device on a file without a name. */
#pragma once

#include <stdbool.h>

struct loop_dev {
	char name[16];		/* "loop3" */
	char node[32];		/* "/dev/loop3" */
	char part_node[40];	/* "/dev/loop3p1" if it was made with a partition */
	unsigned major, minor;
	int fd;
};

/*
 * 16 MiB, empty, or with one partition.  Returns NULL, or why this machine
 * cannot have one: not root, no loop driver.
 */
const char *loop_dev_make(struct loop_dev *dev, bool has_partition);
void loop_dev_remove(struct loop_dev *dev);

/* Runs a program with up to five arguments; its exit code, or -1 if it cannot be run. */
int loop_dev_run(const char *const *argv);
