/* SPDX-License-Identifier: GPL-2.0-or-later */
/* machinery.c - which devices does hardly anybody give to a guest? */
#include "config.h"

#include "inventory/machinery.h"

/*
 * The first row that matches counts (PCI Code and ID Assignment Specification).  Bridges of
 * unknown kind (0680) may be NVSwitches, and memory controllers of unknown kind (0580) FPGAs.
 */
static const struct {
	unsigned shift;		/* of the 24-bit class before it is compared */
	unsigned class;
	const char *nouns;	/* NULL: not machinery */
} classes[] = {
	{ 8, 0x0500, "memory controllers" },
	{ 8, 0x0680, NULL },
	{ 16, 0x06, "bridges" },
	{ 8, 0x0800, "interrupt controllers" },
	{ 8, 0x0801, "DMA engines" },
	{ 8, 0x0802, "timers" },
	{ 8, 0x0803, "clocks" },
	{ 8, 0x0806, "IOMMUs" },
	{ 8, 0x0807, "event collectors" },
	{ 8, 0x0880, "system peripherals" },
	{ 8, 0x0c05, "SMBus controllers" },
	{ 8, 0x1101, "counters" },
};

const char *hd_machinery_of(const struct hd_item *item)
{
	if (hd_item_is_hub(item))
		return "hubs";
	if (item->kind != HD_DEVICE_PCI || item->driver_kind == HD_DRIVER_VFIO)
		return NULL;
	for (size_t i = 0; i < HD_ARRAY_SIZE(classes); i++)
		if (item->class >> classes[i].shift == classes[i].class)
			return classes[i].nouns;
	return NULL;
}
