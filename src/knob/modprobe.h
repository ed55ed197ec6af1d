/* SPDX-License-Identifier: GPL-2.0-or-later */
/* modprobe.h - loads a kernel module, and what sysfs calls it. */
#pragma once

#include "plan/knob.h"

/* A module's name in sysfs has '_' where its file and its driver may have '-'. */
void hd_module_sysfs_name(const char *module, char ret[static HD_TARGET_MAX]) _nonnull_(1);

/*
 * Runs modprobe(8) without a shell until DEADLINE (hd_now_ms).  OBEYS_BLACKLIST: a module that
 * the administrator forbids is not loaded, as libvirt does it (virKModLoad).  0, -EOPNOTSUPP for
 * a captured host, -ENOENT without modprobe, -ETIMEDOUT, or -EIO with the first line that
 * modprobe printed.
 */
int hd_modprobe(const struct hd_knob_host *host, const char *module, bool obeys_blacklist,
		int64_t deadline, struct hd_error *err) _nonnull_(1, 2, 5) _must_check_;
