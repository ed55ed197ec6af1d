/* SPDX-License-Identifier: GPL-2.0-or-later */
/* log_search.c - what does a text, from one line to a whole log, say about devices? */
#include "config.h"

#include <string.h>

#include "base/text.h"
#include "explain/families.h"
#include "explain/general.h"
#include "explain/log_search.h"
#include "explain/paste.h"
#include "explain/ranked.h"
#include "explain/subject.h"
#include "explain/trouble.h"
#include "explain/wrapped.h"

#define LINE_SHOWN 600
#define BLANKS " \t\r\n"
#define LINES_NEAR 4	/* a line and those before it; the next one is near, too */
#define NEAR_MAX 8192
#define SHORT_TEXT 12	/* a text of so many messages is what somebody asks for, a longer one a log */
#define WEAK_MAX 4
#define QUESTION_MAX 6	/* messages of what somebody types, or copies from a screen */
#define OVERLAP 1024	/* of the pieces of a long line: a message is shorter */

/* Without the blanks around it, and safe to print. */
static const char *printable_line(const char *line, size_t max, struct hd_arena *arena)
{
	size_t length;

	line += strspn(line, BLANKS);
	length = strlen(line);
	while (length && strchr(BLANKS, line[length - 1]))
		length--;
	return hd_text_printable(arena, hd_strndup(arena, line, length), max);
}

static bool is_known(const struct hd_explained *item, const struct hd_message_match *match)
{
	return item->message == match->message &&
	       (hd_message_is_harmless(match->message) || !hd_ranked_differ(&item->fields, &match->fields));
}

/* Another line of ITEM: the same one again, or one that says the same in other words. */
static void add_to_item(struct hd_explained *item, const struct hd_message_match *match,
			const char *line, size_t at, struct hd_arena *arena)
{
	bool had_fields = item->fields.n > 0;
	/* a level makes no line graver than plain */
	enum hd_tone tone = item->tone < HD_TONE_PLAIN ? hd_tone_of(line) : hd_tone_of_words(line);

	if (tone > item->tone)
		hd_ranked_raise(item, tone, printable_line(line, LINE_SHOWN, arena), NULL);
	item->at = at;
	if (hd_message_is_harmless(item->message)) {
		item->count++;
		return;
	}
	if (hd_fields_merge(&item->fields, &match->fields, arena) == had_fields)
		item->count++;
	else if (!had_fields)
		item->line = printable_line(line, LINE_SHOWN, arena);
}

/* Is it another line of what is known?  Then it is added to that. */
static bool is_repeated(struct hd_explanation *ret, struct hd_arena *arena, const char *line,
			const struct hd_message_match *match)
{
	for (size_t i = 0; i < ret->n; i++)
		if (is_known(&ret->items[i], match)) {
			add_to_item(&ret->items[i], match, line, ret->n_read, arena);
			return true;
		}
	return ret->n >= HD_EXPLAINED_MAX;
}

static void add_item(struct hd_explanation *ret, struct hd_arena *arena, const char *line,
		     const struct hd_message_match *matches, size_t n)
{
	struct hd_explained *item = hd_append(arena, &ret->items, &ret->n, sizeof(*item));

	item->message = matches[0].message;
	item->fields = matches[0].fields;
	item->line = printable_line(line, LINE_SHOWN, arena);
	item->count = 1;
	item->at = ret->n_read;
	item->tone = hd_tone_of(line);
	for (size_t i = 1; i < n && item->n_also < HD_EXPLAINED_ALSO; i++)
		item->also[item->n_also++] = matches[i].message;
}

/* What finds the rows of a line. */
struct finder {
	const struct hd_message_starts *starts;
	bool is_question;
};

/* What is known of a line. */
struct known {
	const struct hd_message *message;	/* NULL: nothing */
	const char *rest;	/* what it says after that, if it looks like an error; or NULL */
};

/* What the row does not explain, in ARENA: of "cannot do A: cannot do B" it may know A alone. */
static const char *rest_of(const char *line, const struct hd_message_match *match,
			   struct hd_arena *arena, struct hd_arena *scratch)
{
	const char *rest;

