/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * test_slots_random.c - 10,000 random guests and cards: whatever is placed, the guest stays valid.
 *
 * What is proven is read from the finished XML by libxml2 alone, and not by the
 * code that placed it.  "test_slots_random DIR N" writes the first N guests that
 * this machine's libvirt may know, for tests/domain/test_slots_libvirt.sh to define them.
 */
#include "config.h"

#include <errno.h>
#include <libxml/parser.h>
#include <libxml/relaxng.h>
#include <libxml/tree.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "domain/slots.h"
#include "tests/support/domains.h"
#include "tests/support/unit.h"

#define N_GUESTS 10000
#define VALIDATE_EACH 100	/* by libvirt's schema, which takes its time */
#define SCHEMA "/usr/share/libvirt/schemas/domain.rng"
#define MAX_CARDS 12

struct maker {
	struct hd_arena *arena;
	uint64_t state;			/* of the random numbers */
	bool is_pcie;
	uint32_t taken[256];		/* slots, by bus */
	const char *models[256];
	unsigned n_buses, n_cards;
	const char *controllers, *devices;
};

/* xorshift64* (Marsaglia; Vigna): the same numbers on every machine. */
static unsigned below(struct maker *m, unsigned limit)
{
	m->state ^= m->state >> 12;
	m->state ^= m->state << 25;
	m->state ^= m->state >> 27;
	return (unsigned)((m->state * UINT64_C(2685821657736338717)) >> 33) % limit;
}

static const char *address(struct maker *m, unsigned bus, unsigned slot, unsigned fn, bool multi)
{
	return hd_printf(m->arena,
			 "<address type='pci' domain='0x0000' bus='0x%02x' slot='0x%02x' "
			 "function='0x%x'%s/>", bus, slot, fn, multi ? " multifunction='on'" : "");
}

/* A free slot from FIRST to LAST of the bus, taken; -1 if the one that is hit is not free. */
static int hit(struct maker *m, unsigned bus, unsigned first, unsigned last)
{
	unsigned slot = first + below(m, last - first + 1);

	if (m->taken[bus] & (UINT32_C(1) << slot))
		return -1;
	m->taken[bus] |= UINT32_C(1) << slot;
	return (int)slot;
}

static void add_controller(struct maker *m, const char *model, const char *inner)
{
	m->controllers = hd_printf(m->arena, "%s<controller type='pci' index='%u' model='%s'>%s"
				   "</controller>\n", m->controllers, m->n_buses, model, inner);
	m->models[m->n_buses++] = model;
}

static void add_rng(struct maker *m, const char *where)
{
	m->devices = hd_printf(m->arena, "%s<rng model='virtio'><backend model='random'>"
			       "/dev/urandom</backend>%s</rng>\n", m->devices, where);
}

/* Root ports, by eight on a slot of PARENT, some without an address. */
static void add_ports(struct maker *m, unsigned parent, unsigned first_slot)
{
	unsigned n = below(m, 20), group = 0;
	int slot = -1;

	for (unsigned i = 0; i < n; i++) {
		if (!parent && !below(m, 8)) {
			add_controller(m, "pcie-root-port", "");
			continue;
		}
		if (slot < 0 || group == 8) {
			slot = hit(m, parent, first_slot, 0x17);
			group = 0;
		}
		if (slot >= 0) {
			add_controller(m, "pcie-root-port",
				       address(m, parent, (unsigned)slot, group, !group));
			group++;
		}
	}
}

static const struct {
	const char *model;
	bool is_expander, needs_port;
	uint8_t first, last;		/* where it may be on its parent */
} pcie_models[] = {
	{ "pcie-to-pci-bridge", false, true, 0, 0 },
	{ "pcie-expander-bus", true, false, 2, 0x17 },
	{ "dmi-to-pci-bridge", false, false, 2, 0x17 },
};

static unsigned free_port(const struct maker *m)
{
	for (unsigned i = 1; i < m->n_buses; i++)
		if (!strcmp(m->models[i], "pcie-root-port") && !m->taken[i])
			return i;
	return 0;
}

static void add_bridge(struct maker *m)
{
	unsigned which = below(m, HD_ARRAY_SIZE(pcie_models));
	unsigned parent = pcie_models[which].needs_port ? free_port(m) : 0;
	const char *target = "";
	int slot;

	if (pcie_models[which].needs_port && !parent)
		return;
	slot = hit(m, parent, pcie_models[which].first, pcie_models[which].last);
	if (slot < 0)
		return;
	if (pcie_models[which].is_expander)
		target = hd_printf(m->arena, "<target busNr='%u'><node>%u</node></target>",
				   254 - 8 * m->n_cards++, below(m, 2));
	add_controller(m, pcie_models[which].model,
		       hd_printf(m->arena, "%s%s", target,
				 address(m, parent, (unsigned)slot, 0, false)));
	if (pcie_models[which].is_expander)
		add_ports(m, m->n_buses - 1, 0);
}

