/* SPDX-License-Identifier: GPL-2.0-or-later */
/* guest_power.h - pauses and saves guests by libvirt, in a process that can be given up. */
#pragma once

#include "virt/libvirt_calls.h"

/*
 * hd_virt_power(), for at most DEADLINE_MS.  Returns as that, or
 * -ETIMEDOUT: libvirt may still do it; ERR says then why, too.
 */
int hd_guest_power(struct hd_arena *arena, const char *uri, const char *uuid,
		   enum hd_virt_power what, bool only_looks, int deadline_ms,
		   struct hd_error *err) _nonnull_(1, 3, 7) _must_check_;
