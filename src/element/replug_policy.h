/* SPDX-License-Identifier: GPL-2.0-or-later */
/* replug_policy.h - how a guest's metadata name USB devices that are to come back to it. */
#pragma once

#include "inventory/resolve.h"

/*
 * The entry for a USB device, as it was named or as BY says (hd_replug_from_refs()); for a hub it
 * means what is plugged in behind it.  Texts are REF's.
 */
struct hd_replug hd_replug_from_ref(const struct hd_device_ref *ref, const char *by) _nonnull_(1);

/*
 * One entry for each USB device of REFS, as it was named or as BY says (--by: id, port, address;
 * NULL: as named): by its port, or by its ids, with its serial number unless they were all that
 * was named.  Others, and hubs, are left out.  Returns 0, or -EINVAL with ERR: there is no USB device.
 */
int hd_replug_from_refs(struct hd_replug **ret, size_t *ret_n, struct hd_arena *arena,
			const struct hd_device_ref *refs, size_t n, const char *by,
			struct hd_error *err) _nonnull_(1, 2, 3, 7) _must_check_;