	if (hd_message_is_harmless(match->message))
		return NULL;
	if (hd_message_is_of_other_kind(match->message, line))
		return hd_subject_reason(line, arena);
	rest = match->end < strlen(line) ? strstr(line + match->end, ": ") : NULL;
	if (rest)
		rest += strspn(rest, ": ");
	return rest && hd_trouble_is_reason(rest, scratch) ? rest : NULL;
}

/* The rows of LINE; of a question, also those of a code that somebody spelled his way. */
static size_t match_line(const struct finder *finder, const char *line, const struct hd_message_near *near,
			 struct hd_arena *arena, struct hd_message_match **matches)
{
	size_t n = hd_message_match_starts(finder->starts, line, near, arena, matches);
	const char *code = n || !finder->is_question ? NULL : hd_typed_code(line, arena);

	if (code)
		n = hd_message_match_starts(finder->starts, code, near, arena, matches);
	if (code && n)
		(*matches)[0].end = strlen(line);
	return n;
}

/* What LINE says, which is added to RET. */
static struct known look_at(struct hd_explanation *ret, struct hd_arena *arena, const struct finder *finder,
			    const char *line, const struct hd_message_near *near)
{
	struct hd_arena scratch = { 0 };	/* most lines say again what is known */
	struct hd_message_match *matches;
	size_t n = match_line(finder, line, near, &scratch, &matches);
	struct known known = { .message = n ? matches[0].message : NULL };

	if (n)
		known.rest = rest_of(line, &matches[0], arena, &scratch);
	if (n && !is_repeated(ret, arena, line, &matches[0])) {
		n = match_line(finder, line, near, arena, &matches);
		add_item(ret, arena, line, matches, n);
		ret->items[ret->n - 1].is_partial = known.rest != NULL;
	}
	hd_arena_done(&scratch);
	return known;
}

struct unknown {
	struct hd_explanation *ret;
	struct hd_arena *arena;
	/* Lines that only wrap a reason count if no line has one. */
	const char *envelopes[HD_UNKNOWN_MAX];
	size_t n_envelopes;
	/* Lines of a short text that sound like an error if nothing else does. */
	const char *weak[WEAK_MAX];
	size_t n_weak;
	/* The first lines that are harmless, or neither known nor sound like an error. */
	struct hd_asked asked[QUESTION_MAX];
	size_t n_asked;
	/* The line before each unknown one of RET, printable; or NULL. */
	const char *before[HD_UNKNOWN_MAX];
	size_t n_mild;		/* of the unknown ones of RET */
};

static bool is_in(const struct hd_explanation *ret, const char *line)
{
	for (size_t i = 0; i < ret->n_unknown; i++)
		if (!strcmp(ret->unknown[i].line, line))
			return true;
	return false;
}

/* Is there room for LINE, if need be a warning's? */
static bool has_room(const struct unknown *unknown, const char *line)
{
	return unknown->ret->n_unknown < HD_UNKNOWN_MAX || (unknown->n_mild && hd_tone_of(line) > HD_TONE_MILD);
}

/* The last warning gives way to an error. */
static void make_room(struct unknown *unknown)
{
	struct hd_explanation *ret = unknown->ret;
	size_t at = ret->n_unknown, after;

	if (ret->n_unknown < HD_UNKNOWN_MAX)
		return;
	while (at > 1 && hd_tone_of(ret->unknown[at - 1].line) > HD_TONE_MILD)
		at--;
	after = ret->n_unknown-- - at;
	memmove(&ret->unknown[at - 1], &ret->unknown[at], after * sizeof(*ret->unknown));
	memmove(&unknown->before[at - 1], &unknown->before[at], after * sizeof(*unknown->before));
	unknown->before[ret->n_unknown] = NULL;
	unknown->n_mild--;
	ret->n_more++;
}

/* BEFORE is the text that the line before begins, or NULL; REASON the innermost one, if that is known. */
static void add_unknown(struct unknown *unknown, const char *line, const char *reason, const char *before)
{
	struct hd_explanation *ret = unknown->ret;

	if (is_in(ret, line))
		return;
	make_room(unknown);
	unknown->n_mild += hd_tone_of(line) <= HD_TONE_MILD;
	if (before)
		unknown->before[ret->n_unknown] =
			printable_line(hd_strndup(unknown->arena, before, strcspn(before, "\n")),
				       LINE_SHOWN, unknown->arena);
	if (reason)
		reason = printable_line(reason, LINE_SHOWN, unknown->arena);
	ret->unknown[ret->n_unknown++] = (struct hd_unknown){ .line = line, .reason = reason,
		.at = ret->n_read };
}

