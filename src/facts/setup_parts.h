/* SPDX-License-Identifier: GPL-2.0-or-later */
/* setup_parts.h - the parts of setup.c. */
#pragma once

#include "facts/setup.h"

/* boot, boot_unread, boot_unclear. */
void hd_setup_boot_read(struct hd_setup *setup, const struct hd_sysroot *root,
			struct hd_arena *arena) _nonnull_(1, 2, 3);

/*
 * kernel_lines, from dev/kmsg (Linux Documentation/ABI/testing/dev-kmsg): never
 * waits, and reads no more than the kernel's buffer holds.
 */
void hd_setup_log_read(struct hd_setup *setup, const struct hd_sysroot *root,
		       struct hd_arena *arena) _nonnull_(1, 2, 3);

/* has_module_tree, other_release, is_other_newer. */
void hd_setup_kernels_read(struct hd_setup *setup, const struct hd_sysroot *root,
			   struct hd_arena *arena) _nonnull_(1, 2, 3);

/* ids. */
void hd_setup_ids_read(struct hd_setup *setup, const struct hd_sysroot *root,
		       struct hd_arena *arena) _nonnull_(1, 2, 3);

/* has_libvirt, unit, unit_lines. */
void hd_setup_unit_read(struct hd_setup *setup, const struct hd_sysroot *root,
			struct hd_arena *arena) _nonnull_(1, 2, 3);

/* hook_dir. */
void hd_setup_hook_dir_read(struct hd_setup *setup, const struct hd_sysroot *root,
			    struct hd_arena *arena) _nonnull_(1, 2, 3);

/* hooks, hook_program, hooks_changed, and what confines them. */
void hd_setup_hooks_read(struct hd_setup *setup, const struct hd_sysroot *root,
			 struct hd_arena *arena) _nonnull_(1, 2, 3);
