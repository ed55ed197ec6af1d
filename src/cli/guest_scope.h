/* SPDX-License-Identifier: GPL-2.0-or-later */
/* guest_scope.h - which guest a command changes: what runs, its definition, or both. */
#pragma once

#include "cli/command.h"
#include "virt/libvirt_calls.h"

struct hd_guest_scope {
	const char *name;		/* as it was given, printable */
	struct hd_virt_guest guest;
	bool is_live, is_config;	/* at least one */
};

/*
 * The guest that NAME means, and what --live and --config ask for; without them all
 * that it has: its definition, and itself if it runs.  HD_EXIT_USAGE, _REFUSED (it
 * does not run, or has no definition), _HOST (there is no such guest, or libvirt does
 * not answer) with ERR.
 */
enum hd_exit hd_guest_scope_read(struct hd_guest_scope *ret, struct hd_run *run,
				 const char *name, struct hd_error *err)
	_nonnull_(1, 2, 3, 4) _must_check_;
