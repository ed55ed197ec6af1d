/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * judgement.h - what did somebody say of an answer, and does the answer still have the words that were judged?
 *
 * A line of judged.txt is "RECORD ANSWER DIGEST MARK".  An id stays when its text is improved, and so would the
 * verdict on the old text: the digest of the words that were read tells.
 */
#pragma once

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "explain/families.h"

enum mark { UNKNOWN, GENERAL, WRONG, PARTLY, RIGHT, MARKS };

static const char *const mark_names[MARKS] = {
	"not known", "only general", "wrong", "partly", "right",
};

struct judgements {
	size_t n;
	size_t lapsed;		/* of answers that say something else now, or are gone */
};

static inline uint32_t digest_add(uint32_t digest, const char *text)
{
	for (; *text; text++)
		digest = (digest ^ (unsigned char)*text) * UINT32_C(16777619);
	return digest;
}

/* Eight hexadecimal digits that change with the words of MESSAGE, owned by ARENA: FNV-1a (RFC 9923). */
static inline const char *answer_digest(struct hd_arena *arena, const struct hd_message *message)
{
	uint32_t digest = digest_add(UINT32_C(2166136261), message->means);

	digest = digest_add(digest_add(digest, "\n"), message->remedy);
	return hd_printf(arena, "%08" PRIx32, digest);
}

static inline enum mark mark_of_name(const char *name)
{
	enum mark mark = UNKNOWN;

	while (mark < MARKS && strcmp(name, mark_names[mark]) != 0)
		mark++;
	return mark;
}

/*
 * What JUDGED says of the answer MESSAGE to RECORD; MARKS: nothing that counts.  *RET_LAPSED: it
 * was said of other words.
 */
static inline enum mark judgement_of(struct hd_arena *arena, const char *judged, const char *record,
				     const struct hd_message *message, bool *ret_lapsed)
{
	const char *start = hd_printf(arena, "%s %s ", record, message->id);
	const char *said = hd_text_line_value(arena, judged, start);
	const char *digest = hd_printf(arena, "%s ", answer_digest(arena, message));
	bool is_same = said && hd_text_starts_with(said, digest);

	*ret_lapsed = said && !is_same;
	return is_same ? mark_of_name(said + strlen(digest)) : MARKS;
}

/* A row or a family, by its id; NULL: it is gone. */
static inline const struct hd_message *answer_find(const char *id)
{
	const struct hd_message *row = hd_message_find(id);

	return row ? row : hd_family_find(id);
}

/* The first three fields of a LINE of judged.txt, and where its mark begins; 0: it has no such fields. */
static inline int judgement_split(const char *line, char record[static 64], char answer[static 64],
				  char digest[static 9])
{
	int end = 0;

	return sscanf(line, "%63s %63s %8[0-9a-f] %n", record, answer, digest, &end) == 3 ? end : 0;
}

/* All of JUDGED.  A line without a digest was judged before there were any: it does not count. */
static inline struct judgements judgements_count(struct hd_arena *arena, const char *judged)
{
	struct judgements all = { 0 };
	const char *line;

	while ((line = hd_text_next_line(arena, &judged))) {
		char record[64], id[64], digest[9];
		const struct hd_message *answer;

		if (!*line || *line == '#')
			continue;
		all.n++;
		answer = judgement_split(line, record, id, digest) ? answer_find(id) : NULL;
		all.lapsed += !answer || strcmp(answer_digest(arena, answer), digest) != 0;
	}
	return all;
}
