/* SPDX-License-Identifier: GPL-2.0-or-later */
/* plan_internal.h - what the files that build plans share; nobody else includes it. */
#pragma once

#include "plan/plan.h"

/* Appends a step without its states; valid until the next one is added. */
struct hd_step *hd_plan_add(struct hd_plan *plan, struct hd_arena *arena, const struct hd_knob *knob,
			    int stage, const char *target) _nonnull_(1, 2, 3, 5);

/* The state of a function as "pci-driver" has it, or will have it when its driver IS_UNLOADED. */
int hd_plan_format_state(char buf[static HD_STATE_MAX], const struct hd_pci_fn *fn, bool is_unloaded,
			 struct hd_error *err) _nonnull_(1, 2, 4) _must_check_;

/* Are the modules of the function's driver unloaded before the function is taken? */
bool hd_handover_unloads(const struct hd_facts *facts, const struct hd_pci_fn *fn) _nonnull_(1, 2);

/*
 * handover_steps.c: appends what ends before the functions are taken, from stage *STAGE on, which
 * becomes the next one.  -ENOTSUP without KNOBS; -EBUSY if something stands against it.
 */
int hd_plan_handover(struct hd_plan *plan, struct hd_arena *arena, const struct hd_facts *facts,
		     const struct hd_handover_knobs *knobs, int *stage, struct hd_error *err)
	_nonnull_(1, 2, 3, 5, 6) _must_check_;

/*
 * The same for the last stage: the undo looks first whether the functions from step FIRST on still
 * answer.
 */
void hd_plan_look_at_cards(struct hd_plan *plan, struct hd_arena *arena,
			   const struct hd_handover_knobs *knobs, size_t first, int stage)
	_nonnull_(1, 2, 3);

/* And whether the keyboards and pointers that go with the card have their driver again. */
void hd_plan_look_at_inputs(struct hd_plan *plan, struct hd_arena *arena, const struct hd_facts *facts,
			    const struct hd_handover_knobs *knobs, int stage) _nonnull_(1, 2, 3, 4);
