/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * value.h - writes one attribute of the kernel, verified, in a process with a deadline.
 *
 * For attributes that read as they were written: sriov_numvfs, nr_hugepages.  A
 * write to them may take long, and may never end (removing a virtual function
 * that a guest has), so it is made in a child (run/step_child.h).
 */
#pragma once

#include "base/exit.h"
#include "base/sysroot.h"

/* Huge pages by the hundred GiB and virtual functions by the hundred take minutes. */
#define HD_VALUE_MS 300000

struct hd_value {
	const char *path;	/* below the root: "sys/bus/pci/devices/0000:03:00.0/sriov_numvfs" */
	const char *old;	/* what it was when it was read, without a newline */
	const char *between;	/* written first, if not NULL and neither OLD nor VALUE */
	const char *value;
};

/*
 * HD_EXIT_OK: it reads VALUE.  _REFUSED: it is not OLD any more, and was not
 * touched.  _HOST: it failed and is OLD again.  _STRANDED: it failed and is not OLD,
 * or the kernel has not answered within DEADLINE_MS.  ERR says what and why; the
 * error code is the kernel's.
 */
enum hd_exit hd_value_set(const struct hd_sysroot *root, const struct hd_value *value,
			  int deadline_ms, struct hd_error *err)
	_nonnull_(1, 2, 4) _must_check_;
