/* SPDX-License-Identifier: GPL-2.0-or-later */
/* boot_tools.h - the tools of the boot loader that are installed.  Part of boot_config.c. */
#pragma once

#include "facts/boot/boot_config.h"

struct hd_boot_tools {
	const char *mkconfig;		/* "/usr/sbin/grub2-mkconfig", or NULL */
	bool reads_drop_ins;
	bool can_update_bls;		/* it knows --update-bls-cmdline */
	const char *update_grub, *grubby, *kernel_install, *proxmox, *sdbootutil, *rpm_ostree;
};

void hd_boot_tools_read(struct hd_boot_tools *ret, const struct hd_sysroot *root,
			struct hd_arena *arena) _nonnull_(1, 2, 3);

/* Fills way and commands from what else is in CONFIG. */
void hd_boot_tools_choose(struct hd_boot_config *config, const struct hd_boot_tools *tools,
			  const struct hd_sysroot *root, struct hd_arena *arena,
			  const struct hd_host *host) _nonnull_(1, 2, 3, 4, 5);
