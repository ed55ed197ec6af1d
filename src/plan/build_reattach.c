/* SPDX-License-Identifier: GPL-2.0-or-later */
/* build_reattach.c - which states must be made to give devices back to the host? */
#include "config.h"

#include <errno.h>
#include <string.h>

#include "plan/build.h"

/* An unbound function goes back only if it is known that it was taken. */
static bool must_go_back(const struct hd_pci_fn *fn, const char *original)
{
	if (fn->driver_kind == HD_DRIVER_NONE)
		return original || (fn->driver_override && *fn->driver_override);
	return fn->driver_kind == HD_DRIVER_VFIO;
}

static bool is_planned(const struct hd_build *build, const char *target)
{
	for (size_t i = 0; i < build->plan.n; i++)
		if (!strcmp(build->plan.steps[i].target, target))
			return true;
	return false;
}

static int plan_one(struct hd_build *build, const struct hd_pci_addr *addr, const char *original)
{
	const struct hd_pci_facts *pci = hd_facts_fn(build->facts, addr);
	char name[HD_PCI_ADDR_SIZE], now[HD_STATE_MAX];
	int rc;

	if (!pci || !pci->fn.is_present)
		return hd_fail(build->err, -ENODEV, "%s does not exist",
			       hd_pci_addr_format(addr, name));
	if (!must_go_back(&pci->fn, original) || is_planned(build, pci->fn.name))
		return 0;
	rc = hd_build_state(now, &pci->fn, build->err);
	if (rc < 0 || (original && !strcmp(original, now)))
		return rc;
	return hd_build_function(build, build->knobs->pci_driver, &pci->fn,
				 original ? original : HD_ANY_HOST_DRIVER, "reattach");
}

int hd_plan_for_reattach(struct hd_plan *ret, struct hd_arena *arena,
			 const struct hd_facts *facts, const struct hd_pci_addr *addrs,
			 const char *const *originals, size_t n,
			 const struct hd_knobs *knobs, struct hd_error *err)
{
	struct hd_build build = { { NULL, 0 }, arena, NULL, facts, knobs, err };

	for (size_t i = 0; i < n; i++) {
		int rc = plan_one(&build, &addrs[i], originals ? originals[i] : NULL);

		if (rc < 0)
			return rc;
	}
	return hd_build_finish(&build, ret);
}
