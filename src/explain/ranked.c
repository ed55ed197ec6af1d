/* SPDX-License-Identifier: GPL-2.0-or-later */
/* ranked.c - which of the answers to a text comes first, and which is left out? */
#include "config.h"

#include <string.h>

#include "base/text.h"
#include "explain/ranked.h"
#include "explain/subject.h"

/* What tells one trouble from another of the same kind. */
static const char *const identity[] = {
	"address", "group", "uuid", "vendor", "product", "bus", "device", "parent", "module",
	"path", "node", "guest", "check",
};

bool hd_ranked_differ(const struct hd_fields *a, const struct hd_fields *b)
{
	for (size_t i = 0; i < HD_ARRAY_SIZE(identity); i++) {
		const char *x = hd_field_value(a, identity[i]), *y = hd_field_value(b, identity[i]);

		if (x && y && strcmp(x, y) != 0)
			return true;
	}
	return false;
}

void hd_ranked_raise(struct hd_explained *item, enum hd_tone tone, const char *line, const char *reason)
{
	if (tone <= item->tone)
		return;
	item->tone = tone;
	item->line = line;
	item->reason = reason;
	for (size_t i = 0; reason && i < item->fields.n; i++)
		if (!strcmp(item->fields.items[i].name, "reason"))
			item->fields.items[i].value = hd_subject_quoted(line, reason);
}

/* Do both name one thing?  Then the later line follows from the earlier one. */
static bool share_subject(const struct hd_fields *a, const struct hd_fields *b)
{
	for (size_t i = 0; i < HD_ARRAY_SIZE(identity); i++)
		if (hd_field_value(a, identity[i]) &&
		    hd_text_is_same(hd_field_value(b, identity[i]), hd_field_value(a, identity[i])))
			return true;
	return false;
}

/*
 * Is there only a general answer to a later line that is as grave as ITEM, says what was tried, and
 * is about something else?
 */
static bool is_overtaken(const struct hd_explanation *explanation, const struct hd_explained *item)
{
	for (size_t i = 0; i < explanation->n; i++) {
		const struct hd_explained *other = &explanation->items[i];

		if (other->message->kind == HD_MESSAGE_GENERAL && !other->is_vague &&
		    other->at > item->at && other->tone >= item->tone &&
		    !share_subject(&other->fields, &item->fields))
			return true;
	}
	return false;
}

enum { CERTAIN, USUAL, OVERTAKEN, PLACES };

/* The greater, the later. */
static int place_of(const struct hd_explanation *explanation, const struct hd_explained *item)
{
	bool is_usual = *hd_message_sureness(item->message) != '\0';

	if (hd_explained_follows(item))
		return PLACES * (HD_TONE_FINAL + 1);
	return PLACES * (HD_TONE_FINAL - item->tone) +
	       (is_usual ? USUAL : is_overtaken(explanation, item) ? OVERTAKEN : CERTAIN);
}

/* Of causes of causes the last line counts. */
static void find_innermost(struct hd_explanation *explanation)
{
	size_t last = 0;

	for (size_t i = 0; i < explanation->n; i++)
		if (explanation->items[i].tone == HD_TONE_CAUSE && explanation->items[i].at > last)
			last = explanation->items[i].at;
	for (size_t i = 0; i < explanation->n; i++)
		if (explanation->items[i].tone == HD_TONE_CAUSE && explanation->items[i].at < last)
			explanation->items[i].tone = HD_TONE_PLAIN;
}

/* The outcome first, then what is certain; else in order of the text. */
void hd_rank(struct hd_explanation *explanation, struct hd_arena *arena)
{
	struct hd_explained *items = explanation->items;
	int *places = explanation->n ? hd_alloc(arena, explanation->n * sizeof(*places)) : NULL;

	find_innermost(explanation);
	for (size_t i = 0; i < explanation->n; i++)
		places[i] = place_of(explanation, &items[i]);
	for (size_t i = 1; i < explanation->n; i++) {
		struct hd_explained item = items[i];
		int place = places[i];
		size_t k = i;

		for (; k && places[k - 1] > place; k--) {
			items[k] = items[k - 1];
			places[k] = places[k - 1];
		}
		items[k] = item;
		places[k] = place;
	}
}

/* The greater, the more it asks of the reader. */
static int weight_of(const struct hd_message *message)
{
	return message->kind == HD_MESSAGE_HARMLESS ? 0 : hd_message_is_harmless(message) ? 1 : 2;
}

/* Adds ITEM, unless what is harmless is said already. */
static void keep_item(struct hd_explanation *explanation, size_t *kept, const struct hd_explained *item)
{
	for (size_t i = 0; i < *kept && hd_message_is_harmless(item->message); i++)
		if (explanation->items[i].message == item->message) {
			explanation->items[i].count += item->count;
			return;
		}
	explanation->items[(*kept)++] = *item;
}

/* Nothing that is less than the rest: trouble, what is harmless on a condition, and in any case. */
void hd_ranked_drop_harmless(struct hd_explanation *explanation)
{
	size_t kept = 0;
	int most = 0;

	for (size_t i = 0; i < explanation->n; i++)
		most = weight_of(explanation->items[i].message) > most ?
		       weight_of(explanation->items[i].message) : most;
	for (size_t i = 0; i < explanation->n; i++)
		if (weight_of(explanation->items[i].message) == most)
			keep_item(explanation, &kept, &explanation->items[i]);
	explanation->n = kept;
}
