/* SPDX-License-Identifier: GPL-2.0-or-later */
/* move_guest.h - other devices of the host in the places that a guest's definition has. */
#pragma once

#include "act/plan_notes.h"
#include "cli/operands.h"
#include "domain/move_devices.h"

/*
 * Writes the MOVES of SCOPE's guest into its definition, by libvirt, and a note for each; a dry run only
 * notes them.  HD_EXIT_OK; _HOST with ERR: nothing is changed; _STRANDED with ERR: libvirt may still do it.
 */
enum hd_exit hd_move_guest(struct hd_run *run, const struct hd_guest_scope *scope,
			   const struct hd_device_move *moves, size_t n, struct hd_notes *notes,
			   struct hd_error *err) _nonnull_(1, 2, 5, 6) _must_check_;
