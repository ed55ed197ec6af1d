/* SPDX-License-Identifier: GPL-2.0-or-later */
/* change_options.h - how a command changes the host: by which binder, or only as a dry run. */
#pragma once

#include "act/host_change.h"
#include "base/exit.h"

/* The libvirt binder runs the program itself (`hostdevctl nodedev`). */
#define HD_SELF "/proc/self/exe"

/* What its options say. */
struct hd_change_options {
	const char *binder;		/* "libvirt", "sysfs"; NULL: the usual one */
	const char *uri;		/* of the libvirt binder's connection; NULL: qemu:///system */
	bool dry_run;
	bool is_for_guest;		/* one that runs: what libvirt binds for it is remembered, too */
};

/*
 * Chooses the binder (libvirt by default where it is built in and the host is the running
 * one).  Unless OPTIONS->dry_run: opens the state directory and locks the groups of the
 * functions.
 */
enum hd_exit hd_change_open(struct hd_change *ret, struct hd_context *context,
			    const struct hd_change_options *options,
			    const struct hd_pci_addr *addrs, size_t n, struct hd_error *err)
	_nonnull_(1, 2, 3, 6) _must_check_;

/* The names that --binder takes, from 0; NULL: no more. */
const char *hd_binder_name(size_t i);
