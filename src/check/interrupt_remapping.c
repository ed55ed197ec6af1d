/* SPDX-License-Identifier: GPL-2.0-or-later */
/* interrupt_remapping.c - is the host isolated from what a passed device can send? */
#include "config.h"

#include "base/kernel_cmdline.h"
#include "base/text.h"
#include "check/checks.h"
#include "check/remedy.h"

#define UNSAFE_FILE "sys/module/vfio_iommu_type1/parameters/allow_unsafe_interrupts"
#define UNSAFE_WORD "vfio_iommu_type1.allow_unsafe_interrupts"

/* If the module is not loaded yet, its option on the command line will decide. */
static bool is_unsafe_allowed(const struct hd_subject *s)
{
	const char *value;

	if (s->facts->host.unsafe_interrupts >= 0)
		return s->facts->host.unsafe_interrupts == 1;
	value = hd_cmdline_value(s->arena, hd_cmdline(s->facts), UNSAFE_WORD);
	return value && (*value == '1' || *value == 'y' || *value == 'Y');
}

static const char *remedy_for_unsafe(const struct hd_subject *s)
{
	if (hd_cmdline_value(s->arena, hd_cmdline(s->facts), UNSAFE_WORD))
		return hd_mend_drop(s, UNSAFE_WORD "=1");
	return hd_printf(s->arena, "remove allow_unsafe_interrupts=1 from the files that "
			 "`grep -rl allow_unsafe_interrupts /etc/modprobe.d` names, run "
			 "%s and reboot", hd_remedy_initramfs(&s->facts->host));
}

static enum hd_verdict judge_active(const struct hd_subject *s, struct hd_result *ret)
{
	const char *seen = s->facts->iommu.remapping_evidence;

	if (!is_unsafe_allowed(s))
		return hd_say(ret, HD_PASS, seen);
	ret->remedy = remedy_for_unsafe(s);
	ret->severity = HD_WARNING;
	return hd_tell(s, ret, HD_FAIL, "interrupt remapping is active (%s), but %s is "
		       "on: a needless risk", seen, UNSAFE_FILE);
}

/* The word that switches it off (Linux kernel-parameters.txt), or NULL. */
static const char *off_word(const struct hd_subject *s)
{
	static const char *const words[] = { "intremap=off", "nointremap" };

	for (size_t i = 0; i < HD_ARRAY_SIZE(words); i++)
		if (hd_cmdline_has(hd_cmdline(s->facts), words[i]))
			return words[i];
	return NULL;
}

#define TRUSTED \
	"only for guests you trust: `options vfio_iommu_type1 allow_unsafe_interrupts=1` in " \
	"/etc/modprobe.d/vfio.conf"

static enum hd_verdict judge_absent(const struct hd_subject *s, struct hd_result *ret)
{
	const char *seen = s->facts->iommu.remapping_evidence, *word = off_word(s);
	const char *mend = word ? hd_mend_drop(s, word) :
			   hd_remedy_firmware_remapping(&s->facts->host);

	if (word)
		seen = hd_printf(s->arena, "%s; proc/cmdline has %s", seen, word);
	if (is_unsafe_allowed(s)) {
		hd_advise(s, ret, "%s, so that guests cannot send interrupts to the "
			  "host; then remove allow_unsafe_interrupts", mend);
		ret->severity = HD_WARNING;
		return hd_tell(s, ret, HD_FAIL, "no interrupt remapping (%s), but %s is "
			       "on: a guest with this device can send the host any "
			       "interrupt", seen, UNSAFE_FILE);
	}
	hd_advise(s, ret, "%s%s", mend, word ? "" : "; " TRUSTED);
	return hd_tell(s, ret, HD_FAIL, "no interrupt remapping (%s) and %s is off: QEMU "
		       "would stop with \"Failed to set iommu for container: Operation "
		       "not permitted\"", seen, UNSAFE_FILE);
}

static enum hd_verdict judge_remapping(const struct hd_subject *s, struct hd_result *ret)
{
	if (!s->facts->iommu.is_active)
		return HD_SKIP;	/* iommu-enabled says it */
	if (s->facts->iommu.remapping == 1)
		return judge_active(s, ret);
	if (s->facts->iommu.remapping == 0)
		return judge_absent(s, ret);
	/* A start does no harm: without remapping QEMU stops by itself. */
	ret->remedy = "if QEMU stops with EPERM, read what `dmesg | grep -i remap` says";
	ret->severity = HD_WARNING;
	return hd_tell(s, ret, HD_UNKNOWN, "whether interrupts are remapped is unknown: "
		       "%s", s->facts->iommu.remapping_evidence);
}

