/* SPDX-License-Identifier: GPL-2.0-or-later */
/* hostdevs.c - what would a guest ask for if a device was passed to it? */
#include "config.h"

#include "element/compose.h"

static bool is_there(const struct hd_hostdev *devs, size_t n, const struct hd_pci_addr *addr)
{
	for (size_t i = 0; i < n; i++)
		if (devs[i].has_addr && !hd_pci_addr_compare(&devs[i].addr, addr))
			return true;
	return false;
}

static void add_function(struct hd_hostdev **devs, size_t *n, struct hd_arena *arena,
			 const struct hd_pci_addr *addr, enum hd_device_source source)
{
	if (!is_there(*devs, *n, addr))
		*(struct hd_hostdev *)hd_append(arena, devs, n, sizeof(**devs)) =
			(struct hd_hostdev){ .kind = HD_DEVICE_PCI, .source = source,
					     .has_addr = true, .addr = *addr, .vlan = -1 };
}

void hd_element_hostdevs(struct hd_hostdev **devs, size_t *n, const struct hd_sysroot *root,
			 struct hd_arena *arena, const struct hd_device_ref *ref)
{
	static const struct hd_element_options options;
	struct hd_elements list = { 0 };
	struct hd_error ignored;
	struct hd_composer c = { .root = root, .arena = arena, .options = &options,
				 .list = &list, .err = &ignored };

	if (ref->kind != HD_DEVICE_PCI) {
		hd_resolve_hostdev(hd_append(arena, devs, n, sizeof(**devs)), ref);
		return;
	}
	if (hd_compose_auto(&c, ref) < 0)
		list.n = 0;
	for (size_t i = 0; i < list.n; i++)
		add_function(devs, n, arena, &list.items[i].pci,
			     list.items[i].kind == HD_ELEMENT_INTERFACE ? HD_SOURCE_INTERFACE :
			     HD_SOURCE_HOSTDEV);
	add_function(devs, n, arena, &ref->pci, HD_SOURCE_HOSTDEV);
}
