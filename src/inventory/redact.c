/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * redact.c - replaces what identifies a machine in a capture.
 *
 * First all texts are searched for values of known form, then every text has each
 * of them replaced; so a serial number that one file has is also found in the
 * name of a link.  Replacements are numbered in the order of the capture.
 */
#include "config.h"

#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "inventory/capture.h"

#define MAC_LENGTH 17
#define UUID_LENGTH 36
#define SERIAL_MIN 4
#define HOST_NAME_MIN 3
#define SECRETS_MAX 10000
#define HOME "/home/"

struct secret {
	const char *from, *to;
	bool is_word;	/* replaced only where no letter or digit is beside it */
};

struct secrets {
	struct hd_arena *arena;
	struct secret *items;
	size_t n;
	unsigned macs, uuids, serials, users;
	bool is_full;
};

/* Does SECRET stand at AT, which is in TEXT? */
static bool fits(const struct secret *secret, const char *text, const char *at)
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

static bool is_known(const struct secrets *secrets, const char *from)
{
	for (size_t i = 0; i < secrets->n; i++)
		if (!strcmp(secrets->items[i].from, from))
			return true;
	return false;
}

static void add_secret(struct secrets *secrets, const char *from, const char *to, bool is_word)
{
	if (is_known(secrets, from))
		return;
	if (secrets->n >= SECRETS_MAX) {
		secrets->is_full = true;
		return;
	}
	hd_push(secrets->arena, &secrets->items, &secrets->n,
		(struct secret){ from, to, is_word });
}

static bool is_hex(const char *text, size_t length)
{
	for (size_t i = 0; i < length; i++)
		if (!isxdigit((unsigned char)text[i]))
			return false;
	return true;
}

/* "00:11:22:33:44:55" at TEXT, and nothing of a longer row of pairs. */
static bool is_mac(const char *text)
{
	for (size_t i = 0; i < MAC_LENGTH; i++)
		if (i % 3 == 2 ? text[i] != ':' : !isxdigit((unsigned char)text[i]))
			return false;
	return text[MAC_LENGTH] != ':' && !isxdigit((unsigned char)text[MAC_LENGTH]);
}

static bool is_nothing(const char *text)
{
	return !text[strspn(text, "0:-")] || !text[strspn(text, "fF:-")];
}

static const char *without(struct hd_arena *arena, const char *text, char drop)
{
	char *copy = hd_strdup(arena, text), *to = copy;

	for (const char *from = text; *from; from++)
		if (*from != drop)
			*to++ = (char)tolower((unsigned char)*from);
	*to = '\0';
	return copy;
}

/* The last 64 bits of an IPv6 address made from a MAC (RFC 4291, appendix A). */
static const char *eui64(struct hd_arena *arena, const char *hex)
{
	char first[3] = { hex[0], hex[1], '\0' };

	return hd_printf(arena, "%02lx%.4sfffe%.6s", strtoul(first, NULL, 16) ^ 2, hex + 2,
			 hex + 6);
}

static void add_mac(struct secrets *secrets, const char *text)
{
	struct hd_arena *arena = secrets->arena;
	const char *from = hd_strndup(arena, text, MAC_LENGTH), *to, *hex, *to_hex;

	if (is_nothing(from) || is_known(secrets, from))
		return;
	hex = without(arena, from, ':');
	secrets->macs++;
	to = hd_printf(arena, "02:00:00:%02x:%02x:%02x", secrets->macs >> 16 & 0xff,
		       secrets->macs >> 8 & 0xff, secrets->macs & 0xff);
	to_hex = without(arena, to, ':');
	add_secret(secrets, from, to, false);
	add_secret(secrets, hex, to_hex, false);
	add_secret(secrets, eui64(arena, hex), eui64(arena, to_hex), false);
}

static void add_uuid(struct secrets *secrets, const char *text)
{
	const char *from = hd_strndup(secrets->arena, text, UUID_LENGTH);
	char unused[37];

	if (!hd_text_uuid(from, unused) || is_nothing(from) || is_known(secrets, from))
		return;
	secrets->uuids++;
	add_secret(secrets, from, hd_printf(secrets->arena, "00000000-0000-4000-8000-%012x",
				     secrets->uuids), false);
}

static void add_user(struct secrets *secrets, const char *text)
{
	size_t length = strcspn(text, "/ \t\n,");
	const char *name = hd_strndup(secrets->arena, text, length);
	const char *from = hd_printf(secrets->arena, HOME "%s", name);

	if (!length || is_known(secrets, from))
		return;
	add_secret(secrets, from, hd_printf(secrets->arena, HOME "user%u", ++secrets->users), true);
}

