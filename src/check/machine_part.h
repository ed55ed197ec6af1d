/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * machine_part.h - what is a part of the machine itself, and therefore never a guest's?
 *
 * The one rule for checks, plans, lists, maps and elements.  Only what the
 * host cannot run without; the other checks judge everything else.
 */
#pragma once

#include "facts/pci/pci.h"
#include "inventory/inventory.h"

/*
 * What part a PCI function is, by its class, IDs and header type, as a phrase: "is a host bridge,
 * a part of the machine"; NULL: none.  Constant text.
 */
const char *hd_part_of_machine(const struct hd_pci_fn *fn) _nonnull_(1);

/* The same of anything in a list, also of a hub of USB. */
const char *hd_part_of_item(const struct hd_item *item) _nonnull_(1);

/* Of a function that is a part: does its class say so, or do its IDs? */
bool hd_part_has_class(const struct hd_pci_fn *fn) _nonnull_(1);
