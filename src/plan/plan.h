/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * plan.h - the states to set, in order, and the result of each.
 *
 * Steps of one stage are independent and are set at the same time; stages run
 * one after the other.  Undo is the list of done steps, last first.
 */
#pragma once

#include "base/arena.h"
#include "domain/request.h"
#include "facts/facts.h"
#include "plan/knob.h"

enum hd_step_state {
	HD_STEP_PLANNED,
	HD_STEP_DONE,		/* verified */
	HD_STEP_UNDONE,		/* taken back, verified */
	HD_STEP_STALE,		/* was not FROM before the set: not touched by us */
	HD_STEP_FAILED,		/* the set failed, and the state is FROM again or was taken back */
	HD_STEP_STUCK,		/* its child does not end (D state), or the outcome is unknown */
	HD_STEP_STRANDED,	/* could not be taken back */
};

struct hd_step {
	const struct hd_knob *knob;
	char target[HD_TARGET_MAX];	/* "0000:01:00.0" */
	char from[HD_STATE_MAX], to[HD_STATE_MAX];
	int stage;
	int group;			/* IOMMU group to lock, or HD_NO_GROUP */
	const char *why;		/* for people: "requested", "companion of 0000:01:00.0" */
	enum hd_step_state state;
	int took_ms, back_ms;		/* how long its stage was at work, there and back; 0: never */
	struct hd_error error;		/* why it failed; text without a code: a remark */
};

/* The size of the fixed arrays of apply. */
#define HD_PLAN_MAX 256

struct hd_plan {
	struct hd_step *steps;		/* sorted by stage */
	size_t n;
};

/* What a hand-over changes, in the order of its stages. */
struct hd_handover_knobs {
	const struct hd_knob *unit;		/* "active" to "inactive" */
	const struct hd_knob *session;		/* "present" to "ended" */
	const struct hd_knob *card_idle;	/* "in-use" to "idle" */
	const struct hd_knob *vtconsole;	/* "bound" to "unbound" */
	const struct hd_knob *framebuffer;	/* its driver's name to "-" */
	const struct hd_knob *unloaded_driver;	/* a function's state before its modules go to "-" */
	const struct hd_knob *kernel_module;	/* "loaded" to "absent" */
	const struct hd_knob *card_answers;	/* "answers", after the functions were taken */
	const struct hd_knob *usb_driver;	/* an interface's driver to "usbfs" */
};

/* The knobs that a plan is built from (from src/knob, or fakes). */
struct hd_knobs {
	const struct hd_knob *pci_driver;
	const struct hd_knob *module;
	const struct hd_knob *managed;	/* NULL: what libvirt binds gets no step */
	const struct hd_handover_knobs *handover;	/* NULL: a plan that needs one fails */
};

/*
 * What a start of the guest needs: vfio modules loaded, every managed='no' PCI
 * function and every companion that moves on its VFIO driver, and for every
 * managed='yes' function that is on a host driver a step that remembers it.
 * Functions that are on a VFIO driver already are left alone.  If facts->handover is needed,
 * what ends for it ends first.  Pure.
 */
int hd_plan_for_start(struct hd_plan *ret, struct hd_arena *arena,
		      const struct hd_request *request, const struct hd_facts *facts,
		      const struct hd_knobs *knobs, struct hd_error *err)
	_nonnull_(1, 2, 3, 4, 5, 6) _must_check_;

/*
 * Gives every requested function of FACTS that is on a VFIO driver back to the
 * host: to ORIGINALS[i] (a state from a journal), or to "*" where that is NULL,
 * which lets the kernel choose.  Functions already on a host driver are left
 * alone.  Pure.
 */
int hd_plan_for_reattach(struct hd_plan *ret, struct hd_arena *arena,
			 const struct hd_facts *facts, const struct hd_pci_addr *addrs,
			 const char *const *originals, size_t n,
			 const struct hd_knobs *knobs, struct hd_error *err)
	_nonnull_(1, 2, 3, 7, 8) _must_check_;
