/* SPDX-License-Identifier: GPL-2.0-or-later */
/* trouble.h - does a line that no row matches look like an error, so that it may not be ignored? */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"

enum hd_trouble {
	HD_TROUBLE_NONE,
	/* Only says that something failed, as "Failed to start domain": the reason is elsewhere. */
	HD_TROUBLE_ENVELOPE,
	HD_TROUBLE_ERROR,
};

/*
 * Lower case; each counts as a whole word, or as words with one blank between them.  Sorted by
 * their bytes, none twice, as they are searched by bisection.
 */
struct hd_phrases {
	const char *const *items;
	size_t n;
};

extern const struct hd_phrases hd_trouble_errors;
extern const struct hd_phrases hd_trouble_healthy;	/* of healthy logs, with such a word */
extern const struct hd_phrases hd_trouble_envelopes;	/* say that something failed, but not why */
extern const struct hd_phrases hd_trouble_reasons;	/* of a reason, where it is known that there is one */
extern const struct hd_phrases hd_trouble_weak;		/* only of a few lines that somebody pasted */
extern const struct hd_phrases hd_trouble_mild;		/* it goes on: a warning, a retry */
extern const struct hd_phrases hd_trouble_final;	/* how it ended: nothing better follows */
extern const struct hd_phrases hd_trouble_recovered;	/* it ended well after all */

/*
 * What LINE sounds like.  Words like "error" and "denied" count as whole words, in
 * either case; not in phrases of healthy logs ("Error reporting enabled") nor as
 * names and values of settings ("errors=remount-ro").
 */
enum hd_trouble hd_trouble_of(const char *line) _nonnull_(1);

/*
 * Does TEXT say what failed, as "cannot open the device: Permission denied" does, and
 * "Permission denied" alone does not?  ARENA is for its own use.
 */
bool hd_trouble_is_reason(const char *text, struct hd_arena *arena) _nonnull_(1, 2);

/* Does LINE sound like an error if it is one of a few that somebody asks for, and no log? */
bool hd_trouble_is_weak(const char *line) _nonnull_(1);

/* How grave a line is, by its own words: of several lines, the outcome counts before the symptom. */
enum hd_tone {
	HD_TONE_RECOVERED,
	HD_TONE_MILD,
	HD_TONE_PLAIN,
	HD_TONE_CAUSE,		/* "Caused by: ", of which the last counts */
	HD_TONE_FINAL,
};

/* By its words, and of a record that has none of these by its level (level.h): a warning is mild. */
enum hd_tone hd_tone_of(const char *line) _nonnull_(1);

/* By its words alone. */
enum hd_tone hd_tone_of_words(const char *line) _nonnull_(1);
