/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * btf.c - what does the running kernel say of its own types?
 *
 * A header, then all types one after the other, then all strings.  A type has
 * three words and, by its kind, more for each of its members (linux/btf.h).  One
 * pass notes where each begins; names are compared by their place among the
 * strings, where each is once.
 */
#include "config.h"

#include <errno.h>
#include <limits.h>
#include <linux/btf.h>
#include <string.h>

#include "facts/btf.h"

#define VMLINUX "sys/kernel/btf/vmlinux"
#define MAX_SIZE (64u << 20)
#define MAX_NESTED 4
#define WORDS 3		/* of a type: struct btf_type */
#define MEMBER_WORDS 3	/* struct btf_member */

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

static int index_types(struct hd_btf *ret, struct hd_arena *arena, const uint32_t *at,
		       const uint32_t *end)
{
	*(const uint32_t **)hd_append(arena, &ret->types, &ret->n_types, sizeof(at)) = NULL;
	while (at < end) {
		if (end - at < WORDS || BTF_INFO_KIND(at[1]) >= HD_ARRAY_SIZE(shapes) ||
		    (size_t)(end - at) < words_of(at))
			return -EINVAL;
		*(const uint32_t **)hd_append(arena, &ret->types, &ret->n_types,
					      sizeof(at)) = at;
		at += words_of(at);
	}
	return 0;
}

static int parse(struct hd_btf *ret, struct hd_arena *arena, const char *data, size_t size)
{
	const struct btf_header *header = (const void *)data;
	uint64_t begin, types_end, strings_end;

	if (size < sizeof(*header) || header->magic != BTF_MAGIC || header->version != 1)
		return -EINVAL;
	begin = (uint64_t)header->hdr_len + header->type_off;
	types_end = begin + header->type_len;
	strings_end = (uint64_t)header->hdr_len + header->str_off + header->str_len;
	if (types_end > size || strings_end > size || begin % 4 || header->type_len % 4 ||
	    !header->str_len || data[strings_end - 1])
		return -EINVAL;
	ret->strings = data + strings_end - header->str_len;
	ret->strings_size = header->str_len;
	return index_types(ret, arena, (const void *)(data + begin),
			   (const void *)(data + types_end));
}

int hd_btf_read(struct hd_btf *ret, const struct hd_sysroot *root, struct hd_arena *arena)
{
	struct hd_btf btf = { 0 };
	struct stat st;
	char *data;
	ssize_t size;
	int rc = hd_sysroot_stat(root, &st, VMLINUX);

	if (rc < 0)
		return rc;
	if (st.st_size <= 0 || st.st_size > MAX_SIZE)
		return -EINVAL;
	data = hd_alloc(arena, (size_t)st.st_size);
	size = hd_sysroot_bytes(root, data, (size_t)st.st_size, VMLINUX);
	if (size < 0)
		return (int)size;
	rc = parse(&btf, arena, data, (size_t)size);
	if (rc == 0)
		*ret = btf;
	return rc;
}

/* Where among the strings NAME is, whole; 0 (the empty one) if nowhere. */
static uint32_t find_string(const struct hd_btf *btf, const char *name)
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

static int find_type(const struct hd_btf *btf, const char *name, unsigned kind)
{
	uint32_t offset = find_string(btf, name);

	for (size_t i = 1; offset && i < btf->n_types; i++)
		if (btf->types[i][0] == offset && BTF_INFO_KIND(btf->types[i][1]) == kind)
			return (int)i;
	return -ENOENT;
}

int hd_btf_func(const struct hd_btf *btf, const char *name)
{
	return find_type(btf, name, BTF_KIND_FUNC);
}

static bool is_nameless_struct(const struct hd_btf *btf, const uint32_t *member)
{
	unsigned kind;

	if (member[0] || member[1] >= btf->n_types || !member[1])
		return false;
	kind = BTF_INFO_KIND(btf->types[member[1]][1]);
	return kind == BTF_KIND_STRUCT || kind == BTF_KIND_UNION;
}

static int find_member(const struct hd_btf *btf, const uint32_t *type, uint32_t name, int depth)
{
	const uint32_t *member = type + WORDS;

	for (unsigned i = 0; i < BTF_INFO_VLEN(type[1]); i++, member += MEMBER_WORDS) {
		uint32_t bits = BTF_INFO_KFLAG(type[1]) ? BTF_MEMBER_BIT_OFFSET(member[2])
							: member[2];
		int inner = -ENOENT;

		if (member[0] == name)
			return (int)(bits / 8);
		if (depth < MAX_NESTED && is_nameless_struct(btf, member))
			inner = find_member(btf, btf->types[member[1]], name, depth + 1);
		if (inner >= 0 && inner <= INT_MAX - (int)(bits / 8))
			return inner + (int)(bits / 8);
	}
	return -ENOENT;
}

int hd_btf_struct(const struct hd_btf *btf, const char *name)
{
	return find_type(btf, name, BTF_KIND_STRUCT);
}

int hd_btf_member(const struct hd_btf *btf, int type, const char *member)
{
	uint32_t name = type < 0 ? 0 : find_string(btf, member);

	return name ? find_member(btf, btf->types[type], name, 0) : -ENOENT;
}
