/* SPDX-License-Identifier: GPL-2.0-or-later */
/* candidates.c - which of several equal devices does a guest get? */
#include "config.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "act/offers.h"
#include "act/candidates.h"
#include "base/ranges.h"
#include "facts/host/memory.h"
#include "inventory/machinery.h"

#define NODES_MAX 1024
#define NO_NODE (-1)

/* The only number in TEXT, as libvirt writes node sets; or NO_NODE. */
static int only_node(const char *text)
{
	int found = NO_NODE;

	for (int node = 0; node < NODES_MAX; node++) {
		if (!hd_ranges_has(text, (unsigned)node))
			continue;
		if (found != NO_NODE)
			return NO_NODE;
		found = node;
	}
	return found;
}

/* Do the guest's virtual processors run on this node alone? */
static bool is_pinned_to(const struct hd_request *guest, const struct hd_memory *memory, size_t at)
{
	for (size_t i = 0; i < guest->n_vcpu_pins; i++)
		for (size_t k = 0; k < memory->n_nodes; k++)
			if (hd_ranges_meet(guest->vcpu_pins[i], memory->nodes[k].cpus) != (k == at))
				return false;
	return guest->n_vcpu_pins > 0;
}

static int node_of_guest(const struct hd_request *guest, const struct hd_context *context)
{
	struct hd_memory memory = { 0 };

	if (guest->numa_nodeset)
		return only_node(guest->numa_nodeset);
	if (guest->n_vcpu_pins)
		hd_memory_read(&memory, &context->root, context->arena);
	for (size_t i = 0; i < memory.n_nodes; i++)
		if (is_pinned_to(guest, &memory, i))
			return memory.nodes[i].id;
	return NO_NODE;
}

static bool has_function(const struct hd_candidate *device, const struct hd_pci_addr *addr)
{
	for (size_t i = 0; i < device->n_functions; i++)
		if (!hd_pci_addr_compare(&device->functions[i].addr, addr))
			return true;
	return false;
}

/* Is ADDR one of its functions, or in the IOMMU group of one? */
static bool is_with(const struct hd_facts *facts, const struct hd_candidate *device,
		    const struct hd_pci_addr *addr)
{
	const struct hd_pci_facts *fn = hd_facts_fn(facts, addr);

	if (has_function(device, addr))
		return true;
	for (size_t i = 0; fn && fn->fn.group != HD_NO_GROUP && i < device->n_functions; i++) {
		const struct hd_pci_facts *own = hd_facts_fn(facts, &device->functions[i].addr);

		if (own && own->fn.group == fn->fn.group)
			return true;
	}
	return false;
}

static void note_claim(struct hd_candidate *device, struct hd_arena *arena,
		       const struct hd_guest_claim *claim, const struct hd_request *guest)
{
	if (guest->uuid[0] && !strcmp(claim->uuid, guest->uuid))
		device->is_held = device->is_held || claim->is_running;
	else if (!device->claimed_by || claim->is_running)
		device->claimed_by = hd_printf(arena, "guest '%s' %s it", claim->guest,
					       claim->is_running ? "has" : "is defined with");
}

static void note_claims(struct hd_candidate *device, struct hd_arena *arena,
			const struct hd_facts *facts, const struct hd_request *guest)
{
	for (size_t i = 0; i < facts->guests.n_claims; i++) {
		const struct hd_guest_claim *claim = &facts->guests.claims[i];

		if (is_with(facts, device, &claim->addr))
			note_claim(device, arena, claim, guest);
	}
	for (size_t i = 0; i < guest->n_hostdevs; i++)
		if (guest->hostdevs[i].kind == HD_DEVICE_PCI && guest->hostdevs[i].has_addr &&
		    has_function(device, &guest->hostdevs[i].addr))
			device->is_own = true;
}

static int by_nearness(const void *a, const void *b)
{
	const struct hd_candidate *x = a, *y = b;

	if (x->is_near != y->is_near)
		return x->is_near ? -1 : 1;
	return hd_pci_addr_compare(&x->item->pci, &y->item->pci);
}

