/* SPDX-License-Identifier: GPL-2.0-or-later */
/* actor.h - who runs this program, for the log. */
#pragma once

#include "base/arena.h"
#include "base/sysroot.h"

/*
 * "uid 0, login uid 1000, SUDO_USER alice, tty /dev/pts/3"; what is not known is
 * left out.  The login uid stays what it was at the login, through su and sudo
 * (proc/self/loginuid, Linux kernel/audit.c); SUDO_USER is only what the
 * environment says.  Printable.
 */
const char *hd_actor_text(const struct hd_sysroot *root, struct hd_arena *arena)
	_nonnull_(1, 2) _returns_nonnull_;
