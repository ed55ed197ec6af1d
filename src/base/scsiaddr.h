/* SPDX-License-Identifier: GPL-2.0-or-later */
/* scsiaddr.h - the address of a SCSI device, as the kernel writes it. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/macro.h"

/* Host, channel ("bus" in libvirt's XML), target and logical unit ("unit" there). */
struct hd_scsi_addr {
	uint32_t host, channel, target;
	uint64_t lun;
};

/* Room for three numbers of 32 bits, one of 64, and the end. */
#define HD_SCSI_ADDR_SIZE 56

/* "2:0:0:0" (Linux drivers/scsi/scsi_sysfs.c, scsi_sysfs_device_initialize) into BUF; returns BUF. */
char *hd_scsi_addr_format(const struct hd_scsi_addr *addr, char buf[static HD_SCSI_ADDR_SIZE])
	_nonnull_(1, 2) _returns_nonnull_;

/* Four plain decimal numbers.  Returns false, and leaves *ret alone, for all else. */
bool hd_scsi_addr_parse(const char *text, struct hd_scsi_addr *ret) _nonnull_(1, 2) _must_check_;

bool hd_scsi_addr_is_same(const struct hd_scsi_addr *a, const struct hd_scsi_addr *b)
	_nonnull_(1, 2);
