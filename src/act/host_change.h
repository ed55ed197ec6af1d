/* SPDX-License-Identifier: GPL-2.0-or-later */
/* host_change.h - what a command needs to change the host: state directory, locks, binder. */
#pragma once

#include "act/checked_request.h"
#include "act/plan_notes.h"
#include "base/lock.h"
#include "base/pciaddr.h"
#include "run/apply.h"

/* What a command line says of it. */
struct hd_change_options {
	const char *binder;		/* "libvirt", "sysfs"; NULL: the usual one */
	const char *uri;		/* of the libvirt binder's connection; NULL: qemu:///system */
	bool dry_run;
};

struct hd_change {
	struct hd_context *context;
	const char *uri;
	int dir_fd;			/* -1: nothing may be changed (--dry-run) */
	struct hd_locks locks;
	const struct hd_knobs *knobs;
	struct hd_plan done;		/* the steps of all devices, for the report */
	struct hd_notes notes;
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
void hd_change_close(struct hd_change *change) _nonnull_(1);	/* fine when open failed */

/* The names that --binder takes, from 0; NULL: no more. */
const char *hd_binder_name(size_t i);

struct hd_apply hd_change_apply(const struct hd_change *change) _nonnull_(1);

/* Adds the steps of PLAN, as they are now, to change->done. */
void hd_change_record(struct hd_change *change, const struct hd_plan *plan) _nonnull_(1, 2);

/* The state directory of the host: "/run/hostdevctl" below its root. */
const char *hd_state_dir_path(struct hd_context *context) _nonnull_(1);

/* Opens it if it is there: 1 with *ret_fd, 0 if it is not there, or -errno with ERR. */
int hd_state_dir_peek(struct hd_context *context, int *ret_fd, struct hd_error *err)
	_nonnull_(1, 2, 3) _must_check_;
