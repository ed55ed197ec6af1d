/* SPDX-License-Identifier: GPL-2.0-or-later */
/* set_replug.h - the options --enable and --disable of the command replug. */
#pragma once

#include "cli/command.h"

/*
 * Writes into the metadata of the guest (first operand), of its definition and of itself if it
 * runs, that DEVICE (second operand) comes back to it, or does not.  Without DEVICE: all that
 * its elements let it start without, or nothing any more.  HD_EXIT_USAGE, _HOST, _STRANDED with ERR.
 */
enum hd_exit hd_replug_set(struct hd_run *run, struct hd_error *err) _nonnull_(1, 2) _must_check_;
