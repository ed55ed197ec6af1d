/* SPDX-License-Identifier: GPL-2.0-or-later */
/* complete.c - what may come next on a command line that is being typed? */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "act/change_options.h"
#include "base/text.h"
#include "check/check.h"
#include "check/machine_part.h"
#include "cli/columns.h"
#include "cli/complete.h"
#include "cli/options.h"
#include "explain/message.h"
#include "inventory/completion_names.h"
#include "inventory/filters.h"
#include "report/export.h"
#include "setup/subjects.h"
#include "virt/libvirt_calls.h"

/* In full, or so much of it that no other option is meant. */
static const struct hd_option *find_long(const struct hd_option *const *rows, const char *name)
{
	size_t length = strcspn(name, "=");
	const struct hd_option *found = NULL;
	size_t n = 0;

	for (; *rows; rows++) {
		if (strncmp((*rows)->name, name, length) != 0)
			continue;
		if (!(*rows)->name[length])
			return *rows;
		found = *rows;
		n++;
	}
	return n == 1 ? found : NULL;
}

static const struct hd_option *find_letter(const struct hd_option *const *rows, char letter)
{
	for (; *rows; rows++)
		if ((*rows)->letter == letter)
			return *rows;
	return NULL;
}

/* VALUE: what was given for it; NULL: it takes none. */
static void note_option(struct hd_completion *completion, const struct hd_option *option,
			const char *value)
{
	if (option == &hd_opt_sysroot)
		completion->sysroot = value;
	if (option == &hd_opt_uri || option == &hd_opt_remote)
		completion->is_elsewhere = true;
	if (!option->repeats && !(option->names_host && completion->command->takes_hosts) &&
	    completion->n_given < HD_ARRAY_SIZE(completion->given))
		completion->given[completion->n_given++] = option;
}

/* Takes WORD; returns the option that still waits for its value, or NULL. */
static const struct hd_option *take_long(struct hd_completion *completion, const char *word)
{
	const struct hd_option *option = find_long(completion->command->options, word + 2);
	const char *value = strchr(word, '=');

	if (!option)
		return NULL;
	if (option->arg && !value)
		return option;
	note_option(completion, option, value ? value + 1 : NULL);
	return NULL;
}

static const struct hd_option *take_letters(struct hd_completion *completion, const char *word)
{
	for (const char *at = word + 1; *at; at++) {
		const struct hd_option *option = find_letter(completion->command->options, *at);

		if (!option)
			return NULL;
		if (option->arg && !at[1])
			return option;
		note_option(completion, option, option->arg ? at + 1 : NULL);
		if (option->arg)
			return NULL;
	}
	return NULL;
}

static void take_operand(struct hd_completion *completion, const char *word)
{
	if (!completion->operand++)
		completion->first = word;
}

static void take_word(struct hd_completion *completion, const char *word)
{
	const struct hd_option *waiting = completion->value_of;

	completion->value_of = NULL;
	if (waiting)
		note_option(completion, waiting, word);
	else if (completion->is_literal || word[0] != '-' || !word[1])
		take_operand(completion, word);
	else if (!strcmp(word, "--"))
		completion->is_literal = true;
	else if (word[1] == '-')
		completion->value_of = take_long(completion, word);
	else
		completion->value_of = take_letters(completion, word);
}

/* "--name=value" has its option in the same word. */
static bool split_last(struct hd_completion *completion, struct hd_arena *arena, const char *word)
{
	const char *value = strchr(word, '=');

	if (completion->value_of || completion->is_literal || !value ||
	    !hd_text_starts_with(word, "--"))
		return true;
	completion->value_of = find_long(completion->command->options, word + 2);
	completion->before = hd_strndup(arena, word, (size_t)(value + 1 - word));
	completion->start = value + 1;
	return completion->value_of && completion->value_of->arg;
}

bool hd_completion_parse(struct hd_completion *ret, struct hd_arena *arena, char **words, int n)
{
	struct hd_completion completion = { .before = "" };

	if (n < 1)
		return false;
	completion.start = words[n - 1];
	if (n > 1) {
		completion.command = hd_command_find(words[0]);
		if (!completion.command || completion.command->is_internal)
			return false;
		for (int i = 1; i < n - 1; i++)
			take_word(&completion, words[i]);
		if (!split_last(&completion, arena, words[n - 1]))
			return false;
	}
	*ret = completion;
	return true;
}

struct offer {
	const struct hd_completion *completion;
	struct hd_arena *arena;
	const char *before, *start;
	struct hd_known words;
};

typedef void offer_words(struct offer *offer);

static void add_word(struct offer *offer, const char *word)
{
	if (hd_text_starts_with(word, offer->start))
		hd_known_add(&offer->words, offer->arena, "",
			     hd_printf(offer->arena, "%s%s", offer->before, word));
}

