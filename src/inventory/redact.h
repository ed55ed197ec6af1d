/* SPDX-License-Identifier: GPL-2.0-or-later */
/* redact.h - what identifies a machine in a capture; for redact*.c only. */
#pragma once

#include "inventory/capture.h"

struct hd_secret {
	const char *from, *to;
	bool is_word;	/* replaced only where no letter or digit is beside it */
};

struct hd_secrets {
	struct hd_arena *arena;
	struct hd_secret *items;
	size_t n;
	unsigned macs, uuids, serials, users;
	bool is_full;
};

/* Into SECRETS, whose arena is set; HOST_NAME may be NULL. is_full: there were too many. */
void hd_secrets_find(struct hd_secrets *secrets, const struct hd_capture *capture,
		     const char *host_name);

/* Does SECRET stand at AT, which is in TEXT? */
bool hd_secret_fits(const struct hd_secret *secret, const char *text, const char *at);
