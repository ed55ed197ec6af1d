/* SPDX-License-Identifier: GPL-2.0-or-later */
/* mapcase.c - hosts for the tests of maps. */
#include "config.h"

#include <string.h>

#include "tests/support/mapcase.h"

#define N_MANY 500
#define EVIL "</title></style><script>alert(1)</script>&x;]]>--><!--\"'\033[31m\xff\xe2\x80\xae"

const char *const map_case_hosts[] = { "amd-boot-screen", "amd-no-iommu", "intel-desktop",
	"lab-debian12", "lab-debian13", "laptop-two-gpus", "workstation" };
const size_t map_case_n_hosts = HD_ARRAY_SIZE(map_case_hosts);

void map_case_describe(struct map_case *made, const char *name)
{
	made->devices = hd_alloc(&made->arena, (made->inventory.n + 1) * sizeof(*made->devices));
	for (size_t i = 0; i < made->inventory.n; i++) {
		made->devices[i] = (struct hd_map_device){ .model = name, .class = "class" };
		hd_map_judge(&made->devices[i], &made->arena, &made->inventory,
			     &made->inventory.items[i]);
	}
	hd_map_make(&made->map, &made->arena, &made->inventory, made->devices);
}

void map_case_host(struct map_case *made, const char *name)
{
	char path[256];
	struct hd_error err;

	made->has_host = true;
	fake_host_make(&made->host);
	(void)snprintf(path, sizeof(path), SRCDIR "/tests/hosts/%s.tree", name);
	if (fake_tree_load_file(&made->host, path, &err) < 0 ||
	    hd_inventory_read(&made->inventory, &made->host.root, &made->arena, HD_KINDS_ALL,
			      HD_INVENTORY_ALL, &err) < 0)
		fail_msg("%s", err.text);
	map_case_describe(made, "a name of 29 characters, or so");
}

static void fill_item(struct map_case *made, struct hd_item *items, unsigned i)
{
	static const char *const drivers[] = { "nvme", NULL, "vfio-pci" };
	const unsigned bus = i / 25, fn = i % 25, root = bus / 10 * 0x80;
	const char *port = hd_printf(&made->arena, "sys/devices/pci0000:%02x/0000:%02x:%02x.0", root,
				     root, bus % 10 + 1);
	struct hd_item *item = &items[i];

	*item = (struct hd_item){
		.kind = HD_DEVICE_PCI, .has_pci = true, .numa_node = (int)(bus / 10),
		.group = (int)(bus * 100 + fn / (1 + bus % 3)), .class = 0x020000,
		.is_vf = bus % 4 == 3 && fn > 1, .driver = drivers[i % 3],
		.driver_kind = i % 3 == 2 ? HD_DRIVER_VFIO : HD_DRIVER_HOST,
		.address = hd_printf(&made->arena, "0000:%02x:%02x.%x", bus + 1, fn / 8, fn % 8),
		.path = port, .parent = &items[i - fn],
	};
	if (item->is_vf)
		item->physfn = &items[i - fn + 1];
	if (!fn) {
		item->class = 0x060400;
		item->parent = NULL;
		item->address = strrchr(port, '/') + 1;
	}
}

void map_case_many(struct map_case *made)
{
	struct hd_item *items = hd_alloc(&made->arena, N_MANY * sizeof(*items));

	made->inventory = (struct hd_inventory){ .items = items, .n = N_MANY };
	for (unsigned i = 0; i < N_MANY; i++)
		fill_item(made, items, i);
	map_case_describe(made, "a name that is by far too long for a box of this size, so that it is "
			  "cut, although it may have three lines, and would be longer in most fonts");
}

void map_case_spoil(struct map_case *made)
{
	static const struct hd_item_guest guest = { EVIL, true };

	for (size_t i = 0; i < made->inventory.n; i++) {
		struct hd_map_device *device = &made->devices[i];

		device->model = device->class = device->name = device->full_class = EVIL;
		device->verdict = device->reason = device->uses = device->needs = EVIL;
		device->guests = &guest;
		device->n_guests = 1;
		made->inventory.items[i].driver = EVIL;
	}
	hd_map_make(&made->map, &made->arena, &made->inventory, made->devices);
}

void map_case_done(struct map_case *made)
{
	hd_arena_done(&made->arena);
	if (made->has_host)
		fake_host_remove(&made->host);
}
