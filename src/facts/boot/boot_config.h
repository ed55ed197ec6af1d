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

#include "base/sysroot.h"
#include "facts/boot/grub_default.h"
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

/* The tools of the boot loader that are installed. */
struct hd_boot_tools {
	const char *mkconfig;		/* "/usr/sbin/grub2-mkconfig", or NULL */
	bool reads_drop_ins;
	bool can_update_bls;		/* it has --update-bls-cmdline */
	const char *update_grub, *grubby, *kernel_install, *proxmox, *sdbootutil, *rpm_ostree;
};

/* Kernel parameters, and the file that has them. */
struct hd_boot_source {
	const char *path;
	const char *words;	/* as on proc/cmdline */
	bool is_next_boot;	/* the boot loader reads it; else that is made from it */
};

struct hd_boot_config {
	enum hd_boot_way way;
	struct hd_boot_file *grub;	/* as they are sourced; the drop-ins only if they are */
	size_t n_grub;
	const char *grub_values[HD_GRUB_VARIABLE_MAX];	/* what these set; NULL: not set, or unclear */
	const char *cmdline;		/* etc/kernel/cmdline; NULL: not there */
	const char *cmdline_default;	/* what kernel-install(8) takes without it; NULL: none */
	struct hd_boot_file *entries;	/* without rescue ones; the newest kernel's is the last */
	size_t n_entries;
	const char *kernelopts;		/* what "$kernelopts" of them stands for, or NULL */
	struct hd_boot_tools tools;
	const char *const **commands;	/* each a NULL-terminated argv */
	size_t n_commands;

	/* The words of all that: first those that the loader's files are made from. */
	struct hd_boot_source *sources;
	size_t n_sources;
	const char *unread;		/* a file that is there and cannot be read, or NULL */
	const char *unclear;		/* why the shell code of GRUB's files is not understood, or NULL */
	struct hd_error error;		/* why one of the texts above is missing; code 0: none is */
};

/* All but way, cmdline_default and commands: what is written, whoever changes it. */
void hd_boot_config_read(struct hd_boot_config *ret, const struct hd_sysroot *root,
			 struct hd_arena *arena) _nonnull_(1, 2, 3);

/*
 * All of it, for who edits the files.  0, or a negative errno with ERR: a file is there
 * and cannot be read as text.
 */
int hd_boot_config_read_all(struct hd_boot_config *ret, const struct hd_sysroot *root,
			    struct hd_arena *arena, const struct hd_host *host,
			    struct hd_error *err) _nonnull_(1, 2, 3, 4, 5) _must_check_;

/* What the next boot takes: the first source of it, or NULL. */
static inline const struct hd_boot_source *hd_boot_next(const struct hd_boot_source *sources,
							size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (sources[i].is_next_boot)
			return &sources[i];
	return NULL;
}

/* "options" lines of an entry: all words, and the end of the last line (0: there is none). */
size_t hd_boot_entry_words(struct hd_word **ret, size_t *ret_n, struct hd_arena *arena,
			   const char *text) _nonnull_(1, 2, 3, 4);

/* The same with what "$kernelopts" stands for, whose places are not in the entry. */
void hd_boot_entry_all_words(struct hd_word **ret, size_t *ret_n, struct hd_arena *arena,
			     const struct hd_boot_config *config, const struct hd_boot_file *entry)
	_nonnull_(1, 2, 3, 4, 5);

/* The parts of boot_config.c in boot_loader.c. */
void hd_boot_tools_read(struct hd_boot_tools *ret, const struct hd_sysroot *root,
			struct hd_arena *arena) _nonnull_(1, 2, 3);

/* Fills way and commands from what else is in CONFIG. */
void hd_boot_loader_choose(struct hd_boot_config *config, const struct hd_sysroot *root,
			   struct hd_arena *arena, const struct hd_host *host)
	_nonnull_(1, 2, 3, 4);
