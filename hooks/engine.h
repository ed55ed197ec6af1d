/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * engine.h - the hook's answer to each operation of libvirt (docs/hooks.rst).
 *
 * The program hostdevctl-hook (qemu.c) links the C library alone; this engine is
 * a shared object that it loads only for a guest that may pass a device, and
 * runs in a child process that it can outlive.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/macro.h"

/* One operation of libvirt that needs us.  All others need nothing and exit 0. */
struct hd_operation {
	const char *name;
	const char *suboperation;	/* NULL: not libvirt's word, but qemu.c's */
	const char *consequence;	/* "not started": what our failure means for the guest */
	const char *in_doubt;		/* the same where it is not known how far we came */
	bool fails_closed;		/* our failure must stop the guest */
	bool needs_journal;		/* nothing to do unless we hold something of the guest; of all
					   others that do not fail closed the exit is always 0 */
	bool announces;			/* nothing but hd_announce_usb(); never loads the engine */
	bool gives_back;		/* a broken configuration must not keep us from that */
};

enum {
	HD_OPERATION_PREPARE,
	HD_OPERATION_START,
	HD_OPERATION_RELEASE,
	HD_OPERATION_RECONNECT,
	HD_OPERATION_STARTED,
	/* `release` of a guest that did not start and of which we hold nothing: libvirt took its devices. */
	HD_OPERATION_FAILED,
	/* `release` of one that ran, and of which we hold nothing: what was attached since it started? */
	HD_OPERATION_LEFT,
	HD_OPERATION_MAX,
};
extern const struct hd_operation hd_operations[HD_OPERATION_MAX];

/* By libvirt's words; SUBOPERATION NULL: by the name alone.  NULL: nothing to do. */
const struct hd_operation *hd_operation_find(const char *name, const char *suboperation)
	_nonnull_(1);

/* Shared by the program and the process that does the work for it. */
struct hd_hook_shared {
	/*
	 * When the caller stops waiting (hd_now_ms); the engine moves it once it has read the
	 * configured deadlines.
	 */
	_Atomic int64_t give_up;
	/* What can be said of the host should the engine never end: is it as before, for sure? */
	_Atomic bool may_have_changed;
	_Atomic bool is_done;		/* the result is known; what follows does not matter to it */
	_Atomic int result;		/* enum hd_exit */
};

struct hd_hook_call {
	const char *version;	/* the program's; stays the first member: all else may differ */
	const char *guest;	/* as libvirt names it; never used as a path */
	const char *operation;	/* "prepare", "start", "release", "reconnect", "started" */
	const char *suboperation;
	const char *extra;	/* "-" or a reason */
	const char *sysroot;	/* NULL: this host */
	const char *xml;	/* the domain XML; not terminated */
	size_t xml_length;
	struct hd_hook_shared *shared;
};

/* Returns the exit code; explains on standard error. The engine's only symbol. */
int hd_hook_engine(const struct hd_hook_call *call);
typedef int hd_hook_engine_fn(const struct hd_hook_call *call);
#define HD_HOOK_ENGINE_SYMBOL "hd_hook_engine"
#define HD_HOOK_ENGINE_FILE "hostdevctl-engine.so"
