/* SPDX-License-Identifier: GPL-2.0-or-later */
/* slots.c - reads a guest's PCI topology: machine, controllers, nodes, taken addresses. */
#include "config.h"

#include <string.h>

#include "base/text.h"
#include "domain/slots_internal.h"
#include "domain/xml_value.h"

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

#define MAX_CELLS 1024

/* Ids of cells are given, or counted (virDomainNumaDefParseXML): only the number counts. */
static unsigned count_cells(const struct _xmlNode *domain)
{
	const struct _xmlNode *numa = hd_xml_child(hd_xml_child(domain, "cpu"), "numa");
	const struct _xmlNode *cell;
	unsigned n = 0;

	for (cell = hd_xml_first(numa); cell && n < MAX_CELLS; cell = hd_xml_next(cell))
		n += hd_xml_is(cell, "cell");
	return n;
}

/* One node of the host; a set of several is near to none of them. */
static bool read_one(const struct hd_xml_job *job, const struct _xmlNode *node, const char *attr,
		     uint64_t *ret)
{
	return hd_value_u64(job, node, attr, ret) && *ret < MAX_CELLS;
}

/* Reads what is of use here from <cpu> and <numatune>. */
static void read_nodes(const struct hd_xml_job *job, struct hd_slots *slots,
		       const struct _xmlNode *domain)
{
	const struct _xmlNode *tune = hd_xml_child(domain, "numatune"), *node;
	unsigned n_cells = count_cells(domain);

	if (n_cells < 2)
		return;
	for (node = hd_xml_first(tune); node; node = hd_xml_next(node)) {
		struct hd_guest_node *pair;
		uint64_t guest, host;

		if (!hd_xml_is(node, "memnode") ||
		    !read_one(job, node, "cellid", &guest) ||
		    !read_one(job, node, "nodeset", &host) ||
		    slots->n_nodes >= MAX_CELLS)
			continue;
		pair = hd_append(slots->arena, &slots->nodes, &slots->n_nodes, sizeof(*pair));
		*pair = (struct hd_guest_node){ (unsigned)guest, (unsigned)host };
	}
}

#define MAX_MACHINE 64
#define MAX_NAME 32
#define MAX_NODE 1023

/* Machine types by the beginning of their name, the first that fits; "" is all of ARCH. */
static const struct {
	const char *arch;	/* NULL: any */
	const char *machine;
	enum hd_slots_root root;
} machines[] = {
	{ NULL, "pc-q35", HD_SLOTS_PCIE },
	{ NULL, "q35", HD_SLOTS_PCIE },
	{ NULL, "pc-", HD_SLOTS_PCI },
	{ NULL, "pc", HD_SLOTS_PCI },
	{ "aarch64", "virt", HD_SLOTS_VIRT },
	{ "riscv64", "virt", HD_SLOTS_VIRT },
	{ "loongarch64", "virt", HD_SLOTS_VIRT },
	{ NULL, "virt-", HD_SLOTS_VIRT },
};

/* Without a machine libvirt takes the first that QEMU names: pc for a long time now. */
static const char *default_machine(const char *arch)
{
	if (!arch || !strcmp(arch, "x86_64") || !strcmp(arch, "i686"))
		return "pc";
	return "virt";
}

static void read_machine(struct hd_slots *slots, const struct _xmlNode *domain)
{
	const struct _xmlNode *type = hd_xml_child(hd_xml_child(domain, "os"), "type");
	const char *arch = hd_xml_attr(slots->arena, type, "arch");
	const char *machine = hd_xml_attr(slots->arena, type, "machine");

	slots->machine = machine ? hd_text_printable(slots->arena, machine, MAX_MACHINE) : "";
	if (!machine)
		machine = default_machine(arch);
	for (size_t i = 0; i < HD_ARRAY_SIZE(machines); i++) {
		if (!hd_text_starts_with(machine, machines[i].machine) ||
		    (machines[i].arch && (!arch || strcmp(arch, machines[i].arch) != 0)))
			continue;
		slots->root = machines[i].root;
		break;
	}
	if (slots->root == HD_SLOTS_UNKNOWN)
		return;
	slots->buses[0].model =
		hd_bus_model_find(slots->root == HD_SLOTS_PCI ? "pci-root" : "pcie-root");
	slots->n_buses = 1;
}

