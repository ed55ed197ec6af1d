/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * device_verdicts.h - what the checks say of many devices, each as if it alone were asked for.
 *
 * The host is read once for all of them.
 */
#pragma once

#include "base/context.h"
#include "base/exit.h"
#include "check/readiness.h"
#include "inventory/inventory.h"

struct hd_device_verdict {
	struct hd_request request;	/* for this device */
	const char *subject;		/* as the checks call the device */
	struct hd_findings findings;
	enum hd_readiness readiness;
	const char *verdict;		/* "ready", "needs storage-free", "never: ..." */
	const char *needs;		/* hd_needs_of(): a check per line, or NULL */
	const char *never;		/* hd_never_of(): a reason, or NULL */
	const char *used_by;		/* one use per line; NULL: no known user */
};

struct hd_device_verdicts {
	struct hd_facts facts;
	struct hd_device_verdict *devices;	/* in the order of the items */
	size_t n;
};

/*
 * Judges ITEMS.  WITH_CLAIMS also asks the kernel for the disks (exclusive claims,
 * held until the judgement is closed): right for one device, not for a whole host.
 * GUEST, or NULL, is who would get one: what its metadata allows for a device is allowed.
 * HD_EXIT_OK, or HD_EXIT_HOST with ERR; close it in both cases.
 */
enum hd_exit hd_device_verdicts_read(struct hd_device_verdicts *ret, struct hd_context *context,
				     const struct hd_item *const *items, size_t n, bool with_claims,
				     const struct hd_policy *guest, struct hd_error *err)
	_nonnull_(1, 2, 7) _must_check_;

/*
 * What the checks say if one guest asks for all devices that WHICH has, by their numbers: two
 * keyboards may go, but not both.
 */
void hd_device_verdicts_together(struct hd_findings *ret, struct hd_arena *arena,
				 const struct hd_device_verdicts *judgement, const bool *which)
	_nonnull_(1, 2, 3, 4);
void hd_device_verdicts_close(struct hd_device_verdicts *judgement) _nonnull_(1);
