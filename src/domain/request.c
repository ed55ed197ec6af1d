/* SPDX-License-Identifier: GPL-2.0-or-later */
/* request.c - what a guest asks for: its kinds of devices, and one device by its address. */
#include "config.h"

#include <stdlib.h>

#include "domain/request.h"

static const char *const kind_names[] = {
	[HD_DEVICE_PCI] = "pci",
	[HD_DEVICE_USB] = "usb",
	[HD_DEVICE_MDEV] = "mdev",
	[HD_DEVICE_SCSI] = "scsi",
	[HD_DEVICE_SERIAL] = "serial",
};
_Static_assert(HD_ARRAY_SIZE(kind_names) == HD_DEVICE_KIND_MAX, "a kind has no name");

const char *hd_device_kind_name(enum hd_device_kind kind)
{
	return kind < HD_DEVICE_KIND_MAX ? kind_names[kind] : "unknown";
}

static int is_before(const void *addr, const void *element)
{
	const struct hd_hostdev *hostdev = *(const struct hd_hostdev *const *)element;

	return hd_pci_addr_compare(addr, &hostdev->addr);
}

static const struct hd_hostdev *look_through(const struct hd_request *request,
					     const struct hd_pci_addr *addr)
{
	for (size_t i = 0; i < request->n_hostdevs; i++)
		if (request->hostdevs[i].has_addr &&
		    !hd_pci_addr_compare(&request->hostdevs[i].addr, addr))
			return &request->hostdevs[i];
	return NULL;
}

const struct hd_hostdev *hd_request_pci(const struct hd_request *request,
					const struct hd_pci_addr *addr)
{
	struct hd_hostdev *const *found;

	if (!request->by_addr)
		return look_through(request, addr);
	found = bsearch(addr, request->by_addr, request->n_by_addr,
			sizeof(*request->by_addr), is_before);
	return found ? *found : NULL;
}

bool hd_request_passes_devices(const struct hd_request *request)
{
	for (size_t i = 0; i < request->n_hostdevs; i++)
		if (request->hostdevs[i].kind != HD_DEVICE_SCSI)
			return true;
	return false;
}
