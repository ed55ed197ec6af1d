/* SPDX-License-Identifier: GPL-2.0-or-later */
/* general.c - what do the lines of a text that match no row mean in general? */
#include "config.h"

#include <string.h>

#include "base/text.h"
#include "explain/composed.h"
#include "explain/families.h"
#include "explain/general.h"
#include "explain/goes_on.h"
#include "explain/level.h"
#include "explain/logged.h"
#include "explain/ranked.h"
#include "explain/similar.h"
#include "explain/subject.h"

/* The general answers of one text. */
struct general {
	struct hd_explained items[HD_UNKNOWN_MAX];
	unsigned weights[HD_UNKNOWN_MAX];
	size_t n;
};

/* It only says what a line is about, where its speaker says nothing: nearly as vague as that. */
static bool is_about(const struct hd_family *family)
{
	return hd_text_starts_with(family->answer.id, "general-about-");
}

/* What was tried says most, then the error, then who speaks. */
#define WEIGHT_SPEAKER 1
#define WEIGHT_VAGUE 2		/* what a line is about */
#define WEIGHT_ERROR 3
#define WEIGHT_TRIED 6
#define WEIGHT_TYPED 6
#define WEIGHT_SIMILAR 6
#define COMPOSED_SIGNS 2	/* who speaks and how it ended: better than one of them */

static unsigned weight_of(const struct hd_family *family)
{
	if (is_about(family))
		return WEIGHT_VAGUE;
	return (family->tried || family->words ? WEIGHT_TRIED : 0) + (family->errnos ? WEIGHT_ERROR : 0) +
	       (family->speakers ? WEIGHT_SPEAKER : 0);
}

/* The command before a shell's "write error" says what was written, and where. */
static const struct hd_family *family_of(struct hd_unknown *what, const char *before,
					 struct hd_arena *arena)
{
	const struct hd_family *family = hd_family_of(what->line, what->reason), *more;
	const char *both;

	if (!before || !family || is_about(family) || (family->speakers && !(family->speakers & HD_SAYS_SHELL)))
		return family;
	both = hd_printf(arena, "%s %s", before, what->line);
	more = hd_family_of(both, both);
	if (!more || !(more->tried || more->speakers || more->words))
		return family;
	hd_subject_fields(&what->fields, before, arena);
	return more;
}

static bool is_same(const struct hd_message *a, const struct hd_message *b)
{
	return a == b || (hd_is_composed(a) && hd_is_composed(b) && !strcmp(a->means, b->means));
}

/* Adds WHAT to the same ANSWER about the same device, or adds that. */
static void add_to_general(struct general *general, struct hd_arena *arena,
			   const struct hd_unknown *what, const struct hd_message *answer, unsigned weight)
{
	const char *address = hd_field_value(&what->fields, "address");
	enum hd_tone tone = hd_tone_of(what->line);
	struct hd_fields fields = what->fields;

	for (size_t i = 0; i < general->n; i++) {
		struct hd_explained *item = &general->items[i];
		const char *other = hd_field_value(&item->fields, "address");

		if (!is_same(item->message, answer) || (other && address && strcmp(other, address) != 0))
			continue;
		(void)hd_fields_merge(&item->fields, &what->fields, arena);
		hd_ranked_raise(item, tone, what->line, what->reason);
		item->at = what->at > item->at ? what->at : item->at;
		item->count++;
		return;
	}
	(void)hd_field_add(&fields, "reason", hd_subject_quoted(what->line, what->reason));
	general->weights[general->n] = weight;
	general->items[general->n++] = (struct hd_explained){
		.message = answer, .fields = fields, .line = what->line,
		.reason = what->reason, .count = 1, .at = what->at, .tone = tone,
		.is_vague = weight <= WEIGHT_VAGUE };
}

/* Is the answer A wanted before B?  A warning only after errors, whatever is known of it. */
static bool is_heavier(const struct general *general, size_t a, size_t b)
{
	bool is_mild = general->items[a].tone <= HD_TONE_MILD;

	if (!general->weights[a] || !general->weights[b] || is_mild == (general->items[b].tone <= HD_TONE_MILD))
		return general->weights[a] > general->weights[b];
	return !is_mild;
}

