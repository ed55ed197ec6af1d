/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * fakekernel.h - the PCI bus of a fake host: what the kernel does when somebody
 * writes to driver_override, unbind and drivers_probe.
 *
 * All state is in the tree, changed by one atomic system call per write, so
 * that forked children and SIGKILL are honest.  Faults are in shared memory.
 */
#pragma once

#include <stdatomic.h>

#include "plan/knob.h"
#include "tests/support/fakehost.h"

struct fake_faults {
	atomic_int writes;		/* made so far, by all processes */
	atomic_int fail_at;		/* this write fails with EIO (from 1); 0: none */
	atomic_int fail_from;		/* this one and all later ones; 0: none */
	atomic_int is_silent;		/* a write that fails says nothing and does nothing */
	char target[HD_TARGET_MAX];	/* the faults below are of this function; "": of all */
	atomic_int unbind_ms;		/* how long an unbind takes */
	atomic_int hangs;		/* an unbind never ends, but can be killed */
	atomic_int sticks;		/* the same in D state, until the host is removed */
	atomic_int dies;		/* one process is killed after the override was written */
	atomic_int answers_late;	/* ms: set says -ETIME and is carried out later; -1: never */
	atomic_int is_busy;		/* may_undo refuses */
	atomic_int helper;		/* pid of the process that keeps it stuck or is late */
	atomic_int sets;		/* calls of set, by all processes */
};

struct fake_kernel {
	struct fake_host *host;
	struct fake_faults *faults;
};

void fake_kernel_make(struct fake_kernel *kernel, struct fake_host *host);
void fake_kernel_remove(struct fake_kernel *kernel);	/* ends what is stuck */

/* A function that DRIVER (NULL: none) matches when the kernel probes. */
void fake_kernel_add(struct fake_kernel *kernel, const char *addr, int group,
		     const char *driver);

/* Puts the function into STATE, whatever it is in. */
void fake_kernel_force(struct fake_kernel *kernel, const char *addr, const char *state);

/* Fails the test unless the function is in STATE. */
void fake_kernel_assert(struct fake_kernel *kernel, const char *addr, const char *state);

/* No faults, no writes counted. */
void fake_kernel_clear(struct fake_kernel *kernel);

/* "pci-driver" and "module" of the fake. */
extern const struct hd_knob fake_knob_pci_driver;
extern const struct hd_knob fake_knob_module;
extern const struct hd_knob *const fake_knobs_all[];
