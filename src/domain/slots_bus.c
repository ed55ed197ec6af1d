/* SPDX-License-Identifier: GPL-2.0-or-later */
/* slots_bus.c - the models of a guest's PCI buses, and what its chipset keeps. */
#include "config.h"

#include <errno.h>
#include <string.h>

#include "domain/slots_bus.h"

/* libvirt src/conf/domain_addr.c, virDomainPCIAddressBusSetModel. */
static const struct hd_bus_model models[] = {
	{ "pci-root", HD_TAKES_PCI, 1, 31, false, true },
	{ "pcie-root", HD_TAKES_PCIE, 1, 31, false, false },
	{ "pci-bridge", HD_TAKES_PCI, 1, 31, false, true },
	{ "dmi-to-pci-bridge", HD_TAKES_PCI, 0, 31, false, false },
	{ "pcie-to-pci-bridge", HD_TAKES_PCI, 1, 31, false, true },
	{ "pcie-root-port", HD_TAKES_PCIE, 0, 0, true, true },
	{ "pcie-switch-downstream-port", HD_TAKES_PCIE, 0, 0, true, true },
	{ "pcie-switch-upstream-port", HD_TAKES_NOTHING, 0, 31, false, false },
	{ "pci-expander-bus", HD_TAKES_PCI, 0, 31, false, true },
	{ "pcie-expander-bus", HD_TAKES_NOTHING, 0, 31, false, false },
};

const struct hd_bus_model *hd_bus_model_find(const char *name)
{
	static const struct hd_bus_model unknown = { "unknown", HD_TAKES_NOTHING, 0, 31,
						     false, false };

	for (size_t i = 0; name && i < HD_ARRAY_SIZE(models); i++)
		if (!strcmp(name, models[i].name))
			return &models[i];
	return &unknown;
}

/*
 * What is there without an element, and what libvirt has a liking for, by
 * qemuDomainValidateDevicePCISlotsPIIX3 and ...Q35 (src/qemu/qemu_domain_address.c).
 */
static const struct {
	enum hd_slots_root root;
	uint8_t slot;
	const char *chipset;	/* NULL: only kept free for what libvirt puts there */
} fixed[] = {
	{ HD_SLOTS_PCI, 0, "the host bridge" },
	{ HD_SLOTS_PCI, 1, "the chipset (ISA bridge, IDE, USB, power management)" },
	{ HD_SLOTS_PCI, 2, NULL },	/* the first graphics card */
	{ HD_SLOTS_PCIE, 0, "the host bridge" },
	{ HD_SLOTS_PCIE, 1, NULL },	/* the first graphics card */
	{ HD_SLOTS_PCIE, 0x1a, NULL },	/* USB 2 controllers */
	{ HD_SLOTS_PCIE, 0x1b, NULL },	/* the sound device */
	{ HD_SLOTS_PCIE, 0x1d, NULL },	/* USB 2 controllers */
	{ HD_SLOTS_PCIE, 0x1e, NULL },	/* dmi-to-pci-bridge */
	{ HD_SLOTS_PCIE, 0x1f, "the chipset (ISA bridge, SATA, SMBus)" },
	{ HD_SLOTS_VIRT, 0, "the host bridge" },
};

const char *hd_slots_chipset(const struct hd_slots *slots, const struct hd_pci_addr *addr)
{
	for (size_t i = 0; !addr->bus && i < HD_ARRAY_SIZE(fixed); i++)
		if (fixed[i].root == slots->root && fixed[i].slot == addr->slot)
			return fixed[i].chipset;
	return NULL;
}

bool hd_slots_is_kept(const struct hd_slots *slots, unsigned bus, unsigned slot)
{
	for (size_t i = 0; !bus && i < HD_ARRAY_SIZE(fixed); i++)
		if (fixed[i].root == slots->root && fixed[i].slot == slot)
			return true;
	return false;
}

void hd_slots_take(struct hd_slots *slots, const struct hd_pci_addr *addr,
		   bool multifunction, const char *holder)
{
	struct hd_guest_bus *bus = &slots->buses[addr->bus];
	unsigned slot = addr->slot % HD_SLOTS_PER_BUS;

	bus->taken[slot] |= (uint8_t)(1u << (addr->fn & 7u));
	if (!addr->fn && multifunction)
		bus->is_multi |= UINT32_C(1) << slot;
	if (!bus->holder[slot])
		bus->holder[slot] = holder;
	if (addr->bus >= slots->n_buses)
		slots->n_buses = addr->bus + 1u;
	if (!bus->model)
		bus->model = hd_bus_model_find(NULL);
}

const char *hd_slots_holder(const struct hd_slots *slots, const struct hd_pci_addr *addr)
{
	const char *chipset = hd_slots_chipset(slots, addr);

	if (addr->domain)
		return NULL;
	return chipset ? chipset :
	       slots->buses[addr->bus].holder[addr->slot % HD_SLOTS_PER_BUS];
}

int hd_slots_node_of(const struct hd_slots *slots, unsigned bus)
{
	int at = (int)bus;

	/* Controllers of a hostile file may be each other's parents. */
	for (unsigned i = 0; i < HD_SLOTS_BUSES && at >= 0; i++) {
		if (slots->buses[at].node >= 0)
			return slots->buses[at].node;
		at = slots->buses[at].parent;
	}
	return -1;
}

bool hd_slots_parse(const char *text, struct hd_pci_addr *ret)
{
	size_t length = strlen(text);
	char whole[HD_PCI_ADDR_SIZE];
	struct hd_pci_addr addr;

	if (hd_pci_addr_parse(text, &addr)) {
		*ret = addr;
		return true;
	}
	if (length + 3 > sizeof(whole))
		return false;
	memcpy(whole, text, length);
	memcpy(whole + length, ".0", 3);
	if (!hd_pci_addr_parse(whole, &addr))
		return false;
	*ret = addr;
	return true;
}