static void add_pci_bridges(struct maker *m)
{
	for (unsigned i = below(m, 3); i > 0; i--) {
		int slot = hit(m, 0, 3, 31);

		if (slot >= 0)
			add_controller(m, "pci-bridge",
				       address(m, 0, (unsigned)slot, 0, false));
	}
}

/* On a free slot of the bus, if there is one. */
static void add_to_bus(struct maker *m, unsigned bus, bool is_multi)
{
	bool is_port = !strcmp(m->models[bus], "pcie-root-port");
	int slot = hit(m, bus, is_port ? 0 : m->is_pcie ? 2 : 3,
		       is_port ? 0 : m->is_pcie ? 0x17 : 31);

	if (slot < 0)
		return;
	add_rng(m, address(m, bus, (unsigned)slot, 0, is_multi));
	if (is_multi)
		add_rng(m, address(m, bus, (unsigned)slot, 1 + below(m, 7), false));
}

/* Devices on slots that they may be on; a few with several functions; a few nowhere. */
static void add_devices(struct maker *m)
{
	bool has_floating = !below(m, 4);

	for (unsigned i = below(m, m->is_pcie ? 12 : 40); i > 0; i--) {
		unsigned bus = below(m, m->n_buses);
		bool is_multi = !below(m, 6);

		if (has_floating && !below(m, 3)) {
			add_rng(m, "");
			continue;
		}
		if (!strstr(m->models[bus], "expander"))
			add_to_bus(m, bus, is_multi);
	}
}

static const char *make_head(struct maker *m, unsigned number)
{
	static const char *const pcie[] = { "q35", "pc-q35-7.2" };
	static const char *const pc[] = { "pc", "pc-i440fx-7.2" };

	return hd_printf(m->arena,
		"<name>random-%u</name><memory unit='KiB'>65536</memory><vcpu>2</vcpu>%s"
		"<os><type arch='x86_64' machine='%s'>hvm</type></os><cpu><numa>"
		"<cell id='0' cpus='0' memory='32768' unit='KiB'/>"
		"<cell id='1' cpus='1' memory='32768' unit='KiB'/></numa></cpu>\n", number,
		below(m, 2) ? "<numatune><memnode cellid='0' mode='strict' nodeset='1'/>"
		"<memnode cellid='1' mode='strict' nodeset='0'/></numatune>" : "",
		m->is_pcie ? pcie[below(m, 2)] : pc[below(m, 2)]);
}

static const char *make_guest(struct maker *m, const char *added, const char *hostdevs,
			      const char *head)
{
	return hd_printf(m->arena, "<domain type='qemu'>%s<devices>\n%s%s%s%s"
			 "<controller type='usb' model='none'/><memballoon model='none'/>"
			 "</devices></domain>\n", head, m->controllers, added, m->devices, hostdevs);
}

static void make_buses(struct maker *m)
{
	m->is_pcie = below(m, 3);
	m->controllers = m->devices = "";
	m->taken[0] = m->is_pcie ? 1 : 3;
	add_controller(m, m->is_pcie ? "pcie-root" : "pci-root", "");
	if (m->is_pcie) {
		add_ports(m, 0, 2);
		for (unsigned i = below(m, 3); i > 0; i--)
			add_bridge(m);
	} else {
		add_pci_bridges(m);
	}
	add_devices(m);
}

/* Some of the functions 0 to 7, at least one. */
static size_t some_fns(struct maker *m, uint8_t ret[static 8])
{
	unsigned bits = below(m, 3) ? 1u << below(m, 2) : 1 + below(m, 255);
	size_t n = 0;

	for (uint8_t fn = 0; fn < 8; fn++)
		if (bits & (1u << fn))
			ret[n++] = fn;
	return n;
}

static const char *show_hostdevs(struct maker *m, const char *before, unsigned card,
				 const uint8_t *fns, const struct hd_guest_addr *guests, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		const struct hd_pci_addr *at = &guests[i].addr;

		assert_true(guests[i].is_set);
		before = hd_printf(m->arena,
			"%s<hostdev mode='subsystem' type='pci' managed='no'><source><address "
			"domain='0x0000' bus='0x%02x' slot='0x00' function='0x%x'/></source>%s"
			"</hostdev>\n", before, card + 1, fns[i],
			address(m, at->bus, at->slot, at->fn, guests[i].multifunction));
	}
	return before;
}

