/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * iommu.c - which IOMMU the host has, and whether it works.
 *
 * The firmware's table tells the vendor, not the processor's flags: a board
 * can hide the unit of a processor that has one.
 */
#include "config.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/lines.h"
#include "base/text.h"
#include "facts/host/iommu.h"

#define INTERRUPTS "proc/interrupts"
#define ECAP_IR (1u << 3)
/* With thousands of queues the file has megabytes; the first chips tell. */
#define MAX_LINES 4096
#define SYS_IOMMU "sys/class/iommu"
#define SYS_GROUPS "sys/kernel/iommu_groups"
#define ACPI_TABLES "sys/firmware/acpi/tables"
#define DEVICE_TREE "sys/firmware/devicetree/base"
#define GROUP "sys/kernel/iommu_groups/%d"

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

static bool each_line(void *data, const char *line)
{
	struct chips *chips = data;
	const struct {
		const char *start, **chip;
	} rows[] = {
		{ "IR-", &chips->remapped }, { "ITS-", &chips->its },
		{ "PCI-MSI", &chips->plain }, { "IO-APIC", &chips->plain },
	};
	size_t length = 0;
	const char *chip = chip_of(line, &length);

	for (size_t i = 0; chip && i < HD_ARRAY_SIZE(rows); i++)
		if (!*rows[i].chip && hd_text_starts_with(chip, rows[i].start))
			*rows[i].chip = hd_strndup(chips->arena, chip, length);
	return !chips->remapped && ++chips->lines < MAX_LINES;
}

/* A unit that could remap: "dmar0", or NULL. */
static const char *capable_unit(const struct hd_sysroot *root, struct hd_arena *arena)
{
	const char *const *names = NULL;
	ssize_t n = hd_sysroot_names(root, arena, &names, "sys/class/iommu");

	for (ssize_t i = 0; i < n; i++) {
		const char *text;
		uint64_t ecap;

		if (hd_text_starts_with(names[i], "dmar") &&
		    hd_sysroot_text(root, arena, &text, "sys/class/iommu/%s/intel-iommu/ecap",
				    names[i]) > 0 &&
		    hd_text_u64(hd_printf(arena, "0x%s", text), &ecap) && (ecap & ECAP_IR))
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
	iommu->remapping_evidence = hd_printf(arena, INTERRUPTS " has %s but no IR- chip%s%s%s",
					      plain, unit ? ", although " : "", unit ? unit : "",
					      unit ? " can remap" : "");
}

/*
 * Is interrupt remapping at work?  The vendor is known.
 *
 * On x86 the kernel names a remapped interrupt chip "IR-..." (Linux
 * arch/x86/kernel/apic/io_apic.c, drivers/iommu/intel/irq_remapping.c), and
 * remaps all or none.  What a unit could do is in its extended capabilities
 * (Intel VT-d specification, ECAP_REG, bit 3 "IR"): it tells "switched off"
 * from "not there".  On ARM the GIC's ITS isolates message interrupts.
 */
static void read_remapping(struct hd_iommu *iommu, const struct hd_sysroot *root,
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
		iommu->remapping_evidence = INTERRUPTS " names no known interrupt chip";
	}
}

static const struct {
	const char *name;
	enum hd_iommu_vendor vendor;
} tables[] = {
	{ "DMAR", HD_IOMMU_INTEL },
	{ "IVRS", HD_IOMMU_AMD },
	{ "IORT", HD_IOMMU_ARM },
	{ "VIOT", HD_IOMMU_VIRTIO },
};

/* Nodes "iommu@2b400000" and "smmu@..." on a bus that the device tree starts with. */
static const char *device_tree_node(const struct hd_sysroot *root, struct hd_arena *arena)
{
	static const char *const buses[] = { DEVICE_TREE, DEVICE_TREE "/soc",
					     DEVICE_TREE "/soc@0" };

	for (size_t i = 0; i < HD_ARRAY_SIZE(buses); i++) {
		const char *const *names = NULL;
		ssize_t n = hd_sysroot_names(root, arena, &names, "%s", buses[i]);

		for (ssize_t k = 0; k < n; k++)
			if (hd_text_starts_with(names[k], "iommu@") ||
			    hd_text_starts_with(names[k], "smmu@"))
				return names[k];
	}
	return NULL;
}

