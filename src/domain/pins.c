/* SPDX-License-Identifier: GPL-2.0-or-later */
/* pins.c - writes what a guest's metadata pins. */
#include "config.h"

#include <errno.h>
#include <libxml/tree.h>
#include <string.h>

#include "domain/pins.h"
#include "domain/xml.h"

static void free_buffer(xmlBufferPtr *buffer)
{
	xmlBufferFree(*buffer);
}

/* libxml2 gives NULL only when there is no memory. */
static void *must(void *pointer)
{
	if (!pointer)
		hd_oom();
	return pointer;
}

static const xmlNode *find_ours(const xmlDoc *doc)
{
	const xmlNode *domain = hd_xml_root(doc), *node;

	node = hd_xml_first(hd_xml_child(domain, "metadata"));
	while (node && (strcmp(hd_xml_namespace(node), HD_POLICY_NAMESPACE) != 0 ||
			strcmp(hd_xml_name(node), "hostdevctl") != 0))
		node = hd_xml_next(node);
	return node;
}

/* Blanks between elements would stand beside the new ones; they are made anew. */
static xmlNode *make_root(xmlDoc *doc, const xmlNode *ours)
{
	xmlNode *root = must(xmlNewDocNode(doc, NULL, (const xmlChar *)"hostdevctl", NULL));
	const xmlNode *child = ours ? ours->children : NULL;

	xmlDocSetRootElement(doc, root);
	for (; child; child = child->next) {
		xmlNode *copy;

		if (child->type != XML_ELEMENT_NODE && child->type != XML_COMMENT_NODE)
			continue;
		copy = must(xmlDocCopyNode((xmlNode *)(uintptr_t)child, doc, 1));
		xmlSetNs(copy, NULL);
		xmlAddChild(root, copy);
	}
	return root;
}

static bool is_pin_of(struct hd_arena *arena, const xmlNode *node, const struct hd_pci_addr *addr)
{
	const char *text;
	struct hd_pci_addr own;

	if (node->type != XML_ELEMENT_NODE || strcmp((const char *)node->name, "device") != 0)
		return false;
	text = hd_xml_attr(arena, node, "address");
	return text && hd_pci_addr_parse(text, &own) && !hd_pci_addr_compare(&own, addr);
}

static void drop_pin(struct hd_arena *arena, xmlNode *root, const struct hd_pci_addr *addr)
{
	xmlNode *next;

	for (xmlNode *node = root->children; node; node = next) {
		next = node->next;
		if (!is_pin_of(arena, node, addr))
			continue;
		xmlUnlinkNode(node);
		xmlFreeNode(node);
	}
}

static void set(xmlNode *node, const char *name, const char *value)
{
	if (value)
		(void)must(xmlNewProp(node, (const xmlChar *)name, (const xmlChar *)value));
}

static void add_pin(struct hd_arena *arena, xmlNode *root, const struct hd_pin *pin)
{
	xmlNode *node = must(xmlNewChild(root, NULL, (const xmlChar *)"device", NULL));
	const struct {
		const char *name;
		int id;
	} ids[] = {
		{ "vendor", pin->vendor },
		{ "device", pin->device },
		{ "subsystem_vendor", pin->subsystem_vendor },
		{ "subsystem_device", pin->subsystem_device },
	};
	char name[HD_PCI_ADDR_SIZE];

	set(node, "address", hd_pci_addr_format(&pin->addr, name));
	for (size_t i = 0; i < HD_ARRAY_SIZE(ids); i++)
		if (ids[i].id >= 0)
			set(node, ids[i].name, hd_printf(arena, "0x%04x", (unsigned)ids[i].id));
	set(node, "serial", pin->serial);
	set(node, "path", pin->path);
}

static const char *dump(struct hd_arena *arena, xmlNode *node)
{
	_cleanup_(free_buffer) xmlBufferPtr buffer = must(xmlBufferCreate());

	if (xmlNodeDump(buffer, node->doc, node, 0, 1) < 0)
		hd_oom();
	return hd_printf(arena, "%s\n", (const char *)xmlBufferContent(buffer));
}

static void set_namespace(xmlNode *root)
{
	xmlNs *ns = must(xmlNewNs(root, (const xmlChar *)HD_POLICY_NAMESPACE,
				  (const xmlChar *)HD_POLICY_PREFIX));

	xmlSetNs(root, ns);
	for (xmlNode *node = root->children; node; node = node->next)
		if (node->type == XML_ELEMENT_NODE)
			xmlSetNs(node, ns);
}

/* The same element in its place, with our prefix. */
static const char *dump_metadata(struct hd_arena *arena, xmlDoc *doc)
{
	xmlNode *metadata = must(xmlNewDocNode(doc, NULL, (const xmlChar *)"metadata", NULL));
	xmlNode *root = xmlDocGetRootElement(doc);

	set_namespace(root);
	xmlDocSetRootElement(doc, metadata);
	xmlAddChild(metadata, root);
	return dump(arena, metadata);
}

int hd_pins_write(struct hd_pins_text *ret, struct hd_arena *arena, const char *xml,
		  size_t length, const struct hd_pin *pins, size_t n, struct hd_error *err)
{
	_cleanup_(hd_xml_free) xmlDoc *guest = NULL;
	_cleanup_(hd_xml_free) xmlDoc *doc = must(xmlNewDoc((const xmlChar *)"1.0"));
	const xmlNode *ours;
	xmlNode *root;
	int rc = xml ? hd_xml_read(&guest, xml, length, err) : 0;

	if (rc < 0)
		return rc;
	ours = guest ? find_ours(guest) : NULL;
	root = make_root(doc, ours);
	ret->before = ours ? dump(arena, root) : NULL;
	for (size_t i = 0; i < n; i++) {
		drop_pin(arena, root, &pins[i].addr);
		add_pin(arena, root, &pins[i]);
	}
	ret->element = dump(arena, root);
	ret->metadata = dump_metadata(arena, doc);
	return 0;
}
