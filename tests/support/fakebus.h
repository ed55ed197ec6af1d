/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * fakebus.h - the system bus of a fake host: a private dbus-daemon with systemd and logind on it.
 *
 * Both change the tree as the real ones do (state files, control groups), send their
 * signals only to who has subscribed, and note what they are asked for.
 */
#pragma once

#include "tests/support/fakehost.h"

struct fake_bus {
	struct fake_host host;
	struct hd_sysroot root;		/* the host's, as if it were live */
	pid_t daemon, server;
};

/* How a unit that is stopped or started behaves, by the first word of its name. */
#define FAKE_BUS_GOOD "good.service"		/* done at once */
#define FAKE_BUS_LATE "late.service"		/* done after a while, another job before */
#define FAKE_BUS_SLOW "slow.service"		/* its job never ends */
#define FAKE_BUS_MUTE "mute.service"		/* the request has no answer */
#define FAKE_BUS_FAILING "failing.service"	/* the job fails, its state is as before */
#define FAKE_BUS_KILLED "killed.service"	/* the job fails, but its state is what was wanted */
#define FAKE_BUS_MISSING "missing.service"	/* no such unit */

/* Sessions, by their ids. */
#define FAKE_BUS_SESSION "2"			/* its file goes */
#define FAKE_BUS_CLOSING "3"			/* its last process goes after a while */
#define FAKE_BUS_STAYING "4"			/* its process stays */
#define FAKE_BUS_LOGGED_OUT "5"			/* its process goes only if its scope is stopped */

/* cmocka's set-up and clean-up; *STATE is NULL where there is no dbus-daemon. */
int fake_bus_setup(void **state);
int fake_bus_teardown(void **state);

/* *STATE of the set-up; skips the test if that is NULL. */
struct fake_bus *fake_bus_need(void **state);

/* Active units have the link that systemd makes. */
void fake_bus_activate(struct fake_bus *bus, const char *unit);

/* What was asked for so far, one per line: "StopUnit good.service replace" (host's arena). */
const char *fake_bus_calls(struct fake_bus *bus);
