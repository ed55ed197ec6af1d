/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * export_harvester.c - devices as Harvester claims them: one PCIDeviceClaim for each function.
 *
 * It has the name of its PCIDevice: the node's and the address without punctuation (types
 * PCIDevice and PCIDeviceClaim of devices.harvesterhci.io/v1beta1, PCIDeviceNameForHostname()).
 */
#include "config.h"

#include "report/export.h"

static const char *bare_address(struct hd_arena *arena, const char *address)
{
	char *bare = hd_strdup(arena, address), *to = bare;

	for (; *address; address++)
		if (*address != ':' && *address != '.')
			*to++ = *address;
	*to = '\0';
	return bare;
}

void hd_export_harvester(const struct hd_export *from)
{
	for (size_t i = 0; i < from->n; i++) {
		const char *address = from->offers[i].item->address;

		if (from->offers[i].reason)
			continue;
		(void)fprintf(from->out, "---\napiVersion: devices.harvesterhci.io/v1beta1\n"
			      "kind: PCIDeviceClaim\nmetadata:\n  name: \"%s-%s\"\nspec:\n"
			      "  address: \"%s\"\n  nodeName: \"%s\"\n  userName: admin\n",
			      from->node, bare_address(from->arena, address), address, from->node);
	}
}