/* The heaviest, of equal ones the first, and its weight, which becomes 0. */
static const struct hd_explained *take_heaviest(struct general *general, unsigned *weight)
{
	size_t best = 0;

	for (size_t i = 1; i < general->n; i++)
		if (is_heavier(general, i, best))
			best = i;
	*weight = general->weights[best];
	general->weights[best] = 0;
	return &general->items[best];
}

/*
 * Whose only sign is who speaks says little: after a better answer that does not speak of another
 * device, or of several, its line is not understood.
 */
static bool is_superfluous(const struct hd_explained *items, size_t n_better,
			   const struct hd_explained *item)
{
	const char *address = hd_field_value(&item->fields, "address");

	for (size_t i = 0; i < n_better; i++) {
		const struct hd_explained *better = &items[i];
		const char *other = hd_field_value(&better->fields, "address");

		if (!hd_message_is_harmless(better->message) && !hd_explained_follows(better) &&
		    (better->tone > HD_TONE_MILD || item->tone <= HD_TONE_MILD) &&
		    (!address || !other || !strcmp(address, other)))
			return true;
	}
	return false;
}

static void add_heaviest(struct hd_explanation *ret, struct hd_arena *arena, struct general *general)
{
	size_t n_better = ret->n;

	for (size_t i = 0; i < general->n; i++) {
		unsigned weight;
		const struct hd_explained *item = take_heaviest(general, &weight);
		bool is_vague = weight <= WEIGHT_VAGUE;

		if (i >= HD_GENERAL_MAX || (is_vague && is_superfluous(ret->items, n_better, item))) {
			ret->unknown[ret->n_unknown++] = (struct hd_unknown){
				item->line, item->reason, item->fields, item->at };
			continue;
		}
		hd_push(arena, &ret->items, &ret->n, *item);
		n_better = is_vague ? n_better : ret->n;
	}
}

/* What the line names, whose state can be looked at. */
static uint32_t names_of(const struct hd_unknown *what)
{
	static const struct {
		const char *field;
		uint32_t bit;
	} names[] = {
		{ "guest", HD_NAMES_GUEST }, { "group", HD_NAMES_GROUP }, { "driver", HD_NAMES_DRIVER },
		{ "interface", HD_NAMES_INTERFACE }, { "path", HD_SAYS_FILE }, { "unit", HD_SAYS_UNIT },
	};
	uint32_t ret = 0;

	for (size_t i = 0; i < HD_ARRAY_SIZE(names); i++)
		if (hd_field_value(&what->fields, names[i].field))
			ret |= names[i].bit;
	return ret;
}

/* A message that is known in other words says more than who speaks; NULL: none. */
static const struct hd_message *similar_to(const struct hd_unknown *what, struct hd_similar **similar,
					   struct hd_arena *arena)
{
	if (!*similar)
		*similar = hd_similar_new(arena);
	return hd_similar_of(*similar, what->reason, arena);
}

/* Adds what can be said of WHAT if at least SIGNS of who speaks and how it ended are known. */
static bool add_composed(struct general *general, struct hd_arena *arena, const struct hd_unknown *what,
			 unsigned signs)
{
	const struct hd_message *answer = hd_compose(what->line, what->reason, &what->fields, signs, arena);

	if (answer)
		add_to_general(general, arena, what, answer, signs < COMPOSED_SIGNS ? WEIGHT_VAGUE : WEIGHT_ERROR);
	return answer;
}

/* Says FAMILY, or NULL, less of WHAT than who speaks and how it ended? */
static bool says_less(const struct hd_unknown *what, const struct hd_family *family, struct hd_arena *arena)
{
	if (!family || (weight_of(family) <= WEIGHT_ERROR && !is_about(family)))
		return true;
	return !family->errnos && !hd_family_is_of_reason(&family->answer) &&
	       hd_component_is_foreign(what->line, arena);
}

