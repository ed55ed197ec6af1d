/* SPDX-License-Identifier: GPL-2.0-or-later */
/* handover_answers.c - which command of a hand-over comes next for a guest that is refused? */
#include "config.h"

#include <string.h>

#include "base/text.h"
#include "check/checks.h"

/* The checks whose failures a hand-over removes. */
static const struct hd_check *const of_uses[] = {
	&hd_check_display_free, &hd_check_holders_free, &hd_check_driver_release_safe,
};

static bool is_of_use(const struct hd_check *check)
{
	for (size_t i = 0; i < HD_ARRAY_SIZE(of_uses); i++)
		if (check == of_uses[i])
			return true;
	return false;
}

static bool is_same_card(const struct hd_pci_addr *a, const struct hd_pci_addr *b)
{
	return a->domain == b->domain && a->bus == b->bus && a->slot == b->slot;
}

/*
 * Does the host show something on the card, which a hand-over would end?  Not what a program
 * computes for itself; and what uses a function beside it may end only with a session.
 */
static bool shows_something(const struct hd_subject *s, const struct hd_pci_facts *card)
{
	const struct hd_display *display = &card->display;

	for (size_t i = 0; i < display->n_uses; i++) {
		enum hd_display_use_kind kind = display->uses[i].kind;

		if (kind != HD_USE_COMPUTE && (kind == HD_USE_SESSION || card == s->pci) &&
		    hd_display_use_counts(&display->uses[i], &s->facts->host))
			return true;
	}
	return false;
}

bool hd_handover_answers(const struct hd_subject *s, const struct hd_check *check)
{
	bool is_asked = s->request->policy.handover.is_asked;

	if (!s->pci || !s->request->name || !is_of_use(check))
		return false;
	for (size_t i = 0; i < s->facts->n_fns; i++) {
		const struct hd_pci_facts *card = &s->facts->fns[i];

		if (card->is_requested && hd_pci_fn_is_display(&card->fn) &&
		    is_same_card(&card->fn.addr, &s->pci->fn.addr) &&
		    (is_asked || shows_something(s, card)))
			return true;
	}
	return false;
}

const char *hd_handover_command(const struct hd_subject *s, const char *options)
{
	return hd_printf(s->arena, HD_COMMAND("hostdevctl handover %s%s%s"),
			 hd_guest_word(s->arena, s->request->name, s->request->uuid),
			 *options ? " " : "", options);
}

/* Can the policy name the service that has it open?  A user's own units it cannot. */
static bool can_be_named(const struct hd_holder *holder)
{
	return !holder->ended_by && !holder->session && !holder->user && holder->unit &&
	       !hd_policy_unit_error(holder->unit);
}

static bool has_word(const char *list, const char *word)
{
	size_t length = strlen(word);

	for (const char *at = list; at && (at = strstr(at, word)); at += length)
		if ((at == list || at[-1] == ',') && (!at[length] || at[length] == ','))
			return true;
	return false;
}

static void add_unit(struct hd_arena *arena, const char **list, const char *unit)
{
	if (!has_word(*list, unit))
		*list = *list ? hd_printf(arena, "%s,%s", *list, unit) : unit;
}

/* The services that stop, and those that have the function open besides; NULL: there are none. */
static const char *units_to_name(const struct hd_subject *s)
{
	const struct hd_handover_facts *handover = &s->facts->handover;
	const struct hd_holders *holders = &s->pci->holders;
	const char *list = NULL, *more = NULL;

	for (size_t i = 0; i < handover->n_units; i++)
		add_unit(s->arena, &list, handover->units[i].name);
	for (size_t i = 0; i < holders->n; i++)
		if (can_be_named(&holders->holders[i])) {
			add_unit(s->arena, &list, holders->holders[i].unit);
			more = list;
		}
	return more;
}

static const char *what_next(const struct hd_subject *s)
{
	const char *units;

	if (!s->request->policy.handover.is_asked)
		return hd_printf(s->arena, "or let each start of the guest end it, and its end bring "
				 "it back: %s", hd_handover_command(s, "--enable"));
	units = units_to_name(s);
	if (units)
		return hd_printf(s->arena, "or let the hand-over stop it: %s", hd_handover_command(s,
				 hd_printf(s->arena, "--enable --units %s", units)));
	return hd_printf(s->arena, "then look again: %s", hd_handover_command(s, ""));
}

void hd_handover_advise(const struct hd_subject *s, struct hd_finding *finding)
{
	if (hd_finding_refuses(finding) && hd_handover_answers(s, finding->check))
		finding->remedy = hd_printf(s->arena, "%s; %s", finding->remedy, what_next(s));
}
