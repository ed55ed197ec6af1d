/* SPDX-License-Identifier: GPL-2.0-or-later */
/* holders_who.c - who is this process: its command, and the unit that would end it? */
#include "config.h"

#include <signal.h>
#include <string.h>

#include "base/text.h"
#include "facts/host/login_session.h"
#include "facts/holders/holders_internal.h"

#define MAX_COMMAND 64
#define MAX_UNIT 256
#define MAX_USER 64
#define MANAGER "user@"		/* "user@1000.service" runs a user's own units */

/* cgroups(7) */
const char *hd_process_cgroup(const struct hd_sysroot *root, struct hd_arena *arena,
			      const char *pid)
{
	const char *text, *line, *found = NULL;

	if (hd_sysroot_text(root, arena, &text, "proc/%s/cgroup", pid) <= 0)
		return NULL;
	while ((line = hd_text_next_line(arena, &text))) {
		const char *path = strchr(line, '/');

		if (!path)
			continue;
		if (strstr(line, ":name=systemd:"))
			return path;
		if (hd_text_starts_with(line, "0::"))
			found = path;
	}
	return found;
}

const char *hd_cgroup_unit(struct hd_arena *arena, const char *path)
{
	const char *found = NULL;

	while (*path) {
		size_t length = strcspn(path + 1, "/");
		const char *name = hd_strndup(arena, path + 1, length);

		if (hd_text_ends_with(name, ".service") || hd_text_ends_with(name, ".scope"))
			found = name;
		path += 1 + length;
	}
	return found;
}

const char *hd_cgroup_service(struct hd_arena *arena, const char *path)
{
	const char *unit = hd_cgroup_unit(arena, path);

	if (!unit || strstr(path, "/user@") || !hd_text_ends_with(unit, ".service"))
		return NULL;
	return unit;
}

bool hd_cgroup_is_session(struct hd_arena *arena, const char *path, const char *id)
{
	const char *unit = hd_cgroup_unit(arena, path);

	return unit && !strcmp(unit, hd_printf(arena, "session-%s.scope", id));
}

/*
 * Compositors run in session.slice, and what a desktop starts is called "app-..." (systemd
 * docs/DESKTOP_ENVIRONMENTS.md).  Both end with the session; a unit that its user started by
 * systemd-run or enabled does so only with the user's manager, and so do sound servers.
 */
bool hd_cgroup_is_desktop(struct hd_arena *arena, const char *path)
{
	static const char *const outlive[] = { "pipewire.service", "pipewire-pulse.service",
		"pulseaudio.service", "wireplumber.service", "dbus.service", "dbus-broker.service" };
	const char *unit = hd_cgroup_unit(arena, path);

	if (!unit || HD_IS_ANY(unit, outlive))
		return false;
	return strstr(path, "/session.slice/") || hd_text_starts_with(unit, "app-");
}

/* The name of a numeric user in etc/passwd, or the number: systemctl takes both. */
static const char *user_name(const struct hd_sysroot *root, struct hd_arena *arena,
			     const char *uid)
{
	const char *text, *line, *needle = hd_printf(arena, ":%s:", uid);

	if (hd_sysroot_text(root, arena, &text, "etc/passwd") <= 0)
		return uid;
	while ((line = hd_text_next_line(arena, &text))) {
		size_t length = strcspn(line, ":");
		const char *second = line[length] ? strchr(line + length + 1, ':') : NULL;
		const char *name = hd_strndup(arena, line, length);

		if (second && hd_text_starts_with(second, needle) && hd_text_is_unit(name))
			return hd_text_printable(arena, name, MAX_USER);
	}
	return uid;
}

