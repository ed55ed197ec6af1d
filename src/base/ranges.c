/* SPDX-License-Identifier: GPL-2.0-or-later */
/* ranges.c - lists of numbers as the kernel and libvirt write them. */
#include "config.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/ranges.h"

#define MAX_NUMBER 8191

/* One item; false if it is none. */
static bool read_item(const char *item, unsigned long *low, unsigned long *high)
{
	char *end;

	if (!isdigit((unsigned char)*item))
		return false;
	*low = *high = strtoul(item, &end, 10);
	if (*end == '-' && isdigit((unsigned char)end[1]))
		*high = strtoul(end + 1, &end, 10);
	return !*end || *end == ',' || isspace((unsigned char)*end);
}

bool hd_ranges_has(const char *text, unsigned n)
{
	bool has = false;

	for (const char *item = text; item; item = strchr(item, ',')) {
		unsigned long low, high;
		bool is_out;

		item += strspn(item, ", \t\n");
		is_out = *item == '^';
		if (read_item(item + is_out, &low, &high) && n >= low && n <= high)
			has = !is_out;
	}
	return has;
}

bool hd_ranges_meet(const char *a, const char *b)
{
	for (unsigned n = 0; n <= MAX_NUMBER; n++)
		if (hd_ranges_has(a, n) && hd_ranges_has(b, n))
			return true;
	return false;
}