static void fill_devices(struct hd_candidates *all, struct hd_context *context,
			 const struct hd_device_verdicts *judgement,
			 const struct hd_item *const *items, const struct hd_request *guest)
{
	all->node = node_of_guest(guest, context);
	all->n = judgement->n;
	all->devices = hd_alloc(context->arena, (all->n + 1) * sizeof(*all->devices));
	for (size_t i = 0; i < all->n; i++) {
		struct hd_candidate *device = &all->devices[i];

		*device = (struct hd_candidate){
			.item = items[i],
			.functions = judgement->devices[i].request.hostdevs,
			.n_functions = judgement->devices[i].request.n_hostdevs,
			.is_near = all->node != NO_NODE &&
				   items[i]->numa_node == all->node,
			.reason = hd_machinery_of(items[i]) ? "a part of the machine" :
				  hd_offer_reason_alone(context->arena, &all->inventory, items[i],
							&judgement->devices[i]),
		};
		note_claims(device, context->arena, &judgement->facts, guest);
	}
	qsort(all->devices, all->n, sizeof(*all->devices), by_nearness);
}

enum hd_exit hd_candidates_read(struct hd_candidates *ret, struct hd_context *context, const char *of,
			  const struct hd_request *guest, struct hd_error *err)
{
	_cleanup_(hd_device_verdicts_close) struct hd_device_verdicts judgement = { .n = 0 };
	const struct hd_item **items = NULL;
	size_t n = 0;
	enum hd_exit code;

	*ret = (struct hd_candidates){ .node = NO_NODE, .policy = &guest->policy };
	code = hd_any_of_read(&ret->of, context, of, err);
	if (code != HD_EXIT_OK)
		return code;
	if (hd_inventory_read(&ret->inventory, &context->root, context->arena,
			      HD_KIND_BIT(HD_DEVICE_PCI), HD_INVENTORY_ALL, err) < 0)
		return HD_EXIT_HOST;
	for (size_t i = 0; i < ret->inventory.n; i++)
		if (hd_any_of_has(&ret->of, &ret->inventory.items[i]))
			hd_push(context->arena, &items, &n, &ret->inventory.items[i]);
	if (!n)
		return HD_EXIT_OK;
	code = hd_device_verdicts_read(&judgement, context, items, n, false, &guest->policy, err);
	if (code == HD_EXIT_OK)
		fill_devices(ret, context, &judgement, items, guest);
	return code;
}

const struct hd_candidate *hd_candidates_find(const struct hd_candidates *all,
					      const struct hd_pci_addr *addr)
{
	for (size_t i = 0; i < all->n; i++)
		if (!hd_pci_addr_compare(&all->devices[i].item->pci, addr))
			return &all->devices[i];
	return NULL;
}

size_t hd_candidates_count_free(const struct hd_candidates *all)
{
	size_t n = 0;

	for (size_t i = 0; i < all->n; i++)
		n += hd_candidate_is_free(&all->devices[i]);
	return n;
}

enum hd_exit hd_candidates_choose(const struct hd_candidate **ret, struct hd_candidates *all,
			    struct hd_context *context, struct hd_error *err)
{
	*ret = NULL;
	for (size_t i = 0; !*ret && i < all->n; i++) {
		_cleanup_(hd_device_verdicts_close) struct hd_device_verdicts one = { .n = 0 };
		struct hd_candidate *device = &all->devices[i];

		if (!hd_candidate_is_free(device))
			continue;
		if (hd_device_verdicts_read(&one, context, &device->item, 1, true, all->policy, err) !=
		    HD_EXIT_OK)
			return HD_EXIT_HOST;
		device->reason = hd_offer_reason_alone(context->arena, &all->inventory,
						       device->item, one.devices);
		if (!device->reason)
			*ret = device;
	}
	return HD_EXIT_OK;
}

const char *hd_candidate_reason(struct hd_arena *arena, const struct hd_candidate *device)
{
	if (device->is_own)
		return "the guest is defined with it already";
	if (device->claimed_by && device->reason)
		return hd_printf(arena, "%s; %s", device->claimed_by, device->reason);
	if (device->claimed_by)
		return device->claimed_by;
	return device->reason ? device->reason : "free";
}