/* Rests FAMILY, or NULL, on the speaker alone, so that a known message in other words says more? */
static bool is_asked_elsewhere(const struct hd_family *family)
{
	return !family || (weight_of(family) <= WEIGHT_VAGUE && !is_about(family));
}

#define NO_TONE (-1)		/* less than each of enum hd_tone */

/* Of lines graver than ABOVE, HD_TONE_FINAL being the gravest, a guess is better than no answer. */
static void add_families(struct hd_explanation *ret, struct general *general, struct hd_arena *arena,
			 const char *const *before, int above)
{
	struct hd_similar *similar = NULL;
	size_t kept = 0;

	for (size_t i = 0; i < ret->n_unknown; i++) {
		struct hd_unknown *what = &ret->unknown[i];
		bool is_last = (int)hd_tone_of(what->line) > above;
		const struct hd_family *family = is_last ?
			hd_family_guess(what->line, what->reason, names_of(what)) :
			family_of(what, before[i], arena);
		const struct hd_message *row = is_asked_elsewhere(family) ? similar_to(what, &similar, arena) : NULL;

		if (row)
			add_to_general(general, arena, what, row, WEIGHT_SIMILAR);
		else if (says_less(what, family, arena) && add_composed(general, arena, what, COMPOSED_SIGNS))
			continue;
		else if (family)
			add_to_general(general, arena, what, &family->answer, weight_of(family));
		else if (!is_last || !add_composed(general, arena, what, 1))
			ret->unknown[kept++] = *what;
	}
	ret->n_unknown = kept;
}

/* The tone of the gravest of the N ITEMS that is not harmless; NO_TONE: none. */
static int gravest_of(const struct hd_explained *items, size_t n)
{
	int ret = NO_TONE;

	for (size_t i = 0; i < n; i++)
		if (!hd_message_is_harmless(items[i].message) && (int)items[i].tone > ret)
			ret = (int)items[i].tone;
	return ret;
}

void hd_explain_in_general(struct hd_explanation *ret, struct hd_arena *arena, const char *before[HD_UNKNOWN_MAX])
{
	struct general general = { .n = 0 };
	static const char *const nothing[HD_UNKNOWN_MAX];	/* the lines before have moved */
	int rows = gravest_of(ret->items, ret->n), others;

	for (size_t i = 0; i < ret->n_unknown; i++) {
		struct hd_unknown *what = &ret->unknown[i];

		if (!what->reason)
			what->reason = hd_subject_reason(what->line, arena);
		hd_subject_fields(&what->fields, what->line, arena);
	}
	hd_goes_on_take(ret, arena, before);
	add_families(ret, &general, arena, before, HD_TONE_FINAL);
	others = gravest_of(general.items, general.n);
	if (rows <= (int)HD_TONE_MILD && others <= (int)HD_TONE_MILD)
		add_families(ret, &general, arena, nothing, rows > others ? rows : others);
	add_heaviest(ret, arena, &general);
}

static bool has_trouble(const struct hd_explanation *explanation)
{
	return gravest_of(explanation->items, explanation->n) != NO_TONE;
}

/* Of a line with a harmless message, take_complaint() asks the other words. */
static bool is_harmless_line(const char *line, const struct hd_asked *asked, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (asked[i].harmless && !strcmp(asked[i].line, line))
			return true;
	return false;
}

/* The complaint's answer instead of one that only knows who is named in the sentence. */
static void answer_sentence(struct hd_explained *item, struct hd_arena *arena)
{
	const struct hd_message *answer = hd_typed_of(item->line);

	if (!answer && (item->is_vague || hd_is_composed(item->message)) &&
	    !hd_component_is_foreign(item->line, arena))
		answer = hd_typed_any(item->line);
	item->message = answer ? answer : item->message;
	item->is_vague &= !answer;
}

/* A line without an answer, whose message IS_HARMLESS; WITH_ANY: nothing else is trouble. */
static const struct hd_message *answer_to_unknown(const char *line, bool is_harmless, bool with_any)
{
	const struct hd_message *ret = is_harmless ? NULL : hd_typed_of(line);

	return ret || !with_any ? ret : hd_typed_any(line);
}

