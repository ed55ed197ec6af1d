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

/* Is the card the one on which a session of its seat is shown, as nobody says otherwise? */
static bool is_main_card(struct hd_display_scan *scan)
{
	return scan->fn->is_boot_vga ||
	       !hd_display_other(scan->displays, scan->arena, &scan->fn, 1);
}

/* Has a connector of the function a picture?  -1: nothing says so (Linux drm_sysfs.c, enabled_show). */
static int is_lit(struct hd_display_scan *scan, const char *path)
{
	const char *const *cards, *const *names, *text;
	ssize_t n_cards = hd_sysroot_names(scan->root, scan->arena, &cards, "%s/drm", path);
	int found = -1;

	for (ssize_t i = 0; i < n_cards; i++) {
		ssize_t n = hd_text_is_numbered(cards[i], "card") ?
			hd_sysroot_names(scan->root, scan->arena, &names, "%s/drm/%s", path, cards[i]) : 0;

		for (ssize_t k = 0; k < n; k++) {
			if (!hd_text_starts_with(names[k], cards[i]) ||
			    hd_sysroot_text(scan->root, scan->arena, &text, "%s/drm/%s/%s/enabled",
					    path, cards[i], names[k]) <= 0)
				continue;
			if (!strcmp(text, "enabled"))
				return 1;
			found = 0;
		}
	}
	return found;
}

static bool is_another_lit(struct hd_display_scan *scan)
{
	for (size_t i = 0; i < scan->displays->n; i++) {
		const char *name = scan->displays->names[i];

		if (strcmp(name, scan->fn->name) != 0 &&
		    is_lit(scan, hd_printf(scan->arena, HD_SYS_PCI "/%s", name)) == 1)
			return true;
	}
	return false;
}

/* A compositor opens all cards of its seat, and shows something on those with a picture. */
static bool is_seats_card(struct hd_display_scan *scan)
{
	int lit = is_lit(scan, scan->fn->path);

	if (lit == 1)
		return true;
	return is_main_card(scan) && !(lit == 0 && is_another_lit(scan));
}

static bool is_on_card(struct hd_display_scan *scan, const struct card *card,
		       const struct hd_session *session)
{
	if (session->state && !strcmp(session->state, "closing"))
		return false;
	if (session->devices)
		return has_number(card, session->devices);
	return hd_session_is_graphical(session) && session->seat &&
	       !strcmp(session->seat, card->seat) && is_main_card(scan);
}

static const char *printable(struct hd_display_scan *scan, const char *text)
{
	return hd_text_printable(scan->arena, text ? text : "?", HD_DISPLAY_TEXT);
}

static void add_session(struct hd_display_scan *scan, const struct card *card,
			const struct hd_session *session)
{
	const char *manager = hd_session_starter(scan->root, scan->arena, session);
	struct hd_display_use *use = hd_display_add(scan);

	use->kind = HD_USE_SESSION;
	use->target = session->id;
	use->by = manager;
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
	scan->ret->seat = card.seat ? card.seat : "seat0";
	scan->ret->is_seats_card = is_seats_card(scan);
	if (!card.n)
		return;
	hd_sessions_read(&sessions, scan->root, scan->arena);
	if (sessions.unread)
		hd_display_unknown(scan, sessions.unread, sessions.error);
	for (size_t i = 0; i < sessions.n; i++)
		if (is_on_card(scan, &card, &sessions.items[i]))
			add_session(scan, &card, &sessions.items[i]);
}
