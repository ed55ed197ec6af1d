/* SPDX-License-Identifier: GPL-2.0-or-later */
/* offered_devices.c - what does the configuration of a scheduler select on this host? */
#include "config.h"

#include <string.h>

#include "act/offered_devices.h"
#include "base/text.h"
#include "check/checks.h"
#include "inventory/resolve.h"

#define MAX_TEXT 200
#define NAMED 3

/* What is known of each item of the inventory, by its number. */
struct picked {
	struct hd_offered_entry *by;	/* NULL: not offered */
};

struct work {
	struct hd_arena *arena;
	const struct hd_offered_query *query;
	struct hd_offered *ret;
	struct picked *picked;
};

static const struct hd_item *item_of(const struct work *work, size_t i)
{
	return &work->query->inventory->items[i];
}

/* Adds NAME to "A, B, C and 4 more"; *N counts. */
static void add_name(struct hd_arena *arena, const char **text, size_t *n, const char *name)
{
	if ((*n)++ < NAMED)
		*text = *text ? hd_printf(arena, "%s, %s", *text, name) : name;
}

static const char *named(struct hd_arena *arena, const char *text, size_t n)
{
	return n > NAMED ? hd_printf(arena, "%s and %zu more", text, n - NAMED) : text;
}

/* Nova's devname: the function that an interface is on. */
static bool interface_addr(const struct work *work, const char *name, struct hd_pci_addr *ret)
{
	const char *text = hd_printf(work->arena, "net:%s", name);
	struct hd_device_ref ref;
	struct hd_error ignored;

	if (!hd_text_is_component(name) ||
	    hd_resolve(&ref, work->query->root, work->arena, text, &ignored) < 0 || !ref.has_pci)
		return false;
	*ret = ref.pci;
	return true;
}

/* KubeVirt takes blanks for "_" (removeSelectorSpaces() of its device manager). */
static bool is_same_type(const char *a, const char *b)
{
	for (; *a && *b; a++, b++)
		if ((*a == ' ' ? '_' : *a) != (*b == ' ' ? '_' : *b))
			return false;
	return !*a && !*b;
}

struct selection {
	const struct hd_entry *entry;
	struct hd_address_matcher matcher;
	bool has_addr;			/* it means one function, or its virtual functions */
	struct hd_pci_addr addr;
	bool is_of_nothing;		/* of an interface that does not exist */
};

static void open_selection(struct selection *ret, const struct work *work, const struct hd_entry *entry)
{
	*ret = (struct selection){ .entry = entry };
	if (entry->address) {
		hd_address_matcher_open(&ret->matcher, entry->address);
		ret->has_addr = hd_address_pattern_is_single(entry->address, &ret->addr);
	} else if (entry->interface) {
		ret->has_addr = interface_addr(work, entry->interface, &ret->addr);
		ret->is_of_nothing = !ret->has_addr;
	}
}

static bool address_fits(const struct selection *selection, const struct hd_item *item)
{
	if (selection->is_of_nothing)
		return false;
	if (selection->has_addr && selection->entry->takes_vfs && item->is_vf &&
	    !hd_pci_addr_compare(&item->physfn_addr, &selection->addr))
		return true;
	if (selection->entry->interface)
		return !hd_pci_addr_compare(&item->pci, &selection->addr);
	return hd_address_matches(&selection->matcher, &item->pci);
}

static bool id_fits(const struct hd_entry *entry, const struct hd_item *item)
{
	return (!entry->has_vendor || entry->vendor == item->vendor) &&
	       (!entry->has_device || entry->device == item->device);
}

static bool is_selected(const struct work *work, const struct selection *selection, size_t i)
{
	const struct hd_item *item = item_of(work, i);
	const struct hd_entry *entry = selection->entry;
	const char *type = work->query->offers[i].type;

	if (item->kind != entry->kind)
		return false;
	if (entry->kind == HD_DEVICE_MDEV)
		return type && entry->type && is_same_type(type, entry->type);
	return id_fits(entry, item) && (entry->kind != HD_DEVICE_PCI || address_fits(selection, item));
}

