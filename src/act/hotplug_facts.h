/* SPDX-License-Identifier: GPL-2.0-or-later */
/* hotplug_facts.h - collects what came to running guests without us, and what nobody has. */
#pragma once

#include "act/unseen.h"
#include "facts/libvirt/hotplug.h"

/* *UNSEEN is what *RET has of running guests.  0, or a negative errno with ERR. */
int hd_hotplug_read(struct hd_hotplug *ret, struct hd_unseen *unseen, struct hd_context *context,
		    struct hd_error *err) _nonnull_(1, 2, 3, 4) _must_check_;
