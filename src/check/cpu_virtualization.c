/* SPDX-License-Identifier: GPL-2.0-or-later */
/* cpu_virtualization.c - can this host run a guest with hardware virtualization? */
#include "config.h"

#include <string.h>

#include "check/checks.h"
#include "check/remedy.h"

static const char *mend_kvm(const struct hd_subject *s)
{
	const struct hd_host *host = &s->facts->host;
	const char *flag = host->virtualization;

	if (host->machine && !strcmp(host->machine, "aarch64"))
		return "boot the kernel at exception level 2, which depends on the "
		       "firmware; see `dmesg | grep -i kvm`";
	if (!flag || !strcmp(flag, "sie"))
		return HD_COMMAND("modprobe kvm");
	return hd_printf(s->arena, HD_COMMAND("modprobe %s") "; if that is refused, %s",
			 !strcmp(flag, "vmx") ? "kvm_intel" : "kvm_amd",
			 hd_remedy_firmware_cpu(host));
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
		return hd_tell(s, ret, HD_PASS, "dev/kvm exists%s%s",
			       host->virtualization ? " and proc/cpuinfo shows " : "",
			       host->virtualization ? host->virtualization : "");
	ret->remedy = mend_kvm(s);
	return hd_say(ret, HD_FAIL, "dev/kvm does not exist");
}

const struct hd_check hd_check_cpu_virtualization = {
	.id = "cpu-virtualization",
	.scope = HD_SCOPE_HOST,
	.severity = HD_WARNING,
	.title = "the processor supports virtualization, and KVM uses it",
	.remedy = "enable hardware virtualization in the firmware setup and load the kvm "
		  "module",
	.doc = "A guest of type kvm needs vmx (Intel), svm (AMD) or sie (s390) in "
	       "/proc/cpuinfo and the node /dev/kvm. A guest of type qemu is emulated and "
	       "does not need it. Hardware virtualization says nothing about the IOMMU, "
	       "which has a switch of its own in the firmware.",
	.run = has_virtualization,
};
