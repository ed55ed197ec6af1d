/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * rehearse.h - takes what a guest's start would take, and gives it back, without a guest.
 *
 * Under a journal of its own kind (HD_OWNER_REHEARSAL): should this process die in between,
 * whoever runs `recover` gives everything back at once.  The groups stay locked from
 * hd_rehearsal_open() to hd_change_close(), so that no start can come in between.
 */
#pragma once

#include "act/take.h"

struct hd_rehearsal {
	struct hd_change change;
	struct hd_checked *checked;	/* the guest's request, which it makes its own */
	struct hd_journal_id id;
	struct hd_recovery back;	/* what went back, and its steps */
};

/* What libvirt would bind (managed='yes') is taken as well, since no libvirt is at work. */
void hd_rehearsal_unmanage(struct hd_request *request) _nonnull_(1);

/* As the hook would: by the same binder; unmanaged.  Close ret->change in any case. */
enum hd_exit hd_rehearsal_open(struct hd_rehearsal *ret, struct hd_context *context,
			       struct hd_checked *checked, struct hd_error *err)
	_nonnull_(1, 2, 3, 4) _must_check_;

/* As hd_take(); the steps are in change.done. */
enum hd_exit hd_rehearsal_take(struct hd_rehearsal *rehearsal, struct hd_error *err)
	_nonnull_(1, 2) _must_check_;

/* HD_EXIT_OK: all is back.  Waits for at most one step's deadline for what is still in use. */
enum hd_exit hd_rehearsal_give_back(struct hd_rehearsal *rehearsal, struct hd_error *err)
	_nonnull_(1, 2) _must_check_;
