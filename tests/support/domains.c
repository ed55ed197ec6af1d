/* SPDX-License-Identifier: GPL-2.0-or-later */
/* domains.c - domain XML for tests: whole files, and single devices. */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/support/domains.h"
#include "tests/support/unit.h"

#define FILE_MAX (1u << 20)

const char *domain_file(struct hd_arena *arena, const char *name, size_t *length)
{
	const char *path = hd_printf(arena, SRCDIR "/tests/domains/%s", name);
	char *text = hd_alloc(arena, FILE_MAX + 1);
	FILE *file = fopen(path, "re");

	if (!file) {
		fail_msg("cannot open %s", path);
		return text;
	}
	*length = fread(text, 1, FILE_MAX, file);
	assert_int_equal(fclose(file), 0);
	return text;
}

const char *domain_with(struct hd_arena *arena, const char *devices)
{
	return hd_printf(arena, "<domain type='kvm'><name>t</name><devices>\n%s\n"
			 "</devices></domain>\n", devices);
}

void domain_parse(struct hd_arena *arena, const char *xml, size_t length, struct hd_request *ret)
{
	struct hd_error err = { 0 };

	if (hd_request_parse(ret, arena, xml, length, &err) < 0)
		fail_msg("%s", err.text);
	assert_int_equal(err.code, 0);
}

int domain_setup(void **state)
{
	*state = calloc(1, sizeof(struct hd_arena));
	return *state ? 0 : -1;
}

int domain_teardown(void **state)
{
	hd_arena_done(*state);
	free(*state);
	return 0;
}
