/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * btf.h - what the running kernel says of its own types.
 *
 * Source: sys/kernel/btf/vmlinux (Documentation/bpf/btf.rst, kernel 5.4 and
 * later with CONFIG_DEBUG_INFO_BTF).
 */
#pragma once

#include <stdint.h>

#include "base/arena.h"
#include "base/sysroot.h"

struct hd_btf {
	const char *strings;
	size_t strings_size;
	const uint32_t **types;		/* by id; [0] is void and NULL */
	size_t n_types;
};

/* Returns 0, -ENOENT for a kernel without, or -EINVAL for what is no BTF. */
int hd_btf_read(struct hd_btf *ret, const struct hd_sysroot *root, struct hd_arena *arena)
	_nonnull_(1, 2, 3) _must_check_;

/* The id of a function, or -ENOENT. */
int hd_btf_func(const struct hd_btf *btf, const char *name) _nonnull_(1, 2) _must_check_;

/* The id of struct NAME, or -ENOENT. */
int hd_btf_struct(const struct hd_btf *btf, const char *name) _nonnull_(1, 2) _must_check_;

/*
 * Where in the struct with the id TYPE its MEMBER is, in bytes, also in structures
 * without a name inside; or -ENOENT, also for a TYPE that is an error.
 */
int hd_btf_member(const struct hd_btf *btf, int type, const char *member)
	_nonnull_(1, 3) _must_check_;
