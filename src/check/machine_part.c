/* SPDX-License-Identifier: GPL-2.0-or-later */
/* machine_part.c - what is a part of the machine itself, by its class? */
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

/* NULL: its class alone shows none. */
static const char *part_of_class(unsigned class)
{
	for (size_t i = 0; i < HD_ARRAY_SIZE(classes); i++)
		if (class >> classes[i].shift == classes[i].class)
			return classes[i].what;
	return NULL;
}

const char *hd_part_of_machine(const struct hd_pci_fn *fn)
{
	const char *what = part_of_class(fn->class);

	return !what && hd_pci_fn_is_bridge(fn) ? PART("a bridge") : what;
}

const char *hd_part_of_item(const struct hd_item *item)
{
	if (hd_item_is_hub(item))
		return "is a hub, which stays with the host";
	return item->kind == HD_DEVICE_PCI ? part_of_class(item->class) : NULL;
}
