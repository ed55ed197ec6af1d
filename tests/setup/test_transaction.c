/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_transaction.c - changes of files are applied all or none, and taken back to the byte. */
#include "config.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "setup/applied_store.h"
#include "setup/transaction.h"
#include "tests/support/fakehost.h"
#include "tests/support/unit.h"

#define GRUB "etc/default/grub"
#define DROP_IN "etc/default/grub.d/99-hostdevctl.cfg"
#define MODULES "etc/modules-load.d/hostdevctl.conf"
#define NUMVFS "sys/bus/pci/devices/0000:01:00.0/sriov_numvfs"
#define OLD_GRUB "GRUB_CMDLINE_LINUX=\"quiet\"\n"
#define NEW_GRUB "GRUB_CMDLINE_LINUX=\"quiet intel_iommu=on\"\n"

struct fixture {
	struct fake_host host;
	struct hd_transaction transaction;
	struct hd_changes changes;
	struct hd_error err;
};

static int runs, fail_run;

/* In place of update-grub: prints something, and fails on request. */
static int fake_run(struct hd_arena *arena, const char *const argv[], const char **ret_output,
		    struct hd_error *err)
{
	(void)err;
	(void)arena;
	runs++;
	*ret_output = "Generating grub configuration file ...\n";
	assert_true(argv[0][0] == '/');
	return runs == fail_run ? 1 : 0;
}

static const char *const update_grub[] = { "/usr/sbin/update-grub", NULL };

static const char *text_of(struct fixture *f, const char *path)
{
	const char *text;

	assert_int_equal(hd_swap_read(&text, &f->host.arena, &f->host.root, path, &f->err), 0);
	return text;
}

static void make(struct fixture *f)
{
	const struct hd_command_change command = { .argv = update_grub };

	*f = (struct fixture){ 0 };
	runs = 0;
	fail_run = 0;
	fake_host_make(&f->host);
	fake_file(&f->host, GRUB, OLD_GRUB);
	fake_file(&f->host, NUMVFS, "0\n");
	fake_dir(&f->host, "var/lib");
	f->transaction = (struct hd_transaction){ .root = &f->host.root,
						  .arena = &f->host.arena, .run = fake_run };
	hd_changes_file(&f->changes, &f->host.arena, &(struct hd_file_change){
		.path = GRUB, .old = OLD_GRUB, .text = NEW_GRUB });
	hd_changes_file(&f->changes, &f->host.arena, &(struct hd_file_change){
		.path = MODULES, .text = "vfio\n", .mode = 0640 });
	hd_changes_value(&f->changes, &f->host.arena, &(struct hd_value_change){
		.path = NUMVFS, .old = "0", .value = "4" });
	hd_changes_command(&f->changes, &f->host.arena, &command);
	hd_changes_command(&f->changes, &f->host.arena, &command);
	assert_int_equal(f->changes.n_commands, 1);
}

static bool is_there(struct fixture *f, const char *path)
{
	return hd_sysroot_has(&f->host.root, "%s", path);
}

static void assert_before(struct fixture *f)
{
	const char *const *names;

	assert_string_equal(text_of(f, GRUB), OLD_GRUB);
	assert_false(is_there(f, "etc/modules-load.d"));
	assert_false(is_there(f, DROP_IN));
	assert_int_equal(hd_sysroot_names(&f->host.root, &f->host.arena, &names, "etc/default"),
			 1);
}

static void assert_after(struct fixture *f)
{
	const char *const *names;

	assert_string_equal(text_of(f, GRUB), NEW_GRUB);
	assert_string_equal(text_of(f, MODULES), "vfio\n");
	assert_int_equal(hd_sysroot_names(&f->host.root, &f->host.arena, &names, "etc/default"),
			 1);
}

static enum hd_exit apply(struct fixture *f)
{
	f->err = (struct hd_error){ 0 };
	return hd_transaction_apply(&f->transaction, &f->changes, &f->err);
}

static enum hd_exit revert(struct fixture *f)
{
	f->err = (struct hd_error){ 0 };
	return hd_transaction_revert(&f->transaction, NULL, 0, &f->err);
}

