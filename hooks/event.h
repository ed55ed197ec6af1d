/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * event.h - the hook's answer to each operation of libvirt (docs/hooks.rst).
 *
 * The program hostdevctl-hook (qemu.c) links the C library alone; this engine is
 * a shared object that it loads only for a guest that may pass a device, and
 * runs in a child process that it can outlive.
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

struct hd_hook_call {
	const char *guest;	/* as libvirt names it; never used as a path */
	const char *operation;	/* "prepare", "start", "release", "reconnect" */
	const char *suboperation;
	const char *extra;	/* "-" or a reason */
	const char *sysroot;	/* NULL: this host */
	const char *xml;	/* the domain XML; not terminated */
	size_t xml_length;
	/*
	 * When the caller stops waiting for us (hd_now_ms).  Shared with its process;
	 * the engine moves it once it has read the configured deadlines.
	 */
	_Atomic int64_t *give_up;
};

/* Returns the exit code; explains on standard error. The engine's only symbol. */
int hd_hook_engine(const struct hd_hook_call *call);
typedef int hd_hook_engine_fn(const struct hd_hook_call *call);
#define HD_HOOK_ENGINE_SYMBOL "hd_hook_engine"
#define HD_HOOK_ENGINE_FILE "hostdevctl-engine.so"
