/* SPDX-License-Identifier: GPL-2.0-or-later */
/* guest_change.h - changes a guest by libvirt, in a process that can be given up. */
#pragma once

#include "virt/guest_xml.h"

/* How long a running guest may take to release a device. */
#define HD_UNPLUG_MS 30000

struct hd_guest_change {
	enum {
		HD_CHANGE_DONE,
		HD_CHANGE_REFUSED,	/* libvirt was not reached, or has no such guest any more */
		HD_CHANGE_FAILED,	/* `at` failed; what was attached is taken back */
		HD_CHANGE_PENDING,	/* the guest did not release the device of `at` in time */
		HD_CHANGE_LEFT,		/* `at` failed, and not all could be taken back */
		HD_CHANGE_UNKNOWN,	/* libvirt did not answer, and may still do `at` */
	} state;
	size_t at;			/* which operation */
	size_t n_done;			/* how many were completed */
	const char *reason;		/* libvirt's own words, printable, or ours */
	const char *left;		/* HD_CHANGE_LEFT: why */
};

/* hd_virt_change(), and what came of it. */
void hd_guest_change(struct hd_guest_change *ret, struct hd_arena *arena, const char *uri,
		     const char *uuid, const struct hd_virt_op *ops, size_t n)
	_nonnull_(1, 2, 4, 5);

/* The lines of hd_virt_change(); IS_LATE: there may be more of them. */
void hd_guest_change_parse(struct hd_guest_change *ret, struct hd_arena *arena,
			   const char *text, bool is_late) _nonnull_(1, 2, 3);
