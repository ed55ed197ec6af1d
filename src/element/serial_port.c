/* SPDX-License-Identifier: GPL-2.0-or-later */
/* serial_port.c - a serial port of the host, by a stable path. */
#include "config.h"

#include <errno.h>
#include <string.h>

#include "base/text.h"
#include "element/compose.h"
#include "inventory/lasting_names.h"

/* A link in /dev/serial that the user named is stable already. */
static const char *path_of(struct hd_composer *c, const struct hd_device_ref *ref)
{
	const char *found;

	if (ref->path && hd_text_starts_with(ref->path, "/dev/serial/"))
		return ref->path;
	found = hd_stable_tty(c->root, c->arena, ref->tty);
	return found ? found : hd_printf(c->arena, "/dev/%s", ref->tty);
}

int hd_compose_serial(struct hd_composer *c, const struct hd_device_ref *ref)
{
	struct hd_element *element;
	const char *path;
	int rc;

	if (!ref->tty)
		return hd_fail(c->err, -EPERM, "%s is not a serial port: name its tty, "
			       "such as /dev/ttyS1", ref->name);
	path = path_of(c, ref);
	for (size_t i = 0; i < c->list->n; i++)
		if (c->list->items[i].kind == HD_ELEMENT_SERIAL &&
		    !strcmp(c->list->items[i].values[HD_P_PATH], path))
			return 0;
	rc = hd_compose_add(&element, c, HD_ELEMENT_SERIAL, ref->name);
	if (rc < 0 || !element)
		return rc;
	element->values[HD_P_PATH] = path;
	if (ref->usb && !hd_text_starts_with(path, "/dev/serial/"))
		hd_compose_note(c, "%s has no link in /dev/serial: another device may get "
				"its name when one is plugged in or the host boots", path);
	return 0;
}
