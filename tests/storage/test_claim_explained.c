/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_claim_explained.c - who uses a disk that the kernel says is busy? Asked with real mounts. */
#include "config.h"

#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/pciaddr.h"
#include "base/text.h"
#include "tests/support/livedisk.h"
#include "tests/support/unit.h"

/* All virtual disks of this host as if one function had them; NULL if ours is not there. */
static const struct hd_disk *read_virtual(struct live_disk *live, struct hd_arena *arena)
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
	struct live_disk live;
	const char *why, *uses, *name;
	char dir[32];

	(void)state;
	live_disk_make(&live, true);
	why = live_disk_mount(live.dev.part_node, dir);
	if (why)
		live_disk_done(&live);
	skip_for(why);
	uses = describe_uses(read_virtual(&live, &arena), &arena);
	(void)umount2(dir, MNT_DETACH);
	(void)rmdir(dir);
	name = live.dev.name;
	assert_string_equal(uses, hd_printf(&arena, "%s -> %sp1 -> %s | mounted | umount %s\n",
					    name, name, dir, dir));
	assert_string_equal(describe_uses(read_virtual(&live, &arena), &arena), "");
	hd_arena_done(&arena);
	live_disk_done(&live);
}

/* A device-mapper device on the partition, and a file system on that. */
static void test_device_mapper(void **state)
{
	struct hd_arena arena = { NULL };
	struct live_disk live;
	const char *why = NULL, *dm, *node, *uses = "";
	struct stat st;
	char dir[32];
	enum hd_claim_state busy = HD_CLAIM_NOT_TRIED;

	(void)state;
	live_disk_make(&live, true);
	dm = hd_printf(&arena, "hostdevctl-%d", getpid());
	node = hd_printf(&arena, "/dev/mapper/%s", dm);
	if (loop_dev_run((const char *const[]){
		    "dmsetup", "create", dm, "--uuid", "LVM-test", "--table",
		    hd_printf(&arena, "0 8192 linear %s 0", live.dev.part_node), NULL }) != 0)
		why = "no device-mapper";
	else if (stat(node, &st) < 0)
		why = "device-mapper makes no node (no udev)";
	else
		why = live_disk_mount(node, dir);
	if (!why) {
		busy = live_disk_claim(&live);
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
	live_disk_done(&live);
	skip_for(why);
}

/* A process that has run DOES(ARG) and stays until it is killed; 0 if that failed. */
static pid_t start_staying(bool (*does)(const void *arg), const void *arg)
{
	int ready[2];
	char byte = 0;
	pid_t pid;

	assert_int_equal(pipe2(ready, O_CLOEXEC), 0);
	pid = fork();
	if (pid == 0) {
		byte = does(arg);
		if (write(ready[1], &byte, 1) != 1)
			_exit(1);
		for (;;)
			(void)pause();
	}
	(void)close(ready[1]);
	if (read(ready[0], &byte, 1) != 1)
		byte = 0;
	(void)close(ready[0]);
	if (byte)
		return pid;
	(void)kill(pid, SIGKILL);
	(void)waitpid(pid, NULL, 0);
	return 0;
}

struct mounting {
	const char *node, *dir;
};

/* In a mount namespace of its own. */
static bool mounts_elsewhere(const void *arg)
{
	const struct mounting *m = arg;

	return unshare(CLONE_NEWNS) == 0 &&
	       mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) == 0 &&
	       mount(m->node, m->dir, "ext4", MS_RDONLY, NULL) == 0;
}

/* What only a container still has mounted: the kernel knows, and we can tell who. */
static void test_other_namespace(void **state)
{
	struct hd_arena arena = { NULL };
	struct live_disk live;
	const char *why;
	char dir[32];
	pid_t pid = 0;

	(void)state;
	live_disk_make(&live, true);
	why = live_disk_mount(live.dev.part_node, dir);
	if (!why) {
		(void)umount2(dir, 0);
		pid = start_staying(mounts_elsewhere,
				    &(struct mounting){ live.dev.part_node, dir });
		why = pid ? NULL : "no mount namespaces";
	}
	if (pid) {
		(void)live_disk_claim(&live);
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
	live_disk_done(&live);
	skip_for(why);
}

static bool stays_in(const void *dir)
{
	return chdir(dir) == 0 && signal(SIGTERM, SIG_IGN) != SIG_ERR;
}

/* Mounted, and then unmounted lazily: the process that keeps it is named in both cases. */
static void test_kept_by_process(void **state)
{
	bool is_lazy = *(const bool *)*state;
	struct hd_arena arena = { NULL };
	struct live_disk live;
	const char *why, *commands = "";
	char dir[32];
	pid_t pid;

	live_disk_make(&live, true);
	why = live_disk_mount(live.dev.part_node, dir);
	if (why)
		live_disk_done(&live);
	skip_for(why);
	pid = start_staying(stays_in, dir);
	assert_true(pid);
	if (is_lazy)
		(void)umount2(dir, MNT_DETACH);
	(void)live_disk_claim(&live);
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
	live_disk_done(&live);
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
	struct live_disk live;
	size_t n_busy = 0, n_root = 0;

	(void)state;
	skip_for(why ? why : geteuid() ? "not root" : NULL);
	live_disk_open(&live);
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
	live_disk_done(&live);
}

int main(void)
{
	static bool yes = true, no;
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_explained),
		cmocka_unit_test(test_device_mapper),
		cmocka_unit_test(test_other_namespace),
		cmocka_unit_test_prestate(test_kept_by_process, &no),
		cmocka_unit_test_prestate(test_kept_by_process, &yes),
		cmocka_unit_test(test_own_root),
	};

	return cmocka_run_group_tests_name("claim explained", tests, NULL, NULL);
}