/* A harmless row explains what it says itself, but nothing beside it on the line. */
static bool is_explained(const struct hd_message *message)
{
	if (!message)
		return false;
	for (size_t i = 0; i < HD_MESSAGE_PATTERNS && message->patterns[i]; i++)
		if (hd_trouble_of(message->patterns[i]) != HD_TROUBLE_NONE)
			return true;
	return !hd_message_is_harmless(message);
}

static void note_weak(struct unknown *unknown, const char *line, const struct known *known)
{
	if (!known->message && unknown->ret->n_read <= SHORT_TEXT && unknown->n_weak < WEAK_MAX &&
	    hd_trouble_is_weak(line))
		unknown->weak[unknown->n_weak++] = printable_line(line, LINE_SHOWN, unknown->arena);
}

static void note_asked(struct unknown *unknown, const char *line, const struct known *known)
{
	if ((known->message && !hd_message_is_harmless(known->message)) || !line[strspn(line, BLANKS)] ||
	    unknown->n_asked >= QUESTION_MAX)
		return;
	unknown->asked[unknown->n_asked++] = (struct hd_asked){
		printable_line(line, LINE_SHOWN, unknown->arena), known->message };
}

/* LINE, of which that is KNOWN. */
static void judge_rest(struct unknown *unknown, const char *line, const struct known *known,
		       const char *before)
{
	enum hd_trouble trouble = known->rest ? HD_TROUBLE_ERROR :
				  is_explained(known->message) ? HD_TROUBLE_NONE : hd_trouble_of(line);

	if (trouble == HD_TROUBLE_NONE || known->message)
		note_asked(unknown, line, known);
	if (trouble == HD_TROUBLE_NONE) {
		note_weak(unknown, line, known);
		return;
	}
	if (!has_room(unknown, line)) {
		unknown->ret->n_more += trouble == HD_TROUBLE_ERROR;
		return;
	}
	line = printable_line(line, LINE_SHOWN, unknown->arena);
	if (trouble == HD_TROUBLE_ERROR)
		add_unknown(unknown, line, known->rest, before);
	else if (unknown->n_envelopes < HD_UNKNOWN_MAX)
		unknown->envelopes[unknown->n_envelopes++] = line;
}

/* Of a text of which nothing else is known; of a question, nothing but what is harmless. */
static void add_weak(struct unknown *unknown, bool is_question)
{
	for (size_t i = 0; i < unknown->ret->n; i++)
		if (!is_question || !hd_message_is_harmless(unknown->ret->items[i].message))
			return;
	if (unknown->ret->n_unknown || unknown->ret->n_read > SHORT_TEXT)
		return;
	for (size_t i = 0; i < unknown->n_weak; i++)
		add_unknown(unknown, unknown->weak[i], NULL, NULL);
}

static void add_envelopes(struct unknown *unknown)
{
	for (size_t i = 0; i < unknown->ret->n; i++)
		if (!hd_message_is_harmless(unknown->ret->items[i].message))
			return;
	if (unknown->ret->n_unknown)
		return;
	for (size_t i = 0; i < unknown->n_envelopes; i++)
		add_unknown(unknown, unknown->envelopes[i], NULL, NULL);
}

/* What the lines of rows name beside the fields of their patterns. */
static void add_subjects(struct hd_explanation *ret, struct hd_arena *arena)
{
	for (size_t i = 0; i < ret->n; i++) {
		ret->items[i].reason = hd_subject_reason(ret->items[i].line, arena);
		hd_subject_fields(&ret->items[i].fields, ret->items[i].line, arena);
	}
}

/* The one address that the messages of the text name; NULL: none, or several. */
static const char *lone_address(const struct hd_explanation *explanation)
{
	const char *lone = NULL;

	for (size_t i = 0; i < explanation->n; i++) {
		const char *address = hd_field_value(&explanation->items[i].fields, "address");

		if (lone && address && strcmp(lone, address) != 0)
			return NULL;
		lone = address ? address : lone;
	}
	return lone;
}

