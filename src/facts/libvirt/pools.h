/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * pools.h - the functions that libvirt may choose from for an <interface
 * type='network'>.
 *
 * Source: run/libvirt/network/NAME.xml of an active network, else its definition
 * etc/libvirt/qemu/networks/NAME.xml; never libvirt's API.  A network's name is
 * compared with what the files say, it never becomes a path.
 */
#pragma once

#include "facts/function_facts.h"

/* No more functions of a pool are looked at: one that is good is enough. */
#define HD_POOL_LOOKED_AT 64

/* Fills facts->pools, by query->networks; functions' network and parent alone. */
int hd_pools_read(struct hd_collector *c) _nonnull_(1) _must_check_;
