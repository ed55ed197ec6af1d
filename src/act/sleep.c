/* SPDX-License-Identifier: GPL-2.0-or-later */
/* sleep.c - may the host go to sleep, and what happens to its guests before that? */
#include "config.h"

#include <errno.h>
#include <string.h>
#include <time.h>

#include "act/host_change.h"
#include "act/sleep.h"
#include "act/sleep_state.h"
#include "base/clock.h"
#include "base/log.h"
#include "base/text.h"
#include "virt/guest_power.h"

#define LOOK_MS 5000	/* for a look at a guest that the last sleep left */

/* What a guest's action is called, how it is done, and how it is recorded. */
static const struct {
	const char *would, *done, *failed;
	enum hd_virt_power power;
	enum hd_sleep_state state;
} actions[] = {
	[HD_SLEEP_PAUSE] = { "would be paused", "is paused", "paused",
			     HD_POWER_PAUSE, HD_SLEPT_PAUSED },
	[HD_SLEEP_SAVE] = { "would be saved", "is saved", "saved", HD_POWER_SAVE, HD_SLEPT_SAVED },
	[HD_SLEEP_REFUSE] = { "would keep the host from sleeping", NULL, NULL, HD_POWER_MAX,
			      HD_SLEEP_STATE_MAX },
};
_Static_assert(HD_ARRAY_SIZE(actions) == HD_SLEEP_ACTION_MAX, "a row for each");

void hd_sleep_say(struct hd_sleep_job *job, enum hd_exit code, const char *line)
{
	hd_notes_add(&job->notes, job->context->arena, "%s", line);
	if (!job->dry_run)
		hd_log(code == HD_EXIT_OK ? LOG_NOTICE : LOG_WARNING, "sleep: %s", line);
	if (code > job->code)
		job->code = code;
}

/* What of the guest decides: its most sensitive device. */
static const char *reason(const struct hd_sleep_guest *guest)
{
	for (size_t i = 0; i < guest->n_devices; i++)
		if (guest->devices[i].action == guest->action)
			return guest->devices[i].why;
	return "";
}

static void tell_plan(struct hd_sleep_job *job, const struct hd_sleep_guests *guests)
{
	struct hd_arena *arena = job->context->arena;

	for (size_t i = 0; i < guests->n; i++) {
		const struct hd_sleep_guest *guest = &guests->items[i];

		hd_sleep_say(job, guest->action == HD_SLEEP_REFUSE ? HD_EXIT_REFUSED : HD_EXIT_OK,
			     hd_printf(arena, "guest '%s' %s: it has %s: %s", guest->name,
				       actions[guest->action].would,
				       hd_sleep_devices(arena, guest, guest->action),
				       reason(guest)));
	}
}

static void tell_refusal(struct hd_sleep_job *job, const struct hd_sleep_guests *guests)
{
	struct hd_arena *arena = job->context->arena;

	for (size_t i = 0; i < guests->n; i++) {
		const struct hd_sleep_guest *guest = &guests->items[i];

		if (guest->action != HD_SLEEP_REFUSE)
			continue;
		hd_sleep_say(job, HD_EXIT_REFUSED,
			     hd_printf(arena, "the host does not sleep: guest '%s' has %s: %s; run "
				       "`virsh %s %s` first", guest->name,
				       hd_sleep_devices(arena, guest, HD_SLEEP_REFUSE),
				       reason(guest), guest->can_save ? "managedsave" : "shutdown",
				       hd_guest_word(arena, guest->name, guest->uuid)));
	}
}

/* Unknown counts as used. */
static void tell_unknown(struct hd_sleep_job *job, const struct hd_sleep_guests *guests)
{
	if (guests->unknown)
		hd_sleep_say(job, HD_EXIT_REFUSED,
			     hd_printf(job->context->arena, "the host does not sleep: which guests "
				       "have host devices is unknown: %s", guests->unknown));
}

static bool fail_guest(struct hd_sleep_job *job, const struct hd_sleep_guest *guest,
		       const char *why)
{
	struct hd_arena *arena = job->context->arena;

	hd_sleep_say(job, HD_EXIT_REFUSED,
		     hd_printf(arena, "the host does not sleep: guest '%s' has %s and cannot be "
			       "%s: %s; run `virsh shutdown %s` first", guest->name,
			       hd_sleep_devices(arena, guest, HD_SLEEP_PAUSE),
			       actions[guest->action].failed, why, hd_guest_word(arena, guest->name, guest->uuid)));
	return false;
}

static int ask_guest(const struct hd_sleep_job *job, const struct hd_sleep_guest *guest,
		     bool only_looks, int64_t deadline, struct hd_error *err)
{
	int left = hd_ms_left(deadline);

	if (!left)
		return hd_fail(err, -ETIME, "[sleep] deadline of hostdevctl.conf is over");
	return hd_guest_power(job->context->arena, job->uri, guest->uuid,
			      actions[guest->action].power, only_looks, left, err);
}

/*
 * The record comes first: whatever happens to this process, hd_wake_guests() knows whom to wake.
 * A guest that somebody else has paused stays so.
 */
