/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * iommu_host.c - does this host have an IOMMU, and is it switched on?
 *
 * The firmware's table decides the vendor, not the processor's flags: a guest
 * of another hypervisor may show an AMD processor and an Intel IOMMU.
 */
#include "config.h"

#include <string.h>

#include "base/kernel_cmdline.h"
#include "check/checks.h"
#include "check/remedy.h"

#define INTEL_ON "intel_iommu=on"
#define GROUPS_EMPTY "sys/kernel/iommu_groups is empty"

static enum hd_verdict judge_table(const struct hd_subject *s, struct hd_result *ret)
{
	const struct hd_iommu *iommu = &s->facts->iommu;

	if (iommu->table)
		return hd_tell(s, ret, HD_PASS, "sys/firmware/acpi/tables has %s",
			       iommu->table);
	if (iommu->vendor != HD_IOMMU_NONE)
		return hd_say(ret, HD_PASS, "the device tree has an IOMMU");
	if (iommu->is_active)
		return hd_say(ret, HD_PASS, "sys/kernel/iommu_groups is not empty");
	ret->remedy = hd_remedy_firmware_iommu(&s->facts->host);
	return hd_say(ret, HD_FAIL,
		      "sys/firmware/acpi/tables has none of DMAR, IVRS, IORT, VIOT");
}

static enum hd_verdict has_table(const struct hd_subject *s, struct hd_result *ret)
{
	static const char *const bugs[] = { "[Firmware", NULL };
	enum hd_verdict verdict = judge_table(s, ret);

	hd_add_kernel_log(s, ret, bugs);
	return verdict;
}

const struct hd_check hd_check_iommu_firmware = {
	.id = "iommu-firmware",
	.scope = HD_SCOPE_HOST,
	.severity = HD_ERROR,
	.title = "the firmware describes an IOMMU",
	.remedy = "enable the IOMMU (Intel VT-d, AMD IOMMU, SMMU) in the firmware setup",
	.doc = "The kernel finds an IOMMU through a table of the firmware: ACPI DMAR "
	       "(Intel), IVRS (AMD), IORT (ARM) or VIOT (virtio) below "
	       "/sys/firmware/acpi/tables, or a node of the device tree. Without one no "
	       "kernel parameter helps: the switch is in the firmware setup, or the "
	       "machine has no IOMMU.",
	.is_for_pci = true,
	.run = has_table,
};

/* Words of the command line that switch an IOMMU off (Linux kernel-parameters.txt). */
static const struct off_switch {
	enum hd_iommu_vendor vendor;
	const char *name, *item;
	bool is_last_counted;	/* a later word of the same name reverts it */
} off_switches[] = {
	{ HD_IOMMU_INTEL, "intel_iommu", "off", true },
	{ HD_IOMMU_INTEL, "iommu", "off", false },
	{ HD_IOMMU_AMD, "amd_iommu", "off", false },
	{ HD_IOMMU_AMD, "iommu", "off", false },
};

/* Is ITEM one of the comma-separated items of VALUE? */
static bool has_item(const char *value, const char *item)
{
	size_t length = strlen(item);

	for (const char *at = value; at; at = strchr(at, ',')) {
		at += *at == ',';
		if (!strncmp(at, item, length) && (!at[length] || at[length] == ','))
			return true;
	}
	return false;
}

/* Is it off after the whole line was read? */
static bool is_switched_off(struct hd_arena *arena, const char *line,
			    const struct off_switch *off)
{
	struct hd_cmdline_word word;
	bool is_off = false;

	while (hd_cmdline_next(&line, &word) && !word.is_end) {
		if (!word.value || !hd_cmdline_is(&word, off->name))
			continue;
		if (has_item(hd_cmdline_value_of(arena, &word), off->item))
			is_off = true;
		else if (off->is_last_counted)
			is_off = false;
	}
	return is_off;
}

static const struct off_switch *find_off_switch(const struct hd_subject *s)
{
	for (size_t i = 0; i < HD_ARRAY_SIZE(off_switches); i++)
		if (off_switches[i].vendor == s->facts->iommu.vendor &&
		    is_switched_off(s->arena, hd_cmdline(s->facts), &off_switches[i]))
			return &off_switches[i];
	return NULL;
}

/* Must the parameter be added, or was the host booted without it? */
static void explain_unset(const struct hd_subject *s, struct hd_result *ret)
{
	const char *path = hd_boot_source_of(s, INTEL_ON);

	ret->evidence = GROUPS_EMPTY ": proc/cmdline lacks " INTEL_ON;
	ret->remedy = hd_mend_add_by_setup(s, INTEL_ON);
	if (path)
		ret->evidence = hd_printf(s->arena, "%s, which %s has: the host was booted without it",
					  ret->evidence, path);
}

