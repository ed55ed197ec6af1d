/* SPDX-License-Identifier: GPL-2.0-or-later */
/* repeated.c - which findings say the same of many devices, such as a pool of virtual functions? */
#include "config.h"

#include <string.h>

#include "report/plan_words.h"
#include "report/repeated.h"

#define NAMED 3

/* Are the texts the same where the one has A the other has B? */
static bool is_same_but(const char *one, const char *a, const char *other, const char *b)
{
	size_t length_a = strlen(a), length_b = strlen(b);

	if (!one || !other)
		return one == other;
	while (*one && *other) {
		if (!strncmp(one, a, length_a) && !strncmp(other, b, length_b)) {
			one += length_a;
			other += length_b;
		} else if (*one++ != *other++) {
			return false;
		}
	}
	return !*one && !*other;
}

static bool says_same(const struct hd_finding *a, const struct hd_finding *b)
{
	return a->check == b->check && a->verdict == b->verdict && a->verdict != HD_PASS &&
	       a->severity == b->severity && a->allowed_by == b->allowed_by &&
	       *a->subject && *b->subject &&
	       is_same_but(a->evidence, a->subject, b->evidence, b->subject) &&
	       is_same_but(a->remedy, a->subject, b->remedy, b->subject) &&
	       is_same_but(a->allow_with, a->subject, b->allow_with, b->subject);
}

bool hd_finding_is_repeated(const struct hd_findings *findings, size_t i)
{
	for (size_t k = i; k-- > 0 && findings->items[k].check == findings->items[i].check;)
		if (says_same(&findings->items[k], &findings->items[i]))
			return true;
	return false;
}

void hd_put_subjects(FILE *out, const struct hd_findings *findings, size_t i)
{
	size_t n = 1;

	hd_put_text(out, findings->items[i].subject, NULL);
	for (size_t k = i + 1; k < findings->n &&
	     findings->items[k].check == findings->items[i].check; k++) {
		if (!says_same(&findings->items[i], &findings->items[k]))
			continue;
		if (n++ >= NAMED)
			continue;
		(void)fputs(", ", out);
		hd_put_text(out, findings->items[k].subject, NULL);
	}
	if (n > NAMED)
		(void)fprintf(out, " and %zu more", n - NAMED);
}
