/* SPDX-License-Identifier: GPL-2.0-or-later */
/* boot_changes.h - which changes give the next boot kernel parameters.  Pure. */
#pragma once

#include "facts/boot/boot_config.h"
#include "setup/change_list.h"

struct hd_boot_wish {
	const struct hd_parameter *params;
	size_t n;
	const char *why;	/* for people: "VFIO needs the IOMMU" */
};

/*
 * Adds the files and commands that give the next boot these parameters, wherever this
 * host writes them; nothing if it has them.  If the boot loader is unknown, adds a note
 * with the words, and sets changes->is_incomplete.  0, or -EINVAL with ERR (file, line
 * and what to write): what is written there cannot be edited safely.
 */
int hd_boot_plan(struct hd_changes *changes, struct hd_arena *arena,
		 const struct hd_boot_config *config, const struct hd_boot_wish *wish,
		 struct hd_error *err) _nonnull_(1, 2, 3, 4, 5) _must_check_;

/* The same for a host that GRUB boots. */
int hd_boot_plan_grub(struct hd_changes *changes, struct hd_arena *arena,
		      const struct hd_boot_config *config, const struct hd_boot_wish *wish,
		      struct hd_error *err) _nonnull_(1, 2, 3, 4, 5) _must_check_;

/* The text that PATH will have: a planned change's, or TEXT. */
const char *hd_boot_text(const struct hd_changes *changes, const char *path, const char *text)
	_nonnull_(1, 2);

void hd_boot_commands(struct hd_changes *changes, struct hd_arena *arena,
		      const struct hd_boot_config *config) _nonnull_(1, 2, 3);
