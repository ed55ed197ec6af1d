/* SPDX-License-Identifier: GPL-2.0-or-later */
/* kernel_parameters.c - which words of a kernel command line must change. */
#include "config.h"

#include <string.h>

#include "base/kernel_cmdline.h"
#include "base/text.h"
#include "facts/boot/kernel_parameters.h"

/* What becomes of each word: NULL it stays, "" it goes, or its new text. */
struct judgement {
	struct hd_arena *arena;
	const struct hd_word *words;
	const char **becomes;
	size_t n;
};

static bool is_in(const char *const *list, const char *item, size_t length)
{
	for (; list && *list; list++)
		if (strlen(*list) == length && !strncmp(*list, item, length))
			return true;
	return false;
}

/* Is TEXT a word NAME=value? */
static bool is_setting(const char *text, const char *name, struct hd_cmdline_word *ret)
{
	return hd_cmdline_next(&text, ret) && ret->value && hd_cmdline_is(ret, name);
}

/* The value of TEXT if it is NAME=value, or NULL. */
static const char *value_of(struct hd_arena *arena, const char *text, const char *name)
{
	struct hd_cmdline_word word;

	return is_setting(text, name, &word) ? hd_cmdline_value_of(arena, &word) : NULL;
}

static const char *text_of(const struct judgement *j, size_t i)
{
	return j->becomes[i] ? j->becomes[i] : j->words[i].text;
}

/* VALUE without the bad items; *HAS: the wanted one is among what is left. */
static const char *without_bad(struct hd_arena *arena, const struct hd_parameter *p,
			       const char *value, bool *has)
{
	const char *left = "";

	*has = false;
	while (*value) {
		size_t length = strcspn(value, ",");

		if (!is_in(p->bad, value, length)) {
			left = hd_printf(arena, "%s%s%.*s", left, *left ? "," : "",
					 (int)length, value);
			*has |= p->value && strlen(p->value) == length &&
				!strncmp(p->value, value, length);
		}
		value += length + (value[length] == ',');
	}
	return left;
}

static bool is_satisfied(const struct judgement *j, const struct hd_parameter *p, const char *value)
{
	bool has;

	if (!p->is_list)
		return (p->value && !strcmp(value, p->value)) ||
		       is_in(p->also, value, strlen(value));
	return !strcmp(without_bad(j->arena, p, value, &has), value) && (has || !p->value);
}

/* What WORD's value becomes where it is not right; "" for a word that goes. */
static const char *mended(const struct judgement *j, const struct hd_parameter *p,
			  const char *value, bool is_there)
{
	const char *left = "";
	bool has = false;

	if (p->is_list)
		left = without_bad(j->arena, p, value, &has);
	if (p->value && !is_there && !has)
		left = hd_printf(j->arena, "%s%s%s", p->value, *left ? "," : "", left);
	return left;
}

static bool is_one_word(struct hd_arena *arena, const char *text, const char *value)
{
	struct hd_cmdline_word word;
	const char *read;

	if (!hd_cmdline_next(&text, &word) || *text || word.is_open)
		return false;
	read = hd_cmdline_value_of(arena, &word);
	return read && !strcmp(read, value);
}

/* Quoted where VALUE has blanks or quotes, so that the kernel reads it back. */
static const char *word_of(struct hd_arena *arena, const char *name, const char *value)
{
	static const char *const quotes[][2] = { { "", "" }, { "\"", "\"" }, { "\"", "" } };
	const char *word;

	for (size_t i = 0; i < HD_ARRAY_SIZE(quotes); i++) {
		word = hd_printf(arena, "%s=%s%s%s", name, quotes[i][0], value, quotes[i][1]);
		if (is_one_word(arena, word, value))
			return word;
	}
	return hd_printf(arena, "%s=%s", name, value);
}

static bool has_right(const struct judgement *j, const struct hd_parameter *p, size_t from,
		      size_t end)
{
	for (size_t i = from; p->value && i < end; i++) {
		const char *value = value_of(j->arena, text_of(j, i), p->name);

		if (value && is_satisfied(j, p, value))
			return true;
	}
	return false;
}

/* Words FROM to END: the first right one stays, else the first one is mended; no second. */
static bool judge_range(struct judgement *j, const struct hd_parameter *p, size_t from, size_t end)
{
	bool is_there = has_right(j, p, from, end);

	for (size_t i = from; i < end; i++) {
		const char *value = value_of(j->arena, text_of(j, i), p->name), *now;

		if (!value || is_satisfied(j, p, value))
			continue;
		now = mended(j, p, value, is_there);
		if (strcmp(now, value) != 0)
			j->becomes[i] = *now ? word_of(j->arena, p->name, now) : "";
		is_there |= p->value && *now != '\0';
	}
	return is_there || !p->value;
}

/* Where the words end that belong to word I. */
static size_t end_of(const struct judgement *j, size_t i)
{
	size_t length = strcspn(j->words[i].text, "=");
	char *name = hd_strndup(j->arena, j->words[i].text, length);
	struct hd_cmdline_word word;

	for (i++; i < j->n; i++)
		if (is_setting(j->words[i].text, name, &word))
			return i;
	return j->n;
}

