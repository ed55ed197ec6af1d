/* SPDX-License-Identifier: GPL-2.0-or-later */
/* pins_of.h - what identifies devices, for the metadata of a guest. */
#pragma once

#include "base/context.h"
#include "domain/policy.h"
#include "element/element.h"

/*
 * What --pin pins: the identity of each PCI function of LIST, and the wwid of each SCSI device of the N REFS.
 * Returns 0; -EINVAL: there is none of either, or one has no wwid; or another negative errno.
 */
int hd_pins_of(struct hd_policy *ret, struct hd_context *context, const struct hd_elements *list,
	       const struct hd_device_ref *refs, size_t n, struct hd_error *err)
	_nonnull_(1, 2, 3, 6) _must_check_;
