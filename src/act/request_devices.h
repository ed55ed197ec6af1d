/* SPDX-License-Identifier: GPL-2.0-or-later */
/* request_devices.h - a request for named devices, or for none: may they, or the host, be used? */
#pragma once

#include "act/checked_request.h"
#include "inventory/resolve.h"

/* As if a guest had the elements that `xml` writes for each device. */
void hd_checked_from_elements(struct hd_checked *ret, struct hd_context *context,
			      const struct hd_device_ref *refs, size_t n) _nonnull_(1, 2);

/* As if a guest asked for each device and nothing else, by unmanaged elements of its kind. */
void hd_checked_from_devices(struct hd_checked *ret, struct hd_arena *arena,
			     const struct hd_device_ref *refs, size_t n) _nonnull_(1, 2);

/* Collects facts and runs the checks. */
enum hd_exit hd_checked_run(struct hd_checked *judged, struct hd_context *context,
			    struct hd_error *err)
	_nonnull_(1, 2, 3) _must_check_;
