/* SPDX-License-Identifier: GPL-2.0-or-later */
/* pattern.c - does a line of a log contain a message, and what are its values? */
#include "config.h"

#include <ctype.h>
#include <string.h>

#include "base/pciaddr.h"
#include "base/text.h"
#include "explain/pattern.h"

/* How many occurrences of the first literal in one line are tried. */
#define MAX_STARTS 16

#define NEAR "{near:"
#define NUMBERS_WEIGHT 2	/* a list of numbers says more than that there is one */

#define WORD_ENDS " \t'\",:;()[]<>"
#define PATH_ENDS " \t'\":;()"

size_t hd_pattern_address(const char *text)
{
	size_t length = strspn(text, "0123456789abcdefABCDEF:.");
	char copy[HD_PCI_ADDR_SIZE];
	struct hd_pci_addr addr;

	if (length >= sizeof(copy))
		length = sizeof(copy) - 1;
	/* with the domain: "00:1f.2" in a log may be a time */
	for (; length >= sizeof("0000:00:00.0") - 1; length--) {
		memcpy(copy, text, length);
		copy[length] = '\0';
		if (hd_pci_addr_parse(copy, &addr))
			return length;
	}
	return 0;
}

static size_t number_length(const char *text)
{
	size_t sign = *text == '-' || *text == '+';
	size_t digits = strspn(text + sign, "0123456789");

	return digits ? sign + digits : 0;
}

static size_t hex_length(const char *text)
{
	size_t prefix = text[0] == '0' && (text[1] == 'x' || text[1] == 'X') ? 2 : 0;
	size_t digits = strspn(text + prefix, "0123456789abcdefABCDEF");

	return digits ? prefix + digits : 0;
}

static size_t word_length(const char *text)
{
	return strcspn(text, WORD_ENDS);
}

static size_t path_length(const char *text)
{
	return strcspn(text, PATH_ENDS);
}

static const struct class {
	const char *name;
	size_t (*length)(const char *text);	/* of the value at TEXT, 0: none; NULL: text */
} classes[] = {
	{ "address", hd_pattern_address },
	{ "number", number_length },
	{ "hex", hex_length },
	{ "word", word_length },
	{ "path", path_length },
	{ "text", NULL },
};

struct part {
	const struct class *class;
	const char *numbers;	/* "13|31|45:NAME}", or NULL */
	const char *name;
	size_t name_length;
	const char *next;	/* what follows the field in the pattern */
};

/* Is CLASS the one of the LENGTH bytes at NAME?  A list of numbers has the class "number". */
static bool is_class(const struct class *class, const char *name, size_t length)
{
	if (isdigit((unsigned char)*name))
		return class->length == number_length;
	return strlen(class->name) == length && !strncmp(class->name, name, length);
}

/* Parses the field at PATTERN, which begins with "{". */
static bool take_field(const char *pattern, struct part *ret)
{
	size_t class = strcspn(pattern + 1, ":}"), whole = strcspn(pattern + 1, "}");

	if (!pattern[1 + whole])
		return false;
	ret->numbers = isdigit((unsigned char)pattern[1]) ? pattern + 1 : NULL;
	for (size_t i = 0; i < HD_ARRAY_SIZE(classes); i++) {
		if (!is_class(&classes[i], pattern + 1, class))
			continue;
		ret->class = &classes[i];
		ret->name = pattern + 1 + (class < whole ? class + 1 : 0);
		ret->name_length = whole - (class < whole ? class + 1 : 0);
		ret->next = pattern + 1 + whole + 1;
		return ret->name_length > 0;
	}
	return false;
}

static size_t literal_length(const char *pattern)
{
	return strcspn(pattern, "{");
}

/* Where the LENGTH bytes of LITERAL are in TEXT, or NULL. */
static const char *find_literal(const char *text, const char *literal, size_t length)
{
	return memmem(text, strlen(text), literal, length);
}

