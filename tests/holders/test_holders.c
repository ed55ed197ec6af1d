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

#include "facts/holders/holders.h"
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

static const struct who {
	const char *name;
	struct file files[5];		/* besides proc/70/fd/3 */
	const char *want;		/* unit, user, "socket", "term" */
} whos[] = {
	{ "no hierarchy", { { "proc/70/comm", "a\n" } }, "- - - -" },
	{ "the lab's", { { "proc/70/cgroup", "0::/\n" } }, "- - - -" },
	{ "a service", { { "proc/70/cgroup", "0::/system.slice/ssh.service\n" } },
	  "ssh.service - - -" },
	{ "the first hierarchy",
	  { { "proc/70/cgroup", "3:cpu:/x.service\n1:name=systemd:/system.slice/a.service/sub\n"
				"0::/b.service\n" } }, "a.service - - -" },
	{ "a service with a socket",
	  { { "proc/70/cgroup", "0::/system.slice/pcscd.service\n" },
	    { "usr/lib/systemd/system/pcscd.socket", "" } }, "pcscd.service - socket -" },
	{ "a user's socket is not the system's",
	  { { "proc/70/cgroup", "0::/system.slice/a.service\n" },
	    { "usr/lib/systemd/user/a.socket", "" } }, "a.service - - -" },
	{ "a session", { { "proc/70/cgroup", "0::/user.slice/user-1000.slice/session-3.scope\n" } },
	  "session-3.scope - - -" },
	{ "a user's service",
	  { { "proc/70/cgroup", "0::/user.slice/user-1000.slice/user@1000.service/session.slice/"
				"pipewire.service\n" },
	    { "etc/passwd", "root:x:0:0::/:/bin/sh\nlong:x:10000:1000::/:/\neve:x:1000:5::/:/\n" },
	    { "etc/systemd/user/pipewire.socket", "" } }, "pipewire.service eve socket -" },
	{ "a user without a name that can be typed",
	  { { "proc/70/cgroup", "0::/user.slice/user-7.slice/user@7.service/x.service\n" },
	    { "etc/passwd", "a b:x:7:0::/:/bin/sh\n" } }, "x.service 7 - -" },
	{ "a user's manager itself",
	  { { "proc/70/cgroup", "0::/user.slice/user-7.slice/user@7.service\n" } },
	  "user@7.service - - -" },
	{ "not a unit", { { "proc/70/cgroup", "0::/docker/0123\n" } }, "- - - -" },
	{ "no colour", { { "proc/70/cgroup", "0::/a\033.service\n" } }, "a?.service - - -" },
	{ "stopped", { { "proc/70/status", "Name:\ta\nState:\tT (stopped)\n" } }, "- - - term" },
	{ "running", { { "proc/70/status", "State:\tS (sleeping)\nSigIgn:\t0000000000001000\n" } },
	  "- - - -" },
	{ "ignores SIGTERM", { { "proc/70/status", "State:\tS (x)\nSigIgn:\t0000000000004000\n" } },
	  "- - - term" },
};

static void test_who(void **state)
{
	static const struct hd_node node = { 1, 9, "/dev/x", false, "mem" };
	const struct who *row = *state;
	const struct hd_holder *who;
	struct hd_holders holders;
	struct fake_host host;
	struct hd_error err;

	fake_host_make(&host);
	fake_link(&host, "proc/70/fd/3", "/dev/x");
	put_files(&host, row->files, HD_ARRAY_SIZE(row->files));
	assert_int_equal(hd_holders_read(&holders, &host.root, &host.arena, &node, 1, &err), 0);
	assert_int_equal(holders.n, 1);
	assert_null(holders.unread);
	who = &holders.holders[0];
	assert_string_equal(hd_printf(&host.arena, "%s %s %s %s", who->unit ? who->unit : "-",
				      who->user ? who->user : "-",
				      who->has_socket ? "socket" : "-",
				      who->ignores_term ? "term" : "-"), row->want);
	fake_host_remove(&host);
}

#define SESSION(id, user, devices) { "run/systemd/sessions/" id, \
	"# This is private data. Do not parse.\nUSER=" user "\nDEVICES=" devices "\n" }

