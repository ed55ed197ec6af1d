/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * journal_parse.c - understands the text of a journal, or says why it cannot.
 *
 * Strict: what journal.c does not write is not read.  Only a last line without
 * its newline is forgiven, because a crash in write(2) leaves one.
 */
#include "config.h"

#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/record.h"
#include "base/text.h"
#include "run/journal_internal.h"

#define FIELDS_MAX 9
#define STAGE_MAX 1000
#define GROUP_MAX 0x7fffffff

struct parser {
	struct hd_arena *arena;
	struct hd_journal_entry *entry;
	const char *file_name;
	size_t n_planned;	/* steps that the header announces */
	unsigned line;
	char *fields[FIELDS_MAX];
	size_t n_fields;
};

static bool number(const char *text, uint64_t max, uint64_t *ret)
{
	uint64_t value;

	if (text[0] < '0' || text[0] > '9' || (text[0] == '0' && text[1]) ||
	    !hd_text_u64(text, &value) || value > max)
		return false;
	*ret = value;
	return true;
}

/* Splits at single blanks; false for too many fields or an empty one. */
static bool split_line(struct parser *parser, char *text)
{
	parser->n_fields = 0;
	for (char *at = text; at;) {
		char *blank = strchr(at, ' ');

		if (parser->n_fields == FIELDS_MAX || at == blank || !*at)
			return false;
		parser->fields[parser->n_fields++] = at;
		if (blank)
			*blank++ = '\0';
		at = blank;
	}
	return true;
}

static const char *set_owner(struct parser *parser, const char *word)
{
	for (size_t i = 0; i < HD_ARRAY_SIZE(hd_journal_owners); i++) {
		if (strcmp(word, hd_journal_owners[i]) != 0)
			continue;
		parser->entry->id.owner = (enum hd_owner)i;
		return NULL;
	}
	return "its owner's kind is unknown";
}

static const char *set_key(struct parser *parser, const char *key)
{
	struct hd_journal_id *id = &parser->entry->id;

	if (strcmp(key, parser->file_name) != 0)
		return "its owner is not the one in its name";
	if (!hd_journal_key_is_valid(id->owner, key))
		return "its owner's key is malformed";
	memcpy(id->key, key, strlen(key) + 1);
	return NULL;
}

static const char *set_numbers(struct parser *parser, const char *since, const char *steps)
{
	uint64_t seconds, n;

	if (!number(since, INT64_MAX, &seconds) || !number(steps, HD_PLAN_MAX, &n) || !n)
		return "a number of its header is malformed";
	parser->entry->since = (int64_t)seconds;
	parser->n_planned = n;
	return NULL;
}

static bool has_text(char *field, size_t size)
{
	return hd_record_decode(field) && strlen(field) < size;
}

static const char *set_boot(struct parser *parser, const char *boot, const char *uptime)
{
	char id[HD_BOOT_ID_SIZE];
	uint64_t seconds;

	if ((strcmp(boot, "-") != 0 && !hd_text_uuid(boot, id)) ||
	    !number(uptime, INT64_MAX, &seconds))
		return "the boot in its header is malformed";
	parser->entry->boot = boot;
	parser->entry->uptime = (int64_t)seconds;
	return NULL;
}

/* By version: version 1 does not say which boot it is of. */
static const size_t header_fields[HD_JOURNAL_VERSION + 1] = { 0, 7, 9 };

static const char *check_version(const struct parser *parser)
{
	uint64_t version;

	if (strcmp(parser->fields[0], HD_JOURNAL_WORD) != 0 || parser->n_fields < 2)
		return "it does not start with a journal's header";
	if (!number(parser->fields[1], HD_JOURNAL_VERSION, &version) || !version)
		return "its version is unknown";
	return parser->n_fields == header_fields[version] ? NULL :
		"it does not start with a journal's header";
}

static const char *parse_header(struct parser *parser)
{
	char **fields = parser->fields;
	const char *broken = check_version(parser);

	if (broken)
		return broken;
	broken = set_owner(parser, fields[2]);
	if (!broken)
		broken = set_key(parser, fields[3]);
	if (!broken)
		broken = set_numbers(parser, fields[4], fields[5]);
	if (!broken && !has_text(fields[6], HD_JOURNAL_NAME))
		broken = "the name in its header is malformed";
	if (!broken && parser->n_fields > 7)
		broken = set_boot(parser, fields[7], fields[8]);
	parser->entry->id.name = fields[6];
	return broken;
}

/* "INDEX STAGE GROUP": steps are numbered from 0 and sorted by stage. */
static const char *set_place(struct parser *parser, struct hd_journal_step *step,
			     char *const *fields)
{
	const struct hd_journal_entry *entry = parser->entry;
	uint64_t index, stage, group;

	if (!number(fields[0], HD_PLAN_MAX, &index) || index != entry->n_steps)
		return "a step of its plan is out of order";
	if (!number(fields[1], STAGE_MAX, &stage) ||
	    (index && stage < entry->steps[index - 1].stage))
		return "a step's stage is malformed";
	step->stage = (unsigned)stage;
	step->group = HD_NO_GROUP;
	if (!strcmp(fields[2], "-"))
		return NULL;
	if (!number(fields[2], GROUP_MAX, &group))
		return "a step's group is malformed";
	step->group = (int)group;
	return NULL;
}

