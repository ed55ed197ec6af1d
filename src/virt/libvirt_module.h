/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * libvirt_module.h - libvirt and its fifty libraries, loaded when they are needed.
 *
 * They cost 13 ms at the start of each command, and most commands ask libvirt
 * nothing.  So what links it is a module that libvirt_load.c loads at the first call.
 */
#pragma once

#include "virt/libvirt_calls.h"

#define HD_VIRT_MODULE_FILE "hostdevctl-libvirt.so"
#define HD_VIRT_MODULE_SYMBOL "hd_virt_module"

/* The functions of libvirt_calls.h. */
struct hd_virt_module {
	__typeof__(hd_virt_guest_read) *guest_read;
	__typeof__(hd_virt_change) *change;
	__typeof__(hd_virt_power) *power;
	__typeof__(hd_virt_node_devices) *node_devices;
	__typeof__(hd_virt_nodedev) *nodedev;
	__typeof__(hd_virt_mdev_define) *mdev_define;
	__typeof__(hd_virt_mdev_undefine) *mdev_undefine;
};

/*
 * In the tool: the functions, or NULL with ERR (-ELIBACC, or -ENOSYS without libvirt).  The
 * module stays loaded.
 */
const struct hd_virt_module *hd_virt_load(struct hd_error *err) _nonnull_(1) _must_check_;

/* A question to libvirt. */
struct hd_virt_ask {
	/* In the child: 0 with *ret, or a negative errno with ERR. */
	int (*call)(const struct hd_virt_module *libvirt, const struct hd_virt_ask *ask,
		    struct hd_arena *arena, const char **ret, struct hd_error *err);
	const char *uri;	/* NULL is qemu:///system */
	const void *data;	/* for the call */
	size_t max;		/* bytes of the answer */
	int deadline_ms;
};

/*
 * Asks in a process that can be given up.  Returns 0 with the answer; -ENOENT or -EIO with the
 * reason in ERR; -ETIMEDOUT (libvirt may still do it); or another negative errno: not asked.
 */
int hd_virt_ask(const char **ret, struct hd_arena *arena, const struct hd_virt_ask *ask,
		struct hd_error *err) _nonnull_(1, 2, 3, 4) _must_check_;

/* For this long a daemon is waited for that restarts. */
#define HD_VIRT_DAEMON_MS 60000

/*
 * May RC come from a daemon that just restarts (-EIO, -ETIMEDOUT)?  Then, before DEADLINE (hd_now_ms), it
 * waits a moment, clears ERR, and returns true: ask once more.
 */
bool hd_virt_again(int rc, int64_t deadline, struct hd_error *err) _nonnull_(3);

/* What the module exports. */
extern const struct hd_virt_module hd_virt_module;
