/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * device_verdicts.c - what the checks say of many devices, each as if it alone were asked for.
 *
 * Facts are immutable, so that a part of them is a host too: for each device the
 * checks see its group alone, and nobody else's request.
 */
#include "config.h"

#include <string.h>

#include "act/checked_request.h"
#include "act/device_verdicts.h"
#include "base/text.h"
#include "element/element.h"

#define MAX_NAME 100

/* As if a guest had the elements that `xml` writes for it. */
static void ask_for(struct hd_request *request, const struct hd_context *context,
		    const struct hd_item *item)
{
	const struct hd_device_ref ref = {
		.kind = HD_DEVICE_PCI, .given = item->address, .name = item->address,
		.has_pci = true, .pci = item->pci,
	};
	struct hd_hostdev *dev;

	if (item->kind == HD_DEVICE_PCI) {
		hd_element_hostdevs(&request->hostdevs, &request->n_hostdevs, &context->root,
				    context->arena, &ref);
		return;
	}
	dev = hd_append(context->arena, &request->hostdevs, &request->n_hostdevs, sizeof(*dev));
	*dev = (struct hd_hostdev){
		.kind = item->kind, .vlan = -1,
		.usb_bus = item->bus, .usb_device = item->number,
		.path = item->kind == HD_DEVICE_SERIAL ? item->address : NULL,
		.mdev_uuid = item->kind == HD_DEVICE_MDEV ? item->address : NULL,
		.has_scsi = item->kind == HD_DEVICE_SCSI, .scsi = item->scsi,
	};
}

static void fill_query(struct hd_facts_query *ret, struct hd_arena *arena,
		       const struct hd_device_verdicts *judgement)
{
	struct hd_pci_addr *addrs = NULL;
	const struct hd_hostdev **named = NULL;
	size_t n_addrs = 0, n_named = 0;

	for (size_t i = 0; i < judgement->n; i++)
		for (size_t k = 0; k < judgement->devices[i].request.n_hostdevs; k++) {
			const struct hd_hostdev *dev = &judgement->devices[i].request.hostdevs[k];

			if (dev->kind == HD_DEVICE_PCI)
				*(struct hd_pci_addr *)hd_append(arena, &addrs, &n_addrs,
								 sizeof(*addrs)) = dev->addr;
			else
				*(const struct hd_hostdev **)hd_append(arena, &named, &n_named,
								       sizeof(*named)) = dev;
		}
	*ret = (struct hd_facts_query){
		.addrs = addrs, .n_addrs = n_addrs, .guest_uuid = "",
		.named = named, .n_named = n_named,
	};
}

/* The group of each element of REQUEST, in their order; looked up once for all functions of the host. */
static const int *groups_of(const struct hd_facts *facts, struct hd_arena *arena,
			    const struct hd_request *request)
{
	int *groups = hd_alloc(arena, (request->n_hostdevs + 1) * sizeof(*groups));

	for (size_t i = 0; i < request->n_hostdevs; i++) {
		const struct hd_pci_facts *wanted = request->hostdevs[i].kind == HD_DEVICE_PCI ?
			hd_facts_fn(facts, &request->hostdevs[i].addr) : NULL;

		groups[i] = wanted ? wanted->fn.group : HD_NO_GROUP;
	}
	return groups;
}

/* Is FN asked for, or in one of the GROUPS of those that are? */
static bool is_near(const struct hd_request *request, const int *groups, const struct hd_pci_fn *fn)
{
	for (size_t i = 0; i < request->n_hostdevs; i++) {
		if (request->hostdevs[i].kind != HD_DEVICE_PCI)
			continue;
		if (fn->group != HD_NO_GROUP && fn->group == groups[i])
			return true;
		if (!hd_pci_addr_compare(&request->hostdevs[i].addr, &fn->addr))
			return true;
	}
	return false;
}

