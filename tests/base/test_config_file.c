/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_config_file.c - settings are read strictly, and only from within the tree. */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/config_file.h"
#include "tests/support/fakehost.h"
#include "tests/support/unit.h"

#define MAIN "etc/hostdevctl.conf"

/* A path that no test host brings with it: what is read there was read outside. */
#define OUTSIDE "/tmp/hostdevctl-test-outside.conf"

struct row {
	const char *name, *text, *error;
};

static const struct row rows[] = {
	{ "unknown setting", "[hook]\nbindr = sysfs\n",
	  "hostdevctl.conf: unknown setting [hook] bindr; see hostdevctl.conf(5)" },
	{ "unknown section", "[hok]\nbinder = sysfs\n",
	  "hostdevctl.conf: unknown setting [hok] binder; see hostdevctl.conf(5)" },
	{ "bad word", "[hook]\nbinder = vfio\n",
	  "hostdevctl.conf: [hook] binder = vfio: must be sysfs or libvirt" },
	{ "zero seconds", "[hook]\nstep_deadline = 0\n",
	  "hostdevctl.conf: [hook] step_deadline = 0: must be 1 to 120 seconds" },
	{ "too many seconds", "[hook]\nlock_deadline = 121\n",
	  "hostdevctl.conf: [hook] lock_deadline = 121: must be 1 to 120 seconds" },
	{ "no number", "[hook]\nconnect_deadline = 1s\n",
	  "hostdevctl.conf: [hook] connect_deadline = 1s: must be 1 to 120 seconds" },
};

static void fails(struct fake_host *host, int code, const char *error)
{
	struct hd_config config = { .step_deadline_ms = -7 };
	struct hd_error err = { 0 };

	assert_int_equal(hd_config_read(&host->root, &config, &err), code);
	assert_string_equal(err.text, error);
	assert_int_equal(config.step_deadline_ms, -7);
}

static struct hd_config config_of(struct fake_host *host)
{
	struct hd_config config = { 0 };
	struct hd_error err = { 0 };

	if (hd_config_read(&host->root, &config, &err) < 0)
		fail_msg("%s", err.text);
	return config;
}

static void run_row(void **state)
{
	const struct row *row = *state;
	struct fake_host host;

	fake_host_make(&host);
	fake_file(&host, MAIN, row->text);
	fails(&host, -EINVAL, row->error);
	fake_host_remove(&host);
}

static void defaults_without_file(void **state)
{
	struct hd_config config = config_of(*state);

	assert_int_equal(config.hook_binder, HD_BINDER_SYSFS);
	assert_int_equal(config.step_deadline_ms, 10000);
	assert_int_equal(config.connect_deadline_ms, 3000);
	assert_int_equal(config.lock_deadline_ms, 15000);
	assert_int_equal(config.read_deadline_ms, 30000);
	assert_int_equal(config.handover_deadline_ms, 60000);
}

static void each_setting(void **state)
{
	struct hd_config config;

	fake_file(*state, MAIN, "# seconds\n[hook]\nbinder = libvirt\nstep_deadline = 1\n"
		  "connect_deadline=120\n lock_deadline = 60 # a comment\n");
	config = config_of(*state);
	assert_int_equal(config.hook_binder, HD_BINDER_LIBVIRT);
	assert_int_equal(config.step_deadline_ms, 1000);
	assert_int_equal(config.connect_deadline_ms, 120000);
	assert_int_equal(config.lock_deadline_ms, 60000);
}

/* A drop-in changes one setting; the administrator's main file replaces the vendor's. */
static void precedence(void **state)
{
	struct hd_config config;

	fake_file(*state, "usr/lib/hostdevctl.conf", "[hook]\nstep_deadline = 5\n");
	assert_int_equal(config_of(*state).step_deadline_ms, 5000);
	fake_file(*state, "usr/lib/hostdevctl.conf.d/10.conf", "[hook]\nlock_deadline = 6\n");
	fake_file(*state, "etc/hostdevctl.conf.d/20.conf", "[hook]\nlock_deadline = 7\n");
	fake_file(*state, "etc/hostdevctl.conf.d/30.txt", "nonsense\n");
	config = config_of(*state);
	assert_int_equal(config.step_deadline_ms, 5000);
	assert_int_equal(config.lock_deadline_ms, 7000);
	fake_file(*state, MAIN, "[hook]\nconnect_deadline = 8\n");
	config = config_of(*state);
	assert_int_equal(config.connect_deadline_ms, 8000);
	assert_int_equal(config.step_deadline_ms, 10000);
	assert_int_equal(config.lock_deadline_ms, 7000);
}

