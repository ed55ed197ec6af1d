/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * btf.c - what does the running kernel say of its own types?
 *
 * A header, then all types one after the other, then all strings: five megabytes,
 * of which little is wanted.  A type has three words and, by its kind, more for
 * each of its members (linux/btf.h); its id is its place among them.  Names are
 * compared by their place among the strings, where each is once.
 */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/btf.h>
#include <string.h>
#include <sys/mman.h>

#include "base/read.h"
#include "facts/holders/btf.h"

#define VMLINUX "sys/kernel/btf/vmlinux"
#define MAX_SIZE (64u << 20)
#define MAX_NESTED 4
#define MAX_NAMELESS 64	/* members without a name that are looked into for one with it */
#define WORDS 3		/* of a type: struct btf_type */
#define MEMBER_WORDS 3	/* struct btf_member */

struct btf {
	const uint32_t *types, *types_end;
	const char *strings;
	size_t strings_size;
};

/* A want, with what it looks for as the types have it. */
struct search {
	uint32_t name, member;		/* where they are among the strings; 0: nowhere */
	const uint32_t *type;		/* once found */
	int id;
};

/* The file: mapped, or read where the kernel cannot map it (before 6.16). */
struct image {
	const char *data;
	size_t size;
	void *map;
};

/* Words after the type itself: FIXED and, for each of vlen, EACH. */
static const struct shape {
	unsigned char fixed, each;
} shapes[] = {
	[1] = { 1, 0 },				/* int */
	[3] = { 3, 0 },				/* array */
	[4] = { 0, MEMBER_WORDS },		/* struct */
	[5] = { 0, MEMBER_WORDS },		/* union */
	[6] = { 0, 2 },				/* enum */
	[13] = { 0, 2 },			/* function prototype */
	[14] = { 1, 0 },			/* variable */
	[15] = { 0, 3 },			/* data section */
	[17] = { 1, 0 },			/* declaration tag */
	[19] = { 0, 3 },			/* enum of 64 bits */
};

static size_t words_of(const uint32_t *type)
{
	unsigned kind = BTF_INFO_KIND(type[1]);

	return WORDS + shapes[kind].fixed + (size_t)shapes[kind].each * BTF_INFO_VLEN(type[1]);
}

static int parse_header(struct btf *ret, const struct image *image)
{
	const struct btf_header *header = (const void *)image->data;
	uint64_t begin, types_end, strings_end;

	if (image->size < sizeof(*header) || header->magic != BTF_MAGIC || header->version != 1)
		return -EINVAL;
	begin = (uint64_t)header->hdr_len + header->type_off;
	types_end = begin + header->type_len;
	strings_end = (uint64_t)header->hdr_len + header->str_off + header->str_len;
	if (types_end > image->size || strings_end > image->size || begin % 4 ||
	    header->type_len % 4 || !header->str_len || image->data[strings_end - 1])
		return -EINVAL;
	ret->types = (const void *)(image->data + begin);
	ret->types_end = (const void *)(image->data + types_end);
	ret->strings = image->data + strings_end - header->str_len;
	ret->strings_size = header->str_len;
	return 0;
}

/* The type behind AT, or NULL for one that is not whole or of an unknown kind. */
static const uint32_t *next_type(const struct btf *btf, const uint32_t *at)
{
	if (btf->types_end - at < WORDS || BTF_INFO_KIND(at[1]) >= HD_ARRAY_SIZE(shapes) ||
	    (size_t)(btf->types_end - at) < words_of(at))
		return NULL;
	return at + words_of(at);
}

/* Where among the strings NAME is, whole; 0 (the empty one) if nowhere. */
static uint32_t find_string(const struct btf *btf, const char *name)
{
	size_t length = strlen(name) + 1;
	const char *at = btf->strings, *end = btf->strings + btf->strings_size;

	while ((at = memmem(at, (size_t)(end - at), name, length))) {
		if (at > btf->strings && !at[-1])
			return (uint32_t)(at - btf->strings);
		at++;
	}
	return 0;
}

static void match_type(struct search *searches, const struct hd_btf_want *wants, size_t n,
		       const uint32_t *type, int id)
{
	unsigned kind = BTF_INFO_KIND(type[1]);

	if (kind != BTF_KIND_STRUCT && kind != BTF_KIND_FUNC)
		return;
	for (size_t i = 0; i < n; i++) {
		if (!type[0] || type[0] != searches[i].name || searches[i].type ||
		    kind != (wants[i].member ? BTF_KIND_STRUCT : BTF_KIND_FUNC))
			continue;
		searches[i].type = type;
		searches[i].id = id;
	}
}