static const struct kept {
	const char *name;
	bool is_block;
	struct file files[4];		/* besides fd/3 of processes 1, 600 and 900 */
	const char *want;		/* of each process, session and user */
} kept[] = {
	{ "no session", false, { { "proc/600/comm", "systemd-logind\n" } }, "- - -" },
	{ "a session", false,
	  { { "proc/600/comm", "systemd-logind\n" }, SESSION("2", "eve", "226:0 13:64"),
	    SESSION("c1", "gdm", "13:6 226:1") }, "2/eve 2/eve -" },
	{ "a session of other devices", false,
	  { { "proc/600/comm", "systemd-logind\n" }, SESSION("2", "eve", "113:64 13:6") }, "- - -" },
	{ "elogind, and a name with a colour", false,
	  { { "proc/600/comm", "elogind\n" }, SESSION("3", "e\033", "13:64") }, "3/e? 3/e? -" },
	{ "no manager of sessions", false,
	  { { "proc/600/comm", "dd\n" }, SESSION("3", "eve", "13:64") }, "3/eve - -" },
	{ "a disk of the same number", true, { SESSION("2", "eve", "13:64") }, "- - -" },
	{ "a pipe beside it", false, { SESSION("2.ref", "eve", "13:64") }, "- - -" },
};

/* Whose device is it that logind opened, and that process 1 keeps? */
static void test_kept(void **state)
{
	const struct kept *row = *state;
	const struct hd_node node = { 13, 64, "/dev/x", row->is_block, "input" };
	struct hd_holders holders;
	struct fake_host host;
	struct hd_error err;
	const char *text = "";

	fake_host_make(&host);
	fake_link(&host, "proc/1/fd/3", "/dev/x");
	fake_link(&host, "proc/600/fd/3", "/dev/x");
	fake_link(&host, "proc/900/fd/3", "/dev/x");
	put_files(&host, row->files, HD_ARRAY_SIZE(row->files));
	assert_int_equal(hd_holders_read(&holders, &host.root, &host.arena, &node, 1, &err), 0);
	assert_int_equal(holders.n, 3);
	for (size_t i = 0; i < holders.n; i++) {
		const struct hd_holder *who = &holders.holders[i];

		text = who->session
			       ? hd_printf(&host.arena, "%s %s/%s", text, who->session,
					   who->session_user)
			       : hd_printf(&host.arena, "%s -", text);
	}
	assert_string_equal(text + 1, row->want);
	fake_host_remove(&host);
}

#define AT_7F "7f0000000000-7f0000001000 r--p 00000000 "
static void test_captured_maps(void **state)
{
	static const struct hd_node nodes[] = { { 1, 9, "/dev/x", false, "mem" },
						{ 1, 8, "/dev/y", false, "mem" } };
	struct hd_holders first, second;
	struct hd_holders_want wants[] = { { nodes, 2, &first }, { nodes + 1, 1, &second },
					   { NULL, 0, &second } };
	const struct hd_kernel_types *types = NULL;
	struct fake_host host;
	struct hd_error err;

	(void)state;
	fake_host_make(&host);
	fake_file(&host, "proc/3/maps", AT_7F "00:05 12                  /dev/x\n"
		  "7ffe0000-7fff0000 rw-p 00000000 00:00 0 [stack]\nnonsense\n");
	fake_file(&host, "proc/4/maps", AT_7F "00:05 13 /dev/y\n" AT_7F "00:05 0 /dev/x\n");
	fake_link(&host, "proc/4/fd/1", "/dev/y");
	assert_int_equal(hd_holders_read_for(wants, 2, &host.root, &host.arena, &types, &err), 0);
	assert_int_equal(first.n, 2);
	assert_int_equal(first.holders[0].pid, 3);
	assert_true(first.holders[0].is_mapped);
	assert_ptr_equal(first.holders[0].node, &nodes[0]);
	assert_false(first.holders[1].is_mapped);
	assert_int_equal(second.n, 1);
	assert_ptr_equal(second.holders[0].node, &nodes[1]);
	assert_int_equal(hd_holders_read_for(wants + 2, 1, &host.root, &host.arena, &types, &err), 0);
	assert_int_equal(second.n, 0);
	fake_host_remove(&host);
}

#define N_MANY 4600