/* "10de:2684", "vendor 10de", "GRID T4-1Q", "eth7": what was looked for. */
static const char *wanted_by(struct hd_arena *arena, const struct selection *selection)
{
	const struct hd_entry *entry = selection->entry;
	char name[HD_PCI_ADDR_SIZE];
	const char *text = NULL;

	if (entry->type)
		return hd_text_printable(arena, entry->type, MAX_TEXT);
	if (entry->interface)
		hd_join(arena, &text, "interface %s", hd_text_printable(arena, entry->interface, MAX_TEXT));
	else if (selection->has_addr)
		hd_join(arena, &text, "%s", hd_pci_addr_format(&selection->addr, name));
	else if (entry->address)
		hd_join(arena, &text, "at an address of the entry");
	if (entry->has_vendor && entry->has_device)
		hd_join(arena, &text, "%04x:%04x", entry->vendor, entry->device);
	else if (entry->has_vendor)
		hd_join(arena, &text, "of vendor %04x", entry->vendor);
	else if (entry->has_device)
		hd_join(arena, &text, "of product %04x", entry->device);
	return text ? text : "a PCI function";
}

static void compare_id(struct hd_arena *arena, const char **differs, const char *what,
		       const struct hd_entry_id *pinned, unsigned vendor, unsigned device)
{
	if (!pinned->is_known)
		hd_join(arena, differs, "%s is missing; it is %04x:%04x", what, vendor, device);
	else if (pinned->vendor != vendor || pinned->device != device)
		hd_join(arena, differs, "%s is %04x:%04x here, not %04x:%04x", what, vendor, device,
			pinned->vendor, pinned->device);
}

static void compare_group(struct hd_arena *arena, const char **differs, const struct hd_entry *entry,
			  const struct hd_item *item)
{
	if (!entry->pins_group)
		return;
	if (item->group == HD_NO_GROUP && entry->has_group)
		hd_join(arena, differs, "it is not in an IOMMU group here, and iommugroup is %d", entry->group);
	else if (item->group != HD_NO_GROUP && !entry->has_group)
		hd_join(arena, differs, "iommugroup is missing; it is %d", item->group);
	else if (item->group != HD_NO_GROUP && item->group != entry->group)
		hd_join(arena, differs, "iommugroup is %d here, not %d", item->group, entry->group);
}

/* What the entry says of ITEM, the (first) function at its address, and what is not so. */
static const char *differences(struct hd_arena *arena, const struct hd_entry *entry,
			       const struct hd_item *item)
{
	const char *differs = NULL;

	if (entry->is_pinned) {
		compare_id(arena, &differs, "id", &entry->id, item->vendor, item->device);
		compare_group(arena, &differs, entry, item);
		compare_id(arena, &differs, "subsystem-id", &entry->subsystem, item->subsystem_vendor,
			   item->subsystem_device);
	} else if (!id_fits(entry, item)) {
		hd_join(arena, &differs, "it is %04x:%04x here, not what the entry says", item->vendor,
			item->device);
	}
	return differs ? hd_printf(arena, "%s: %s", item->address, differs) : NULL;
}

/* The address of the entry; of a whole card, its first function's. */
static bool first_addr(const struct selection *selection, struct hd_pci_addr *ret)
{
	struct hd_address_pattern first;

	if (selection->has_addr) {
		*ret = selection->addr;
		return true;
	}
	if (!selection->entry->is_pinned)
		return false;
	first = *selection->entry->address;
	first.parts[HD_ADDRESS_PARTS - 1].is_any = false;
	return hd_address_pattern_is_single(&first, ret);
}

/* Nova compares ids to select, the others to verify. */
static void compare_entry(struct hd_offered_entry *ret, const struct work *work, const struct selection *selection)
{
	const struct hd_item *item;
	struct hd_pci_addr addr;
	char name[HD_PCI_ADDR_SIZE];

	if (ret->entry->kind != HD_DEVICE_PCI || !first_addr(selection, &addr) ||
	    (ret->n_devices && !ret->entry->is_pinned))
		return;
	item = hd_inventory_pci(work->query->inventory, &addr);
	if (!item)
		ret->absent = hd_strdup(work->arena, hd_pci_addr_format(&addr, name));
	else
		ret->differs = differences(work->arena, ret->entry, item);
}

