/* SPDX-License-Identifier: GPL-2.0-or-later */
/* query.c - which facts a guest's request needs. */
#include "config.h"

#include <stdlib.h>

#include "domain/request.h"
#include "facts/facts.h"

static int by_address(const void *a, const void *b)
{
	return hd_pci_addr_compare(a, b);
}

/* Two namespaces of one NVMe controller are one function. */
static size_t keep_one_of_each(struct hd_pci_addr *addrs, size_t n)
{
	size_t kept = 0;

	if (n)
		qsort(addrs, n, sizeof(*addrs), by_address);
	for (size_t i = 0; i < n; i++)
		if (!i || hd_pci_addr_compare(&addrs[i], &addrs[i - 1]))
			addrs[kept++] = addrs[i];
	return kept;
}

static bool needs_memory(const struct hd_request *request)
{
	return request->wants_hugepages || request->n_vcpu_pins || request->emulator_pin ||
	       request->numa_nodeset;
}

/* VFIO pins all memory of a guest that passes such a device. */
static bool locks_memory(const struct hd_request *request)
{
	for (size_t i = 0; request->name && i < request->n_hostdevs; i++)
		if (request->hostdevs[i].kind == HD_DEVICE_PCI ||
		    request->hostdevs[i].kind == HD_DEVICE_MDEV)
			return true;
	return false;
}

void hd_facts_query_for(struct hd_facts_query *ret, struct hd_arena *arena,
			const struct hd_request *request)
{
	struct hd_pci_addr *addrs = NULL;
	const struct hd_hostdev **named = NULL;
	const char **roms = NULL;
	size_t n_addrs = 0, n_roms = 0, n_named = 0;

	for (size_t i = 0; i < request->n_hostdevs; i++) {
		const struct hd_hostdev *dev = &request->hostdevs[i];

		if (dev->rom_file)
			*(const char **)hd_append(arena, &roms, &n_roms, sizeof(*roms)) =
				dev->rom_file;
		if (dev->kind == HD_DEVICE_PCI && dev->has_addr)
			*(struct hd_pci_addr *)hd_append(arena, &addrs, &n_addrs,
							 sizeof(*addrs)) = dev->addr;
		if (dev->kind == HD_DEVICE_USB || dev->kind == HD_DEVICE_SERIAL ||
		    dev->kind == HD_DEVICE_MDEV)
			*(const struct hd_hostdev **)hd_append(arena, &named, &n_named,
							       sizeof(*named)) = dev;
	}
	*ret = (struct hd_facts_query){
		.addrs = addrs,
		.n_addrs = keep_one_of_each(addrs, n_addrs),
		.guest_uuid = "",
		.rom_files = roms,
		.n_rom_files = n_roms,
		.dac_label = request->dac_label,
		.named = named,
		.n_named = n_named,
		.networks = request->networks,
		.n_networks = request->n_networks,
		.needs_memory = needs_memory(request),
		.locks_memory = locks_memory(request),
	};
}
