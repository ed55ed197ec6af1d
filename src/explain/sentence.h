/* SPDX-License-Identifier: GPL-2.0-or-later */
/* sentence.h - is a line a sentence that somebody types? */
#pragma once

#include <stdbool.h>

#include "base/macro.h"

/* What a person says, and no program. */
#define HD_OF_PERSONS "i|my|me|we|our|how|why|when|what|please|anyone|guest|vm|windows|passthrough|pass|passed"

/* Is LINE the record of a log, or a value, and so no sentence? */
bool hd_sentence_is_logged(const char *line) _nonnull_(1);