/* "1000" of ".../user@1000.service/app.slice/x.service", or NULL. */
static const char *manager_of(struct hd_arena *arena, const char *path)
{
	const char *manager = strstr(path, "/" MANAGER);
	size_t digits;

	if (!manager)
		return NULL;
	manager += strlen("/" MANAGER);
	digits = strspn(manager, "0123456789");
	if (!digits || !hd_text_starts_with(manager + digits, ".service/"))
		return NULL;
	return hd_strndup(arena, manager, digits);
}

static bool has_socket(const struct hd_sysroot *root, struct hd_arena *arena,
		       const char *unit, bool is_user)
{
	static const char *const dirs[] = { "etc", "run", "usr/lib", "lib" };
	size_t stem = strlen(unit) - strlen(".service");

	if (!hd_text_ends_with(unit, ".service"))
		return false;
	unit = hd_strndup(arena, unit, stem);
	for (size_t i = 0; i < HD_ARRAY_SIZE(dirs); i++)
		if (hd_sysroot_has(root, "%s/systemd/%s/%s.socket", dirs[i],
				   is_user ? "user" : "system", unit))
			return true;
	return false;
}

/* To stop the unit that we run in would end us, and libvirt, before the holder. */
static bool is_ours(const struct hd_sysroot *root, struct hd_arena *arena, const char *unit)
{
	const char *path = root->is_live ? hd_process_cgroup(root, arena, "self") : NULL;
	const char *own = path ? hd_cgroup_unit(arena, path) : NULL;

	return own && !strcmp(own, unit);
}

/* Would `kill PID` do nothing?  Signals wait until a stopped process goes on. */
static bool ignores_term(const struct hd_sysroot *root, struct hd_arena *arena, const char *pid)
{
	const char *status, *state, *hex;
	uint64_t ignored;

	if (hd_sysroot_text(root, arena, &status, "proc/%s/status", pid) <= 0)
		return false;
	state = hd_text_line_value(arena, status, "State:\t");
	if (state && (*state == 'T' || *state == 't'))
		return true;
	hex = hd_text_line_value(arena, status, "SigIgn:\t");
	return hex && hd_text_u64(hd_printf(arena, "0x%s", hex), &ignored) &&
	       ignored & 1u << (SIGTERM - 1);
}

static bool keeps_for_sessions(const struct hd_holder *holder)
{
	return holder->pid == 1 || !strcmp(holder->command, "systemd-logind") ||
	       !strcmp(holder->command, "elogind");
}

static void name_session(struct hd_holder *holder, const struct hd_sysroot *root,
			 struct hd_arena *arena)
{
	const struct hd_session *session;
	struct hd_sessions sessions;

	if (!keeps_for_sessions(holder) || holder->node->is_block)
		return;
	hd_sessions_read(&sessions, root, arena);
	session = hd_session_with(&sessions, arena, holder->node->major, holder->node->minor);
	if (!session)
		return;
	holder->session = session->id;
	holder->session_user = hd_text_printable(arena, session->user ? session->user : "?",
						 MAX_USER);
}

void hd_holder_describe(struct hd_holder *holder, const struct hd_sysroot *root,
			struct hd_arena *arena)
{
	const char *pid = hd_printf(arena, "%ld", (long)holder->pid);
	const char *text, *path, *unit, *uid;

	holder->command = "?";
	if (hd_sysroot_text(root, arena, &text, "proc/%s/comm", pid) > 0)
		holder->command = hd_text_printable(arena, text, MAX_COMMAND);
	holder->ignores_term = ignores_term(root, arena, pid);
	name_session(holder, root, arena);
	path = hd_process_cgroup(root, arena, pid);
	unit = path ? hd_cgroup_unit(arena, path) : NULL;
	if (!unit || strlen(unit) > MAX_UNIT || is_ours(root, arena, unit))
		return;
	uid = manager_of(arena, path);
	holder->unit = hd_text_printable(arena, unit, MAX_UNIT);
	holder->user = uid ? user_name(root, arena, uid) : NULL;
	holder->has_socket = hd_text_is_unit(unit) && has_socket(root, arena, unit, uid);
}
