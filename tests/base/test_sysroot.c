/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_sysroot.c - a tree's files are read within bounds, and no link leads out of it. */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/sysroot.h"
#include "tests/support/fakehost.h"
#include "tests/support/unit.h"

static void text_is(struct fake_host *host, const char *path, const char *want)
{
	const char *text = NULL;
	ssize_t n = hd_sysroot_text(&host->root, &host->arena, &text, "%s", path);

	assert_int_equal(n, strlen(want));
	assert_string_equal(text, want);
}

static void text_files(void **state)
{
	struct fake_host *host = *state;
	const char *untouched = "untouched";
	char *large = hd_printf(&host->arena, "%*s\n", 100000, "end");
	char buf[4] = "";

	fake_file(host, "a/one", "x\n");
	fake_file(host, "a/two", "x\n\n");
	fake_file(host, "a/none", "");
	fake_file(host, "a/large", large);
	text_is(host, "a/one", "x");
	text_is(host, "a/two", "x\n");
	text_is(host, "a/none", "");
	large[100000] = '\0';
	text_is(host, "a/large", large);
	assert_int_equal(hd_sysroot_bytes(&host->root, buf, 3, "a/large"), 3);
	assert_string_equal(buf, "   ");
	assert_int_equal(hd_sysroot_bytes(&host->root, buf, 3, "a/%s", "two"), 3);
	assert_int_equal(hd_sysroot_text(&host->root, &host->arena, &untouched, "a/x"), -ENOENT);
	assert_int_equal(hd_sysroot_text(&host->root, &host->arena, &untouched, "a"), -EISDIR);
	assert_string_equal(untouched, "untouched");
}

static void numbers(void **state)
{
	struct fake_host *host = *state;
	uint64_t u = 7;

	fake_file(host, "n/hex", "0x10de\n");
	fake_file(host, "n/minus", "-1\n");
	fake_file(host, "n/word", "on\n");
	assert_int_equal(hd_sysroot_u64(&host->root, &u, "n/hex"), 0);
	assert_int_equal(u, 0x10de);
	assert_int_equal(hd_sysroot_u64(&host->root, &u, "n/minus"), -EINVAL);
	assert_int_equal(hd_sysroot_u64(&host->root, &u, "n/word"), -EINVAL);
	assert_int_equal(hd_sysroot_u64(&host->root, &u, "n/none"), -ENOENT);
	assert_int_equal(u, 0x10de);
}

static void links_and_names(void **state)
{
	struct fake_host *host = *state;
	const char *const *names = NULL;
	const char *link = NULL;

	fake_link(host, "d/driver", "../../bus/pci/drivers/nvme");
	fake_link(host, "d/bare", "vfio-pci");
	fake_file(host, "d/Z", "");
	fake_file(host, "d/.hidden", "");
	assert_int_equal(hd_sysroot_link(&host->root, &host->arena, &link, "d/driver"), 0);
	assert_string_equal(link, "../../bus/pci/drivers/nvme");
	assert_int_equal(hd_sysroot_link_base(&host->root, &host->arena, &link, "d/driver"), 0);
	assert_string_equal(link, "nvme");
	assert_int_equal(hd_sysroot_link_base(&host->root, &host->arena, &link, "d/bare"), 0);
	assert_string_equal(link, "vfio-pci");
	assert_int_equal(hd_sysroot_link(&host->root, &host->arena, &link, "d/Z"), -EINVAL);
	assert_int_equal(hd_sysroot_link(&host->root, &host->arena, &link, "d/none"), -ENOENT);
	assert_int_equal(hd_sysroot_names(&host->root, &host->arena, &names, "d"), 4);
	assert_string_equal(names[0], ".hidden");
	assert_string_equal(names[1], "Z");
	assert_string_equal(names[3], "driver");
	assert_int_equal(hd_sysroot_names(&host->root, &host->arena, &names, "d/Z"), -ENOTDIR);
}

/* What every way out would reach if it worked: this host's own file. */
static void links_cannot_escape(void **state)
{
	static const char *const targets[] = {
		"/etc/hostname", "../../../../../../../../etc/hostname", "/proc/self/root/etc/hostname",
	};
	struct fake_host *host = *state;
	struct stat st;
	const char *text = NULL;

	for (size_t i = 0; i < sizeof(targets) / sizeof(targets[0]); i++) {
		fake_link(host, "way/out", targets[i]);
		assert_false(hd_sysroot_has(&host->root, "way/out"));
		assert_int_equal(hd_sysroot_stat(&host->root, &st, "way/out"), -ENOENT);
		assert_int_equal(hd_sysroot_text(&host->root, &host->arena, &text, "way/out"),
				 -ENOENT);
		assert_int_equal(hd_sysroot_write(&host->root, "x", "way/out"), -ENOENT);
	}
	assert_false(hd_sysroot_has(&host->root, "../../../../etc/hostname"));
	fake_file(host, "etc/hostname", "captured\n");
	fake_link(host, "way/out", "/etc/hostname");
	text_is(host, "way/out", "captured");
	text_is(host, "/etc/hostname", "captured");
	text_is(host, "../etc/hostname", "captured");
}

static void directory_links_cannot_escape(void **state)
{
	struct fake_host *host = *state;
	const char *const *names = NULL;

	fake_link(host, "sys", "/sys");
	assert_false(hd_sysroot_has(&host->root, "sys/kernel"));
	assert_true(hd_sysroot_names(&host->root, &host->arena, &names, "sys") < 0);
	assert_int_equal(hd_sysroot_write(&host->root, "x", "sys/kernel/uevent_seqnum"), -ELOOP);
}

