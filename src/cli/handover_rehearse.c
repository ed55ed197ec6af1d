/* SPDX-License-Identifier: GPL-2.0-or-later */
/* handover_rehearse.c - rehearses a hand-over after its plan is shown, and shows how it went. */
#include "config.h"

#include <errno.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "act/host_change.h"
#include "act/rehearsal_unit.h"
#include "base/text.h"
#include "cli/confirm.h"
#include "cli/handover_modes.h"
#include "cli/rehearsal.h"
#include "report/handover_notice.h"
#include "report/handover_report.h"
#include "virt/guest_xml.h"

#define PATH_SIZE 4096

/* The report of the guest with this UUID, if it is not older than SINCE. */
static enum hd_exit show_report(struct hd_run *run, const char *uuid, time_t since,
				const char *otherwise, struct hd_error *err)
{
	struct hd_handover_report report;
	int rc = hd_handover_report_read(&report, &run->context.root, run->context.arena, uuid, err);

	if (rc == -ENOENT || (rc == 0 && report.changed < since))
		return hd_fail_as(HD_EXIT_HOST, err, -ENOENT, "%s", otherwise);
	if (rc < 0)
		return HD_EXIT_HOST;
	run->is_reported = true;
	if (hd_handover_report_put(run->out, &report, run->options->json) < 0)
		return hd_fail_as(HD_EXIT_HOST, err, -EIO, "cannot write the report");
	hd_handover_notice_read(&run->context.root);
	return report.code;
}

/*
 * What is recorded comes first: libvirt may no longer have the guest, and its daemon may not
 * answer when the report is needed most.  It is asked for a guest that was renamed since.
 */
enum hd_exit hd_handover_report(struct hd_run *run, struct hd_error *err)
{
	struct hd_arena *arena = run->context.arena;
	const char *name = run->args[0], *uuid;
	struct hd_virt_guest guest;
	char key[37];
	int rc = 0;

	if (hd_text_uuid(name, key))
		uuid = key;
	else
		rc = hd_handover_report_find(&uuid, &run->context.root, arena, name, err);
	if (rc == -ENOENT) {
		rc = hd_guest_state(&guest, arena, run->options->uri, name, err);
		uuid = guest.uuid;
	}
	return rc < 0 ? HD_EXIT_HOST : show_report(run, uuid, 0, hd_printf(arena, "nothing is recorded for "
			   "this guest: neither a rehearsal ('hostdevctl handover %s --rehearse') nor a start that "
			   "handed over its card", hd_guest_word(arena, name, uuid)), err);
}

static enum hd_exit run_unit(struct hd_run *run, const struct hd_handover_view *view, int seconds,
			     struct hd_error *err)
{
	const struct hd_change change = {
		.context = &run->context, .knobs = hd_binders[run->context.config.hook_binder] };
	const struct hd_config *config = &run->context.config;
	const struct hd_apply apply = hd_change_apply(&change);
	char program[PATH_SIZE] = "";
	struct hd_rehearsal_unit unit = {
		.systemd_run = HD_SYSTEMD_RUN, .program = program, .hold_s = seconds,
		.uuid = view->judged.request.uuid, .uri = run->options->uri,
	};
	time_t begin = time(NULL);
	const char *output = "";
	int rc;

	if (readlink("/proc/self/exe", program, sizeof(program) - 1) < 0)
		return hd_fail_as(HD_EXIT_HOST, err, -errno, "cannot find this program: %s",
				  strerror(errno));
	hd_rehearsal_unit_bounds(&unit, &view->plan, &apply,
				 config->read_deadline_ms + config->lock_deadline_ms);
	(void)fprintf(run->notes, "rehearsing for about %d s; if the screen stays dark: log in by a "
		      "text console or ssh and run 'hostdevctl recover'\n", seconds);
	rc = hd_rehearsal_unit_run(&output, run->context.arena, &unit, err);
	if (rc < 0)
		return HD_EXIT_HOST;
	return show_report(run, unit.uuid, begin, hd_printf(run->context.arena, "the rehearsal did "
			   "not start: %s; see 'journalctl -u " HD_REHEARSAL_UNIT "%s'",
			   *output ? output : "systemd gave no reason", unit.uuid), err);
}

/* A host that does not run has no systemd, and no screen. */
static enum hd_exit run_here(struct hd_run *run, const struct hd_handover_view *view, int seconds,
			     struct hd_error *err)
{
	struct hd_checked checked = { .title = view->judged.title,
				      .request = view->judged.request,
				      .query = view->judged.query };
	struct hd_error ignored;
	enum hd_exit code = hd_rehearse_here(run, &checked, seconds, err);

	(void)show_report(run, checked.request.uuid, 0, "", &ignored);
	return code;
}

static enum hd_exit look_before(struct hd_run *run, const struct hd_handover_view *view,
				struct hd_error *err)
{
	const struct hd_request *request = &view->judged.request;
	const char *word = hd_guest_word(run->context.arena, request->name ? request->name : "",
					 request->uuid);
	enum hd_exit code = HD_EXIT_OK;

	if (!view->is_enabled)
		return hd_rehearse_refuse(run->context.arena, &view->judged.request, err);
	if (!view->judged.findings.is_ready || !run->options->json)
		code = hd_handover_show(run, view, err);
	if (code != HD_EXIT_OK)
		return code;
	if (view->no_card)
		return hd_fail_as(HD_EXIT_REFUSED, err, -ENODEV, "nothing to rehearse: %s; then "
				  "'hostdevctl handover %s' shows what its start ends", view->no_card,
				  word);
	if (view->judged.facts.guests.n_own)
		return hd_fail_as(HD_EXIT_REFUSED, err, -EBUSY, "the guest runs: shut it down first "
				  "(`virsh shutdown %s`)", word);
	if (run->context.root.is_live && run->options->xml)
		return hd_fail_as(HD_EXIT_USAGE, err, -EINVAL, "--rehearse needs a guest that "
				  "libvirt has, not a file: 'virsh define FILE', then 'hostdevctl handover "
				  "%s --rehearse'", word);
	return HD_EXIT_OK;
}

static enum hd_exit rehearse(struct hd_run *run, const struct hd_handover_view *view, int seconds,
			     struct hd_error *err)
{
	enum hd_exit code = look_before(run, view, err);

	if (code != HD_EXIT_OK || run->options->dry_run)
		return code;
	code = hd_confirm(run, hd_printf(run->context.arena, "End what is listed, hold the card for "
			  "%d s without a screen, and give it back?", seconds), err);
	if (code != HD_EXIT_OK)
		return code;
	return run->context.root.is_live ? run_unit(run, view, seconds, err) :
					   run_here(run, view, seconds, err);
}

enum hd_exit hd_handover_rehearse(struct hd_run *run, struct hd_error *err)
{
	int n_guests = run->options->xml ? 0 : 1, seconds;
	struct hd_handover_view view = { .judged = { 0 } };
	enum hd_exit code;

	code = hd_rehearse_seconds(&seconds, run->n_args > n_guests ? run->args[n_guests] : NULL,
				   err);
	if (code == HD_EXIT_OK)
		code = hd_handover_view(&view, run, err);
	if (code == HD_EXIT_OK)
		code = rehearse(run, &view, seconds, err);
	hd_checked_close(&view.judged);
	return code;
}
