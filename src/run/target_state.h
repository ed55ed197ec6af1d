/* SPDX-License-Identifier: GPL-2.0-or-later */
/* target_state.h - what the state of a step's target is, compared with what it should be. */
#pragma once

#include <stdint.h>

#include "plan/plan.h"

/* How long an answer that did not come may still be carried out under our eyes. */
#define HD_LOOK_MS 500

/* The state into NOW. */
int hd_look(const struct hd_step *step, const struct hd_knob_host *host,
	    char now[static HD_STATE_MAX], struct hd_error *err) _nonnull_(1, 2, 3, 4);

bool hd_look_is_at(const struct hd_knob *knob, const char *wanted, const char *now)
	_nonnull_(1, 2, 3);
bool hd_look_is_between(const struct hd_knob *knob, const char *from, const char *to,
			const char *now) _nonnull_(1, 2, 3, 4);

/* Looks until the step is at WANTED or DEADLINE (hd_now_ms) has passed. */
bool hd_look_until(const struct hd_step *step, const struct hd_knob_host *host,
		   const char *wanted, int64_t deadline) _nonnull_(1, 2, 3);
