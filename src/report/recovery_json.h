/* SPDX-License-Identifier: GPL-2.0-or-later */
/* recovery_json.h - what was given back after a crash, for programs. */
#pragma once

#include <stdio.h>

#include "run/recover.h"

/* ERR: why some of it was not, or no error.  0 or -ENOMEM, -EIO. */
int hd_recovery_json(FILE *out, struct hd_arena *arena, const struct hd_recovery *recovery,
		     const struct hd_error *err) _nonnull_(1, 2, 3, 4) _must_check_;
