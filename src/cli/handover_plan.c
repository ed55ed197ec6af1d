/* SPDX-License-Identifier: GPL-2.0-or-later */
/* handover_plan.c - what a start that gets the graphics card would end and change, and why. */
#include "config.h"

#include <string.h>

#include "act/host_change.h"
#include "act/rehearse.h"
#include "act/request_devices.h"
#include "base/text.h"
#include "cli/handover_modes.h"
#include "cli/operands.h"
#include "cli/show_report.h"
#include "report/handover_ends.h"
#include "report/report_json.h"

static const char *word_of(const struct hd_run *run, const struct hd_request *request)
{
	return hd_guest_word(run->context.arena, request->name ? request->name : "", request->uuid);
}

/* NULL: it has one. */
static const char *tell_no_card(const struct hd_run *run, const struct hd_checked *judged)
{
	struct hd_arena *arena = run->context.arena;
	struct hd_displays displays;

	for (size_t i = 0; i < judged->facts.n_fns; i++)
		if (judged->facts.fns[i].is_requested &&
		    hd_pci_fn_is_display(&judged->facts.fns[i].fn))
			return NULL;
	hd_displays_find(&displays, &run->context.root, arena);
	if (!displays.n)
		return "the guest has no graphics card, and no card of this host has a driver: see "
		       "'hostdevctl list gpu'";
	return hd_printf(arena, "the guest has no graphics card: 'hostdevctl attach %s %s --config' gives it a "
			 "card of this host ('hostdevctl list gpu' shows all)",
			 word_of(run, &judged->request), displays.names[0]);
}

static const char *why_nothing_ends(const struct hd_run *run, const struct hd_handover_view *view)
{
	if (view->no_card)
		return hd_printf(run->context.arena, "nothing ends: %s", view->no_card);
	return "nothing ends: no session and no service uses a graphics card that this guest gets";
}

static enum hd_exit build_plan(struct hd_handover_view *view, struct hd_run *run,
			       struct hd_error *err)
{
	const struct hd_checked *judged = &view->judged;
	struct hd_knobs knobs = hd_binders[HD_BINDER_SYSFS];

	knobs.managed = NULL;
	view->no_card = tell_no_card(run, judged);
	if (!judged->findings.is_ready)
		return HD_EXIT_OK;
	if (hd_plan_for_start(&view->plan, run->context.arena, &judged->request, &judged->facts,
			      &knobs, err) < 0)
		return HD_EXIT_HOST;
	hd_notes_unmoved(&view->notes, run->context.arena, judged, &view->plan);
	if (!judged->facts.handover.is_needed)
		hd_notes_add(&view->notes, run->context.arena, "%s", why_nothing_ends(run, view));
	return HD_EXIT_OK;
}

enum hd_exit hd_handover_view_with(struct hd_handover_view *ret, struct hd_run *run, const char *xml,
				   const struct hd_handover *policy, struct hd_error *err)
{
	struct hd_checked *judged = &ret->judged;
	enum hd_exit code = hd_request_from_xml(judged, &run->context, xml, strlen(xml), err);

	if (code != HD_EXIT_OK)
		return code;
	judged->request.policy.handover = *policy;
	judged->query.handover = &judged->request.policy.handover;
	ret->is_enabled = true;
	code = hd_checked_run(judged, &run->context, err);
	if (code != HD_EXIT_OK)
		return code;
	if (!judged->findings.is_ready)
		hd_notes_add(&ret->notes, run->context.arena, "as the host is now, a start would be refused "
			     "for the errors above; the hand-over can be enabled all the same");
	return build_plan(ret, run, err);
}

enum hd_exit hd_handover_view(struct hd_handover_view *ret, struct hd_run *run,
			      struct hd_error *err)
{
	struct hd_handover *policy = &ret->judged.request.policy.handover;
	enum hd_exit code = hd_request_from_guest(&ret->judged, run, err);

	if (code != HD_EXIT_OK)
		return code;
	ret->is_enabled = policy->is_asked;
	if (!policy->is_asked) {
		*policy = (struct hd_handover){ .is_asked = true, .ends_sessions = true };
		ret->judged.query.handover = policy;
		hd_notes_add(&ret->notes, run->context.arena, "the hand-over is not enabled: a "
			     "start is refused until you run 'hostdevctl handover %s --enable'",
			     word_of(run, &ret->judged.request));
	}
	if (run->options->rehearse)
		hd_rehearsal_unmanage(&ret->judged.request);
	code = hd_checked_run(&ret->judged, &run->context, err);
	return code == HD_EXIT_OK ? build_plan(ret, run, err) : code;
}

enum hd_exit hd_handover_show(struct hd_run *run, const struct hd_handover_view *view,
			      struct hd_error *err)
{
	_cleanup_(hd_json_free) json_t *ends = hd_json_handover_ends(&view->judged.facts);
	int bad = json_object_set_new(ends, "enabled", json_boolean(view->is_enabled));
	bool is_ready = view->judged.findings.is_ready;
	const struct hd_report report = {
		.title = view->judged.title,
		.findings = &view->judged.findings,
		.plan = is_ready ? &view->plan : NULL,
		.handover = ends,
		.show_passed = run->options->verbose,
		.notes = view->notes.lines,
		.n_notes = view->notes.n,
	};
	enum hd_exit code;

	if (bad)
		hd_oom();
	code = hd_show_report(run, &report, err);
	if (!run->options->json)
		hd_put_handover_ends(run->out, &view->judged.facts);
	return code == HD_EXIT_OK && !is_ready ? HD_EXIT_REFUSED : code;
}
