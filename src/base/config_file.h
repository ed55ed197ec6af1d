/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * config_file.h - the administrator's settings (hostdevctl.conf(5)).
 *
 * Read by libeconf: /etc/hostdevctl.conf, or without it the vendor's
 * /usr/lib/hostdevctl.conf; then the drop-ins of both hostdevctl.conf.d folders,
 * of which later values win.  An unknown key or a bad value is an error that names the file's
 * section and key: a typo must not silently change what the hook does.
 */
#pragma once

#include "base/arena.h"
#include "base/error.h"
#include "base/sysroot.h"

enum hd_binder {
	HD_BINDER_SYSFS,
	HD_BINDER_LIBVIRT,
};

/* What happens to guests with host devices when the host is put to sleep. */
enum hd_sleep_policy {
	HD_SLEEP_IGNORED,
	HD_SLEEP_REFUSED,		/* the host does not sleep */
	HD_SLEEP_BY_DEVICE,		/* as act/sleep_decision.h says for each device */
	HD_SLEEP_PAUSED,		/* all are paused: the administrator has tried it */
	HD_SLEEP_POLICY_MAX
};

struct hd_config {
	enum hd_binder hook_binder;	/* [hook] binder = sysfs | libvirt */
	int step_deadline_ms;		/* [hook] step_deadline = seconds, 1-120; default 10 */
	int connect_deadline_ms;	/* [hook] connect_deadline = seconds, 1-120; default 3 */
	int keeper_deadline_ms;		/* [hook] keeper_deadline = seconds, 1-120; default 60 */
	int read_deadline_ms;		/* [hook] read_deadline = seconds, 1-120; default 30 */
	int handover_deadline_ms;	/* [hook] handover_deadline = seconds, 1-120; default 60 */
	int lock_deadline_ms;		/* [hook] lock_deadline = seconds, 1-120; default 15 */
	enum hd_sleep_policy sleep_guests;	/* [sleep] guests = ignore | refuse | auto | pause */
	int sleep_deadline_ms;		/* [sleep] deadline = seconds, 1-120; default 60 */
};

extern const struct hd_config hd_config_defaults;

/* "ignore", "refuse", "auto", "pause" */
const char *hd_sleep_policy_name(enum hd_sleep_policy policy) _returns_nonnull_;

/* Names and meanings of the settings, for man pages and tests; ends with a NULL key. */
struct hd_config_key {
	const char *section, *key, *values, *meaning;
	int (*set)(struct hd_config *config, size_t offset, const char *value);
	size_t offset;
};
extern const struct hd_config_key hd_config_keys[];

/* The settings of the host in ROOT; defaults where nothing is said. */
int hd_config_read(const struct hd_sysroot *root, struct hd_config *ret, struct hd_error *err)
	_nonnull_(1, 2, 3) _must_check_;
