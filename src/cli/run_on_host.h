/* SPDX-License-Identifier: GPL-2.0-or-later */
/* run_on_host.h - runs a command on the host that its options name. */
#pragma once

#include "cli/command.h"

/*
 * RUN has all but the host: this one, a directory (--sysroot) or a capture (--host), which is
 * unpacked before and removed after.  Fills ERR whenever there is something to say.
 */
enum hd_exit hd_run_on_host(struct hd_run *run, struct hd_error *err) _nonnull_(1, 2) _must_check_;
