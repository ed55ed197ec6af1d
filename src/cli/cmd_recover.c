/* SPDX-License-Identifier: GPL-2.0-or-later */
/* cmd_recover.c - gives back what a crash left taken, if nobody uses it now. */
#include "config.h"

#include <errno.h>

#include "act/change_options.h"
#include "base/clock.h"
#include "cli/options.h"
#include "knob/knobs.h"
#include "report/handover_notice.h"
#include "report/plan_words.h"
#include "report/recovery_json.h"
#include "run/recover.h"

static const struct hd_option *const options[] = {
	&hd_opt_boot, &hd_opt_sysroot, &hd_opt_json, &hd_opt_help, NULL,
};

static void tell_others(const struct hd_run *run, const struct hd_recovery *recovery)
{
	const struct hd_handover_record record = {
		.is_back = true, .code = recovery->result, .plan = &recovery->plan,
	};

	if (hd_handover_notice_put(&run->context.root, &record) < 0)
		(void)fputs("hostdevctl: not all logins and text consoles will show it\n", run->notes);
}

/*
 * A hook that a dead daemon left behind may be in the middle of a hand-over, and nobody gives back later
 * what it takes: the next daemon waits for its end.  hostdevctl-recover.service has as much time again.
 */
#define BOOT_WAIT_MS 240000

static int64_t lock_deadline(const struct hd_run *run)
{
	return hd_now_ms() + (run->options->boot ? BOOT_WAIT_MS :
						   run->context.config.lock_deadline_ms);
}

/* A report that cannot be written does not hide what happened. */
static enum hd_exit show_recovery(struct hd_run *run, const struct hd_recovery *recovery,
				  const struct hd_error *err)
{
	run->is_reported = true;
	if (run->options->json && hd_recovery_json(run->out, run->context.arena, recovery, err) < 0)
		return HD_EXIT_HOST > recovery->result ? HD_EXIT_HOST : recovery->result;
	if (run->options->json)
		return recovery->result;
	if (recovery->text)
		hd_put_text(run->out, recovery->text, "");
	(void)fprintf(run->out, "given back: %zu, still in use: %zu\n", recovery->n_given_back,
		      recovery->n_busy);
	return recovery->result;
}

static enum hd_exit recover(struct hd_run *run, int dir_fd, struct hd_error *err)
{
	struct hd_change change = { .context = &run->context, .dir_fd = dir_fd,
				    .program = HD_SELF };
	struct hd_apply apply = hd_change_apply(&change);
	struct hd_recovery recovery = { 0 };

	apply.is_boot = run->options->boot;
	hd_recover_all(&recovery, run->context.arena, &apply, hd_knobs_all,
		       lock_deadline(run));
	tell_others(run, &recovery);
	if (recovery.result != HD_EXIT_OK)
		hd_fail(err, -EIO, "some devices could not be given back; see 'hostdevctl status'");
	return show_recovery(run, &recovery, err);
}

static enum hd_exit run_recover(struct hd_run *run, struct hd_error *err)
{
	const struct hd_recovery none = { .n_busy = 0 };
	_cleanup_(hd_close) int fd = -1;
	int rc = hd_state_dir_peek(&run->context, &fd, err);

	if (rc < 0)
		return HD_EXIT_HOST;
	if (rc > 0)
		return recover(run, fd, err);
	if (run->options->json)
		return show_recovery(run, &none, err);
	(void)fputs("nothing to recover\n", run->out);
	return HD_EXIT_OK;
}

const struct hd_command hd_cmd_recover = {
	.name = "recover",
	.summary = "Give back devices that a crash left taken and that nothing uses.",
	.options = options,
	.needs_root = true,
	.gives_back = true,
	.run = run_recover,
};
