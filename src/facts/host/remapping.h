/* SPDX-License-Identifier: GPL-2.0-or-later */
/* remapping.h - is interrupt remapping at work?  Part of iommu.c. */
#pragma once

#include "facts/host/iommu.h"

/* Fills remapping and remapping_evidence; the vendor is already known. */
void hd_remapping_read(struct hd_iommu *iommu, const struct hd_sysroot *root,
		       struct hd_arena *arena) _nonnull_(1, 2, 3);
