/* SPDX-License-Identifier: GPL-2.0-or-later */
/* host_events.c - waits until something happens on the host, and says what. */
#include "config.h"

#include <errno.h>
#include <poll.h>
#include <string.h>

#include "base/clock.h"
#include "base/text.h"
#include "facts/host/host_events.h"
#include "facts/host/uevents.h"

void hd_host_events_open(struct hd_host_events *ret, const struct hd_sysroot *root)
{
	*ret = (struct hd_host_events){ .uevents = -1 };
	if (root->is_live)
		ret->uevents = hd_uevents_open();
	if (root->is_live && ret->uevents < 0)
		ret->failed[HD_EVENTS_OF_DEVICES] = ret->uevents;
	hd_folder_events_open(&ret->folders, root, ret->failed);
}

void hd_host_events_close(struct hd_host_events *events)
{
	hd_close(&events->uevents);
	events->uevents = -1;
	hd_folder_events_close(&events->folders);
}

static bool is_same(const struct hd_host_event *a, const struct hd_host_event *b)
{
	return a->source == b->source && a->is_lost == b->is_lost && !a->failed == !b->failed &&
	       hd_text_is_same(a->action, b->action) && !strcmp(a->name, b->name);
}

static void drop_event(struct hd_host_events *events, size_t i)
{
	events->n--;
	memmove(&events->items[i], &events->items[i + 1],
		(events->n - i) * sizeof(events->items[0]));
}

/* That a source cannot be watched remains true, whatever else is lost of it. */
static bool is_replaced(const struct hd_host_event *item, const struct hd_host_event *event, bool is_lost)
{
	return is_same(item, event) || (is_lost && item->source == event->source && !item->failed);
}

/*
 * "Lost" stands for all that its source has told: a reader begins again.  Each source has room for
 * that and for that it cannot be watched.
 */
static void add_event(void *data, const struct hd_host_event *event)
{
	struct hd_host_event lost = { .source = event->source, .is_lost = true };
	struct hd_host_events *events = data;
	bool is_lost = event->is_lost ||
		       (!event->failed && events->n >= HD_EVENTS_MAX - 2 * HD_EVENT_SOURCES);

	for (size_t i = events->n; i-- > 0;) {
		const struct hd_host_event *item = &events->items[i];

		if (is_same(item, &lost) && !event->failed)
			return;
		if (is_replaced(item, event, is_lost))
			drop_event(events, i);
	}
	events->items[events->n++] = is_lost ? lost : *event;
}

/* A source that fails for good is not asked again. */
static void read_events(struct hd_host_events *events)
{
	const struct hd_host_event lost = { .source = HD_EVENTS_OF_DEVICES, .is_lost = true };

	if (events->folders.fd >= 0)
		hd_folder_events_read(&events->folders, add_event, events);
	if (events->uevents < 0 || hd_uevents_read(events->uevents, add_event, events) == 0)
		return;
	add_event(events, &lost);
	hd_close(&events->uevents);
	events->uevents = -1;
}

/* Until something has happened, or DEADLINE (0: none): 1, 0 if the reader has gone, or a negative errno. */
static int wait_once(struct hd_host_events *events, int out_fd, int64_t deadline)
{
	struct pollfd fds[] = {
		{ .fd = out_fd },
		{ .fd = events->uevents, .events = POLLIN },
		{ .fd = events->folders.fd, .events = POLLIN },
	};
	int n = poll(fds, HD_ARRAY_SIZE(fds), deadline ? hd_ms_left(deadline) : -1);

	if (n < 0)
		return errno == EINTR ? 1 : -errno;
	if (fds[0].revents)
		return 0;
	if (n > 0)
		read_events(events);
	return 1;
}

int hd_host_events_wait(struct hd_host_events *events, int out_fd)
{
	int64_t deadline = 0;
	int rc = 1;

	events->n = 0;
	while (rc > 0 && (!deadline || hd_ms_left(deadline))) {
		rc = wait_once(events, out_fd, deadline);
		if (!deadline && events->n)
			deadline = hd_now_ms() + HD_EVENTS_WAIT_MS;
	}
	return rc;
}
