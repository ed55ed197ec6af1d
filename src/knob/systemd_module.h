/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * systemd_module.h - requests to systemd and logind over D-Bus.
 *
 * libsystemd is in a module that the child of a step loads, since only the hand-over of a
 * card needs it: no other start of a guest pays for it.
 */
#pragma once

#include <stdint.h>

#include "plan/knob.h"

#define HD_SYSTEMD_MODULE_FILE "hostdevctl-systemd.so"
#define HD_SYSTEMD_MODULE_SYMBOL "hd_systemd_module"

enum hd_systemd_verb {
	HD_SYSTEMD_STOP,		/* a unit, until its job has ended */
	HD_SYSTEMD_START,
	HD_SYSTEMD_END_SESSION,		/* of logind, by its id; it ends later */
};

/*
 * In a step's child: asks for VERB of NAME on the host's system bus until DEADLINE (hd_now_ms).
 * 0; -EOPNOTSUPP for a captured host; -ENOSYS without libsystemd; -ELIBACC; -ECONNREFUSED or
 * -ENOENT without a bus; -ETIMEDOUT: what was asked for may still be done; -EIO with the reason
 * that systemd gives.  What is stopped although nobody runs it, and a session that is not there,
 * are 0.
 */
int hd_systemd_ask(const struct hd_knob_host *host, enum hd_systemd_verb verb, const char *name,
		   int64_t deadline, struct hd_error *err) _nonnull_(1, 3, 5) _must_check_;

/* What the module exports; it gets a socket that is connected to the bus, and closes it. */
struct hd_systemd_module {
	int (*ask)(int bus_fd, enum hd_systemd_verb verb, const char *name, int64_t deadline,
		   struct hd_error *err);
};
extern const struct hd_systemd_module hd_systemd_module;
