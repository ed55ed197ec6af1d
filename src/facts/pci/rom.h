/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * rom.h - can QEMU read the ROM files that a guest names?
 *
 * QEMU opens <rom file=> itself, as the user that the guest's <seclabel model='dac'>
 * names, else qemu.conf; libvirt changes the owner of disks and of the device's nodes
 * (dynamic_ownership; src/security/security_dac.c), but not of ROM files.  Modes of the
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

/*
 * Looks at N files for a guest of this label ("USER:GROUP" or NULL); *RET has N elements.
 * What cannot be read is a problem, not an error.
 */
void hd_rom_files_read(struct hd_rom_file **ret, const struct hd_sysroot *root,
		       struct hd_arena *arena, const char *const *paths, size_t n,
		       const char *label) _nonnull_(1, 2, 3);
