/* SPDX-License-Identifier: GPL-2.0-or-later */
/* guest_topology.c - will the guest see the devices in places where their drivers work? */
#include "config.h"

#include <inttypes.h>
#include <string.h>

#include "check/checks.h"

#define GIB (UINT64_C(1) << 30)
#define WINDOW_Q35 (32 * GIB) /* pci-hole64-size of q35, and OVMF's default aperture */

static bool is_placed(const struct hd_hostdev *dev)
{
	return dev->kind == HD_DEVICE_PCI && dev->has_addr && dev->guest.is_set;
}

static bool is_same_slot(const struct hd_pci_addr *a, const struct hd_pci_addr *b)
{
	return a->domain == b->domain && a->bus == b->bus && a->slot == b->slot;
}

/* What is wrong between two functions of the guest, or NULL. */
static const char *judge_pair(struct hd_arena *arena, const struct hd_hostdev *first,
			      const struct hd_hostdev *other)
{
	bool is_one_device = is_same_slot(&first->addr, &other->addr);
	bool is_one_slot = is_same_slot(&first->guest.addr, &other->guest.addr);
	const struct hd_hostdev *zero = first->guest.addr.fn ? other : first;
	char a[HD_PCI_ADDR_SIZE], b[HD_PCI_ADDR_SIZE];

	hd_pci_addr_format(&first->addr, a);
	hd_pci_addr_format(&other->addr, b);
	if (is_one_device && !is_one_slot)
		return hd_printf(arena, "%s and %s are functions of one device, but are "
				 "in two slots of the guest", a, b);
	if (is_one_slot && !zero->guest.addr.fn && !zero->guest.multifunction)
		return hd_printf(arena, "%s and %s share a slot of the guest, but its "
				 "function 0 lacks multifunction='on'", a, b);
	return NULL;
}

/* Is a host device of this guest on function 0 of the slot? */
static bool has_function_zero(const struct hd_request *request,
			      const struct hd_pci_addr *slot)
{
	for (size_t i = 0; i < request->n_hostdevs; i++) {
		const struct hd_hostdev *dev = &request->hostdevs[i];

		if (is_placed(dev) && is_same_slot(&dev->guest.addr, slot) &&
		    !dev->guest.addr.fn)
			return true;
	}
	return false;
}

/* The one device that belongs on the root bus: Intel's own graphics, in slot 2. */
static bool is_igd(const struct hd_facts *facts, const struct hd_hostdev *dev)
{
	const struct hd_pci_facts *pci = hd_facts_fn(facts, &dev->addr);

	return pci && pci->fn.vendor == 0x8086 && hd_pci_fn_is_display(&pci->fn);
}

static const char *judge_alone(const struct hd_subject *s, const struct hd_hostdev *dev)
{
	char host[HD_PCI_ADDR_SIZE], guest[HD_PCI_ADDR_SIZE];
	const char *machine = s->request->machine ? s->request->machine : "";

	hd_pci_addr_format(&dev->addr, host);
	hd_pci_addr_format(&dev->guest.addr, guest);
	if (dev->guest.addr.fn && !has_function_zero(s->request, &dev->guest.addr))
		return hd_printf(s->arena, "%s is at the guest's %s, where no host "
				 "device is at function 0", host, guest);
	if (strstr(machine, "q35") && !dev->guest.addr.bus && !is_igd(s->facts, dev))
		return hd_printf(s->arena, "%s is at the guest's %s, on the root bus "
				 "instead of behind a root port", host, guest);
	return NULL;
}

static uint64_t sum_of_bars(const struct hd_subject *s)
{
	uint64_t sum = 0;

	for (size_t i = 0; i < s->request->n_hostdevs; i++) {
		const struct hd_hostdev *dev = &s->request->hostdevs[i];
		const struct hd_pci_facts *pci;

		if (dev->kind != HD_DEVICE_PCI || !dev->has_addr)
			continue;
		pci = hd_facts_fn(s->facts, &dev->addr);
		if (pci && sum + pci->fn.bar_bytes >= sum)
			sum += pci->fn.bar_bytes;
	}
	return sum;
}

static void judge_places(const struct hd_subject *s, struct hd_result *ret)
{
	const struct hd_request *request = s->request;
	size_t n_told = 0;

	for (size_t i = 0; i < request->n_hostdevs && n_told < 8; i++) {
		const char *text;

		if (!is_placed(&request->hostdevs[i]))
			continue;
		text = judge_alone(s, &request->hostdevs[i]);
		/* One pair is enough for each function. */
		for (size_t j = i; !text && j-- > 0;)
			if (is_placed(&request->hostdevs[j]))
				text = judge_pair(s->arena, &request->hostdevs[j],
						  &request->hostdevs[i]);
		if (!text)
			continue;
		hd_join(s->arena, &ret->evidence, "%s", text);
		n_told++;
	}
}

static enum hd_verdict is_placed_well(const struct hd_subject *s, struct hd_result *ret)
{
	uint64_t bars = sum_of_bars(s), gib = (bars + GIB - 1) / GIB;

	judge_places(s, ret);
	if (bars > WINDOW_Q35) {
		hd_join(s->arena, &ret->evidence, "the memory of the devices is %" PRIu64 " GiB, "
			"more than the guest's 64-bit window of 32 GiB", gib);
		hd_advise(s, ret, "<pcihole64 unit='GiB'>%" PRIu64 "</pcihole64> in the guest's "
			  "pcie-root controller makes the window large enough", 2 * gib);
	}
	return ret->evidence ? HD_FAIL : HD_PASS;
}

const struct hd_check hd_check_guest_topology = {
	.id = "guest-topology",
	.scope = HD_SCOPE_GUEST,
	.severity = HD_WARNING,
	.title = "the guest sees the devices where their drivers expect them",
	.remedy = "give all functions of a device one slot of a pcie-root-port: the "
		  "<address> of function 0 with multifunction='on', the others with "
		  "their function",
	.doc = "The functions of one device belong in one slot of the guest, function 0 "
	       "with multifunction='on': drivers of graphics cards look for their audio "
	       "function there. On a q35 machine PCI Express devices belong behind root "
	       "ports (Intel's own graphics excepted), and the memory of all devices must "
	       "fit into the guest's 64-bit window, 32 GiB unless <pcihole64> says "
	       "otherwise. Source: the guest's XML, and the functions' resource in sysfs.",
	.is_for_pci = true,
	.run = is_placed_well,
};
