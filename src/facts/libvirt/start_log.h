/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * start_log.h - what QEMU was started with, and what it wrote when a guest did not start.
 *
 * libvirt keeps one file per guest, var/log/libvirt/qemu/NAME.log: each start
 * begins with "TIME: starting up libvirt version: ...", each end with "TIME:
 * shutting down, reason=..." (libvirt src/qemu/qemu_process.c), also one that
 * did not come so far as to run QEMU.
 */
#pragma once

#include "base/sysroot.h"
#include "domain/request.h"

/* So much of the end of a log is read. */
#define HD_START_LOG_MAX (256u << 10)

struct hd_start_log {
	const char *text;	/* what QEMU wrote, without its command line */
	const char *when;	/* as libvirt wrote it, printable */
	const char *reason;	/* "failed" or "crashed" */
	bool is_newest;		/* nothing was tried after it */
	const char *early;	/* when the newest start ended before QEMU ran, as a hook's refusal ends
				   it, printable; NULL: it did not, or that is not known */
};

/*
 * The last start of GUEST that failed or crashed.  Returns 1, 0 if the log knows
 * of none (only early is set then), or a negative errno with ERR: -EINVAL for a name that cannot be a
 * file's, -ENOENT without a log, -EBADF for what is not a regular file.  Never blocks,
 * follows no link from the last component.
 */
int hd_start_log_read(struct hd_start_log *ret, const struct hd_sysroot *root,
		      struct hd_arena *arena, const char *guest, struct hd_error *err)
	_nonnull_(1, 2, 3, 4, 5) _must_check_;

/* The last start of a guest, whatever became of it. */
struct hd_start_command {
	const char *text;	/* its environment and QEMU's command line */
	int64_t when;		/* seconds since 1970, UTC; 0: unknown */
	const char *reason;	/* of the last end since: "shutdown", "failed" ...; NULL: it runs */
};

/* Returns and fails as hd_start_log_read(). */
int hd_start_command_read(struct hd_start_command *ret, const struct hd_sysroot *root,
			  struct hd_arena *arena, const char *guest, struct hd_error *err)
	_nonnull_(1, 2, 3, 4, 5) _must_check_;

/* The same of the text of a log; owned by ARENA.  True if it has one. */
bool hd_start_command_parse(struct hd_start_command *ret, struct hd_arena *arena,
			    const char *text) _nonnull_(1, 2, 3) _must_check_;

/*
 * Was QEMU started with this PCI, USB or mediated device?  HD_UNSURE: by IOMMUFD it may have been
 * given an open file, and no address; what names a USB device is its number, which DEV may lack.
 */
enum hd_started_with { HD_UNSURE, HD_STARTED_WITH, HD_STARTED_WITHOUT };
enum hd_started_with hd_start_command_has(const struct hd_start_command *command,
					  const struct hd_hostdev *dev) _nonnull_(1, 2);

/* Of the last start that failed, as above, in the text of a log; owned by ARENA. */
bool hd_start_log_parse(struct hd_start_log *ret, struct hd_arena *arena, const char *text)
	_nonnull_(1, 2, 3) _must_check_;
