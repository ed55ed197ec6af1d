/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * test_transaction_crash.c - killed at any system call, or with a full disk at any, setup
 * leaves the host as it was or as it shall be once it is run again.
 */
#include "config.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

#include "setup/applied_store.h"
#include "setup/transaction.h"
#include "tests/support/fakehost.h"
#include "tests/support/tracer.h"
#include "tests/support/unit.h"
#include "tests/support/valgrind.h"

#define GRUB "etc/default/grub"
#define CMDLINE "etc/kernel/cmdline"
#define MODULES "etc/modules-load.d/hostdevctl.conf"
#define MENU "boot/grub/grub.cfg"
#define OLD "GRUB_CMDLINE_LINUX=\"quiet\"\n"
#define NEW "GRUB_CMDLINE_LINUX=\"quiet intel_iommu=on\"\n"
#define CALLS_MAX 5000

#if defined(__SANITIZE_ADDRESS__)
#define STRIDE 7
#else
#define STRIDE 1
#endif
#define STRIDE_ON_DISK 7	/* each sync takes its time */

struct fixture {
	struct fake_host host;
	struct hd_changes changes;
	struct hd_arena arena;		/* of one run */
};

static const char *root_path;

/* update-grub: the menu says what the file says. */
static int make_menu(struct hd_arena *arena, const char *const argv[], const char **ret_output,
		     struct hd_error *err)
{
	char from[4096], to[4096], text[256];
	size_t n;
	FILE *file;

	(void)arena;
	(void)argv;
	(void)err;
	(void)snprintf(from, sizeof(from), "%s/" GRUB, root_path);
	(void)snprintf(to, sizeof(to), "%s/" MENU, root_path);
	*ret_output = "";
	file = fopen(from, "r");
	if (!file)
		return 1;
	n = fread(text, 1, sizeof(text), file);
	(void)fclose(file);
	file = fopen(to, "w");
	if (!file)
		return 1;
	return fwrite(text, 1, n, file) == n && fclose(file) == 0 ? 0 : 1;
}

static const char *const argv[] = { "/usr/sbin/update-grub", NULL };

static void reset(struct fixture *f)
{
	fake_file(&f->host, GRUB, OLD);
	fake_file(&f->host, CMDLINE, "ro\n");
	fake_file(&f->host, MENU, OLD);
	assert_int_equal(fchmodat(f->host.root.fd, CMDLINE, 0600, 0), 0);
	hd_arena_done(&f->arena);
}

/* A file system of our own, where we may: small, and it syncs in no time. */
static bool has_own;

static void own_disk(struct fixture *f)
{
	struct hd_error err;

	if (mount("tmpfs", f->host.path, "tmpfs", 0, "size=256k,mode=0755") < 0)
		return;
	has_own = true;
	hd_sysroot_close(&f->host.root);
	assert_int_equal(hd_sysroot_open(&f->host.root, f->host.path, &err), 0);
}

static void make(struct fixture *f)
{
	struct hd_arena *a;

	*f = (struct fixture){ 0 };
	has_own = false;
	fake_host_make(&f->host);
	if (unshare(CLONE_NEWNS) == 0 &&
	    mount("none", "/", NULL, MS_REC | MS_PRIVATE, NULL) == 0)
		own_disk(f);
	a = &f->host.arena;
	root_path = f->host.path;
	fake_dir(&f->host, "var/lib");
	hd_changes_file(&f->changes, a, &(struct hd_file_change){
		.path = GRUB, .old = OLD, .text = NEW });
	hd_changes_file(&f->changes, a, &(struct hd_file_change){
		.path = CMDLINE, .old = "ro\n", .text = "ro iommu=pt\n" });
	hd_changes_file(&f->changes, a, &(struct hd_file_change){
		.path = MODULES, .text = "vfio\n" });
	hd_changes_command(&f->changes, a, &(struct hd_command_change){ .argv = argv });
	reset(f);
}

static void finish(struct fixture *f)
{
	hd_arena_done(&f->arena);
	hd_close(&f->host.root.fd);
	if (has_own)
		(void)umount2(f->host.path, MNT_DETACH);
	fake_host_remove(&f->host);
}

static struct hd_transaction transaction_of(struct fixture *f)
{
	return (struct hd_transaction){ .root = &f->host.root, .arena = &f->arena,
					.run = make_menu };
}

static int run_apply(void *arg)
{
	struct fixture *f = arg;
	struct hd_transaction transaction = transaction_of(f);
	struct hd_error err = { 0 };

	return (int)hd_transaction_apply(&transaction, &f->changes, &err);
}

static int run_revert(void *arg)
{
	struct fixture *f = arg;
	struct hd_transaction transaction = transaction_of(f);
	struct hd_error err = { 0 };
	int code = (int)hd_transaction_revert(&transaction, NULL, 0, &err);

	if (code)
		print_message("revert: %s\n", err.text);
	return code;
}

static void assert_text(struct fixture *f, const char *path, const char *text)
{
	struct hd_error err;
	const char *now;

	assert_int_equal(hd_swap_read(&now, &f->arena, &f->host.root, path, &err), 0);
	if (!now || !text)
		assert_true(!now && !text);
	else
		assert_string_equal(now, text);
}

static void assert_count(struct fixture *f, const char *dir, ssize_t n)
{
	const char *const *names;

	assert_int_equal(hd_sysroot_names(&f->host.root, &f->arena, &names, "%s", dir), n);
}