static bool stop_guest(struct hd_sleep_job *job, const struct hd_sleep_guest *guest, int dir_fd,
		       int64_t deadline)
{
	struct hd_sleep_record record = { .state = actions[guest->action].state,
					  .time = (int64_t)time(NULL), .guest = guest->name,
					  .outcome = "" };
	struct hd_arena *arena = job->context->arena;
	struct hd_error err = { 0 };
	int rc = ask_guest(job, guest, true, deadline, &err);

	if (rc < 0)
		return fail_guest(job, guest, hd_strdup(arena, err.text));
	if (!rc)
		return true;
	memcpy(record.uuid, guest->uuid, sizeof(record.uuid));
	rc = hd_sleep_record_write(&record, dir_fd);
	if (rc < 0)
		return fail_guest(job, guest, hd_printf(arena, "cannot record it: %s",
							strerror(-rc)));
	rc = ask_guest(job, guest, false, deadline, &err);
	if (rc < 0)
		return fail_guest(job, guest, hd_strdup(arena, err.text));
	hd_sleep_say(job, HD_EXIT_OK,
		     hd_printf(arena, "guest '%s' %s while the host sleeps: it has %s", guest->name,
			       actions[guest->action].done,
			       hd_sleep_devices(arena, guest, HD_SLEEP_PAUSE)));
	return true;
}

static int look_at_guest(const struct hd_sleep_job *job, const char *uuid, enum hd_virt_power what,
			 int64_t deadline)
{
	int left = hd_ms_left(deadline);
	struct hd_error ignored;

	return left ? hd_guest_power(job->context->arena, job->uri, uuid, what, true,
				     left < LOOK_MS ? left : LOOK_MS, &ignored) : -ETIME;
}

/*
 * Did the last sleep stop it, and nobody has resumed or started it since?  Unknown: it may be so.  A look
 * whether an active guest can be resumed would cancel a save (virt/power_calls.c).
 */
static bool is_still_stopped(const struct hd_sleep_job *job, const char *uuid, int64_t deadline)
{
	int is_active = look_at_guest(job, uuid, HD_POWER_SAVE, deadline), rc;

	if (is_active < 0)
		return is_active != -ENOENT;
	rc = look_at_guest(job, uuid, is_active ? HD_POWER_PAUSE : HD_POWER_START, deadline);
	if (rc < 0)
		return rc != -ENOENT;
	return is_active ? !rc : rc;
}

/*
 * How the guests woke the last time; this time it may be other ones.  Of one that never went on
 * only this record tells that its user did not stop it.
 */
static void forget_last(const struct hd_sleep_job *job, int dir_fd, int64_t deadline)
{
	struct hd_sleep_record *records = NULL;
	ssize_t n = hd_sleep_record_list(&records, job->context->arena, dir_fd);

	for (ssize_t i = 0; i < n; i++)
		if (records[i].state == HD_SLEPT_WOKEN &&
		    !is_still_stopped(job, records[i].uuid, deadline))
			hd_sleep_record_remove(records[i].uuid, dir_fd);
}

static enum hd_exit stop_all(struct hd_sleep_job *job, const struct hd_sleep_guests *guests,
			     struct hd_error *err)
{
	_cleanup_(hd_change_close) struct hd_change change = { .context = job->context,
							      .dir_fd = -1 };
	int64_t deadline = hd_now_ms() + job->context->config.sleep_deadline_ms;
	size_t i = 0;

	if (hd_change_open_state(&change, err) < 0)
		return HD_EXIT_HOST;
	forget_last(job, change.dir_fd, deadline);
	while (i < guests->n && stop_guest(job, &guests->items[i], change.dir_fd, deadline))
		i++;
	/* The unit runs `wake` after a sleep that failed. */
	job->may_come_again = true;
	if (i < guests->n)
		hd_wake_recorded(job, change.dir_fd);
	return job->code;
}

static enum hd_exit show_plan(struct hd_sleep_job *job, const struct hd_sleep_guests *guests)
{
	if (job->context->config.sleep_guests == HD_SLEEP_IGNORED)
		hd_sleep_say(job, HD_EXIT_OK, "[sleep] guests is ignore in hostdevctl.conf, so nothing "
					      "is done when the host sleeps; with auto:");
	tell_unknown(job, guests);
	tell_plan(job, guests);
	return job->code;
}

enum hd_exit hd_sleep_guests(struct hd_sleep_job *job, struct hd_error *err)
{
	enum hd_sleep_policy policy = job->context->config.sleep_guests;
	struct hd_sleep_guests guests = { .n = 0 };

	if (policy == HD_SLEEP_IGNORED && !job->dry_run)
		return HD_EXIT_OK;
	if (hd_sleep_decide(&guests, &job->context->root, job->context->arena,
			    policy == HD_SLEEP_IGNORED ? HD_SLEEP_BY_DEVICE : policy, err) < 0)
		return HD_EXIT_HOST;
	if (job->dry_run)
		return show_plan(job, &guests);
	tell_unknown(job, &guests);
	tell_refusal(job, &guests);
	if (job->code != HD_EXIT_OK || !guests.n)
		return job->code;
	return stop_all(job, &guests, err);
}