/* The groups of what is asked for, and nobody else's request. */
static void narrow_functions(struct hd_facts *facts, struct hd_arena *arena,
			     const struct hd_request *request)
{
	struct hd_pci_facts *fns = NULL;
	const struct hd_pci_fn **displays = NULL;
	const int *groups = groups_of(facts, arena, request);
	size_t n = 0, n_displays = 0;

	for (size_t i = 0; i < facts->n_fns; i++) {
		struct hd_pci_facts *fn;

		if (!is_near(request, groups, &facts->fns[i].fn))
			continue;
		fn = hd_append(arena, &fns, &n, sizeof(*fn));
		*fn = facts->fns[i];
		fn->is_requested = hd_request_pci(request, &fn->fn.addr) != NULL;
		if (fn->is_requested && hd_pci_fn_is_display(&fn->fn))
			*(const struct hd_pci_fn **)hd_append(arena, &displays, &n_displays,
							      sizeof(*displays)) =
				&facts->fns[i].fn;
	}
	if (n_displays)
		facts->other_display = hd_display_other(&facts->displays, arena, displays,
							n_displays);
	facts->fns = fns;
	facts->n_fns = n;
}

/* Of *N facts of SIZE whose first member is their element, those of the N_DEVS elements DEVS. */
static void *only(struct hd_arena *arena, const void *all, size_t *n, size_t size,
		  const struct hd_hostdev *const *devs, size_t n_devs)
{
	void *kept = NULL;
	size_t n_kept = 0;

	for (size_t i = 0; i < *n; i++) {
		const char *at = (const char *)all + i * size;
		const struct hd_hostdev *asked;

		memcpy(&asked, at, sizeof(asked));
		for (size_t k = 0; k < n_devs; k++)
			if (asked == devs[k])
				memcpy(hd_append(arena, &kept, &n_kept, size), at, size);
	}
	*n = n_kept;
	return kept;
}

_Static_assert(offsetof(struct hd_usb_facts, hostdev) == 0, "only() needs it");
_Static_assert(offsetof(struct hd_serial_facts, hostdev) == 0, "only() needs it");
_Static_assert(offsetof(struct hd_mdev_facts, hostdev) == 0, "only() needs it");
_Static_assert(offsetof(struct hd_scsi_facts, hostdev) == 0, "only() needs it");

/* DEVS: the elements of REQUEST as the facts were collected for them. */
static struct hd_facts narrowed(const struct hd_facts *all, struct hd_arena *arena,
				const struct hd_request *request,
				const struct hd_hostdev *const *devs, size_t n)
{
	struct hd_facts facts = *all;

	narrow_functions(&facts, arena, request);
	facts.usbs = only(arena, facts.usbs, &facts.n_usbs, sizeof(*facts.usbs), devs, n);
	facts.serials = only(arena, facts.serials, &facts.n_serials, sizeof(*facts.serials), devs,
			     n);
	facts.mdevs = only(arena, facts.mdevs, &facts.n_mdevs, sizeof(*facts.mdevs), devs, n);
	facts.scsis = only(arena, facts.scsis, &facts.n_scsis, sizeof(*facts.scsis), devs, n);
	return facts;
}

/* As the checks call the device. */
static const char *subject_of(const struct hd_facts *facts, const struct hd_item *item)
{
	if (item->kind == HD_DEVICE_PCI)
		return item->address;
	if (facts->n_usbs)
		return facts->usbs->name;
	if (facts->n_serials)
		return facts->serials->name;
	if (facts->n_scsis)
		return facts->scsis->name;
	return facts->n_mdevs ? facts->mdevs->name : "";
}

static const char *holder_of(struct hd_arena *arena, const struct hd_facts *facts,
			     const struct hd_item *item)
{
	const struct hd_pci_facts *fn = item->kind == HD_DEVICE_PCI ?
					hd_facts_fn(facts, &item->pci) : NULL;

	return fn && fn->vfio_holder ? hd_text_printable(arena, fn->vfio_holder, MAX_NAME) : NULL;
}

