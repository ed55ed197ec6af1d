/* SPDX-License-Identifier: GPL-2.0-or-later */
/* judge_beside.c - may a guest get a device beside the card that is handed over to it, such as the last keyboard? */
#include "config.h"

#include <string.h>

#include "act/judge_beside.h"
#include "act/request_devices.h"

static bool is_of_device(const struct hd_finding *finding)
{
	enum hd_scope scope = finding->check->scope;

	return scope != HD_SCOPE_HOST && scope != HD_SCOPE_GUEST && scope != HD_SCOPE_OVERRIDE;
}

static bool has_subject(const struct hd_findings *findings, const char *subject)
{
	for (size_t i = 0; i < findings->n; i++)
		if (is_of_device(&findings->items[i]) && !strcmp(findings->items[i].subject, subject))
			return true;
	return false;
}

void hd_findings_keep(struct hd_findings *findings, const struct hd_findings *alone)
{
	size_t n = findings->n;

	findings->n = 0;
	findings->is_ready = true;
	for (size_t i = 0; i < n; i++) {
		const struct hd_finding finding = findings->items[i];

		if (is_of_device(&finding) && !has_subject(alone, finding.subject))
			continue;
		findings->items[findings->n++] = finding;
		if (hd_finding_refuses(&finding))
			findings->is_ready = false;
	}
}

/* The guest's next start, by what it has and what it gets. */
static void ask_for_all(struct hd_checked *ret, struct hd_arena *arena,
			const struct hd_checked *judged, const struct hd_request *guest)
{
	struct hd_hostdev *devs = NULL;
	size_t n = 0;

	for (size_t i = 0; i < guest->n_hostdevs; i++)
		hd_push(arena, &devs, &n, guest->hostdevs[i]);
	for (size_t i = 0; i < judged->request.n_hostdevs; i++)
		hd_push(arena, &devs, &n, judged->request.hostdevs[i]);
	*ret = (struct hd_checked){
		.title = judged->title, .request = judged->request,
		.named = judged->named, .n_named = judged->n_named,
	};
	hd_request_keep(&ret->request, devs, n);
	hd_facts_query_for(&ret->query, arena, &ret->request);
}

enum hd_exit hd_judge_beside(struct hd_checked *judged, const struct hd_request *guest,
			     struct hd_findings *ret_alone, struct hd_context *context,
			     struct hd_error *err)
{
	_cleanup_(hd_checked_close) struct hd_checked all = { 0 }, before = { 0 };
	enum hd_exit code;

	*ret_alone = (struct hd_findings){ 0 };
	ask_for_all(&all, context->arena, judged, guest);
	code = hd_checked_run(&all, context, err);
	if (code != HD_EXIT_OK || !all.facts.handover.is_needed)
		return code;
	hd_findings_keep(&all.findings, &judged->findings);
	*ret_alone = judged->findings;
	before = *judged;
	*judged = all;
	all = (struct hd_checked){ 0 };
	/* The query points to the policy of the request. */
	if (judged->query.handover)
		judged->query.handover = &judged->request.policy.handover;
	return HD_EXIT_OK;
}
