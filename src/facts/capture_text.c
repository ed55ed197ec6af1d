/* SPDX-License-Identifier: GPL-2.0-or-later */
/* capture_text.c - how much of a text is for others to see? */
#include "config.h"

#include <ctype.h>
#include <string.h>

#include "base/text.h"
#include "facts/capture_areas.h"
#include "facts/start_log.h"

#define LOG_MAX (64u << 10)

static bool has_one_of(const char *line, const char *const *words)
{
	for (; *words; words++)
		if (strstr(line, *words))
			return true;
	return false;
}

static const char *with_words(struct hd_arena *arena, const char *text, const char *const *words)
{
	const char *kept = "", *line;

	while ((line = hd_text_next_line(arena, &text)))
		if (has_one_of(line, words))
			kept = hd_printf(arena, "%s%s%s", kept, *kept ? "\n" : "", line);
	return kept;
}

const char *hd_area_part(const struct hd_area *area, struct hd_arena *arena, const char *text)
{
	const char *end = area->until ? strstr(text, area->until) : NULL;

	if (area->lines)
		return with_words(arena, text, area->lines);
	return end ? hd_strndup(arena, text, (size_t)(end - text)) : text;
}

/* A record of dev/kmsg begins with "6,...;"; a log of lines is made into such. */
const char *hd_capture_kernel_log(const struct hd_sysroot *root, struct hd_arena *arena)
{
	static const char *const words[] = {
		"DMAR", "AMD-Vi", "iommu", "arm-smmu", "vfio", NULL
	};
	const char *log, *line, *kept = "";
	struct hd_error unused;

	if (hd_kernel_log_read(&log, root, arena, &unused) < 0)
		return NULL;
	while (strlen(kept) < LOG_MAX && (line = hd_text_next_line(arena, &log))) {
		bool is_record = isdigit((unsigned char)*line) && strchr(line, ';');

		if (has_one_of(line, words))
			kept = hd_printf(arena, "%s%s%s%s", kept, *kept ? "\n" : "",
					 is_record ? "" : "6,0,0,-;", line);
	}
	return kept;
}
