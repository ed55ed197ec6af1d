/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * explain_score.c - how many messages that nobody listed does explain answer rightly?
 *
 * usage: explain_score FOLDER [HALF]; FOLDER has the .txt files of the halves below,
 * healthy.txt and judged.txt (its README describes them).  The totals go to standard output; with a half,
 * what is needed to judge its answers, too.  A record is asked as a question, a healthy
 * line is read as a log.  Ends with 1 after a false alarm or all-clear, or if fewer messages of
 * sources.txt than before are answered rightly.
 *
 * The key of each record, its cause and remedy, was written before the rows.  Where nobody has
 * judged an answer, its words are compared with the key's: see words_in_common().
 */
#include "config.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/text.h"
#include "explain/families.h"
#include "explain/log_search.h"
#include "tests/explain/judgement.h"

#define STEM 5			/* letters that count of a word: "enabled" is "enable" */
#define WORD_MIN 3
#define WORDS_MAX 100
#define RIGHT_PERCENT 32	/* of the weight of the key's words */
#define PARTLY_PERCENT 18
#define SOURCES_LEAST 190	/* of sources.txt right or partly right: raise it when it grows */

struct record {
	const char *id, *cause, *remedy;
	char *text;
	size_t length;
};

struct totals {
	size_t n, marks[MARKS];
	size_t judged;		/* marks of judged.txt */
	size_t lapsed;		/* answers, also later ones, of which judged.txt has a mark for other words */
	size_t all_clear;	/* "nothing to do" where something is */
	size_t no_step;		/* no answer at all */
};

struct scorer {
	struct hd_arena arena;
	const char **answers;	/* of all rows, lower case */
	size_t n_answers;
	const char *judged;
	const char *shown;	/* the half to be shown; or NULL */
};

static char *read_file(struct hd_arena *arena, const char *folder, const char *name)
{
	const char *path = hd_printf(arena, "%s/%s", folder, name);
	FILE *file = fopen(path, "re");
	char *text = hd_alloc(arena, 1u << 20);

	if (!file) {
		perror(path);
		exit(2);
	}
	text[fread(text, 1, (1u << 20) - 1, file)] = '\0';
	(void)fclose(file);
	return text;
}

static const char *answer_of(struct hd_arena *arena, const struct hd_message *message)
{
	char *text = hd_printf(arena, "%s. %s", message->means, message->remedy);

	for (char *c = text; *c; c++)
		*c = (char)tolower((unsigned char)*c);
	return text;
}

/* Does a word of TEXT begin with the LENGTH letters of STEM? */
static bool has_stem(const char *text, const char *stem, size_t length)
{
	for (const char *at = text; (at = memmem(at, strlen(at), stem, length)); at++)
		if (at == text || !isalnum((unsigned char)at[-1]))
			return true;
	return false;
}

/* The rarer the word in all answers, the heavier: from 0 for "the" to 6. */
static size_t weight_of(const struct scorer *scorer, const char *stem, size_t length)
{
	size_t have = 1, weight = 0;

	for (size_t i = 0; i < scorer->n_answers; i++)
		have += has_stem(scorer->answers[i], stem, length);
	for (; have * 3 < scorer->n_answers && weight < 6; have *= 2)
		weight++;
	return weight;
}

/*
 * How much of the KEY's words the ANSWER has, in percent of their weight.  A word that no
 * answer of any row has counts as little as a common one: it may be this message's own.
 */
static size_t words_in_common(struct scorer *scorer, const char *key, const char *answer)
{
	size_t all = 0, common = 0, length;
	const char *seen[WORDS_MAX];
	size_t n = 0;

	for (; *key && n < WORDS_MAX; key += length + (length == 0)) {
		size_t weight, stem;

		for (length = 0; isalnum((unsigned char)key[length]) || key[length] == '_';)
			length++;
		stem = length < STEM ? length : STEM;
		seen[n] = hd_strndup(&scorer->arena, key, stem);
		if (length < WORD_MIN || hd_text_is_any(seen[n], seen, n))
			continue;
		weight = weight_of(scorer, seen[n], stem);
		all += weight;
		common += has_stem(answer, seen[n++], stem) ? weight : 0;
	}
	return all ? 100 * common / all : 0;
}

static bool says_nothing_to_do(const struct record *record)
{
	return hd_text_starts_with(record->remedy, "Nothing ") ||
	       hd_text_starts_with(record->remedy, "Nothing:");
}

