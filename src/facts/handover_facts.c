/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * handover_facts.c - what ends when the host hands over the graphics card that it works with?
 *
 * A session ends with all that runs in its scope, and takes along what its user's own manager
 * runs for it; a service ends with its control group.  Names of programs prove nothing.
 */
#include "config.h"

#include <string.h>

#include "base/text.h"
#include "facts/facts_internal.h"
#include "facts/host/inhibitors.h"
#include "facts/host/login_session.h"
#include "facts/host/units.h"

#define TEXT_SHOWN 64
#define DISPLAY_MANAGER "display-manager.service"

struct hand {
	struct hd_facts *facts;
	struct hd_arena *arena;
	const struct hd_handover *policy;
	struct hd_handover_facts *ret;
	struct hd_sessions sessions;
	const char *display_manager;	/* the real name, or NULL */
	const char *daemon_unit;	/* in which libvirt's daemon runs, or NULL */
};

static void add_obstacle(struct hand *h, const char *what, const char *remedy, const char *options)
{
	for (size_t i = 0; i < h->ret->n_obstacles; i++)
		if (!strcmp(h->ret->obstacles[i].what, what))
			return;
	hd_push(h->arena, &h->ret->obstacles, &h->ret->n_obstacles,
		(struct hd_obstacle){ what, remedy, options });
}

static bool is_card(const struct hd_pci_facts *pci)
{
	return pci->is_requested && hd_pci_fn_is_display(&pci->fn);
}

/* "/user.slice/user-1000.slice/session-2.scope" of a process, "" if unknown. */
static const char *path_of(const struct hand *h, const char *pid)
{
	const char *path = hd_process_cgroup(h->facts->root, h->arena, pid);

	return path ? path : "";
}

static const char *pid_text(const struct hand *h, const struct hd_holder *holder)
{
	return hd_printf(h->arena, "%ld", (long)holder->pid);
}

static bool is_in_manager(const struct hand *h, const char *path, const char *uid)
{
	return uid && strstr(path, hd_printf(h->arena, "/user@%s.service/", uid));
}

static const struct hd_ended_session *find_ended(const struct hand *h, const char *id)
{
	for (size_t i = 0; i < h->ret->n_sessions; i++)
		if (!strcmp(h->ret->sessions[i].id, id))
			return &h->ret->sessions[i];
	return NULL;
}

static void end_session(struct hand *h, const struct hd_session *session, const char *why)
{
	if (!find_ended(h, session->id))
		hd_push(h->arena, &h->ret->sessions, &h->ret->n_sessions,
			(struct hd_ended_session){ session->id, session->uid, hd_session_text(h->arena, session),
						   why });
}

/* What the session has to do with the card, or NULL. */
static const char *link_with(const struct hand *h, const struct hd_pci_facts *pci,
			     const struct hd_session *session)
{
	for (size_t i = 0; i < pci->display.n_uses; i++)
		if (pci->display.uses[i].kind == HD_USE_SESSION &&
		    !strcmp(pci->display.uses[i].target, session->id))
			return pci->display.is_seats_card ? "is shown on" : "has opened";
	if (!hd_session_is_graphical(session) || !session->seat)
		return NULL;
	for (size_t i = 0; i < pci->holders.n; i++) {
		const char *path = path_of(h, pid_text(h, &pci->holders.holders[i]));

		if (hd_cgroup_is_session(h->arena, path, session->id) ||
		    is_in_manager(h, path, session->uid))
			return "has programs on";
	}
	return NULL;
}

/* Why a session must not end for the seat, as the end of a sentence; NULL: it may. */
static const char *why_kept(const struct hand *h, const struct hd_session *session,
			    const char *seat)
{
	if (!h->policy->ends_sessions)
		return "the guest's policy is sessions='refuse'";
	if (!session->seat || (session->remote && !strcmp(session->remote, "1")))
		return "it has no seat of this host";
	if (!seat || strcmp(session->seat, seat) != 0)
		return "it is on another seat";
	if (h->daemon_unit &&
	    !strcmp(h->daemon_unit, hd_printf(h->arena, "session-%s.scope", session->id)))
		return "libvirt's daemon runs in it";
	return NULL;
}