/* Says LINE, which nobody typed, the kind of reason that ANSWER is for? */
static bool is_given_reason(const struct hd_message *answer, const char *line)
{
	return hd_family_is_of_reason(answer) && !hd_family_has_words(line, HD_OF_PERSONS);
}

/* A sentence has a better answer than who is named in it, or none. */
static void ask_sentences(struct hd_explanation *ret, struct general *general, struct hd_arena *arena,
			  const struct hd_asked *asked, size_t n)
{
	bool with_any;
	size_t kept = 0;

	for (size_t i = 0; i < ret->n; i++) {
		struct hd_explained *item = &ret->items[i];

		if (item->message->kind == HD_MESSAGE_GENERAL &&
		    (item->is_vague || hd_is_composed(item->message) || !hd_sentence_has_colon(item->line)) &&
		    !is_given_reason(item->message, item->line) &&
		    !is_harmless_line(item->line, asked, n))
			answer_sentence(item, arena);
	}
	with_any = !has_trouble(ret);
	for (size_t i = 0; i < ret->n_unknown; i++) {
		struct hd_unknown *what = &ret->unknown[i];
		const struct hd_message *answer =
			answer_to_unknown(what->line, is_harmless_line(what->line, asked, n), with_any);

		if (answer)
			add_to_general(general, arena, what, answer, WEIGHT_TYPED);
		else
			ret->unknown[kept++] = *what;
	}
	ret->n_unknown = kept;
}

/* A guess at what LINE asks: a complaint of a thing, if the family is vague, or the family. */
static const struct hd_message *guess_calm(const struct hd_unknown *what, bool *is_complaint, unsigned *weight,
					   struct hd_arena *arena)
{
	const struct hd_family *family = hd_family_of(what->line, what->reason);
	bool is_foreign = hd_component_is_foreign(what->line, arena);
	const struct hd_message *ret = !is_foreign && (!family || weight_of(family) <= WEIGHT_VAGUE) ?
				       hd_typed_any(what->line) : NULL;

	*is_complaint = ret != NULL;
	if (ret)
		return ret;
	ret = says_less(what, family, arena) ?
		hd_compose(what->line, what->reason, &what->fields, COMPOSED_SIGNS + is_foreign, arena) : NULL;
	*weight = WEIGHT_ERROR;
	if (ret)
		return ret;
	if (!family)
		family = hd_family_guess(what->line, what->reason, names_of(what));
	*weight = family ? weight_of(family) : 0;
	return family ? &family->answer : NULL;
}

/* IS_LAST: nothing else of the text has an answer, so that a guess is better than none. */
static void ask_calm(struct general *general, struct hd_arena *arena, const char *line, bool is_last)
{
	struct hd_unknown what = { .line = line, .reason = hd_subject_reason(line, arena) };
	const struct hd_message *answer = hd_typed_of(line);
	bool is_complaint;
	unsigned weight = WEIGHT_TYPED;
	size_t n = general->n;

	hd_subject_fields(&what.fields, line, arena);
	if (!answer)
		answer = hd_goes_on(line, what.reason, &what.fields, arena);
	is_complaint = answer != NULL;
	if (!answer && is_last)
		answer = guess_calm(&what, &is_complaint, &weight, arena);
	if (!answer)
		return;
	add_to_general(general, arena, &what, answer, weight);
	if (general->n > n)
		general->items[n].is_asked = !is_complaint;
}

/* Beside a record that is a warning at least, others are not guessed at. */
static void ask_all_calm(struct general *general, struct hd_arena *arena, const struct hd_asked *asked, size_t n,
			 bool is_last)
{
	enum hd_level least = HD_LEVEL_NONE;

	for (size_t i = 0; i < n; i++)
		if (is_last && hd_level_of(asked[i].line) >= HD_LEVEL_WARNING)
			least = HD_LEVEL_WARNING;
	for (size_t i = 0; i < n; i++)
		if (!asked[i].harmless && hd_level_of(asked[i].line) >= least)
			ask_calm(general, arena, asked[i].line, is_last);
}

