/* SPDX-License-Identifier: GPL-2.0-or-later */
/* map_write.c - how does a name get into SVG or HTML without becoming a part of it? */
#include "config.h"

#include <errno.h>
#include <string.h>

#include "report/map.h"
#include "report/map_write.h"

static void keep_error(struct hd_map_writer *w, int rc)
{
	if (rc < 0 && !w->rc)
		w->rc = -ENOMEM;
}

void hd_map_write_begin(struct hd_map_writer *ret, struct hd_arena *arena)
{
	*ret = (struct hd_map_writer){ .arena = arena, .buffer = xmlBufferCreate() };
	if (ret->buffer)
		ret->writer = xmlNewTextWriterMemory(ret->buffer, 0);
	if (!ret->writer)
		ret->rc = -ENOMEM;
}

void hd_map_write_xml(struct hd_map_writer *w)
{
	if (!w->writer)
		return;
	keep_error(w, xmlTextWriterSetIndent(w->writer, 1));
	keep_error(w, xmlTextWriterStartDocument(w->writer, NULL, "UTF-8", NULL));
}

void hd_map_write_html(struct hd_map_writer *w)
{
	if (w->writer)
		keep_error(w, xmlTextWriterWriteDTD(w->writer, BAD_CAST "html", NULL, NULL, NULL));
}

int hd_map_write_end(struct hd_map_writer *w, FILE *out)
{
	if (w->writer)
		keep_error(w, xmlTextWriterEndDocument(w->writer));
	xmlFreeTextWriter(w->writer);
	if (!w->rc && fputs((const char *)xmlBufferContent(w->buffer), out) < 0)
		w->rc = -EIO;
	xmlBufferFree(w->buffer);
	return w->rc;
}

void hd_map_open(struct hd_map_writer *w, const char *name, const char *class)
{
	if (w->writer)
		keep_error(w, xmlTextWriterStartElement(w->writer, BAD_CAST name));
	if (class && *class)
		hd_map_attr(w, "class", class);
}

void hd_map_close(struct hd_map_writer *w)
{
	if (w->writer)
		keep_error(w, xmlTextWriterFullEndElement(w->writer));
}

/* Lines stay lines, which hd_map_fit() would not let them. */
static const char *shown(struct hd_map_writer *w, const char *text)
{
	const char *all = "", *line = text;

	for (; line; line = *text ? text + 1 : NULL) {
		text = line + strcspn(line, "\n");
		line = hd_map_fit(w->arena, hd_strndup(w->arena, line, (size_t)(text - line)), 0, NULL);
		all = hd_printf(w->arena, "%s%s%s", all, line, *text ? "\n" : "");
	}
	return all;
}

void hd_map_attr(struct hd_map_writer *w, const char *name, const char *value)
{
	if (w->writer && value)
		keep_error(w, xmlTextWriterWriteAttribute(w->writer, BAD_CAST name,
						    BAD_CAST shown(w, value)));
}

void hd_map_number(struct hd_map_writer *w, const char *name, int value)
{
	char digits[16];

	(void)snprintf(digits, sizeof(digits), "%d", value);
	hd_map_attr(w, name, digits);
}

void hd_map_write(struct hd_map_writer *w, const char *text)
{
	if (w->writer)
		keep_error(w, xmlTextWriterWriteString(w->writer, BAD_CAST shown(w, text)));
}

void hd_map_element(struct hd_map_writer *w, const char *name, const char *class, const char *text)
{
	hd_map_open(w, name, class);
	hd_map_write(w, text);
	hd_map_close(w);
}

void hd_map_asset(struct hd_map_writer *w, const char *name, const char *constant)
{
	hd_map_open(w, name, NULL);
	if (w->writer)
		keep_error(w, xmlTextWriterWriteRaw(w->writer, BAD_CAST constant));
	hd_map_close(w);
}

void hd_map_void(struct hd_map_writer *w, const char *name, const char *const (*attrs)[2])
{
	hd_map_open(w, name, NULL);
	for (; (*attrs)[0]; attrs++)
		hd_map_attr(w, (*attrs)[0], (*attrs)[1]);
	if (w->writer)
		keep_error(w, xmlTextWriterEndElement(w->writer));
}
