/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_tree.c - captured trees: what each line makes, and that none leaves the fake host. */
#include "config.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tests/support/fakehost.h"
#include "tests/support/unit.h"

static int load(struct fake_host *host, const char *text, struct hd_error *err)
{
	return fake_tree_load(host, text, strlen(text), err);
}

static void every_kind_of_line(void **state)
{
	struct fake_host host;
	struct hd_error err;
	const char *text;
	char bytes[8];

	(void)state;
	fake_host_make(&host);
	assert_int_equal(load(&host,
			      "# a host\n\n"
			      "@ sys/devices/pci0000:00/0000:01:00.0\n"
			      "class = 0x030000\n"
			      "config : de10 84 26 \n"
			      "driver -> ../../../bus/pci/drivers/nouveau\n"
			      "empty =\n"
			      "nothing :\n"
			      "a/b = c\n"
			      "@ proc\n"
			      "mounts = a\\tb\\n\\\\c = d -> e\n"
			      "last = no newline",
			      &err), 0);
	assert_int_equal(hd_sysroot_text(&host.root, &host.arena, &text,
					 "sys/devices/pci0000:00/0000:01:00.0/class"), 8);
	assert_string_equal(text, "0x030000");
	assert_int_equal(hd_sysroot_bytes(&host.root, bytes, sizeof(bytes),
					  "sys/devices/pci0000:00/0000:01:00.0/config"), 4);
	assert_memory_equal(bytes, "\xde\x10\x84\x26", 4);
	assert_int_equal(hd_sysroot_link(&host.root, &host.arena, &text,
					 "sys/devices/pci0000:00/0000:01:00.0/driver"), 0);
	assert_string_equal(text, "../../../bus/pci/drivers/nouveau");
	assert_int_equal(hd_sysroot_bytes(&host.root, bytes, sizeof(bytes),
					  "sys/devices/pci0000:00/0000:01:00.0/empty"), 1);
	assert_int_equal(hd_sysroot_bytes(&host.root, bytes, sizeof(bytes),
					  "sys/devices/pci0000:00/0000:01:00.0/nothing"), 0);
	assert_true(hd_sysroot_has(&host.root, "sys/devices/pci0000:00/0000:01:00.0/a/b"));
	assert_int_equal(hd_sysroot_text(&host.root, &host.arena, &text, "proc/mounts"), 15);
	assert_string_equal(text, "a\tb\n\\c = d -> e");
	assert_int_equal(hd_sysroot_text(&host.root, &host.arena, &text, "proc/last"), 10);
	fake_host_remove(&host);
}

static const struct row {
	const char *name, *text, *message;
} bad[] = {
	{ "no sign", "@ a\nb c\n", "tree line 2: neither" },
	{ "unknown sign", "b == c\n", "tree line 1: neither" },
	{ "sign without a name", " = c\n", "tree line 1: neither" },
	{ "bad escape", "\n\nb = \\x\n", "tree line 3: only" },
	{ "half an escape", "b = c\\", "tree line 1: only" },
	{ "half a byte", "b : 0\n", "tree line 1: pairs" },
	{ "no hex", "b : 0g\n", "tree line 1: pairs" },
	{ "link to nothing", "b -> \n", "tree line 1: the link has no target" },
	{ "dots", "../b = c\n", "tree line 1: ../b" },
	{ "dots inside", "a/../../b = c\n", "tree line 1: a/../../b" },
	{ "directory of dots", "@ a/..\n", "tree line 1: a/.." },
	{ "dot", "./b = c\n", "tree line 1: ./b" },
	{ "dots as a name", ".. = c\n", "tree line 1: .." },
	{ "absolute", "/tmp/b = c\n", "tree line 1: /tmp/b" },
	{ "absolute directory", "@ /tmp\n", "tree line 1: /tmp" },
	{ "empty component", "a//b = c\n", "tree line 1: a//b" },
	{ "a file as a directory", "a = b\na/b = c\n", "tree line 2: a/b" },
	{ "a loop of links", "a -> b\nb -> a\na/c = d\n", "tree line 3: a/c" },
	{ "a directory as a file", "@ a\n@ b\n@ a/c\n# \n@ a\nc = d\n", "tree line 6: a/c" },
};

static void refuses(void **state)
{
	const struct row *row = *state;
	struct fake_host host;
	struct hd_error err = { 0 };

	fake_host_make(&host);
	assert_int_equal(load(&host, row->text, &err), -EINVAL);
	assert_int_equal(err.code, -EINVAL);
	if (strncmp(err.text, row->message, strlen(row->message)) != 0)
		fail_msg("got \"%s\"", err.text);
	fake_host_remove(&host);
}

