/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * subjects.h - the subjects of `hostdevctl setup`: what can be set up is a row.
 *
 * A subject adds to CHANGES what the request asks for and the host does not have
 * yet; the command shows, applies and undoes them.
 */
#pragma once

#include "base/context.h"
#include "base/exit.h"
#include "check/check.h"
#include "setup/boot_changes.h"
#include "setup/change_list.h"

/* What operands and options ask for, and what to show if it is refused. */
struct hd_setup_request {
	struct hd_context *context;
	char **args;			/* the operands behind the subject's name */
	int n_args;
	const char *xml, *uri, *page_size, *nodes;	/* of the options of these names, or NULL */
	const char *const *allow;	/* each CHECK=SUBJECT */
	size_t n_allow;
	bool at_boot, no_probe, unsafe_interrupts;
	bool is_applied;		/* else only shown */

	const char *title;		/* of `findings` */
	struct hd_findings *findings;	/* the checks that were not passed, or NULL */
	const char *listing;		/* what could have been named, lines, or NULL */
};

struct hd_setup_subject {
	const char *name;		/* "vfs"; NULL: the host itself, without operands */
	const char *args;		/* "INTERFACE|ADDRESS N", for the help */
	int min_args, max_args;		/* behind its name; max_args -1: any number */
	const char *summary;		/* one line */
	/*
	 * HD_EXIT_OK, also if there is nothing to change; _REFUSED, _USAGE, _HOST with ERR.
	 */
	enum hd_exit (*plan)(struct hd_setup_request *ask, struct hd_changes *changes,
			     struct hd_error *err);
};

extern const struct hd_setup_subject *const hd_setup_subjects[];	/* NULL-terminated */

/* Adds kernel parameters for the next boot (setup/boot_changes.h). */
enum hd_exit hd_setup_parameters(struct hd_context *context, const struct hd_host *host,
				 const struct hd_boot_wish *wish, struct hd_changes *changes,
				 struct hd_error *err) _nonnull_(1, 2, 3, 4, 5) _must_check_;

/*
 * May VALUE be put back?  HD_EXIT_REFUSED with ERR: it is the sriov_numvfs that setup wrote, and
 * a guest, a program or the host's network uses a virtual function of it.
 */
enum hd_exit hd_setup_vfs_may_write(struct hd_context *context, const struct hd_value_change *value,
				    struct hd_error *err) _nonnull_(1, 2, 3) _must_check_;

/* Its rows. */
extern const struct hd_setup_subject hd_setup_host;
extern const struct hd_setup_subject hd_setup_vfs;
extern const struct hd_setup_subject hd_setup_hugepages;
extern const struct hd_setup_subject hd_setup_bind;
extern const struct hd_setup_subject hd_setup_unbind;
extern const struct hd_setup_subject hd_setup_mdev;
