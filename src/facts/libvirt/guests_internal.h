/* SPDX-License-Identifier: GPL-2.0-or-later */
/* guests_internal.h - what the readers of libvirt's files about guests share. */
#pragma once

#include "base/sysroot.h"

#define HD_GUESTS_RUNNING "run/libvirt/qemu"
#define HD_GUESTS_DEFINED "etc/libvirt/qemu"

/*
 * The bytes of the file NAME in FOLDER into *RET, which the caller frees; a link or what is not a
 * regular file is an error, as are more than HD_XML_MAX bytes (-EFBIG).  How many, or a negative
 * errno.
 */
ssize_t hd_guest_file_read(char **ret, const struct hd_sysroot *root, const char *folder,
			   const char *name) _nonnull_(1, 2, 3, 4) _must_check_;
