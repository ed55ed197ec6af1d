/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * test_holders_live.c - is every way to hold a node seen on the running host?
 *
 * Each row is a child process that holds /dev/full or /dev/zero in its own way, and
 * is looked for in /proc and by the kernel's own walk.
 */
#include "config.h"

#include <fcntl.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "facts/holders_internal.h"
#include "tests/support/unit.h"

#define FULL 0
#define ZERO 1

static const struct hd_node nodes[] = {
	{ 1, 7, "/dev/not-its-name", false, "mem" },
	{ 1, 5, "/dev/nor-this", false, "mem" },
	{ 1, 7, "/dev/a-disk", true, "block" },
};

static bool opens(void)
{
	return open("/dev/full", O_RDONLY) >= 0;
}

static bool opens_path(void)
{
	return open("/dev/full", O_PATH) >= 0;
}

/* A private mapping keeps the node (Linux drivers/char/mem.c, mmap_zero). */
static bool maps(void)
{
	int fd = open("/dev/zero", O_RDONLY);
	void *at = mmap(NULL, 4096, PROT_READ, MAP_PRIVATE, fd, 0);

	return at != MAP_FAILED && close(fd) == 0;
}

static bool maps_and_opens(void)
{
	return maps() && open("/dev/zero", O_RDONLY) >= 0;
}

static bool has_own_node(void)
{
	int fd;

	if (unshare(CLONE_NEWNS) < 0 ||
	    mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) < 0 ||
	    mount("none", "/mnt", "tmpfs", 0, NULL) < 0 ||
	    mknod("/mnt/mine", S_IFCHR | 0600, makedev(1, 7)) < 0)
		return false;
	fd = open("/mnt/mine", O_RDONLY);
	return fd >= 0 && unlink("/mnt/mine") == 0;
}

static void *open_apart(void *result)
{
	*(int *)result = unshare(CLONE_FILES) < 0 ? -1 : open("/dev/full", O_RDONLY);
	(void)kill(getpid(), SIGUSR1);
	for (;;)
		(void)pause();
	return NULL;
}

/* The signal ends the wait: `result` is set then. */
static bool thread_opens(void)
{
	static int result = -1;
	pthread_t thread;
	sigset_t set;
	int number;

	(void)sigemptyset(&set);
	(void)sigaddset(&set, SIGUSR1);
	(void)sigprocmask(SIG_BLOCK, &set, NULL);
	return pthread_create(&thread, NULL, open_apart, &result) == 0 &&
	       sigwait(&set, &number) == 0 && result >= 0;
}

static bool does_nothing(void)
{
	return true;
}

static const struct row {
	const char *name;
	bool (*hold)(void);
	int node;		/* -1: none */
	bool is_mapped, needs_root;
} rows[] = {
	{ "open", opens, FULL, false, false },
	{ "open for its path only", opens_path, -1, false, false },
	{ "mapped and closed", maps, ZERO, true, true },
	{ "mapped and open", maps_and_opens, ZERO, false, true },
	{ "a node of its own, unlinked", has_own_node, FULL, false, true },
	{ "a thread with files of its own", thread_opens, FULL, false, true },
	{ "nothing", does_nothing, -1, false, false },
};

static const struct way {
	const char *name;
	enum hd_way way;
} ways[] = {
	{ "by /proc", HD_WAY_PROC }, { "by the kernel", HD_WAY_KERNEL }, { "best", HD_WAY_BEST },
};

struct case_ {
	char name[80];
	const struct row *row;
	const struct way *way;
};

static pid_t start(const struct row *row)
{
	int ready[2];
	char byte;
	pid_t pid;

	assert_int_equal(pipe(ready), 0);
	pid = fork();
	if (pid == 0) {
		(void)prctl(PR_SET_NAME, "holder");
		if (!row->hold() || write(ready[1], "x", 1) != 1)
			_exit(1);
		for (;;)
			(void)pause();
	}
	assert_true(pid > 0);
	(void)close(ready[1]);
	assert_int_equal(read(ready[0], &byte, 1), 1);
	(void)close(ready[0]);
	return pid;
}

static size_t count(const struct hd_holders *holders, pid_t pid, const struct hd_holder **ret)
{
	size_t n = 0;

	for (size_t i = 0; i < holders->n; i++)
		if (holders->holders[i].pid == pid) {
			*ret = &holders->holders[i];
			n++;
		}
	return n;
}

