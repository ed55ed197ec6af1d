/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * unit.c - stops a service of systemd's that keeps the card busy, and starts it again.
 *
 * Its state is read from a file: run/systemd/units/invocation:UNIT is there from the moment
 * that systemd runs something for the unit until it is inactive or failed (systemd
 * src/core/unit.c, unit_export_state_files and unit_notify), in whatever slice it is.  So a
 * stop that is under way looks "active", and an undo asks for the start also then.
 */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "knob/knobs.h"
#include "knob/systemd_module.h"
#include "knob/wait.h"

#define ACTIVE "active"
#define INACTIVE "inactive"
#define CGROUP_MAX 4096

/* The characters of systemd's unit names (systemd.unit(5)). */
static bool is_service(const char *name)
{
	return strlen(name) < HD_TARGET_MAX && *name != '-' && *name != '.' &&
	       hd_text_has_only(name, ":-_.\\@") && hd_text_ends_with(name, ".service");
}

static int refuse_name(const char *target, struct hd_error *err)
{
	return hd_fail(err, -EINVAL, "'%s' is not the name of a service", target);
}

static int unit_get(const struct hd_knob_host *host, const char *target,
		    char buf[static HD_STATE_MAX], struct hd_error *err)
{
	_cleanup_(hd_close) int fd = -1;

	if (!is_service(target))
		return refuse_name(target, err);
	fd = hd_sysroot_fd(host->root, O_PATH | O_NOFOLLOW, "run/systemd/units/invocation:%s",
			   target);
	if (fd < 0 && fd != -ENOENT)
		return hd_fail(err, fd, "cannot read the state of %s: %s", target, strerror(-fd));
	(void)snprintf(buf, HD_STATE_MAX, "%s", fd < 0 ? INACTIVE : ACTIVE);
	return 0;
}

/* Who stops the unit that it runs in ends half-way. */
static bool runs_in(const struct hd_knob_host *host, const char *unit)
{
	char text[CGROUP_MAX], *at = text;
	size_t length = strlen(unit);
	ssize_t n = hd_sysroot_bytes(host->root, text, sizeof(text) - 1, "proc/self/cgroup");

	if (n <= 0)
		return false;
	text[n] = '\0';
	while ((at = strstr(at, unit))) {
		if (at > text && at[-1] == '/' && strchr("/\n", at[length]))
			return true;
		at += length;
	}
	return false;
}

/* A service that was killed when it stopped has failed, and is not active. */
static int stop_unit(const struct hd_knob_host *host, const char *unit, int64_t deadline,
		     struct hd_error *err)
{
	char now[HD_STATE_MAX];
	struct hd_error ignored;
	int rc;

	if (runs_in(host, unit))
		return hd_fail(err, -EDEADLK, "%s cannot be stopped: this program runs in it; try "
			       "again from outside, such as by ssh", unit);
	rc = hd_systemd_ask(host, HD_SYSTEMD_STOP, unit, deadline, err);
	if (rc < 0 && unit_get(host, unit, now, &ignored) == 0 && !strcmp(now, INACTIVE))
		return 0;
	return rc;
}

static int unit_set(const struct hd_knob_host *host, const char *target, const char *from,
		    const char *to, struct hd_error *err)
{
	const int64_t deadline = hd_wait_ending(host);

	(void)from;
	if (!is_service(target))
		return refuse_name(target, err);
	if (!strcmp(to, INACTIVE))
		return stop_unit(host, target, deadline, err);
	if (!strcmp(to, ACTIVE))
		return hd_systemd_ask(host, HD_SYSTEMD_START, target, deadline, err);
	return hd_fail(err, -EINVAL, "%s: '%s' is not a state of a service", target, to);
}

const struct hd_knob hd_knob_unit = {
	.name = "unit",
	.get = unit_get,
	.set = unit_set,
	.awaits_programs = true,
	.undo_always = true,
};
