/* SPDX-License-Identifier: GPL-2.0-or-later */
/* subject.h - what is a message about: which device, group, driver, unit, guest, path and error? */
#pragma once

#include <stdbool.h>

#include "base/arena.h"
#include "explain/pattern.h"

/*
 * The reason in LINE, owned by ARENA, without what programs put around it: dates, hosts and
 * process numbers of logs, JSON's "msg", levels, "internal error:", "Failed to start domain 'x':",
 * "start failed:", QEMU's name and "-device ...:".  In linear time.
 */
const char *hd_subject_reason(const char *line, struct hd_arena *arena)
	_nonnull_(1, 2) _returns_nonnull_;

/*
 * The innermost part of REASON that has words enough to say something: what stands behind its last
 * ": ", or behind an earlier one if that is an error's name or a few words.  A part of REASON.
 */
const char *hd_subject_innermost(const char *reason) _nonnull_(1) _returns_nonnull_;

/* The same to be quoted: the whole LINE of REASON if that is without a word, as the tail of a dump is. */
const char *hd_subject_quoted(const char *line, const char *reason) _nonnull_(1, 2) _returns_nonnull_;

/* LINE without the date and the host of syslog, whose name says nothing. */
const char *hd_subject_record(const char *line) _nonnull_(1) _returns_nonnull_;

/* The first PCI address of LINE that is not a part of a longer word, owned by ARENA, or NULL. */
const char *hd_subject_address(const char *line, struct hd_arena *arena) _nonnull_(1, 2);

/*
 * Adds what LINE names: "address", "group", "driver", "interface", "vf", "unit", "guest", "path"
 * and "errno" (errno_name.h), each if FIELDS does not have it yet.  Nothing is looked up.
 */
void hd_subject_fields(struct hd_fields *fields, const char *line, struct hd_arena *arena)
	_nonnull_(1, 2, 3);

/* Does LINE name a mediated device: "vfio UUID: ", "/mdev/devices/UUID", "mdev_UUID"? */
bool hd_subject_is_mediated(const char *line) _nonnull_(1);

/* Does LINE name a resource of Kubernetes by its owner: "nvidia.com/gpu", "gpu.intel.com/i915"? */
bool hd_subject_is_resource(const char *line) _nonnull_(1);