static const char *show_added(struct maker *m, const struct hd_slots *slots)
{
	const char *text = "";

	for (size_t i = 0; i < slots->n_added; i++) {
		const struct hd_guest_controller *c = &slots->added[i];
		const struct hd_pci_addr *at = &c->guest.addr;

		text = hd_printf(m->arena, "%s<controller type='pci' index='%u' model='%s'>"
				 "<model name='%s'/>%s%s</controller>\n", text, c->index, c->model,
				 c->model_name, c->port < 0 ? "" :
				 hd_printf(m->arena, "<target chassis='%d' port='%d'/>", c->chassis,
					   c->port),
				 address(m, at->bus, at->slot, at->fn, c->guest.multifunction));
	}
	return text;
}

/* Places some cards; what does not fit must have changed nothing. */
static const char *place_cards(struct maker *m, struct hd_slots *slots)
{
	const char *text = "";
	unsigned n_cards = 1 + below(m, MAX_CARDS);

	for (unsigned card = 0; card < n_cards; card++) {
		struct hd_pci_addr wanted = { .bus = (uint8_t)below(m, slots->n_buses + 2),
					      .slot = (uint8_t)below(m, below(m, 2) ? 2 : 32) };
		struct hd_guest_addr guests[8];
		struct hd_error err;
		uint8_t fns[8];
		struct hd_slots_ask ask = { .name = "card", .fns = fns, .host_node = -1 };
		size_t n_added = slots->n_added;
		int rc;

		ask.n = some_fns(m, fns);
		ask.is_conventional = !below(m, 4);
		ask.wanted = below(m, 4) ? NULL : &wanted;
		ask.host_node = (int)below(m, 3) - 1;
		rc = hd_slots_place(slots, &ask, guests, &err);
		if (rc == 0)
			text = show_hostdevs(m, text, card, fns, guests, ask.n);
		else
			assert_int_equal(slots->n_added, n_added);
		if (rc < 0 && !ask.wanted)
			assert_int_equal(rc, -ENOSPC);
	}
	return text;
}

static const char *make(struct hd_arena *arena, unsigned number)
{
	struct maker m = { .arena = arena, .state = UINT64_C(0x9e3779b97f4a7c15) * (number + 1) };
	struct hd_slots slots;
	struct hd_error err = { 0 };
	const char *guest, *head, *hostdevs;

	make_buses(&m);
	head = make_head(&m, number);
	guest = make_guest(&m, "", "", head);
	if (hd_slots_read(&slots, arena, guest, strlen(guest), &err) < 0)
		fail_msg("guest %u: %s\n%s", number, err.text, guest);
	hostdevs = place_cards(&m, &slots);
	return make_guest(&m, show_added(&m, &slots), hostdevs, head);
}

/* What the finished guest says, by libxml2 alone. */
struct judged {
	uint8_t fns[256][32];
	bool is_multi[256][32], is_hostdev[256][32];
	bool has_index[256];
	bool is_port[256];
	bool is_pcie;
	unsigned number;
};

static const xmlNode *child(const xmlNode *node, const char *name)
{
	for (node = node ? node->children : NULL; node; node = node->next)
		if (node->type == XML_ELEMENT_NODE && !strcmp((const char *)node->name, name))
			return node;
	return NULL;
}

static unsigned number_of(const xmlNode *node, const char *name)
{
	xmlChar *text = xmlGetProp(node, (const xmlChar *)name);
	unsigned value = text ? (unsigned)strtoul((const char *)text, NULL, 0) : 0;

	xmlFree(text);
	return value;
}

static bool is(const xmlNode *node, const char *name, const char *value)
{
	xmlChar *text = xmlGetProp(node, (const xmlChar *)name);
	bool same = text && !strcmp((const char *)text, value);

	xmlFree(text);
	return same;
}

static void judge_address(struct judged *j, const xmlNode *device)
{
	const xmlNode *node = child(device, "address");
	unsigned bus, slot, fn;

	if (!node)
		return;
	bus = number_of(node, "bus");
	slot = number_of(node, "slot");
	fn = number_of(node, "function");
	assert_true(bus < 256 && slot < 32 && fn < 8);
	if (j->fns[bus][slot] & (1u << fn))
		fail_msg("guest %u: %02x:%02x.%u is used twice", j->number, bus, slot, fn);
	j->fns[bus][slot] |= (uint8_t)(1u << fn);
	if (!fn && is(node, "multifunction", "on"))
		j->is_multi[bus][slot] = true;
	if (!strcmp((const char *)device->name, "hostdev"))
		j->is_hostdev[bus][slot] = true;
}

