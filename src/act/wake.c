/* SPDX-License-Identifier: GPL-2.0-or-later */
/* wake.c - guests that were stopped for the host's sleep go on; do their devices still answer? */
#include "config.h"

#include <errno.h>
#include <string.h>

#include "act/host_change.h"
#include "act/sleep.h"
#include "act/sleep_state.h"
#include "base/clock.h"
#include "base/text.h"
#include "facts/pci/pci.h"
#include "facts/usb/usb.h"
#include "virt/guest_power.h"
#include "virt/libvirt_module.h"

/* Memory of a guest with a function is pinned when it starts. */
#define RESUME_MS 60000
#define START_MS 300000

/* By enum hd_sleep_state; one that woke is not stopped any more. */
static const struct {
	const char *verb, *stopped;
	enum hd_virt_power power;
	int deadline_ms;
} ways[] = {
	[HD_SLEPT_PAUSED] = { "resume", "paused", HD_POWER_RESUME, RESUME_MS },
	[HD_SLEPT_SAVED] = { "start", "saved", HD_POWER_START, START_MS },
};

static bool has_function(const struct hd_sysroot *root, struct hd_arena *arena,
			 const struct hd_sleep_device *device)
{
	struct hd_pci_fn fn = { 0 };
	struct hd_error ignored;

	return hd_pci_fn_read(&fn, root, arena, &device->claim->addr, &ignored) == 0 &&
	       fn.is_present && !fn.is_dead && !fn.unknown;
}

static bool has_usb(const struct hd_usb_list *usb, const struct hd_hostdev *dev)
{
	for (size_t i = 0; i < usb->n; i++)
		if (hd_usb_is_named(&usb->devs[i], dev))
			return true;
	return false;
}

static bool is_there(const struct hd_sysroot *root, struct hd_arena *arena,
		     const struct hd_usb_list *usb, const struct hd_sleep_device *device)
{
	if (device->claim)
		return has_function(root, arena, device);
	if (device->dev->kind == HD_DEVICE_USB)
		return has_usb(usb, device->dev);
	if (device->dev->kind == HD_DEVICE_SERIAL && device->dev->path)
		return hd_sysroot_has(root, "%s", device->dev->path + (*device->dev->path == '/'));
	return true;
}

/* Those of the guest that are gone or do not answer, or NULL. */
static const char *lost_devices(const struct hd_sleep_job *job, const struct hd_sleep_guest *guest)
{
	const struct hd_sysroot *root = &job->context->root;
	struct hd_arena *arena = job->context->arena;
	struct hd_usb_list usb = { .n = 0 };
	const char *lost = NULL;
	struct hd_error ignored;
	/* What cannot be read is not lost: nobody should stop a guest for that. */
	bool knows_usb = hd_usb_list_read(&usb, root, arena, &ignored) == 0;

	for (size_t i = 0; i < guest->n_devices; i++)
		if ((knows_usb || guest->devices[i].claim ||
		     guest->devices[i].dev->kind != HD_DEVICE_USB) &&
		    !is_there(root, arena, &usb, &guest->devices[i]))
			lost = hd_printf(arena, "%s%s%s", lost ? lost : "", lost ? ", " : "",
					 guest->devices[i].name);
	return lost;
}

/* Nothing is done for the guest after this: the record only says what is wrong. */
static void end_record(struct hd_sleep_job *job, struct hd_sleep_record *record, int dir_fd,
		       const char *outcome)
{
	record->state = HD_SLEPT_WOKEN;
	record->outcome = outcome;
	hd_sleep_say(job, HD_EXIT_STRANDED,
		     hd_printf(job->context->arena, "guest '%s': %s", record->guest, outcome));
	if (hd_sleep_record_write(record, dir_fd) < 0)
		hd_sleep_record_remove(record->uuid, dir_fd);
}

