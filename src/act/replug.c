/* SPDX-License-Identifier: GPL-2.0-or-later */
/* replug.c - which guests an event or a call by hand concerns, and when it is their turn. */
#include "config.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <time.h>

#include "act/host_change.h"
#include "act/replug.h"
#include "act/replug_guest.h"
#include "act/replug_state.h"
#include "base/clock.h"
#include "base/log.h"
#include "base/text.h"

#define GUEST_LOCK_MS 180000	/* another process may wait for a guest that releases a device */
#define SETTLE_POLL_MS 50
#define DISK_POLL_MS 1000	/* each look reads the whole bus, into memory that stays */

/* How long the host may need to see what the device is: drivers, disks, and disks that spin up. */
static const int settle_ms[] = {
	[HD_USB_COMES] = 1000,
	[HD_USB_SCANNED] = 10000,	/* usb-storage's delay_use is 1 s, and was 5 s */
	[HD_USB_SPINS_UP] = 110000,	/* the kernel waits for 100 s (Linux drivers/scsi/sd.c) */
	[HD_USB_SETTLED] = 0,
};
_Static_assert(HD_ARRAY_SIZE(settle_ms) == HD_USB_STAGE_MAX, "a row for each");

static const struct hd_usb_dev *find_dev(const struct hd_usb_list *usb, const char *port)
{
	for (size_t i = 0; port && i < usb->n; i++)
		if (!strcmp(usb->devs[i].port, port))
			return &usb->devs[i];
	return NULL;
}

/* Has this guest anything to do with the event? */
static bool is_concerned(struct hd_arena *arena, const struct hd_replug_guest *guest,
			 const struct hd_usb_list *usb, const char *port)
{
	const struct hd_usb_dev *dev = find_dev(usb, port);
	const struct hd_picked **dead;
	size_t n;

	hd_replug_find_dead(&dead, &n, arena, guest, usb, port);
	return n || (dev && !hd_replug_has(guest, dev) && hd_replug_wants(arena, guest, dev));
}

/* Waits until the host sees all of the device, or it has gone; autosuspend ends when QEMU opens it. */
static int read_settled(struct hd_usb_list *ret, const struct hd_replug_job *job,
			struct hd_error *err)
{
	const struct hd_sysroot *root = &job->context->root;
	int64_t begin = hd_now_ms();

	for (;;) {
		const struct hd_usb_dev *dev;
		enum hd_usb_stage stage;
		int rc = hd_usb_list_read(ret, root, job->context->arena, err);

		if (rc < 0 || job->is_gone || job->dry_run)
			return rc;
		dev = find_dev(ret, job->port);
		stage = dev ? hd_usb_stage(root, job->context->arena, dev) : HD_USB_COMES;
		if (!hd_ms_left(begin + settle_ms[stage]))
			return 0;
		(void)poll(NULL, 0, stage == HD_USB_SPINS_UP ? DISK_POLL_MS : SETTLE_POLL_MS);
	}
}

static void change_guest(struct hd_replug_job *job, const struct hd_replug_guests *guests,
			 size_t at, int dir_fd)
{
	const struct hd_replug_guest *guest = &guests->items[at];
	_cleanup_(hd_close) int lock = -1;
	struct hd_error err = { 0 };

	if (!job->dry_run)
		lock = hd_replug_lock_guest(dir_fd, guest->uuid, hd_now_ms() + GUEST_LOCK_MS, &err);
	if (!job->dry_run && lock < 0)
		hd_replug_say(job, HD_EXIT_HOST, guest->name,
			      hd_strdup(job->context->arena, err.text));
	else
		hd_replug_change(job, guests, at);
}

/* Reads the files again: while this process waited, another may have done everything. */
static void change_concerned(struct hd_replug_job *job, int dir_fd, struct hd_error *err)
{
	struct hd_arena *arena = job->context->arena;
	struct hd_replug_guests guests = { .n = 0 };
	struct hd_usb_list usb = { .n = 0 };

	if (read_settled(&usb, job, err) < 0 ||
	    hd_replug_guests_read(&guests, &job->context->root, arena, err) < 0) {
		job->code = HD_EXIT_HOST;
		return;
	}
	for (size_t i = 0; i < guests.n; i++)
		if (is_concerned(arena, &guests.items[i], &usb, job->port))
			change_guest(job, &guests, i, dir_fd);
}

/* Counts this time, and waits before it if there were many. */
static void hold_off(struct hd_replug_job *job, struct hd_replug_record *record)
{
	int64_t now = hd_uptime_s();
	int pause;

	if (record->n && now - record->uptime_s > HD_REPLUG_CALM_S)
		record->n = 0;
	record->n++;
	pause = hd_replug_pause_s(record->n);
	if (!pause)
		return;
	hd_log(LOG_WARNING, "replug: usb:%s came or went %u times in a row; waiting for %d s",
	       job->port, record->n, pause);
	(void)poll(NULL, 0, pause * 1000);
}

