/* SPDX-License-Identifier: GPL-2.0-or-later */
/* iommu_mode.c - do the host's own devices go through the IOMMU? */
#include "config.h"

#include <string.h>

#include "base/kernel_cmdline.h"
#include "base/text.h"
#include "check/checks.h"

/* iommu= is for x86 alone (Linux Documentation/admin-guide/kernel-parameters.txt). */
static const char *const words[] = { "iommu=pt", "iommu.passthrough=1", "iommu.passthrough=on",
				     "iommu.passthrough=y" };

static const char *word_for(const struct hd_host *host)
{
	return host->machine && !strcmp(host->machine, "aarch64") ? words[1] : words[0];
}

static enum hd_verdict tell_translated(const struct hd_subject *s, struct hd_result *ret,
				       const char *path, const char *type)
{
	return hd_tell(s, ret, HD_FAIL, "%s reads %s and proc/cmdline lacks %s: the host's own "
		       "transfers are translated too", path, hd_text_printable(s->arena, type, 40),
		       word_for(&s->facts->host));
}

static enum hd_verdict is_passthrough(const struct hd_subject *s, struct hd_result *ret)
{
	const struct hd_facts *facts = s->facts;
	const struct hd_setup *setup = facts->setup;

	if (!facts->iommu.is_active)
		return HD_SKIP;
	for (size_t i = 0; i < HD_ARRAY_SIZE(words); i++)
		if (hd_cmdline_has(hd_cmdline(facts), words[i]))
			return hd_tell(s, ret, HD_PASS, "proc/cmdline has %s", words[i]);
	ret->remedy = hd_mend_add_by_setup(s, word_for(&facts->host));
	for (size_t i = 0; i < facts->n_groups; i++) {
		const struct hd_iommu_group *group = &facts->groups[i];

		if (group->type && strcmp(group->type, "identity"))
			return tell_translated(s, ret, hd_printf(s->arena,
					       "sys/kernel/iommu_groups/%d/type", group->id),
					       group->type);
	}
	/* Without a device in question, the type of the first group shows the default. */
	if (!setup || !setup->group_type)
		return HD_PASS;
	if (strcmp(setup->group_type, "identity"))
		return tell_translated(s, ret, setup->group_type_path, setup->group_type);
	return hd_tell(s, ret, HD_PASS, "%s reads identity", setup->group_type_path);
}

const struct hd_check hd_check_iommu_passthrough_mode = {
	.id = "iommu-passthrough-mode",
	.scope = HD_SCOPE_HOST,
	.severity = HD_NOTE,
	.title = "the host's own devices bypass the IOMMU",
	.remedy = "add iommu=pt to the kernel's command line if the speed of the host's "
		  "own devices matters",
	.doc = "With iommu=pt (on ARM iommu.passthrough=1) devices of the host have an "
	       "identity domain, so the IOMMU does not slow them down; devices of guests "
	       "are translated either way. Passthrough does not need it; without it, the "
	       "host is protected from its own devices. Source: /proc/cmdline and the type "
	       "of each IOMMU group.",
	.is_for_pci = true,
	.run = is_passthrough,
};
