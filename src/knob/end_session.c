/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * end_session.c - ends a session of logind's: its programs have the card.
 *
 * A session that ends stays "closing" until its last process is gone (systemd
 * src/login/logind-session.c, session_get_state): it counts as ended when its
 * scope has none.  logind ends nothing in a session that has logged out already
 * (session_stop there), as it has when its display manager was stopped: what goes on
 * in it, and whoever asked for the hand-over in a terminal, ends with its scope.
 */
#include "config.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "facts/host/login_session.h"
#include "knob/knobs.h"
#include "knob/systemd_module.h"
#include "knob/wait.h"

#define PRESENT "present"
#define ENDED "ended"
#define SCOPE "%s/user.slice/user-%s.slice/%s"

/* Where the hierarchy of systemd's can be (cgroups(7)): unified, hybrid, and the old one. */
static const char *const hierarchies[] = {
	"sys/fs/cgroup", "sys/fs/cgroup/unified", "sys/fs/cgroup/systemd",
};

struct scope {
	const char *state, *uid, *name;		/* "closing", "1000", "session-2.scope" */
};

static bool is_session(const char *target)
{
	return *target && hd_text_has_only(target, "");
}

/* False if it is not there any more. */
static bool read_scope(struct scope *ret, const struct hd_knob_host *host, struct hd_arena *arena,
		       const char *target, int *rc)
{
	const char *text;
	ssize_t n = hd_sysroot_text(host->root, arena, &text, HD_SESSIONS "/%s", target);

	*rc = n < 0 && n != -ENOENT ? (int)n : 0;
	if (n < 0)
		return false;
	ret->state = hd_text_line_value(arena, text, "STATE=");
	ret->uid = hd_text_line_value(arena, text, "UID=");
	ret->name = hd_text_line_value(arena, text, "SCOPE=");
	return true;
}

static bool has_path(const struct scope *scope)
{
	uint64_t uid;

	return scope->uid && hd_text_u64(scope->uid, &uid) && scope->name &&
	       hd_text_is_component(scope->name);
}

/* The first process of the scope, "" for none; NULL: unknown. */
static const char *scope_process(const struct hd_knob_host *host, struct hd_arena *arena,
				 const struct scope *scope)
{
	const char *text, *found = NULL;
	ssize_t n;

	for (size_t i = 0; i < HD_ARRAY_SIZE(hierarchies) && has_path(scope); i++) {
		if (!hd_sysroot_has(host->root, "%s/user.slice", hierarchies[i]))
			continue;
		n = hd_sysroot_text(host->root, arena, &text, SCOPE "/cgroup.procs",
				    hierarchies[i], scope->uid, scope->name);
		if (n < 0 && n != -ENOENT)
			return NULL;
		if (n > 0)
			return hd_text_next_line(arena, &text);
		found = "";
	}
	return found;
}

static int session_get(const struct hd_knob_host *host, const char *target,
		       char buf[static HD_STATE_MAX], struct hd_error *err)
{
	struct hd_arena arena = { 0 };
	struct scope scope = { .state = NULL };
	const char *process;
	bool is_present;
	int rc;

	if (!is_session(target))
		return hd_fail(err, -EINVAL, "'%s' is not the id of a session", target);
	is_present = read_scope(&scope, host, &arena, target, &rc);
	if (is_present && scope.state && !strcmp(scope.state, "closing")) {
		process = scope_process(host, &arena, &scope);
		is_present = !process || *process;
	}
	hd_arena_done(&arena);
	if (rc < 0)
		return hd_fail(err, rc, "cannot read /" HD_SESSIONS "/%s: %s", target,
			       strerror(-rc));
	(void)snprintf(buf, HD_STATE_MAX, "%s", is_present ? PRESENT : ENDED);
	return 0;
}

/* "session 2 did not end: it still has kwin_wayland (pid 812)". */
static int say_left(const struct hd_knob_host *host, const char *target, struct hd_error *err)
{
	struct hd_arena arena = { 0 };
	struct scope scope = { .state = NULL };
	const char *process = NULL, *name = "a process";
	int rc = 0;

	if (read_scope(&scope, host, &arena, target, &rc))
		process = scope_process(host, &arena, &scope);
	if (process && *process && hd_text_is_component(process) &&
	    hd_sysroot_text(host->root, &arena, &name, "proc/%s/comm", process) > 0)
		name = hd_text_printable(&arena, name, HD_TARGET_MAX);
	if (process && *process)
		rc = hd_fail(err, -ETIMEDOUT,
			     "session %s did not end in time: it still has %s (pid %.16s); save its "
			     "work and end it, or run loginctl kill-session -s KILL %s",
			     target, name, process, target);
	else
		rc = hd_fail(err, -ETIMEDOUT,
			     "session %s did not end in time; see loginctl session-status %s",
			     target, target);
	hd_arena_done(&arena);
	return rc;
}

/* logind replaces or removes its file; the scope's file changes when it empties. */
static void watch_session(struct hd_wait *wait, const struct hd_knob_host *host,
			  const char *target)
{
	struct hd_arena arena = { 0 };
	struct scope scope = { .state = NULL };
	int rc;

	hd_wait_add(wait, host->root, HD_SESSIONS);
	if (read_scope(&scope, host, &arena, target, &rc) && has_path(&scope))
		for (size_t i = 0; i < HD_ARRAY_SIZE(hierarchies); i++)
			hd_wait_add(wait, host->root, SCOPE "/cgroup.events", hierarchies[i],
				    scope.uid, scope.name);
	hd_arena_done(&arena);
}

/* Returns when nothing is left of the scope, or the scope is unknown. */
static int stop_scope(const struct hd_knob_host *host, const char *target, int64_t deadline,
		      struct hd_error *err)
{
	struct hd_arena arena = { 0 };
	struct scope scope = { .state = NULL };
	int rc = 0;

	if (read_scope(&scope, host, &arena, target, &rc) && has_path(&scope) &&
	    hd_text_starts_with(scope.name, "session-"))
		rc = hd_systemd_ask(host, HD_SYSTEMD_STOP, scope.name, deadline, err);
	else if (rc < 0)
		rc = hd_fail(err, rc, "cannot read /" HD_SESSIONS "/%s: %s", target,
			     strerror(-rc));
	hd_arena_done(&arena);
	return rc == -ETIMEDOUT ? say_left(host, target, err) : rc;
}

static int session_set(const struct hd_knob_host *host, const char *target, const char *from,
		       const char *to, struct hd_error *err)
{
	const int64_t deadline = hd_wait_ending(host);
	_cleanup_(hd_wait_end) struct hd_wait wait = { .fd = -1 };
	char now[HD_STATE_MAX];
	int rc = session_get(host, target, now, err);

	(void)from;
	if (rc < 0 || !strcmp(now, ENDED))
		return rc;
	if (strcmp(to, ENDED) != 0)
		return hd_fail(err, -EINVAL, "a session that has ended cannot be made again");
	hd_wait_begin(&wait);
	watch_session(&wait, host, target);
	rc = hd_systemd_ask(host, HD_SYSTEMD_END_SESSION, target, deadline, err);
	if (rc == 0)
		rc = stop_scope(host, target, deadline, err);
	while (rc == 0) {
		rc = session_get(host, target, now, err);
		if (rc < 0 || !strcmp(now, ENDED))
			return rc;
		if (!hd_wait_for(&wait, deadline))
			return say_left(host, target, err);
	}
	return rc;
}

const struct hd_knob hd_knob_session = {
	.name = "session",
	.get = session_get,
	.set = session_set,
	.awaits_programs = true,
	.is_kept = true,
};
