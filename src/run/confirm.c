/* SPDX-License-Identifier: GPL-2.0-or-later */
/* confirm.c - is what was proven free still free, right before it is taken? */
#include "config.h"

#include "run/confirm.h"

int hd_confirm(struct hd_findings *ret, struct hd_facts *facts, struct hd_arena *arena,
	       const struct hd_request *request, const struct hd_facts_query *query,
	       struct hd_error *err)
{
	int rc = hd_facts_again(facts, arena, query, err);

	if (rc < 0)
		return hd_wrap(err, "the last look before the change");
	hd_check_run_again(ret, arena, request, facts);
	return 0;
}
