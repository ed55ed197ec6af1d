/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * thread.c - has a file open in one thread alone.
 *
 *   thread FILE READY
 *
 * The thread leaves the process's table of descriptors (unshare(2), CLONE_FILES) before it opens
 * FILE, so that proc/PID/fd does not show it; then it makes READY and sleeps.  Exit status: 1 if
 * that cannot be had.
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <pthread.h>
#include <sched.h>
#include <stdlib.h>
#include <unistd.h>

static void *hold(void *files)
{
	char **argv = files;

	if (unshare(CLONE_FILES) < 0 || open(argv[1], O_RDONLY | O_CLOEXEC) < 0 ||
	    open(argv[2], O_WRONLY | O_CREAT | O_CLOEXEC, 0600) < 0)
		exit(1);
	for (;;)
		(void)pause();
}

int main(int argc, char **argv)
{
	pthread_t thread;

	if (argc != 3 || pthread_create(&thread, NULL, hold, argv) != 0)
		return 1;
	for (;;)
		(void)pause();
}
