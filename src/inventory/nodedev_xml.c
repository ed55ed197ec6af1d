/* SPDX-License-Identifier: GPL-2.0-or-later */
/* nodedev_xml.c - is what libvirt returns for one device well-formed XML? */
#include "config.h"

#include <limits.h>
#include <string.h>

#include "base/text.h"
#include "domain/xml.h"
#include "inventory/nodedev_xml.h"

#define MAX_WHY 400

/* A name from libvirt as the text of an element. */
static const char *escaped(struct hd_arena *arena, const char *text)
{
	const char *ret = "";

	for (; *text; text++)
		ret = strchr("&<>", *text) ? hd_printf(arena, "%s&#%d;", ret, *text) :
		      hd_printf(arena, "%s%c", ret, *text);
	return ret;
}

const char *hd_nodedev_or_unknown(struct hd_arena *arena, const char *name, const char *xml)
{
	_cleanup_(hd_xml_free) struct _xmlDoc *doc = NULL;
	struct hd_error err = { 0 };

	if (hd_xml_read(&doc, xml, strlen(xml), &err) == 0)
		return xml;
	return hd_printf(arena, "<device><name>%s</name><capability type='" HD_NODEDEV_UNKNOWN
			 "'>%s</capability></device>\n",
			 escaped(arena, hd_text_printable(arena, name, NAME_MAX)),
			 escaped(arena, hd_text_printable(arena, err.text, MAX_WHY)));
}
