/* SPDX-License-Identifier: GPL-2.0-or-later */
/* logged.h - is a line the record of a log, or a sentence that somebody types? */
#pragma once

#include <stdbool.h>

#include "base/macro.h"

/* Who writes so is a person; and what else a sentence has, and no program says. */
#define HD_OF_PERSONS "i|my|me|we|our|how|why|when|what|please|anyone"
#define HD_OF_SENTENCES \
	HD_OF_PERSONS "|guest|vm|windows|passthrough|pass|passed|isn't|doesn't|won't|can't|hangs|freezes|" \
	"crashes|not seen|black"

/* Is LINE the record of a log, or a value, and so no sentence? */
bool hd_sentence_is_logged(const char *line) _nonnull_(1);

/* Has LINE a colon that is not in an address or a time? */
bool hd_sentence_has_colon(const char *line) _nonnull_(1);
