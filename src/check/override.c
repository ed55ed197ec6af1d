/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * override.c - which failures does the administrator accept?
 *
 * An accepted error is told as a warning and logged, never hidden.  Allowances
 * count by check and subject; data that the kernel itself says is in use goes
 * only with a device that a command line gives up by name.
 */
#include "config.h"

#include <string.h>

#include "base/text.h"
#include "check/checks.h"

#define ID_MAX 64	/* of a mistyped id, only so much is compared */
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

static enum hd_allower allower_of(const struct hd_policy *policy, const char *check,
				  const char *subject)
{
	if (has_allow(policy->typed, policy->n_typed, check, subject))
		return HD_ALLOWED_BY_COMMAND_LINE;
	if (has_allow(policy->allows, policy->n_allows, check, subject))
		return HD_ALLOWED_BY_METADATA;
	return HD_ALLOWED_BY_NOBODY;
}

bool hd_is_allowed(const struct hd_request *request, const char *check,
		   const char *subject)
{
	return allower_of(&request->policy, check, subject) != HD_ALLOWED_BY_NOBODY;
}

bool hd_is_sacrificed(const struct hd_request *request, const char *subject)
{
	struct hd_pci_addr addr;

	if (!hd_pci_addr_parse(subject, &addr))
		return false;
	for (size_t i = 0; i < request->policy.n_sacrifices; i++)
		if (!hd_pci_addr_compare(&request->policy.sacrifices[i], &addr))
			return true;
	return false;
}

/* Whose word is enough for it? */
static bool is_enough(const struct hd_check *check, enum hd_allower by)
{
	return (by == HD_ALLOWED_BY_METADATA && check->allow == HD_ALLOW_METADATA) ||
	       (by == HD_ALLOWED_BY_COMMAND_LINE && check->allow != HD_ALLOW_NEVER);
}

/* Can TEXT stand between quotes, in a shell and in XML? */
static bool is_plain(const char *text)
{
	return !strpbrk(text, "'\"`\\$<>&") && *text != '-';
}

static const char *for_guest(struct hd_arena *arena, const struct hd_check *check,
			     const char *subject)
{
	struct hd_pci_addr addr;

	if (check->allow == HD_ALLOW_METADATA)
		return hd_printf(arena,
				 "<hd:allow check='%s' subject='%s'/> in the guest's "
				 "metadata", check->id, subject);
	if (check->allow == HD_ALLOW_COMMAND_LINE && hd_pci_addr_parse(subject, &addr))
		return hd_printf(arena,
				 "hostdevctl detach --allow %s=%s %s, before the start",
				 check->id, subject, subject);
	return NULL;
}

static const char *for_devices(struct hd_arena *arena, const struct hd_check *check,
			       const char *subject)
{
	const char *quote = strchr(subject, ' ') ? "'" : "";

	if (check->allow == HD_ALLOW_NEVER)
		return NULL;
	return hd_printf(arena, "--allow %s%s=%s%s", quote, check->id, subject, quote);
}

/* How this failure could be allowed, in the words that have to be written. */
static const char *way_to_allow(const struct hd_subject *subject,
				const struct hd_finding *finding, bool is_proof)
{
	struct hd_pci_addr addr;

	if (finding->never || !is_plain(finding->subject))
		return NULL;
	if (is_proof)
		return !subject->request->name &&
				       hd_pci_addr_parse(finding->subject, &addr)
			       ? hd_printf(subject->arena, "detach " SACRIFICE " %s",
					   finding->subject)
			       : NULL;
	return subject->request->name
		       ? for_guest(subject->arena, finding->check, finding->subject)
		       : for_devices(subject->arena, finding->check, finding->subject);
}

/* An allowance that was given and does not count is not passed over in silence. */
static const char *why_not(const struct hd_subject *subject, const struct hd_finding *finding,
			   enum hd_allower by, bool is_proof)
{
	if (finding->never && (by || hd_is_sacrificed(subject->request, finding->subject)))
		return "the host cannot do without it: nobody can allow that";
	if (by == HD_ALLOWED_BY_NOBODY)
		return NULL;
	if (is_proof)
		return "the kernel does not say that it is free: that cannot be allowed";
	return by == HD_ALLOWED_BY_METADATA
		       ? "the guest's metadata allows it, but there it cannot be allowed"
		       : "--allow names it, but this cannot be allowed";
}

static const char *const marks[] = {
	[HD_ALLOWED_BY_METADATA] = "allowed by the guest's metadata",
	[HD_ALLOWED_BY_COMMAND_LINE] = "allowed by --allow",
	[HD_ALLOWED_BY_SACRIFICE] = "allowed by " SACRIFICE,
};
_Static_assert(HD_ARRAY_SIZE(marks) == HD_ALLOWER_MAX, "a mark for each allower");

/* BY is who said that the failure is accepted; does it count? */
static enum hd_allower who_allows(const struct hd_subject *subject,
				  const struct hd_finding *finding, enum hd_allower by,
				  bool is_proof)
{
	if (finding->never)
		return HD_ALLOWED_BY_NOBODY;
	if (is_proof && hd_is_sacrificed(subject->request, finding->subject))
		return HD_ALLOWED_BY_SACRIFICE;
	return !is_proof && is_enough(finding->check, by) ? by : HD_ALLOWED_BY_NOBODY;
}

void hd_override_apply(const struct hd_subject *subject, struct hd_finding *finding,
		       bool is_proof)
{
	enum hd_allower by;
	const char *mark;

	if (finding->verdict == HD_PASS || finding->severity != HD_ERROR)
		return;
	by = allower_of(&subject->request->policy, finding->check->id, finding->subject);
	finding->allowed_by = who_allows(subject, finding, by, is_proof);
	if (finding->allowed_by) {
		finding->severity = HD_WARNING;
		mark = marks[finding->allowed_by];
	} else {
		finding->allow_with = way_to_allow(subject, finding, is_proof);
		mark = why_not(subject, finding, by, is_proof);
	}
	if (mark)
		finding->evidence = hd_printf(subject->arena, "%s (%s)",
					      finding->evidence, mark);
}

/* How many characters must be typed differently (Levenshtein); B is not over ID_MAX. */
static size_t distance(const char *a, const char *b)
{
	size_t row[ID_MAX + 1], n = strlen(b);

	for (size_t j = 0; j <= n; j++)
		row[j] = j;
	for (size_t i = 0; a[i] && i < ID_MAX; i++) {
		size_t corner = row[0];

		row[0] = i + 1;
		for (size_t j = 1; j <= n; j++) {
			size_t best = corner + (a[i] != b[j - 1]);

			corner = row[j];
			if (row[j] + 1 < best)
				best = row[j] + 1;
			if (row[j - 1] + 1 < best)
				best = row[j - 1] + 1;
			row[j] = best;
		}
	}
	return row[n];
}

const char *hd_check_nearest(const char *text)
{
	const char *nearest = hd_checks[0]->id;
	size_t least = (size_t)-1;

	for (const struct hd_check *const *check = hd_checks; *check; check++) {
		const char *id = (*check)->id;
		size_t d = strlen(id) > ID_MAX ? (size_t)-1 : distance(text, id);

		if (d < least) {
			least = d;
			nearest = id;
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
