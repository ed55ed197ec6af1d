/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * boot_config.h - where this host's kernel parameters are written, and which
 * commands make the boot loader take them.
 *
 * By what is installed, not by the distribution's name: which grub-mkconfig and
 * whether it reads etc/default/grub.d (Debian's does), whether the entries are of the
 * Boot Loader Specification, kernel-install(8), proxmox-boot-tool.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/sysroot.h"
#include "facts/host/host.h"

#define HD_BOOT_GRUB_FILE "etc/default/grub"
#define HD_BOOT_GRUB_DROP_INS "etc/default/grub.d"
#define HD_BOOT_CMDLINE_FILE "etc/kernel/cmdline"
#define HD_BOOT_MAX_TEXT 65536u		/* a file of it that is larger is not edited */

enum hd_boot_way {
	HD_BOOT_BY_HAND,		/* nothing that we know */
	HD_BOOT_BY_GRUB,		/* etc/default/grub, then the commands */
	HD_BOOT_BY_CMDLINE,		/* etc/kernel/cmdline, then the commands */
	HD_BOOT_BY_GRUBBY,		/* grubby(8) changes all entries */
	HD_BOOT_BY_ENTRIES,		/* the entries themselves, which a person wrote */
	HD_BOOT_BY_OSTREE,		/* rpm-ostree(1) makes a deployment with other parameters */
	HD_BOOT_BY_IMAGE,		/* an image of ostree or bootc, which has them built in */
};

struct hd_boot_file {
	const char *path;
	const char *text;		/* all of it */
};

struct hd_boot_config {
	enum hd_boot_way way;
	struct hd_boot_file *grub;	/* as they are sourced; the drop-ins only if they are */
	size_t n_grub;
	bool has_drop_ins;
	const char *cmdline;		/* etc/kernel/cmdline; NULL: not there */
	const char *cmdline_default;	/* what kernel-install(8) takes without it; NULL: none */
	struct hd_boot_file *entries;	/* without rescue ones */
	size_t n_entries;
	const char *menu;		/* the words of the next boot as the loader has them, or NULL */
	const char *kernelopts;		/* what "$kernelopts" of them stands for, or NULL */
	const char *const **commands;	/* each a NULL-terminated argv */
	size_t n_commands;
};

/* 0, or a negative errno with ERR: a file is there and cannot be read as text. */
int hd_boot_config_read(struct hd_boot_config *ret, const struct hd_sysroot *root,
			struct hd_arena *arena, const struct hd_host *host, struct hd_error *err)
	_nonnull_(1, 2, 3, 4, 5) _must_check_;
