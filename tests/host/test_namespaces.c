/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * test_namespaces.c - is what our namespaces hide told, and nothing else?
 *
 * Made-up hosts first; then children of this test in real namespaces of their own.
 */
#include "config.h"

#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/wait.h>
#include <unistd.h>

#include "facts/holders/holders.h"
#include "facts/host/namespaces.h"
#include "facts/libvirt/guests.h"
#include "facts/network/network_tables.h"
#include "tests/support/fakehost.h"
#include "tests/support/unit.h"

#define LINE(device, top, point) "30 1 " device " " top " " point " rw - x y rw\n"
#define HOST LINE("8:1", "/", "/") LINE("0:24", "/", "/run")

typedef const char *hidden_fn(const struct hd_sysroot *root, struct hd_arena *arena);

static const char *hidden_proc(const struct hd_sysroot *root, struct hd_arena *arena)
{
	(void)arena;
	return hd_hidden_proc(root);
}

struct file {
	const char *path, *text;	/* "->..." is a link */
};

static const struct row {
	const char *name;
	hidden_fn *ask;
	struct file files[4];
	bool is_captured;
	const char *want;		/* NULL: nothing is hidden */
} rows[] = {
	{ "no PID namespaces", hd_hidden_processes, { { "proc/self/mountinfo", "" } }, false, NULL },
	{ "another number", hd_hidden_processes, { { "proc/self/ns/pid", "" } }, false,
	  "this is not the PID namespace" },
	{ "a /proc that does not have us", hd_hidden_processes, { { "proc/1/stat", "" } }, false,
	  "No such file" },
	{ "unreadable", hd_hidden_processes, { { "proc/self", "->self" } }, false,
	  "is unknown (proc/self/ns/pid: Too many" },
	{ "captured", hd_hidden_processes, { { "proc/self/ns/pid", "" } }, true, NULL },

	{ "a /proc of processes alone", hidden_proc, { { "proc/self/mountinfo", "" } }, false,
	  "ProcSubset=" },
	{ "a whole /proc", hidden_proc, { { "proc/cmdline", "" } }, false, NULL },
	{ "a captured one", hidden_proc, { { "proc/self/mountinfo", "" } }, true, NULL },

	{ "the first's network", hd_hidden_network,
	  { { "proc/self/mountinfo", "" }, { "proc/self/ns/net", "" },
	    { "proc/1/ns/net", "->../../self/ns/net" } }, false, NULL },
	{ "another network", hd_hidden_network,
	  { { "proc/self/mountinfo", "" }, { "proc/self/ns/net", "" }, { "proc/1/ns/net", "" } },
	  false, "this is not the network namespace" },
	{ "by a setting, the first's", hd_hidden_network,
	  { { "proc/self/mountinfo", "" }, { "proc/sys/net/core/somaxconn", "" },
	    { "proc/sys/net/core/dev_weight", "" } }, false, NULL },
	{ "by a setting, another", hd_hidden_network,
	  { { "proc/self/mountinfo", "" }, { "proc/sys/net/core/somaxconn", "" } }, false,
	  "this is not the network namespace" },
	{ "other processes' networks", hd_hidden_network, { { "proc/self/ns/pid", "" } }, false,
	  "this is not the PID namespace" },
	{ "a captured network", hd_hidden_network, { { "proc/self/ns/pid", "" } }, true, NULL },

	{ "the same mounts", hd_hidden_run,
	  { { "proc/self/mountinfo", HOST }, { "proc/1/mountinfo", HOST } }, false, NULL },
	{ "PrivateTmp and ProtectSystem", hd_hidden_run,
	  { { "proc/self/mountinfo", HOST LINE("0:50", "/", "/tmp") LINE("0:24", "/", "/run") },
	    { "proc/1/mountinfo", HOST } }, false, NULL },
	{ "a mount below it", hd_hidden_run,
	  { { "proc/self/mountinfo", HOST LINE("0:60", "/", "/run/user/0") },
	    { "proc/1/mountinfo", HOST } }, false, NULL },
	{ "not one of its name alone", hd_hidden_run,
	  { { "proc/self/mountinfo", HOST LINE("0:60", "/", "/runner") },
	    { "proc/1/mountinfo", HOST } }, false, NULL },
	{ "another one over it", hd_hidden_run,
	  { { "proc/self/mountinfo", HOST LINE("0:60", "/", "/run") },
	    { "proc/1/mountinfo", HOST } }, false, "has a different /run" },
	{ "a container's root", hd_hidden_run,
	  { { "proc/self/mountinfo", LINE("0:70", "/", "/") }, { "proc/1/mountinfo", HOST } }, false,
	  "has a different /run" },
	{ "a root in a directory", hd_hidden_run,
	  { { "proc/self/mountinfo", LINE("8:1", "/srv/x", "/") },
	    { "proc/1/mountinfo", LINE("8:1", "/", "/") } }, false, "has a different /run" },
	{ "a container with the host's", hd_hidden_run,
	  { { "proc/self/mountinfo", LINE("0:70", "/", "/") LINE("0:24", "/", "/run") },
	    { "proc/1/mountinfo", HOST } }, false, NULL },
	{ "mounts that cannot be read", hd_hidden_run,
	  { { "proc/self/mountinfo", HOST }, { "proc/1/mountinfo", "->mountinfo" } }, false,
	  "is unknown (proc/1/mountinfo: Too many" },
	{ "another PID namespace", hd_hidden_run, { { "proc/self/ns/pid", "" } }, false,
	  "this is not the PID namespace" },
};