/* What GUEST allows for these functions; that for others would be an error here. */
static void take_allowances(struct hd_policy *ret, struct hd_arena *arena,
			    const struct hd_policy *guest, const struct hd_facts *facts)
{
	struct hd_pci_addr addr;

	for (size_t i = 0; guest && i < guest->n_allows; i++)
		if (hd_pci_addr_parse(guest->allows[i].subject, &addr) && hd_facts_fn(facts, &addr))
			hd_push(arena, &ret->allows, &ret->n_allows, guest->allows[i]);
}

static void judge_one(struct hd_device_verdict *ret, const struct hd_facts *all,
		      struct hd_arena *arena, const struct hd_item *item,
		      const struct hd_policy *guest)
{
	const struct hd_hostdev *dev = ret->request.hostdevs;
	const struct hd_facts facts = narrowed(all, arena, &ret->request, &dev, 1);

	take_allowances(&ret->request.policy, arena, guest, &facts);
	hd_check_run(&ret->findings, arena, &ret->request, &facts);
	ret->readiness = hd_readiness_of(&ret->verdict, arena, &ret->findings);
	ret->needs = hd_needs_of(arena, &ret->findings);
	ret->never = hd_never_of(&ret->findings);
	ret->subject = subject_of(&facts, item);
	if (hd_item_is_hub(item))
		return;
	ret->used_by = hd_uses_of(arena, &ret->findings, ret->subject);
	if (!ret->used_by)
		ret->used_by = holder_of(arena, &facts, item);
}

enum hd_exit hd_device_verdicts_read(struct hd_device_verdicts *ret, struct hd_context *context,
				     const struct hd_item *const *items, size_t n, bool with_claims,
				     const struct hd_policy *guest, struct hd_error *err)
{
	struct hd_facts_query query;

	*ret = (struct hd_device_verdicts){ .n = n };
	ret->devices = hd_alloc(context->arena, n * sizeof(*ret->devices));
	for (size_t i = 0; i < n; i++)
		ask_for(&ret->devices[i].request, context, items[i]);
	fill_query(&query, context->arena, ret);
	query.lets_go = true;
	query.want = with_claims ? HD_WANT_ALL : HD_WANT_ALL & ~(unsigned)HD_WANT_CLAIMS;
	if (hd_facts_collect(&ret->facts, &context->root, context->arena, &query, err) < 0 ||
	    hd_add_journal_claims(&ret->facts.guests, context, "", err) < 0)
		return HD_EXIT_HOST;
	for (size_t i = 0; i < n; i++)
		judge_one(&ret->devices[i], &ret->facts, context->arena, items[i], guest);
	return HD_EXIT_OK;
}

void hd_device_verdicts_close(struct hd_device_verdicts *judgement)
{
	hd_facts_close(&judgement->facts);
	judgement->facts = (struct hd_facts){ 0 };
}

/* A function once, whoever's elements have it, and the other devices by the elements they had. */
static void ask_too(struct hd_request *request, const struct hd_hostdev ***devs, size_t *n,
		    struct hd_arena *arena, const struct hd_request *more)
{
	for (size_t i = 0; i < more->n_hostdevs; i++) {
		const struct hd_hostdev *dev = &more->hostdevs[i];

		if (dev->kind == HD_DEVICE_PCI && hd_request_pci(request, &dev->addr))
			continue;
		hd_push(arena, &request->hostdevs, &request->n_hostdevs, *dev);
		hd_push(arena, devs, n, dev);
	}
}

void hd_device_verdicts_together(struct hd_findings *ret, struct hd_arena *arena,
				 const struct hd_device_verdicts *judgement, const bool *which)
{
	struct hd_request request = { .n_hostdevs = 0 };
	const struct hd_hostdev **devs = NULL;
	struct hd_facts facts;
	size_t n = 0;

	for (size_t i = 0; i < judgement->n; i++)
		if (which[i])
			ask_too(&request, &devs, &n, arena, &judgement->devices[i].request);
	*ret = (struct hd_findings){ .n = 0 };
	if (!n)
		return;
	facts = narrowed(&judgement->facts, arena, &request, devs, n);
	hd_check_run(ret, arena, &request, &facts);
}