/* Nothing switches it off: what else can be missing, by vendor. */
static const struct {
	const char *evidence, *remedy;	/* NULL: the firmware's setting */
} missing[] = {
	[HD_IOMMU_NONE] = { GROUPS_EMPTY ": the firmware describes no IOMMU", NULL },
	[HD_IOMMU_INTEL] = {
		GROUPS_EMPTY " though proc/cmdline has intel_iommu=on: the kernel could not use the "
		"firmware's DMAR table",
		"read what `dmesg | grep -e DMAR` says and update the firmware" },
	[HD_IOMMU_AMD] = {
		GROUPS_EMPTY ": the kernel uses an AMD IOMMU by default and no parameter disables "
		"it, so it could not use the firmware's IVRS table",
		"read what `dmesg | grep -e AMD-Vi` says and update the firmware" },
	[HD_IOMMU_ARM] = {
		GROUPS_EMPTY ": the kernel's SMMU driver found no SMMU",
		"read what `dmesg | grep -e smmu` says; ARM needs no parameter" },
	[HD_IOMMU_VIRTIO] = {
		GROUPS_EMPTY ": the virtual IOMMU has no driver", "modprobe virtio_iommu" },
};

static void explain_missing(const struct hd_subject *s, struct hd_result *ret)
{
	enum hd_iommu_vendor vendor = s->facts->iommu.vendor;
	const char *value = hd_cmdline_value(s->arena, hd_cmdline(s->facts), "intel_iommu");

	if (vendor == HD_IOMMU_INTEL && !(value && has_item(value, "on"))) {
		explain_unset(s, ret);
		return;
	}
	ret->evidence = missing[vendor].evidence;
	ret->remedy = missing[vendor].remedy ? missing[vendor].remedy :
		      hd_remedy_firmware_iommu(&s->facts->host);
}

/* An Intel IOMMU that is not switched off is not always on, so the parameter is added, too. */
static const char *replace_parameter(const struct hd_subject *s, const char *word)
{
	const char *add = hd_mend_add(s, INTEL_ON), *drop = hd_mend_drop(s, word);

	if (!strcmp(add, drop) || !strcmp(drop, "reboot"))
		return add;
	return hd_printf(s->arena, "%s; remove %s", add, word);
}

static enum hd_verdict judge_groups(const struct hd_subject *s, struct hd_result *ret)
{
	const struct off_switch *off;
	const char *word;

	if (s->facts->iommu.is_active)
		return hd_say(ret, HD_PASS, "sys/kernel/iommu_groups is not empty");
	if (s->facts->iommu.has_groups) {
		ret->remedy = "`cat /sys/kernel/iommu_groups/*/name`: groups of "
			      "vfio-noiommu do not belong to an IOMMU, which must be "
			      "enabled in the firmware and on the kernel's command line; "
			      "in a container, make the host's whole /sys visible";
		return hd_say(ret, HD_FAIL, "sys/class/iommu is empty, though "
			      "sys/kernel/iommu_groups is not: the kernel drives no IOMMU, "
			      "or it is not visible here");
	}
	off = find_off_switch(s);
	if (!off) {
		explain_missing(s, ret);
		return HD_FAIL;
	}
	word = hd_printf(s->arena, "%s=%s", off->name, off->item);
	ret->remedy = off->vendor == HD_IOMMU_INTEL ? replace_parameter(s, word) :
						      hd_mend_drop(s, word);
	return hd_tell(s, ret, HD_FAIL,
		       GROUPS_EMPTY
		       ": proc/cmdline has %s, which disables the IOMMU",
		       word);
}

static enum hd_verdict is_enabled(const struct hd_subject *s, struct hd_result *ret)
{
	static const char *const lines[] = { "DMAR: ", "AMD-Vi: ", "arm-smmu", NULL };
	enum hd_verdict verdict = judge_groups(s, ret);

	hd_add_kernel_log(s, ret, lines);
	return verdict;
}

const struct hd_check hd_check_iommu_enabled = {
	.id = "iommu-enabled",
	.scope = HD_SCOPE_HOST,
	.severity = HD_ERROR,
	.title = "the kernel uses the IOMMU",
	.remedy = "enable the IOMMU in the firmware and, for Intel, add intel_iommu=on "
		  "to the kernel's command line",
	.doc = "/sys/class/iommu and /sys/kernel/iommu_groups have entries when the "
	       "kernel drives an IOMMU. An Intel IOMMU is off unless intel_iommu=on is "
	       "given or the kernel was built with it on; an AMD IOMMU is on by default "
	       "and amd_iommu=on is not a parameter; an ARM SMMU needs none. "
	       "intel_iommu=off, amd_iommu=off and iommu=off switch it off (Linux "
	       "Documentation/admin-guide/kernel-parameters.txt).",
	.is_for_pci = true,
	.run = is_enabled,
};