static void add_words(struct offer *offer, const char *const *words)
{
	for (; words && *words; words++)
		add_word(offer, *words);
}

static void add_known(struct offer *offer, void (*list)(struct hd_known *,
		      const struct hd_sysroot *, struct hd_arena *, const char *))
{
	_cleanup_(hd_sysroot_close) struct hd_sysroot root = { .fd = -1 };
	struct hd_known known = { .noise = hd_part_of_item };
	struct hd_error err;

	if (offer->completion->is_elsewhere ||
	    hd_sysroot_open(&root, offer->completion->sysroot, &err) < 0)
		return;
	list(&known, &root, offer->arena, offer->start);
	for (size_t i = 0; i < known.n; i++)
		add_word(offer, known.names[i]);
}

static void all_filters(struct offer *offer)
{
	for (size_t i = 0; i < hd_n_filters; i++)
		add_word(offer, hd_filters[i].name);
}

static void devices(struct offer *offer)
{
	add_known(offer, hd_known_devices);
	if (!offer->completion->value_of && offer->completion->command->takes_filters)
		all_filters(offer);
}

static void guests(struct offer *offer)
{
	add_known(offer, hd_known_guests);
}

static void files(struct offer *offer)
{
	hd_known_add(&offer->words, offer->arena, "", ":file");
}

static void directories(struct offer *offer)
{
	hd_known_add(&offer->words, offer->arena, "", ":directory");
}

static void uris(struct offer *offer)
{
	add_word(offer, HD_VIRT_URI);
}

static void binders(struct offer *offer)
{
	const char *name;

	for (size_t i = 0; (name = hd_binder_name(i)); i++)
		add_word(offer, name);
}

/* What is written already stays: "storage-free=" before a device, "name," before a column. */
static void keep_offer(struct offer *offer, size_t length)
{
	offer->before = hd_printf(offer->arena, "%s%.*s", offer->before, (int)length,
				  offer->start);
	offer->start += length;
}

static void allowances(struct offer *offer)
{
	const char *subject = strchr(offer->start, '=');

	if (subject) {
		keep_offer(offer, (size_t)(subject + 1 - offer->start));
		devices(offer);
		return;
	}
	for (const struct hd_check *const *check = hd_checks; *check; check++)
		if ((*check)->allow != HD_ALLOW_NEVER)
			add_word(offer, hd_printf(offer->arena, "%s=", (*check)->id));
}

static void keep_list(struct offer *offer)
{
	const char *comma = strrchr(offer->start, ',');

	keep_offer(offer, comma ? (size_t)(comma + 1 - offer->start) : offer->start[0] == '+');
}

static void columns(struct offer *offer)
{
	keep_list(offer);
	for (size_t i = 0; i < hd_n_list_columns; i++)
		add_word(offer, hd_list_columns[i].shown.key);
}

static void kinds(struct offer *offer)
{
	keep_list(offer);
	for (int kind = 0; kind < HD_DEVICE_KIND_MAX; kind++)
		if (HD_KINDS_ALL & HD_KIND_BIT(kind))
			add_word(offer, hd_device_kind_name((enum hd_device_kind)kind));
}

static void subjects(struct offer *offer)
{
	for (const struct hd_setup_subject *const *s = hd_setup_subjects; *s; s++)
		if ((*s)->name)
			add_word(offer, (*s)->name);
}

static void formats(struct offer *offer)
{
	for (size_t i = 0; i < hd_n_export_formats; i++)
		add_word(offer, hd_export_formats[i].name);
}

static void physical_functions(struct offer *offer)
{
	if (offer->completion->operand == 1)
		add_known(offer, hd_known_sriov);
}

/* What stands behind a subject of setup. */
static void operands(struct offer *offer)
{
	static const struct {
		const char *subject;
		offer_words *offer;
	} rows[] = { { "vfs", physical_functions }, { "hugepages", guests } };
	const char *subject = offer->completion->first ? offer->completion->first : "";

	for (size_t i = 0; i < HD_ARRAY_SIZE(rows); i++)
		if (!strcmp(rows[i].subject, subject)) {
			rows[i].offer(offer);
			return;
		}
	devices(offer);
}

static void page_sizes(struct offer *offer)
{
	static const char *const words[] = { "2M", "1G", NULL };

	add_words(offer, words);
}

static void events(struct offer *offer)
{
	static const char *const words[] = { "bind", "remove", NULL };

	add_words(offer, words);
}

static void ends(struct offer *offer)
{
	static const char *const words[] = { "end", "refuse", NULL };

	add_words(offer, words);
}

static void ids(struct offer *offer)
{
	const struct hd_message *message;

	for (const struct hd_check *const *check = hd_checks; *check; check++)
		add_word(offer, (*check)->id);
	for (size_t at = 0; (message = hd_message_next(&at));)
		add_word(offer, message->id);
}

