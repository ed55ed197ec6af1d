/* SPDX-License-Identifier: GPL-2.0-or-later */
/* rehearsal_unit.c - runs a rehearsal in a transient unit of systemd, with a dead man's switch. */
#include "config.h"

#include <errno.h>
#include <string.h>

#include "act/rehearsal_unit.h"
#include "base/clock.h"
#include "base/spawn.h"
#include "base/text.h"
#include "run/undo.h"

#define MARGIN_S 10		/* for what is read, written and started */
#define KILL_S 2		/* what a stage needs more than its deadline to be given up */
#define MAX_ARGS 20
#define SHOWN_LINES 20

void hd_rehearsal_unit_bounds(struct hd_rehearsal_unit *ret, const struct hd_plan *plan,
			      const struct hd_apply *apply, int wait_ms)
{
	int way_s = wait_ms / 1000 + MARGIN_S;

	for (size_t first = 0, end; first < plan->n; first = end) {
		for (end = first; end < plan->n && plan->steps[end].stage ==
			     plan->steps[first].stage; end++)
			;
		way_s += hd_stage_ms(plan, first, end, &apply->host, apply->step_deadline_ms) / 1000 +
			 KILL_S;
	}
	ret->work_s = 2 * way_s;
	ret->recover_s = way_s;
}

/* systemd takes a command apart at blanks, quotes, "%" and "$" (systemd.service(5)). */
static bool is_plain(const char *path)
{
	return *path == '/' && hd_text_has_only(path, "/._-+");
}

static void fill_argv(const char *argv[static MAX_ARGS], struct hd_arena *arena,
		      const struct hd_rehearsal_unit *unit)
{
	const char *const words[] = {
		unit->systemd_run, "--quiet", "--wait", "--collect", "--no-ask-password",
		"--service-type=exec",
		hd_printf(arena, "--unit=" HD_REHEARSAL_UNIT "%s", unit->uuid),
		"--description=hostdevctl: rehearsal of a hand-over",
		hd_printf(arena, "--property=RuntimeMaxSec=%d", unit->hold_s + unit->work_s),
		hd_printf(arena, "--property=TimeoutStopSec=%d", unit->recover_s),
		hd_printf(arena, "--property=ExecStopPost=%s recover", unit->program),
		"--", unit->program, "rehearse", unit->uuid,
		hd_printf(arena, "%d", unit->hold_s),
		unit->uri ? hd_printf(arena, "--connect=%s", unit->uri) : NULL, NULL,
	};

	memcpy(argv, words, sizeof(words));
}

static const char *read_output(struct hd_arena *arena, struct hd_spawn *spawn, int64_t deadline)
{
	char line[HD_SPAWN_LINE];
	const char *text = "";
	size_t n = 0;

	while (hd_spawn_line(spawn, line, deadline) > 0)
		if (n++ < SHOWN_LINES)
			text = hd_printf(arena, "%s%s%s", text, *text ? "\n" : "",
					 hd_text_printable(arena, line, sizeof(line)));
	return text;
}

int hd_rehearsal_unit_run(const char **ret, struct hd_arena *arena,
			  const struct hd_rehearsal_unit *unit, struct hd_error *err)
{
	static const char *const environment[] = { "PATH=/usr/sbin:/usr/bin:/sbin:/bin", NULL };
	const int64_t deadline = hd_now_ms() + 1000LL * (unit->hold_s + unit->work_s +
							 3 * unit->recover_s);
	const char *argv[MAX_ARGS];
	struct hd_spawn spawn;
	char uuid[37];
	int rc;

	if (!hd_text_uuid(unit->uuid, uuid) || !is_plain(unit->program))
		return hd_fail(err, -EINVAL, "%s cannot be named in a unit of systemd",
			       unit->program);
	fill_argv(argv, arena, unit);
	rc = hd_spawn_start_as(&spawn, argv, environment, -1, err);
	if (rc < 0)
		return hd_wrap(err, "a rehearsal needs systemd, which brings the screen back if it fails");
	*ret = read_output(arena, &spawn, deadline);
	rc = hd_spawn_end(&spawn, deadline);
	return rc < 0 ? hd_fail(err, rc, "%s did not end as it should; see 'hostdevctl status' "
				"and 'journalctl -u " HD_REHEARSAL_UNIT "%s'", unit->systemd_run,
				unit->uuid) : rc;
}
