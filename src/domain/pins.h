/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * pins.h - writes what a guest's metadata pins, allows, hands over, gets again and takes any of.
 *
 * The element of ours is taken over with all that it holds: what an administrator
 * allowed stays, and so do comments.
 */
#pragma once

#include "base/error.h"
#include "domain/policy.h"

#define HD_POLICY_PREFIX "hd"

struct hd_pins_text {
	const char *element;	/* new; without namespace, as virDomainSetMetadata() wants it;
				   NULL: nothing is left in it, so it goes */
	const char *before;	/* the same as it was, or NULL: the guest had none */
	const char *metadata;	/* <metadata> with the new element, as a domain has it */
	bool is_same;		/* it says what it said before, in whatever order */
};

/*
 * Puts the pins, allowances, USB devices and kinds of WANTED into the element of ours in the guest's
 * XML (of LENGTH bytes; NULL: no guest), each in the place of one for the same address, for
 * the same check and subject, or for the same USB devices.  A kind that is NULL removes the one for its
 * address.  Returns 0, -EINVAL, -E2BIG.
 */
int hd_pins_write(struct hd_pins_text *ret, struct hd_arena *arena, const char *xml,
		  size_t length, const struct hd_policy *wanted, struct hd_error *err)
	_nonnull_(1, 2, 5, 6) _must_check_;

/* The same for what may end for its graphics card; HANDOVER not asked for: that goes. */
int hd_handover_write(struct hd_pins_text *ret, struct hd_arena *arena, const char *xml,
		      size_t length, const struct hd_handover *handover, struct hd_error *err)
	_nonnull_(1, 2, 3, 5, 6) _must_check_;

/* The same for the USB devices that come back to it: those of LIST, and no others. */
int hd_replugs_write(struct hd_pins_text *ret, struct hd_arena *arena, const char *xml,
		     size_t length, struct hd_replug *list, size_t n, struct hd_error *err)
	_nonnull_(1, 2, 3, 7) _must_check_;
