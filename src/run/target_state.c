/* SPDX-License-Identifier: GPL-2.0-or-later */
/* target_state.c - what the state of a step's target is, compared with what it should be. */
#include "config.h"

#include <poll.h>
#include <string.h>

#include "base/clock.h"
#include "run/target_state.h"

#define LOOK_POLL_MS 20

int hd_look(const struct hd_step *step, const struct hd_knob_host *host,
	    char now[static HD_STATE_MAX], struct hd_error *err)
{
	return step->knob->get(host, step->target, now, err);
}

bool hd_look_is_at(const struct hd_knob *knob, const char *wanted, const char *now)
{
	return knob->is_at ? knob->is_at(wanted, now) : !strcmp(wanted, now);
}

bool hd_look_is_between(const struct hd_knob *knob, const char *from, const char *to,
			const char *now)
{
	return knob->is_between && knob->is_between(from, to, now);
}

bool hd_look_until(const struct hd_step *step, const struct hd_knob_host *host,
		   const char *wanted, int64_t deadline)
{
	char now[HD_STATE_MAX];
	struct hd_error err;

	for (;;) {
		if (hd_look(step, host, now, &err) == 0 &&
		    hd_look_is_at(step->knob, wanted, now))
			return true;
		if (!hd_ms_left(deadline))
			return false;
		(void)poll(NULL, 0, LOOK_POLL_MS);
	}
}