/* Who opens one node very often does not hide who has another one. */
static void test_many(void **state)
{
	static const struct hd_node nodes[] = { { 1, 9, "/dev/x", false, "mem" },
						{ 1, 8, "/dev/y", false, "mem" } };
	struct hd_holders first, second;
	const struct hd_holders_want wants[] = { { nodes, 1, &first }, { nodes + 1, 1, &second } };
	const struct hd_kernel_types *types = NULL;
	struct fake_host host;
	struct hd_error err;

	(void)state;
	fake_host_make(&host);
	for (int i = 0; i < N_MANY; i++)
		fake_link(&host, hd_printf(&host.arena, "proc/%d/fd/1", 1000 + i),
			  i % 10 ? "/dev/x" : "/dev/y");
	assert_int_equal(hd_holders_read_for(wants, 2, &host.root, &host.arena, &types, &err), 0);
	assert_true(second.unread || (first.n + second.n == N_MANY));
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
	{ "a group that is not a number",
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

#define CLASS "sys/class/vfio/12/dev"

/* A host without the device's nodes, as in a container: sysfs has their numbers (of /dev/full). */
static const struct hidden {
	const char *name;
	struct file files[4];
	const char *proc;		/* of the host; NULL: our child is its only process */
	int want;
	const char *who;
} hiddens[] = {
	{ "a group that is open", { BUS_LINK, GROUP, { CLASS, "1:7\n" } }, NULL, 1, "pid " },
	{ "a node of its own that is open", { BUS_LINK, { AT "/vfio-dev/vfio3/dev", "1:7\n" } },
	  NULL, 1, "pid " },
	{ "a group that nobody has", { BUS_LINK, GROUP, { CLASS, "1:77\n" } }, NULL, 0, NULL },
	{ "no group on VFIO", { BUS_LINK, GROUP }, NULL, 0, NULL },
	{ "a group, and no processes", { BUS_LINK, GROUP, { CLASS, "1:7\n" } }, "none", -EACCES,
	  "PID namespace" },
	{ "a node of its own, and no processes", { BUS_LINK, { AT "/vfio-dev/vfio3/dev", "1:7\n" } },
	  "none", -EACCES, "PID namespace" },
	{ "a group of which sysfs says nonsense", { BUS_LINK, GROUP, { CLASS, "x\n" } }, NULL,
	  -EINVAL, NULL },
};

static void test_vfio_hidden(void **state)
{
	const struct hidden *row = *state;
	const char *who = "untouched";
	pid_t pid = spawn_holder("/dev/full");
	struct fake_host host;
	int rc;

	fake_host_make(&host);
	host.root.is_live = true;
	put_files(&host, row->files, HD_ARRAY_SIZE(row->files));
	if (!row->proc)
		fake_file(&host, "proc/self/mountinfo", "");
	if (!row->proc)
		fake_link(&host, hd_printf(&host.arena, "proc/%d", pid),
			  hd_printf(&host.arena, "/proc/%d", pid));
	rc = hd_vfio_in_use(&host.root, &host.arena, FN, &who);
	(void)kill(pid, SIGKILL);
	(void)waitpid(pid, NULL, 0);
	if (geteuid() == 0 || rc != -EACCES)
		assert_int_equal(rc, row->want);
	if (geteuid() == 0 && !strstr(who, row->who ? row->who : "untouched"))
		fail_msg("who: %s", who);
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
		cmocka_unit_test(test_captured_maps),
		cmocka_unit_test(test_many),
		cmocka_unit_test(test_nothing_asked),
		cmocka_unit_test(test_live),
		cmocka_unit_test(test_vfio_live),
	};
	struct CMUnitTest tests[HD_ARRAY_SIZE(rows) + HD_ARRAY_SIZE(whos) + HD_ARRAY_SIZE(kept) +
				HD_ARRAY_SIZE(hiddens) + HD_ARRAY_SIZE(others)];
	struct CMUnitTest *at = tests + HD_ARRAY_SIZE(rows);

	for (size_t i = 0; i < HD_ARRAY_SIZE(rows); i++)
		tests[i] = (struct CMUnitTest){ .name = rows[i].name, .test_func = test_vfio,
						.initial_state = (void *)&rows[i] };
	for (size_t i = 0; i < HD_ARRAY_SIZE(whos); i++)
		*at++ = (struct CMUnitTest){ .name = whos[i].name, .test_func = test_who,
					     .initial_state = (void *)&whos[i] };
	for (size_t i = 0; i < HD_ARRAY_SIZE(kept); i++)
		*at++ = (struct CMUnitTest){ .name = kept[i].name, .test_func = test_kept,
					     .initial_state = (void *)&kept[i] };
	for (size_t i = 0; i < HD_ARRAY_SIZE(hiddens); i++)
		*at++ = (struct CMUnitTest){ .name = hiddens[i].name,
					     .test_func = test_vfio_hidden,
					     .initial_state = (void *)&hiddens[i] };
	memcpy(at, others, sizeof(others));
	return cmocka_run_group_tests_name("holders", tests, NULL, NULL);
}
