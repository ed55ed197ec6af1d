/* SPDX-License-Identifier: GPL-2.0-or-later */
/* login_session.c - who is logged in, by logind's files? */
#include "config.h"

#include <errno.h>
#include <string.h>

#include "base/text.h"
#include "facts/host/login_session.h"

static const struct field {
	const char *key;
	size_t at;
} fields[] = {
	{ "TYPE=", offsetof(struct hd_session, type) },
	{ "SEAT=", offsetof(struct hd_session, seat) },
	{ "USER=", offsetof(struct hd_session, user) },
	{ "LEADER=", offsetof(struct hd_session, leader) },
	{ "DEVICES=", offsetof(struct hd_session, devices) },
	{ "STATE=", offsetof(struct hd_session, state) },
};

static void note_unread(struct hd_sessions *sessions, const char *file, ssize_t error)
{
	if (sessions->unread)
		return;
	sessions->unread = file;
	sessions->error = (int)error;
}

static void add_session(struct hd_sessions *sessions, const struct hd_sysroot *root,
			struct hd_arena *arena, const char *id)
{
	struct hd_session *session;
	const char *text;
	ssize_t n = hd_sysroot_text(root, arena, &text, HD_SESSIONS "/%s", id);

	if (n < 0 && n != -ENOENT)
		note_unread(sessions, hd_printf(arena, HD_SESSIONS "/%s", id), n);
	if (n < 0)
		return;
	session = hd_append(arena, &sessions->items, &sessions->n, sizeof(*session));
	session->id = id;
	for (size_t i = 0; i < HD_ARRAY_SIZE(fields); i++)
		*(const char **)(void *)((char *)session + fields[i].at) =
			hd_text_line_value(arena, text, fields[i].key);
}

/* Beside the state files there are pipes, "2.ref", which must not be opened. */
static bool is_session_id(const char *name)
{
	return *name && strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789") == strlen(name);
}

void hd_sessions_read(struct hd_sessions *ret, const struct hd_sysroot *root,
		      struct hd_arena *arena)
{
	const char *const *names;
	ssize_t n = hd_sysroot_names(root, arena, &names, HD_SESSIONS);

	*ret = (struct hd_sessions){ .n = 0 };
	if (n < 0 && n != -ENOENT)
		note_unread(ret, HD_SESSIONS, n);
	for (ssize_t i = 0; i < n; i++)
		if (is_session_id(names[i]))
			add_session(ret, root, arena, names[i]);
}

const struct hd_session *hd_session_with(const struct hd_sessions *sessions,
					 struct hd_arena *arena, unsigned major, unsigned minor)
{
	const char *number = hd_printf(arena, "%u:%u", major, minor);

	for (size_t i = 0; i < sessions->n; i++)
		if (sessions->items[i].devices &&
		    hd_text_has_word(sessions->items[i].devices, number))
			return &sessions->items[i];
	return NULL;
}