static void whens(struct offer *offer)
{
	static const char *const words[] = { "always", "auto", "never", NULL };

	add_words(offer, words);
}

static void nothing(struct offer *offer)
{
	(void)offer;
}

/* By the word that stands for the value in the help. */
static const struct {
	const char *word;
	offer_words *offer;
} sources[] = {
	{ "DEVICE", devices },
	{ "GUEST", guests },
	{ "FILE", files },
	{ "DIR", directories },
	{ "URI", uris },
	{ "BINDER", binders },
	{ "CHECK=SUBJECT", allowances },
	{ "FILTER", all_filters },
	{ "COLUMN,...", columns },
	{ "KIND,...", kinds },
	{ "SUBJECT", subjects },
	{ "FORMAT", formats },
	{ "OPERAND", operands },
	{ "SIZE", page_sizes },
	{ "EVENT", events },
	{ "END", ends },
	{ "ID", ids },
	{ "WHEN", whens },
	{ "NODES", nothing },
	{ "SECONDS", nothing },
	{ "UNIT,...", nothing },
	{ "N", nothing },
	{ "ADDRESS", nothing },
	{ "ALIAS", nothing },
	{ "NAME", nothing },
	{ "BUS:SLOT", nothing },
};

static offer_words *source_of(const char *word, size_t length)
{
	for (size_t i = 0; i < HD_ARRAY_SIZE(sources); i++)
		if (strlen(sources[i].word) == length && !strncmp(sources[i].word, word, length))
			return sources[i].offer;
	return NULL;
}

static void offer_value(struct offer *offer, const struct hd_option *option)
{
	offer_words *source = source_of(option->arg, strlen(option->arg));

	add_words(offer, hd_element_option_words(option->name));
	if (source)
		source(offer);
}

bool hd_completion_knows(const struct hd_option *option)
{
	return !option->arg || hd_element_option_words(option->name) ||
	       source_of(option->arg, strlen(option->arg));
}

/*
 * "[GUEST | --xml FILE | DEVICE...]": what stands behind a bar is instead of the
 * operand before it, an option takes the word behind it, dots repeat.
 */
static void offer_operands(struct offer *offer, const char *args)
{
	int number = -1;
	bool is_instead = false;

	while (*args) {
		size_t length = strcspn(args, " ");
		const char *word = args + strspn(args, "[");
		size_t letters = strspn(word, "ABCDEFGHIJKLMNOPQRSTUVWXYZ");
		bool repeats = !strncmp(word + letters, "...", 3);
		offer_words *source = source_of(word, letters);

		number += letters && (!is_instead || number < 0);
		is_instead = *word == '|';
		if (*word == '-' && args[length])
			length += 1 + strcspn(args + length + 1, " ");
		else if (source && (number == offer->completion->operand ||
				    (repeats && number < offer->completion->operand)))
			source(offer);
		args += length;
		args += strspn(args, " ");
	}
}

static bool is_given(const struct hd_completion *completion, const struct hd_option *option)
{
	for (size_t i = 0; i < completion->n_given; i++)
		if (completion->given[i] == option)
			return true;
	return false;
}

static void offer_options(struct offer *offer)
{
	const struct hd_option *const *rows = offer->completion->command->options;

	for (; *rows; rows++)
		if (!is_given(offer->completion, *rows))
			add_word(offer, hd_printf(offer->arena, "--%s", (*rows)->name));
}

static void offer_commands(struct offer *offer)
{
	const char *option;

	for (const struct hd_command *const *command = hd_commands; *command; command++)
		if (!(*command)->is_internal)
			add_word(offer, (*command)->name);
	for (size_t i = 0; offer->start[0] == '-' && (option = hd_help_option(i)); i++)
		add_word(offer, option);
}

static int in_order(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void write_words(FILE *out, struct hd_known *words)
{
	if (words->n)
		qsort(words->names, words->n, sizeof(*words->names), in_order);
	for (size_t i = 0; i < words->n; i++)
		if (!i || strcmp(words->names[i], words->names[i - 1]) != 0)
			(void)fprintf(out, "%s\n", words->names[i]);
}

void hd_completion_offer(FILE *out, const struct hd_completion *completion,
			 struct hd_arena *arena)
{
	struct offer offer = { .completion = completion, .arena = arena,
			       .before = completion->before, .start = completion->start };

	if (!completion->command)
		offer_commands(&offer);
	else if (completion->value_of)
		offer_value(&offer, completion->value_of);
	else if (completion->start[0] == '-' && !completion->is_literal)
		offer_options(&offer);
	else if (completion->command->args)
		offer_operands(&offer, completion->command->args);
	write_words(out, &offer.words);
}
