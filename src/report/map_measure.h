/* SPDX-License-Identifier: GPL-2.0-or-later */
/* map_measure.h - the measures of a map, in pixels; for map_*.c only. */
#pragma once

#include "report/map.h"

#define HD_MAP_CHARS 38		/* in a line of a device */
#define HD_MAP_CHAR 7		/* at most; monospaced at 11 pixels it is 6.6 */
#define HD_MAP_LINE 14
#define HD_MAP_PAD 6
#define HD_MAP_GAP 6
#define HD_MAP_WIDTH (HD_MAP_CHARS * HD_MAP_CHAR + 2 * HD_MAP_PAD)

/* Lines that a box has of its own. */
int hd_map_lines(const struct hd_map_box *box) _nonnull_(1);
