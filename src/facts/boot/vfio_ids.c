/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * vfio_ids.c - which functions vfio-pci was told to take by their ids, and who has them.
 *
 * "vfio-pci.ids=10de:1b80" on the command line, or "options vfio-pci ids=..." in
 * modprobe.d (Linux drivers/vfio/pci/vfio_pci.c).  Such a driver takes what is
 * free when it is loaded: one that came first keeps the function.
 */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "facts/boot/modules.h"
#include "facts/pci/pci.h"
#include "facts/setup_parts.h"

#define MAX_FOUND 64

struct ids {
	const char *words;	/* "10de:1b80,10de:10f0" */
	const char *path;
};

static bool is_named(const struct ids *ids, unsigned vendor, unsigned device)
{
	for (const char *item = ids->words; item; item = strchr(item, ',')) {
		char *end;
		unsigned long first, second;

		item += *item == ',';
		first = strtoul(item, &end, 16);
		if (*end != ':')
			continue;
		second = strtoul(end + 1, NULL, 16);
		if (first == vendor && (second == device || second == 0xffffffff))
			return true;
	}
	return false;
}

static bool find_ids(struct ids *ret, const struct hd_sysroot *root, struct hd_arena *arena)
{
	ret->words = hd_module_option(root, arena, "vfio_pci", "ids", &ret->path);
	return ret->words && *ret->words;
}

static void look_at(struct hd_setup *setup, const struct hd_sysroot *root,
		    struct hd_arena *arena, const struct ids *ids, const struct hd_pci_addr *addr)
{
	char name[HD_PCI_ADDR_SIZE];
	uint64_t vendor, device;
	struct hd_id_bound *found;

	hd_pci_addr_format(addr, name);
	if (setup->n_ids >= MAX_FOUND ||
	    hd_sysroot_u64(root, &vendor, HD_SYS_PCI "/%s/vendor", name) < 0 ||
	    hd_sysroot_u64(root, &device, HD_SYS_PCI "/%s/device", name) < 0 ||
	    !is_named(ids, (unsigned)vendor, (unsigned)device))
		return;
	found = hd_append(arena, &setup->ids, &setup->n_ids, sizeof(*found));
	found->name = hd_strdup(arena, name);
	found->ids = hd_printf(arena, "%04x:%04x", (unsigned)vendor, (unsigned)device);
	found->path = ids->path;
	if (hd_pci_driver_read(root, arena, name, &found->driver) < 0)
		found->driver = NULL;
}

void hd_setup_ids_read(struct hd_setup *setup, const struct hd_sysroot *root,
		       struct hd_arena *arena)
{
	struct hd_pci_addr *addrs;
	struct hd_error err = { 0 };
	struct ids ids;
	size_t n;

	if (!find_ids(&ids, root, arena) ||
	    hd_pci_addresses(root, arena, &addrs, &n, &err) < 0)
		return;
	for (size_t i = 0; i < n; i++)
		look_at(setup, root, arena, &ids, &addrs[i]);
}
