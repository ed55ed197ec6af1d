/* SPDX-License-Identifier: GPL-2.0-or-later */
/* cpu.c - can this host run a guest with hardware virtualization? */
#include "config.h"

#include <string.h>

#include "check/checks.h"
#include "check/remedy.h"

static const char *kvm_module(const struct hd_host *host)
{
	if (host->cpu_vendor && !strcmp(host->cpu_vendor, "GenuineIntel"))
		return "modprobe kvm_intel";
	if (host->cpu_vendor)
		return "modprobe kvm_amd";
	return "modprobe kvm";
}

static enum hd_verdict has_virtualization(const struct hd_subject *s,
					  struct hd_result *ret)
{
	const struct hd_host *host = &s->facts->host;

	if (s->request->type && strcmp(s->request->type, "kvm"))
		return HD_SKIP;
	if (!host->has_virtualization) {
		ret->remedy = hd_remedy_firmware_cpu(host);
		return hd_say(ret, HD_FAIL,
			      "proc/cpuinfo shows neither vmx, svm nor sie");
	}
	if (host->has_kvm_node)
		return HD_PASS;
	ret->remedy = kvm_module(host);
	return hd_say(ret, HD_FAIL, "dev/kvm does not exist");
}

const struct hd_check hd_check_cpu_virtualization = {
	.id = "cpu-virtualization",
	.scope = HD_SCOPE_HOST,
	.severity = HD_WARNING,
	.title = "the processor virtualizes, and KVM uses it",
	.remedy =
		"enable hardware virtualization in the firmware setup and load the kvm "
		"module",
	.doc = "A guest of type kvm needs vmx (Intel), svm (AMD) or sie (s390) in "
	       "/proc/cpuinfo and the node /dev/kvm. A guest of type qemu is emulated "
	       "and is not asked for it. Hardware virtualization alone says nothing "
	       "about the IOMMU, which has a switch of its own in the firmware.",
	.run = has_virtualization,
};
