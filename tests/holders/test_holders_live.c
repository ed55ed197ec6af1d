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

#include "base/clock.h"
#include "facts/holders/holders_internal.h"
#include "tests/support/fakehost.h"
#include "tests/support/loopdev.h"
#include "tests/support/unit.h"

#define FULL 0
#define ZERO 1
#define FILE_OF_SYSFS 3
#define SYSFS_FILE "/kernel/btf/vmlinux"	/* the one that every kernel lets be mapped */
#define SAME_NUMBER "/bin/sh"

static struct hd_node nodes[] = {
	{ 1, 7, "/dev/not-its-name", false, "mem" },
	{ 1, 5, "/dev/nor-this", false, "mem" },
	{ 1, 7, "/dev/a-disk", true, "block" },
	{ HD_NODE_FILE, 0, "/sys" SYSFS_FILE, false, "pci" },
	{ HD_NODE_FILE, 0, SAME_NUMBER, false, "pci" },
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

static bool opens_sysfs(void)
{
	return open("/sys" SYSFS_FILE, O_RDONLY) >= 0;
}

static bool opens_sysfs_path(void)
{
	return open("/sys" SYSFS_FILE, O_PATH) >= 0;
}

static bool maps_sysfs(void)
{
	int fd = open("/sys" SYSFS_FILE, O_RDONLY);
	void *at = mmap(NULL, 4096, PROT_READ, MAP_PRIVATE, fd, 0);

	return at != MAP_FAILED && close(fd) == 0;
}

/* A network namespace has a sysfs of its own, with other inodes of the same numbers. */
static bool opens_own_sysfs(void)
{
	return unshare(CLONE_NEWNS | CLONE_NEWNET) == 0 &&
	       mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) == 0 &&
	       mount("none", "/mnt", "sysfs", 0, NULL) == 0 &&
	       open("/mnt" SYSFS_FILE, O_RDONLY) >= 0;
}