static void link_within(void **state)
{
	fake_file(*state, "etc/here.conf", "[hook]\nlock_deadline = 9\n");
	fake_link(*state, MAIN, "here.conf");
	assert_int_equal(config_of(*state).lock_deadline_ms, 9000);
}

static void links_out_of_the_tree(void **state)
{
	int fd = open(OUTSIDE, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);

	assert_true(fd >= 0);
	assert_int_equal(write(fd, "[hook]\nlock_deadline = 9\n", 25), 25);
	assert_int_equal(close(fd), 0);
	fake_link(*state, MAIN, OUTSIDE);
	fails(*state, -EINVAL, "cannot read " MAIN ": a symbolic link leads out of the tree");
	fake_file(*state, &OUTSIDE[1], "[hook]\nlock_deadline = 8\n");
	fails(*state, -EINVAL, "cannot read " MAIN ": a symbolic link leads out of the tree");
	fake_file(*state, MAIN, "");
	fake_link(*state, "etc/hostdevctl.conf.d/1.conf", OUTSIDE);
	fails(*state, -EINVAL, "cannot read " MAIN ".d/1.conf: a symbolic link leads out of the tree");
	assert_int_equal(unlink(OUTSIDE), 0);
}

static void directory_out_of_the_tree(void **state)
{
	fake_link(*state, "usr/lib/hostdevctl.conf.d", "/tmp");
	fails(*state, -EINVAL,
	      "cannot read usr/lib/hostdevctl.conf.d: a symbolic link leads out of the tree");
}

static void not_a_plain_file(void **state)
{
	struct fake_host *host = *state;

	fake_dir(host, "etc/hostdevctl.conf.d");
	assert_int_equal(mkfifoat(host->root.fd, MAIN, 0600), 0);
	fails(host, -EINVAL, "cannot read " MAIN ": not a regular file");
	assert_int_equal(unlinkat(host->root.fd, MAIN, 0), 0);
	assert_int_equal(mkfifoat(host->root.fd, MAIN ".d/1.txt", 0600), 0);
	assert_int_equal(config_of(host).step_deadline_ms, 10000);
	assert_int_equal(mkfifoat(host->root.fd, MAIN ".d/1.conf", 0600), 0);
	fails(host, -EINVAL, "cannot read " MAIN ".d/1.conf: not a regular file");
}

static void too_large(void **state)
{
	struct fake_host *host = *state;
	int fd;

	fake_file(host, MAIN, "");
	fd = openat(host->root.fd, MAIN, O_WRONLY | O_CLOEXEC);
	assert_true(fd >= 0);
	assert_int_equal(ftruncate(fd, 1ll << 40), 0);
	assert_int_equal(close(fd), 0);
	fails(host, -EFBIG, "cannot read " MAIN ": larger than 65536 bytes");
}

/* Manuals are made from the table: no row may be without words. */
static void table_is_complete(void **state)
{
	(void)state;
	for (const struct hd_config_key *k = hd_config_keys; k->key; k++) {
		assert_true(k->section[0] && k->key[0] && k->values[0] && k->meaning[0]);
		assert_non_null(k->set);
	}
}

static int make(void **state)
{
	static struct fake_host host;

	fake_host_make(&host);
	*state = &host;
	return 0;
}

static int clean(void **state)
{
	fake_host_remove(*state);
	return 0;
}

#define N_ROWS (sizeof(rows) / sizeof(rows[0]))
#define TEST(test) cmocka_unit_test_setup_teardown(test, make, clean)

int main(void)
{
	struct CMUnitTest tests[N_ROWS + 9] = {
		[N_ROWS] = TEST(defaults_without_file),
		[N_ROWS + 1] = TEST(each_setting),
		[N_ROWS + 2] = TEST(precedence),
		[N_ROWS + 3] = TEST(link_within),
		[N_ROWS + 4] = TEST(links_out_of_the_tree),
		[N_ROWS + 5] = TEST(directory_out_of_the_tree),
		[N_ROWS + 6] = TEST(not_a_plain_file),
		[N_ROWS + 7] = TEST(too_large),
		[N_ROWS + 8] = TEST(table_is_complete),
	};

	for (size_t i = 0; i < N_ROWS; i++)
		tests[i] = (struct CMUnitTest){ .name = rows[i].name, .test_func = run_row,
						.initial_state = (void *)(uintptr_t)&rows[i] };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
