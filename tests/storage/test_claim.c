/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_claim.c - does the kernel say that a disk is free? Asked with real loop devices. */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/swap.h>
#include <sys/sysmacros.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/pciaddr.h"
#include "base/text.h"
#include "facts/storage/storage.h"
#include "tests/support/fakehost.h"
#include "tests/support/loopdev.h"
#include "tests/support/unit.h"

struct live {
	struct hd_sysroot root;
	struct hd_disk disk;
	struct hd_storage storage;
	struct loop_dev dev;
};

static void need(const char *why_not)
{
	if (!why_not)
		return;
	print_message("# skipped: %s\n", why_not);
	skip();
}

static void live_open(struct live *live)
{
	struct hd_error err;

	*live = (struct live){ .dev = { .fd = -1 } };
	assert_int_equal(hd_sysroot_open(&live->root, NULL, &err), 0);
	live->disk.claim_fd = -1;
	live->storage = (struct hd_storage){ .disks = &live->disk, .n_disks = 1 };
}

static void live_make(struct live *live, bool has_partition)
{
	const char *why;

	live_open(live);
	why = loop_dev_make(&live->dev, has_partition);
	if (why)
		hd_sysroot_close(&live->root);
	need(why);
	live->disk.name = live->dev.name;
	live->disk.major = live->dev.major;
	live->disk.minor = live->dev.minor;
}

static void live_done(struct live *live)
{
	hd_storage_release(&live->storage);
	assert_int_equal(live->disk.claim, HD_CLAIM_NOT_TRIED);
	assert_int_equal(live->disk.claim_fd, -1);
	loop_dev_remove(&live->dev);
	hd_sysroot_close(&live->root);
}

static enum hd_claim_state claim(struct live *live)
{
	hd_storage_claim(&live->storage, &live->root);
	return live->disk.claim;
}

static int open_exclusively(const char *node)
{
	int fd = open(node, O_RDONLY | O_EXCL | O_CLOEXEC);

	return fd < 0 ? -errno : fd;
}

static void test_unused(void **state)
{
	struct live live;
	int fd;

	(void)state;
	live_make(&live, false);
	assert_int_equal(claim(&live), HD_CLAIM_HELD);
	assert_true(live.disk.claim_fd >= 0);
	assert_true(fcntl(live.disk.claim_fd, F_GETFD) & FD_CLOEXEC);
	assert_int_equal(open_exclusively(live.dev.node), -EBUSY);
	fd = live.disk.claim_fd;
	assert_int_equal(claim(&live), HD_CLAIM_HELD);
	assert_int_equal(live.disk.claim_fd, fd);
	hd_storage_release(&live.storage);
	fd = open_exclusively(live.dev.node);
	assert_true(fd >= 0);
	assert_int_equal(claim(&live), HD_CLAIM_BUSY);
	hd_close(&fd);
	live_done(&live);
}

/* A claim of one partition is a use of the whole disk, and the other way round. */
static void test_partition_held(void **state)
{
	struct live live;
	int fd;

	(void)state;
	live_make(&live, true);
	fd = open_exclusively(live.dev.part_node);
	assert_true(fd >= 0);
	assert_int_equal(claim(&live), HD_CLAIM_BUSY);
	hd_close(&fd);
	assert_int_equal(claim(&live), HD_CLAIM_HELD);
	assert_int_equal(open_exclusively(live.dev.part_node), -EBUSY);
	live_done(&live);
}

/* Mounts NODE on a directory of its own; NULL or why not. */
static const char *mount_at(const char *node, char dir[32])
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

static void test_mounted(void **state)
{
	bool has_partition = *(const bool *)*state;
	struct live live;
	const char *why;
	char dir[32];
	enum hd_claim_state busy;

	live_make(&live, has_partition);
	why = mount_at(has_partition ? live.dev.part_node : live.dev.node, dir);
	if (why)
		live_done(&live);
	need(why);
	busy = claim(&live);
	(void)umount2(dir, MNT_DETACH);
	(void)rmdir(dir);
	assert_int_equal(busy, HD_CLAIM_BUSY);
	assert_int_equal(live.disk.claim_fd, -1);
	live_done(&live);
}