static bool is_pci_controller(const struct _xmlNode *node)
{
	return hd_xml_is(node, "controller") && hd_xml_attr_is(node, "type", "pci");
}

static const char *describe(struct hd_arena *arena, const struct _xmlNode *node)
{
	return hd_printf(arena, "<%s> of line %u",
			 hd_text_printable(arena, hd_xml_name(node), MAX_NAME),
			 hd_xml_line(node));
}

/* The guest's address of the device: 1 if it has one, 0, or -EINVAL. */
static int read_address(const struct hd_xml_job *job, const struct _xmlNode *device,
			struct hd_guest_addr *ret)
{
	const struct _xmlNode *address = hd_xml_child(device, "address");

	*ret = (struct hd_guest_addr){ 0 };
	if (!hd_xml_attr_is(address, "type", "pci"))
		return 0;
	if (hd_value_pci_addr(job, address, &ret->addr) < 0 ||
	    hd_value_choice(job, address, "multifunction", hd_on_off, &ret->multifunction) < 0)
		return job->err->code;
	/* libvirt gives no bus to <address type='pci'/> alone: it fills it in. */
	ret->is_set = hd_xml_attr(job->arena, address, "bus") ||
		      hd_xml_attr(job->arena, address, "slot");
	return ret->is_set;
}

static void note_place(struct hd_slots *slots, struct hd_guest_bus *bus,
		       const struct hd_guest_addr *guest)
{
	if (guest->is_set && !guest->addr.domain) {
		bus->parent = guest->addr.bus;
		if (bus->model->is_port && !guest->addr.fn)
			slots->buses[bus->parent].is_ports |=
				UINT32_C(1) << (guest->addr.slot & 31u);
		return;
	}
	slots->n_floating++;
	/* Where libvirt puts it may be what we would give to a card. */
	if (slots->root == HD_SLOTS_PCI || !bus->model->is_port)
		slots->has_unplaced = true;
}

static void read_target(const struct hd_xml_job *job, struct hd_guest_bus *bus,
			const struct _xmlNode *target)
{
	const char *node = hd_xml_text(job->arena, hd_xml_child(target, "node"));
	uint64_t number;

	bus->no_plug = hd_xml_attr_is(target, "hotplug", "off");
	if (node && hd_text_u64(node, &number) && number <= MAX_NODE)
		bus->node = (int)number;
}

static int set_bus(const struct hd_xml_job *job, struct hd_slots *slots,
		   const struct _xmlNode *node, unsigned index)
{
	struct hd_guest_bus *bus = &slots->buses[index];
	struct hd_guest_addr guest;
	int rc = read_address(job, node, &guest);

	if (rc < 0)
		return rc;
	if (index || !bus->model)
		bus->model = hd_bus_model_find(hd_xml_attr(job->arena, node, "model"));
	if (index >= slots->n_buses)
		slots->n_buses = index + 1;
	read_target(job, bus, hd_xml_child(node, "target"));
	if (index)
		note_place(slots, bus, &guest);
	return 0;
}

/* The lowest that nobody has, as virDomainAssignControllerIndexes. */
static int lowest_index(const bool *used)
{
	for (unsigned i = 0; i < HD_SLOTS_BUSES; i++)
		if (!used[i])
			return (int)i;
	return -1;
}

/* Those with an index first: they decide what the others get. */
static int read_controllers(const struct hd_xml_job *job, struct hd_slots *slots,
			    const struct _xmlNode *devices, bool *used, bool with_index)
{
	static const struct hd_range range = { "index", 0, HD_SLOTS_BUSES - 1, false };
	const struct _xmlNode *node;

	for (node = hd_xml_first(devices); node; node = hd_xml_next(node)) {
		uint64_t value = 0;
		int index, rc;

		if (!is_pci_controller(node))
			continue;
		rc = hd_value_number(job, node, &range, &value);
		if (rc < 0)
			return rc;
		if ((rc == 1) != with_index)
			continue;
		index = with_index ? (int)value : lowest_index(used);
		if (index < 0)
			return hd_element_bad(job, node, "more than %d PCI controllers",
					      HD_SLOTS_BUSES);
		if (with_index && used[index])
			return hd_value_bad(job, node, "index", "is used twice");
		used[index] = true;
		if (set_bus(job, slots, node, (unsigned)index) < 0)
			return job->err->code;
	}
	return 0;
}

