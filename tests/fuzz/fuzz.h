/* SPDX-License-Identifier: GPL-2.0-or-later */
/* fuzz.h - what every fuzzer has: the two functions that an engine calls, and its verdict. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"

/* Always 0; what must not be ends the process by a signal. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* For what is made once; a target may be without it. */
int LLVMFuzzerInitialize(int *argc, char ***argv);

static inline void must(bool holds)
{
	if (!holds)
		abort();
}

/* Is TEXT, but for its newlines and tabs, what may be shown (base/utf8.h)? NULL is. */
static inline bool fuzz_is_shown(const char *text)
{
	size_t size = text ? strlen(text) + 1 : 1;
	char *copy = calloc(1, size);
	bool is_same;

	must(copy != NULL);
	is_same = !text || !strcmp(hd_text_shown(copy, size, text, "\n\t"), text);
	free(copy);
	return is_same;
}
