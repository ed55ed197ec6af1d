/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * daemon.h - the process that runs libvirt's QEMU driver, and what it may do.
 *
 * It is found by run/libvirt/qemu/driver.pid, which the driver itself writes
 * (libvirt src/qemu/qemu_driver.c, qemuStateInitialize), whether it is in
 * libvirtd or in virtqemud.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/sysroot.h"

struct hd_daemon {
	int pid;			/* 0: none runs (it ends when idle), or is not to be seen */
	const char *name;		/* "libvirtd", "virtqemud"; printable; NULL with pid 0 */
	bool has_limits;		/* the next three were read */
	uint64_t memlock;		/* RLIMIT_MEMLOCK's hard limit; UINT64_MAX: unlimited */
	bool may_raise_limits;		/* CAP_SYS_RESOURCE */
	uint64_t started;		/* seconds since 1970, 0 if unknown or not asked for */
};

void hd_daemon_read(struct hd_daemon *ret, const struct hd_sysroot *root,
		    struct hd_arena *arena) _nonnull_(1, 2, 3);

/* Fills `started`: proc/stat is large on a large host, so never in the hook. */
void hd_daemon_read_start(struct hd_daemon *daemon, const struct hd_sysroot *root,
			  struct hd_arena *arena) _nonnull_(1, 2, 3);
