/* SPDX-License-Identifier: GPL-2.0-or-later */
/* lasting_names.h - names of devices that last: by what they are, not by when they were found. */
#pragma once

#include "base/arena.h"
#include "base/sysroot.h"

/*
 * The link below /dev/serial that udev created for the tty ("ttyUSB0"): in by-id, else in
 * by-path (systemd rules.d/60-serial.rules); NULL if none.
 */
const char *hd_stable_tty(const struct hd_sysroot *root, struct hd_arena *arena,
			  const char *tty) _nonnull_(1, 2, 3);

/*
 * The ids of the namespaces that the NVMe controller at FN_PATH (hd_pci_fn.path)
 * has disks for, sorted; none while another driver than nvme has it.
 */
void hd_nvme_namespaces(unsigned **ret, size_t *ret_n, const struct hd_sysroot *root,
			struct hd_arena *arena, const char *fn_path) _nonnull_(1, 2, 3, 4, 5);
