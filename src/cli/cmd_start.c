/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * cmd_start.c - starts a guest, with another device in the place of one that is gone or taken.
 *
 * libvirt ignores what a hook prints before a start, so that only who starts the guest can choose.
 */
#include "config.h"

#include <errno.h>
#include <string.h>

#include "cli/choose_again.h"
#include "cli/move_guest.h"
#include "cli/options.h"
#include "cli/show_report.h"
#include "virt/guest_power.h"

#define LOOK_MS 5000
#define START_MS 300000		/* memory of a guest with a function is pinned when it starts */

static const struct hd_option *const options[] = {
	&hd_opt_uri, &hd_opt_dry_run, &hd_opt_sysroot, &hd_opt_json, &hd_opt_color, &hd_opt_help, NULL,
};

/* What it goes on with is written in its image, where nobody replaces it. */
static bool is_saved(struct hd_run *run, const struct hd_guest_scope *scope)
{
	struct hd_error ignored;

	return hd_guest_power(run->context.arena, run->options->uri, scope->guest.uuid, HD_POWER_START, true,
			      LOOK_MS, &ignored) > 0;
}

static enum hd_exit read_request(struct hd_request *ret, struct hd_run *run,
				 const struct hd_guest_scope *scope, struct hd_error *err)
{
	const char *xml = scope->guest.config;

	*ret = (struct hd_request){ 0 };
	if (!xml || scope->guest.live)
		return HD_EXIT_OK;	/* it runs */
	return hd_request_parse(ret, run->context.arena, xml, strlen(xml), err) < 0 ? HD_EXIT_HOST :
	       HD_EXIT_OK;
}

/* Most guests take what they are defined with, and wait for nobody who chooses. */
static enum hd_exit choose_devices(struct hd_run *run, struct hd_choice *choice,
				   struct hd_guest_scope *scope, struct hd_notes *notes,
				   struct hd_error *err)
{
	struct hd_device_move *moves = NULL;
	struct hd_request request;
	size_t n = 0;
	enum hd_exit code = read_request(&request, run, scope, err);

	if (code != HD_EXIT_OK || !request.policy.n_anys)
		return code;
	if (is_saved(run, scope)) {
		hd_notes_add(notes, run->context.arena, "guest '%s' goes on from its saved state, with the "
			     "devices in that", scope->name);
		return HD_EXIT_OK;
	}
	code = hd_choice_open(choice, run, err);
	/* Somebody else may have chosen for it meanwhile. */
	if (code == HD_EXIT_OK)
		code = hd_guest_scope_read(scope, run, run->args[0], err);
	if (code == HD_EXIT_OK)
		code = read_request(&request, run, scope, err);
	if (code == HD_EXIT_OK)
		code = hd_choose_again(&moves, &n, run, &request, notes, err);
	return code == HD_EXIT_OK ? hd_move_guest(run, scope, moves, n, notes, err) : code;
}

/* The hook judges the devices again, and takes them. */
static enum hd_exit power_on(struct hd_run *run, const struct hd_guest_scope *scope,
			     struct hd_notes *notes, struct hd_error *err)
{
	int rc = hd_guest_power(run->context.arena, run->options->uri, scope->guest.uuid,
				HD_POWER_CREATE, run->options->dry_run, START_MS, err);

	if (rc == -ETIMEDOUT)
		return hd_fail_as(HD_EXIT_STRANDED, err, rc, "guest '%s': libvirt did not answer within "
				  "%d s, and may still start it: see 'virsh domstate %s'", scope->name,
				  START_MS / 1000, scope->word);
	if (rc < 0) {
		(void)hd_wrap(err, "guest '%s'", scope->name);
		return HD_EXIT_HOST;
	}
	hd_notes_add(notes, run->context.arena, "guest '%s' %s", scope->name,
		     rc == 0 ? "runs already" : run->options->dry_run ? "would be started" :
		     "is started");
	return HD_EXIT_OK;
}

static enum hd_exit start_guest(struct hd_run *run, struct hd_choice *choice, struct hd_notes *notes,
				struct hd_error *err)
{
	struct hd_guest_scope scope;
	enum hd_exit code = hd_guest_scope_read(&scope, run, run->args[0], err);

	if (code == HD_EXIT_OK)
		code = choose_devices(run, choice, &scope, notes, err);
	/* From here on the definition says what is chosen. */
	hd_choice_close(choice);
	return code == HD_EXIT_OK ? power_on(run, &scope, notes, err) : code;
}

static enum hd_exit run_start(struct hd_run *run, struct hd_error *err)
{
	_cleanup_(hd_choice_close) struct hd_choice choice = { .lock = -1 };
	struct hd_change change = { .dir_fd = -1, .context = &run->context };
	enum hd_exit code = start_guest(run, &choice, &change.notes, err);

	return hd_show_change(run, &change, NULL, false, code, err);
}

const struct hd_command hd_cmd_start = {
	.name = "start",
	.args = "GUEST",
	.min_args = 1,
	.max_args = 1,
	.summary = "Start a guest, and choose again if a device of 'attach --any' is taken.",
	.options = options,
	.needs_root = true,
	.run = run_start,
};
