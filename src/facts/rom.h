/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * rom.h - can QEMU read the ROM files that a guest names?
 *
 * QEMU opens <rom file=> itself, as the user that qemu.conf names; libvirt
 * changes the owner of disks and images, but not of ROM files.  Modes of the
 * file and of the folders above it are read; access lists and AppArmor are not.
 */
#pragma once

#include <stdbool.h>

#include "base/arena.h"
#include "base/sysroot.h"

struct hd_rom_file {
	const char *path;	/* as the domain XML has it */
	const char *problem;	/* "does not exist", "..." or NULL: readable */
	bool is_sure;		/* the problem is certain (an access list cannot mend it) */
};

/* Looks at N files; *RET has N elements. What cannot be read is a problem, not an error. */
void hd_rom_files_read(struct hd_rom_file **ret, const struct hd_sysroot *root,
		       struct hd_arena *arena, const char *const *paths, size_t n)
	_nonnull_(1, 2, 3);

/* The user that QEMU runs as; fields are -1 where etc/passwd does not say. */
struct hd_qemu_user {
	const char *name;	/* "libvirt-qemu" */
	long uid, gid;
};
void hd_qemu_user_read(struct hd_qemu_user *ret, const struct hd_sysroot *root,
		       struct hd_arena *arena) _nonnull_(1, 2, 3);