static void magic_links_cannot_escape(void **state)
{
	struct fake_host *host = *state;
	int fd;

	fake_link(host, "fd", hd_printf(&host->arena, "/proc/%d/root", (int)getpid()));
	fd = hd_sysroot_fd(&host->root, O_PATH, "fd/etc");
	assert_int_equal(fd, -ENOENT);
}

static void endless_files_are_bounded(void **state)
{
	struct fake_host *host = *state;
	const char *text = NULL;
	int fd;

	fake_file(host, "large", "");
	fd = openat(host->root.fd, "large", O_WRONLY | O_CLOEXEC);
	assert_true(fd >= 0);
	assert_int_equal(ftruncate(fd, 1ll << 40), 0);
	assert_int_equal(close(fd), 0);
	assert_int_equal(hd_sysroot_text(&host->root, &host->arena, &text, "large"), -EFBIG);
	assert_null(text);
}

/* A FIFO without a writer must not be waited for. */
static void fifos_do_not_hang(void **state)
{
	struct fake_host *host = *state;
	const char *text = NULL;
	uint64_t number;
	char buf[8];

	assert_int_equal(mkfifoat(host->root.fd, "fifo", 0600), 0);
	(void)alarm(PATIENT_S);
	assert_int_equal(hd_sysroot_text(&host->root, &host->arena, &text, "fifo"), 0);
	assert_int_equal(hd_sysroot_bytes(&host->root, buf, sizeof(buf), "fifo"), 0);
	assert_int_equal(hd_sysroot_u64(&host->root, &number, "fifo"), -EINVAL);
	assert_true(hd_sysroot_write(&host->root, "x", "fifo") < 0);
	(void)alarm(0);
}

static void writes(void **state)
{
	struct fake_host *host = *state;

	fake_file(host, "knob", "0000000");
	assert_int_equal(hd_sysroot_write(&host->root, "1", "knob"), 0);
	text_is(host, "knob", "1");
	assert_int_equal(hd_sysroot_write(&host->root, "1", "new"), -ENOENT);
	assert_false(hd_sysroot_has(&host->root, "new"));
	assert_int_equal(hd_sysroot_write(&host->root, "1", "."), -EISDIR);
}

static void long_paths(void **state)
{
	struct fake_host *host = *state;
	struct stat st;
	uint64_t u;
	const char *const *names;
	char *name = hd_printf(&host->arena, "%*s", PATH_MAX, "x");

	assert_int_equal(hd_sysroot_stat(&host->root, &st, "%s", name), -ENAMETOOLONG);
	assert_int_equal(hd_sysroot_u64(&host->root, &u, "%s", name), -ENAMETOOLONG);
	assert_int_equal(hd_sysroot_names(&host->root, &host->arena, &names, "%s", name),
			 -ENAMETOOLONG);
	assert_false(hd_sysroot_has(&host->root, "%s", name));
}

static void opening(void **state)
{
	struct hd_sysroot root = { .fd = -1 };
	struct hd_error err = { 0 };

	(void)state;
	assert_int_equal(hd_sysroot_open(&root, "/nowhere/at/all", &err), -ENOENT);
	assert_string_equal(err.text, "cannot open the host tree /nowhere/at/all: "
			    "No such file or directory");
	assert_int_equal(hd_sysroot_open(&root, "/dev/null", &err), -ENOTDIR);
	assert_int_equal(root.fd, -1);
	assert_int_equal(hd_sysroot_open(&root, NULL, &err), 0);
	assert_true(root.is_live && hd_sysroot_has(&root, "proc/self"));
	hd_sysroot_close(&root);
}

/* A link that leads to itself cannot be read, and something may be there. */
static void watching(void **state)
{
	struct fake_host *host = *state;
	struct hd_sysroot_trouble trouble = { .error = 0 }, outer, inner;
	const char *const *names;
	const char *text;

	fake_link(host, "loop", "loop");
	assert_false(hd_sysroot_has(&host->root, "loop"));	/* nobody asks */
	host->root.trouble = &trouble;
	outer = hd_sysroot_watch(&host->root);
	assert_false(hd_sysroot_has(&host->root, "nothing"));
	assert_int_equal(hd_sysroot_names(&host->root, &host->arena, &names, "loop/x"), -ELOOP);
	inner = hd_sysroot_watch(&host->root);
	assert_int_equal(hd_sysroot_note(&host->root, -EIO, "mine"), -EIO);
	assert_true(hd_sysroot_text(&host->root, &host->arena, &text, "loop/y") < 0);
	inner = hd_sysroot_unwatch(&host->root, &inner);
	assert_int_equal(inner.error, EIO);
	assert_string_equal(inner.path, "mine");
	outer = hd_sysroot_unwatch(&host->root, &outer);
	assert_int_equal(outer.error, ELOOP);
	assert_string_equal(outer.path, "loop/x");
	assert_int_equal(trouble.error, 0);
	host->root.trouble = NULL;
}

#define TEST(test) cmocka_unit_test_setup_teardown(test, fake_host_setup, fake_host_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(text_files),
		TEST(numbers),
		TEST(links_and_names),
		TEST(links_cannot_escape),
		TEST(directory_links_cannot_escape),
		TEST(magic_links_cannot_escape),
		TEST(endless_files_are_bounded),
		TEST(fifos_do_not_hang),
		TEST(writes),
		TEST(long_paths),
		TEST(opening),
		TEST(watching),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
