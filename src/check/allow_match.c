/* SPDX-License-Identifier: GPL-2.0-or-later */
/* allow_match.c - does what the administrator allows name anything? */
#include "config.h"

#include <string.h>

#include "base/text.h"
#include "check/checks.h"

#define NAME_SHOWN 80

static bool is_typed(const struct hd_subject *s)
{
	const struct hd_policy *policy = &s->request->policy;

	for (size_t i = 0; i < policy->n_typed; i++)
		if (s->allow == &policy->typed[i])
			return true;
	return false;
}

/*
 * Was a check of the same kind run for this subject?  A function whose check was
 * skipped today, or a companion that stays, is not a typing error.
 */
static bool is_asked_for(const struct hd_subject *s, const struct hd_check *check)
{
	const char *scope = hd_scope_name(check->scope);
	struct hd_pci_addr addr;

	for (size_t i = 0; s->found && i < s->found->n; i++) {
		const struct hd_finding *f = &s->found->items[i];

		if (!strcmp(hd_scope_name(f->check->scope), scope) &&
		    hd_is_same_subject(f->subject, s->allow->subject))
			return true;
	}
	return (check->scope == HD_SCOPE_DEVICE || check->scope == HD_SCOPE_TAKEN) &&
	       hd_pci_addr_parse(s->allow->subject, &addr) &&
	       hd_facts_fn(s->facts, &addr);
}

/* How it is written, so that it can be found. */
static const char *source_of(const struct hd_subject *s)
{
	const char *check = s->allow->check, *subject = s->allow->subject;
	const char *text =
		is_typed(s) ? hd_printf(s->arena, "--allow %s=%s", check, subject) :
			      hd_printf(s->arena, "<allow check='%s' subject='%s'> in the "
					"guest's metadata", check, subject);

	return hd_text_printable(s->arena, text, 3 * NAME_SHOWN);
}

static const char *edit_command(const struct hd_subject *s, const char *what)
{
	if (is_typed(s) || !s->request->name)
		return what;
	return hd_printf(s->arena, "%s: " HD_COMMAND("virsh edit %s"), what,
			 hd_guest_word(s->arena, s->request->name, s->request->uuid));
}

static enum hd_verdict matches(const struct hd_subject *s, struct hd_result *ret)
{
	const struct hd_check *check = hd_check_find(s->allow->check);
	const char *nearest;

	if (!check) {
		nearest = hd_check_nearest(s->allow->check);
		ret->remedy = edit_command(s, hd_printf(s->arena, "write check='%s', or remove it",
							nearest));
		ret->severity = HD_ERROR;
		return hd_tell(s, ret, HD_FAIL, "%s: unknown check; did you mean %s?",
			       source_of(s), nearest);
	}
	ret->remedy = edit_command(s, "take it out");
	if (check->allow == HD_ALLOW_NEVER)
		return hd_tell(s, ret, HD_FAIL, "%s: this check cannot be allowed",
			       source_of(s));
	if (check->allow == HD_ALLOW_COMMAND_LINE && !is_typed(s))
		return hd_tell(s, ret, HD_FAIL, "%s: this check can be allowed only on the "
			       "command line", source_of(s));
	if (is_asked_for(s, check))
		return HD_PASS;
	ret->remedy = edit_command(s, "write the subject as the findings show it, or remove it");
	return hd_tell(s, ret, HD_FAIL, "%s: no requested device has this name",
		       source_of(s));
}

const struct hd_check hd_check_overrides_match = {
	.id = "overrides-match",
	.scope = HD_SCOPE_OVERRIDE,
	.severity = HD_WARNING,
	.title = "each allowance names a check that can be allowed, and a requested device",
	.remedy = "correct or remove it: `virsh edit` the guest",
	.doc = "An allowance that matches nothing is a typing error, or left over from a "
	       "device that the guest no longer has; it would be a surprise if it matched "
	       "again. An unknown check is an error in the guest's metadata, like any "
	       "other unknown word there, and wrong use on a command line. An allowance "
	       "that matches but is not needed today is fine. Source: <hd:allow> in the "
	       "guest's metadata, and --allow.",
	.run = matches,
};
