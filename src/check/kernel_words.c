/* SPDX-License-Identifier: GPL-2.0-or-later */
/* kernel_words.c - the kernel's own words as evidence. */
#include "config.h"

#include "base/text.h"
#include "check/checks.h"

#define MAX_LINES 4

static bool begins(const char *line, const char *const *starts)
{
	for (; *starts; starts++)
		if (hd_text_starts_with(line, *starts))
			return true;
	return false;
}

void hd_add_kernel_log(const struct hd_subject *subject, struct hd_result *ret,
		       const char *const *starts)
{
	const struct hd_setup *setup = subject->facts->setup;
	const char *text = NULL;
	size_t n = 0;

	for (size_t i = 0; setup && i < setup->n_kernel_lines && n < MAX_LINES; i++)
		if (begins(setup->kernel_lines[i], starts)) {
			text = hd_printf(subject->arena, "%s%s\"%s\"",
					 text ? text : "the kernel says ", text ? ", " : "",
					 setup->kernel_lines[i]);
			n++;
		}
	hd_join_once(subject->arena, &ret->evidence, text);
}