/* Is the number of LENGTH digits at TEXT one of NUMBERS, "13|31|45:NAME}"? */
static bool is_one_of(const char *numbers, const char *text, size_t length)
{
	for (; isdigit((unsigned char)*numbers); numbers += *numbers == '|') {
		size_t digits = strspn(numbers, "0123456789");

		if (digits == length && !strncmp(numbers, text, length))
			return true;
		numbers += digits;
	}
	return false;
}

/* The length of the field's value at TEXT; false if there is none. */
static bool measure_part(const struct part *part, const char *text, size_t *ret)
{
	const char *end;

	if (part->class->length) {
		*ret = part->class->length(text);
		return *ret > 0 && (!part->numbers || is_one_of(part->numbers, text, *ret));
	}
	end = *part->next ? find_literal(text, part->next, literal_length(part->next)) :
	      text + strlen(text);
	if (end)
		*ret = (size_t)(end - text);
	return end != NULL;
}

/* Where the match at TEXT ends, or NULL. */
static const char *match_at(const char *pattern, const char *text, struct hd_arena *arena,
			    struct hd_fields *ret)
{
	while (*pattern) {
		size_t length = literal_length(pattern);
		struct part part;

		if (strncmp(text, pattern, length) != 0)
			return NULL;
		pattern += length;
		text += length;
		if (!*pattern || hd_text_starts_with(pattern, NEAR))
			break;
		if (!take_field(pattern, &part) || !measure_part(&part, text, &length))
			return NULL;
		(void)hd_field_add(ret, hd_strndup(arena, part.name, part.name_length),
				   hd_strndup(arena, text, length));
		text += length;
		pattern = part.next;
	}
	return text;
}

size_t hd_pattern_match(const char *pattern, const char *line, struct hd_arena *arena,
			struct hd_fields *ret)
{
	size_t first = literal_length(pattern);
	const char *at = line;

	for (int i = 0; i < MAX_STARTS && (at = find_literal(at, pattern, first)); i++, at++) {
		struct hd_fields fields = { .n = 0 };
		const char *end = match_at(pattern, at, arena, &fields);

		if (!end)
			continue;
		*ret = fields;
		return (size_t)(end - line);
	}
	return 0;
}

size_t hd_pattern_length(const char *pattern, const char *text, struct hd_arena *arena)
{
	struct hd_fields fields = { .n = 0 };
	const char *end = match_at(pattern, text, arena, &fields);

	if (end && fields.n && hd_text_ends_with(pattern, "}") && !hd_pattern_near(pattern) &&
	    *fields.items[fields.n - 1].value)
		end -= strlen(fields.items[fields.n - 1].value) - 1;
	return end ? (size_t)(end - text) : 0;
}

size_t hd_pattern_literals(const char *pattern)
{
	size_t total = 0;

	while (*pattern) {
		size_t length = literal_length(pattern);

		pattern += length;
		total += length + (*pattern == '{' && isdigit((unsigned char)pattern[1]) ? NUMBERS_WEIGHT : 0);
		pattern += strcspn(pattern, "}");
		pattern += *pattern == '}';
	}
	return total;
}

const char *hd_pattern_near(const char *pattern)
{
	const char *near = strstr(pattern, NEAR);

	return near ? near + strlen(NEAR) : NULL;
}

const char *hd_field_value(const struct hd_fields *fields, const char *name)
{
	for (size_t i = 0; i < fields->n; i++)
		if (!strcmp(fields->items[i].name, name))
			return fields->items[i].value;
	return NULL;
}

bool hd_field_add(struct hd_fields *fields, const char *name, const char *value)
{
	if (fields->n >= HD_FIELDS_MAX)
		return false;
	fields->items[fields->n++] = (struct hd_field){ name, value };
	return true;
}

bool hd_fields_merge(struct hd_fields *fields, const struct hd_fields *more, struct hd_arena *arena)
{
	for (size_t i = 0; i < more->n; i++)
		if (!hd_field_value(fields, more->items[i].name))
			(void)hd_field_add(fields, hd_strdup(arena, more->items[i].name),
					   hd_strdup(arena, more->items[i].value));
	return more->n > 0;
}
