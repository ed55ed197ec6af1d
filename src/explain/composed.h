/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * composed.h - what can be said of a line by who speaks in it and how it ended, if no family knows both?
 *
 * Three small tables instead of a row for each pair: components (who it is, and where its own log is),
 * outcomes (what such an end means, and what helps), and things (how the state of what is named is looked at).
 */
#pragma once

#include <stdbool.h>

#include "base/arena.h"
#include "explain/families.h"

/* Lists of words as in struct hd_family. */
struct hd_component {
	const char *words;
	const char *name;	/* "DPDK": who says it */
	const char *look;	/* where it says more, and which state of it decides */
};

struct hd_outcome {
	const char *words;
	const char *errnos;	/* "EBUSY EEXIST"; NULL: the words alone */
	const char *means, *step;
};

/*
 * Each ended by a row without words; of those that fit the first counts.  So many lines have the last
 * outcome that it is not a sign.
 */
extern const struct hd_component hd_components[];
extern const struct hd_component hd_components_foreign[];	/* what families say of KVM does not fit these */
extern const struct hd_outcome hd_outcomes[];

static inline bool hd_is_composed(const struct hd_message *message)
{
	return message->id == hd_composed.id;
}

/* Is it one of hd_components_foreign who speaks in LINE?  ARENA is for its own use. */
bool hd_component_is_foreign(const char *line, struct hd_arena *arena) _nonnull_(1, 2);

/*
 * The answer to LINE, whose REASON is a part of it and which names FIELDS, owned by ARENA; NULL: fewer
 * than SIGNS are known: who speaks or what is named, how it ended, and that a foreign one speaks.
 */
const struct hd_message *hd_compose(const char *line, const char *reason, const struct hd_fields *fields,
				    unsigned signs, struct hd_arena *arena) _nonnull_(1, 2, 3, 5);

/* How the state of what FIELDS name is looked at, with fields in braces; NULL: they name nothing of that kind. */
const char *hd_thing_look(const struct hd_fields *fields) _nonnull_(1);
