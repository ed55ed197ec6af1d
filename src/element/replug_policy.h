/* SPDX-License-Identifier: GPL-2.0-or-later */
/* replug_policy.h - how a guest's metadata name USB devices that are to come back to it. */
#pragma once

#include "inventory/resolve.h"

/*
 * One entry for each USB device of REFS, as it was named or as BY says (--by: id, port, address;
 * NULL: as named): by its port, or by its ids, with its serial number unless they were all that
 * was named.  Others are left out.  Returns 0, or -EINVAL with ERR: there is no USB device.
 */
int hd_replug_from_refs(struct hd_replug **ret, size_t *ret_n, struct hd_arena *arena,
			const struct hd_device_ref *refs, size_t n, const char *by,
			struct hd_error *err) _nonnull_(1, 2, 3, 7) _must_check_;
