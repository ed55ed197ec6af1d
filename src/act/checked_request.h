/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * checked_request.h - what a command judges: the request, the host's facts, the findings.
 *
 * Without a guest and without devices the request is empty, and the host alone is judged.
 */
#pragma once

#include "base/context.h"
#include "base/exit.h"
#include "check/check.h"
#include "inventory/resolve.h"

struct hd_case {
	const char *title;		/* "guest win11", "0000:01:00.0", "host" */
	struct hd_request request;
	struct hd_pci_addr *named;	/* the functions that were named, sorted; others of the request
					   go with one in the same slot */
	size_t n_named;
	struct hd_facts_query query;	/* what the request needs to know */
	bool is_to_take;		/* its claims are held until hd_case_close() */
	struct hd_facts facts;
	struct hd_findings findings;
};

/* As if a guest had the elements that `xml` writes for each device. */
void hd_case_from_elements(struct hd_case *ret, struct hd_context *context,
			   const struct hd_device_ref *refs, size_t n) _nonnull_(1, 2);

/* Is ADDR one of judged->named? */
bool hd_case_has_named(const struct hd_case *judged, const struct hd_pci_addr *addr)
	_nonnull_(1, 2);

/* As if a guest asked for each device and nothing else, by unmanaged elements of its kind. */
void hd_case_from_devices(struct hd_case *ret, struct hd_arena *arena,
			  const struct hd_device_ref *refs, size_t n) _nonnull_(1, 2);

/* Collects facts and runs the checks. */
enum hd_exit hd_case_judge(struct hd_case *judged, struct hd_context *context, struct hd_error *err)
	_nonnull_(1, 2, 3) _must_check_;

/*
 * Right before the change: looks at the users once more, and lets the findings
 * be those of this look if it found any (run/confirm.h).
 */
enum hd_exit hd_case_confirm(struct hd_case *judged, struct hd_context *context, struct hd_error *err)
	_nonnull_(1, 2, 3) _must_check_;

/* Adds to GUESTS what our own journals say that guests other than EXCEPT_UUID have. */
int hd_add_journal_claims(struct hd_guests *guests, struct hd_context *context, const char *except_uuid,
			  struct hd_error *err) _nonnull_(1, 2, 3, 4) _must_check_;

/* Fine on a zeroed struct, and twice. */
void hd_case_close(struct hd_case *judged) _nonnull_(1);