static void applied_and_reverted(void **state)
{
	struct fixture f;
	struct stat st;

	(void)state;
	make(&f);
	assert_int_equal(fchmodat(f.host.root.fd, GRUB, 0604, 0), 0);
	assert_int_equal(fchownat(f.host.root.fd, GRUB, geteuid() ? geteuid() : 12,
				  getegid() ? getegid() : 34, 0), 0);
	assert_int_equal(apply(&f), HD_EXIT_OK);
	assert_after(&f);
	assert_int_equal(runs, 1);
	assert_string_equal(text_of(&f, NUMVFS), "4");
	assert_int_equal(hd_sysroot_stat(&f.host.root, &st, MODULES), 0);
	assert_int_equal(st.st_mode & 07777, 0640);
	assert_int_equal(revert(&f), HD_EXIT_OK);
	assert_int_equal(runs, 2);
	assert_before(&f);
	assert_string_equal(text_of(&f, NUMVFS), "0");
	assert_int_equal(hd_sysroot_stat(&f.host.root, &st, GRUB), 0);
	assert_int_equal(st.st_mode & 07777, 0604);
	assert_int_equal(st.st_uid, geteuid() ? geteuid() : 12);
	assert_int_equal(st.st_gid, getegid() ? getegid() : 34);
	assert_false(is_there(&f, "var/lib/hostdevctl"));
	fake_host_remove(&f.host);
}

static void failed_command(void **state)
{
	struct fixture f;

	(void)state;
	make(&f);
	fail_run = 1;
	assert_int_equal(apply(&f), HD_EXIT_HOST);
	assert_non_null(strstr(f.err.text, "/usr/sbin/update-grub failed with exit status 1"));
	assert_non_null(strstr(f.err.text, "everything is as before"));
	assert_non_null(f.transaction.output);
	assert_before(&f);
	assert_string_equal(text_of(&f, NUMVFS), "0");
	assert_int_equal(runs, 2);
	assert_false(is_there(&f, "var/lib/hostdevctl"));
	fake_host_remove(&f.host);
}

static void stale(void **state)
{
	struct fixture f;

	(void)state;
	make(&f);
	fake_file(&f.host, GRUB, "GRUB_TIMEOUT=1\n");
	assert_int_equal(apply(&f), HD_EXIT_REFUSED);
	assert_non_null(strstr(f.err.text, "has changed /" GRUB));
	assert_string_equal(text_of(&f, GRUB), "GRUB_TIMEOUT=1\n");
	assert_false(is_there(&f, MODULES));
	assert_int_equal(runs, 0);
	fake_host_remove(&f.host);
}

static void no_link_is_followed(void **state)
{
	struct fixture f;

	(void)state;
	make(&f);
	fake_file(&f.host, "elsewhere", OLD_GRUB);
	assert_int_equal(unlinkat(f.host.root.fd, GRUB, 0), 0);
	fake_link(&f.host, GRUB, "../../elsewhere");
	assert_int_equal(apply(&f), HD_EXIT_REFUSED);
	assert_non_null(strstr(f.err.text, "/" GRUB " is a symbolic link"));
	assert_string_equal(text_of(&f, "elsewhere"), OLD_GRUB);
	assert_int_equal(unlinkat(f.host.root.fd, GRUB, 0), 0);
	assert_int_equal(linkat(f.host.root.fd, "elsewhere", f.host.root.fd, GRUB, 0), 0);
	assert_int_equal(apply(&f), HD_EXIT_REFUSED);
	assert_non_null(strstr(f.err.text, "hard link"));
	fake_host_remove(&f.host);
}

/* Two applications change one file; both are taken back. */
static void twice(void **state)
{
	struct fixture f;

	(void)state;
	make(&f);
	assert_int_equal(apply(&f), HD_EXIT_OK);
	f.changes = (struct hd_changes){ 0 };
	hd_changes_file(&f.changes, &f.host.arena, &(struct hd_file_change){
		.path = GRUB, .old = NEW_GRUB, .text = NEW_GRUB "GRUB_TIMEOUT=0\n" });
	assert_int_equal(apply(&f), HD_EXIT_OK);
	assert_string_equal(text_of(&f, GRUB), NEW_GRUB "GRUB_TIMEOUT=0\n");
	assert_int_equal(revert(&f), HD_EXIT_OK);
	assert_int_equal(runs, 2);
	assert_before(&f);
	fake_host_remove(&f.host);
}

