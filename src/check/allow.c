/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * allow.c - which failures does the administrator accept?
 *
 * An accepted error becomes a warning and is logged, never hidden.  An allowance is for
 * one check and one subject.  A guest's metadata, which is read at each start while
 * nobody watches, is enough only for dormant uses; a disk in use is given up only by a
 * command line that names its device.
 */
#include "config.h"

#include <string.h>

#include "base/text.h"
#include "check/checks.h"

#define SACRIFICE "--i-know-this-destroys-data"

bool hd_is_same_subject(const char *a, const char *b)
{
	struct hd_pci_addr left, right;

	if (!strcmp(a, b))
		return true;
	return hd_pci_addr_parse(a, &left) && hd_pci_addr_parse(b, &right) &&
	       !hd_pci_addr_compare(&left, &right);
}

static bool has_allow(const struct hd_allow *allows, size_t n, const char *check,
		      const char *subject)
{
	for (size_t i = 0; i < n; i++)
		if (allows[i].check && allows[i].subject &&
		    !strcmp(allows[i].check, check) &&
		    hd_is_same_subject(allows[i].subject, subject))
			return true;
	return false;
}

/* May the data behind this subject be lost? */
static bool is_sacrificed(const struct hd_policy *policy, const char *subject)
{
	struct hd_pci_addr addr;

	if (!hd_pci_addr_parse(subject, &addr))
		return false;
	for (size_t i = 0; i < policy->n_sacrifices; i++)
		if (!hd_pci_addr_compare(&policy->sacrifices[i], &addr))
			return true;
	return false;
}

/* Who names it, whether that is enough or not. */
static enum hd_allower allower_of(const struct hd_policy *policy, const char *check,
				  const char *subject)
{
	if (has_allow(policy->typed, policy->n_typed, check, subject))
		return HD_ALLOWED_BY_COMMAND_LINE;
	if (has_allow(policy->allows, policy->n_allows, check, subject))
		return HD_ALLOWED_BY_METADATA;
	return HD_ALLOWED_BY_NOBODY;
}

/* Whose word may be enough for it? */
static enum hd_allowance allowance_for(const struct hd_check *check, enum hd_use use)
{
	static const enum hd_allowance most[HD_USE_MAX] = {
		[HD_USE_ACTIVE] = HD_ALLOW_COMMAND_LINE,
		[HD_USE_SLEEPS] = HD_ALLOW_METADATA,
		[HD_USE_DATA] = HD_ALLOW_NEVER,
		[HD_USE_NEVER] = HD_ALLOW_NEVER,
	};

	return check->allow < most[use] ? check->allow : most[use];
}

enum hd_allower hd_accepted_by(const struct hd_request *request, const struct hd_check *check,
			       const char *subject, enum hd_use use)
{
	static const enum hd_allowance needs[HD_ALLOWER_MAX] = {
		[HD_ALLOWED_BY_METADATA] = HD_ALLOW_METADATA,
		[HD_ALLOWED_BY_COMMAND_LINE] = HD_ALLOW_COMMAND_LINE,
	};
	enum hd_allower by = allower_of(&request->policy, check->id, subject);

	if (use == HD_USE_DATA && is_sacrificed(&request->policy, subject))
		return HD_ALLOWED_BY_SACRIFICE;
	return by && allowance_for(check, use) >= needs[by] ? by : HD_ALLOWED_BY_NOBODY;
}

/* Can TEXT stand between quotes, in a shell and in XML? */
static bool is_plain(const char *text)
{
	return !strpbrk(text, "'\"`\\$<>&") && *text != '-';
}

static const char *for_guest(const struct hd_subject *s, const struct hd_finding *finding,
			     enum hd_allowance allowance)
{
	struct hd_arena *arena = s->arena;
	const char *id = finding->check->id, *subject = finding->subject;
	struct hd_pci_addr addr;

	if (allowance == HD_ALLOW_METADATA)
		return hd_printf(arena,
				 "<hd:allow check='%s' subject='%s'/> in the guest's "
				 "metadata", id, subject);
	if (allowance == HD_ALLOW_COMMAND_LINE && hd_pci_addr_parse(subject, &addr) &&
	    !hd_handover_answers(s, finding->check))
		return hd_printf(arena,
				 "hostdevctl detach --allow %s=%s %s before the start",
				 id, subject, subject);
	return NULL;
}

