/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * redact.c - replaces what identifies a machine in a capture.
 *
 * First all texts are searched for values of known form, then every text has each
 * of them replaced; so a serial number that one file tells is also found in the
 * name of a link.  Replacements are numbered in the order of the capture.
 */
#include "config.h"

#include <ctype.h>
#include <errno.h>
#include <string.h>

#include "inventory/capture_write.h"
#include "inventory/redact.h"

bool hd_secret_fits(const struct hd_secret *secret, const char *text, const char *at)
{
	size_t length;

	if (tolower((unsigned char)*at) != tolower((unsigned char)*secret->from))
		return false;
	length = strlen(secret->from);
	if (strncasecmp(at, secret->from, length) != 0)
		return false;
	if (!secret->is_word)
		return true;
	return (at == text || !isalnum((unsigned char)at[-1]) || *at == '/') &&
	       !isalnum((unsigned char)at[length]);
}

/* The longest: a serial may be the beginning of another. */
static const struct hd_secret *secret_at(const struct hd_secrets *secrets, const char *text,
					 const char *at)
{
	const struct hd_secret *best = NULL;

	for (size_t i = 0; i < secrets->n; i++)
		if (hd_secret_fits(&secrets->items[i], text, at) &&
		    (!best || strlen(secrets->items[i].from) > strlen(best->from)))
			best = &secrets->items[i];
	return best;
}

static const char *replaced(const struct hd_secrets *secrets, const char *text)
{
	const char *done = text, *at = text;
	char *result = NULL;
	size_t n = 0;

	while (*at) {
		const struct hd_secret *secret = secret_at(secrets, text, at);

		if (!secret) {
			at++;
			continue;
		}
		hd_append_text(secrets->arena, &result, &n, done, (size_t)(at - done));
		hd_append_text(secrets->arena, &result, &n, secret->to, strlen(secret->to));
		at += strlen(secret->from);
		done = at;
	}
	if (!result)
		return text;
	hd_append_text(secrets->arena, &result, &n, done, strlen(done));
	return result;
}

int hd_capture_redact(struct hd_capture *capture, struct hd_arena *arena, const char *host_name)
{
	struct hd_secrets secrets = { .arena = arena };

	hd_secrets_find(&secrets, capture, host_name);
	if (secrets.is_full)
		return -E2BIG;
	for (size_t i = 0; i < capture->n; i++) {
		struct hd_captured *item = &capture->items[i];

		item->dir = replaced(&secrets, item->dir);
		if (!item->name)
			continue;
		item->name = replaced(&secrets, item->name);
		if (item->kind == HD_CAPTURED_BYTES)
			continue;
		item->value = replaced(&secrets, item->value);
		item->length = strlen(item->value);
	}
	hd_capture_sort(capture);
	return 0;
}
