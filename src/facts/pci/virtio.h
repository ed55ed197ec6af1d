/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * virtio.h - what a virtio function gives to this host, which is then a guest itself.
 *
 * Source: Virtual I/O Device (VIRTIO) 1.3, 4.1.2 PCI Device Discovery and 5 Device Types.
 */
#pragma once

#include "base/arena.h"
#include "base/sysroot.h"
#include "facts/pci/pci.h"

enum hd_virtio_type {
	HD_VIRTIO_NONE,		/* not a virtio function */
	HD_VIRTIO_NET = 1,
	HD_VIRTIO_BLOCK = 2,
	HD_VIRTIO_CONSOLE = 3,
	HD_VIRTIO_ENTROPY = 4,
	HD_VIRTIO_OLD_BALLOON = 5,
	HD_VIRTIO_SCSI = 8,
	HD_VIRTIO_9P = 9,
	HD_VIRTIO_BALLOON = 13,
	HD_VIRTIO_GPU = 16,
	HD_VIRTIO_INPUT = 18,
	HD_VIRTIO_SOCKET = 19,
	HD_VIRTIO_CRYPTO = 20,
	HD_VIRTIO_IOMMU = 23,
	HD_VIRTIO_MEMORY = 24,
	HD_VIRTIO_SOUND = 25,
	HD_VIRTIO_FS = 26,
	HD_VIRTIO_PMEM = 27,
};

/* By its PCI IDs, of a function that driver virtio-pci has; other types have no name above. */
unsigned hd_virtio_type(const struct hd_pci_fn *fn) _nonnull_(1);

/* Its device on the virtio bus, "virtio3"; NULL: none, or the tree does not show it. */
const char *hd_virtio_name(const struct hd_sysroot *root, struct hd_arena *arena,
			   const struct hd_pci_fn *fn) _nonnull_(1, 2, 3);
