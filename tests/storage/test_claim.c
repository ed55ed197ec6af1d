/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_claim.c - does the kernel say that a disk is free? Asked with real loop devices. */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/swap.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "tests/support/fakehost.h"
#include "tests/support/livedisk.h"
#include "tests/support/unit.h"

static int open_exclusively(const char *node)
{
	int fd = open(node, O_RDONLY | O_EXCL | O_CLOEXEC);

	return fd < 0 ? -errno : fd;
}

static void test_unused(void **state)
{
	struct live_disk live;
	int fd;

	(void)state;
	live_disk_make(&live, false);
	assert_int_equal(live_disk_claim(&live), HD_CLAIM_HELD);
	assert_true(live.disk.claim_fd >= 0);
	assert_true(fcntl(live.disk.claim_fd, F_GETFD) & FD_CLOEXEC);
	assert_int_equal(open_exclusively(live.dev.node), -EBUSY);
	fd = live.disk.claim_fd;
	assert_int_equal(live_disk_claim(&live), HD_CLAIM_HELD);
	assert_int_equal(live.disk.claim_fd, fd);
	hd_storage_release(&live.storage);
	fd = open_exclusively(live.dev.node);
	assert_true(fd >= 0);
	assert_int_equal(live_disk_claim(&live), HD_CLAIM_BUSY);
	hd_close(&fd);
	live_disk_done(&live);
}

/* A claim of one partition is a use of the whole disk, and the other way round. */
static void test_partition_held(void **state)
{
	struct live_disk live;
	int fd;

	(void)state;
	live_disk_make(&live, true);
	fd = open_exclusively(live.dev.part_node);
	assert_true(fd >= 0);
	assert_int_equal(live_disk_claim(&live), HD_CLAIM_BUSY);
	hd_close(&fd);
	assert_int_equal(live_disk_claim(&live), HD_CLAIM_HELD);
	assert_int_equal(open_exclusively(live.dev.part_node), -EBUSY);
	live_disk_done(&live);
}

static void test_mounted(void **state)
{
	bool has_partition = *(const bool *)*state;
	struct live_disk live;
	const char *why;
	char dir[32];
	enum hd_claim_state busy;

	live_disk_make(&live, has_partition);
	why = live_disk_mount(has_partition ? live.dev.part_node : live.dev.node, dir);
	if (why)
		live_disk_done(&live);
	skip_for(why);
	busy = live_disk_claim(&live);
	(void)umount2(dir, MNT_DETACH);
	(void)rmdir(dir);
	assert_int_equal(busy, HD_CLAIM_BUSY);
	assert_int_equal(live.disk.claim_fd, -1);
	live_disk_done(&live);
}

/* A mount that races with us loses: the claim is held. */
static void test_mount_while_held(void **state)
{
	struct live_disk live;
	const char *why;
	char dir[32];
	int rc;

	(void)state;
	live_disk_make(&live, true);
	why = live_disk_mount(live.dev.part_node, dir);
	if (why)
		live_disk_done(&live);
	skip_for(why);
	(void)umount2(dir, 0);
	assert_int_equal(live_disk_claim(&live), HD_CLAIM_HELD);
	rc = mount(live.dev.part_node, dir, "ext4", MS_RDONLY, NULL) < 0 ? -errno : 0;
	(void)umount2(dir, MNT_DETACH);
	(void)rmdir(dir);
	assert_int_equal(rc, -EBUSY);
	live_disk_done(&live);
}

static void test_swap(void **state)
{
	struct live_disk live;
	enum hd_claim_state busy;
	const char *why = NULL;

	(void)state;
	live_disk_make(&live, false);
	if (loop_dev_run((const char *const[]){ "mkswap", live.dev.node, NULL }) != 0)
		why = "mkswap does not work";
	else if (swapon(live.dev.node, 0) < 0)
		why = "swapon is not allowed";
	if (why)
		live_disk_done(&live);
	skip_for(why);
	busy = live_disk_claim(&live);
	(void)swapoff(live.dev.node);
	assert_int_equal(busy, HD_CLAIM_BUSY);
	live_disk_done(&live);
}

