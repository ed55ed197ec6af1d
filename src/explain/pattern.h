/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * pattern.h - does a line of a log contain a message, and what are its values?
 *
 * A pattern is literal text with fields: "group {number:group} is not viable".
 * A field is {CLASS} or {CLASS:NAME}; the name of {CLASS} is its class.
 *
 *   address	a PCI address with its domain: 0000:01:00.0
 *   number	decimal digits, maybe with a sign
 *   13|31|45	one of these numbers, not more digits; it counts as two literal characters
 *   hex	hex digits, maybe after 0x
 *   word	up to a blank or one of ' " , : ; ( ) [ ] < >
 *   path	up to a blank or one of ' " : ; ( )
 *   text	anything, as little as lets the next literal follow; at the end, all
 *
 * A condition {near:WORDS|WORDS} may end it, but not after a text field: one of those texts, in
 * either case, or with the word "address" a PCI address, must be in the line or near it.  Only
 * message.h looks at it.
 *
 * A pattern begins with a literal, and a text field is followed by one or ends
 * it.  Matching never goes back: its cost is linear in the line, a few times.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"

#define HD_FIELDS_MAX 16
/* Only so many bytes of a line count. */
#define HD_PATTERN_LINE_MAX 4096

struct hd_field {
	const char *name;	/* "group"; owned by the arena, as is the value */
	const char *value;
};

struct hd_fields {
	struct hd_field items[HD_FIELDS_MAX];
	size_t n;
};

/*
 * Is PATTERN found in LINE?  Then *RET has its fields in the order of the pattern, and the
 * offset in LINE where it ends is returned; else *RET is left alone, and 0 is returned.
 */
size_t hd_pattern_match(const char *pattern, const char *line, struct hd_arena *arena,
			struct hd_fields *ret) _nonnull_(1, 2, 3, 4);

/*
 * The length of the match of PATTERN that TEXT begins with; 0: none.  Of a field that ends
 * PATTERN one byte counts, because it takes what follows as its own.
 */
size_t hd_pattern_length(const char *pattern, const char *text, struct hd_arena *arena)
	_nonnull_(1, 2, 3);

/* Characters of PATTERN that are not fields: of two that match, the longer is more specific. */
size_t hd_pattern_literals(const char *pattern) _nonnull_(1);

/* The texts of PATTERN's condition, "a|b}", or NULL. */
const char *hd_pattern_near(const char *pattern) _nonnull_(1);

/* The value of a field, or NULL. */
const char *hd_field_value(const struct hd_fields *fields, const char *name) _nonnull_(1, 2);

/* Adds a field that is not in the pattern; false if there is no room. */
bool hd_field_add(struct hd_fields *fields, const char *name, const char *value)
	_nonnull_(1, 2, 3);

/* The length of the PCI address that TEXT begins with; 0 if it does not. */
size_t hd_pattern_address(const char *text) _nonnull_(1);

/* Adds copies of those of MORE that FIELDS has not; returns whether MORE has any. */
bool hd_fields_merge(struct hd_fields *fields, const struct hd_fields *more, struct hd_arena *arena)
	_nonnull_(1, 2, 3);
