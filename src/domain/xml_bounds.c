/* SPDX-License-Identifier: GPL-2.0-or-later */
/* xml_bounds.c - is this text tame enough for the XML parser? */
#include "config.h"

#include <errno.h>
#include <string.h>
#include <strings.h>

#include "domain/xml_bounds.h"

#define BLANKS " \t\r\n"
#define BYTE_ORDER_MARK "\xef\xbb\xbf"

struct counts {
	size_t elements, namespaces;	/* of the document */
	size_t attributes;		/* of the last element */
};

static size_t skip_mark(const char *xml, size_t length)
{
	return length >= 3 && !memcmp(xml, BYTE_ORDER_MARK, 3) ? 3 : 0;
}

static bool is_utf8_name(const char *name, size_t length)
{
	return (length == 5 && !strncasecmp(name, "utf-8", 5)) ||
	       (length == 8 && !strncasecmp(name, "us-ascii", 8));
}

/* AT is behind "encoding" in a declaration that ends at END. */
static bool names_utf8(const char *at, const char *end)
{
	const char *close;

	while (at < end && strchr(BLANKS "=", *at))
		at++;
	if (at == end || (*at != '"' && *at != '\''))
		return false;
	close = memchr(at + 1, *at, (size_t)(end - at) - 1);
	return close && is_utf8_name(at + 1, (size_t)(close - at) - 1);
}

bool hd_plain_is_utf8(const char *xml, size_t length)
{
	const char *at = xml + skip_mark(xml, length), *end = xml + length, *close, *word;

	if (at == end || memchr(at, '\0', (size_t)(end - at)))
		return false;
	if (*at != '<' && !strchr(BLANKS, *at))
		return false;
	if (end - at < 5 || memcmp(at, "<?xml", 5))
		return true;
	close = memmem(at, (size_t)(end - at), "?>", 2);
	if (!close)
		return false;
	word = memmem(at, (size_t)(close - at), "encoding", 8);
	return !word || names_utf8(word + 8, close);
}

static int too_many(const char *xml, const char *at, struct hd_error *err,
		    const char *what)
{
	size_t line = 1;

	for (const char *c = xml; c < at; c++)
		line += *c == '\n';
	return hd_fail(err, -EINVAL, "line %zu: more than %s", line, what);
}

static bool is_namespace(const char *at, const char *end)
{
	return *at == 'x' && end - at > 5 && !memcmp(at, "xmlns", 5);
}

/*
 * Walks over the tag at AT, behind its "<".  A "<" ends it in any case: no
 * attribute's value may hold one, and the parser gives up there as well.
 */
static const char *count_tag(const char *at, const char *end, struct counts *counts)
{
	char quote = '\0';

	counts->attributes = 0;
	for (; at < end && *at != '<' && (quote || *at != '>'); at++) {
		if (quote) {
			quote = *at == quote ? '\0' : quote;
		} else if (strchr("\"'", *at)) {
			quote = *at;
			counts->attributes++;
		} else {
			counts->namespaces += is_namespace(at, end);
		}
	}
	return at;
}

/* Plain words are not in a strange encoding: somebody named the wrong file. */
static const char *why_not_utf8(const char *xml, size_t length)
{
	const char *at = xml + skip_mark(xml, length), *end = xml + length;

	if (!length)
		return "the XML is empty";
	for (; at < end; at++)
		if (*at == '<' || !*at || (*at & 0x80))
			return "the XML is not in UTF-8";
	return "it is not XML: it has no '<'";
}

int hd_plain_check(const char *xml, size_t length, struct hd_error *err)
{
	const char *at = xml, *end = xml + length;
	struct counts counts = { 0 };

	if (!hd_plain_is_utf8(xml, length))
		return hd_fail(err, -EINVAL, "%s", why_not_utf8(xml, length));
	while ((at = memchr(at, '<', (size_t)(end - at)))) {
		const char *tag = at++;

		if (at < end && strchr("/!?", *at))
			continue;
		at = count_tag(at, end, &counts);
		if (++counts.elements > HD_PLAIN_MAX_ELEMENTS)
			return too_many(xml, tag, err, "1000000 elements");
		if (counts.attributes > HD_PLAIN_MAX_ATTRIBUTES)
			return too_many(xml, tag, err, "512 attributes in one element");
		if (counts.namespaces > HD_PLAIN_MAX_NAMESPACES)
			return too_many(xml, tag, err, "256 namespace declarations");
	}
	return 0;
}