static const char *parse_step(struct parser *parser)
{
	static const size_t sizes[] = { HD_JOURNAL_KNOB, HD_TARGET_MAX, HD_STATE_MAX,
					HD_STATE_MAX };
	struct hd_journal_entry *entry = parser->entry;
	struct hd_journal_step step = { .last = HD_EVENT_MAX };
	char **fields = parser->fields;
	const char *broken;

	if (parser->n_fields != 8 || strcmp(fields[0], "step") != 0)
		return "a step of its plan is missing";
	broken = set_place(parser, &step, fields + 1);
	for (size_t i = 0; !broken && i < HD_ARRAY_SIZE(sizes); i++)
		if (!has_text(fields[4 + i], sizes[i]) || !*fields[4 + i])
			broken = "a step's text is malformed";
	if (broken)
		return broken;
	step.knob = fields[4];
	step.target = fields[5];
	step.from = fields[6];
	step.to = fields[7];
	*(struct hd_journal_step *)hd_append(parser->arena, &entry->steps, &entry->n_steps,
					     sizeof(step)) = step;
	return NULL;
}

#define AFTER(event) (1u << (event))
#define BEGUN (AFTER(HD_EVENT_INTENT) | AFTER(HD_EVENT_DONE) | AFTER(HD_EVENT_FAILED) | \
	       AFTER(HD_EVENT_STUCK))

/* After which events each may come. */
static const unsigned may_follow[HD_EVENT_MAX] = {
	[HD_EVENT_INTENT] = AFTER(HD_EVENT_MAX),
	[HD_EVENT_DONE] = AFTER(HD_EVENT_INTENT),
	[HD_EVENT_FAILED] = AFTER(HD_EVENT_INTENT),
	[HD_EVENT_STUCK] = AFTER(HD_EVENT_INTENT),
	[HD_EVENT_UNDO] = BEGUN,
	[HD_EVENT_UNDONE] = BEGUN | AFTER(HD_EVENT_UNDO),
};

static bool is_forward(enum hd_journal_event event)
{
	return event != HD_EVENT_UNDO && event != HD_EVENT_UNDONE;
}

static const char *parse_event(struct parser *parser, enum hd_journal_event event)
{
	struct hd_journal_entry *entry = parser->entry;
	uint64_t index;

	if (parser->n_fields != 2 || !number(parser->fields[1], HD_PLAN_MAX, &index) ||
	    index >= entry->n_steps)
		return "an event belongs to no step of its plan";
	if (!(may_follow[event] & AFTER(entry->steps[index].last)) ||
	    (entry->is_committed && is_forward(event)))
		return "an event is out of order";
	entry->steps[index].last = event;
	return NULL;
}

static const char *parse_record(struct parser *parser)
{
	for (enum hd_journal_event event = 0; event < HD_EVENT_MAX; event++)
		if (!strcmp(parser->fields[0], hd_journal_events[event]))
			return parse_event(parser, event);
	if (strcmp(parser->fields[0], "commit") != 0 || parser->n_fields != 1 ||
	    parser->entry->is_committed)
		return "it has an unknown record";
	parser->entry->is_committed = true;
	return NULL;
}

/* By the part of the first line that is the same in all versions; nothing else of it may be. */
static bool is_newer(const char *text, size_t length)
{
	static const char word[] = HD_JOURNAL_WORD " ";
	const size_t skip = HD_JOURNAL_SUM + sizeof(word);	/* a sum, a blank and the word */
	const char *at = text + skip, *blank;
	char digits[24] = "";
	uint64_t version;

	if (length <= skip || memcmp(text + HD_JOURNAL_SUM + 1, word, sizeof(word) - 1) != 0)
		return false;
	blank = memchr(at, ' ', length - skip);
	length = blank ? (size_t)(blank - at) : length - skip;
	if (length >= sizeof(digits))
		return false;
	memcpy(digits, at, length);
	return number(digits, UINT64_MAX, &version) && version > HD_JOURNAL_VERSION;
}

/* TEXT is one line without its newline; its sum is the chain's. */
static const char *parse_line(struct parser *parser, const char *text, size_t length)
{
	const char *body = text + HD_JOURNAL_SUM + 1;
	char sum[HD_JOURNAL_SUM + 2];

	parser->entry->is_newer = parser->line == 1 && is_newer(text, length);
	if (parser->entry->is_newer)
		return "a newer version of hostdevctl wrote it";
	if (length < HD_JOURNAL_SUM + 2 || length >= HD_JOURNAL_LINE ||
	    memchr(text, '\0', length))
		return "a line is malformed";
	length -= HD_JOURNAL_SUM + 1;
	parser->entry->sum = hd_record_sum(parser->entry->sum, body, length);
	(void)snprintf(sum, sizeof(sum), "%08x ", parser->entry->sum);
	if (memcmp(text, sum, HD_JOURNAL_SUM + 1) != 0)
		return "a line's checksum is wrong";
	if (!split_line(parser, hd_strndup(parser->arena, body, length)))
		return "a line is malformed";
	if (parser->line == 1)
		return parse_header(parser);
	if (parser->entry->n_steps < parser->n_planned)
		return parse_step(parser);
	return parse_record(parser);
}

void hd_journal_parse(struct hd_journal_entry *ret, struct hd_arena *arena,
		      const char *file_name, const char *text, size_t length)
{
	struct hd_journal_entry entry = { .id.name = "" };
	struct parser parser = { .arena = arena, .entry = &entry, .file_name = file_name };
	const char *broken = NULL, *end;

	while (!broken && (end = memchr(text + entry.length, '\n', length - entry.length))) {
		parser.line++;
		broken = parse_line(&parser, text + entry.length,
				    (size_t)(end - text) - entry.length);
		entry.length = (size_t)(end - text) + 1;
	}
	if (!broken && (!parser.line || entry.n_steps < parser.n_planned))
		broken = "it is not complete";
	else if (broken)
		broken = hd_printf(arena, "line %u: %s", parser.line, broken);
	entry.broken = broken;
	*ret = entry;
}