static const char *for_devices(struct hd_arena *arena, const struct hd_finding *finding,
			       enum hd_allowance allowance)
{
	const char *quote = strchr(finding->subject, ' ') ? "'" : "";

	if (allowance == HD_ALLOW_NEVER)
		return NULL;
	return hd_printf(arena, "--allow %s%s=%s%s", quote, finding->check->id,
			 finding->subject, quote);
}

/* What to write to allow this failure. */
static const char *way_to_allow(const struct hd_subject *subject,
				const struct hd_finding *finding, enum hd_use use)
{
	enum hd_allowance allowance = allowance_for(finding->check, use);
	const char *guest = subject->request->name;
	struct hd_pci_addr addr;

	if (!is_plain(finding->subject))
		return NULL;
	if (use == HD_USE_DATA)
		return !guest && hd_pci_addr_parse(finding->subject, &addr)
			       ? hd_printf(subject->arena, "detach " SACRIFICE " %s",
					   finding->subject)
			       : NULL;
	return guest ? for_guest(subject, finding, allowance)
		     : for_devices(subject->arena, finding, allowance);
}

/* Says why a given allowance does not count. */
static const char *why_not(const struct hd_subject *subject, const struct hd_finding *finding,
			   enum hd_use use)
{
	const struct hd_policy *policy = &subject->request->policy;
	enum hd_allower by = allower_of(policy, finding->check->id, finding->subject);

	if (use == HD_USE_NEVER && (by || is_sacrificed(policy, finding->subject)))
		return "the host cannot do without it, so it cannot be allowed";
	if (by == HD_ALLOWED_BY_NOBODY)
		return NULL;
	if (use == HD_USE_DATA)
		return "a disk in use would lose its data, so it cannot be allowed";
	return by == HD_ALLOWED_BY_METADATA
		       ? "the guest's metadata allows it, but metadata cannot allow it: it "
			 "counts as in use"
		       : "--allow names it, but this cannot be allowed";
}

static const char *const marks[] = {
	[HD_ALLOWED_BY_METADATA] = "allowed by the guest's metadata",
	[HD_ALLOWED_BY_COMMAND_LINE] = "allowed by --allow",
	[HD_ALLOWED_BY_SACRIFICE] = "allowed by " SACRIFICE,
};
_Static_assert(HD_ARRAY_SIZE(marks) == HD_ALLOWER_MAX, "a mark for each allower");

void hd_override_apply(const struct hd_subject *subject, struct hd_finding *finding,
		       enum hd_use use)
{
	const char *mark;

	if (finding->verdict == HD_PASS || finding->severity == HD_NOTE)
		return;
	if (finding->never)
		use = HD_USE_NEVER;
	finding->allowed_by = hd_accepted_by(subject->request, finding->check,
					     finding->subject, use);
	if (!finding->allowed_by && finding->severity != HD_ERROR)
		return;
	if (finding->allowed_by) {
		finding->severity--;
		mark = marks[finding->allowed_by];
	} else {
		finding->allow_with = way_to_allow(subject, finding, use);
		mark = why_not(subject, finding, use);
	}
	if (mark)
		finding->evidence = hd_printf(subject->arena, "%s (%s)",
					      finding->evidence, mark);
}

const char *hd_check_nearest(const char *text)
{
	const char *nearest = hd_checks[0]->id;
	size_t least = (size_t)-1;

	for (const struct hd_check *const *check = hd_checks; *check; check++) {
		size_t distance = hd_text_distance(text, (*check)->id);

		if (distance < least) {
			least = distance;
			nearest = (*check)->id;
		}
	}
	return nearest;
}

const char *hd_allower_name(enum hd_allower allower)
{
	static const char *const names[] = {
		[HD_ALLOWED_BY_METADATA] = "metadata",
		[HD_ALLOWED_BY_COMMAND_LINE] = "command-line",
		[HD_ALLOWED_BY_SACRIFICE] = "sacrifice",
	};
	_Static_assert(HD_ARRAY_SIZE(names) == HD_ALLOWER_MAX, "a name for each allower");

	return names[allower];
}