static void refuses_nul_and_size(void **state)
{
	static char big[(16u << 20) + 1];
	struct fake_host host;
	struct hd_error err;

	(void)state;
	fake_host_make(&host);
	assert_int_equal(fake_tree_load(&host, "a\0b = c\n", 8, &err), -EINVAL);
	assert_int_equal(fake_tree_load(&host, big, sizeof(big), &err), -EINVAL);
	fake_host_remove(&host);
}

/* Links that lead out are made as they are written, and then nothing is made behind them. */
static const struct escape {
	const char *name, *before, *after;	/* the folder outside is between them */
} escapes[] = {
	{ "relative link", "l -> ../../../..", "\nl/evil = x\n" },
	{ "absolute link", "l -> ", "\nl/evil = x\n" },
	{ "link as directory", "l -> ", "\n@ l/evil\n" },
	{ "link to the file", "l -> ", "/evil\nl = x\n" },
	{ "link to a link", "m -> ", "\nl -> m\n@ l\nevil = x\n" },
	{ "proc's root", "l -> /proc/self/root", "\nl/evil = x\n" },
	{ "made by a link", "@ a/b\nl -> ../../../../..", "\n@ a/b/l\nevil : 00\n" },
};

static void stays_inside(void **state)
{
	const struct escape *row = *state;
	char outside[] = "/tmp/hostdevctl-outside-XXXXXX";
	const char *text;
	struct fake_host host;
	struct hd_error err;
	struct stat st;

	assert_non_null(mkdtemp(outside));
	fake_host_make(&host);
	text = hd_printf(&host.arena, "%s%s%s", row->before, outside, row->after);
	(void)!load(&host, text, &err);
	assert_int_equal(lstat(hd_printf(&host.arena, "%s/evil", outside), &st), -1);
	assert_int_equal(lstat("/tmp/evil", &st), -1);
	assert_int_equal(lstat("/evil", &st), -1);
	fake_host_remove(&host);
	assert_int_equal(rmdir(outside), 0);
}

static void pci_functions(void **state)
{
	static const struct fake_pci gpu = {
		.addr = "10000:e1:00.1", .class = 0x030000, .group = 3, .driver = "vfio-pci",
	};
	struct fake_host host;
	const char *text;

	(void)state;
	fake_host_make(&host);
	fake_pci_add(&host, &gpu);
	assert_string_equal(fake_pci_path(&host, gpu.addr),
			    "sys/devices/pci10000:00/10000:00:01.7/10000:e1:00.1");
	assert_true(hd_sysroot_has(&host.root, "sys/bus/pci/devices/10000:e1:00.1/driver/"
				   "10000:e1:00.1/iommu_group/devices/10000:e1:00.1/boot_vga"));
	assert_int_equal(hd_sysroot_link(&host.root, &host.arena, &text,
					 "sys/bus/pci/devices/10000:e1:00.1"), 0);
	assert_string_equal(text, "../../../devices/pci10000:00/10000:00:01.7/10000:e1:00.1");
	assert_true(hd_sysroot_has(&host.root, "dev/vfio/3"));
	fake_host_remove(&host);
}

static void files_are_replaced(void **state)
{
	struct fake_host host;
	struct hd_error err;
	const char *text;

	(void)state;
	fake_host_make(&host);
	fake_good_host(&host);
	assert_int_equal(load(&host, "a = 1\na = 2\nb -> a\nb -> c\n@ x\n@ x\n", &err), 0);
	assert_int_equal(hd_sysroot_text(&host.root, &host.arena, &text, "a"), 1);
	assert_string_equal(text, "2");
	assert_int_equal(hd_sysroot_link(&host.root, &host.arena, &text, "b"), 0);
	assert_string_equal(text, "c");
	assert_int_equal(fake_tree_load_file(&host, "/nonexistent.tree", &err), -EINVAL);
	fake_host_remove(&host);
}

int main(void)
{
	struct CMUnitTest tests[HD_ARRAY_SIZE(bad) + HD_ARRAY_SIZE(escapes) + 4] = {
		cmocka_unit_test(every_kind_of_line),
		cmocka_unit_test(refuses_nul_and_size),
		cmocka_unit_test(pci_functions),
		cmocka_unit_test(files_are_replaced),
	};
	size_t n = 4;

	for (size_t i = 0; i < HD_ARRAY_SIZE(bad); i++)
		tests[n++] = (struct CMUnitTest){ bad[i].name, refuses, NULL, NULL,
						  (void *)&bad[i] };
	for (size_t i = 0; i < HD_ARRAY_SIZE(escapes); i++)
		tests[n++] = (struct CMUnitTest){ escapes[i].name, stays_inside, NULL, NULL,
						  (void *)&escapes[i] };
	return cmocka_run_group_tests_name("tree", tests, NULL, NULL);
}