static int find_types(const struct btf *btf, struct search *searches,
		      const struct hd_btf_want *wants, size_t n)
{
	int id = 1;	/* 0 is void */

	for (const uint32_t *at = btf->types, *next; at < btf->types_end; at = next, id++) {
		next = next_type(btf, at);
		if (!next)
			return -EINVAL;
		match_type(searches, wants, n, at, id);
	}
	return 0;
}

/* All have been passed once, so they are whole. */
static const uint32_t *type_of(const struct btf *btf, uint32_t id)
{
	const uint32_t *at = btf->types;

	for (uint32_t i = 1; at < btf->types_end && i < id; i++)
		at += words_of(at);
	return id && at < btf->types_end ? at : NULL;
}

/* The structure that the member without a name is, or NULL. */
static const uint32_t *nameless_struct(const struct btf *btf, uint32_t id)
{
	const uint32_t *type = type_of(btf, id);
	unsigned kind = type ? BTF_INFO_KIND(type[1]) : 0;

	return kind == BTF_KIND_STRUCT || kind == BTF_KIND_UNION ? type : NULL;
}

static int offset_of(const uint32_t *type, const uint32_t *member)
{
	uint32_t bits = BTF_INFO_KFLAG(type[1]) ? BTF_MEMBER_BIT_OFFSET(member[2]) : member[2];

	return (int)(bits / 8);
}

/* What is in structures without a name comes last: to look for these takes a pass each. */
static int find_member(const struct btf *btf, const uint32_t *type, uint32_t name, int depth,
		       int *left)
{
	const uint32_t *first = type + WORDS;
	const uint32_t *end = first + (size_t)MEMBER_WORDS * BTF_INFO_VLEN(type[1]);

	for (const uint32_t *member = first; member < end; member += MEMBER_WORDS)
		if (member[0] == name)
			return offset_of(type, member);
	for (const uint32_t *member = first; depth && member < end; member += MEMBER_WORDS) {
		const uint32_t *nameless;
		int inner;

		if (member[0] || --*left < 0)
			continue;
		nameless = nameless_struct(btf, member[1]);
		inner = nameless ? find_member(btf, nameless, name, depth - 1, left) : -ENOENT;
		if (inner >= 0 && inner <= INT_MAX - offset_of(type, member))
			return inner + offset_of(type, member);
	}
	return -ENOENT;
}

static int result_of(const struct btf *btf, const struct search *search, bool is_member)
{
	int left = MAX_NAMELESS;

	if (!search->type)
		return -ENOENT;
	if (!is_member)
		return search->id;
	return search->member ? find_member(btf, search->type, search->member, MAX_NESTED, &left)
			      : -ENOENT;
}

static int find_all(const struct image *image, struct hd_btf_want *wants, size_t n,
		    struct hd_arena *arena)
{
	struct search *searches = hd_alloc(arena, n * sizeof(*searches));
	struct btf btf;
	int rc = parse_header(&btf, image);

	for (size_t i = 0; rc == 0 && i < n; i++) {
		searches[i].name = find_string(&btf, wants[i].name);
		searches[i].member = wants[i].member ? find_string(&btf, wants[i].member) : 0;
	}
	if (rc == 0)
		rc = find_types(&btf, searches, wants, n);
	for (size_t i = 0; rc == 0 && i < n; i++)
		wants[i].result = result_of(&btf, &searches[i], wants[i].member != NULL);
	return rc;
}

static int open_image(struct image *ret, const struct hd_sysroot *root, struct hd_arena *arena)
{
	_cleanup_(hd_close) int fd = hd_sysroot_fd(root, O_RDONLY | O_NONBLOCK, VMLINUX);
	struct stat st;
	ssize_t n;
	char *data;

	if (fd < 0)
		return fd;
	if (fstat(fd, &st) < 0 || st.st_size <= 0 || st.st_size > MAX_SIZE)
		return -EINVAL;
	ret->size = (size_t)st.st_size;
	ret->map = mmap(NULL, ret->size, PROT_READ, MAP_PRIVATE, fd, 0);
	if (ret->map != MAP_FAILED) {
		ret->data = ret->map;
		return 0;
	}
	data = hd_alloc(arena, ret->size);
	n = hd_read_up_to(fd, data, ret->size);
	ret->data = data;
	ret->size = n < 0 ? 0 : (size_t)n;
	return n < 0 ? (int)n : 0;
}

int hd_btf_find(struct hd_btf_want *wants, size_t n, const struct hd_sysroot *root,
		struct hd_arena *arena)
{
	struct image image = { .map = MAP_FAILED };
	int rc = open_image(&image, root, arena);

	if (rc == 0)
		rc = find_all(&image, wants, n, arena);
	if (image.map != MAP_FAILED)
		(void)munmap(image.map, image.size);
	return rc;
}
