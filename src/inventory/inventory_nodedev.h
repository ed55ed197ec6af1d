/* SPDX-License-Identifier: GPL-2.0-or-later */
/* inventory_nodedev.h - an inventory out of libvirt's node device XML. */
#pragma once

#include "inventory/inventory.h"

/*
 * From <devices> with a <device> for each (libvirt docs/formatnode.rst).  A device
 * that lacks what names its kind is left out, and what is not a number is unknown;
 * one of hd_nodedev_or_unknown() is listed if its name is an address, and is mentioned
 * in `unknown`.  Not known this way: subsystem, reset, serial number, serial ports.
 * Returns 0, or -EINVAL or -E2BIG with ERR for what is not XML.
 */
int hd_inventory_from_nodedevs(struct hd_inventory *ret, struct hd_arena *arena,
			       const char *xml, size_t length, struct hd_error *err)
	_nonnull_(1, 2, 3, 5) _must_check_;