static const char *add_word(struct hd_arena *arena, const char *added, const char *word)
{
	if (added && hd_text_has_word(added, word))
		return added;
	return added ? hd_printf(arena, "%s %s", added, word) : word;
}

static const char *judge_one(struct judgement *j, const struct hd_parameter *p,
			     const char *added)
{
	const char *word = hd_printf(j->arena, "%s=%s", p->name, p->value ? p->value : "");
	size_t from = 0;

	if (!p->behind)
		return judge_range(j, p, 0, j->n) ? added : add_word(j->arena, added, word);
	while (from < j->n && strcmp(j->words[from].text, p->behind) != 0)
		from++;
	if (from == j->n)
		return add_word(j->arena, added, hd_printf(j->arena, "%s %s", p->behind, word));
	if (!judge_range(j, p, from + 1, end_of(j, from)))
		j->becomes[from] = hd_printf(j->arena, "%s %s", p->behind, word);
	return added;
}

/* Does the kernel read no parameter behind TEXT? */
static bool ends_line(const char *text)
{
	struct hd_cmdline_word word;

	return hd_cmdline_next(&text, &word) && (word.is_end || word.is_open);
}

void hd_parameters_judge(struct hd_word_edits *ret, struct hd_arena *arena,
			 const struct hd_parameter *params, size_t n_params,
			 const struct hd_word *words, size_t n_words)
{
	struct judgement j = { arena, words, NULL, 0 };

	*ret = (struct hd_word_edits){ 0 };
	while (j.n < n_words && !ends_line(words[j.n].text))
		j.n++;
	j.becomes = hd_alloc(arena, (j.n + 1) * sizeof(*j.becomes));
	for (size_t i = 0; i < n_params; i++)
		ret->added = judge_one(&j, &params[i], ret->added);
	ret->wanted = ret->added;
	if (ret->added && j.n < n_words) {
		ret->before = words[j.n].text;
		j.becomes[j.n++] = hd_printf(arena, "%s %s", ret->added, ret->before);
		ret->added = NULL;
	}
	for (size_t i = 0; i < j.n; i++)
		if (j.becomes[i])
			hd_push(arena, &ret->items, &ret->n, (struct hd_word_edit){
				words[i].file, words[i].at, strlen(words[i].text), j.becomes[i],
				words[i].text, words[i].line, words[i].is_plain,
				words[i].text == ret->before });
}

static bool is_ours(const struct hd_parameter *params, size_t n_params, const char *word)
{
	struct hd_cmdline_word parts;

	for (size_t i = 0; i < n_params; i++)
		if (is_setting(word, params[i].name, &parts) ||
		    (params[i].behind && !strcmp(word, params[i].behind)))
			return true;
	return false;
}

bool hd_parameters_keep_others(const struct hd_parameter *params, size_t n_params,
			       const struct hd_word *before, size_t n_before,
			       const struct hd_word *after, size_t n_after)
{
	size_t a = 0, b = 0;

	for (;;) {
		while (a < n_before && is_ours(params, n_params, before[a].text))
			a++;
		while (b < n_after && is_ours(params, n_params, after[b].text))
			b++;
		if (a == n_before || b == n_after)
			return a == n_before && b == n_after;
		if (strcmp(before[a++].text, after[b++].text) != 0)
			return false;
	}
}

void hd_words_split(struct hd_word **words, size_t *n, struct hd_arena *arena, const char *text,
		    size_t from, size_t length, size_t file)
{
	const char *copy = hd_strndup(arena, text + from, length), *at = copy;
	struct hd_cmdline_word word;
	unsigned line = 1;
	size_t counted = 0;

	while (hd_cmdline_next(&at, &word)) {
		const size_t start = from + (size_t)(word.text - copy);

		for (; counted < start; counted++)
			line += text[counted] == '\n';
		hd_push(arena, words, n, (struct hd_word){
			hd_strndup(arena, word.text, word.length), file, start, line, true });
	}
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t';
}

/* One blank goes with a word that goes: the one before it, or else the one behind. */
static const char *apply_edit(struct hd_arena *arena, const char *text,
			      const struct hd_word_edit *edit)
{
	size_t at = edit->at, length = edit->length;

	if (!*edit->text && at && is_blank(text[at - 1])) {
		at--;
		length++;
	} else if (!*edit->text && is_blank(text[at + length])) {
		length++;
	}
	return hd_printf(arena, "%.*s%s%s", (int)at, text, edit->text, text + at + length);
}

/* From the last one on, so that places stay true: words are in the order of their file. */
const char *hd_words_edited(struct hd_arena *arena, const char *text, size_t file,
			    const struct hd_word_edits *edits)
{
	size_t limit = strlen(text) + 1;

	for (;;) {
		const struct hd_word_edit *next = NULL;

		for (size_t i = 0; i < edits->n; i++)
			if (edits->items[i].file == file && edits->items[i].at < limit &&
			    (!next || edits->items[i].at > next->at))
				next = &edits->items[i];
		if (!next)
			return text;
		text = apply_edit(arena, text, next);
		limit = next->at;
	}
}