/* The complaint of LINE, beside a message that is harmless, has ANSWER. */
static void answer_complaint(struct hd_explanation *ret, struct general *general, struct hd_arena *arena,
			     const char *line, const char *words, const struct hd_message *answer)
{
	struct hd_unknown what = { .line = line, .reason = words };
	size_t kept = 0;

	for (size_t i = 0; i < ret->n; i++)
		if (ret->items[i].message->kind == HD_MESSAGE_GENERAL && !strcmp(ret->items[i].line, line)) {
			ret->items[i].message = answer;
			ret->items[i].is_vague = false;
			return;
		}
	for (size_t i = 0; i < ret->n_unknown; i++)
		if (strcmp(ret->unknown[i].line, line) != 0)
			ret->unknown[kept++] = ret->unknown[i];
	ret->n_unknown = kept;
	hd_subject_fields(&what.fields, line, arena);
	add_to_general(general, arena, &what, answer, WEIGHT_TYPED);
}

/* Does somebody complain on the line ASKED?  What a family knows of that is added. */
static bool take_complaint(struct hd_explanation *ret, struct general *general, struct hd_arena *arena,
			   const struct hd_asked *asked)
{
	const char *words = asked->harmless ? hd_typed_beside(asked->line, asked->harmless, arena) : asked->line;
	const struct hd_message *answer = asked->harmless ? hd_typed_of(words) : NULL;

	if (asked->harmless && !answer)
		answer = hd_typed_any(words);

	if (answer)
		answer_complaint(ret, general, arena, asked->line, words, answer);
	return answer || hd_typed_complains(words);
}

#define UNLESS "%s, unless something fails: of that this message says nothing; hostdevctl explain --journal, " \
	"or --guest GUEST, looks for its cause"

/* What somebody complains of is not well because a message beside it is harmless. */
static void put_conditions(struct hd_explanation *ret, struct hd_arena *arena)
{
	for (size_t i = 0; i < ret->n; i++) {
		struct hd_message *row;

		if (ret->items[i].message->kind != HD_MESSAGE_HARMLESS)
			continue;
		row = hd_alloc(arena, sizeof(*row));
		*row = *ret->items[i].message;
		row->kind = HD_MESSAGE_HARMLESS_IF;
		row->remedy = hd_printf(arena, UNLESS, row->remedy);
		ret->items[i].message = row;
	}
}

/* Nothing else is known of a question that says that something failed: what to read next helps more than nothing. */
static void ask_anything(struct hd_explanation *ret, struct general *general, struct hd_arena *arena,
			 const struct hd_asked *asked, size_t n)
{
	for (size_t i = 0; i < ret->n_unknown; i++)
		(void)add_composed(general, arena, &ret->unknown[i], 0);
	ret->n_unknown = 0;
	for (size_t i = 0; i < n && !general->n; i++) {
		struct hd_unknown what = { .line = asked[i].line };

		if (asked[i].harmless || !hd_typed_complains(what.line))
			continue;
		what.reason = hd_subject_reason(what.line, arena);
		hd_subject_fields(&what.fields, what.line, arena);
		(void)add_composed(general, arena, &what, 0);
	}
}

/*
 * Beside a line that is known to be harmless, the others are what was logged with it; only a sentence
 * is somebody's complaint.
 */
void hd_explain_asked(struct hd_explanation *ret, struct hd_arena *arena, const struct hd_asked *asked,
		      size_t n)
{
	struct general general = { .n = 0 };
	bool is_complaint = false;

	ask_sentences(ret, &general, arena, asked, n);
	for (size_t i = 0; i < n; i++)
		is_complaint |= take_complaint(ret, &general, arena, &asked[i]);
	if (is_complaint || ret->n_unknown)
		put_conditions(ret, arena);
	if (!has_trouble(ret))
		ask_all_calm(&general, arena, asked, n, false);
	if (!ret->n && !ret->n_unknown && !general.n)
		ask_all_calm(&general, arena, asked, n, true);
	if (!ret->n && !general.n)
		ask_anything(ret, &general, arena, asked, n);
	add_heaviest(ret, arena, &general);
}