static const char *vfio_driver_of(const struct work *work, const struct hd_item *item)
{
	const struct hd_pci_facts *pci = hd_facts_fn(&work->query->judgement->facts, &item->pci);

	if (!pci)
		return "an unknown driver";
	if (pci->fn.driver_kind == HD_DRIVER_VFIO && pci->fn.driver)
		return pci->fn.driver;
	return pci->vfio_driver ? pci->vfio_driver : "no VFIO driver";
}

static void select_devices(struct work *work, struct hd_offered_entry *ret, const struct selection *selection)
{
	const struct hd_device_verdict *verdicts = work->query->judgement->devices;
	const char *cannot = NULL;
	size_t n_cannot = 0;

	for (size_t i = 0; i < work->query->inventory->n; i++) {
		if (!is_selected(work, selection, i))
			continue;
		ret->n_devices++;
		ret->n_ready += verdicts[i].readiness == HD_READY && !verdicts[i].used_by;
		if (!work->query->offers[i].can_migrate && item_of(work, i)->kind == HD_DEVICE_PCI)
			add_name(work->arena, &cannot, &n_cannot,
				 hd_printf(work->arena, "%s (%s)", item_of(work, i)->address,
					   vfio_driver_of(work, item_of(work, i))));
		if (!work->picked[i].by && !ret->entry->chosen_by)
			work->picked[i].by = ret;
	}
	if (ret->entry->wants_migration && cannot)
		ret->cannot_migrate = named(work->arena, cannot, n_cannot);
}

static void add_entry(struct work *work, struct hd_offered_entry *ret, const struct hd_entry *entry)
{
	const char *line = entry->line ? hd_printf(work->arena, "%u: ", entry->line) : " ";
	struct selection selection;

	*ret = (struct hd_offered_entry){
		.entry = entry,
		.subject = hd_printf(work->arena, "%s:%s%s", work->query->file, line, entry->object),
	};
	open_selection(&selection, work, entry);
	ret->wanted = wanted_by(work->arena, &selection);
	select_devices(work, ret, &selection);
	compare_entry(ret, work, &selection);
	hd_address_matcher_close(&selection.matcher);
}

static bool is_for_here(const struct work *work, const struct hd_entry *entry)
{
	return !entry->node || !work->query->node || !strcmp(entry->node, work->query->node);
}

/* The entries must not move any more when devices point to them. */
static void add_entries(struct work *work)
{
	const struct hd_configuration *configuration = work->query->configuration;

	work->ret->entries = hd_alloc(work->arena, (configuration->n + 1) * sizeof(*work->ret->entries));
	for (size_t i = 0; i < configuration->n; i++)
		if (is_for_here(work, &configuration->entries[i]))
			add_entry(work, &work->ret->entries[work->ret->n_entries++],
				  &configuration->entries[i]);
}

/* The kernel leaves them to the host in a group that a guest has. */
static bool is_bridge(const struct hd_item *item)
{
	return item->class >> 16 == 0x06;
}

/* What no host driver has does not keep a guest from the rest of the group. */
static bool is_left_out(const struct work *work, const struct hd_item *item, size_t k)
{
	const struct hd_item *other = item_of(work, k);

	return other->kind == HD_DEVICE_PCI && other->group == item->group && !is_bridge(other) &&
	       other->driver_kind == HD_DRIVER_HOST && !work->picked[k].by;
}

static void find_left_out(const struct work *work, struct hd_offered_device *ret, const struct hd_item *item)
{
	const char *text = NULL;
	size_t n = 0;

	if (item->kind != HD_DEVICE_PCI || item->group == HD_NO_GROUP || is_bridge(item))
		return;
	for (size_t k = 0; k < work->query->inventory->n; k++) {
		if (!is_left_out(work, item, k))
			continue;
		if (!n)
			ret->left_out_why = hd_offer_reason_alone(work->arena, work->query->inventory,
								  item_of(work, k),
								  &work->query->judgement->devices[k]);
		add_name(work->arena, &text, &n, item_of(work, k)->address);
	}
	ret->group = item->group;
	ret->left_out = text ? named(work->arena, text, n) : NULL;
}