static const char *log_out(const struct hand *h, const char *text, const char *id)
{
	return hd_printf(h->arena, "log out of %s, or end it: `loginctl terminate-session %s`", text, id);
}

static void keep_session(struct hand *h, const struct hd_session *session, const char *what,
			 const char *why)
{
	add_obstacle(h, hd_printf(h->arena, "%s %s and does not end: %s (" HD_SESSIONS "/%s)",
				  hd_session_text(h->arena, session), what, why, session->id),
		     log_out(h, hd_session_text(h->arena, session), session->id),
		     h->policy->ends_sessions ? NULL : "--enable --sessions end");
}

static void judge_session(struct hand *h, const struct hd_pci_facts *pci,
			  const struct hd_session *session)
{
	const char *link = hd_session_is_closing(session) ? NULL : link_with(h, pci, session);
	const char *what, *why;

	if (!link)
		return;
	what = hd_printf(h->arena, "%s %s", link, pci->fn.name);
	why = why_kept(h, session, pci->display.seat);
	if (!why && !pci->display.is_seats_card)
		why = "nothing of the seat is shown on this card";
	if (why)
		keep_session(h, session, what, why);
	else
		end_session(h, session, hd_printf(h->arena, "it %s", what));
}

/* Is it one of the units='...' of the policy? */
static bool is_named(const struct hand *h, const char *unit)
{
	for (size_t i = 0; i < h->policy->n_units; i++)
		if (!strcmp(hd_unit_real_name(h->facts->root, h->arena, h->policy->units[i]), unit))
			return true;
	return false;
}

static const struct hd_ended_unit *find_unit(const struct hand *h, const char *name)
{
	for (size_t i = 0; i < h->ret->n_units; i++)
		if (!strcmp(h->ret->units[i].name, name))
			return &h->ret->units[i];
	return NULL;
}

static void stop_unit(struct hand *h, const char *name, const char *why)
{
	if (!find_unit(h, name) && hd_unit_is_active(h->facts->root, h->arena, name))
		hd_push(h->arena, &h->ret->units, &h->ret->n_units, (struct hd_ended_unit){ name, why });
}

static const struct hd_session *session_of(const struct hand *h, const char *id)
{
	for (size_t i = 0; i < h->sessions.n; i++)
		if (!strcmp(h->sessions.items[i].id, id))
			return &h->sessions.items[i];
	return NULL;
}

/* What names the policy's units, and MORE unless it is NULL, but not LESS. */
static const char *set_units(const struct hand *h, const char *more, const char *less)
{
	const char *list = more;

	for (size_t i = 0; i < h->policy->n_units; i++)
		if (strcmp(h->policy->units[i], less) != 0)
			list = hd_printf(h->arena, "%s%s%s", list ? list : "", list ? "," : "",
					 h->policy->units[i]);
	return list ? hd_printf(h->arena, "--enable --units %s", list) : "--disable";
}

static void stop_starter(struct hand *h, const struct hd_ended_session *ended)
{
	const struct hd_session *session = session_of(h, ended->id);
	const char *unit = NULL, *error;

	if (session)
		unit = hd_session_restarter(h->facts->root, h->arena, session);
	if (!unit || !hd_unit_is_active(h->facts->root, h->arena, unit))
		return;
	error = hd_policy_unit_error(unit);
	if (error)
		add_obstacle(h, hd_printf(h->arena, "%s was started by %s, which must not stop: %s",
					  ended->text, unit, error),
			     log_out(h, ended->text, ended->id), NULL);
	else if (h->policy->units && !is_named(h, unit))
		add_obstacle(h, hd_printf(h->arena, "%s started %s and would open the card again: "
					  "it is not in the policy's units='...'", unit,
					  ended->text),
			     hd_printf(h->arena, "add %s to units='...' of <hd:handover>", unit),
			     set_units(h, unit, ""));
	else
		stop_unit(h, unit, hd_printf(h->arena, "it started %s", ended->text));
}