static enum mark word_mark(struct scorer *scorer, const struct record *record,
			   const struct hd_message *message)
{
	char *key = hd_printf(&scorer->arena, "%s %s", record->cause, record->remedy);
	size_t percent;

	for (char *c = key; *c; c++)
		*c = (char)tolower((unsigned char)*c);
	if (hd_message_is_harmless(message))
		return says_nothing_to_do(record) ? RIGHT : WRONG;
	percent = words_in_common(scorer, key, answer_of(&scorer->arena, message));
	if (percent < PARTLY_PERCENT)
		return message->kind == HD_MESSAGE_GENERAL ? GENERAL : WRONG;
	return percent >= RIGHT_PERCENT && message->kind != HD_MESSAGE_GENERAL ? RIGHT : PARTLY;
}

struct verdict {
	enum mark mark;
	bool is_judged;		/* by somebody, and not by its words */
	bool has_lapsed;	/* somebody judged other words */
};

static struct verdict verdict_of(struct scorer *scorer, const struct record *record,
				 const struct hd_message *message)
{
	struct verdict verdict = { .mark = MARKS };

	verdict.mark = judgement_of(&scorer->arena, scorer->judged, record->id, message, &verdict.has_lapsed);
	verdict.is_judged = verdict.mark != MARKS;
	if (!verdict.is_judged)
		verdict.mark = word_mark(scorer, record, message);
	return verdict;
}

static const char *how_judged(const struct verdict *verdict)
{
	if (verdict->is_judged)
		return "judged";
	return verdict->has_lapsed ? "by its words; judged for others" : "by its words";
}

static void show_answer(struct hd_arena *arena, const struct hd_explained *answer,
			const struct verdict *verdict)
{
	const struct hd_message *message = answer->message;

	(void)printf("  %s %s: %s (%s)%s\n    means: %s\n    remedy: %s\n", message->id,
		     answer_digest(arena, message), mark_names[verdict->mark], how_judged(verdict),
		     answer->is_partial ? ", in part" : "", message->means, message->remedy);
}

/* The first answer is what counts; a right one after it makes it partly right. */
static enum mark mark_of(struct scorer *scorer, struct totals *totals, const struct record *record,
			 const struct hd_explanation *found)
{
	enum mark first = UNKNOWN;

	for (size_t i = 0; i < found->n; i++) {
		struct verdict verdict = verdict_of(scorer, record, found->items[i].message);

		if (scorer->shown)
			show_answer(&scorer->arena, &found->items[i], &verdict);
		totals->judged += i == 0 && verdict.is_judged;
		totals->lapsed += verdict.has_lapsed;
		if (i == 0 || (first <= WRONG && verdict.mark == RIGHT))
			first = i == 0 ? verdict.mark : PARTLY;
	}
	return first;
}

static void score_record(struct scorer *scorer, struct totals *totals, const struct record *record)
{
	struct hd_explanation found;
	enum mark mark;

	hd_explain_question(&found, &scorer->arena, record->text);
	if (scorer->shown)
		(void)printf("%s\n    cause: %s\n    remedy: %s\n%s", record->id, record->cause,
			     record->remedy, record->text);
	mark = mark_of(scorer, totals, record, &found);
	if (scorer->shown)
		for (size_t i = 0; i < found.n_unknown; i++)
			(void)printf("  not understood: %s\n", found.unknown[i].line);
	totals->n++;
	totals->marks[mark]++;
	totals->no_step += !found.n;
	totals->all_clear += found.n && !found.n_unknown && !says_nothing_to_do(record) &&
			     found.items[0].message->kind == HD_MESSAGE_HARMLESS;
}

static void take_line(struct scorer *scorer, struct record *record, const char *line)
{
	static const struct {
		const char *key;
		size_t offset;
	} keys[] = {
		{ "id: ", offsetof(struct record, id) },
		{ "cause: ", offsetof(struct record, cause) },
		{ "remedy: ", offsetof(struct record, remedy) },
	};

	if (*line == '|') {
		hd_append_text(&scorer->arena, &record->text, &record->length, line + 1,
			       strlen(line + 1));
		hd_append_text(&scorer->arena, &record->text, &record->length, "\n", 1);
	}
	for (size_t i = 0; i < HD_ARRAY_SIZE(keys); i++)
		if (hd_text_starts_with(line, keys[i].key))
			*(const char **)(void *)((char *)record + keys[i].offset) =
				line + strlen(keys[i].key);
}