static void judge_controller(struct judged *j, const xmlNode *node)
{
	unsigned index = number_of(node, "index");

	if (strcmp((const char *)node->name, "controller") != 0 || !is(node, "type", "pci"))
		return;
	assert_true(index < 256);
	if (j->has_index[index])
		fail_msg("guest %u: index %u is used twice", j->number, index);
	j->has_index[index] = true;
	j->is_port[index] = is(node, "model", "pcie-root-port");
	j->is_pcie |= is(node, "model", "pcie-root");
}

static bool is_of_the_chipset(const struct judged *j, unsigned bus, unsigned slot)
{
	return !bus && (!slot || slot == (j->is_pcie ? 0x1f : 1));
}

static void judge_slot(const struct judged *j, unsigned bus, unsigned slot)
{
	unsigned fns = j->fns[bus][slot];

	if (!fns)
		return;
	if (!j->has_index[bus])
		fail_msg("guest %u: there is no bus %u", j->number, bus);
	if (!(fns & 1))
		fail_msg("guest %u: %02x:%02x has no function 0", j->number, bus, slot);
	if (fns != 1 && !j->is_multi[bus][slot])
		fail_msg("guest %u: %02x:%02x lacks multifunction", j->number, bus, slot);
	if (slot && j->is_port[bus])
		fail_msg("guest %u: %02x:%02x is beyond its port", j->number, bus, slot);
	if (j->is_hostdev[bus][slot] && is_of_the_chipset(j, bus, slot))
		fail_msg("guest %u: %02x:%02x is the chipset's", j->number, bus, slot);
}

static void judge(const xmlDoc *doc, unsigned number)
{
	const xmlNode *devices = child(xmlDocGetRootElement(doc), "devices"), *node;
	struct judged j = { .number = number };

	for (node = devices ? devices->children : NULL; node; node = node->next) {
		if (node->type != XML_ELEMENT_NODE)
			continue;
		judge_controller(&j, node);
		judge_address(&j, node);
	}
	for (unsigned bus = 0; bus < 256; bus++)
		for (unsigned slot = 0; slot < 32; slot++)
			judge_slot(&j, bus, slot);
}

static xmlRelaxNGValidCtxtPtr open_schema(xmlRelaxNGPtr *schema)
{
	xmlRelaxNGParserCtxtPtr parser;

	*schema = NULL;
	if (access(SCHEMA, R_OK) < 0)
		return NULL;
	parser = xmlRelaxNGNewParserCtxt(SCHEMA);
	*schema = xmlRelaxNGParse(parser);
	xmlRelaxNGFreeParserCtxt(parser);
	return *schema ? xmlRelaxNGNewValidCtxt(*schema) : NULL;
}

static void guests_stay_valid(void **state)
{
	xmlRelaxNGPtr schema;
	xmlRelaxNGValidCtxtPtr validator = open_schema(&schema);

	(void)state;
	for (unsigned i = 0; i < N_GUESTS; i++) {
		struct hd_arena arena = { 0 };
		const char *xml = make(&arena, i);
		xmlDoc *doc = xmlReadMemory(xml, (int)strlen(xml), NULL, NULL, 0);

		assert_non_null(doc);
		judge(doc, i);
		if (validator && i % VALIDATE_EACH == 0)
			assert_int_equal(xmlRelaxNGValidateDoc(validator, doc), 0);
		xmlFreeDoc(doc);
		hd_arena_done(&arena);
	}
	xmlRelaxNGFreeValidCtxt(validator);
	xmlRelaxNGFree(schema);
}

static void same_guest_each_time(void **state)
{
	for (unsigned i = 0; i < 50; i++)
		assert_string_equal(make(*state, i), make(*state, i));
}

static int write_guests(const char *dir, unsigned n)
{
	for (unsigned i = 0; i < n; i++) {
		struct hd_arena arena = { 0 };
		FILE *file = fopen(hd_printf(&arena, "%s/%u.xml", dir, i), "we");

		if (!file || fputs(make(&arena, i), file) < 0 || fclose(file) != 0)
			return 1;
		hd_arena_done(&arena);
	}
	return 0;
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(guests_stay_valid),
		DOMAIN_TEST(same_guest_each_time),
	};

	if (argc == 3)
		return write_guests(argv[1], (unsigned)strtoul(argv[2], NULL, 10));
	return cmocka_run_group_tests(tests, NULL, NULL);
}
