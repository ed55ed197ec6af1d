/* SPDX-License-Identifier: GPL-2.0-or-later */
/* build_step.c - the steps of a plan while it is built. */
#include "config.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "plan/build.h"

static int write_state(char buf[static HD_STATE_MAX], const char *driver, const char *override,
		       struct hd_error *err)
{
	bool has_override = override && *override;
	int n = snprintf(buf, HD_STATE_MAX, "%s%s%s", driver, has_override ? ":" : "",
			 has_override ? override : "");

	if (n < 0 || n >= HD_STATE_MAX)
		return hd_fail(err, -ENAMETOOLONG, "the driver name %.100s... is too long",
			       driver);
	return 0;
}

int hd_build_state(char buf[static HD_STATE_MAX], const struct hd_pci_fn *fn,
		   struct hd_error *err)
{
	return write_state(buf, fn->driver ? fn->driver : HD_UNBOUND, fn->driver_override, err);
}

struct hd_step *hd_build_step(struct hd_build *build, const struct hd_knob *knob, int stage,
			      const char *target)
{
	struct hd_step *step = hd_append(build->arena, &build->plan.steps, &build->plan.n,
					 sizeof(*step));

	step->knob = knob;
	step->stage = stage;
	step->group = HD_NO_GROUP;
	(void)snprintf(step->target, sizeof(step->target), "%s", target);
	return step;
}

int hd_build_function(struct hd_build *build, const struct hd_knob *knob,
		      const struct hd_pci_fn *fn, const char *to, const char *why)
{
	struct hd_step *step = hd_build_step(build, knob, HD_STAGE_FUNCTIONS, fn->name);
	int rc = hd_build_state(step->from, fn, build->err);

	step->group = fn->group;
	step->why = why;
	if (rc == 0 && to)
		rc = write_state(step->to, to, NULL, build->err);
	else if (rc == 0)
		rc = write_state(step->to, HD_UNBOUND, fn->driver_override, build->err);
	return rc;
}

int hd_build_finish(const struct hd_build *build, struct hd_plan *ret)
{
	if (build->plan.n > HD_PLAN_MAX)
		return hd_fail(build->err, -E2BIG, "%zu changes at once are more than %d",
			       build->plan.n, HD_PLAN_MAX);
	*ret = build->plan;
	return 0;
}
