/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * pool_function.c - is there a function for an interface that takes one from a pool?
 *
 * libvirt chooses it during the start, after our `prepare`.  Which one it will be is
 * unknown, but not whether any of them would do.
 */
#include "config.h"

#include "base/text.h"
#include "check/checks.h"

#define NAME_SHOWN 80

static bool is_taken(const struct hd_subject *s, const struct hd_pci_facts *pci)
{
	const struct hd_guests *guests = &s->facts->guests;

	for (size_t i = 0; i < guests->n_claims; i++)
		if (guests->claims[i].is_running &&
		    !hd_pci_addr_compare(&guests->claims[i].addr, &pci->fn.addr))
			return true;
	return hd_request_pci(s->request, &pci->fn.addr);
}

/* The first reason against the function, as if the interface named it; or NULL. */
static const char *why_not(const struct hd_subject *s, const struct hd_pci_facts *pci)
{
	static const struct hd_check *const needed[] = { &hd_check_network_free,
							 &hd_check_vf_parent_up };
	const struct hd_hostdev interface = { .kind = HD_DEVICE_PCI,
					      .source = HD_SOURCE_INTERFACE,
					      .has_addr = true, .addr = pci->fn.addr };
	struct hd_subject subject = *s;

	if (is_taken(s, pci))
		return "a guest has it";
	subject.pci = pci;
	subject.hostdev = &interface;
	for (size_t i = 0; i < HD_ARRAY_SIZE(needed); i++) {
		struct hd_result result = { .severity = needed[i]->severity };
		enum hd_verdict verdict = needed[i]->run(&subject, &result);

		if (verdict == HD_PASS || verdict == HD_SKIP || result.severity != HD_ERROR)
			continue;
		return result.evidence ? result.evidence : needed[i]->title;
	}
	return NULL;
}

/* Evidence on one pool; *IS_GOOD becomes false if none of its functions would do. */
static const char *judge_pool(const struct hd_subject *s, const struct hd_pool *pool, bool *is_good)
{
	const char *name = hd_text_printable(s->arena, pool->network, NAME_SHOWN);
	const char *source = hd_text_printable(s->arena, pool->source, 2 * NAME_SHOWN);
	const char *reasons = NULL;
	size_t n_good = 0;

	for (size_t i = 0; i < pool->n_fns; i++) {
		const char *reason = why_not(s, &pool->fns[i]);

		n_good += !reason;
		if (reason)
			hd_join(s->arena, &reasons, "%s: %s", pool->fns[i].fn.name,
				reason);
	}
	if (n_good)
		return hd_printf(s->arena,
				 "%s: libvirt chooses a function of the pool \"%s\" during "
				 "the start, after the checks; %zu of the checked "
				 "functions would do, but the chosen one cannot be checked now", source, name, n_good);
	*is_good = false;
	return hd_printf(s->arena, "%s: no function of the pool \"%s\" can be taken (%s)",
			 source, name, reasons ? reasons : "it is empty");
}

static enum hd_verdict has_function(const struct hd_subject *s, struct hd_result *ret)
{
	bool is_good = true;

	if (!s->request->n_networks)
		return HD_SKIP;
	if (!s->facts->n_pools)
		return HD_PASS;
	for (size_t i = 0; i < s->facts->n_pools; i++)
		hd_join(s->arena, &ret->evidence, "%s",
			judge_pool(s, &s->facts->pools[i], &is_good));
	if (!is_good)
		return HD_FAIL;
	ret->remedy = "nothing to do; to have the device checked before each start, name "
		      "it: <interface type='hostdev'>";
	ret->severity = HD_NOTE;
	return HD_FAIL;
}

const struct hd_check hd_check_pool_has_function = {
	.id = "pool-has-function",
	.scope = HD_SCOPE_GUEST,
	.severity = HD_WARNING,
	.title = "no interface gets a function from a pool, which cannot be checked yet",
	.remedy = "free a function of the pool, or add functions: `virsh net-edit` the network",
	.doc = "For <interface type='network'> of a network with <forward mode='hostdev'> "
	       "libvirt chooses a function during the start, after the hook has run, so it "
	       "cannot be checked before. This is a note; it is a warning if no function "
	       "of the pool would pass network-free and vf-parent-up, or if running guests "
	       "have them all. Source: /run/libvirt/network, /etc/libvirt/qemu/networks, "
	       "virtfn links of the parent in sysfs.",
	.run = has_function,
};
