/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * xml_bounds.h - is this text tame enough for the XML parser?
 *
 * libvirt writes UTF-8 without a document type.  Text in another encoding
 * hides its element names from a look at its bytes, and a parser that builds a
 * tree is quadratic in the attributes of one element: both are refused before
 * the parser sees them.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"

/* Per document: elements, attributes of one element, namespace declarations. */
#define HD_PLAIN_MAX_ELEMENTS 1000000u
#define HD_PLAIN_MAX_ATTRIBUTES 512u
#define HD_PLAIN_MAX_NAMESPACES 256u

/* May it be read as UTF-8: no NUL, no other byte order mark or declared encoding? */
bool hd_plain_is_utf8(const char *xml, size_t length) _nonnull_(1);

/* 0 if the text is UTF-8 and within the limits above, else -EINVAL with its line. */
int hd_plain_check(const char *xml, size_t length, struct hd_error *err)
	_nonnull_(1, 3) _must_check_;