/* The seat of a card that is asked for, or NULL. */
static const char *card_on(const struct hand *h, const char *seat)
{
	for (size_t i = 0; seat && i < h->facts->n_fns; i++)
		if (is_card(&h->facts->fns[i]) && h->facts->fns[i].display.seat &&
		    !strcmp(h->facts->fns[i].display.seat, seat))
			return seat;
	return NULL;
}

/* A display manager ends all its sessions with itself, on whatever seat they are. */
static void judge_siblings(struct hand *h)
{
	for (size_t i = 0; i < h->sessions.n; i++) {
		const struct hd_session *session = &h->sessions.items[i];
		const char *unit = hd_session_restarter(h->facts->root, h->arena, session);
		const char *what, *why;

		if (hd_session_is_closing(session) || !unit || !find_unit(h, unit) ||
		    find_ended(h, session->id))
			continue;
		what = hd_printf(h->arena, "was started by %s, which would stop,", unit);
		why = why_kept(h, session, card_on(h, session->seat));
		if (why)
			keep_session(h, session, what, why);
		else
			end_session(h, session, hd_printf(h->arena, "%s, which started it, stops",
							  unit));
	}
}

/* The display manager, and services that are known to keep the driver of FN busy. */
static bool is_default_unit(const struct hand *h, const struct hd_pci_fn *fn, const char *unit)
{
	const struct hd_driver_stack *stack = hd_driver_stack_of(fn->driver);

	if (h->display_manager && !strcmp(unit, h->display_manager))
		return true;
	for (size_t i = 0; stack && stack->keepers[i]; i++)
		if (!strcmp(unit, stack->keepers[i]))
			return true;
	return false;
}

static void stop_users(struct hand *h, const struct hd_pci_facts *pci)
{
	for (size_t i = 0; i < pci->holders.n; i++) {
		const struct hd_holder *holder = &pci->holders.holders[i];
		const char *unit = hd_cgroup_service(h->arena, path_of(h, pid_text(h, holder)));

		if (unit && is_default_unit(h, &pci->fn, unit) && !hd_policy_unit_error(unit))
			stop_unit(h, unit, hd_printf(h->arena, "its process %s has %s open",
						     holder->command, holder->node->name));
	}
}

/* An alias that the policy names may stand for a unit that must not stop. */
static void stop_named(struct hand *h, const char *alias)
{
	const char *name = hd_unit_real_name(h->facts->root, h->arena, alias);
	const char *error = hd_policy_unit_error(name);

	if (error)
		add_obstacle(h, hd_printf(h->arena, "%s of the policy is %s, which must not stop: %s",
					  alias, hd_text_printable(h->arena, name, TEXT_SHOWN), error),
			     hd_printf(h->arena, "remove %s from units='...' of <hd:handover>", alias),
			     set_units(h, NULL, alias));
	else
		stop_unit(h, name, "the guest's policy names it");
}

/* At boot, and soon after another guest, it has no session yet, and would open the card in the midst of all. */
static void stop_display_manager(struct hand *h, const char *unit)
{
	for (size_t i = 0; unit && i < h->facts->n_fns; i++) {
		const struct hd_pci_facts *pci = &h->facts->fns[i];

		if (!is_card(pci) || !pci->display.is_seats_card || pci->fn.driver_kind != HD_DRIVER_HOST ||
		    hd_sessions_have_card(&h->sessions, h->facts->root, h->arena, unit, pci->display.seat))
			continue;
		stop_unit(h, unit, hd_printf(h->arena, "it is about to show a login on %s", pci->fn.name));
		h->ret->is_needed |= find_unit(h, unit) != NULL;
	}
}

