/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * hook.h - the parts of the program hostdevctl-hook, which links libc alone.
 *
 * libvirt waits for the hook without any limit and until every copy of the
 * hook's standard error is closed, so each wait here is bounded, and the engine
 * (and whatever it starts) never holds libvirt's own descriptors.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "base/exit.h"
#include "base/macro.h"
#include "hooks/event.h"

#define HD_HOOK_INPUT_MS 30000		/* for the whole of standard input */
#define HD_HOOK_ENGINE_MS 60000		/* until the engine has read its configuration */

/* One operation of libvirt that needs us. All others need nothing and exit 0. */
struct hd_operation {
	const char *name, *suboperation;
	const char *consequence;	/* "not started": what our failure means for the guest */
	bool fails_closed;		/* our failure must stop the guest */
	bool needs_journal;		/* nothing to do unless we hold something of the guest; of all
					   others that do not fail closed the exit is always 0 */
	enum hd_exit when_lost;		/* the engine crashed or did not end */
};

/* What was read from standard input. Ready for use when zeroed. */
struct hd_input {
	char *text;			/* not terminated */
	size_t length;
};

/*
 * Reads DESCRIPTOR to its end, at most MAX bytes and DEADLINE_MS.  Returns 0, or
 * a negative errno: -EFBIG, -ETIMEDOUT, -ENODATA for an empty one, or read's.
 */
int hd_input_read(struct hd_input *ret, int descriptor, size_t max, int deadline_ms)
	_nonnull_(1) _must_check_;
void hd_input_free(struct hd_input *input) _nonnull_(1);

/*
 * Does the state directory (of SYSROOT, NULL: this host) hold a journal, or the
 * file of a keeper, whose guest's UUID occurs in the LENGTH bytes of XML?  XML
 * NULL: of any guest.  True as well if it is there and cannot be read: the engine
 * then says why.
 */
bool hd_has_journal(const char *sysroot, const char *xml, size_t length);

/*
 * Loads the engine and runs it in a child, passing on what it writes to its
 * standard error.  Returns its exit code, or operation->when_lost after saying
 * why.  Never waits beyond *call->give_up, which it provides.
 */
enum hd_exit hd_supervise(const struct hd_operation *operation, struct hd_hook_call *call)
	_nonnull_(1, 2);

/*
 * "hostdevctl: guest 'NAME' not started: TEXT" on standard error for an
 * operation that fails closed; to the system's log, too, for the others.
 */
void hd_complain(const struct hd_operation *operation, const struct hd_hook_call *call,
		 const char *fmt, ...) _nonnull_(1, 2, 3) _printf_(3, 4);
