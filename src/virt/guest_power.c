/* SPDX-License-Identifier: GPL-2.0-or-later */
/* guest_power.c - pauses and saves guests by libvirt, in a process that can be given up. */
#include "config.h"

#include "virt/guest_power.h"
#include "virt/libvirt_module.h"

#define REPLY_MAX 4096
#define NOT_NEEDED "-"

struct request {
	const char *uuid;
	enum hd_virt_power what;
	bool only_looks;
};

/* In the child. */
static int ask_power(const struct hd_virt_module *libvirt, const struct hd_virt_ask *ask,
		     struct hd_arena *arena, const char **ret, struct hd_error *err)
{
	const struct request *request = ask->data;
	int rc = libvirt->power(ask->uri, request->uuid, request->what, request->only_looks, err);

	(void)arena;
	*ret = rc == 0 ? NOT_NEEDED : "";
	return rc < 0 ? rc : 0;
}

int hd_guest_power(struct hd_arena *arena, const char *uri, const char *uuid,
		   enum hd_virt_power what, bool only_looks, int deadline_ms,
		   struct hd_error *err)
{
	const struct request request = { uuid, what, only_looks };
	const struct hd_virt_ask ask = {
		.call = ask_power, .uri = uri, .data = &request,
		.max = REPLY_MAX, .deadline_ms = deadline_ms,
	};
	const char *text = "";
	int rc = hd_virt_ask(&text, arena, &ask, err);

	return rc < 0 ? rc : *text != *NOT_NEEDED;
}
