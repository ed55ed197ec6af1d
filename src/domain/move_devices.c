/* SPDX-License-Identifier: GPL-2.0-or-later */
/* move_devices.c - a guest's definition with other devices of the host in the same places. */
#include "config.h"

#include <errno.h>
#include <libxml/tree.h>
#include <string.h>

#include "domain/move_devices.h"
#include "domain/policy.h"
#include "domain/xml_value.h"

/* Of the elements that no move has. */
struct staying {
	struct hd_pci_addr *items;
	size_t n;
};

struct moving {
	struct hd_xml_job job;
	struct staying *staying;
	const struct hd_device_move *moves;
	size_t n;
	bool *is_done;		/* of each */
};

static const struct hd_device_move *find_move(const struct moving *m, const struct hd_pci_addr *from)
{
	for (size_t i = 0; i < m->n; i++)
		if (!hd_pci_addr_compare(&m->moves[i].from, from))
			return &m->moves[i];
	return NULL;
}

/* The document is our own: what its readers see as constant may be changed here. */
static void set_attr(const xmlNode *node, const char *name, const char *value)
{
	if (!xmlSetProp((xmlNode *)node, (const xmlChar *)name, (const xmlChar *)value))
		hd_oom();
}

static void set_source(const struct moving *m, const xmlNode *address, const struct hd_pci_addr *to)
{
	struct hd_arena *arena = m->job.arena;

	set_attr(address, "domain", hd_printf(arena, "0x%04x", (unsigned)to->domain));
	set_attr(address, "bus", hd_printf(arena, "0x%02x", (unsigned)to->bus));
	set_attr(address, "slot", hd_printf(arena, "0x%02x", (unsigned)to->slot));
	set_attr(address, "function", hd_printf(arena, "0x%x", (unsigned)to->fn));
}

/* Those whose <source> has the address of a PCI function of the host. */
static bool has_function(const xmlNode *node)
{
	return (hd_xml_is(node, "hostdev") && hd_xml_attr_is(node, "type", "pci")) ||
	       (hd_xml_is(node, "interface") && hd_xml_attr_is(node, "type", "hostdev")) ||
	       (hd_xml_is(node, "disk") && hd_xml_attr_is(node, "type", "nvme"));
}

static int move_element(const struct moving *m, const xmlNode *node)
{
	const xmlNode *address = hd_xml_child(hd_xml_child(node, "source"), "address");
	const struct hd_device_move *move;
	struct hd_pci_addr addr;

	if (!has_function(node) || !address)
		return 0;
	if (hd_value_pci_addr(&m->job, address, &addr) < 0)
		return m->job.err->code;
	move = find_move(m, &addr);
	if (!move) {
		hd_push(m->job.arena, &m->staying->items, &m->staying->n, addr);
		return 0;
	}
	set_source(m, address, &move->to);
	m->is_done[move - m->moves] = true;
	return 0;
}

static void move_entry(const struct moving *m, const xmlNode *node)
{
	const char *text = hd_xml_attr(m->job.arena, node, "address");
	const struct hd_device_move *move;
	char name[HD_PCI_ADDR_SIZE];
	struct hd_pci_addr addr;

	if (!text || !hd_pci_addr_parse(text, &addr))
		return;
	move = find_move(m, &addr);
	if (!move)
		return;
	set_attr(node, "address", hd_pci_addr_format(&move->to, name));
	if (!hd_xml_attr(m->job.arena, node, "path"))
		return;
	if (move->path)
		set_attr(node, "path", move->path);
	else
		(void)xmlUnsetProp((xmlNode *)node, (const xmlChar *)"path");
}

/* Of a device that was detached, at an address that another one gets now: two entries are an error. */
static bool is_left(const struct moving *m, const xmlNode *node)
{
	const char *text = hd_xml_attr(m->job.arena, node, "address");
	struct hd_pci_addr addr;

	if (!text || !hd_pci_addr_parse(text, &addr) || find_move(m, &addr))
		return false;
	for (size_t i = 0; i < m->n; i++)
		if (!hd_pci_addr_compare(&m->moves[i].to, &addr))
			return true;
	return false;
}

static void change_entry(const struct moving *m, const xmlNode *node)
{
	if (!is_left(m, node)) {
		move_entry(m, node);
		return;
	}
	xmlUnlinkNode((xmlNode *)node);
	xmlFreeNode((xmlNode *)node);
}

static bool is_same_slot(const struct hd_pci_addr *a, const struct hd_pci_addr *b)
{
	return a->domain == b->domain && a->bus == b->bus && a->slot == b->slot;
}