/* A mount that races with us loses: the claim is held. */
static void test_mount_while_held(void **state)
{
	struct live live;
	const char *why;
	char dir[32];
	int rc;

	(void)state;
	live_make(&live, true);
	why = mount_at(live.dev.part_node, dir);
	if (why)
		live_done(&live);
	need(why);
	(void)umount2(dir, 0);
	assert_int_equal(claim(&live), HD_CLAIM_HELD);
	rc = mount(live.dev.part_node, dir, "ext4", MS_RDONLY, NULL) < 0 ? -errno : 0;
	(void)umount2(dir, MNT_DETACH);
	(void)rmdir(dir);
	assert_int_equal(rc, -EBUSY);
	live_done(&live);
}

/* All virtual disks of this host as if one function had them; NULL if ours is not there. */
static const struct hd_disk *read_virtual(struct live *live, struct hd_arena *arena)
{
	struct hd_pci_fn fn = { .is_present = true, .name = "virtual",
				.path = "sys/devices/virtual/block" };
	const struct hd_storage_tables *tables = NULL;
	struct hd_storage storage;
	struct hd_error err;

	if (hd_storage_read(&storage, &live->root, arena, &fn, &tables, &err) < 0)
		fail_msg("%s", err.text);
	for (size_t i = 0; i < storage.n_disks; i++)
		if (!strcmp(storage.disks[i].name, live->dev.name))
			return &storage.disks[i];
	return NULL;
}

static const char *describe_uses(const struct hd_disk *disk, struct hd_arena *arena)
{
	const char *text = "";

	for (size_t i = 0; disk && i < disk->n_uses; i++)
		text = hd_printf(arena, "%s%s | %s | %s\n", text, disk->uses[i].chain,
				 disk->uses[i].use, disk->uses[i].remedy);
	return text;
}

static void test_explained(void **state)
{
	struct hd_arena arena = { NULL };
	struct live live;
	const char *why, *uses, *name;
	char dir[32];

	(void)state;
	live_make(&live, true);
	why = mount_at(live.dev.part_node, dir);
	if (why)
		live_done(&live);
	need(why);
	uses = describe_uses(read_virtual(&live, &arena), &arena);
	(void)umount2(dir, MNT_DETACH);
	(void)rmdir(dir);
	name = live.dev.name;
	assert_string_equal(uses, hd_printf(&arena, "%s -> %sp1 -> %s | mounted | umount %s\n",
					    name, name, dir, dir));
	assert_string_equal(describe_uses(read_virtual(&live, &arena), &arena), "");
	hd_arena_done(&arena);
	live_done(&live);
}

/* A device-mapper device on the partition, and a file system on that. */
static void test_device_mapper(void **state)
{
	struct hd_arena arena = { NULL };
	struct live live;
	const char *why = NULL, *dm, *node, *uses = "";
	struct stat st;
	char dir[32];
	enum hd_claim_state busy = HD_CLAIM_NOT_TRIED;

	(void)state;
	live_make(&live, true);
	dm = hd_printf(&arena, "hostdevctl-%d", getpid());
	node = hd_printf(&arena, "/dev/mapper/%s", dm);
	if (loop_dev_run((const char *const[]){
		    "dmsetup", "create", dm, "--uuid", "LVM-test", "--table",
		    hd_printf(&arena, "0 8192 linear %s 0", live.dev.part_node), NULL }) != 0)
		why = "no device-mapper";
	else if (stat(node, &st) < 0)
		why = "device-mapper makes no node (no udev)";
	else
		why = mount_at(node, dir);
	if (!why) {
		busy = claim(&live);
		uses = describe_uses(read_virtual(&live, &arena), &arena);
		(void)umount2(dir, MNT_DETACH);
		(void)rmdir(dir);
	}
	(void)loop_dev_run((const char *const[]){ "dmsetup", "remove", "--retry", dm, NULL });
	if (!why) {
		const char *name = live.dev.name;
		unsigned minor_no = minor(st.st_rdev);

		assert_int_equal(busy, HD_CLAIM_BUSY);
		assert_string_equal(
			uses,
			hd_printf(&arena,
				  "%s -> %sp1 -> dm-%u (hostdevctl/%d) -> %s | mounted | "
				  "umount %s\n"
				  "%s -> %sp1 -> dm-%u (hostdevctl/%d) | held by LVM | "
				  "vgchange -an hostdevctl\n",
				  name, name, minor_no, getpid(), dir, dir, name, name,
				  minor_no, getpid()));
	}
	hd_arena_done(&arena);
	live_done(&live);
	need(why);
}

