/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * handover.h - what ends when the host hands over the graphics card that it works with, and what
 * stands against it.
 *
 * Only for a guest whose policy asks for it.  What is not sure to end does not count as ended:
 * the holders and uses without `ended_by` refuse as always.
 */
#pragma once

#include <stdbool.h>

#include "domain/policy.h"
#include "facts/display/driver_stack.h"

/* A service that is stopped, and started again. */
struct hd_ended_unit {
	const char *name;		/* "gdm.service", never an alias */
	const char *why;		/* "it started session 2 of joe (wayland)" */
};

/* A graphical session on the card's seat. */
struct hd_ended_session {
	const char *id;			/* logind's: "2" */
	const char *uid;		/* NULL if unknown */
	const char *text;		/* "session 2 of joe (wayland)", printable */
	const char *why;		/* "it is shown on 0000:01:00.0" */
};

struct hd_obstacle {
	const char *what;		/* "session 3 of eve (x11) has ... (run/systemd/sessions/3)" */
	const char *remedy;
	const char *options;		/* of 'hostdevctl handover GUEST', which do that; or NULL */
};

struct hd_handover_facts {
	bool is_asked;			/* the rest was read */
	bool is_needed;			/* something that ends uses a requested card */
	struct hd_ended_unit *units;
	size_t n_units;
	struct hd_ended_session *sessions;
	size_t n_sessions;
	const struct hd_driver_stack *stack;	/* whose modules are unloaded, or NULL */
	const char *stack_card;			/* a card on that driver */
	struct hd_loaded_stack loaded;	/* these modules */
	struct hd_obstacle *obstacles;	/* each refuses the hand-over */
	size_t n_obstacles;
	const char *unknown;		/* what could not be read, and why: it refuses as well */
};