static struct totals score_half(struct scorer *scorer, const char *text)
{
	struct totals totals = { 0 };
	struct record record = { .id = NULL };
	const char *line;

	while ((line = hd_text_next_line(&scorer->arena, &text))) {
		if (*line) {
			take_line(scorer, &record, line);
			continue;
		}
		if (record.text)
			score_record(scorer, &totals, &record);
		record = (struct record){ .id = NULL };
	}
	if (record.text)
		score_record(scorer, &totals, &record);
	return totals;
}

static void tell_half(const char *name, const struct totals *totals)
{
	(void)printf("%-7s %3zu messages:", name, totals->n);
	for (size_t i = MARKS; i-- > 0;)
		(void)printf(" %zu %s,", totals->marks[i], mark_names[i]);
	(void)printf(" %zu with an answer, %zu false all-clears; %zu judged, %zu lapsed\n",
		     totals->n - totals->no_step, totals->all_clear, totals->judged, totals->lapsed);
}

/* How many of the lines are called trouble where a log has them? */
static size_t count_alarms(struct scorer *scorer, const char *text, size_t *n)
{
	size_t alarms = 0;
	const char *line;

	while ((line = hd_text_next_line(&scorer->arena, &text))) {
		struct hd_explanation found;
		bool is_alarm;

		if (!*line || *line == '#')
			continue;
		hd_explain_text(&found, &scorer->arena, line);
		is_alarm = found.n_unknown ||
			   (found.n && !hd_message_is_harmless(found.items[0].message));
		if (is_alarm)
			(void)printf("false alarm: %s\n", line);
		alarms += is_alarm;
		++*n;
	}
	return alarms;
}

static struct totals score_file(struct scorer *scorer, const char *folder, const char *half, const char *shown)
{
	const char *text = read_file(&scorer->arena, folder, hd_printf(&scorer->arena, "%s.txt", half));
	struct totals totals;

	scorer->shown = shown && !strcmp(shown, half) ? half : NULL;
	totals = score_half(scorer, text);
	tell_half(half, &totals);
	return totals;
}

/* Whoever turns a row of families_source.c or one of its words into nothing loses a class of messages. */
static size_t count_lost(const struct totals *sources)
{
	size_t good = sources->marks[RIGHT] + sources->marks[PARTLY];

	if (good >= SOURCES_LEAST)
		return 0;
	(void)printf("sources: %zu right or partly right, fewer than %d\n", good, SOURCES_LEAST);
	return 1;
}

int main(int argc, char **argv)
{
	static const char *const halves[] = { "open", "fresh", "fresh2", "fresh3", "fresh4", "fresh5",
					      "fresh6", "fresh7", "fresh8", "fresh9", "fresh10", "fresh11",
					      "fresh12", "held", "held2", "held3", "held4", "held5",
					      "held6" };
	struct scorer scorer = { .n_answers = 0 };
	struct hd_arena *arena = &scorer.arena;
	const struct hd_message *row;
	struct totals sources;
	size_t lapsed = 0, lost, bad = 0, n = 0;

	if (argc < 2)
		return 2;
	for (size_t at = 0; (row = hd_message_next(&at));)
		hd_push(arena, &scorer.answers, &scorer.n_answers, answer_of(arena, row));
	for (size_t at = 0; (row = hd_family_next(&at));)
		hd_push(arena, &scorer.answers, &scorer.n_answers, answer_of(arena, row));
	scorer.judged = read_file(arena, argv[1], "judged.txt");
	for (size_t i = 0; i < HD_ARRAY_SIZE(halves); i++) {
		struct totals totals;

		if (access(hd_printf(arena, "%s/%s.txt", argv[1], halves[i]), F_OK) != 0)
			continue;	/* not collected yet */
		totals = score_file(&scorer, argv[1], halves[i], argv[2]);
		bad += totals.all_clear;
		lapsed += totals.lapsed;
	}
	sources = score_file(&scorer, argv[1], "sources", argv[2]);
	bad += sources.all_clear;
	lapsed += sources.lapsed;
	lost = count_lost(&sources);
	(void)printf("judged  answers: %zu judgements have lapsed, as the answer has other words now\n", lapsed);
	bad += count_alarms(&scorer, read_file(arena, argv[1], "healthy.txt"), &n);
	(void)printf("healthy %3zu lines: %zu false alarms and all-clears in all files\n", n, bad);
	hd_arena_done(arena);
	return bad || lost;
}
