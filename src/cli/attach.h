/* SPDX-License-Identifier: GPL-2.0-or-later */
/* attach.h - what `hostdevctl attach` is going to add to a guest. */
#pragma once

#include "act/checked_request.h"
#include "act/plan_notes.h"
#include "cli/guest_scope.h"

struct hd_attach {
	struct hd_run *run;
	struct hd_guest_scope scope;
	struct hd_virt_op *ops;		/* metadata, the definition, the running guest */
	const char **names;		/* of each: "0000:01:00.0", "controller 3", "metadata" */
	size_t n, n_names;
	struct hd_hostdev *devs;	/* what they ask the host for, once each */
	size_t n_devs;
	struct hd_notes notes;
};

/*
 * Composes, places and renders everything for the devices NAMES; nothing is changed.
 * A device that the guest has already is HD_EXIT_REFUSED.  Not HD_EXIT_OK: ERR is
 * filled.
 */
enum hd_exit hd_attach_prepare(struct hd_attach *ret, struct hd_run *run, const char *guest,
			       char *const *names, int n, struct hd_error *err)
	_nonnull_(1, 2, 3, 6) _must_check_;

/* The guest's request with these devices alone: what is to be checked. */
enum hd_exit hd_attach_case(struct hd_checked *ret, struct hd_attach *attach, struct hd_error *err)
	_nonnull_(1, 2, 3) _must_check_;

/* Would the next start of the guest be refused, for what --allow accepts this once?  HD_EXIT_REFUSED. */
enum hd_exit hd_attach_will_start(const struct hd_attach *attach, const struct hd_checked *judged,
				  struct hd_error *err) _nonnull_(1, 2, 3) _must_check_;
