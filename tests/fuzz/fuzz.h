/* SPDX-License-Identifier: GPL-2.0-or-later */
/* fuzz.h - what every fuzzer has: the two functions that an engine calls, and its verdict. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

/* Always 0; what must not be ends the process by a signal. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* For what is made once; a target may be without it. */
int LLVMFuzzerInitialize(int *argc, char ***argv);

static inline void must(bool holds)
{
	if (!holds)
		abort();
}
