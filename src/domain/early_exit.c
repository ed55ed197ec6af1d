/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * early_exit.c - can this domain XML pass a host device at all?
 *
 * The parser finds a device by a name or value with a "v" in it: "hostdev" (the
 * element, and the type of an interface), "nvme" (the type of a disk) and "dev"
 * (the whole type of a serial port).  "v" is rare, so the scan jumps from one to
 * the next.  An element's name cannot be written in another way in plain UTF-8;
 * an attribute's value can, with "&#", or with a document type ("<!D").
 */
#include "config.h"

#include <string.h>

#include "domain/early_exit.h"
#include "domain/xml_bounds.h"

static bool has(const char *xml, size_t length, const char *at, ptrdiff_t offset,
		const char *text)
{
	ptrdiff_t start = at - xml + offset, n = (ptrdiff_t)strlen(text);

	return start >= 0 && start + n <= (ptrdiff_t)length &&
	       !memcmp(xml + start, text, (size_t)n);
}

static bool names_device(const char *xml, size_t length, const char *v)
{
	return has(xml, length, v, -6, "hostdev") || has(xml, length, v, -1, "nvme") ||
	       has(xml, length, v, -3, "'dev'") || has(xml, length, v, -3, "\"dev\"");
}

static bool has_byte_then(const char *xml, size_t length, char first, char second)
{
	const char *at = xml, *end = xml + length;

	while ((at = memchr(at, first, (size_t)(end - at)))) {
		at++;
		if (at < end && *at == second)
			return true;
	}
	return false;
}

/* The name of an attribute, which cannot be written in another way. */
bool hd_domain_may_replug(const char *xml, size_t length)
{
	return length && (!hd_plain_is_utf8(xml, length) ||
			  memmem(xml, length, "replug", strlen("replug")));
}

bool hd_domain_may_pass_devices(const char *xml, size_t length)
{
	const char *at = xml, *end = xml + length;

	if (!length)
		return false;
	if (!hd_plain_is_utf8(xml, length))
		return true;
	while ((at = memchr(at, 'v', (size_t)(end - at)))) {
		if (names_device(xml, length, at))
			return true;
		at++;
	}
	return has_byte_then(xml, length, '&', '#') ||
	       has_byte_then(xml, length, '!', 'D');
}
