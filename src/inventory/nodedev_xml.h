/* SPDX-License-Identifier: GPL-2.0-or-later */
/* nodedev_xml.h - node device XML of libvirt, of which one bad device spoils nothing else. */
#pragma once

#include "base/arena.h"

#define HD_NODEDEV_UNKNOWN "unknown"	/* the capability of a device whose XML is none */

/*
 * XML, which libvirt gave for the device NAME, if it is well-formed; else what says so in
 * its place.  libvirt before 9.1 did not escape what a card's vital product data say.
 */
const char *hd_nodedev_or_unknown(struct hd_arena *arena, const char *name, const char *xml)
	_nonnull_(1, 2, 3) _returns_nonnull_;