/* Who asks as we do, or looks, is gone in a moment; whom a table tells is not waited for. */
static void test_again(void **state)
{
	int64_t start = hd_now_ms();
	struct hd_disk_use use = { .chain = "loop0 -> /mnt", .use = "mounted" };
	struct live_disk live;
	int fd, ends[2];
	pid_t pid;

	(void)state;
	live_disk_make(&live, false);
	fd = open(live.dev.node, O_RDONLY | O_EXCL | O_CLOEXEC);
	assert_true(fd >= 0);
	assert_int_equal(live_disk_claim(&live), HD_CLAIM_BUSY);
	live.disk.uses = &use;
	live.disk.n_uses = 1;
	hd_storage_claim_until(&live.storage, &live.root, start + PATIENT_MS);
	assert_true(hd_now_ms() < start + PATIENT_MS);
	live.disk.n_uses = 0;
	hd_storage_claim_until(&live.storage, &live.root, hd_now_ms() + 50);
	assert_int_equal(live.disk.claim, HD_CLAIM_BUSY);
	assert_int_equal(pipe2(ends, O_CLOEXEC), 0);
	pid = fork();
	if (pid == 0) {
		char c;

		/* Its descriptor holds the claim, too, until we are waiting. */
		(void)close(ends[1]);
		_exit(read(ends[0], &c, 1) || poll(NULL, 0, 50));
	}
	assert_true(pid > 0);
	(void)close(fd);
	(void)close(ends[0]);
	assert_int_equal(close(ends[1]), 0);
	hd_storage_claim_until(&live.storage, &live.root, hd_now_ms() + PATIENT_MS);
	assert_int_equal(live.disk.claim, HD_CLAIM_HELD);
	assert_int_equal(waitpid(pid, NULL, 0), pid);
	hd_storage_let_go(&live.storage);
	assert_int_equal(live.disk.claim, HD_CLAIM_HELD);
	fd = open(live.dev.node, O_RDONLY | O_EXCL | O_CLOEXEC);
	assert_true(fd >= 0);
	(void)close(fd);
	live_disk_done(&live);
}

/* What must never be opened: the node is not the disk that sysfs speaks of. */
static const struct wrong {
	const char *title, *name;
	unsigned major, minor;
	int error;
} wrongs[] = {
	{ "no node", "hostdevctl-none", 8, 0, ENOENT },
	{ "a character device", "null", 1, 3, ENOTBLK },
	{ "a directory", "pts", 8, 0, ENOTBLK },
	{ "sysfs named no number", "loop0", 0, 0, ENODEV },
};

static void test_wrong(void **state)
{
	const struct wrong *wrong = *state;
	struct live_disk live;

	live_disk_open(&live);
	live.disk.name = wrong->name;
	live.disk.major = wrong->major;
	live.disk.minor = wrong->minor;
	if (!strcmp(wrong->name, "loop0") && access("/dev/loop0", F_OK) < 0)
		live.disk.claim_error = wrong->error;
	else
		assert_int_equal(live_disk_claim(&live), HD_CLAIM_UNKNOWN);
	assert_int_equal(live.disk.claim_error, wrong->error);
	assert_int_equal(live.disk.claim_fd, -1);
	live_disk_done(&live);
}

static void test_another_number(void **state)
{
	struct live_disk live;

	(void)state;
	live_disk_make(&live, false);
	live.disk.minor++;
	assert_int_equal(live_disk_claim(&live), HD_CLAIM_UNKNOWN);
	assert_int_equal(live.disk.claim_error, ENODEV);
	live_disk_done(&live);
}

/* A link in dev/ is not followed, not even to the right disk. */
static void test_link_to_disk(void **state)
{
	struct fake_host host;
	struct live_disk live;

	(void)state;
	live_disk_make(&live, false);
	fake_host_make(&host);
	fake_link(&host, hd_printf(&host.arena, "dev/%s", live.dev.name), live.dev.node);
	host.root.is_live = true;
	hd_storage_claim(&live.storage, &host.root);
	assert_int_equal(live.disk.claim, HD_CLAIM_UNKNOWN);
	assert_int_equal(live.disk.claim_error, ENOTBLK);
	fake_host_remove(&host);
	live_disk_done(&live);
}

static void test_captured_host(void **state)
{
	struct fake_host host;
	struct hd_disk disk = { .name = "sda", .major = 8, .claim_fd = -1 };
	struct hd_storage storage = { .disks = &disk, .n_disks = 1 };

	(void)state;
	fake_host_make(&host);
	hd_storage_claim(&storage, &host.root);
	assert_int_equal(disk.claim, HD_CLAIM_NOT_TRIED);
	assert_int_equal(disk.claim_fd, -1);
	fake_host_remove(&host);
}

int main(void)
{
	static bool yes = true, no;
	static const struct CMUnitTest others[] = {
		cmocka_unit_test(test_unused),
		cmocka_unit_test(test_partition_held),
		cmocka_unit_test_prestate(test_mounted, &no),
		cmocka_unit_test_prestate(test_mounted, &yes),
		cmocka_unit_test(test_mount_while_held),
		cmocka_unit_test(test_swap),
		cmocka_unit_test(test_again),
		cmocka_unit_test(test_another_number),
		cmocka_unit_test(test_link_to_disk),
		cmocka_unit_test(test_captured_host),
	};
	struct CMUnitTest tests[HD_ARRAY_SIZE(wrongs) + HD_ARRAY_SIZE(others)];

	for (size_t i = 0; i < HD_ARRAY_SIZE(wrongs); i++)
		tests[i] = (struct CMUnitTest){ .name = wrongs[i].title, .test_func = test_wrong,
						.initial_state = (void *)&wrongs[i] };
	memcpy(tests + HD_ARRAY_SIZE(wrongs), others, sizeof(others));
	return cmocka_run_group_tests_name("claim", tests, NULL, NULL);
}
