/* SPDX-License-Identifier: GPL-2.0-or-later */
/* hostdev_elements.h - the elements of a guest that ask for host devices, each as text of its own. */
#pragma once

#include "domain/request.h"

/* "text" is the whole element, as the guest's XML has it. */
struct hd_picked {
	const char *text;
	struct hd_hostdev dev;
};

/*
 * All that hd_request_parse() finds, in its order, but each with its element's
 * text.  Returns 0, or as that.
 */
int hd_pick_devices(struct hd_picked **ret, size_t *ret_n, struct hd_arena *arena,
		    const char *xml, size_t length, struct hd_error *err)
	_nonnull_(1, 2, 3, 4, 6) _must_check_;

/*
 * Do both ask for the same device of the host?  One namespace of an NVMe
 * controller is not another; a whole controller is the same as each of them.
 */
bool hd_hostdev_is_same(const struct hd_hostdev *a, const struct hd_hostdev *b)
	_nonnull_(1, 2);

/* "0000:01:00.0", "usb 046d:c52b", "serial /dev/ttyS0", "mdev UUID", "scsi 2:0:0:0"; printable. */
const char *hd_hostdev_name(struct hd_arena *arena, const struct hd_hostdev *dev)
	_nonnull_(1, 2) _returns_nonnull_;