static void find_units(struct hand *h)
{
	for (size_t i = 0; i < h->policy->n_units; i++)
		stop_named(h, h->policy->units[i]);
	for (size_t i = 0; i < h->ret->n_sessions; i++)
		stop_starter(h, &h->ret->sessions[i]);
	for (size_t i = 0; !h->policy->units && i < h->facts->n_fns; i++)
		if (is_card(&h->facts->fns[i]))
			stop_users(h, &h->facts->fns[i]);
	if (!h->policy->units && !h->ret->n_sessions && !h->ret->n_obstacles)
		stop_display_manager(h, h->display_manager);
	judge_siblings(h);
}

/* Does the user's own manager outlive the ended sessions?  Then only parts of the desktop end. */
static bool has_more(const struct hand *h, const struct hd_ended_session *ended)
{
	for (size_t i = 0; i < h->sessions.n; i++) {
		const struct hd_session *session = &h->sessions.items[i];

		if (hd_session_keeps_manager(session) && hd_text_is_same(session->uid, ended->uid) &&
		    !find_ended(h, session->id))
			return true;
		if (!strcmp(session->id, ended->id) && session->user &&
		    hd_text_is_component(session->user) &&
		    hd_sysroot_has(h->facts->root, "var/lib/systemd/linger/%s", session->user))
			return true;
	}
	return false;
}

static const char *ended_path(const struct hand *h, const char *path)
{
	const char *unit = hd_cgroup_service(h->arena, path);
	const struct hd_ended_unit *stopped = unit ? find_unit(h, unit) : NULL;

	if (stopped)
		return stopped->name;
	for (size_t i = 0; i < h->ret->n_sessions; i++) {
		const struct hd_ended_session *ended = &h->ret->sessions[i];

		if (hd_cgroup_is_session(h->arena, path, ended->id))
			return ended->text;
		if (is_in_manager(h, path, ended->uid) &&
		    (!has_more(h, ended) || hd_cgroup_is_desktop(h->arena, path)))
			return ended->text;
	}
	return NULL;
}

static const char *ended_holder(const struct hand *h, const struct hd_holder *holder)
{
	const struct hd_ended_session *ended;

	if (!holder->session)
		return ended_path(h, path_of(h, pid_text(h, holder)));
	ended = find_ended(h, holder->session);
	return ended ? ended->text : NULL;
}

static const char *ended_use(const struct hand *h, const struct hd_display_use *use)
{
	const struct hd_ended_session *ended;

	if (use->kind == HD_USE_CLIENT)
		return h->ret->loaded.n && !h->ret->loaded.foreign ?
			hd_printf(h->arena, "unloading %s", h->ret->loaded.modules[0]) : NULL;
	if (!use->target)
		return NULL;
	if (use->kind == HD_USE_COMPUTE)
		return ended_path(h, path_of(h, use->target));
	if (use->kind != HD_USE_SESSION)
		return hd_printf(h->arena, "unbinding %s", use->target);
	ended = find_ended(h, use->target);
	return ended ? ended->text : NULL;
}

/* Is it any of them? */
static bool mark_holders(const struct hand *h, struct hd_holders *holders)
{
	bool any = false;

	for (size_t i = 0; i < holders->n; i++) {
		holders->holders[i].ended_by = ended_holder(h, &holders->holders[i]);
		any |= holders->holders[i].ended_by != NULL;
	}
	return any;
}

static void mark_card(struct hand *h, struct hd_pci_facts *pci)
{
	h->ret->is_needed |= mark_holders(h, &pci->holders);
	for (size_t i = 0; i < pci->display.n_uses; i++) {
		struct hd_display_use *use = &pci->display.uses[i];

		use->ended_by = ended_use(h, use);
		h->ret->is_needed |= use->ended_by != NULL;
	}
}

