/* SPDX-License-Identifier: GPL-2.0-or-later */
/* display.h - what the checks of a graphics card share. */
#pragma once

#include "facts/facts.h"

/*
 * References to the driver's module that nothing explains; 0 also where nobody
 * can say (a shared driver, a module without a count).
 */
uint64_t hd_display_unexplained(const struct hd_pci_facts *pci) _nonnull_(1);