static void check_devices(struct hd_sleep_job *job, struct hd_sleep_record *record, int dir_fd)
{
	struct hd_sleep_guests guests = { .n = 0 };
	struct hd_arena *arena = job->context->arena;
	struct hd_error ignored;
	const char *lost = NULL;
	size_t i = 0;

	if (hd_sleep_decide(&guests, &job->context->root, arena, HD_SLEEP_BY_DEVICE, &ignored) < 0)
		return;
	while (i < guests.n && strcmp(guests.items[i].uuid, record->uuid) != 0)
		i++;
	if (i < guests.n)
		lost = lost_devices(job, &guests.items[i]);
	if (!lost) {
		hd_sleep_record_remove(record->uuid, dir_fd);
		return;
	}
	end_record(job, record, dir_fd,
		   hd_printf(arena, "%s did not come back from the host's sleep; shut the guest down and "
			     "start it again", lost));
}

/* Nobody else lets the guest go on, and a daemon may just restart. */
static int go_on(const struct hd_sleep_job *job, const struct hd_sleep_record *record,
		 int64_t deadline, struct hd_error *err)
{
	/* A start takes devices and gives them back each time that it fails: only the look is repeated. */
	bool looks_first = record->state == HD_SLEPT_SAVED;
	int rc;

	do {
		rc = hd_guest_power(job->context->arena, job->uri, record->uuid,
				    ways[record->state].power, looks_first,
				    ways[record->state].deadline_ms, err);
	} while (hd_virt_again(rc, deadline, err));
	if (rc > 0 && looks_first)
		rc = hd_guest_power(job->context->arena, job->uri, record->uuid,
				    ways[record->state].power, false,
				    ways[record->state].deadline_ms, err);
	return rc;
}

static void wake_guest(struct hd_sleep_job *job, struct hd_sleep_record *record, int dir_fd,
		       int64_t deadline)
{
	struct hd_arena *arena = job->context->arena;
	struct hd_error err = { 0 };
	int rc;

	if (job->dry_run) {
		hd_sleep_say(job, HD_EXIT_OK, hd_printf(arena, "guest '%s' would go on",
							record->guest));
		return;
	}
	rc = go_on(job, record, deadline, &err);
	/*
	 * libvirt does not say who paused a guest, or when.  From now on the user resumes it, and may
	 * pause it again: no later call undoes that.
	 */
	if (rc < 0 && rc != -ENOENT && job->may_come_again) {
		hd_sleep_say(job, HD_EXIT_STRANDED,
			     hd_printf(arena, "guest '%s' was %s and does not go on yet: %s; "
				       "'hostdevctl wake' tries again", record->guest,
				       ways[record->state].stopped, err.text));
		return;
	}
	if (rc < 0 && rc != -ENOENT) {
		end_record(job, record, dir_fd,
			   hd_printf(arena, "it was %s for the host's sleep and does not go on: run "
				     "`virsh %s %s` (%s)", ways[record->state].stopped,
				     ways[record->state].verb, record->uuid, err.text));
		return;
	}
	if (rc > 0)
		hd_sleep_say(job, HD_EXIT_OK, hd_printf(arena, "guest '%s' goes on", record->guest));
	check_devices(job, record, dir_fd);
}

void hd_wake_recorded(struct hd_sleep_job *job, int dir_fd)
{
	struct hd_sleep_record *records = NULL;
	ssize_t n = hd_sleep_record_list(&records, job->context->arena, dir_fd);
	int64_t deadline = hd_now_ms() + HD_VIRT_DAEMON_MS;	/* for all guests together */

	if (n < 0)
		hd_sleep_say(job, HD_EXIT_STRANDED,
			     hd_printf(job->context->arena, "which guests were stopped is unknown: %s",
				       strerror((int)-n)));
	for (ssize_t i = 0; i < n; i++)
		if (records[i].state != HD_SLEPT_WOKEN)
			wake_guest(job, &records[i], dir_fd, deadline);
		else
			hd_sleep_say(job, HD_EXIT_OK,
				     hd_printf(job->context->arena, "guest '%s': %s", records[i].guest,
					       records[i].outcome));
}

enum hd_exit hd_wake_guests(struct hd_sleep_job *job, struct hd_error *err)
{
	_cleanup_(hd_close) int fd = -1;
	int rc = hd_state_dir_peek(job->context, &fd, err);

	if (rc < 0)
		return HD_EXIT_HOST;
	if (rc > 0)
		hd_wake_recorded(job, fd);
	return job->code;
}
