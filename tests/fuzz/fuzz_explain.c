/* SPDX-License-Identifier: GPL-2.0-or-later */
/* fuzz_explain.c - does any line of a log, or a paste, crash or come out as something else? */
#include "config.h"

#include <string.h>

#include "explain/composed.h"
#include "explain/families.h"
#include "explain/log_search.h"
#include "facts/libvirt/start_log.h"
#include "tests/fuzz/fuzz.h"

static void item_holds(const struct hd_explained *item, struct hd_arena *arena)
{
	const struct hd_message *row = hd_message_find(item->message->id);

	/* A row that was found in other words is shown as general: a copy of it. */
	row = row ? row : hd_family_find(item->message->id);
	must(row && (row->means == item->message->means || hd_is_composed(row)));
	must(item->count > 0 && item->n_also <= HD_EXPLAINED_ALSO && fuzz_is_shown(item->line));
	must(fuzz_is_shown(item->reason));
	must(item->fields.n <= HD_FIELDS_MAX);
	for (size_t i = 0; i < item->fields.n; i++)
		must(item->fields.items[i].name && item->fields.items[i].value);
	must(fuzz_is_shown(hd_message_fill(item->message->means, &item->fields, arena)));
	must(fuzz_is_shown(hd_message_remedy(item->message, &item->fields, arena)));
}

static void log_holds(struct hd_arena *arena, const char *text)
{
	struct hd_start_log log = { 0 };

	if (!hd_start_log_parse(&log, arena, text))
		return;
	must(log.text && fuzz_is_shown(log.when));
	must(!strcmp(log.reason, "failed") || !strcmp(log.reason, "crashed"));
}

static void explanation_holds(const struct hd_explanation *found, struct hd_arena *arena)
{
	must(found->n <= HD_EXPLAINED_MAX);
	for (size_t i = 0; i < found->n; i++)
		item_holds(&found->items[i], arena);
	must(found->n_unknown <= HD_UNKNOWN_MAX);
	for (size_t i = 0; i < found->n_unknown; i++)
		must(fuzz_is_shown(found->unknown[i].line) && fuzz_is_shown(found->unknown[i].reason));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct hd_arena arena = { 0 };
	const char *text = hd_strndup(&arena, (const char *)data, size), *nearest[3];
	struct hd_explanation found = { 0 };
	size_t n;

	hd_explain_text(&found, &arena, text);
	explanation_holds(&found, &arena);
	hd_explain_question(&found, &arena, text);
	explanation_holds(&found, &arena);
	n = hd_explain_nearest(hd_strndup(&arena, text, 200), nearest, 3);
	must(n <= 3);
	log_holds(&arena, text);
	hd_arena_done(&arena);
	return 0;
}
