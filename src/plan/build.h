/* SPDX-License-Identifier: GPL-2.0-or-later */
/* build.h - a plan while it is built; shared by the two builders. */
#pragma once

#include "plan/plan.h"

#define HD_STAGE_MODULES 0
#define HD_STAGE_FUNCTIONS 1

#define HD_UNBOUND "-"
#define HD_ANY_HOST_DRIVER "*"

struct hd_build {
	struct hd_plan plan;
	struct hd_arena *arena;
	const struct hd_request *request;	/* NULL for a reattach */
	const struct hd_facts *facts;
	const struct hd_knobs *knobs;
	struct hd_error *err;
};

/* The state of a function as "pci-driver" has it. */
int hd_build_state(char buf[static HD_STATE_MAX], const struct hd_pci_fn *fn,
		   struct hd_error *err) _nonnull_(1, 2, 3) _must_check_;

/* One more step, without its states; valid until the next one is added. */
struct hd_step *hd_build_step(struct hd_build *build, const struct hd_knob *knob, int stage,
			      const char *target) _nonnull_(1, 4) _returns_nonnull_;

/* From what the function is to TO by KNOB; TO NULL: unbound, with the override that it has. */
int hd_build_function(struct hd_build *build, const struct hd_knob *knob,
		      const struct hd_pci_fn *fn, const char *to, const char *why)
	_nonnull_(1, 2, 3, 5) _must_check_;

/* Hands the plan over if apply can take it. */
int hd_build_finish(const struct hd_build *build, struct hd_plan *ret)
	_nonnull_(1, 2) _must_check_;