/* Where a security module shields the first process, the other witness is enough. */
static void test_shielded(void **state)
{
	struct hd_sysroot_trouble trouble = { .error = 0 };
	struct fake_host host;

	(void)state;
	fake_host_make(&host);
	host.root.is_live = true;
	host.root.trouble = &trouble;
	fake_file(&host, "proc/self/mountinfo", "");
	fake_file(&host, "proc/self/ns/net", "");
	fake_link(&host, "proc/1/ns/net", "net");
	fake_file(&host, "proc/sys/net/core/dev_weight", "");
	assert_null(hd_hidden_network(&host.root, &host.arena));
	assert_int_equal(trouble.error, 0);
	fake_host_remove(&host);
}

static void test_row(void **state)
{
	const struct row *row = *state;
	struct fake_host host;
	const char *got;

	fake_host_make(&host);
	host.root.is_live = !row->is_captured;
	for (size_t i = 0; i < HD_ARRAY_SIZE(row->files) && row->files[i].path; i++) {
		if (!strncmp(row->files[i].text, "->", 2))
			fake_link(&host, row->files[i].path, row->files[i].text + 2);
		else
			fake_file(&host, row->files[i].path, row->files[i].text);
	}
	got = row->ask(&host.root, &host.arena);
	if (!row->want)
		assert_null(got);
	else if (!got || !strstr(got, row->want))
		fail_msg("\"%s\" without \"%s\"", got ? got : "(null)", row->want);
	fake_host_remove(&host);
}

/* What a process in a real namespace finds. */
struct seen {
	struct hd_sysroot root;
	struct hd_arena arena;
	struct hd_error err;
};

static bool has(const char *text, const char *part)
{
	return text && strstr(text, part);
}

static bool sees_all(struct seen *seen)
{
	return !hd_hidden_processes(&seen->root, &seen->arena) && !hd_hidden_proc(&seen->root) &&
	       !hd_hidden_network(&seen->root, &seen->arena) &&
	       !hd_hidden_run(&seen->root, &seen->arena);
}

/* The facts say so, too: a node that nobody seems to have is not free. */
static bool lacks_processes(struct seen *seen)
{
	static const struct hd_node node = { 1, 7, "/dev/full", false, "mem" };
	struct hd_holders holders;

	return hd_holders_read(&holders, &seen->root, &seen->arena, &node, 1, &seen->err) == 0 &&
	       has(holders.unread, "this is not the PID namespace") &&
	       has(holders.unread_remedy, "--pid=host");
}

static bool lacks_network(struct seen *seen)
{
	struct hd_net_tables tables = { .is_read = false };

	return hd_net_tables_read(&tables, &seen->root, &seen->arena, &seen->err) == 0 &&
	       has(tables.unknown, "this is not the network namespace") &&
	       has(tables.unknown_remedy, "--network=host");
}