/* Mounts NODE in a mount namespace of its own until it is killed; 0 if that fails. */
static pid_t mount_elsewhere(const char *node, const char *dir)
{
	int ready[2];
	char byte = 0;
	pid_t pid;

	assert_int_equal(pipe2(ready, O_CLOEXEC), 0);
	pid = fork();
	if (pid == 0) {
		byte = unshare(CLONE_NEWNS) == 0 &&
		       mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) == 0 &&
		       mount(node, dir, "ext4", MS_RDONLY, NULL) == 0;
		if (write(ready[1], &byte, 1) != 1)
			_exit(1);
		for (;;)
			(void)pause();
	}
	(void)close(ready[1]);
	if (read(ready[0], &byte, 1) != 1)
		byte = 0;
	(void)close(ready[0]);
	if (!byte)
		(void)kill(pid, SIGKILL);
	if (!byte)
		(void)waitpid(pid, NULL, 0);
	return byte ? pid : 0;
}

/* What only a container still has mounted: the kernel knows, and we can tell who. */
static void test_other_namespace(void **state)
{
	struct hd_arena arena = { NULL };
	struct live live;
	const char *why;
	char dir[32];
	pid_t pid = 0;

	(void)state;
	live_make(&live, true);
	why = mount_at(live.dev.part_node, dir);
	if (!why) {
		(void)umount2(dir, 0);
		pid = mount_elsewhere(live.dev.part_node, dir);
		why = pid ? NULL : "no mount namespaces";
	}
	if (pid) {
		(void)claim(&live);
		hd_storage_explain_busy(&live.storage, &live.root, &arena);
		(void)kill(pid, SIGKILL);
		(void)waitpid(pid, NULL, 0);
	}
	(void)rmdir(dir);
	if (!why) {
		assert_int_equal(live.disk.claim, HD_CLAIM_BUSY);
		assert_int_equal(live.disk.n_uses, 1);
		assert_string_equal(live.disk.uses[0].use,
				    hd_printf(&arena, "mounted in the mount namespace of "
					      "process %d", pid));
		assert_int_equal(live.storage.n_commands, 1);
		assert_string_equal(live.disk.uses[0].remedy,
				    hd_printf(&arena, "nsenter -t %d -m umount %s", pid, dir));
	}
	hd_arena_done(&arena);
	live_done(&live);
	need(why);
}

/* A process in a directory of DIR, until it is killed. */
static pid_t stay_in(const char *dir)
{
	int ready[2];
	char byte = 0;
	pid_t pid;

	assert_int_equal(pipe2(ready, O_CLOEXEC), 0);
	pid = fork();
	if (pid == 0) {
		byte = chdir(dir) == 0 && signal(SIGTERM, SIG_IGN) != SIG_ERR;
		if (write(ready[1], &byte, 1) != 1)
			_exit(1);
		for (;;)
			(void)pause();
	}
	assert_int_equal(read(ready[0], &byte, 1), 1);
	assert_int_equal(byte, 1);
	(void)close(ready[0]);
	(void)close(ready[1]);
	return pid;
}

