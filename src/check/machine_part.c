/* SPDX-License-Identifier: GPL-2.0-or-later */
/* machine_part.c - what is a part of the machine itself, by its class or its IDs? */
#include "config.h"

#include "check/machine_part.h"

#define PART(noun) "is " noun ", a part of the machine"

/*
 * The first row that matches counts (PCI Code and ID Assignment Specification).  A
 * bridge of unknown kind (0680) may be anything: NVIDIA's NVSwitch is given to guests.
 * So may SMBus controllers and system peripherals (0880: Thunderbolt, I/OAT).
 */
static const struct {
	unsigned shift;		/* of the 24-bit class before it is compared */
	unsigned class;
	const char *what;	/* NULL: not a part */
} classes[] = {
	{ 8, 0x0600, PART("a host bridge") },
	{ 8, 0x0601, PART("an ISA or LPC bridge") },
	{ 8, 0x0604, PART("a PCI bridge") },
	{ 8, 0x0680, NULL },
	{ 16, 0x06, PART("a bridge") },
	{ 8, 0x0800, PART("an interrupt controller") },
	{ 8, 0x0802, PART("a system timer") },
	{ 8, 0x0806, PART("an IOMMU") },
	{ 8, 0x0807, PART("an event collector of the root complex") },
};

/*
 * What the machine below gives a host that is a guest itself, without a class of its own
 * (VIRTIO 1.3, 4.1.2.1; Xen's docs/man/xen-pci-device-reservations.7).  Through a balloon or
 * virtio-mem, which name memory by its physical address and not through the IOMMU (5.5.6,
 * 5.15.6), a guest could take this host's memory from it.
 */
static const struct {
	unsigned vendor, device;
	const char *what;
} given[] = {
	{ 0x1af4, 0x1002, PART("a memory balloon") },
	{ 0x1af4, 0x1045, PART("a memory balloon") },
	{ 0x1af4, 0x104d, PART("a memory balloon") },
	{ 0x1af4, 0x1057, PART("an IOMMU") },
	{ 0x1af4, 0x1058, PART("memory (virtio-mem)") },
	{ 0x5853, 0x0001, PART("the platform device of Xen") },
	{ 0x5853, 0x0002, PART("the platform device of Xen") },
	{ 0x5853, 0xc000, PART("the platform device of Xen") },
};

static const char *part_of_ids(unsigned vendor, unsigned device)
{
	for (size_t i = 0; i < HD_ARRAY_SIZE(given); i++)
		if (given[i].vendor == vendor && given[i].device == device)
			return given[i].what;
	return NULL;
}

/* NULL: its class alone shows none. */
static const char *part_of_class(unsigned class)
{
	for (size_t i = 0; i < HD_ARRAY_SIZE(classes); i++)
		if (class >> classes[i].shift == classes[i].class)
			return classes[i].what;
	return NULL;
}

bool hd_part_has_class(const struct hd_pci_fn *fn)
{
	return part_of_class(fn->class);
}

const char *hd_part_of_machine(const struct hd_pci_fn *fn)
{
	const char *what = part_of_class(fn->class);

	if (!what)
		what = part_of_ids(fn->vendor, fn->device);
	return !what && hd_pci_fn_is_bridge(fn) ? PART("a bridge") : what;
}

const char *hd_part_of_item(const struct hd_item *item)
{
	if (hd_item_is_hub(item))
		return "is a hub, which stays with the host";
	if (item->kind != HD_DEVICE_PCI)
		return NULL;
	return part_of_class(item->class) ? part_of_class(item->class) :
	       part_of_ids(item->vendor, item->device);
}