/* Cards of one driver share its modules: all must go together. */
static void find_stack(struct hand *h)
{
	struct hd_pci_addr *going = NULL;
	size_t n = 0;

	for (const struct hd_pci_facts *pci = h->facts->fns; pci < h->facts->fns + h->facts->n_fns; pci++) {
		if (!pci->is_requested || pci->fn.driver_kind != HD_DRIVER_HOST)
			continue;
		if (is_card(pci) && hd_driver_stack_of(pci->fn.driver)) {
			h->ret->stack = hd_driver_stack_of(pci->fn.driver);
			h->ret->stack_card = pci->fn.name;
		}
		hd_push(h->arena, &going, &n, pci->fn.addr);
	}
	if (h->ret->stack)
		hd_driver_stack_read(&h->ret->loaded, h->facts->root, h->arena, h->ret->stack,
				     going, n);
}

static void judge_stack(struct hand *h)
{
	if (h->ret->loaded.foreign)
		add_obstacle(h, hd_printf(h->arena, "the modules of %s cannot be unloaded: %s",
					  h->ret->stack->driver, h->ret->loaded.foreign),
			     hd_printf(h->arena, "give the card to vfio-pci at boot instead (`hostdevctl "
				       "setup bind %s`)", h->ret->stack_card), NULL);
}

static void judge_inhibitors(struct hand *h)
{
	struct hd_inhibitors found;

	hd_inhibitors_read(&found, h->facts->root, h->arena);
	if (found.unread && !h->ret->unknown)
		h->ret->unknown = found.unread;
	for (size_t i = 0; i < found.n; i++) {
		const struct hd_inhibitor *one = &found.items[i];

		add_obstacle(h, hd_printf(h->arena, "%s%s%s asks not to be interrupted: %s (%s)",
					  one->who, one->pid ? ", process " : "",
					  one->pid ? one->pid : "", one->why, one->file),
			     "wait until it is done (`systemd-inhibit --list`)", NULL);
	}
}

static void look_around(struct hand *h)
{
	const char *name = hd_unit_real_name(h->facts->root, h->arena, DISPLAY_MANAGER);
	struct hd_daemon daemon;

	hd_sessions_read(&h->sessions, h->facts->root, h->arena);
	if (h->sessions.unread)
		h->ret->unknown = hd_printf(h->arena, "%s: %s", h->sessions.unread,
					    strerror(-h->sessions.error));
	h->display_manager = strcmp(name, DISPLAY_MANAGER) != 0 ? name : NULL;
	hd_daemon_read(&daemon, h->facts->root, h->arena);
	if (daemon.pid)
		h->daemon_unit = hd_cgroup_unit(h->arena,
						path_of(h, hd_printf(h->arena, "%d", daemon.pid)));
}

static void read_all(struct hand *h)
{
	struct hd_facts *facts = h->facts;

	look_around(h);
	for (size_t i = 0; i < facts->n_fns; i++)
		for (size_t k = 0; is_card(&facts->fns[i]) && k < h->sessions.n; k++)
			judge_session(h, &facts->fns[i], &h->sessions.items[k]);
	find_units(h);
	find_stack(h);
	for (size_t i = 0; i < facts->n_fns; i++)
		if (is_card(&facts->fns[i]))
			mark_card(h, &facts->fns[i]);
	/* Nothing ends for a card that nobody uses: who has another device open goes on. */
	if (!h->ret->is_needed)
		return;
	for (size_t i = 0; i < facts->n_fns; i++)
		(void)mark_holders(h, &facts->fns[i].holders);
	for (size_t i = 0; i < facts->n_usbs; i++)
		(void)mark_holders(h, &facts->usbs[i].holders);
	judge_stack(h);
	judge_inhibitors(h);
}

void hd_handover_read(struct hd_collector *c)
{
	const struct hd_sysroot_trouble before = hd_sysroot_watch(c->facts->root);
	struct hand h = {
		.facts = c->facts, .arena = c->arena, .policy = c->query->handover,
		.ret = &c->facts->handover,
	};
	const char *unread = NULL;

	*h.ret = (struct hd_handover_facts){ .is_asked = h.policy };
	if (h.policy)
		read_all(&h);
	hd_collector_unwatch(c, &before, &unread);
	if (!h.ret->unknown)
		h.ret->unknown = unread;
}