static bool lacks_run(struct seen *seen)
{
	struct hd_guests guests;

	return hd_guests_read(&guests, &seen->root, &seen->arena, "", &seen->err) == 0 &&
	       has(guests.hidden, "a different /run");
}

/* A mount namespace of its own, as systemd makes them for a service. */
static bool make_private(void)
{
	return unshare(CLONE_NEWNS) == 0 &&
	       mount(NULL, "/", NULL, MS_REC | MS_SLAVE, NULL) == 0 &&
	       mount("none", "/tmp", "tmpfs", 0, NULL) == 0;
}

static bool make_run(void)
{
	return make_private() && mount("none", "/run", "tmpfs", 0, NULL) == 0;
}

static bool make_network(void)
{
	return unshare(CLONE_NEWNET) == 0;
}

/* Only children are in the new PID namespace; the first of them goes on. */
static bool make_processes(void)
{
	int status;
	pid_t pid;

	if (unshare(CLONE_NEWPID) < 0 || !make_private())
		return false;
	pid = fork();
	if (pid > 0)
		_exit(waitpid(pid, &status, 0) == pid && WIFEXITED(status) ? WEXITSTATUS(status)
									    : 3);
	return pid == 0 && mount("proc", "/proc", "proc", 0, NULL) == 0;
}

static bool make_processes_alone(void)
{
	int status;
	pid_t pid;

	if (unshare(CLONE_NEWPID) < 0)
		return false;
	pid = fork();
	if (pid > 0)
		_exit(waitpid(pid, &status, 0) == pid && WIFEXITED(status) ? WEXITSTATUS(status)
									    : 3);
	return pid == 0;
}

static const struct real {
	const char *name;
	bool (*make)(void);
	bool (*is_right)(struct seen *seen);
} reals[] = {
	{ "really in a mount namespace", make_private, sees_all },
	{ "really with another /run", make_run, lacks_run },
	{ "really in a network namespace", make_network, lacks_network },
	{ "really in a PID namespace", make_processes, lacks_processes },
	{ "really in a PID namespace with the host's /proc", make_processes_alone,
	  lacks_processes },
};

enum { RIGHT, WRONG, NOT_MADE };

static int run_in(const struct real *row)
{
	struct seen seen = { .arena = { NULL } };
	bool is_right;

	if (!row->make())
		return NOT_MADE;
	if (hd_sysroot_open(&seen.root, NULL, &seen.err) < 0)
		return WRONG;
	is_right = row->is_right(&seen);
	hd_arena_done(&seen.arena);
	return is_right ? RIGHT : WRONG;
}

static void test_real(void **state)
{
	struct seen seen = { .arena = { NULL } };
	bool sees;
	int status;
	pid_t pid;

	assert_int_equal(hd_sysroot_open(&seen.root, NULL, &seen.err), 0);
	sees = sees_all(&seen);
	hd_sysroot_close(&seen.root);
	hd_arena_done(&seen.arena);
	if (geteuid() != 0 || !sees) {
		print_message("# skipped: %s\n", sees ? "needs root" : "this is a container");
		skip();
	}
	pid = fork();
	if (!pid)
		_exit(run_in(*state));
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFEXITED(status));
	if (WEXITSTATUS(status) == NOT_MADE) {
		print_message("# skipped: no new namespaces are allowed here\n");
		skip();
	}
	assert_int_equal(WEXITSTATUS(status), RIGHT);
}

int main(void)
{
	struct CMUnitTest tests[HD_ARRAY_SIZE(rows) + HD_ARRAY_SIZE(reals) + 1] = {
		cmocka_unit_test(test_shielded) };
	struct CMUnitTest *at = tests + 1;

	for (size_t i = 0; i < HD_ARRAY_SIZE(rows); i++)
		*at++ = (struct CMUnitTest){ .name = rows[i].name, .test_func = test_row,
					     .initial_state = (void *)&rows[i] };
	for (size_t i = 0; i < HD_ARRAY_SIZE(reals); i++)
		*at++ = (struct CMUnitTest){ .name = reals[i].name, .test_func = test_real,
					     .initial_state = (void *)&reals[i] };
	return cmocka_run_group_tests_name("namespaces", tests, NULL, NULL);
}
