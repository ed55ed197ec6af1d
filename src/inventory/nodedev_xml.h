/* SPDX-License-Identifier: GPL-2.0-or-later */
/* nodedev_xml.h - node device XML of libvirt, in which one bad device does not spoil the others. */
#pragma once

#include "base/arena.h"

#define HD_NODEDEV_UNKNOWN "unknown"	/* the capability of a device without well-formed XML */

/*
 * XML, which libvirt returned for the device NAME, if it is well-formed; else an element that
 * says so.  libvirt before 9.1 did not escape a card's vital product data.
 */
const char *hd_nodedev_or_unknown(struct hd_arena *arena, const char *name, const char *xml)
	_nonnull_(1, 2, 3) _returns_nonnull_;