/* Where the function ADDR of a card is that was followed: it may be a companion. */
static bool follow_card(const struct moving *m, struct hd_pci_addr *addr)
{
	const struct hd_device_move *move = find_move(m, addr);

	if (move && move->is_same_card)
		*addr = move->to;
	for (size_t i = 0; !move && i < m->n; i++)
		if (m->moves[i].is_same_card && is_same_slot(&m->moves[i].from, addr)) {
			const uint8_t fn = addr->fn;

			move = &m->moves[i];
			*addr = move->to;
			addr->fn = fn;
		}
	return move;
}

/* What another device had at the new place of a card is not that card's. */
static bool is_of_former(const struct moving *m, const struct hd_pci_addr *addr)
{
	for (size_t i = 0; i < m->n; i++)
		if (m->moves[i].is_same_card && is_same_slot(&m->moves[i].to, addr))
			return true;
	return false;
}

/* Virtual functions share a slot, whose cards and owners differ: one that stays keeps what it has. */
static bool stays(const struct moving *m, const struct hd_pci_addr *addr)
{
	for (size_t i = 0; i < m->staying->n; i++)
		if (!hd_pci_addr_compare(&m->staying->items[i], addr))
			return true;
	return false;
}

static void change_allowance(const struct moving *m, const xmlNode *node)
{
	const char *text = hd_xml_attr(m->job.arena, node, "subject");
	char name[HD_PCI_ADDR_SIZE];
	struct hd_pci_addr addr;

	if (!text || !hd_pci_addr_parse(text, &addr) || stays(m, &addr))
		return;
	if (follow_card(m, &addr)) {
		set_attr(node, "subject", hd_pci_addr_format(&addr, name));
		return;
	}
	if (!is_of_former(m, &addr))
		return;
	xmlUnlinkNode((xmlNode *)node);
	xmlFreeNode((xmlNode *)node);
}

static void move_metadata(const struct moving *m, const xmlNode *metadata)
{
	const xmlNode *next;

	for (const xmlNode *ours = hd_xml_first(metadata); ours; ours = hd_xml_next(ours)) {
		if (strcmp(hd_xml_namespace(ours), HD_POLICY_NAMESPACE) != 0)
			continue;
		for (const xmlNode *node = hd_xml_first(ours); node; node = next) {
			next = hd_xml_next(node);
			if (!strcmp(hd_xml_name(node), "device") || !strcmp(hd_xml_name(node), "any"))
				change_entry(m, node);
			else if (!strcmp(hd_xml_name(node), "allow"))
				change_allowance(m, node);
		}
	}
}

static int move_all(const struct moving *m, const xmlNode *domain)
{
	const xmlNode *node = hd_xml_first(hd_xml_child(domain, "devices"));
	char name[HD_PCI_ADDR_SIZE];
	int rc = 0;

	for (; rc == 0 && node; node = hd_xml_next(node))
		rc = move_element(m, node);
	for (size_t i = 0; rc == 0 && i < m->n; i++)
		if (!m->is_done[i])
			rc = hd_fail(m->job.err, -ENOENT, "the definition does not have %s any more",
				     hd_pci_addr_format(&m->moves[i].from, name));
	if (rc == 0)
		move_metadata(m, hd_xml_child(domain, "metadata"));
	return rc;
}

int hd_definition_move(const char **ret, struct hd_arena *arena, const char *xml, size_t length,
		       const struct hd_device_move *moves, size_t n, struct hd_error *err)
{
	struct staying staying = { .n = 0 };
	const struct moving m = {
		.job = { .arena = arena, .err = err }, .staying = &staying, .moves = moves, .n = n,
		.is_done = hd_alloc(arena, (n + 1) * sizeof(*m.is_done)),
	};
	_cleanup_(hd_xml_free) xmlDoc *read = NULL, *doc = NULL;
	_cleanup_(hd_xml_free_text) xmlChar *text = NULL;
	int size, rc = hd_xml_read(&read, xml, length, err);

	if (rc < 0)
		return rc;
	/* What the parser has made is compact, and must not be changed. */
	doc = xmlCopyDoc(read, 1);
	if (!doc)
		hd_oom();
	rc = move_all(&m, hd_xml_root(doc));
	if (rc < 0)
		return rc;
	xmlDocDumpMemory(doc, &text, &size);
	if (!text)
		hd_oom();
	*ret = hd_strdup(arena, (const char *)text);
	return 0;
}
