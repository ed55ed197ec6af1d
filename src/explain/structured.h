/* SPDX-License-Identifier: GPL-2.0-or-later */
/* structured.h - what does a record of JSON, or of key=value, say? */
#pragma once

#include "base/arena.h"

/*
 * The message in LINE, and behind it, after ": ", the error that the record has in a field of its own
 * ("error", "err", "reason", libvirt's Message=); owned by ARENA.  LINE itself if it has neither.
 */
char *hd_structured_message(const char *line, struct hd_arena *arena) _nonnull_(1, 2) _returns_nonnull_;
