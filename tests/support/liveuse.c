/* SPDX-License-Identifier: GPL-2.0-or-later */
/* liveuse.c - uses of a device that are real, on a fake host that is live. */
#include "config.h"

#include <fcntl.h>
#include <pthread.h>
#include <sched.h>
#include <semaphore.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/support/liveuse.h"
#include "tests/support/loopdev.h"
#include "tests/support/unit.h"

/* What the test has made, for live_use_end(). */
static struct {
	pid_t child;
	struct loop_dev disk;
	int claim;
} made = { .claim = -1 };

void live_use_end(void)
{
	if (made.child > 0) {
		(void)kill(made.child, SIGKILL);
		(void)waitpid(made.child, NULL, 0);
	}
	hd_close(&made.claim);
	if (made.disk.node[0])
		loop_dev_remove(&made.disk);
	memset(&made, 0, sizeof(made));
	made.claim = -1;
}

/* The host's processes are a child of ours that HOLDS something, and nobody else. */
static const char *add_child(struct fake_host *host, bool (*hold)(void))
{
	int ready[2];
	char byte;

	assert_int_equal(pipe(ready), 0);
	made.child = fork();
	if (!made.child) {
		if (!hold() || write(ready[1], "x", 1) != 1)
			_exit(1);
		for (;;)
			(void)pause();
	}
	assert_true(made.child > 0);
	(void)close(ready[1]);
	assert_int_equal(read(ready[0], &byte, 1), 1);
	(void)close(ready[0]);
	fake_link(host, hd_printf(&host->arena, "proc/%d", made.child),
		  hd_printf(&host->arena, "/proc/%d", made.child));
	return NULL;
}

static bool hold_open(void)
{
	return open("/dev/full", O_RDONLY) >= 0;
}

static bool hold_mapped(void)
{
	int fd = open("/dev/zero", O_RDONLY);

	return mmap(NULL, 4096, PROT_READ, MAP_PRIVATE, fd, 0) != MAP_FAILED && close(fd) == 0;
}

static void *open_apart(void *ready)
{
	if (unshare(CLONE_FILES) < 0 || !hold_open() || sem_post(ready) < 0)
		_exit(1);
	for (;;)
		(void)pause();
	return NULL;
}

static bool hold_in_thread(void)
{
	static sem_t ready;
	pthread_t thread;

	return sem_init(&ready, 0, 0) == 0 &&
	       pthread_create(&thread, NULL, open_apart, &ready) == 0 && sem_wait(&ready) == 0;
}

const char *live_use_open(struct fake_host *host)
{
	return add_child(host, hold_open);
}

const char *live_use_map(struct fake_host *host)
{
	return add_child(host, hold_mapped);
}

const char *live_use_thread(struct fake_host *host)
{
	return add_child(host, hold_in_thread);
}

const char *live_use_claim(struct fake_host *host, const char *number)
{
	const char *why = loop_dev_make(&made.disk, false);

	if (why)
		return why;
	fake_file(host, number,
		  hd_printf(&host->arena, "%u:%u\n", made.disk.major, made.disk.minor));
	if (mknod(hd_printf(&host->arena, "%s/dev/nvme0n1", host->path), S_IFBLK | 0600,
		  makedev(made.disk.major, made.disk.minor)) < 0)
		return "no node can be made in /tmp";
	made.claim = open(made.disk.node, O_RDONLY | O_EXCL | O_CLOEXEC);
	return made.claim < 0 ? "the disk cannot be claimed" : NULL;
}

const char *live_use_route(struct fake_host *host)
{
	static const char *const argv[] = {
		"sh", "-c", "exec 2>/dev/null; ip link add v0 type veth peer name v1 && "
		"ip link set v0 up && ip link set v1 up && ip addr add 192.0.2.7/24 dev v0 && "
		"ip route add default via 192.0.2.1 dev v0", NULL };

	fake_file(host, "proc/self/ns/net", "");
	fake_link(host, "proc/1/ns/net", "../../self/ns/net");
	if (unshare(CLONE_NEWNET) < 0 || loop_dev_run(argv) != 0)
		return "no network namespace, or no ip(8)";
	return NULL;
}
