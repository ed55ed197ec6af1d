/* SPDX-License-Identifier: GPL-2.0-or-later */
/* typed.c - which words did somebody type, and do they say that something does not work? */
#include "config.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/text.h"
#include "explain/families.h"
#include "explain/logged.h"
#include "explain/subject.h"

/* What people write for "not", and what may stand between it and its verb. */
static const struct {
	const char *written, *plain;
} negations[] = {
	{ "n't ", " not " }, { "cannot ", "can not " }, { "doesnt ", "does not " }, { "dont ", "do not " },
	{ "cant ", "can not " }, { "wont ", "will not " }, { "isnt ", "is not " }, { "no longer ", "not " },
	{ "never ", "not " }, { "unable to ", "not " }, { "fails to ", "not " }, { "failed to ", "not " },
	{ "refuses to ", "not " },
	/* Who asks how to mend it complains. */
	{ "how to fix ", "" }, { "how to solve ", "" }, { "how can i fix ", "" }, { "how do i fix ", "" },
	{ "how do i solve ", "" }, { "how to resolve ", "" }, { "how to debug ", "" },
	/* Who restarts the host does not complain that it restarts. */
	{ "after reboot of the host", "after boot" }, { "after a reboot of the host", "after boot" },
	{ "after rebooting the host", "after boot" }, { "after host reboot", "after boot" },
	{ "without rebooting", "without restart" }, { "until i reboot", "until a restart" },
};

static const char *const fillers[] = {
	"be ", "being ", "even ", "get ", "getting ", "been ", "really ", "properly ", "actually ", "at all ",
};

/* LINE without what stands between "not" and the verb. */
static const char *skip_fillers(const char *line)
{
	for (size_t i = 0; i < HD_ARRAY_SIZE(fillers); i++)
		if (!strncasecmp(line, fillers[i], strlen(fillers[i])))
			return skip_fillers(line + strlen(fillers[i]));
	return line;
}

#define SENTENCE_MAX 300
#define NOT " not "

/* Who names an address speaks of a device. */
static const char *device_word(const char *line)
{
	struct hd_arena scratch = { 0 };
	const char *ret = hd_subject_address(line, &scratch) ? " device" : "";

	hd_arena_done(&scratch);
	return ret;
}

/* LINE with each negation as "not", as far as it has room. */
static void spell_out(char ret[SENTENCE_MAX], const char *line)
{
	const char *device = device_word(line);
	size_t n = 0, i;

	while (*line && n < SENTENCE_MAX - 1) {
		for (i = 0; i < HD_ARRAY_SIZE(negations); i++)
			if (!strncasecmp(line, negations[i].written, strlen(negations[i].written)))
				break;
		if (i == HD_ARRAY_SIZE(negations)) {
			ret[n++] = (char)tolower((unsigned char)*line++);
			if (n >= strlen(NOT) && !strncmp(ret + n - strlen(NOT), NOT, strlen(NOT)))
				line = skip_fillers(line);
			continue;
		}
		line = skip_fillers(line + strlen(negations[i].written));
		n += (size_t)snprintf(ret + n, SENTENCE_MAX - n, "%s", negations[i].plain);
		n = n < SENTENCE_MAX ? n : SENTENCE_MAX - 1;
	}
	(void)snprintf(ret + n, SENTENCE_MAX - n, "%s", device);
}

static bool fits(const struct hd_typed *row, const char *line)
{
	for (size_t i = 0; i < HD_TYPED_WORDS && row->words[i]; i++)
		if (!hd_family_has_words(line, row->words[i]))
			return false;
	return true;
}

/* Those of which nobody needs to say that they are of Windows. */
static const char known_codes[] = "10|12|28|31|43|45";
static const char windows_codes[] =
	"1|3|9|10|12|14|16|18|19|21|22|24|28|29|31|32|33|34|35|36|37|38|39|40|41|42|43|44|45|47|48|49|50|51|"
	"52|53|54";
/* What has such codes, and what else ends with a code. */
static const char has_codes[] =
	"windows|win10|win11|win7|device manager|vm|vms|guest|guests|driver|drivers|gpu|gpus|vgpu|igpu|egpu|card|"
	"graphics|nvidia|geforce|rtx*|gtx*|quadro|radeon|rx|amd|intel|arc|adapter|device";
static const char other_codes[] = "exit code|exit*|return code|status code|libvirt|xid|signal|errno|http*|rc|curl";

#define CODE_WORDS 5	/* of a sentence that has little else: "I get an error 43" */

/* The length of "code ", "error code: ", "Error #" at AT; 0: none. */
static size_t code_word_length(const char *at)
{
	static const char *const words[] = { "error code", "error", "err", "code", "fehlercode", "fehler" };

	for (size_t i = 0; i < HD_ARRAY_SIZE(words); i++) {
		size_t length = strlen(words[i]);

		if (strncasecmp(at, words[i], length) != 0)
			continue;
		length += strspn(at + length, " :-#(");
		if (isdigit((unsigned char)at[length]))
			return length;
	}
	return 0;
}

/* Is NUMBER after a word like AT's a code of Windows, by the rest of LINE? */
static bool is_windows_code(const char *line, const char *at, const char *number)
{
	size_t words = 1;

	for (const char *c = line; *c; c++)
		words += *c == ' ';
	if (!hd_family_has_words(number, windows_codes) || hd_family_has_words(line, other_codes))
		return false;
	return words <= CODE_WORDS || hd_family_has_words(line, has_codes) ||
	       (tolower((unsigned char)*at) == 'c' && hd_family_has_words(number, known_codes));
}