static bool is_virtio_disk(const struct _xmlNode *node)
{
	return hd_xml_is(node, "disk") &&
	       hd_xml_attr_is(hd_xml_child(node, "target"), "bus", "virtio");
}

/* Could it be one that libvirt gives a PCI address?  To err is harmless: a port more. */
static bool may_want_address(const struct _xmlNode *node)
{
	static const char *const names[] = { "interface", "video", "memballoon", "rng",
					     "filesystem", "vsock", "shmem" };
	static const char *const controllers[] = { "scsi", "virtio-serial", "usb" };
	const struct _xmlNode *model = hd_xml_child(node, "model");

	if (hd_xml_attr_is(node, "model", "none") || hd_xml_attr_is(model, "type", "none"))
		return false;
	if (hd_xml_is(node, "hostdev"))
		return hd_xml_attr_is(node, "type", "pci") || hd_xml_attr_is(node, "type", "mdev");
	for (size_t i = 0; i < HD_ARRAY_SIZE(names); i++)
		if (hd_xml_is(node, names[i]))
			return true;
	for (size_t i = 0; i < HD_ARRAY_SIZE(controllers); i++)
		if (hd_xml_is(node, "controller") && hd_xml_attr_is(node, "type", controllers[i]))
			return true;
	return is_virtio_disk(node);
}

static void read_disk(struct hd_slots *slots, const struct _xmlNode *node)
{
	const char *name = hd_xml_attr(slots->arena, hd_xml_child(node, "target"), "dev");

	if (hd_xml_is(node, "disk") && name)
		hd_push(slots->arena, &slots->disks, &slots->n_disks, name);
}

static int read_devices(const struct hd_xml_job *job, struct hd_slots *slots,
			const struct _xmlNode *devices)
{
	const struct _xmlNode *node;

	for (node = hd_xml_first(devices); node; node = hd_xml_next(node)) {
		struct hd_guest_addr addr;
		int rc = read_address(job, node, &addr);

		if (rc < 0)
			return rc;
		read_disk(slots, node);
		if (rc && !addr.addr.domain)
			hd_slots_take(slots, &addr.addr, addr.multifunction,
				      describe(job->arena, node));
		else if (!rc && may_want_address(node) &&
			 (!hd_xml_child(node, "address") ||
			  hd_xml_attr_is(hd_xml_child(node, "address"), "type", "pci")))
			slots->has_unplaced = true;
	}
	return 0;
}

static int read_domain(const struct hd_xml_job *job, struct hd_slots *slots,
		       const struct _xmlNode *domain)
{
	const struct _xmlNode *devices = hd_xml_child(domain, "devices");
	bool used[HD_SLOTS_BUSES] = { false };

	read_machine(slots, domain);
	if (read_controllers(job, slots, devices, used, true) < 0 ||
	    read_controllers(job, slots, devices, used, false) < 0 ||
	    read_devices(job, slots, devices) < 0)
		return job->err->code;
	read_nodes(job, slots, domain);
	return 0;
}

int hd_slots_read(struct hd_slots *ret, struct hd_arena *arena, const char *xml,
		  size_t length, struct hd_error *err)
{
	_cleanup_(hd_xml_free) struct _xmlDoc *doc = NULL;
	const struct hd_xml_job job = { .arena = arena, .err = err };
	struct hd_slots slots = { .arena = arena };
	const struct _xmlNode *domain;
	int rc = hd_domain_read(&job, &doc, &domain, xml, length);

	if (rc < 0)
		return rc;
	slots.buses = hd_alloc(arena, HD_SLOTS_BUSES * sizeof(*slots.buses));
	for (unsigned i = 0; i < HD_SLOTS_BUSES; i++)
		slots.buses[i].node = slots.buses[i].parent = -1;
	rc = read_domain(&job, &slots, domain);
	if (rc < 0)
		return rc;
	*ret = slots;
	return 0;
}
