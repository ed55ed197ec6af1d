/* SPDX-License-Identifier: GPL-2.0-or-later */
/* managed_conflict.c - will libvirt give back the device that it manages? */
#include "config.h"

#include "check/checks.h"

static enum hd_verdict is_given_back(const struct hd_subject *s, struct hd_result *ret)
{
	const struct hd_pci_fn *fn = &s->pci->fn;

	if (!s->hostdev || !s->hostdev->managed)
		return HD_SKIP;
	if (fn->driver_kind != HD_DRIVER_VFIO)
		return HD_PASS;
	for (size_t i = 0; i < s->facts->guests.n_own; i++)
		if (!hd_pci_addr_compare(&s->facts->guests.own[i], &fn->addr))
			return hd_say(ret, HD_PASS, "in use by this guest");
	hd_advise(s, ret, HD_COMMAND("hostdevctl reattach %s") " before the start, or set "
		  "managed='no' in line %u of the guest's XML", fn->name, s->hostdev->line);
	return hd_tell(s, ret, HD_FAIL, HD_SYS_PCI "/%s/driver is already %s, and the guest has "
		       "managed='yes': libvirt will leave it there when the guest stops", fn->name,
		       fn->driver ? fn->driver : "vfio-pci");
}

const struct hd_check hd_check_managed_conflict = {
	.id = "managed-conflict",
	.scope = HD_SCOPE_DEVICE,
	.severity = HD_WARNING,
	.title = "a managed device is on its host driver before the start",
	.remedy = "reattach the device before the start, or set managed='no'",
	.doc = "With managed='yes', libvirt binds the device to VFIO when the guest starts "
	       "and gives it back when the guest stops, but only if libvirt bound it: a "
	       "device that was on vfio-pci before stays there (libvirt src/util/virpci.c, "
	       "virPCIDeviceBindToStub). Source: the function's driver in sysfs.",
	.run = is_given_back,
};
