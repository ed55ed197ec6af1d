/* SPDX-License-Identifier: GPL-2.0-or-later */
/* attach_missing.h - which devices does a guest not have yet? */
#pragma once

#include "act/plan_notes.h"
#include "cli/command.h"
#include "domain/hostdev_elements.h"
#include "inventory/resolve.h"

/* A guest's definition, or the guest that runs. */
struct hd_attach_side {
	const char *guest, *where;	/* "its definition" */
	const struct hd_picked *has;
	size_t n_has;
	struct hd_notes *notes;		/* get what the guest has already */
};

/*
 * Those of the N REFS that SIDE does not have, or of which it has only some functions, owned by the
 * run's arena: adding devices may be repeated.  Not HD_EXIT_OK: ERR is filled.
 */
enum hd_exit hd_attach_missing(struct hd_device_ref **ret, int *ret_n, struct hd_run *run,
			       const struct hd_attach_side *side, const struct hd_device_ref *refs,
			       int n, struct hd_error *err)
	_nonnull_(1, 2, 3, 4, 7) _must_check_;
