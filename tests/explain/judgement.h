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
#include "explain/message.h"

enum mark { UNKNOWN, GENERAL, WRONG, PARTLY, RIGHT, MARKS };

static const char *const mark_names[MARKS] = {
	"not known", "only general", "wrong", "partly", "right",
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
 * was said of other words only.  Answers that are composed share an id, so a record may have several lines of it.
 */
static inline enum mark judgement_of(struct hd_arena *arena, const char *judged, const char *record,
				     const struct hd_message *message, bool *ret_lapsed)
{
	const char *start = hd_printf(arena, "%s %s ", record, message->id);
	const char *same = hd_printf(arena, "%s%s ", start, answer_digest(arena, message));
	const char *mark = hd_text_line_value(arena, judged, same);

	*ret_lapsed = !mark && hd_text_line_value(arena, judged, start);
	return mark ? mark_of_name(mark) : MARKS;
}

/* The first three fields of a LINE of judged.txt, and where its mark begins; 0: it has no such fields. */
static inline int judgement_split(const char *line, char record[static 64], char answer[static 64],
				  char digest[static 9])
{
	int end = 0;

	return sscanf(line, "%63s %63s %8[0-9a-f] %n", record, answer, digest, &end) == 3 ? end : 0;
}