/* Mounted, and then unmounted lazily: the process that keeps it is named in both cases. */
static void test_kept_by_process(void **state)
{
	bool is_lazy = *(const bool *)*state;
	struct hd_arena arena = { NULL };
	struct live live;
	const char *why, *commands = "";
	char dir[32];
	pid_t pid;

	live_make(&live, true);
	why = mount_at(live.dev.part_node, dir);
	if (why)
		live_done(&live);
	need(why);
	pid = stay_in(dir);
	if (is_lazy)
		(void)umount2(dir, MNT_DETACH);
	(void)claim(&live);
	hd_storage_explain_busy(&live.storage, &live.root, &arena);
	for (size_t i = 0; i < live.storage.n_commands; i++)
		commands = hd_printf(&arena, "%s%s;", commands, live.storage.commands[i]);
	(void)kill(pid, SIGKILL);
	(void)waitpid(pid, NULL, 0);
	(void)umount2(dir, MNT_DETACH);
	(void)rmdir(dir);
	assert_int_equal(live.disk.claim, HD_CLAIM_BUSY);
	assert_string_equal(commands,
			    is_lazy ? hd_printf(&arena, "kill -KILL %d;", pid)
				    : hd_printf(&arena, "kill -KILL %d;umount %s;", pid, dir));
	assert_true(live.disk.n_uses > 0);
	assert_non_null(strstr(live.disk.uses[0].use,
			       is_lazy ? "no longer mounted" : "has files there"));
	hd_arena_done(&arena);
	live_done(&live);
}

static void test_swap(void **state)
{
	struct live live;
	enum hd_claim_state busy;
	const char *why = NULL;

	(void)state;
	live_make(&live, false);
	if (loop_dev_run((const char *const[]){ "mkswap", live.dev.node, NULL }) != 0)
		why = "mkswap does not work";
	else if (swapon(live.dev.node, 0) < 0)
		why = "swapon is not allowed";
	if (why)
		live_done(&live);
	need(why);
	busy = claim(&live);
	(void)swapoff(live.dev.node);
	assert_int_equal(busy, HD_CLAIM_BUSY);
	live_done(&live);
}

/* Who asks as we do, or looks, is gone in a moment; whom a table tells is not waited for. */
static void test_again(void **state)
{
	int64_t start = hd_now_ms();
	struct hd_disk_use use = { .chain = "loop0 -> /mnt", .use = "mounted" };
	struct live live;
	int fd, ends[2];
	pid_t pid;

	(void)state;
	live_make(&live, false);
	fd = open(live.dev.node, O_RDONLY | O_EXCL | O_CLOEXEC);
	assert_true(fd >= 0);
	assert_int_equal(claim(&live), HD_CLAIM_BUSY);
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
	live_done(&live);
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
	struct live live;

	live_open(&live);
	live.disk.name = wrong->name;
	live.disk.major = wrong->major;
	live.disk.minor = wrong->minor;
	if (!strcmp(wrong->name, "loop0") && access("/dev/loop0", F_OK) < 0)
		live.disk.claim_error = wrong->error;
	else
		assert_int_equal(claim(&live), HD_CLAIM_UNKNOWN);
	assert_int_equal(live.disk.claim_error, wrong->error);
	assert_int_equal(live.disk.claim_fd, -1);
	live_done(&live);
}

static void test_another_number(void **state)
{
	struct live live;

	(void)state;
	live_make(&live, false);
	live.disk.minor++;
	assert_int_equal(claim(&live), HD_CLAIM_UNKNOWN);
	assert_int_equal(live.disk.claim_error, ENODEV);
	live_done(&live);
}

