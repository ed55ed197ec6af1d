/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * remapping.c - is interrupt remapping at work?
 *
 * On x86 the kernel names a remapped interrupt chip "IR-..." (Linux
 * arch/x86/kernel/apic/io_apic.c, drivers/iommu/intel/irq_remapping.c), and
 * remaps all or none.  What a unit could do is in its extended capabilities
 * (Intel VT-d specification, ECAP_REG, bit 3 "IR"): it tells "switched off"
 * from "not there".  On ARM the GIC's ITS isolates message interrupts.
 */
#include "config.h"

#include <string.h>

#include "base/text.h"
#include "facts/host/lines.h"
#include "facts/host/remapping.h"

#define INTERRUPTS "proc/interrupts"
#define ECAP_IR (1u << 3)
/* With thousands of queues the file has megabytes; the first chips tell. */
#define MAX_LINES 4096

struct chips {
	struct hd_arena *arena;
	const char *remapped;	/* "IR-PCI-MSI" */
	const char *its;	/* "ITS-MSI" */
	const char *plain;	/* "PCI-MSI", "IO-APIC" */
	unsigned lines;
};

/*
 * The chip's name of a line " 25:  1  0  IR-PCI-MSI 524288-edge  nvme0q0": the
 * first word behind the counters.  Names of devices are behind it and may be
 * anything.
 */
static const char *chip_of(const char *line, size_t *length)
{
	line += strspn(line, " \t");
	line += strcspn(line, ": \t");
	if (*line != ':')
		return NULL;
	do {
		line += *length + (*line == ':');
		line += strspn(line, " \t");
		*length = strcspn(line, " \t");
	} while (*length && strspn(line, "0123456789") == *length);
	return *length ? line : NULL;
}

static const char *kept(struct chips *chips, const char *old, const char *chip, size_t length)
{
	return old ? old : hd_strndup(chips->arena, chip, length);
}

static bool each_line(void *data, const char *line)
{
	struct chips *chips = data;
	size_t length = 0;
	const char *chip = chip_of(line, &length);

	if (chip && hd_text_starts_with(chip, "IR-"))
		chips->remapped = kept(chips, chips->remapped, chip, length);
	else if (chip && hd_text_starts_with(chip, "ITS-"))
		chips->its = kept(chips, chips->its, chip, length);
	else if (chip && (hd_text_starts_with(chip, "PCI-MSI") ||
			  hd_text_starts_with(chip, "IO-APIC")))
		chips->plain = kept(chips, chips->plain, chip, length);
	return !chips->remapped && ++chips->lines < MAX_LINES;
}

/* A unit that could remap: "dmar0", or NULL. */
static const char *capable_unit(const struct hd_sysroot *root, struct hd_arena *arena)
{
	const char *const *names = NULL;
	ssize_t n = hd_sysroot_names(root, arena, &names, "sys/class/iommu");

	for (ssize_t i = 0; i < n; i++) {
		char text[32] = "0x";
		uint64_t ecap;
		ssize_t length;

		if (!hd_text_starts_with(names[i], "dmar"))
			continue;
		length = hd_sysroot_bytes(root, text + 2, sizeof(text) - 3,
					  "sys/class/iommu/%s/intel-iommu/ecap", names[i]);
		if (length <= 0)
			continue;
		text[2 + strcspn(text + 2, "\n")] = '\0';
		if (hd_text_u64(text, &ecap) && (ecap & ECAP_IR))
			return names[i];
	}
	return NULL;
}

static void judge_plain(struct hd_iommu *iommu, const struct hd_sysroot *root,
			struct hd_arena *arena, const char *plain)
{
	const char *unit = capable_unit(root, arena);

	iommu->remapping = 0;
	iommu->remapping_unit = unit;
	if (unit)
		iommu->remapping_evidence = hd_printf(
			arena, INTERRUPTS " has %s and no IR- chip, though %s can remap", plain,
			unit);
	else
		iommu->remapping_evidence =
			hd_printf(arena, INTERRUPTS " has %s and no IR- chip", plain);
}

void hd_remapping_read(struct hd_iommu *iommu, const struct hd_sysroot *root,
		       struct hd_arena *arena)
{
	struct chips chips = { .arena = arena };
	int rc = hd_lines_scan(root, each_line, &chips, INTERRUPTS);

	iommu->remapping = -1;
	if (rc < 0) {
		iommu->remapping_evidence = hd_printf(arena, INTERRUPTS " cannot be read: %s",
						      strerror(-rc));
	} else if (chips.remapped || chips.its) {
		iommu->remapping = 1;
		iommu->remapping_evidence = hd_printf(
			arena, INTERRUPTS " has %s", chips.remapped ? chips.remapped : chips.its);
	} else if (chips.plain) {
		judge_plain(iommu, root, arena, chips.plain);
	} else {
		iommu->remapping_evidence = INTERRUPTS " names no interrupt chip that is known";
	}
}
