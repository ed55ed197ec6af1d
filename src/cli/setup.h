/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * setup.h - the subjects of `hostdevctl setup`: what can be set up is a row.
 *
 * A subject adds to CHANGES what its operands ask for and the host does not have
 * yet; showing, applying and taking back are the command's.
 */
#pragma once

#include "cli/command.h"
#include "setup/boot_changes.h"
#include "setup/change_list.h"

struct hd_setup_subject {
	const char *name;		/* "vfs"; NULL: the host itself, without operands */
	const char *args;		/* "INTERFACE|ADDRESS N", for the help */
	int min_args, max_args;		/* behind its name; max_args -1: any number */
	const char *summary;		/* one line */
	/*
	 * ARGS are the operands behind the name.  HD_EXIT_OK, also if there is
	 * nothing to change; _REFUSED, _USAGE, _HOST with ERR.
	 */
	enum hd_exit (*plan)(struct hd_run *run, char **args, int n_args,
			     struct hd_changes *changes, struct hd_error *err);
};

extern const struct hd_setup_subject *const hd_setup_subjects[];	/* NULL-terminated */

/* Adds kernel parameters for the next boot (setup/boot_changes.h). */
enum hd_exit hd_setup_parameters(struct hd_context *context, const struct hd_host *host,
				 const struct hd_boot_wish *wish, struct hd_changes *changes,
				 struct hd_error *err) _nonnull_(1, 2, 3, 4, 5) _must_check_;

/* Its rows. */
extern const struct hd_setup_subject hd_setup_host;
extern const struct hd_setup_subject hd_setup_vfs;
extern const struct hd_setup_subject hd_setup_hugepages;
extern const struct hd_setup_subject hd_setup_bind;
extern const struct hd_setup_subject hd_setup_unbind;
extern const struct hd_setup_subject hd_setup_mdev;
