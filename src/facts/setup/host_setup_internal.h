/* SPDX-License-Identifier: GPL-2.0-or-later */
/* host_setup_internal.h - the parts of host_setup.c. */
#pragma once

#include "facts/setup/host_setup.h"

/* has_libvirt, unit, unit_lines. */
void hd_setup_unit_read(struct hd_setup *setup, const struct hd_sysroot *root,
			struct hd_arena *arena) _nonnull_(1, 2, 3);

/* hook_dir, hooks, hook_program, hooks_changed, and what confines them. */
void hd_setup_hooks_read(struct hd_setup *setup, const struct hd_sysroot *root,
			 struct hd_arena *arena) _nonnull_(1, 2, 3);
