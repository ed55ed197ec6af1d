/* SPDX-License-Identifier: GPL-2.0-or-later */
/* capture_text.c - how much of a text is for others to see? */
#include "config.h"

#include <ctype.h>
#include <string.h>

#include "base/text.h"
#include "facts/host/kernel_log.h"
#include "facts/libvirt/start_log.h"
#include "inventory/capture_areas.h"

#define LOG_MAX (64u << 10)

static bool has_one_of(const char *line, const char *const *words)
{
	for (; *words; words++)
		if (strstr(line, *words))
			return true;
	return false;
}

struct lines {
	struct hd_arena *arena;
	char *text;
	size_t n;
};

static void add_line(struct lines *lines, const char *before, const char *line)
{
	if (lines->n)
		hd_append_text(lines->arena, &lines->text, &lines->n, "\n", 1);
	hd_append_text(lines->arena, &lines->text, &lines->n, before, strlen(before));
	hd_append_text(lines->arena, &lines->text, &lines->n, line, strlen(line));
}

static const char *with_words(struct hd_arena *arena, const char *text, const char *const *words)
{
	struct lines kept = { .arena = arena };
	const char *line;

	while ((line = hd_text_next_line(arena, &text)))
		if (has_one_of(line, words))
			add_line(&kept, "", line);
	return kept.text ? kept.text : "";
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
	struct lines kept = { .arena = arena };
	const char *log, *line;
	struct hd_error unused;

	if (hd_kernel_log_read(&log, root, arena, &unused) < 0)
		return NULL;
	while (kept.n < LOG_MAX && (line = hd_text_next_line(arena, &log))) {
		bool is_record = isdigit((unsigned char)*line) && strchr(line, ';');

		if (has_one_of(line, words))
			add_line(&kept, is_record ? "" : "6,0,0,-;", line);
	}
	return kept.text ? kept.text : "";
}
