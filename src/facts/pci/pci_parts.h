/* SPDX-License-Identifier: GPL-2.0-or-later */
/* pci_parts.h - what pci.c is made of; for pci*.c, network.c and their tests only. */
#pragma once

#include "facts/pci/pci.h"

/* The interfaces below FN, also behind virtio and USB; FN's class and driver are set. */
void hd_pci_netdevs_read(struct hd_pci_fn *fn, const struct hd_sysroot *root,
			 struct hd_arena *arena) _nonnull_(1, 2, 3);

/* The serial number of an NVMe controller, blanks trimmed, or NULL. */
const char *hd_pci_serial_read(const struct hd_pci_fn *fn, const struct hd_sysroot *root,
			       struct hd_arena *arena) _nonnull_(1, 2, 3);

/*
 * Sum of the memory BARs of the text of "resource": lines "start end flags", the
 * first six are the BARs (Linux drivers/pci/pci-sysfs.c resource_show).
 */
uint64_t hd_pci_bar_bytes(const char *resource) _nonnull_(1);