static void changed_since(void **state)
{
	static const char *const keep[] = { GRUB };
	struct fixture f;

	(void)state;
	make(&f);
	assert_int_equal(apply(&f), HD_EXIT_OK);
	fake_file(&f.host, GRUB, NEW_GRUB "GRUB_TIMEOUT=0\n");
	assert_int_equal(revert(&f), HD_EXIT_REFUSED);
	assert_non_null(strstr(f.err.text, "--revert --keep /" GRUB));
	assert_true(is_there(&f, MODULES));
	assert_int_equal(runs, 1);
	assert_int_equal(hd_transaction_revert(&f.transaction, keep, 1, &f.err), HD_EXIT_OK);
	assert_string_equal(text_of(&f, GRUB), NEW_GRUB "GRUB_TIMEOUT=0\n");
	assert_false(is_there(&f, MODULES));
	assert_false(is_there(&f, "var/lib/hostdevctl"));
	fake_host_remove(&f.host);
}

/* Somebody changed the file between two applications: both can be undone only one by one. */
static void changed_between(void **state)
{
	struct fixture f;

	(void)state;
	make(&f);
	assert_int_equal(apply(&f), HD_EXIT_OK);
	fake_file(&f.host, GRUB, "mine\n");
	f.changes = (struct hd_changes){ 0 };
	hd_changes_file(&f.changes, &f.host.arena, &(struct hd_file_change){
		.path = GRUB, .old = "mine\n", .text = "mine\nours\n" });
	assert_int_equal(apply(&f), HD_EXIT_OK);
	assert_int_equal(revert(&f), HD_EXIT_REFUSED);
	assert_string_equal(text_of(&f, GRUB), "mine\nours\n");
	assert_true(is_there(&f, MODULES));
	fake_host_remove(&f.host);
}

/* update-grub is broken when all is taken back: said, and tried again by the next revert. */
static void failed_revert(void **state)
{
	struct fixture f;

	(void)state;
	make(&f);
	assert_int_equal(apply(&f), HD_EXIT_OK);
	fail_run = 2;
	assert_int_equal(revert(&f), HD_EXIT_STRANDED);
	assert_before(&f);
	assert_int_equal(revert(&f), HD_EXIT_OK);
	assert_int_equal(runs, 3);
	assert_false(is_there(&f, "var/lib/hostdevctl"));
	fake_host_remove(&f.host);
}

static void broken_manifest(void **state)
{
	static const char *const texts[] = {
		"", "hostdevctl-setup 2\nend\n", "hostdevctl-setup 1\n",
		"hostdevctl-setup 1\nfile 1 1 420 0 0 ../../etc/passwd\nend\n",
		"hostdevctl-setup 1\nfile 1 1 420 0 0 /etc/passwd\nend\n",
		"hostdevctl-setup 1\nfile 1 1 4200000 0 0 etc/x\nend\n",
		"hostdevctl-setup 1\nrun sh\nend\n", "hostdevctl-setup 1\nrun\nend\n",
		"hostdevctl-setup 1\nundo /bin/true\nend\n", "hostdevctl-setup 1\nfoo\nend\n",
	};
	struct fixture f;

	(void)state;
	make(&f);
	assert_int_equal(apply(&f), HD_EXIT_OK);
	for (size_t i = 0; i < HD_ARRAY_SIZE(texts); i++) {
		fake_file(&f.host, HD_STORE_DIR "/setup/1/manifest", texts[i]);
		assert_int_equal(revert(&f), HD_EXIT_HOST);
		assert_int_equal(apply(&f), HD_EXIT_HOST);
		assert_after(&f);
	}
	fake_host_remove(&f.host);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(applied_and_reverted),
		cmocka_unit_test(failed_command),
		cmocka_unit_test(stale),
		cmocka_unit_test(no_link_is_followed),
		cmocka_unit_test(twice),
		cmocka_unit_test(changed_since),
		cmocka_unit_test(changed_between),
		cmocka_unit_test(failed_revert),
		cmocka_unit_test(broken_manifest),
	};

	return cmocka_run_group_tests_name("transaction", tests, NULL, NULL);
}
