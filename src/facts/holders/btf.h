/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * btf.h - what the running kernel says of its own types.
 *
 * Source: sys/kernel/btf/vmlinux (Documentation/bpf/btf.rst, kernel 5.4 and
 * later with CONFIG_DEBUG_INFO_BTF).
 */
#pragma once

#include "base/arena.h"
#include "base/sysroot.h"

struct hd_btf_want {
	const char *name;	/* of a structure, or of a function */
	const char *member;	/* of the structure; NULL: the function's id is wanted */
	int result;		/* where the member is, in bytes, also in structures without a
				   name inside; the id; or -ENOENT */
};

/*
 * Fills the results of all N WANTS in one pass.  Returns 0, -ENOENT for a kernel
 * without, or -EINVAL for what is not BTF; the results are left alone then.
 */
int hd_btf_find(struct hd_btf_want *wants, size_t n, const struct hd_sysroot *root,
		struct hd_arena *arena) _nonnull_(1, 3, 4) _must_check_;