static void find_vfs(const struct work *work, struct hd_offered_device *ret, const struct hd_item *item)
{
	const char *text = NULL;
	size_t n = 0;

	for (size_t k = 0; k < work->query->inventory->n; k++)
		if (item_of(work, k)->physfn == item)
			add_name(work->arena, &text, &n, item_of(work, k)->address);
	if (text)
		ret->vfs = named(work->arena, text, n);
	else if (item->n_vfs > 0)
		ret->vfs = hd_printf(work->arena, "%d", item->n_vfs);
}

static void find_controller(const struct work *work, struct hd_offered_device *ret, const struct hd_item *item)
{
	for (size_t k = 0; item->kind != HD_DEVICE_PCI && item->has_pci && k < work->query->inventory->n; k++)
		if (item_of(work, k)->kind == HD_DEVICE_PCI && work->picked[k].by &&
		    !hd_pci_addr_compare(&item_of(work, k)->pci, &item->pci))
			ret->controller = item_of(work, k)->address;
}

/* Given away already: by VFIO to whoever has the group open, or to a running guest. */
static bool is_with_guests(const struct hd_item *item, const struct hd_device_verdict *verdict)
{
	if (item->kind != HD_DEVICE_PCI || item->driver_kind != HD_DRIVER_VFIO)
		return false;
	for (size_t i = 0; i < verdict->findings.n; i++)
		if (hd_finding_refuses(&verdict->findings.items[i]) &&
		    verdict->findings.items[i].check != &hd_check_iommu_group_exclusive)
			return false;
	return verdict->readiness != HD_READY || verdict->used_by;
}

static const char *refused_beside(struct hd_arena *arena, const struct hd_findings *together,
				  const struct hd_device_verdict *verdict)
{
	const char *text = NULL;

	for (size_t i = 0; i < together->n && verdict->readiness == HD_READY; i++)
		if (hd_finding_refuses(&together->items[i]) &&
		    !strcmp(together->items[i].subject, verdict->subject))
			hd_join(arena, &text, "%s: %s", together->items[i].check->id,
				together->items[i].evidence ? together->items[i].evidence : "unknown");
	return text;
}

static void add_device(struct work *work, size_t i, const struct hd_findings *together)
{
	const struct hd_device_verdict *verdict = &work->query->judgement->devices[i];
	const struct hd_item *item = item_of(work, i);
	struct hd_offered_device *ret = hd_append(work->arena, &work->ret->devices, &work->ret->n_devices,
						  sizeof(*ret));

	*ret = (struct hd_offered_device){
		.name = item->address, .by = work->picked[i].by, .findings = &verdict->findings,
		.subject = hd_printf(work->arena, "%s: %s", work->picked[i].by->subject, item->address),
		.is_with_guests = is_with_guests(item, verdict),
		.used_by = verdict->used_by ? hd_text_replaced(work->arena, verdict->used_by, '\n', ';') : NULL,
		.beside = refused_beside(work->arena, together, verdict),
	};
	find_left_out(work, ret, item);
	find_vfs(work, ret, item);
	find_controller(work, ret, item);
}

void hd_offered_devices(struct hd_offered *ret, struct hd_arena *arena, const struct hd_offered_query *query)
{
	size_t n = query->inventory->n;
	struct work work = { .arena = arena, .query = query, .ret = ret };
	bool *which = hd_alloc(arena, (n + 1) * sizeof(*which));
	struct hd_findings together;

	*ret = (struct hd_offered){ .n_entries = 0 };
	work.picked = hd_alloc(arena, (n + 1) * sizeof(*work.picked));
	add_entries(&work);
	for (size_t i = 0; i < n; i++)
		which[i] = work.picked[i].by && query->judgement->devices[i].readiness == HD_READY;
	hd_device_verdicts_together(&together, arena, query->judgement, which);
	for (size_t i = 0; i < n; i++)
		if (work.picked[i].by)
			add_device(&work, i, &together);
}