/* A link in dev/ is not followed, not even to the right disk. */
static void test_link_to_disk(void **state)
{
	struct fake_host host;
	struct live live;

	(void)state;
	live_make(&live, false);
	fake_host_make(&host);
	fake_link(&host, hd_printf(&host.arena, "dev/%s", live.dev.name), live.dev.node);
	host.root.is_live = true;
	hd_storage_claim(&live.storage, &host.root);
	assert_int_equal(live.disk.claim, HD_CLAIM_UNKNOWN);
	assert_int_equal(live.disk.claim_error, ENOTBLK);
	fake_host_remove(&host);
	live_done(&live);
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

/* The PCI function that carries this machine's own root filesystem. */
static const char *root_function(char path[static PATH_MAX], struct hd_pci_fn *fn)
{
	char link[64];
	struct stat st;
	struct hd_pci_addr addr;

	if (stat("/", &st) < 0 || !major(st.st_dev))
		return "the root filesystem is not on a block device";
	(void)snprintf(link, sizeof(link), "/sys/dev/block/%u:%u", major(st.st_dev),
		       minor(st.st_dev));
	if (!realpath(link, path))
		return "no sysfs";
	for (char *slash; (slash = strrchr(path, '/')) && slash != path; *slash = '\0')
		if (hd_pci_addr_parse(slash + 1, &addr)) {
			fn->is_present = true;
			fn->path = path + 1;
			return NULL;
		}
	return "the root filesystem is not on a PCI device";
}

/* Busy; or unknown, where even root may not open the disk (a sandbox). */
static void test_own_root(void **state)
{
	char path[PATH_MAX];
	struct hd_pci_fn fn = { .name = "root" };
	const struct hd_storage_tables *tables = NULL;
	const char *why = root_function(path, &fn);
	struct hd_arena arena = { NULL };
	struct hd_storage storage;
	struct hd_error err;
	struct live live;
	size_t n_busy = 0, n_root = 0;

	(void)state;
	need(why ? why : geteuid() ? "not root" : NULL);
	live_open(&live);
	assert_int_equal(hd_storage_read(&storage, &live.root, &arena, &fn, &tables, &err), 0);
	hd_storage_claim(&storage, &live.root);
	for (size_t i = 0; i < storage.n_disks; i++) {
		n_busy += storage.disks[i].claim == HD_CLAIM_BUSY ||
			  storage.disks[i].claim == HD_CLAIM_UNKNOWN;
		for (size_t k = 0; k < storage.disks[i].n_uses; k++)
			n_root += storage.disks[i].uses[k].chain &&
				  hd_text_ends_with(storage.disks[i].uses[k].chain, " -> /");
	}
	hd_storage_release(&storage);
	assert_int_equal(n_root, 1);
	assert_true(n_busy >= 1);
	hd_arena_done(&arena);
	live_done(&live);
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
		cmocka_unit_test(test_explained),
		cmocka_unit_test(test_device_mapper),
		cmocka_unit_test(test_other_namespace),
		cmocka_unit_test_prestate(test_kept_by_process, &no),
		cmocka_unit_test_prestate(test_kept_by_process, &yes),
		cmocka_unit_test(test_swap),
		cmocka_unit_test(test_again),
		cmocka_unit_test(test_another_number),
		cmocka_unit_test(test_link_to_disk),
		cmocka_unit_test(test_captured_host),
		cmocka_unit_test(test_own_root),
	};
	struct CMUnitTest tests[HD_ARRAY_SIZE(wrongs) + HD_ARRAY_SIZE(others)];

	for (size_t i = 0; i < HD_ARRAY_SIZE(wrongs); i++)
		tests[i] = (struct CMUnitTest){ .name = wrongs[i].title, .test_func = test_wrong,
						.initial_state = (void *)&wrongs[i] };
	memcpy(tests + HD_ARRAY_SIZE(wrongs), others, sizeof(others));
	return cmocka_run_group_tests_name("claim", tests, NULL, NULL);
}
