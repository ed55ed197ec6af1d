/* SPDX-License-Identifier: GPL-2.0-or-later */
/* guest_xml.h - a guest's domain XML, from a file or from libvirt. */
#pragma once

#include <stddef.h>

#include "virt/libvirt_calls.h"

/* A daemon that its socket starts reads all guests and asks QEMU what it can do: 10 s did not do on busy hosts. */
#define HD_GUEST_DEADLINE_MS 30000

struct hd_guest_xml {
	const char *text;
	size_t length;
};

/* PATH "-" is standard input. At most HD_XML_MAX bytes (-EFBIG). */
int hd_guest_from_file(struct hd_guest_xml *ret, struct hd_arena *arena, const char *path,
		       struct hd_error *err) _nonnull_(1, 2, 3, 4) _must_check_;

/*
 * What a start of the guest with this name or UUID would use.  libvirt is asked
 * in a child process: a daemon that does not answer costs HD_GUEST_DEADLINE_MS
 * and is -ETIMEDOUT.  -ENOENT: libvirt has no such guest.  URI NULL is qemu:///system.
 */
int hd_guest_from_libvirt(struct hd_guest_xml *ret, struct hd_arena *arena, const char *uri,
			  const char *guest, struct hd_error *err)
	_nonnull_(1, 2, 4, 5) _must_check_;

/*
 * The state of the guest, as hd_virt_guest_read(), but `config` is NULL for one that is not
 * persistent.  Asks and fails as hd_guest_from_libvirt() does.
 */
int hd_guest_state(struct hd_virt_guest *ret, struct hd_arena *arena, const char *uri,
		   const char *guest, struct hd_error *err) _nonnull_(1, 2, 4, 5) _must_check_;