static void assert_before(struct fixture *f)
{
	struct stat st;

	assert_text(f, GRUB, OLD);
	assert_text(f, MENU, OLD);
	assert_text(f, CMDLINE, "ro\n");
	assert_count(f, "etc", 2);
	assert_count(f, "etc/default", 1);
	assert_count(f, "etc/kernel", 1);
	assert_count(f, "var/lib", 0);
	assert_int_equal(hd_sysroot_stat(&f->host.root, &st, CMDLINE), 0);
	assert_int_equal(st.st_mode & 07777, 0600);
	assert_int_equal(st.st_nlink, 1);
}

static void assert_after(struct fixture *f)
{
	assert_text(f, GRUB, NEW);
	assert_text(f, MENU, NEW);
	assert_text(f, CMDLINE, "ro iommu=pt\n");
	assert_text(f, MODULES, "vfio\n");
	assert_count(f, "etc/default", 1);
	assert_count(f, "etc/kernel", 1);
	assert_count(f, "var/lib/hostdevctl/setup", 1);
}

/* What the run before left, whatever it was: undone, or applied again and then undone. */
static void recover(struct fixture *f, bool apply_first)
{
	if (apply_first) {
		int code = run_apply(f);

		/* All was done before the kill: nothing is as the changes expect it. */
		if (code == HD_EXIT_REFUSED)
			assert_after(f);
		else
			assert_int_equal(code, HD_EXIT_OK);
		assert_after(f);
	}
	assert_int_equal(run_revert(f), HD_EXIT_OK);
	assert_before(f);
}

struct row {
	const char *name;
	bool reverts;		/* the run that is killed takes back */
	bool apply_first;
};

static const struct row rows[] = {
	{ "apply, then revert", false, false },
	{ "apply, then apply again", false, true },
	{ "revert, then revert", true, false },
	{ "revert, then apply", true, true },
};

static void killed_everywhere(void **state)
{
	const struct row *row = *state;
	struct tracer_result result = { .is_killed = true };
	int kill_at = 0, stride;
	struct fixture f;

	if (is_under_valgrind() || !tracer_works()) {
		print_message("system calls cannot be traced here\n");
		skip();
	}
	make(&f);
	stride = has_own ? STRIDE : STRIDE_ON_DISK;
	while (result.is_killed && kill_at < CALLS_MAX) {
		reset(&f);
		if (row->reverts)
			assert_int_equal(run_apply(&f), HD_EXIT_OK);
		kill_at += stride;
		tracer_run(row->reverts ? run_revert : run_apply, &f, TRACER_ALL, kill_at,
			   &result);
		recover(&f, row->apply_first);
	}
	print_message("%s: killed at %d places\n", row->name, kill_at / stride - 1);
	assert_false(result.is_killed);
	assert_int_equal(result.exit_code, HD_EXIT_OK);
	assert_true(kill_at > 50);
	finish(&f);
}

static off_t size_of(const char *path)
{
	struct stat st;

	assert_int_equal(stat(path, &st), 0);
	return st.st_size;
}

/* Leaves room for PAGES pages. */
static void fill_disk(struct fixture *f, unsigned pages)
{
	char ballast[4096] = { 0 }, path[4096];
	FILE *file;

	(void)snprintf(path, sizeof(path), "%s/ballast", f->host.path);
	file = fopen(path, "w");
	assert_non_null(file);
	setbuf(file, NULL);
	while (fwrite(ballast, 1, sizeof(ballast), file) == sizeof(ballast))
		continue;
	assert_int_equal(ftruncate(fileno(file), ftell(file) / 4096 * 4096), 0);
	(void)fclose(file);
	assert_int_equal(truncate(path, (off_t)(size_of(path) - (off_t)pages * 4096)), 0);
}

static void empty_disk(struct fixture *f)
{
	(void)unlinkat(f->host.root.fd, "ballast", 0);
}

static void full_disk(void **state)
{
	int n_failed = 0, code = HD_EXIT_HOST;
	struct fixture f;

	(void)state;
	make(&f);
	if (!has_own) {
		finish(&f);
		print_message("no file system of its own can be mounted here\n");
		skip();
	}
	for (unsigned pages = 0; code != HD_EXIT_OK && pages < 40; pages++) {
		reset(&f);
		fill_disk(&f, pages);
		code = run_apply(&f);
		empty_disk(&f);
		n_failed += code == HD_EXIT_HOST;
		if (code == HD_EXIT_HOST)
			assert_before(&f);
		else
			assert_int_equal(code, HD_EXIT_OK);
	}
	assert_int_equal(code, HD_EXIT_OK);
	assert_after(&f);
	assert_true(n_failed > 5);
	for (unsigned pages = 0; pages < 12; pages++) {
		fill_disk(&f, pages);
		code = run_revert(&f);
		empty_disk(&f);
		if (code == HD_EXIT_HOST)
			assert_after(&f);
		if (code == HD_EXIT_OK)
			break;
	}
	assert_int_equal(code, HD_EXIT_OK);
	assert_before(&f);
	finish(&f);
}

int main(void)
{
	struct CMUnitTest tests[HD_ARRAY_SIZE(rows) + 1] = {
		[HD_ARRAY_SIZE(rows)] = cmocka_unit_test(full_disk),
	};

	for (size_t i = 0; i < HD_ARRAY_SIZE(rows); i++)
		tests[i] = (struct CMUnitTest){ rows[i].name, killed_everywhere, NULL, NULL,
						(void *)(uintptr_t)&rows[i] };
	return cmocka_run_group_tests_name("transaction_crash", tests, NULL, NULL);
}
