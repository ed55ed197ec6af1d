/* SPDX-License-Identifier: GPL-2.0-or-later */
/* fuzz_nodedev.c - does any node device XML crash, or make an inventory that is none? */
#include "config.h"

#include "inventory/inventory.h"
#include "tests/fuzz/fuzz.h"

static void item_holds(const struct hd_inventory *inventory, size_t i)
{
	const struct hd_item *item = &inventory->items[i];

	must(item->address && *item->address);
	must(hd_inventory_find(inventory, item->kind, item->address) != NULL);
	must(!i || inventory->items[i - 1].kind <= item->kind);
	must(fuzz_is_shown(item->address) && fuzz_is_shown(item->driver));
	must(fuzz_is_shown(item->model) && fuzz_is_shown(item->type));
	must(fuzz_is_shown(item->port) && fuzz_is_shown(item->reset));
	must(item->group >= HD_NO_GROUP && item->numa_node >= -1);
	must(item->kind != HD_DEVICE_PCI || item->has_pci);
	must(!item->parent || (item->parent >= inventory->items &&
			       item->parent < inventory->items + inventory->n));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct hd_arena arena = { 0 };
	struct hd_error err = { 0 };
	struct hd_inventory inventory = { 0 };
	int rc = hd_inventory_from_nodedevs(&inventory, &arena, (const char *)data, size, &err);

	must(rc == 0 || rc == -22 || rc == -7);
	must((rc < 0) == (err.text[0] != '\0') && fuzz_is_shown(err.text));
	for (size_t i = 0; i < inventory.n; i++)
		item_holds(&inventory, i);
	hd_arena_done(&arena);
	return 0;
}