static void read_vendor(struct hd_iommu *iommu, const struct hd_sysroot *root,
			struct hd_arena *arena)
{
	for (size_t i = 0; i < HD_ARRAY_SIZE(tables); i++)
		if (hd_sysroot_has(root, ACPI_TABLES "/%s", tables[i].name)) {
			iommu->vendor = tables[i].vendor;
			iommu->table = tables[i].name;
			return;
		}
	iommu->table = device_tree_node(root, arena);
	if (iommu->table)
		iommu->vendor = HD_IOMMU_ARM;
}

/* 1 if DIR has entries, 0 if it is empty or missing, or a negative errno. */
static int has_entries(const struct hd_sysroot *root, const char *dir, struct hd_error *err)
{
	int rc = hd_sysroot_is_empty_dir(root, "%s", dir);

	if (rc == -ENOENT)
		return 0;
	if (rc < 0)
		return hd_fail(err, rc, "cannot read %s: %s", dir, strerror(-rc));
	return rc ? 0 : 1;
}

int hd_iommu_read(struct hd_iommu *ret, const struct hd_sysroot *root, struct hd_arena *arena,
		  struct hd_error *err)
{
	struct hd_iommu iommu = { .vendor = HD_IOMMU_NONE };
	int units = has_entries(root, SYS_IOMMU, err);
	int groups = units < 0 ? units : has_entries(root, SYS_GROUPS, err);

	if (groups < 0)
		return groups;
	read_vendor(&iommu, root, arena);
	iommu.has_groups = groups;
	iommu.is_active = units && groups;
	read_remapping(&iommu, root, arena);
	*ret = iommu;
	return 0;
}

/* Platform devices can be members too; only PCI functions are ours to judge. */
static int read_members(struct hd_iommu_group *group, const struct hd_sysroot *root,
			struct hd_arena *arena)
{
	const char *const *names = NULL;
	ssize_t n = hd_sysroot_names(root, arena, &names, GROUP "/devices", group->id);
	struct hd_pci_addr addr;

	if (n < 0)
		return (int)n;
	for (ssize_t i = 0; i < n; i++)
		if (hd_pci_addr_parse(names[i], &addr))
			hd_push(arena, &group->members, &group->n_members, addr);
	HD_SORT(group->members, group->n_members, hd_pci_addr_order);
	return 0;
}

/* Lines "start end type"; "direct-relaxable" is another type, and no obstacle. */
static const char *direct_line(struct hd_arena *arena, const char *text)
{
	const char *line;

	while ((line = hd_text_next_line(arena, &text)))
		if (hd_text_has_word(line, "direct"))
			return line;
	return NULL;
}

static int read_regions(struct hd_iommu_group *group, const struct hd_sysroot *root,
			struct hd_arena *arena)
{
	const char *text;
	ssize_t n = hd_sysroot_text(root, arena, &text, GROUP "/reserved_regions", group->id);

	if (n == -ENOENT)
		return 0;
	if (n < 0)
		return (int)n;
	group->direct_region = direct_line(arena, text);
	return 0;
}

int hd_iommu_group_read(struct hd_iommu_group *ret, const struct hd_sysroot *root,
			struct hd_arena *arena, int id, struct hd_error *err)
{
	struct hd_iommu_group group = { .id = id };
	int rc = read_members(&group, root, arena);

	if (rc == 0)
		rc = read_regions(&group, root, arena);
	if (rc < 0)
		return hd_fail(err, rc, "cannot read IOMMU group %d: %s", id, strerror(-rc));
	if (hd_sysroot_text(root, arena, &group.type, GROUP "/type", id) < 0)
		group.type = NULL;
	group.has_vfio_node = hd_sysroot_has(root, "dev/vfio/%d", id);
	*ret = group;
	return 0;
}
