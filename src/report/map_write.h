/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * map_write.h - writes elements, attributes and texts of SVG and HTML.
 *
 * All that a map writes goes through here: libxml2's writer escapes, and what no document may
 * have becomes "?".  The first error is kept for hd_map_write_end().
 */
#pragma once

#include <libxml/xmlwriter.h>
#include <stdio.h>

#include "base/arena.h"

struct hd_map_writer {
	struct hd_arena *arena;
	xmlBufferPtr buffer;
	xmlTextWriterPtr writer;
	int rc;
};

void hd_map_write_begin(struct hd_map_writer *ret, struct hd_arena *arena) _nonnull_(1, 2);

/* How the document begins; SVG has a line for each element. */
void hd_map_write_xml(struct hd_map_writer *w) _nonnull_(1);
void hd_map_write_html(struct hd_map_writer *w) _nonnull_(1);

/* Writes all to OUT and frees what W has.  0, or -ENOMEM, -EIO. */
int hd_map_write_end(struct hd_map_writer *w, FILE *out) _nonnull_(1, 2) _must_check_;

/* An element until hd_map_close(), which always writes an end tag: HTML wants one. */
void hd_map_open(struct hd_map_writer *w, const char *name, const char *class) _nonnull_(1, 2);
void hd_map_close(struct hd_map_writer *w) _nonnull_(1);

/* Of the element that was opened last, before anything is in it; VALUE NULL: none. */
void hd_map_attr(struct hd_map_writer *w, const char *name, const char *value) _nonnull_(1, 2);
void hd_map_number(struct hd_map_writer *w, const char *name, int value) _nonnull_(1, 2);

void hd_map_write(struct hd_map_writer *w, const char *text) _nonnull_(1, 2);
void hd_map_element(struct hd_map_writer *w, const char *name, const char *class, const char *text)
	_nonnull_(1, 2, 4);

/* An element of HTML without an end tag; ATTRS end with a NULL. */
void hd_map_void(struct hd_map_writer *w, const char *name, const char *const (*attrs)[2])
	_nonnull_(1, 2, 3);

/* A style sheet or a script of ours, as it is. */
void hd_map_asset(struct hd_map_writer *w, const char *name, const char *constant)
	_nonnull_(1, 2, 3);
