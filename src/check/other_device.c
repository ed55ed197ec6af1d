/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * other_device.c - which command gives the guest another device, or finds its own at another address?
 *
 * Only the command looks at the rest of the host: a start must not cost more because the host is large.
 */
#include "config.h"

#include "base/text.h"
#include "check/checks.h"

static const char *word_of(const struct hd_subject *s)
{
	return hd_guest_word(s->arena, s->request->name, s->request->uuid);
}

static const char *prepend(const struct hd_subject *s, const struct hd_finding *finding,
			   const char *advice)
{
	return finding->remedy ? hd_printf(s->arena, "%s; or %s", advice, finding->remedy) : advice;
}

void hd_other_device_advise(const struct hd_subject *s, struct hd_finding *finding)
{
	const struct hd_policy *policy = &s->request->policy;
	const struct hd_any *any;

	if (!hd_finding_refuses(finding) || !s->pci || !s->hostdev || !s->request->name)
		return;
	any = hd_policy_any(policy, &s->pci->fn.addr);
	if (!hd_policy_pin(policy, &s->pci->fn.addr)) {
		if (any)
			finding->remedy = prepend(s, finding, hd_printf(s->arena,
				HD_COMMAND("hostdevctl start %s") " gives the guest another device of %s, if "
				"one is free", word_of(s), any->of));
		return;
	}
	if (finding->verdict == HD_FAIL && (finding->check == &hd_check_device_identity ||
					    finding->check == &hd_check_device_present))
		finding->remedy = prepend(s, finding, hd_printf(s->arena,
			HD_COMMAND("hostdevctl relocate %s") " corrects the address, if the device has moved",
			word_of(s)));
}
