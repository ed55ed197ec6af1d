/* SPDX-License-Identifier: GPL-2.0-or-later */
/* records.h - what is in a file of tests/explain/messages? */
#pragma once

#include <stdio.h>

#include "base/arena.h"
#include "tests/support/unit.h"

#define RECORDS_MAX 400000

static inline const char *records_read(struct hd_arena *arena, const char *name)
{
	char *text = hd_alloc(arena, RECORDS_MAX);
	FILE *file = fopen(hd_printf(arena, SRCDIR "/tests/explain/messages/%s", name), "re");
	size_t length;

	assert_non_null(file);
	length = fread(text, 1, RECORDS_MAX - 1, file);
	assert_true(feof(file));
	text[length] = '\0';
	assert_int_equal(fclose(file), 0);
	return text;
}
