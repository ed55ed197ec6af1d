/* SPDX-License-Identifier: GPL-2.0-or-later */
/* login_session.c - who is logged in, by logind's files? */
#include "config.h"

#include <errno.h>
#include <string.h>

#include "base/text.h"
#include "facts/host/login_session.h"

#define TEXT_SHOWN 64
#define UNIT_MAX 255
#define DRM_MAJOR "226:"	/* Linux include/drm/drm_file.h */

static const struct field {
	const char *key;
	size_t at;
} fields[] = {
	{ "TYPE=", offsetof(struct hd_session, type) },
	{ "SEAT=", offsetof(struct hd_session, seat) },
	{ "USER=", offsetof(struct hd_session, user) },
	{ "UID=", offsetof(struct hd_session, uid) },
	{ "CLASS=", offsetof(struct hd_session, class) },
	{ "REMOTE=", offsetof(struct hd_session, remote) },
	{ "SERVICE=", offsetof(struct hd_session, service) },
	{ "TTY=", offsetof(struct hd_session, tty) },
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
	return *name && hd_text_has_only(name, "");
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

bool hd_session_keeps_manager(const struct hd_session *session)
{
	static const char *const its_own[] = { "manager", "manager-early" };

	return !session->class || !HD_IS_ANY(session->class, its_own);
}

bool hd_session_is_graphical(const struct hd_session *session)
{
	static const char *const types[] = { "x11", "wayland", "mir" };

	return session->type && HD_IS_ANY(session->type, types);
}

/* "proc/PID/stat" is "PID (COMMAND) STATE PPID ...", and COMMAND may hold anything. */
static const char *parent_of(const struct hd_sysroot *root, struct hd_arena *arena,
			     const char *pid)
{
	const char *text, *end;

	if (strspn(pid, "0123456789") != strlen(pid) ||
	    hd_sysroot_text(root, arena, &text, "proc/%s/stat", pid) <= 0)
		return NULL;
	end = strrchr(text, ')');
	if (!end || strlen(end) < 5)
		return NULL;
	return hd_strndup(arena, end + 4, strspn(end + 4, "0123456789"));
}

/* The unit of "0::/system.slice/gdm.service", or NULL. */
static const char *service_of(const char *line)
{
	const char *unit = strrchr(line, '/');

	if (!unit || !strstr(line, "/system.slice/") ||
	    !hd_text_ends_with(unit, ".service") || strlen(unit) > UNIT_MAX ||
	    !hd_text_has_only(unit + 1, ":-_.\\@"))
		return NULL;
	return unit + 1;
}

const char *hd_session_starter(const struct hd_sysroot *root, struct hd_arena *arena,
			       const struct hd_session *session)
{
	const char *leader = session->leader;
	const char *parent = leader && *leader ? parent_of(root, arena, leader) : NULL;
	const char *text, *line, *unit = NULL;

	if (!parent || !*parent ||
	    hd_sysroot_text(root, arena, &text, "proc/%s/cgroup", parent) <= 0)
		return NULL;
	while (!unit && (line = hd_text_next_line(arena, &text)))
		unit = service_of(line);
	return unit;
}

const char *hd_session_restarter(const struct hd_sysroot *root, struct hd_arena *arena,
				 const struct hd_session *session)
{
	const char *unit = hd_session_starter(root, arena, session);

	if (unit || !session->tty || !session->service || strcmp(session->service, "login") != 0 ||
	    !hd_text_is_numbered(session->tty, "tty"))
		return unit;
	return hd_printf(arena, "getty@%s.service", session->tty);
}

const char *hd_session_text(struct hd_arena *arena, const struct hd_session *session)
{
	bool is_greeter = session->class && !strcmp(session->class, "greeter");
	const char *type = is_greeter ? "login screen" : session->type ? session->type : "?";

	return hd_printf(arena, "session %s of %s (%s)", session->id,
			 hd_text_printable(arena, session->user ? session->user : "?", TEXT_SHOWN),
			 hd_text_printable(arena, type, TEXT_SHOWN));
}

bool hd_sessions_have_card(const struct hd_sessions *sessions, const struct hd_sysroot *root,
			   struct hd_arena *arena, const char *unit, const char *seat)
{
	for (size_t i = 0; i < sessions->n; i++) {
		const struct hd_session *session = &sessions->items[i];
		const char *by = hd_session_restarter(root, arena, session);

		if (by && !strcmp(by, unit) && !hd_session_is_closing(session) &&
		    hd_text_is_same(session->seat, seat) && session->devices &&
		    strstr(session->devices, DRM_MAJOR))
			return true;
	}
	return false;
}
