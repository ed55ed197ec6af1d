/* SPDX-License-Identifier: GPL-2.0-or-later */
/* replug_job.h - one look at USB devices that came or went, and what came of it. */
#pragma once

#include "act/plan_notes.h"
#include "base/context.h"
#include "base/exit.h"

struct hd_replug_job {
	struct hd_context *context;
	const char *uri;		/* libvirt's connection; NULL: qemu:///system */
	const char *templates;		/* of elements: a directory that is searched first, or NULL */
	bool dry_run;			/* by libvirt's files alone, and nothing is changed */
	const char *port;		/* what came or went, by an event; NULL: look at all */
	bool is_gone;			/* it went */

	/* What came of it. */
	const char *at;			/* the port of the device that is looked at, or NULL */
	struct hd_replug_told {
		const char *port, *guest, *outcome;
	} *told;			/* what happened to devices, each at its port */
	size_t n_told;
	bool has_changed;		/* a guest; with DRY_RUN: one would be */
	bool may_try_again;		/* something failed that another look may do */
	struct hd_notes notes;		/* one line each */
	const char *guest;		/* the last that was changed or refused a device, or NULL */
	const char *outcome;		/* what happened to it, or NULL: nothing */
	enum hd_exit code;		/* the worst */
};
