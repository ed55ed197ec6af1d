/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * virt.h - the border to libvirt.
 *
 * Its calls may hang for ever with the daemon (an autostart that runs a hook,
 * for one), so they are made in processes that can be given up.
 */
#pragma once

#include "base/arena.h"
#include "base/error.h"

#define HD_VIRT_URI "qemu:///system"

/* The inactive domain XML of the guest with this name or UUID; -ENOENT: none. May hang. */
int hd_virt_guest_xml(const char *uri, const char *guest, struct hd_arena *arena,
		      const char **ret, struct hd_error *err) _nonnull_(2, 3, 4, 5) _must_check_;

/*
 * virNodeDeviceDetachFlags (or ReAttach) of the PCI function ADDR.  Tells how
 * far it came by the lines "connected", "calling" and "done" on standard
 * output, for the knob that started us.  May hang.
 */
int hd_virt_detach(const char *uri, const char *addr, const char *driver, struct hd_error *err)
	_nonnull_(2, 4) _must_check_;
int hd_virt_reattach(const char *uri, const char *addr, struct hd_error *err)
	_nonnull_(2, 3) _must_check_;
