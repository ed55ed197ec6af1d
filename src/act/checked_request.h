/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * checked_request.h - a request, the facts of its devices, and what the checks found.
 *
 * For the hook (of a guest that is started) and for the commands.  Without a guest and without
 * devices the request is empty, and the host alone is judged.
 */
#pragma once

#include "base/context.h"
#include "base/exit.h"
#include "check/check.h"

struct hd_checked {
	const char *title;		/* "guest win11", "0000:01:00.0", "host" */
	struct hd_request request;
	struct hd_pci_addr *named;	/* the functions that were named, sorted; others of the request
					   go with one in the same slot */
	size_t n_named;
	struct hd_facts_query query;	/* what the request needs to know */
	bool is_to_take;		/* its claims are held until hd_checked_close() */
	bool is_starting;		/* libvirt starts the guest: it does not run, whatever a file says */
	const int *dir_fd;		/* the state directory, where it is open; NULL: it is looked for */
	struct hd_facts facts;
	struct hd_findings findings;
};

/*
 * Collects the facts, and what our own journals say: what other guests have, and whether this
 * one, which runs, has a card that was handed over.  Returns 0, or a negative errno with ERR; close
 * it in both cases.
 */
int hd_checked_collect(struct hd_checked *judged, struct hd_context *context, struct hd_error *err)
	_nonnull_(1, 2, 3) _must_check_;

/*
 * Is what was proven free still free?  To be called between building a plan and applying it:
 * what remains is the time of one journal write and one fork.  Looks at the users once more
 * and judges them by the checks whose answer can change at any moment; HD_EXIT_REFUSED
 * with the findings of this look, or HD_EXIT_HOST with ERR: nothing may be taken.
 */
enum hd_exit hd_checked_confirm(struct hd_checked *judged, struct hd_context *context,
				struct hd_error *err)
	_nonnull_(1, 2, 3) _must_check_;

/* Adds to GUESTS what our own journals say that guests other than EXCEPT_UUID have. */
int hd_add_journal_claims(struct hd_guests *guests, struct hd_context *context, const char *except_uuid,
			  struct hd_error *err) _nonnull_(1, 2, 3, 4) _must_check_;

/* Is ADDR one of checked->named? */
bool hd_checked_has_named(const struct hd_checked *checked, const struct hd_pci_addr *addr)
	_nonnull_(1, 2);

/* Fine on a zeroed struct, and twice. */
void hd_checked_close(struct hd_checked *judged) _nonnull_(1);

/* To the system's log: what was allowed, and by WHOM. Call it before that takes effect. */
void hd_findings_log_overrides(const struct hd_findings *findings, struct hd_arena *arena,
			       const char *who) _nonnull_(1, 2, 3);
