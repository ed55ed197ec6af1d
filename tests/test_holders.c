/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_holders.c - who has a device node open? Asked of made-up hosts and of this one. */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <sys/wait.h>
#include <unistd.h>

#include "facts/holders.h"
#include "tests/support/fakehost.h"
#include "tests/support/unit.h"

#define FN "0000:01:00.0"
#define AT "sys/devices/pci0000:00/0000:00:01.0/" FN
#define BUS_LINK { "sys/bus/pci/devices/" FN, "->../../../devices/pci0000:00/0000:00:01.0/" FN }
#define GROUP { AT "/iommu_group", "->../../../../kernel/iommu_groups/12" }
#define CDEV { AT "/vfio-dev/vfio3/dev", "511:3\n" }

struct file {
	const char *path, *text;
};

static void put_files(struct fake_host *host, const struct file *files, size_t n)
{
	for (size_t i = 0; i < n && files[i].path; i++) {
		if (!strncmp(files[i].text, "->", 2))
			fake_link(host, files[i].path, files[i].text + 2);
		else
			fake_file(host, files[i].path, files[i].text);
	}
}

static const struct file processes[] = {
	{ "proc/9/comm", "late\n" }, { "proc/9/fd/3", "->/dev/nvme0" },
	{ "proc/10/comm", "a\033b\n" }, { "proc/10/fd/0", "->/dev/null" },
	{ "proc/10/fd/7", "->/dev/vfio/12" }, { "proc/10/fd/8", "->/dev/vfio/12" },
	{ "proc/10/fd/9", "->/dev/nvme0" },
	{ "proc/2/fd/1", "->/dev/vfio/12" },
	{ "proc/3/fd/1", "->/dev/vfio/123" }, { "proc/3/fd/2", "->/dev/vfio/12 (deleted)" },
	{ "proc/4/fd/1", "a file, not a link" },
	{ "proc/5/comm", "no fds\n" },
	{ "proc/6/fd", "->../../proc/2/fd" },
	{ "proc/0/fd/1", "->/dev/vfio/12" }, { "proc/99999999/fd/1", "->/dev/vfio/12" },
	{ "proc/1x/fd/1", "->/dev/vfio/12" }, { "proc/self/fd/1", "->/dev/vfio/12" },
};

static void test_captured(void **state)
{
	static const struct hd_node nodes[] = {
		{ 511, 12, "/dev/vfio/12", false, "vfio" }, { 240, 0, "/dev/nvme0", false, "nvme" },
	};
	struct hd_holders holders;
	struct fake_host host;
	struct hd_error err;
	const char *text = "";

	(void)state;
	fake_host_make(&host);
	put_files(&host, processes, HD_ARRAY_SIZE(processes));
	assert_int_equal(hd_holders_read(&holders, &host.root, &host.arena, nodes, 2, &err), 0);
	for (size_t i = 0; i < holders.n; i++)
		text = hd_printf(&host.arena, "%s%d %s %s\n", text, holders.holders[i].pid,
				 holders.holders[i].command, holders.holders[i].node->name);
	assert_non_null(strstr(text, "2 ? /dev/vfio/12\n9 late /dev/nvme0\n"));
	assert_non_null(strstr(text, "10 a?b /dev/vfio/12\n"));
	assert_non_null(strstr(text, "10 a?b /dev/nvme0\n"));
	assert_int_equal(holders.n, 4);
	fake_host_remove(&host);
}

static void test_nothing_asked(void **state)
{
	struct hd_holders holders;
	struct fake_host host;
	struct hd_error err;

	(void)state;
	fake_host_make(&host);
	assert_int_equal(hd_holders_read(&holders, &host.root, &host.arena, NULL, 0, &err), 0);
	assert_int_equal(holders.n, 0);
	fake_file(&host, "proc", "not a directory");
	assert_int_equal(hd_holders_read(&holders, &host.root, &host.arena,
					 &(struct hd_node){ 1, 1, "/dev/x", false, "mem" }, 1, &err), -ENOTDIR);
	fake_host_remove(&host);
}