/* A message without a device is about the one that the others name. */
static void share_address(struct hd_explanation *explanation)
{
	const char *address = lone_address(explanation);

	for (size_t i = 0; address && i < explanation->n; i++)
		if (!hd_field_value(&explanation->items[i].fields, "address"))
			(void)hd_field_add(&explanation->items[i].fields, "address", address);
}

/* The next line of *AT, or a piece of a line longer than what is matched; NULL at the end. */
static const char *next_piece(struct hd_arena *arena, const char **at)
{
	const char *text = *at;
	size_t length = strnlen(text, HD_PATTERN_LINE_MAX);
	const char *end = memchr(text, '\n', length);

	if (!*text)
		return NULL;
	if (length < HD_PATTERN_LINE_MAX || end)
		return hd_text_next_line(arena, at);
	*at += length - OVERLAP;
	return hd_strndup(arena, text, length);
}

/* The lines of a wrapped message as one, or the next piece. */
static const char *next_message(struct hd_arena *arena, const struct hd_message_starts *starts,
				const char **at)
{
	const char *wrapped = hd_wrapped_message(starts, arena, *at, at);

	return wrapped ? wrapped : next_piece(arena, at);
}

/* Where the last lines begin: what a script's error is about, the command before it says. */
struct last_lines {
	const char *starts[LINES_NEAR];
	size_t n;
};

/* From the first of the last lines, that from START to END included, to the end of the next. */
static struct hd_message_near near_of(struct last_lines *last, const char *start, const char *end)
{
	size_t ahead = strnlen(end, NEAR_MAX / 2);	/* of a long line only what is near */
	const char *newline = memchr(end, '\n', ahead), *first;

	end = newline ? newline : end + ahead;
	if (last->n == LINES_NEAR)
		memmove(last->starts, last->starts + 1, --last->n * sizeof(*last->starts));
	last->starts[last->n++] = start;
	first = end - last->starts[0] > NEAR_MAX ? end - NEAR_MAX : last->starts[0];
	return (struct hd_message_near){ first, (size_t)(end - first) };
}

/* Whether it ended well: the last line that says so or the contrary counts. */
static void note_recovery(struct hd_explanation *ret, struct hd_arena *arena, const char *line)
{
	enum hd_tone tone;

	if (!ret->n && !ret->n_unknown)
		return;
	tone = hd_tone_of_words(line);
	if (tone == HD_TONE_RECOVERED)
		ret->recovered = printable_line(line, LINE_SHOWN, arena);
	else if (tone == HD_TONE_FINAL)
		ret->recovered = NULL;
}

static void explain_as(struct hd_explanation *ret, struct hd_arena *arena, const char *text, bool is_question)
{
	struct finder finder = { hd_message_starts_new(arena), is_question };
	struct unknown unknown = { .ret = ret, .arena = arena };
	struct last_lines last = { .n = 0 };
	const char *at, *before = NULL;

	text = at = hd_paste_clean(arena, text);
	*ret = (struct hd_explanation){ .n = 0 };
	while (*at) {
		struct hd_arena line_arena = { 0 };
		const char *start = at, *line = next_message(&line_arena, finder.starts, &at);
		struct hd_message_near near = near_of(&last, start, at);
		struct known known;

		finder.is_question &= ++ret->n_read <= QUESTION_MAX;
		known = look_at(ret, arena, &finder, line, &near);
		note_recovery(ret, arena, line);
		judge_rest(&unknown, line, &known, before);
		before = line[strspn(line, BLANKS)] ? start : before;
		hd_arena_done(&line_arena);
	}
	add_envelopes(&unknown);
	add_weak(&unknown, finder.is_question);
	add_subjects(ret, arena);
	hd_explain_in_general(ret, arena, unknown.before);
	if (finder.is_question)
		hd_explain_asked(ret, arena, unknown.asked, unknown.n_asked);
	hd_rank(ret, arena);
	share_address(ret);
	hd_ranked_drop_harmless(ret);
}

void hd_explain_text(struct hd_explanation *ret, struct hd_arena *arena, const char *text)
{
	explain_as(ret, arena, text, false);
}

void hd_explain_question(struct hd_explanation *ret, struct hd_arena *arena, const char *text)
{
	explain_as(ret, arena, text, true);
}