static void run(void **state)
{
	const struct case_ *asked = *state;
	const struct row *row = asked->row;
	const struct hd_holder *found = NULL;
	struct hd_arena arena = { NULL };
	struct hd_holders holders;
	struct hd_sysroot root;
	struct hd_error err;
	size_t n;
	pid_t pid;
	int rc;

	if (row->needs_root && geteuid() != 0) {
		print_message("# skipped: needs root\n");
		skip();
	}
	assert_int_equal(hd_sysroot_open(&root, NULL, &err), 0);
	pid = start(row);
	rc = hd_holders_read_by(&holders, asked->way->way, &root, &arena, nodes, 3, &err);
	(void)kill(pid, SIGKILL);
	(void)waitpid(pid, NULL, 0);
	if (rc < 0 && asked->way->way == HD_WAY_KERNEL) {
		print_message("# skipped: %s\n", err.text);
		hd_sysroot_close(&root);
		hd_arena_done(&arena);
		skip();
	}
	assert_int_equal(rc, 0);
	n = count(&holders, pid, &found);
	assert_int_equal(n, row->node < 0 ? 0 : 1);
	if (n) {
		assert_ptr_equal(found->node, &nodes[row->node]);
		assert_int_equal(found->is_mapped, row->is_mapped);
		assert_string_equal(found->command, "holder");
	}
	hd_sysroot_close(&root);
	hd_arena_done(&arena);
}

/* Has /dev/loop0 open for MS milliseconds, as NAME; the pipe tells when it has. */
static pid_t probe(const char *name, int ms)
{
	const struct timespec time = { ms / 1000, (long)(ms % 1000) * 1000000 };
	int ready[2];
	char byte;
	pid_t pid;

	assert_int_equal(pipe(ready), 0);
	pid = fork();
	if (pid == 0) {
		(void)prctl(PR_SET_NAME, name);
		(void)!open("/dev/loop0", O_RDONLY | O_NONBLOCK);
		(void)!write(ready[1], "x", 1);
		(void)nanosleep(&time, NULL);
		_exit(0);
	}
	(void)close(ready[1]);
	assert_int_equal(read(ready[0], &byte, 1), 1);
	(void)close(ready[0]);
	return pid;
}

/* udev's look at a disk ends by itself; another's use, and one that lasts, are told. */
static void test_patience(void **state)
{
	static const struct {
		const char *name;
		int ms;
		bool is_told;
	} probes[] = { { "blkid", 200, false }, { "blkid", 60000, true }, { "dd", 200, true } };
	static const struct hd_node node = { 7, 0, "/dev/loop0", true, "block" };
	const struct hd_holder *found = NULL;
	struct hd_holders holders;
	struct hd_holders_want want = { &node, 1, &holders };
	struct hd_arena arena = { NULL };
	struct hd_sysroot root;
	struct hd_error err;

	(void)state;
	if (access("/dev/loop0", R_OK) < 0) {
		print_message("# skipped: no /dev/loop0\n");
		skip();
	}
	assert_int_equal(hd_sysroot_open(&root, NULL, &err), 0);
	for (size_t i = 0; i < HD_ARRAY_SIZE(probes); i++) {
		pid_t pid = probe(probes[i].name, probes[i].ms);

		assert_int_equal(hd_holders_read_for(&want, 1, &root, &arena, &err), 0);
		assert_int_equal(count(&holders, pid, &found), probes[i].is_told);
		(void)kill(pid, SIGKILL);
		(void)waitpid(pid, NULL, 0);
	}
	hd_sysroot_close(&root);
	hd_arena_done(&arena);
}

int main(void)
{
	static struct case_ cases[HD_ARRAY_SIZE(rows) * HD_ARRAY_SIZE(ways)];
	struct CMUnitTest tests[HD_ARRAY_SIZE(cases) + 1] = { cmocka_unit_test(test_patience) };

	for (size_t i = 0; i < HD_ARRAY_SIZE(cases); i++) {
		cases[i].row = &rows[i / HD_ARRAY_SIZE(ways)];
		cases[i].way = &ways[i % HD_ARRAY_SIZE(ways)];
		(void)snprintf(cases[i].name, sizeof(cases[i].name), "%s, %s", cases[i].row->name,
			       cases[i].way->name);
		tests[i + 1] = (struct CMUnitTest){ .name = cases[i].name, .test_func = run,
						.initial_state = &cases[i] };
	}
	return cmocka_run_group_tests_name("holders_live", tests, NULL, NULL);
}
