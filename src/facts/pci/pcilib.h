/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * pcilib.h - the only user of libpci: names of vendors, devices and classes.
 *
 * libpci ends the process from its error callback; it is called here in a way
 * that turns this into an answer of NULL.  Looking up the first name costs
 * 10 ms: never in the hook.
 */
#pragma once

#include "base/arena.h"

/* "Red Hat, Inc. QEMU NVM Express Controller", "Red Hat, Inc. Device fffe"; NULL: neither. */
const char *hd_pcilib_device_name(struct hd_arena *arena, unsigned vendor, unsigned device)
	_nonnull_(1);

/* "Red Hat, Inc.", or NULL. */
const char *hd_pcilib_vendor_name(struct hd_arena *arena, unsigned vendor) _nonnull_(1);

/* "Non-Volatile memory controller" of a 24-bit class, or NULL. */
const char *hd_pcilib_class_name(struct hd_arena *arena, unsigned class) _nonnull_(1);

/* Frees libpci's tables; fine when nothing was looked up. */
void hd_pcilib_done(void);
