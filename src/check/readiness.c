/* SPDX-License-Identifier: GPL-2.0-or-later */
/* readiness.c - what all findings of one device come to: ready, needs something, never. */
#include "config.h"

#include <string.h>

#include "check/checks.h"
#include "check/readiness.h"

/* The checks whose evidence names the users of the device. */
static const struct hd_check *const of_uses[] = {
	&hd_check_storage_free, &hd_check_network_free, &hd_check_display_free,
	&hd_check_holders_free, &hd_check_usb_controller_free, &hd_check_usb_free, &hd_check_scsi_free,
	&hd_check_serial_free, &hd_check_children_free, &hd_check_other_use_free,
};

static bool is_listed(const struct hd_findings *findings, size_t before)
{
	for (size_t i = 0; i < before; i++)
		if (findings->items[i].check == findings->items[before].check &&
		    hd_finding_refuses(&findings->items[i]))
			return true;
	return false;
}

const char *hd_never_of(const struct hd_findings *findings)
{
	for (size_t i = 0; i < findings->n; i++)
		if (hd_finding_refuses(&findings->items[i]) && findings->items[i].never)
			return findings->items[i].never;
	return NULL;
}

/* The ids of the checks that refuse, each once. */
static const char *refusing(struct hd_arena *arena, const struct hd_findings *findings,
			    const char *between)
{
	const char *ids = NULL;

	for (size_t i = 0; i < findings->n; i++) {
		const char *id = findings->items[i].check->id;

		if (hd_finding_refuses(&findings->items[i]) && !is_listed(findings, i))
			ids = ids ? hd_printf(arena, "%s%s%s", ids, between, id) : id;
	}
	return ids;
}

const char *hd_needs_of(struct hd_arena *arena, const struct hd_findings *findings)
{
	return hd_never_of(findings) ? NULL : refusing(arena, findings, "\n");
}

enum hd_readiness hd_readiness_of(const char **ret_text, struct hd_arena *arena,
				  const struct hd_findings *findings)
{
	const char *never = hd_never_of(findings), *needs;

	if (never) {
		*ret_text = hd_printf(arena, "never: %s", never);
		return HD_NEVER;
	}
	needs = refusing(arena, findings, ", ");
	*ret_text = needs ? hd_printf(arena, "needs %s", needs) : "ready";
	return needs ? HD_NEEDS : HD_READY;
}

static bool shows_use(const struct hd_finding *finding, const char *subject)
{
	if (finding->verdict == HD_PASS || !finding->evidence || finding->allowed_by ||
	    strcmp(finding->subject, subject) != 0)
		return false;
	for (size_t i = 0; i < HD_ARRAY_SIZE(of_uses); i++)
		if (finding->check == of_uses[i])
			return true;
	return false;
}

const char *hd_uses_of(struct hd_arena *arena, const struct hd_findings *findings,
		       const char *subject)
{
	const char *uses = NULL;

	for (size_t i = 0; i < findings->n; i++) {
		const struct hd_finding *finding = &findings->items[i];

		if (shows_use(finding, subject))
			uses = uses ? hd_printf(arena, "%s\n%s", uses, finding->evidence) :
			       finding->evidence;
	}
	return uses;
}