/* Its inode has the number of a wanted one, but it is not a file of sysfs. */
static bool opens_same_number(void)
{
	return open(SAME_NUMBER, O_RDONLY) >= 0;
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

static void *wait_forever(void *unused)
{
	for (;;)
		(void)pause();
	return unused;
}

static bool has_thread(void)
{
	pthread_t thread;

	return pthread_create(&thread, NULL, wait_forever, NULL) == 0;
}

static bool opens_and_leaves(void)
{
	return opens() && has_thread();
}

static bool maps_and_leaves(void)
{
	return maps() && has_thread();
}

/* More files than the table of those that were asked holds without a collision. */
static bool thread_beside_mappings(void)
{
	for (int i = 0; i < 1000; i++) {
		int fd = memfd_create("many", MFD_CLOEXEC);

		if (fd < 0 || mmap(NULL, 4096, PROT_READ, MAP_SHARED, fd, 0) == MAP_FAILED ||
		    close(fd) < 0)
			return false;
	}
	return thread_opens();
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
	bool leaves;		/* its first thread ends, and another one stays */
	bool is_recent;		/* an older kernel does not let it be held so */
} rows[] = {
	{ "open", opens, FULL, false, false, false, false },
	{ "open for its path only", opens_path, -1, false, false, false, false },
	{ "mapped and closed", maps, ZERO, true, true, false, false },
	{ "mapped and open", maps_and_opens, ZERO, false, true, false, false },
	{ "a node of its own, unlinked", has_own_node, FULL, false, true, false, false },
	{ "a thread with files of its own", thread_opens, FULL, false, true, false, false },
	{ "the first thread has ended, open", opens_and_leaves, FULL, false, true, true, false },
	{ "the first thread has ended, mapped", maps_and_leaves, ZERO, true, true, true, false },
	{ "a thread with files of its own beside many mappings", thread_beside_mappings, FULL,
	  false, true, false, false },
	{ "a file of sysfs", opens_sysfs, FILE_OF_SYSFS, false, false, false, false },
	{ "a file of sysfs for its path only", opens_sysfs_path, -1, false, false, false, false },
	{ "a file of sysfs, mapped and closed", maps_sysfs, FILE_OF_SYSFS, true, true, false, true },
	{ "a file of another sysfs", opens_own_sysfs, FILE_OF_SYSFS, false, true, false, false },
	{ "a file of the same number elsewhere", opens_same_number, -1, false, false, false, false },
	{ "nothing", does_nothing, -1, false, false, false, false },
};

static const struct way {
	const char *name;
	enum hd_way way;
} ways[] = {
	{ "by /proc", HD_WAY_PROC }, { "by the kernel", HD_WAY_KERNEL }, { "best", HD_WAY_BEST },
};

struct case_ {
	char name[96];
	const struct row *row;
	const struct way *way;
};

static void wait_for_zombie(pid_t pid)
{
	const int64_t deadline = hd_now_ms() + PATIENT_MS;
	char path[64], text[256];
	bool is_zombie = false;

	(void)snprintf(path, sizeof(path), "/proc/%d/stat", pid);
	while (!is_zombie && hd_ms_left(deadline) > 0) {
		_cleanup_(hd_close) int fd = open(path, O_RDONLY | O_CLOEXEC);
		ssize_t n = read(fd, text, sizeof(text) - 1);

		text[n > 0 ? n : 0] = '\0';
		is_zombie = strstr(text, ") Z ");
		(void)sched_yield();
	}
	assert_true(is_zombie);
}

static pid_t start(const struct row *row)
{
	int ready[2];
	char byte;
	ssize_t n;
	pid_t pid;

	assert_int_equal(pipe(ready), 0);
	pid = fork();
	if (pid == 0) {
		(void)prctl(PR_SET_NAME, "holder");
		if (!row->hold() || write(ready[1], "x", 1) != 1)
			_exit(1);
		if (row->leaves)
			pthread_exit(NULL);
		for (;;)
			(void)pause();
	}
	assert_true(pid > 0);
	(void)close(ready[1]);
	n = read(ready[0], &byte, 1);
	(void)close(ready[0]);
	if (n == 0 && row->is_recent) {
		(void)waitpid(pid, NULL, 0);
		print_message("# skipped: this kernel does not allow it\n");
		skip();
	}
	assert_int_equal(n, 1);
	if (row->leaves)
		wait_for_zombie(pid);
	return pid;
}

/* A live host on which PID is the only process; its threads are there, as they are in /proc. */
static void make_root(struct fake_host *host, pid_t pid)
{
	const char *const *tids = NULL;
	struct hd_sysroot live;
	struct hd_error err;
	ssize_t n;

	assert_int_equal(hd_sysroot_open(&live, NULL, &err), 0);
	fake_host_make(host);
	host->root.is_live = true;
	fake_file(host, "proc/self/mountinfo", "");
	fake_link(host, hd_printf(&host->arena, "proc/%d", pid),
		  hd_printf(&host->arena, "/proc/%d", pid));
	n = hd_sysroot_names(&live, &host->arena, &tids, "proc/%d/task", pid);
	for (ssize_t i = 0; i < n; i++)
		if (strcmp(tids[i], hd_printf(&host->arena, "%d", pid)) != 0)
			fake_link(host, hd_printf(&host->arena, "proc/%s", tids[i]),
				  hd_printf(&host->arena, "/proc/%s", tids[i]));
	hd_sysroot_close(&live);
}

/* No process that anybody can start makes the answer unknown. */
static void read_whole(void **state)
{
	const struct row *row = *state;
	struct hd_holders holders;
	struct fake_host host;
	struct hd_error err;
	const char *unread;
	pid_t pid;

	if (geteuid() != 0) {
		print_message("# skipped: needs root\n");
		skip();
	}
	pid = start(row);
	make_root(&host, pid);
	assert_int_equal(hd_holders_read_by(&holders, HD_WAY_PROC, &host.root, &host.arena,
					    nodes, HD_ARRAY_SIZE(nodes), &err), 0);
	unread = holders.unread;
	(void)kill(pid, SIGKILL);
	(void)waitpid(pid, NULL, 0);
	if (unread)
		fail_msg("unread: %s", unread);
	fake_host_remove(&host);
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
	rc = hd_holders_read_by(&holders, asked->way->way, &root, &arena, nodes,
				HD_ARRAY_SIZE(nodes), &err);
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

/* Has DISK open for MS milliseconds, as NAME; the pipe tells when it has. */
static pid_t probe(const struct loop_dev *disk, const char *name, int ms)
{
	const struct timespec time = { ms / 1000, (long)(ms % 1000) * 1000000 };
	int ready[2];
	char byte;
	pid_t pid;

	assert_int_equal(pipe(ready), 0);
	pid = fork();
	if (pid == 0) {
		(void)prctl(PR_SET_NAME, name);
		(void)!open(disk->node, O_RDONLY | O_NONBLOCK);
		(void)!write(ready[1], "x", 1);
		(void)nanosleep(&time, NULL);
		_exit(0);
	}
	(void)close(ready[1]);
	assert_int_equal(read(ready[0], &byte, 1), 1);
	(void)close(ready[0]);
	return pid;
}

#define PATIENCE_TRIES 50

struct patience {
	const char *name;
	int ms;
	bool is_told;
};

/* Once in some tries: a machine that gives a probe no CPU for a second makes a short one long. */
static bool is_as_wanted(const struct patience *want, const struct loop_dev *disk,
			 const struct hd_sysroot *root, struct hd_arena *arena)
{
	const struct hd_node node = { .major = disk->major, .minor = disk->minor,
				      .name = "/dev/a-disk", .is_block = true, .subsystem = "block" };
	struct hd_holders holders;
	const struct hd_holders_want wanted = { &node, 1, &holders };
	const struct hd_kernel_types *types = NULL;
	const struct hd_holder *found = NULL;
	bool is_told = !want->is_told;
	struct hd_error err;

	for (int i = 0; i < PATIENCE_TRIES && is_told != want->is_told; i++) {
		pid_t pid = probe(disk, want->name, want->ms);

		assert_int_equal(hd_holders_read_for(&wanted, 1, root, arena, &types, &err), 0);
		is_told = count(&holders, pid, &found) > 0;
		(void)kill(pid, SIGKILL);
		(void)waitpid(pid, NULL, 0);
	}
	return is_told == want->is_told;
}

/* udev's look at a disk ends by itself; another user, and a look that lasts, are reported. */
static void test_patience(void **state)
{
	static const struct patience probes[] = {
		{ "blkid", 200, false }, { "blkid", 600000, true }, { "dd", 200, true },
	};
	struct hd_arena arena = { NULL };
	struct hd_sysroot root;
	struct loop_dev disk;
	struct hd_error err;
	const char *why = loop_dev_make(&disk, false);

	(void)state;
	if (why) {
		print_message("# skipped: %s\n", why);
		skip();
	}
	assert_int_equal(hd_sysroot_open(&root, NULL, &err), 0);
	for (size_t i = 0; i < HD_ARRAY_SIZE(probes); i++)
		if (!is_as_wanted(&probes[i], &disk, &root, &arena))
			fail_msg("%s for %d ms", probes[i].name, probes[i].ms);
	loop_dev_remove(&disk);
	hd_sysroot_close(&root);
	hd_arena_done(&arena);
}

static unsigned number_of(const char *file)
{
	struct stat st;

	return stat(file, &st) == 0 ? (unsigned)st.st_ino : 0;
}

int main(void)
{
	static struct case_ cases[HD_ARRAY_SIZE(rows) * HD_ARRAY_SIZE(ways)];
	static char names[HD_ARRAY_SIZE(rows)][96];
	struct CMUnitTest tests[HD_ARRAY_SIZE(cases) + HD_ARRAY_SIZE(rows) + 1] = {
		cmocka_unit_test(test_patience) };
	struct CMUnitTest *whole = &tests[HD_ARRAY_SIZE(cases) + 1];

	for (size_t i = 0; i < HD_ARRAY_SIZE(nodes); i++)
		if (hd_node_is_file(&nodes[i]))
			nodes[i].minor = number_of(nodes[i].name);
	for (size_t i = 0; i < HD_ARRAY_SIZE(cases); i++) {
		cases[i].row = &rows[i / HD_ARRAY_SIZE(ways)];
		cases[i].way = &ways[i % HD_ARRAY_SIZE(ways)];
		(void)snprintf(cases[i].name, sizeof(cases[i].name), "%s, %s", cases[i].row->name,
			       cases[i].way->name);
		tests[i + 1] = (struct CMUnitTest){ .name = cases[i].name, .test_func = run,
						.initial_state = &cases[i] };
	}
	for (size_t i = 0; i < HD_ARRAY_SIZE(rows); i++) {
		(void)snprintf(names[i], sizeof(names[i]), "%s, read whole", rows[i].name);
		whole[i] = (struct CMUnitTest){ .name = names[i], .test_func = read_whole,
						.initial_state = (void *)&rows[i] };
	}
	return cmocka_run_group_tests_name("holders_live", tests, NULL, NULL);
}