/* What begins with the hex digit at AT, which is in TEXT. */
static void find_hex_forms(struct secrets *secrets, const char *text, const char *at)
{
	bool begins = at == text || (!isxdigit((unsigned char)at[-1]) && at[-1] != ':');

	if (begins && is_mac(at))
		add_mac(secrets, at);
	if (strnlen(at, UUID_LENGTH) == UUID_LENGTH && at[8] == '-' && is_hex(at, 8))
		add_uuid(secrets, at);
}

static void find_forms(struct secrets *secrets, const char *text)
{
	for (const char *at = text; *at; at++) {
		if (*at == '/' && !strncmp(at, HOME, strlen(HOME)))
			add_user(secrets, at + strlen(HOME));
		else if (isxdigit((unsigned char)*at))
			find_hex_forms(secrets, text, at);
	}
}

static void find_serial(struct secrets *secrets, const struct hd_captured *item)
{
	static const char *const names[] = { "serial", "wwid", "nguid", "eui", "uuid" };
	const char *from;
	bool is_serial = false;
	size_t length;

	for (size_t i = 0; i < HD_ARRAY_SIZE(names); i++)
		is_serial |= !strcmp(item->name, names[i]);
	if (!is_serial || item->kind != HD_CAPTURED_TEXT)
		return;
	from = item->value + strspn(item->value, " \t");
	length = strcspn(from, "\n");
	while (length && isspace((unsigned char)from[length - 1]))
		length--;
	from = hd_strndup(secrets->arena, from, length);
	if (length < SERIAL_MIN || is_nothing(from) || is_known(secrets, from))
		return;
	add_secret(secrets, from, hd_printf(secrets->arena, "SERIAL%04u", ++secrets->serials), true);
}

static bool has_word(const char *text, const struct secret *word)
{
	for (const char *at = text; *at; at++)
		if (fits(word, text, at))
			return true;
	return false;
}

/* Words such as "vfio" or "debian" are not secret, and checks need them. */
static bool is_common(const struct hd_capture *capture, const struct secret *word)
{
	for (size_t i = 0; i < capture->n; i++) {
		const struct hd_captured *item = &capture->items[i];

		if (has_word(item->dir, word) || (item->name && has_word(item->name, word)))
			return true;
		if (item->name && !strcmp(item->name, "os-release") && has_word(item->value, word))
			return true;
	}
	return false;
}

static void add_host_name(struct secrets *secrets, const struct hd_capture *capture,
			  const char *name, const char *to)
{
	const struct secret word = { name, to, true };

	if (strlen(name) >= HOST_NAME_MIN && strcmp(name, "localhost") != 0 &&
	    !is_common(capture, &word))
		add_secret(secrets, name, to, true);
}

/* Whole, and as its first label: "db1.example.org" is "db1" in most places. */
static void find_host_name(struct secrets *secrets, const struct hd_capture *capture,
			   const char *name)
{
	size_t label = strcspn(name, ".");

	if (name[label])
		add_host_name(secrets, capture, name, "host.invalid");
	add_host_name(secrets, capture, hd_strndup(secrets->arena, name, label), "host");
}

static void find_all(struct secrets *secrets, const struct hd_capture *capture)
{
	for (size_t i = 0; i < capture->n; i++) {
		const struct hd_captured *item = &capture->items[i];

		find_forms(secrets, item->dir);
		if (!item->name)
			continue;
		find_forms(secrets, item->name);
		if (item->kind != HD_CAPTURED_BYTES)
			find_forms(secrets, item->value);
		find_serial(secrets, item);
	}
}

/* The longest: a serial may be the beginning of another. */
static const struct secret *secret_at(const struct secrets *secrets, const char *text,
					 const char *at)
{
	const struct secret *best = NULL;

	for (size_t i = 0; i < secrets->n; i++)
		if (fits(&secrets->items[i], text, at) &&
		    (!best || strlen(secrets->items[i].from) > strlen(best->from)))
			best = &secrets->items[i];
	return best;
}

static const char *replaced(const struct secrets *secrets, const char *text)
{
	const char *done = text, *at = text;
	char *result = NULL;
	size_t n = 0;

	while (*at) {
		const struct secret *secret = secret_at(secrets, text, at);

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
	struct secrets secrets = { .arena = arena };

	find_all(&secrets, capture);
	if (host_name)
		find_host_name(&secrets, capture, host_name);
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
