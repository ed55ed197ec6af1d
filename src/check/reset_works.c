/* SPDX-License-Identifier: GPL-2.0-or-later */
/* reset_works.c - can the function be brought back to a clean state between guests? */
#include "config.h"

#include <string.h>

#include "check/checks.h"

/* A function of the same bus that is not on VFIO, which prevents a bus reset. */
static const struct hd_pci_fn *find_outsider(const struct hd_subject *s)
{
	const struct hd_pci_addr *own = &s->pci->fn.addr;

	for (size_t i = 0; i < s->facts->n_fns; i++) {
		const struct hd_pci_facts *pci = &s->facts->fns[i];
		const struct hd_pci_addr *addr = &pci->fn.addr;

		if (addr->domain != own->domain || addr->bus != own->bus ||
		    !pci->fn.is_present || hd_pci_fn_is_bridge(&pci->fn) ||
		    pci->fn.driver_kind == HD_DRIVER_VFIO)
			continue;
		if (!pci->is_requested && !hd_request_pci(s->request, addr) &&
		    hd_companion_of(s->request, pci) != HD_COMPANION_MOVES)
			return &pci->fn;
	}
	return NULL;
}

static enum hd_verdict judge_methods(const struct hd_subject *s, struct hd_result *ret)
{
	const struct hd_pci_fn *fn = &s->pci->fn, *outsider;

	if (strcmp(fn->reset_method, "bus"))
		return hd_tell(s, ret, HD_PASS, HD_SYS_PCI "/%s/reset_method reads %s",
			       fn->name, fn->reset_method);
	outsider = find_outsider(s);
	if (!outsider)
		return hd_tell(s, ret, HD_PASS, HD_SYS_PCI "/%s/reset_method reads bus, "
			       "and every function on the bus is passed", fn->name);
	hd_advise(s, ret, "pass %s to the same guest too", outsider->name);
	return hd_tell(s, ret, HD_FAIL, HD_SYS_PCI "/%s/reset_method reads bus, but %s "
		       "on the same bus is not passed: the function cannot be reset and "
		       "works once per boot", fn->name, outsider->name);
}

static enum hd_verdict can_reset(const struct hd_subject *s, struct hd_result *ret)
{
	const struct hd_pci_fn *fn = &s->pci->fn;

	if (fn->reset_method && *fn->reset_method)
		return judge_methods(s, ret);
	/* The kernel hides the file of a function that it cannot reset at all. */
	if (!fn->has_reset_method_file && !hd_host_is_since(&s->facts->host, 5, 15))
		return HD_SKIP;
	return hd_tell(s, ret, HD_FAIL, HD_SYS_PCI "/%s/reset_method %s: the kernel cannot reset "
		       "the function, it works once per boot", fn->name,
		       fn->has_reset_method_file ? "is empty" : "does not exist");
}

const struct hd_check hd_check_reset_works = {
	.id = "reset-works",
	.scope = HD_SCOPE_DEVICE,
	.severity = HD_WARNING,
	.title = "the kernel can reset the function",
	.remedy = "reboot the host between two runs of the guest, or install a module "
		  "that can reset the device (vendor-reset for some AMD cards)",
	.doc = "A function that cannot be reset keeps the state in which the last guest "
	       "left it: it works once per boot. A bus reset affects every function on the "
	       "bus, so it is possible only if all of them are passed. Source: the "
	       "function's reset_method in sysfs (Linux 5.15 and later; the kernel hides "
	       "the file if there is no method).",
	.run = can_reset,
};
