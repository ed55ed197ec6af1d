/* SPDX-License-Identifier: GPL-2.0-or-later */
/* remedy_commands.h - which commands of a remedy can be copied and run as they are? */
#pragma once

#include "check/check.h"

/* REMEDY of a row of the checks, with backticks in the place of the marks; REMEDY itself if it has none. */
const char *hd_remedy_shown(struct hd_arena *arena, const char *remedy) _nonnull_(1, 2);

/*
 * Sets the finding's commands to what its remedy has between the marks of HD_COMMAND, and puts
 * backticks in their place.  Marks without their pair have no command.
 */
void hd_remedy_commands(struct hd_arena *arena, struct hd_finding *finding) _nonnull_(1, 2);
