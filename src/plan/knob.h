/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * knob.h - one kind of state of the host that a plan can change.
 *
 * States are texts, so that they can be journalled.  `pci-driver` has the form
 * "DRIVER" or "DRIVER:OVERRIDE", DRIVER "-" when unbound and OVERRIDE what
 * driver_override holds: "nvme", "vfio-pci:vfio-pci", "-".
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "base/sysroot.h"

#define HD_STATE_MAX 128	/* a state's text with its end */
#define HD_TARGET_MAX 64	/* a target's text with its end */
#define HD_SET_OTHERWISE 1

/* The driver of a function that we bind, by whichever binder. */
#define HD_KNOB_PCI_DRIVER "pci-driver"

/*
 * The driver of a function that libvirt binds (managed='yes'): remembered, so that we can
 * give it back if libvirt does not.
 */
#define HD_KNOB_MANAGED "managed-driver"

/* Where a step runs; nothing in it allocates. */
struct hd_knob_host {
	const struct hd_sysroot *root;
	int connect_deadline_ms;	/* libvirt binder: until the daemon answers */
	int call_deadline_ms;		/* for what a set asks others to do, as the libvirt binder */
	int ending_deadline_ms;		/* until programs have ended; 0: as the call's */
	const char *uri;		/* libvirt binder: NULL is qemu:///system */
	const char *program;		/* libvirt binder: NULL is SBINDIR/hostdevctl */
};

struct hd_knob {
	const char *name;	/* in the journal; the binders share "pci-driver" */
	/* The state now, into BUF. Negative errno if it cannot be read. Never blocks. */
	int (*get)(const struct hd_knob_host *host, const char *target,
		   char buf[static HD_STATE_MAX], struct hd_error *err);
	/*
	 * Sets the state TO.  Runs in a child process, may block in the kernel,
	 * may stop half-way.  -ETIME: the request was sent and not answered; it
	 * may still be carried out.  HD_SET_OTHERWISE: done, in another way than the
	 * knob's own, as ERR's text says.
	 */
	int (*set)(const struct hd_knob_host *host, const char *target, const char *from,
		   const char *to, struct hd_error *err);
	/* Does NOW satisfy WANTED? NULL: equal texts.  ("*" of pci-driver is any host driver.) */
	bool (*is_at)(const char *wanted, const char *now);
	/* Can NOW be seen half-way between FROM and TO? NULL: no state is between. */
	bool (*is_between)(const char *from, const char *to, const char *now);
	/*
	 * May the state be taken back now?  0 yes; -EBUSY with ERR naming who uses
	 * it.  NULL: always.  May scan processes, never blocks.
	 */
	int (*may_undo)(const struct hd_knob_host *host, const char *target,
			const char *state, struct hd_error *err);
	bool awaits_programs;	/* its stage may take ending_deadline_ms */
	bool undo_always;	/* what is under way looks like FROM: the undo sets it even so */
	bool is_kept;		/* never undone (a module stays loaded: others may use it) */
	bool is_by_others;	/* never set: another program does, after the plan was applied */
};
