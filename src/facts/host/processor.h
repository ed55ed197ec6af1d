/* SPDX-License-Identifier: GPL-2.0-or-later */
/* processor.h - the processor, the distribution.  Parts of host.c. */
#pragma once

#include "facts/host/host.h"

/* Fills cpu_vendor, machine, virtualization, has_virtualization and is_guest. */
void hd_cpu_read(struct hd_host *host, const struct hd_sysroot *root, struct hd_arena *arena)
	_nonnull_(1, 2, 3);

/* By ID, then by the words of ID_LIKE, of etc/os-release or usr/lib/os-release. */
enum hd_distribution hd_distribution_read(const struct hd_sysroot *root,
					  struct hd_arena *arena) _nonnull_(1, 2);
