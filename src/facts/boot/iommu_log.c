/* SPDX-License-Identifier: GPL-2.0-or-later */
/* iommu_log.c - what the kernel said of its IOMMU when it started. */
#include "config.h"

#include <string.h>

#include "base/text.h"
#include "facts/host/lines.h"
#include "facts/setup_parts.h"

#define KMSG "dev/kmsg"
#define MAX_RECORDS 100000	/* 16 MiB of them, many times the kernel's usual buffer */
#define MAX_KEPT 16
#define MAX_SHOWN 160

/* Lines that answer a question (Linux drivers/iommu), by how they begin and what they hold. */
static const struct {
	const char *start, *part;
} known[] = {
	{ "DMAR: ", "IOMMU enabled" },
	{ "DMAR: ", "IOMMU disabled" },
	{ "DMAR: ", "Firmware Bug" },
	{ "DMAR-IR: ", "IRQ remapping" },
	{ "DMAR-IR: ", "x2apic" },
	{ "DMAR-IR: ", "nterrupt remapping" },
	{ "AMD-Vi: ", "nterrupt remapping" },
	{ "AMD-Vi: ", "disabled" },
	{ "AMD-Vi: ", "Unable" },
	{ "iommu: ", "Default domain type" },
	{ "arm-smmu", "probing hardware" },
	{ "arm-smmu", "failed" },
	{ "[Firmware Bug]: AMD-Vi", "" },
	{ "[Firmware Bug]: DMAR", "" },
	{ "[Firmware Warn]: DMAR", "" },
};

struct log {
	struct hd_arena *arena;
	const char **lines;
	size_t n, records;
};

static bool is_known(const char *text)
{
	for (size_t i = 0; i < HD_ARRAY_SIZE(known); i++)
		if (hd_text_starts_with(text, known[i].start) && strstr(text, known[i].part))
			return true;
	return false;
}

/* "6,339,5140900,-;DMAR: IOMMU enabled"; its further lines begin with a blank. */
static bool each_line(void *data, const char *line)
{
	struct log *log = data;
	const char *text = strchr(line, ';');

	if (*line != ' ' && text && is_known(text + 1))
		*(const char **)hd_append(log->arena, &log->lines, &log->n, sizeof(*log->lines)) =
			hd_text_printable(log->arena, text + 1, MAX_SHOWN);
	return log->n < MAX_KEPT && ++log->records < MAX_RECORDS;
}

void hd_setup_log_read(struct hd_setup *setup, const struct hd_sysroot *root,
		       struct hd_arena *arena)
{
	struct log log = { .arena = arena };

	/* It ends with EAGAIN, when all is read; what was read before an error counts. */
	if (hd_lines_scan(root, each_line, &log, KMSG) < 0 && !log.n)
		return;
	setup->kernel_lines = log.lines;
	setup->n_kernel_lines = log.n;
}
