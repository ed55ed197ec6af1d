/* SPDX-License-Identifier: GPL-2.0-or-later */
/* loopdev.c - a real block device for tests: a loop device on a file without a name. */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/blkpg.h>
#include <linux/loop.h>
#include <poll.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/macro.h"
#include "tests/support/loopdev.h"

#define SIZE (16 << 20)
#define PART_START (1 << 20)

extern char **environ;

int loop_dev_run(const char *const *argv)
{
	posix_spawn_file_actions_t actions;
	pid_t pid;
	int status = -1, rc;

	(void)posix_spawn_file_actions_init(&actions);
	(void)posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0);
	(void)posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0);
	rc = posix_spawnp(&pid, argv[0], &actions, NULL, (char *const *)argv, environ);
	(void)posix_spawn_file_actions_destroy(&actions);
	if (rc || waitpid(pid, &status, 0) < 0 || !WIFEXITED(status))
		return -1;
	return WEXITSTATUS(status) == 127 ? -1 : WEXITSTATUS(status);
}

/* Takes a free loop device for the file; another process may be faster, so try again. */
static int attach(struct loop_dev *dev, int control, int file_fd)
{
	for (int i = 0; i < 50; i++) {
		int number = ioctl(control, LOOP_CTL_GET_FREE), fd;

		if (number < 0)
			return -1;
		(void)snprintf(dev->name, sizeof(dev->name), "loop%d", number);
		(void)snprintf(dev->node, sizeof(dev->node), "/dev/loop%d", number);
		(void)snprintf(dev->part_node, sizeof(dev->part_node), "/dev/loop%dp1", number);
		fd = open(dev->node, O_RDWR | O_CLOEXEC);
		if (fd < 0)
			return -1;
		if (ioctl(fd, LOOP_SET_FD, file_fd) == 0)
			return fd;
		(void)close(fd);
		(void)poll(NULL, 0, 10);
	}
	return -1;
}

static bool has_appeared(const char *path)
{
	for (int i = 0; i < 1000; i++) {
		if (access(path, F_OK) == 0)
			return true;
		(void)poll(NULL, 0, 20);
	}
	return false;
}

/* The device goes with its last descriptor, also when a test fails. */
static const char *set_flags(struct loop_dev *dev)
{
	struct loop_info64 info;

	if (ioctl(dev->fd, LOOP_GET_STATUS64, &info) < 0)
		return "LOOP_GET_STATUS64 fails";
	info.lo_flags |= LO_FLAGS_AUTOCLEAR | LO_FLAGS_PARTSCAN;
	if (ioctl(dev->fd, LOOP_SET_STATUS64, &info) < 0)
		return "LOOP_SET_STATUS64 fails";
	return NULL;
}

/* Told, not found: the kernel need not know a kind of partition table. */
static const char *add_partition(struct loop_dev *dev)
{
	struct blkpg_partition part = {
		.start = PART_START, .length = SIZE - PART_START, .pno = 1,
	};
	struct blkpg_ioctl_arg arg = {
		.op = BLKPG_ADD_PARTITION, .datalen = sizeof(part), .data = &part,
	};

	if (ioctl(dev->fd, BLKPG, &arg) < 0)
		return "loop devices have no partitions here";
	return has_appeared(dev->part_node) ? NULL : "no node of a partition appears";
}

/* NULL, or why there is none. */
static const char *attach_file(struct loop_dev *dev)
{
	_cleanup_(hd_close) int file_fd = -1, control = open("/dev/loop-control", O_RDWR);
	char file[] = "/tmp/hostdevctl-loop-XXXXXX";
	struct stat st;

	if (geteuid())
		return "not root";
	if (control < 0)
		return "no /dev/loop-control";
	file_fd = mkostemp(file, O_CLOEXEC);
	if (file_fd < 0 || unlink(file) < 0 || ftruncate(file_fd, SIZE) < 0)
		return "cannot make a file in /tmp";
	dev->fd = attach(dev, control, file_fd);
	if (dev->fd < 0 || fstat(dev->fd, &st) < 0)
		return "no loop device can be set up";
	dev->major = major(st.st_rdev);
	dev->minor = minor(st.st_rdev);
	return NULL;
}

const char *loop_dev_make(struct loop_dev *dev, bool has_partition)
{
	const char *why;

	*dev = (struct loop_dev){ .fd = -1 };
	why = attach_file(dev);
	if (why)
		return why;
	why = set_flags(dev);
	if (!why && has_partition)
		why = add_partition(dev);
	if (why)
		loop_dev_remove(dev);
	return why;
}

void loop_dev_remove(struct loop_dev *dev)
{
	hd_close(&dev->fd);
}