static void write_record(struct hd_replug_record *record, const char *guest, const char *outcome,
			 int dir_fd)
{
	int rc;

	record->time = (int64_t)time(NULL);
	if (outcome) {
		record->guest = guest ? guest : "";
		record->outcome = outcome;
	}
	rc = hd_replug_record_write(record, dir_fd);
	if (rc < 0)
		hd_log(LOG_WARNING, "replug: cannot record what happened to usb:%s: %s",
		       record->port, strerror(-rc));
}

/* Another process may have counted on meanwhile. */
static void write_event(struct hd_replug_job *job, struct hd_replug_record *record, int dir_fd)
{
	struct hd_replug_record now;

	hd_replug_record_read(&now, job->context->arena, dir_fd, job->port);
	if (job->outcome && now.n > record->n)
		record->n = now.n;
	record->uptime_s = hd_uptime_s();
	write_record(record, job->guest, job->outcome, dir_fd);
}

/* By hand: what an event's record says of these devices is over. It counts as no event. */
static void write_told(const struct hd_replug_job *job, int dir_fd)
{
	for (size_t i = 0; i < job->n_told; i++) {
		const struct hd_replug_told *told = &job->told[i];
		struct hd_replug_record record;

		hd_replug_record_read(&record, job->context->arena, dir_fd, told->port);
		if (record.n)
			write_record(&record, told->guest, told->outcome, dir_fd);
	}
}

/* A process that comes while this one waits has nothing to add; one that comes later has. */
static void serve_port(struct hd_replug_job *job, int dir_fd, struct hd_error *err)
{
	_cleanup_(hd_close) int lock = hd_replug_lock_port(dir_fd, job->port, err);
	struct hd_replug_record record;

	if (lock == -EWOULDBLOCK)
		return;
	if (lock < 0) {
		job->code = HD_EXIT_HOST;
		return;
	}
	hd_replug_record_read(&record, job->context->arena, dir_fd, job->port);
	hold_off(job, &record);
	write_event(job, &record, dir_fd);
	hd_close(&lock);
	change_concerned(job, dir_fd, err);
	write_event(job, &record, dir_fd);
}

/* On most hosts, no guest asks for most devices: then nothing is opened and nothing waits. */
static bool concerns_anybody(struct hd_replug_job *job, struct hd_error *err)
{
	struct hd_arena *arena = job->context->arena;
	struct hd_replug_guests guests = { .n = 0 };
	struct hd_usb_list usb = { .n = 0 };

	if (hd_replug_guests_read(&guests, &job->context->root, arena, err) < 0) {
		job->code = HD_EXIT_HOST;
		return false;
	}
	if (guests.unreadable)
		hd_replug_say(job, HD_EXIT_OK, NULL,
			      hd_printf(arena, "what this guest wants is unknown: %s",
					guests.unreadable));
	if (guests.n && hd_usb_list_read(&usb, &job->context->root, arena, err) < 0)
		job->code = HD_EXIT_HOST;
	for (size_t i = 0; job->code == HD_EXIT_OK && i < guests.n; i++)
		if (is_concerned(arena, &guests.items[i], &usb, job->port))
			return true;
	return false;
}

enum hd_exit hd_replug_event(struct hd_replug_job *job, struct hd_error *err)
{
	_cleanup_(hd_change_close) struct hd_change change = { .context = job->context,
							      .dir_fd = -1 };

	if (!concerns_anybody(job, err))
		return job->code;
	if (job->dry_run)
		change_concerned(job, -1, err);
	else if (hd_change_open_state(&change, err) < 0)
		job->code = HD_EXIT_HOST;
	else
		serve_port(job, change.dir_fd, err);
	return job->code;
}

static bool is_called(const struct hd_replug_guest *guest, const char *name)
{
	char uuid[37];

	return !strcmp(guest->name, name) ||
	       (hd_text_uuid(name, uuid) && !strcmp(guest->uuid, uuid));
}

enum hd_exit hd_replug_guest(struct hd_replug_job *job, const char *name, struct hd_error *err)
{
	_cleanup_(hd_change_close) struct hd_change change = { .context = job->context,
							      .dir_fd = -1 };
	struct hd_arena *arena = job->context->arena;
	struct hd_replug_guests guests = { .n = 0 };
	size_t at = 0;

	if (hd_replug_guests_read(&guests, &job->context->root, arena, err) < 0 ||
	    (!job->dry_run && hd_change_open_state(&change, err) < 0))
		return HD_EXIT_HOST;
	while (at < guests.n && !is_called(&guests.items[at], name))
		at++;
	if (at == guests.n)
		return hd_fail_as(HD_EXIT_REFUSED, err, -ENOENT, "no running guest '%s' has "
				  "<hd:usb replug='yes'> in its metadata%s%s",
				  hd_text_printable(arena, name, 100),
				  guests.unreadable ? ", as far as they can be read: " : "",
				  guests.unreadable ? guests.unreadable : "");
	change_guest(job, &guests, at, change.dir_fd);
	if (!job->dry_run)
		write_told(job, change.dir_fd);
	return job->code;
}
