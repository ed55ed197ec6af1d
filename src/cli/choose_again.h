/* SPDX-License-Identifier: GPL-2.0-or-later */
/* choose_again.h - which devices must be replaced before a guest starts that takes any of a kind? */
#pragma once

#include "cli/choose_any.h"
#include "domain/move_devices.h"

/*
 * Of the devices of GUEST for which its metadata say that any of a kind would do, those that are gone
 * or taken, or that another guest is defined with while others are free: what takes their places,
 * owned by the run's arena.  NOTES say what was chosen.  HD_EXIT_OK, _USAGE (a kind means nothing),
 * _REFUSED (none is free: NOTES have the reasons) or _HOST with ERR.
 */
enum hd_exit hd_choose_again(struct hd_device_move **ret, size_t *ret_n, struct hd_run *run,
			     const struct hd_request *guest, struct hd_notes *notes,
			     struct hd_error *err) _nonnull_(1, 2, 3, 4, 5, 6) _must_check_;
