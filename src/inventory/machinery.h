/* SPDX-License-Identifier: GPL-2.0-or-later */
/* machinery.h - which devices does hardly anybody give to a guest? */
#pragma once

#include "inventory/inventory.h"

/*
 * "bridges", "counters", "hubs": what ITEM is, if it belongs to the machinery of the host, by its
 * class alone; NULL: it does not, or it is on a VFIO driver.  A wider question than hd_part_of_item():
 * a DMA engine may go to a guest, but lists and maps need not begin with 104 of them.  Constant text.
 */
const char *hd_machinery_of(const struct hd_item *item) _nonnull_(1);