/* Waits with PATH open until it is killed; returns when it has it. */
static pid_t spawn_holder(const char *path)
{
	int ready[2];
	char byte;
	pid_t pid;

	assert_int_equal(pipe(ready), 0);
	pid = fork();
	if (pid == 0) {
		int fd = open(path, O_RDONLY | O_CLOEXEC);

		if (fd < 0 || write(ready[1], "x", 1) != 1)
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

static bool is_holder(const struct hd_holders *holders, pid_t pid)
{
	for (size_t i = 0; i < holders->n; i++)
		if (holders->holders[i].pid == pid)
			return true;
	return false;
}

/* On this host by device number: a node of another name is found, we are not. */
static void test_live(void **state)
{
	_cleanup_(hd_close) int fd = open("/dev/full", O_RDONLY | O_CLOEXEC);
	struct hd_node node = { 1, 7, "/dev/by-another-name", false, "mem" };
	struct hd_arena arena = { NULL };
	struct hd_sysroot root;
	struct hd_holders held, freed;
	struct hd_error err;
	pid_t pid;

	(void)state;
	if (fd < 0) {
		print_message("# skipped: no /dev/full\n");
		skip();
	}
	assert_int_equal(hd_sysroot_open(&root, NULL, &err), 0);
	pid = spawn_holder("/dev/full");
	assert_int_equal(hd_holders_read(&held, &root, &arena, &node, 1, &err), 0);
	(void)kill(pid, SIGKILL);
	(void)waitpid(pid, NULL, 0);
	assert_int_equal(hd_holders_read(&freed, &root, &arena, &node, 1, &err), 0);
	assert_true(is_holder(&held, pid));
	assert_false(is_holder(&held, getpid()));
	assert_false(is_holder(&freed, pid));
	hd_sysroot_close(&root);
	hd_arena_done(&arena);
}

static const struct row {
	const char *name;
	struct file files[8];
	const char *fn;
	int want;
	const char *who;
} rows[] = {
	{ "no such function", { { "sys/x", "" } }, FN, 0, NULL },
	{ "a path, not a name", { { "sys/x", "" } }, "../../" FN, -EINVAL, NULL },
	{ "a group nobody has", { BUS_LINK, GROUP, { "proc/812/fd/3", "->/dev/vfio/1" } }, FN, 0,
	  NULL },
	{ "a group that QEMU has",
	  { BUS_LINK, GROUP, { "proc/812/comm", "qemu-system-x86\n" },
	    { "proc/812/fd/3", "->/dev/vfio/12" } }, FN, 1, "qemu-system-x86 (pid 812)" },
	{ "no group, a node of its own",
	  { BUS_LINK, CDEV, { "proc/7/fd/3", "->/dev/vfio/devices/vfio3" } }, FN, 1, "? (pid 7)" },
	{ "a node of its own nobody has", { BUS_LINK, GROUP, CDEV, { "proc/7/fd/3", "->/x" } },
	  FN, 0, NULL },
	{ "a group that is no number",
	  { BUS_LINK, { AT "/iommu_group", "->../../kernel/iommu_groups/x" } }, FN, -EINVAL, NULL },
	{ "a node with a name that is not VFIO's",
	  { BUS_LINK, { AT "/vfio-dev/vfio../dev", "1:1\n" },
	    { "proc/7/fd/3", "->/dev/vfio/devices/vfio.." } }, FN, 0, NULL },
	{ "the node device's name",
	  { BUS_LINK, GROUP, { "proc/5/fd/3", "->/dev/vfio/12" } }, "pci_0000_01_00_0", 1,
	  "? (pid 5)" },
};

static void test_vfio(void **state)
{
	const struct row *row = *state;
	const char *who = "untouched";
	struct fake_host host;

	fake_host_make(&host);
	put_files(&host, row->files, HD_ARRAY_SIZE(row->files));
	assert_int_equal(hd_vfio_in_use(&host.root, &host.arena, row->fn, &who), row->want);
	assert_string_equal(who, row->who ? row->who : "untouched");
	fake_host_remove(&host);
}

static void test_vfio_live(void **state)
{
	struct hd_arena arena = { NULL };
	struct hd_sysroot root;
	struct hd_error err;
	const char *who;

	(void)state;
	assert_int_equal(hd_sysroot_open(&root, NULL, &err), 0);
	assert_int_equal(hd_vfio_in_use(&root, &arena, "ffff:ff:1f.7", &who), 0);
	hd_sysroot_close(&root);
	hd_arena_done(&arena);
}

int main(void)
{
	static const struct CMUnitTest others[] = {
		cmocka_unit_test(test_captured),
		cmocka_unit_test(test_nothing_asked),
		cmocka_unit_test(test_live),
		cmocka_unit_test(test_vfio_live),
	};
	struct CMUnitTest tests[HD_ARRAY_SIZE(rows) + HD_ARRAY_SIZE(others)];

	for (size_t i = 0; i < HD_ARRAY_SIZE(rows); i++)
		tests[i] = (struct CMUnitTest){ .name = rows[i].name, .test_func = test_vfio,
						.initial_state = (void *)&rows[i] };
	memcpy(tests + HD_ARRAY_SIZE(rows), others, sizeof(others));
	return cmocka_run_group_tests_name("holders", tests, NULL, NULL);
}
