/* SPDX-License-Identifier: GPL-2.0-or-later */
/* unseen.c - the devices that running guests were given after their start. */
#include "config.h"

#include <string.h>

#include "act/host_change.h"
#include "act/unseen.h"
#include "base/text.h"
#include "domain/early_exit.h"
#include "domain/xml.h"
#include "facts/libvirt/running_guests.h"
#include "facts/libvirt/start_log.h"

#define NAME_SHOWN 64

struct reading {
	struct hd_unseen *unseen;
	struct hd_context *context;
	struct hd_journal_entry *entries;
	size_t n_entries;
};

static bool is_recorded(const struct reading *r, const struct hd_hostdev *dev)
{
	return dev->kind == HD_DEVICE_PCI && dev->has_addr &&
	       hd_journal_holder(r->entries, r->n_entries, &dev->addr);
}

static bool read_command(struct hd_start_command *ret, const struct reading *r, const char *guest)
{
	struct hd_error ignored;

	return hd_start_command_read(ret, &r->context->root, r->context->arena, guest, &ignored) > 0 &&
	       !ret->reason;
}

static void add_guest(struct reading *r, const struct hd_running_guest *running)
{
	struct hd_arena *arena = r->context->arena;
	struct hd_start_command command;
	struct hd_request request;
	bool is_known = false;
	struct hd_error err;

	if (hd_request_parse(&request, arena, running->live, strlen(running->live), &err) < 0) {
		hd_running_guest_note(&r->unseen->unreadable, arena, running->file, err.text);
		return;
	}
	for (size_t i = 0; request.name && i < request.n_hostdevs; i++) {
		const struct hd_hostdev *dev = &request.hostdevs[i];

		if (dev->is_missing || is_recorded(r, dev))
			continue;
		is_known = is_known || read_command(&command, r, request.name);
		if (!is_known)
			return;
		if (hd_start_command_has(&command, dev) != HD_STARTED_WITHOUT)
			continue;
		hd_push(arena, &r->unseen->items, &r->unseen->n, ((struct hd_unseen_device){
			.guest = hd_text_printable(arena, request.name, NAME_SHOWN),
			.uuid = hd_strdup(arena, request.uuid),
			.live = running->live,
			.dev = *dev,
		}));
	}
}

static int read_journals(struct reading *r, struct hd_error *err)
{
	_cleanup_(hd_close) int fd = -1;
	int rc = hd_state_dir_peek(r->context, &fd, err);
	ssize_t n = rc <= 0 ? rc : hd_journal_list(&r->entries, r->context->arena, fd, err);

	r->n_entries = n > 0 ? (size_t)n : 0;
	return n < 0 ? (int)n : 0;
}

int hd_unseen_read(struct hd_unseen *ret, struct hd_context *context, struct hd_error *err)
{
	struct reading r = { .unseen = ret, .context = context };
	struct hd_running_guests running;
	int rc = hd_running_guests_read(&running, &context->root, context->arena,
					hd_domain_may_pass_devices, err);

	*ret = (struct hd_unseen){ .n = 0 };
	if (rc == 0)
		rc = read_journals(&r, err);
	if (rc < 0)
		return rc;
	ret->unreadable = running.unreadable;
	for (size_t i = 0; i < running.n; i++)
		add_guest(&r, &running.items[i]);
	return 0;
}
