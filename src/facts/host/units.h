/* SPDX-License-Identifier: GPL-2.0-or-later */
/* units.h - units of systemd by their files: the name behind an alias, and is it active? */
#pragma once

#include <stdbool.h>

#include "base/arena.h"
#include "base/sysroot.h"

/*
 * The name of the unit behind NAME, "gdm.service" of "display-manager.service", which is what
 * its control group is called; NAME itself if it is not an alias.  Source: links in
 * etc/systemd/system and below lib (systemd.unit(5), aliases).
 */
const char *hd_unit_real_name(const struct hd_sysroot *root, struct hd_arena *arena,
			      const char *name) _nonnull_(1, 2, 3) _returns_nonnull_;

/*
 * Is the service active, starting or stopping?  Source: the link
 * run/systemd/units/invocation:NAME, which systemd removes when the unit is inactive or has
 * failed (systemd src/core/unit.c, unit_unlink_state_files).
 */
bool hd_unit_is_active(const struct hd_sysroot *root, struct hd_arena *arena, const char *name)
	_nonnull_(1, 2, 3);
