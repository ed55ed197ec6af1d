/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * hugepages_mount.h - the file system where libvirt finds huge pages of one size.
 *
 * systemd mounts one at /dev/hugepages, for the kernel's default size.  libvirt looks at
 * the mounts when it starts, and refuses a guest whose size has none ("Unable to find any
 * usable hugetlbfs mount", libvirt src/util/virfile.c, virFileGetHugepageSize).
 */
#pragma once

#include <stdint.h>

#include "setup/subjects.h"

/*
 * Adds the units that mount one at boot, if pages of SIZE_KIB are not the default and have
 * none, neither now nor by fstab; without systemd a note.  Returns 0 or a negative errno, with ERR.
 */
int hd_hugepages_mount(struct hd_context *context, uint64_t size_kib, uint64_t default_kib,
		       struct hd_changes *changes, struct hd_error *err)
	_nonnull_(1, 4, 5) _must_check_;
