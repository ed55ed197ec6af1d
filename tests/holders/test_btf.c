/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_btf.c - does the kernel's description of its types say where a member is? */
#include "config.h"

#include <errno.h>
#include <linux/btf.h>
#include <string.h>

#include "facts/holders/btf.h"
#include "tests/support/fakehost.h"
#include "tests/support/unit.h"

#define STRINGS "\0file\0f_inode\0f_flags\0bpf_iter_task_file\0inode\0f_inode2."
enum { FILE_ = 1, F_INODE = 6, F_FLAGS = 14, ITER = 22, INODE = 41, F_INODE2 = 47 };

#define INFO(kind, vlen) ((unsigned)(kind) << 24 | (vlen))

/* 1 int, 2 struct without a name, 3 struct file, 4 a function named like it, 5 the iterator */
static const uint32_t good[] = {
	0, INFO(BTF_KIND_INT, 0), 4, 0x01000020,
	0, INFO(BTF_KIND_STRUCT, 1), 8, F_FLAGS, 1, 32,
	FILE_, INFO(BTF_KIND_STRUCT, 3), 24, INODE, 1, 0, 0, 2, 64, F_INODE, 1, 128,
	FILE_, INFO(BTF_KIND_FUNC, 0), 1,
	ITER, INFO(BTF_KIND_FUNC, 0), 1,
};

struct image {
	struct btf_header header;
	uint32_t types[64];
	char strings[sizeof(STRINGS)];
};

static void make(struct image *image, const uint32_t *types, size_t size)
{
	memset(image, 0, sizeof(*image));
	image->header = (struct btf_header){
		.magic = BTF_MAGIC, .version = 1, .hdr_len = sizeof(image->header),
		.type_len = (uint32_t)size, .str_off = sizeof(image->types),
		.str_len = sizeof(STRINGS),
	};
	memcpy(image->types, types, size);
	memcpy(image->strings, STRINGS, sizeof(STRINGS));
}

static void test_good(void **state)
{
	struct hd_btf_want wants[] = {
		{ "bpf_iter_task_file", NULL, 77 }, { "file", NULL, 77 }, { "f_inode", NULL, 77 },
		{ "iter_task_file", NULL, 77 }, { "file", "f_inode", 77 },
		{ "file", "f_flags", 77 }, { "file", "inode", 77 }, { "file", "f_inode2.", 77 },
		{ "bpf_iter_task_file", "f_inode", 77 },
	};
	static const int results[] = { 5, 4, -ENOENT, -ENOENT, 16, 8 + 4, 0, -ENOENT, -ENOENT };
	struct fake_host host;
	struct image image;

	(void)state;
	fake_host_make(&host);
	assert_int_equal(hd_btf_find(wants, HD_ARRAY_SIZE(wants), &host.root, &host.arena), -ENOENT);
	make(&image, good, sizeof(good));
	fake_bytes(&host, "sys/kernel/btf/vmlinux", &image, sizeof(image));
	assert_int_equal(hd_btf_find(wants, HD_ARRAY_SIZE(wants), &host.root, &host.arena), 0);
	for (size_t k = 0; k < HD_ARRAY_SIZE(wants); k++)
		if (wants[k].result != results[k])
			fail_msg("%s.%s: %d", wants[k].name, wants[k].member ? wants[k].member : "",
				 wants[k].result);
	fake_host_remove(&host);
}

static void no_magic(struct image *image) { image->header.magic++; }
static void future(struct image *image) { image->header.version = 2; }
static void types_outside(struct image *image) { image->header.type_len = 1u << 30; }
static void types_wrap(struct image *image) { image->header.type_off = 0xffffffff; }
static void strings_outside(struct image *image) { image->header.str_off = 0xfffffff0; }
static void no_strings(struct image *image) { image->header.str_len = 0; }
static void no_end(struct image *image) { image->header.str_len--; }

static const struct row {
	const char *name;
	uint32_t types[8];
	size_t n;
	void (*spoil)(struct image *image);
} rows[] = {
	{ .name = "no magic number", .spoil = no_magic },
	{ .name = "another version", .spoil = future },
	{ .name = "types that go on behind the end", .spoil = types_outside },
	{ .name = "types before the begin", .spoil = types_wrap },
	{ .name = "strings behind the end", .spoil = strings_outside },
	{ .name = "no strings", .spoil = no_strings },
	{ .name = "a last string without end", .spoil = no_end },
	{ .name = "half a type", .types = { 0, INFO(BTF_KIND_PTR, 0) }, .n = 2 },
	{ .name = "an unknown kind", .types = { 0, INFO(31, 0), 0 }, .n = 3 },
	{ .name = "members that are not there", .types = { 0, INFO(BTF_KIND_STRUCT, 9), 0 }, .n = 3 },
};

static void test_bad(void **state)
{
	const struct row *row = *state;
	struct hd_btf_want want = { "file", "f_inode", 77 };
	struct fake_host host;
	struct image image;

	fake_host_make(&host);
	make(&image, row->n ? row->types : good, row->n ? row->n * 4 : sizeof(good));
	if (row->spoil)
		row->spoil(&image);
	fake_bytes(&host, "sys/kernel/btf/vmlinux", &image, sizeof(image));
	assert_int_equal(hd_btf_find(&want, 1, &host.root, &host.arena), -EINVAL);
	assert_int_equal(want.result, 77);
	fake_host_remove(&host);
}

/* A structure without a name that holds itself, in a broken description. */
static void test_endless(void **state)
{
	static const uint32_t types[] = { FILE_, INFO(BTF_KIND_STRUCT, 1), 8, 0, 1, 0 };
	struct hd_btf_want want = { "file", "f_inode", 77 };
	struct fake_host host;
	struct image image;

	(void)state;
	fake_host_make(&host);
	make(&image, types, sizeof(types));
	fake_bytes(&host, "sys/kernel/btf/vmlinux", &image, sizeof(image));
	assert_int_equal(hd_btf_find(&want, 1, &host.root, &host.arena), 0);
	assert_int_equal(want.result, -ENOENT);
	fake_host_remove(&host);
}

int main(void)
{
	struct CMUnitTest tests[HD_ARRAY_SIZE(rows) + 2] = {
		cmocka_unit_test(test_good), cmocka_unit_test(test_endless),
	};

	for (size_t i = 0; i < HD_ARRAY_SIZE(rows); i++)
		tests[i + 2] = (struct CMUnitTest){ .name = rows[i].name, .test_func = test_bad,
						    .initial_state = (void *)&rows[i] };
	return cmocka_run_group_tests_name("btf", tests, NULL, NULL);
}
