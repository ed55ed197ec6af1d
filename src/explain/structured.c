/* SPDX-License-Identifier: GPL-2.0-or-later */
/* structured.c - what does a record of JSON, or of key=value, say? */
#include "config.h"

#include <ctype.h>
#include <stdbool.h>
#include <string.h>

#include "base/macro.h"
#include "explain/structured.h"

static const char *const messages[] = {
	"\"msg\":\"", "\"msg\": \"", "msg=\"", "\"message\":\"", "\"message\": \"", "\"log\":\"",
};

static const char *const errors[] = {
	"\"error\":\"", "\"error\": \"", "\"err\":\"", "\"err\": \"", "\"reason\":\"", "\"reason\": \"",
	" error=\"", " err=\"",
};

/* libvirt's Go bindings, in any of them. */
#define LIBVIRT "Message='"
#define LIBVIRT_END "')"

/* A quotation mark in the value ends it only if the next field follows: it may have been escaped. */
static bool is_end(const char *quote)
{
	size_t key;

	if (!quote[1] || quote[1] == '}' || !strncmp(quote, "\",\"", 3) || !strncmp(quote, "\", \"", 4))
		return true;
	if (quote[1] != ' ')
		return false;
	key = strspn(quote + 2, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_-");
	return key && quote[2 + key] == '=';
}

static char *value_at(const char *at, struct hd_arena *arena)
{
	const char *end = at;

	while (*at != '"' && *end && (*end != '"' || !is_end(end)))
		end++;
	return end > at ? hd_strndup(arena, at, (size_t)(end - at)) : NULL;
}

/* The first value of one of the N KEYS that has a blank: a word alone is a name. */
static char *value_of(const char *line, const char *const *keys, size_t n, struct hd_arena *arena)
{
	for (size_t i = 0; i < n; i++) {
		const char *at = strstr(line, keys[i]);
		char *value = at ? value_at(at + strlen(keys[i]), arena) : NULL;

		if (value && strchr(value, ' '))
			return value;
	}
	return NULL;
}

static char *libvirt_message(const char *text, struct hd_arena *arena)
{
	const char *at = text ? strstr(text, LIBVIRT) : NULL, *end;

	if (!at)
		return NULL;
	at += strlen(LIBVIRT);
	end = strstr(at, LIBVIRT_END);
	return hd_strndup(arena, at, end ? (size_t)(end - at) : strlen(at));
}

/* ERROR is often in MESSAGE, too. */
static char *join_error(char *message, const char *error, struct hd_arena *arena)
{
	return strstr(message, error) ? message : hd_printf(arena, "%s: %s", message, error);
}

char *hd_structured_message(const char *line, struct hd_arena *arena)
{
	char *message = value_of(line, messages, HD_ARRAY_SIZE(messages), arena);
	char *error = value_of(line, errors, HD_ARRAY_SIZE(errors), arena);
	char *inner = libvirt_message(error ? error : message ? message : line, arena);

	error = inner && error ? inner : error;
	if (message && error)
		return join_error(message, error, arena);
	message = inner ? inner : message ? message : error;
	return message ? message : hd_strdup(arena, line);
}
