/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * export_kubevirt.c - devices as KubeVirt permits them: spec.configuration.permittedHostDevices.
 *
 * The type is PermittedHostDevices of its API (kubevirt.io/api/core/v1).  A resource has the name
 * DOMAIN/NAME; ours has the domain "hostdevctl".
 */
#include "config.h"

#include "report/export.h"

static void put_pci(const struct hd_export *from, const struct hd_offer *offer)
{
	(void)fprintf(from->out, "      - pciVendorSelector: \"%04X:%04X\"\n"
		      "        resourceName: hostdevctl/%s\n", offer->item->vendor & 0xffff,
		      offer->item->device & 0xffff, hd_export_name(from->arena, offer));
}

static void put_mdev(const struct hd_export *from, const struct hd_offer *offer)
{
	(void)fprintf(from->out, "      - mdevNameSelector: %s\n"
		      "        resourceName: hostdevctl/%s\n",
		      hd_export_quoted(from->arena, offer->type), hd_export_name(from->arena, offer));
}

static void put_usb(const struct hd_export *from, const struct hd_offer *offer)
{
	(void)fprintf(from->out, "      - resourceName: hostdevctl/%s\n        selectors:\n"
		      "        - vendor: \"%04x\"\n          product: \"%04x\"\n",
		      hd_export_name(from->arena, offer), offer->item->vendor & 0xffff,
		      offer->item->device & 0xffff);
}

static const struct {
	enum hd_device_kind kind;
	const char *member;
	void (*put)(const struct hd_export *from, const struct hd_offer *offer);
} members[] = {
	{ HD_DEVICE_PCI, "pciHostDevices", put_pci },
	{ HD_DEVICE_MDEV, "mediatedDevices", put_mdev },
	{ HD_DEVICE_USB, "usb", put_usb },
};

static size_t put_member(const struct hd_export *from, size_t member)
{
	size_t n = 0;

	for (size_t i = 0; i < from->n; i++) {
		if (from->offers[i].item->kind != members[member].kind ||
		    !hd_export_is_first(from, i, hd_offer_is_same_id))
			continue;
		if (!n++)
			(void)fprintf(from->out, "      %s:\n", members[member].member);
		members[member].put(from, &from->offers[i]);
	}
	return n;
}

void hd_export_kubevirt(const struct hd_export *from)
{
	size_t n = 0;

	(void)fputs("spec:\n  configuration:\n    permittedHostDevices:\n", from->out);
	for (size_t member = 0; member < HD_ARRAY_SIZE(members); member++)
		n += put_member(from, member);
	if (!n)
		(void)fputs("      {}\n", from->out);
}
