/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * context.h - what nearly all work on a host needs: where it is, how it is configured, memory.
 *
 * A command (cli/command.h) and a call of libvirt's (hooks/session.h) have one each; who
 * takes it needs nothing of a command line, and serves both.
 */
#pragma once

#include "base/arena.h"
#include "base/config_file.h"
#include "base/sysroot.h"

struct hd_context {
	struct hd_sysroot root;
	const char *sysroot;		/* the root's path; NULL: this host */
	struct hd_config config;
	struct hd_arena *arena;		/* owns what is read of the host, until the work is done */
};
