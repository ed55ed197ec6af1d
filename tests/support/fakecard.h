/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * fakecard.h - the only graphics card of a fake host, with all that hangs on it.
 *
 * A display manager, a session, a text console, the firmware's framebuffer, a driver of three
 * modules and a keyboard that the guest gets as well; the real plan and knobs, and a kernel and
 * a systemd that answer them (ld's --wrap of hd_sysroot_write, syscall, hd_modprobe and
 * hd_systemd_ask).  All state is in the tree, each change one atomic system call, so that
 * SIGKILL is honest.
 */
#pragma once

#include "tests/support/fakeplan.h"

#define FAKE_CARD "0000:01:00.0"
#define FAKE_CARD_UNIT "gdm.service"
#define FAKE_CARD_SESSION "2"
#define FAKE_CARD_KEYBOARD "1-2:1.0"
#define FAKE_CARD_STEPS 13

struct fake_card_faults {
	atomic_int changes;		/* made so far, by all processes */
	atomic_int fail_at;		/* this change fails with EIO (from 1); 0: none */
	atomic_int stop_ms;		/* how long the unit takes to stop */
	atomic_int stop_is_slow;	/* the unit's stop is under way when its time is over */
	atomic_int loses_framebuffer;	/* it is gone when vfio-pci has the card */
	atomic_int has_no_modprobe;	/* modules that were unloaded do not come back */
	atomic_int helper;		/* the process that keeps one in D state */
	char busy[32], stuck[32];	/* the module that stays in use; whose unload never returns */
};

struct fake_card {
	struct fake_plan plan;		/* the whole hand-over */
	struct hd_sysroot root;
	struct fake_card_faults *faults;
};

void fake_card_make(struct fake_card *card);
void fake_card_remove(struct fake_card *card);

/* QEMU, which had the keyboard, was killed: the kernel leaves it without a driver. */
void fake_card_kill_guest(struct fake_card *card);

/* As before the first step; no faults, no journal, a new plan. */
void fake_card_reset(struct fake_card *card);

enum hd_exit fake_card_apply(struct fake_card *card, struct hd_error *err);
void fake_card_recover(struct fake_card *card, struct hd_recovery *ret);

/* systemd ends what it was asked for and has not done. */
void fake_card_settle(struct fake_card *card);

/*
 * Fails the test unless each step is at its from (or to); but not kept ones, and not BUT
 * (a target), which may be NULL.
 */
void fake_card_assert(struct fake_card *card, bool is_given, const char *but);