const char *hd_typed_code(const char *line, struct hd_arena *arena)
{
	if (hd_sentence_is_logged(line))
		return NULL;
	for (const char *at = line; *at; at++) {
		size_t length = at > line && isalpha((unsigned char)at[-1]) ? 0 : code_word_length(at);
		size_t digits = strspn(at + length, "0123456789");
		const char *number;

		if (!length || digits > 2 || isalnum((unsigned char)at[length + digits]))
			continue;
		number = hd_strndup(arena, at + length, digits);
		if (is_windows_code(line, at, number))
			return hd_printf(arena, "(Code %s)", number);
	}
	return NULL;
}

static const struct hd_message *row_in(const struct hd_typed *rows, const char *sentence)
{
	for (const struct hd_typed *row = rows; row->answer.id; row++)
		if (fits(row, sentence))
			return &row->answer;
	return NULL;
}

static const struct hd_message *row_of(const char *sentence)
{
	const struct hd_message *ret = row_in(hd_families_how, sentence);

	ret = ret ? ret : row_in(hd_families_circumstance, sentence);
	ret = ret ? ret : row_in(hd_families_scope, sentence);
	return ret ? ret : row_in(hd_families_typed, sentence);
}

static bool has_code(const char *line)
{
	struct hd_arena scratch = { 0 };
	bool ret = hd_typed_code(line, &scratch) != NULL;

	hd_arena_done(&scratch);
	return ret;
}

const struct hd_message *hd_typed_of(const char *line)
{
	char sentence[SENTENCE_MAX];

	if (hd_sentence_is_logged(line))
		return NULL;
	if (has_code(line))
		return hd_family_find("general-windows-code");
	spell_out(sentence, line);
	return row_of(sentence);
}

/* A word of complaint in these complains of nothing. */
static const char praise[] =
	"no problem|no problems|without problems|without any problem*|without issues|no issue|no issues|no errors|"
	"not a problem|works fine|works well|works great|works now|works perfectly|solved|fixed";

static bool is_complaint(const char *line)
{
	return hd_family_has_words(line, HD_OF_SENTENCES) && !hd_family_has_words(line, praise);
}

const struct hd_message *hd_typed_any(const char *line)
{
	char sentence[SENTENCE_MAX];

	if (hd_sentence_is_logged(line) || !is_complaint(line))
		return NULL;
	spell_out(sentence, line);
	return row_in(hd_families_any, sentence);
}

/* What makes a sentence a complaint, whatever it is about. */
static const char complaints[] =
	"not|nothing|never|black|blank|hang|hangs|hanging|hung|freez*|froze*|crash*|stuck|broken|breaks|broke|"
	"fail|fails|failed|failing|failure|error|errors|problem|problems|trouble|wrong|dead|dies|died|lost|loses|"
	"gone|disappear*|vanish*|missing|slow|stutter*|reboots|rebooting|unusable|refuse*|stops|stopped|"
	"disconnect*|drops|unresponsive|bsod|no video|no display|no picture|no signal|no output|no sound|"
	"no network|no link|code 43";

bool hd_typed_complains(const char *line)
{
	char sentence[SENTENCE_MAX];

	if (hd_sentence_is_logged(line))
		return false;
	spell_out(sentence, line);
	return hd_family_has_words(sentence, complaints) || row_of(sentence);
}

/* Where the message of ROW begins in LINE, and in *END the end of its last word; or NULL. */
static const char *message_in(const char *line, const struct hd_message *row, const char **end,
			      struct hd_arena *arena)
{
	for (size_t i = 0; i < HD_MESSAGE_PATTERNS && row->patterns[i]; i++)
		for (const char *at = line; *at; at++) {
			size_t length = hd_pattern_length(row->patterns[i], at, arena);

			if (!length)
				continue;
			*end = at + length + strcspn(at + length, " ");
			return at;
		}
	return NULL;
}

/* "[", "12.345678]", "0000:01:00.0:", "mode=3", "/dev/vfio/1", but not "hangs:" */
static bool is_of_record(const char *word, size_t length)
{
	if (length && strchr(":,.;", word[length - 1]) && !isdigit((unsigned char)*word))
		length--;
	for (size_t i = 0; i < length; i++)
		if (strchr("[]:=/", word[i]) || (isdigit((unsigned char)word[i]) && i == 0 && length > 4))
			return true;
	return false;
}

/* Of a record, or the driver before an address: "pci 0000:01:00.0: " */
static bool is_record_at(const char *word, size_t length)
{
	const char *next = word + length + strspn(word + length, " \t");

	return is_of_record(word, length) || hd_pattern_address(next);
}

/* The words of TEXT up to END that are not those of a record around its message. */
static const char *own_words(const char *ret, const char *text, const char *end, struct hd_arena *arena)
{
	while (text < end) {
		size_t length = strcspn(text, " \t"), left = (size_t)(end - text);

		length = length < left ? length : left;
		if (length && !is_record_at(text, length))
			ret = hd_printf(arena, "%s%s%.*s", ret, *ret ? " " : "", (int)length, text);
		text += length + (length < left);
	}
	return ret;
}

const char *hd_typed_beside(const char *line, const struct hd_message *row, struct hd_arena *arena)
{
	const char *start, *end, *ret = "";
	bool is_found = false;

	for (; (start = message_in(line, row, &end, arena)); line = end) {
		ret = own_words(ret, line, start, arena);
		is_found = true;
	}
	return is_found ? own_words(ret, line, line + strlen(line), arena) : "";
}
