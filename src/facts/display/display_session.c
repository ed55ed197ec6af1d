/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * display_session.c - is somebody logged in on the card's screens?
 *
 * A session that took devices from logind lists their numbers, which is exact.  A
 * graphical session without that list (an X server that runs as root)
 * is on the card that its seat has, or that the firmware started.
 */
#include "config.h"

#include <string.h>

#include "base/text.h"
#include "facts/display/display_internal.h"
#include "facts/host/login_session.h"

#define UNIT_MAX 255
#define UNIT_CHARACTERS \
	"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789:-_.\\@"
#define MAX_NODES 8

struct card {
	const char *name;			/* "card0", the first */
	const char *numbers[MAX_NODES];		/* "226:0" of its cards and render nodes */
	size_t n;
	const char *seat;
};

/* Its udev database entry names the seat; none is seat0 (systemd sd-login, sd_device). */
static const char *seat_of(struct hd_display_scan *scan, const char *number)
{
	const char *text, *seat;

	if (hd_sysroot_text(scan->root, scan->arena, &text, "run/udev/data/c%s", number) < 0)
		return "seat0";
	seat = hd_text_line_value(scan->arena, text, "E:ID_SEAT=");
	return seat ? seat : "seat0";
}

static void read_card(struct hd_display_scan *scan, struct card *ret)
{
	const char *const *names, *number;
	ssize_t n = hd_sysroot_names(scan->root, scan->arena, &names, "%s/drm", scan->fn->path);

	for (ssize_t i = 0; i < n && ret->n < MAX_NODES; i++) {
		if (hd_sysroot_text(scan->root, scan->arena, &number, "%s/drm/%s/dev",
				    scan->fn->path, names[i]) <= 0)
			continue;
		ret->numbers[ret->n++] = number;
		if (!ret->name) {
			ret->name = names[i];
			ret->seat = seat_of(scan, number);
		}
	}
}

static bool has_number(const struct card *card, const char *devices)
{
	for (size_t i = 0; i < card->n; i++)
		if (hd_text_has_word(devices, card->numbers[i]))
			return true;
	return false;
}

static bool is_graphical(const char *type)
{
	static const char *const types[] = { "x11", "wayland", "mir" };

	return type && HD_IS_ANY(type, types);
}

/* Is the card the one on which a session of its seat is shown, as nobody says otherwise? */
static bool is_main_card(struct hd_display_scan *scan)
{
	return scan->fn->is_boot_vga ||
	       !hd_display_other(scan->displays, scan->arena, &scan->fn, 1);
}

static bool is_on_card(struct hd_display_scan *scan, const struct card *card,
		       const struct hd_session *session)
{
	if (session->state && !strcmp(session->state, "closing"))
		return false;
	if (session->devices)
		return has_number(card, session->devices);
	return is_graphical(session->type) && session->seat &&
	       !strcmp(session->seat, card->seat) && is_main_card(scan);
}

/* "proc/PID/stat" is "PID (COMMAND) STATE PPID ...", and COMMAND may hold anything. */
static const char *parent_of(struct hd_display_scan *scan, const char *pid)
{
	const char *text, *end;

	if (strspn(pid, "0123456789") != strlen(pid) ||
	    hd_sysroot_text(scan->root, scan->arena, &text, "proc/%s/stat", pid) <= 0)
		return NULL;
	end = strrchr(text, ')');
	if (!end || strlen(end) < 5)
		return NULL;
	return hd_strndup(scan->arena, end + 4, strspn(end + 4, "0123456789"));
}

/* The unit of "0::/system.slice/gdm.service", or NULL. */
static const char *service_of(const char *line)
{
	const char *unit = strrchr(line, '/');

	if (!unit || !strstr(line, "/system.slice/") ||
	    !hd_text_ends_with(unit, ".service") || strlen(unit) > UNIT_MAX ||
	    strspn(unit + 1, UNIT_CHARACTERS) != strlen(unit + 1))
		return NULL;
	return unit + 1;
}

/*
 * The display manager: the service that the session leader's parent is in.  It
 * would bring its login screen back if only the session ended.
 */
static const char *manager_of(struct hd_display_scan *scan, const char *leader)
{
	const char *parent = leader && *leader ? parent_of(scan, leader) : NULL;
	const char *text, *line, *unit = NULL;

	if (!parent || !*parent ||
	    hd_sysroot_text(scan->root, scan->arena, &text, "proc/%s/cgroup", parent) <= 0)
		return NULL;
	while (!unit && (line = hd_text_next_line(scan->arena, &text)))
		unit = service_of(line);
	return unit;
}

static const char *printable(struct hd_display_scan *scan, const char *text)
{
	return hd_text_printable(scan->arena, text ? text : "?", HD_DISPLAY_TEXT);
}

static void add_session(struct hd_display_scan *scan, const struct card *card,
			const struct hd_session *session)
{
	const char *manager = manager_of(scan, session->leader);
	struct hd_display_use *use = hd_display_add(scan);

	use->what = hd_printf(scan->arena, "%s -> %s -> session %s of %s (%s)", card->name,
			      printable(scan, session->seat), session->id,
			      printable(scan, session->user), printable(scan, session->type));
	use->source = hd_printf(scan->arena, HD_SESSIONS "/%s", session->id);
	use->command = manager ? hd_printf(scan->arena, "systemctl stop %s", manager)
			       : hd_printf(scan->arena, "loginctl terminate-session %s",
					   session->id);
}

void hd_display_sessions_read(struct hd_display_scan *scan)
{
	struct hd_sessions sessions;
	struct card card = { .n = 0 };

	read_card(scan, &card);
	if (!card.n)
		return;
	hd_sessions_read(&sessions, scan->root, scan->arena);
	if (sessions.unread)
		hd_display_unknown(scan, sessions.unread, sessions.error);
	for (size_t i = 0; i < sessions.n; i++)
		if (is_on_card(scan, &card, &sessions.items[i]))
			add_session(scan, &card, &sessions.items[i]);
}
