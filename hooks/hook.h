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
#include "hooks/engine.h"

#define HD_HOOK_INPUT_MS 30000		/* for the whole of standard input */
#define HD_HOOK_ENGINE_MS 30000		/* until the engine has read its configuration */
#define HD_HOOK_LOOK_MS 5000		/* for a look whether anything is held of any guest */
#define HD_HOOK_SAY_MS 1000		/* until somebody takes what we say */

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

/* Is a function of SYSROOT on a VFIO driver, as the kernel's classes show?  True if unknown. */
bool hd_has_vfio(const char *sysroot);

/*
 * Does the work in a child, passing on what it writes to its standard error, and waits at
 * most DEADLINE_MS, unless the work changes that limit.  Returns its exit code.  If it does not
 * end, or crashes, says so and what is known of the host: HD_EXIT_HOST if it is as before,
 * else HD_EXIT_STRANDED.
 */
typedef enum hd_exit hd_hook_work(const struct hd_operation *operation,
				  const struct hd_hook_call *call);
enum hd_exit hd_supervise(const struct hd_operation *operation, struct hd_hook_call *call,
			  hd_hook_work *work, int deadline_ms) _nonnull_(1, 2, 3);

/* Work: loads the engine, and does what it says. */
enum hd_exit hd_engine_run(const struct hd_operation *operation,
			   const struct hd_hook_call *call) _nonnull_(1, 2);

/* Work: repeats the event of each USB device; whom it concerns is for its unit to find out. */
enum hd_exit hd_announce_usb(const struct hd_operation *operation,
			     const struct hd_hook_call *call) _nonnull_(1, 2);

/*
 * "hostdevctl: guest 'NAME' CONSEQUENCE: TEXT" on standard error; to the system's log, too,
 * where libvirt would not show it.
 */
void hd_complain(const struct hd_operation *operation, const struct hd_hook_call *call,
		 const char *consequence, const char *fmt, ...)
	_nonnull_(1, 2, 3, 4) _printf_(4, 5);

/*
 * To standard error, in pieces that a pipe with room takes at once.  False if nobody makes
 * room within HD_HOOK_SAY_MS: the rest is lost.
 */
bool hd_say(const char *text, size_t length) _nonnull_(1);