static enum hd_verdict is_remapped(const struct hd_subject *s, struct hd_result *ret)
{
	static const char *const lines[] = { "DMAR-IR: ", "AMD-Vi: Interrupt",
					     "AMD-Vi: Disabling interrupt", NULL };
	enum hd_verdict verdict = judge_remapping(s, ret);

	/* What the command line switches off needs no further reason. */
	if (verdict != HD_SKIP && !off_word(s))
		hd_add_kernel_log(s, ret, lines);
	return verdict;
}

const struct hd_check hd_check_interrupt_remapping = {
	.id = "interrupt-remapping",
	.scope = HD_SCOPE_HOST,
	.severity = HD_ERROR,
	.title = "the IOMMU remaps interrupts",
	.remedy = "enable interrupt remapping in the firmware setup",
	.doc = "A device can forge interrupts by writing to memory unless the IOMMU remaps "
	       "them. VFIO refuses a device without that protection (Linux "
	       "drivers/vfio/vfio_iommu_type1.c) unless "
	       "vfio_iommu_type1.allow_unsafe_interrupts is on. Without remapping, it is "
	       "an error if the parameter is off, since QEMU stops with EPERM, and a "
	       "warning if it is on, since a guest can then attack the host. With "
	       "remapping, it is a warning if the parameter is on: a needless risk that "
	       "many guides recommend. Source: chips named IR- in /proc/interrupts and the "
	       "IOMMU's capabilities.",
	.is_for_pci = true,
	.run = is_remapped,
};

static enum hd_verdict has_real_groups(const struct hd_subject *s, struct hd_result *ret)
{
	const char *value = hd_cmdline_value(s->arena, hd_cmdline(s->facts),
					       "pcie_acs_override");
	const char *word;

	if (!value)
		return hd_say(ret, HD_PASS, "proc/cmdline lacks pcie_acs_override");
	word = hd_printf(s->arena, "pcie_acs_override=%s",
			 hd_text_printable(s->arena, value, 80));
	ret->remedy = hd_mend_drop(s, word);
	return hd_tell(s, ret, HD_FAIL, "proc/cmdline has %s: groups are split although "
		       "nothing isolates them", word);
}

const struct hd_check hd_check_no_acs_override = {
	.id = "no-acs-override",
	.scope = HD_SCOPE_HOST,
	.severity = HD_WARNING,
	.title = "IOMMU groups match what the hardware isolates",
	.remedy = "remove pcie_acs_override from the kernel's command line",
	.doc = "pcie_acs_override, a patch that some distributions carry, makes the kernel "
	       "treat devices as isolated where the hardware does not report it. Devices "
	       "of different guests, or of a guest and the host, can then reach each "
	       "other's memory through peer-to-peer transfers. Source: /proc/cmdline.",
	.is_for_pci = true,
	.run = has_real_groups,
};

static enum hd_verdict has_no_noiommu(const struct hd_subject *s, struct hd_result *ret)
{
	if (!s->facts->host.noiommu_mode)
		return hd_say(ret, HD_PASS, "vfio's enable_unsafe_noiommu_mode is off");
	return hd_say(ret, HD_FAIL,
		      "sys/module/vfio/parameters/enable_unsafe_noiommu_mode reads Y: "
		      "any user of VFIO can let devices write to all memory");
}

const struct hd_check hd_check_no_noiommu = {
	.id = "no-noiommu",
	.scope = HD_SCOPE_HOST,
	.severity = HD_WARNING,
	.title = "VFIO's mode without an IOMMU is off",
	.remedy = HD_COMMAND("echo N > /sys/module/vfio/parameters/enable_unsafe_noiommu_mode") ", and "
		  "remove the option from /etc/modprobe.d",
	.doc = "vfio.enable_unsafe_noiommu_mode lets programs use devices without an "
	       "IOMMU, as DPDK does on hosts that have none. libvirt and QEMU cannot use "
	       "it, and it removes all isolation. Source: /sys/module/vfio/parameters.",
	.is_for_pci = true,
	.run = has_no_noiommu,
};
