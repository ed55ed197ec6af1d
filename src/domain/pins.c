/* SPDX-License-Identifier: GPL-2.0-or-later */
/* pins.c - writes what a guest's metadata pins, allows, hands over and gets again. */
#include "config.h"

#include <libxml/tree.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "base/utf8.h"
#include "domain/pins.h"
#include "domain/template.h"
#include "domain/xml.h"

static const xmlNode *find_ours(const xmlDoc *doc)
{
	const xmlNode *domain = hd_xml_root(doc), *node;

	node = hd_xml_first(hd_xml_child(domain, "metadata"));
	while (node && (strcmp(hd_xml_namespace(node), HD_POLICY_NAMESPACE) != 0 ||
			strcmp(hd_xml_name(node), "hostdevctl") != 0))
		node = hd_xml_next(node);
	return node;
}

static struct hd_element_node *make_node(struct hd_arena *arena, const char *name)
{
	struct hd_element_node *node = hd_alloc(arena, sizeof(*node));

	node->name = name;
	return node;
}

static void adopt_node(struct hd_arena *arena, struct hd_element_node *parent,
		       struct hd_element_node *child)
{
	hd_push(arena, &parent->children, &parent->n_children, child);
}

static void set_attribute(struct hd_arena *arena, struct hd_element_node *node, const char *name,
			  const char *value)
{
	if (value)
		hd_push(arena, &node->attrs, &node->n_attrs, (struct hd_element_attr){ name, value });
}

/* Names cannot be escaped; a policy has no other names, and the hook refuses them (policy.c). */
static bool has_shown_name(const xmlChar *name)
{
	return hd_text_is_shown((const char *)name);
}

/* Elements of a policy have attributes alone (policy.c). */
static struct hd_element_node *copy_node(struct hd_arena *arena, const xmlNode *from,
					 bool is_prefixed)
{
	const char *name = hd_strdup(arena, (const char *)from->name);
	struct hd_element_node *node = make_node(arena, is_prefixed ?
		hd_printf(arena, HD_POLICY_PREFIX ":%s", name) : name);

	for (const xmlAttr *attr = from->properties; attr; attr = attr->next)
		if (!attr->ns && has_shown_name(attr->name))
			set_attribute(arena, node, hd_strdup(arena, (const char *)attr->name),
				      hd_xml_attr(arena, from, (const char *)attr->name));
	return node;
}

/* A comment has no escapes. */
static const char *shown(struct hd_arena *arena, const char *text)
{
	size_t size = strlen(text) + 1;

	return hd_text_shown(hd_alloc(arena, size), size, text, "\n\t");
}

static struct hd_element_node *copy_comment(struct hd_arena *arena, const xmlNode *from)
{
	_cleanup_(hd_xml_free_text) xmlChar *text = xmlNodeGetContent(from);
	struct hd_element_node *node = make_node(arena, "");

	if (!text)
		hd_oom();
	node->is_comment = true;
	node->text = shown(arena, (const char *)text);
	return node;
}

static bool is_pinned(struct hd_arena *arena, const xmlNode *node, const struct hd_policy *wanted)
{
	const char *text = hd_xml_attr(arena, node, "address");
	struct hd_pci_addr addr;

	if (strcmp((const char *)node->name, "device") != 0 || !text ||
	    !hd_pci_addr_parse(text, &addr))
		return false;
	return hd_policy_pin(wanted, &addr);
}

static bool is_scsi_pinned(struct hd_arena *arena, const xmlNode *node, const struct hd_policy *wanted)
{
	const char *text = hd_xml_attr(arena, node, "address");
	struct hd_scsi_addr addr;

	return !strcmp((const char *)node->name, "scsi") && text && hd_scsi_addr_parse(text, &addr) &&
	       hd_policy_scsi_pin(wanted, &addr);
}

static bool is_allowed(struct hd_arena *arena, const xmlNode *node,
		       const struct hd_policy *wanted)
{
	const char *check = hd_xml_attr(arena, node, "check");
	const char *subject = hd_xml_attr(arena, node, "subject");

	if (strcmp((const char *)node->name, "allow") != 0 || !check || !subject)
		return false;
	for (size_t i = 0; i < wanted->n_allows; i++)
		if (!strcmp(wanted->allows[i].check, check) &&
		    !strcmp(wanted->allows[i].subject, hd_policy_subject(arena, subject)))
			return true;
	return false;
}

static int read_id(struct hd_arena *arena, const xmlNode *node, const char *name)
{
	const char *text = hd_xml_attr(arena, node, name);
	uint64_t id;

	return text && hd_text_u64(text, &id) && id <= UINT16_MAX ? (int)id : -1;
}

static bool is_replugged(struct hd_arena *arena, const xmlNode *node,
			 const struct hd_policy *wanted)
{
	const struct hd_replug replug = {
		.vendor = read_id(arena, node, "vendor"),
		.product = read_id(arena, node, "product"),
		.serial = hd_xml_attr(arena, node, "serial"),
		.port = hd_xml_attr(arena, node, "port"),
		.hub = hd_xml_attr(arena, node, "hub"),
	};

	for (size_t i = 0; i < wanted->n_replugs; i++)
		if (hd_replug_is_same(&wanted->replugs[i], &replug))
			return !strcmp((const char *)node->name, "usb");
	return false;
}

static bool is_any(struct hd_arena *arena, const xmlNode *node, const struct hd_policy *wanted)
{
	const char *text = hd_xml_attr(arena, node, "address");
	struct hd_pci_addr addr;

	return !strcmp((const char *)node->name, "any") && text &&
	       hd_pci_addr_parse(text, &addr) && hd_policy_any(wanted, &addr);
}

/* A device may say anything of itself: what XML cannot hold, or nobody could read, is not pinned. */
static const char *writable(const char *text)
{
	return text && hd_text_is_shown(text) ? text : NULL;
}

static bool is_wanted(struct hd_arena *arena, const xmlNode *node, const struct hd_policy *wanted)
{
	return is_pinned(arena, node, wanted) || is_scsi_pinned(arena, node, wanted) ||
	       is_allowed(arena, node, wanted) || is_replugged(arena, node, wanted) ||
	       is_any(arena, node, wanted);
}

/* What is written into our element. */
struct edit {
	const struct hd_policy *wanted;
	bool sets_handover;	/* to what is wanted, or away */
	bool sets_replugs;	/* all of them */
};

/* An element that stays as it is: none that is written again, or that nobody could read. */
static bool is_kept(struct hd_arena *arena, const xmlNode *node, const struct edit *edit)
{
	if (edit->sets_handover && !strcmp((const char *)node->name, "handover"))
		return false;
	if (edit->sets_replugs && !strcmp((const char *)node->name, "usb"))
		return false;
	return node->type == XML_ELEMENT_NODE && has_shown_name(node->name) &&
	       !is_wanted(arena, node, edit->wanted);
}

static struct hd_element_node *make_handover(struct hd_arena *arena,
					     const struct hd_handover *handover, bool is_prefixed)
{
	struct hd_element_node *node =
		make_node(arena, is_prefixed ? HD_POLICY_PREFIX ":handover" : "handover");
	const char *units = NULL;

	for (size_t i = 0; i < handover->n_units; i++)
		units = hd_printf(arena, "%s%s%s", units ? units : "", units ? " " : "",
				  handover->units[i]);
	set_attribute(arena, node, "sessions", handover->ends_sessions ? NULL : "refuse");
	set_attribute(arena, node, "units", units);
	return node;
}

static struct hd_element_node *make_allow(struct hd_arena *arena, const struct hd_allow *allow,
					  bool is_prefixed)
{
	struct hd_element_node *node =
		make_node(arena, is_prefixed ? HD_POLICY_PREFIX ":allow" : "allow");

	set_attribute(arena, node, "check", allow->check);
	set_attribute(arena, node, "subject", allow->subject);
	return node;
}

static struct hd_element_node *make_pin(struct hd_arena *arena, const struct hd_pin *pin,
					bool is_prefixed)
{
	const struct {
		const char *name;
		int id;
	} ids[] = {
		{ "vendor", pin->vendor },
		{ "device", pin->device },
		{ "subsystem_vendor", pin->subsystem_vendor },
		{ "subsystem_device", pin->subsystem_device },
	};
	struct hd_element_node *node =
		make_node(arena, is_prefixed ? HD_POLICY_PREFIX ":device" : "device");
	char name[HD_PCI_ADDR_SIZE];

	set_attribute(arena, node, "address",
		      hd_strdup(arena, hd_pci_addr_format(&pin->addr, name)));
	for (size_t i = 0; i < HD_ARRAY_SIZE(ids); i++)
		if (ids[i].id >= 0)
			set_attribute(arena, node, ids[i].name,
				      hd_printf(arena, "0x%04x", (unsigned)ids[i].id));
	set_attribute(arena, node, "serial", writable(pin->serial));
	set_attribute(arena, node, "path", writable(pin->path));
	return node;
}

static struct hd_element_node *make_scsi_pin(struct hd_arena *arena, const struct hd_scsi_pin *pin,
					     bool is_prefixed)
{
	struct hd_element_node *node = make_node(arena, is_prefixed ? HD_POLICY_PREFIX ":scsi" : "scsi");
	char name[HD_SCSI_ADDR_SIZE];

	set_attribute(arena, node, "address", hd_strdup(arena, hd_scsi_addr_format(&pin->addr, name)));
	set_attribute(arena, node, "wwid", pin->wwid);
	return node;
}

static struct hd_element_node *make_replug(struct hd_arena *arena, const struct hd_replug *replug,
					   bool is_prefixed)
{
	struct hd_element_node *node =
		make_node(arena, is_prefixed ? HD_POLICY_PREFIX ":usb" : "usb");

	set_attribute(arena, node, "replug", replug->is_wanted ? "yes" : "no");
	if (replug->vendor >= 0) {
		set_attribute(arena, node, "vendor",
			      hd_printf(arena, "0x%04x", (unsigned)replug->vendor));
		set_attribute(arena, node, "product",
			      hd_printf(arena, "0x%04x", (unsigned)replug->product));
	}
	set_attribute(arena, node, "serial", writable(replug->serial));
	set_attribute(arena, node, "port", replug->port);
	set_attribute(arena, node, "hub", replug->hub);
	return node;
}

static struct hd_element_node *make_any(struct hd_arena *arena, const struct hd_any *any,
					bool is_prefixed)
{
	struct hd_element_node *node =
		make_node(arena, is_prefixed ? HD_POLICY_PREFIX ":any" : "any");
	char name[HD_PCI_ADDR_SIZE];

	set_attribute(arena, node, "of", any->of);
	set_attribute(arena, node, "address",
		      hd_strdup(arena, hd_pci_addr_format(&any->addr, name)));
	return node;
}

static void adopt_wanted(struct hd_arena *arena, struct hd_element_node *root,
			 const struct hd_policy *wanted, bool is_prefixed)
{
	for (size_t i = 0; i < wanted->n_pins; i++)
		adopt_node(arena, root, make_pin(arena, &wanted->pins[i], is_prefixed));
	for (size_t i = 0; i < wanted->n_scsi_pins; i++)
		adopt_node(arena, root, make_scsi_pin(arena, &wanted->scsi_pins[i], is_prefixed));
	for (size_t i = 0; i < wanted->n_allows; i++)
		adopt_node(arena, root, make_allow(arena, &wanted->allows[i], is_prefixed));
	for (size_t i = 0; i < wanted->n_replugs; i++)
		adopt_node(arena, root, make_replug(arena, &wanted->replugs[i], is_prefixed));
	for (size_t i = 0; i < wanted->n_anys; i++)
		if (wanted->anys[i].of)
			adopt_node(arena, root, make_any(arena, &wanted->anys[i], is_prefixed));
	if (wanted->handover.is_asked)
		adopt_node(arena, root, make_handover(arena, &wanted->handover, is_prefixed));
}

/* What OURS (or nothing) holds, with what is wanted at the end. */
static struct hd_element_node *build_policy(struct hd_arena *arena, const xmlNode *ours,
					    const struct edit *edit, bool is_prefixed)
{
	struct hd_element_node *root =
		make_node(arena, is_prefixed ? HD_POLICY_PREFIX ":hostdevctl" : "hostdevctl");
	const xmlNode *node = ours ? ours->children : NULL;

	if (is_prefixed)
		set_attribute(arena, root, "xmlns:" HD_POLICY_PREFIX, HD_POLICY_NAMESPACE);
	for (; node; node = node->next) {
		if (node->type == XML_COMMENT_NODE)
			adopt_node(arena, root, copy_comment(arena, node));
		else if (is_kept(arena, node, edit))
			adopt_node(arena, root, copy_node(arena, node, is_prefixed));
	}
	adopt_wanted(arena, root, edit->wanted, is_prefixed);
	return root;
}

/* Of its children, in the order of their texts. */
static const char **child_texts(struct hd_arena *arena, const struct hd_element_node *root)
{
	const char **texts = hd_alloc(arena, (root->n_children + 1) * sizeof(*texts));

	for (size_t i = 0; i < root->n_children; i++)
		texts[i] = hd_element_text(arena, root->children[i]);
	HD_SORT(texts, root->n_children, hd_text_order);
	return texts;
}

/* The order of what a policy says has no meaning; what is written again goes to its end. */
static bool says_same(struct hd_arena *arena, const struct hd_element_node *one,
		      const struct hd_element_node *other)
{
	const char **ones = child_texts(arena, one), **others = child_texts(arena, other);
	size_t n = one->n_children;

	if (n != other->n_children)
		return false;
	for (size_t i = 0; i < n; i++)
		if (strcmp(ones[i], others[i]) != 0)
			return false;
	return true;
}

static int write_policy(struct hd_pins_text *ret, struct hd_arena *arena, const char *xml,
			size_t length, const struct edit *edit, struct hd_error *err)
{
	static const struct hd_policy nothing = { 0 };
	_cleanup_(hd_xml_free) xmlDoc *doc = NULL;
	struct hd_element_node *metadata = make_node(arena, "metadata"), *element, *before;
	const xmlNode *ours;
	int rc = xml ? hd_xml_read(&doc, xml, length, err) : 0;

	if (rc < 0)
		return rc;
	ours = doc ? find_ours(doc) : NULL;
	element = build_policy(arena, ours, edit, false);
	before = build_policy(arena, ours, &(struct edit){ .wanted = &nothing }, false);
	adopt_node(arena, metadata, build_policy(arena, ours, edit, true));
	*ret = (struct hd_pins_text){
		.element = element->n_children ? hd_element_text(arena, element) : NULL,
		.before = ours ? hd_element_text(arena, before) : NULL,
		.metadata = hd_element_text(arena, metadata),
		.is_same = says_same(arena, element, before),
	};
	return 0;
}

int hd_pins_write(struct hd_pins_text *ret, struct hd_arena *arena, const char *xml,
		  size_t length, const struct hd_policy *wanted, struct hd_error *err)
{
	return write_policy(ret, arena, xml, length, &(struct edit){ .wanted = wanted }, err);
}

int hd_handover_write(struct hd_pins_text *ret, struct hd_arena *arena, const char *xml,
		      size_t length, const struct hd_handover *handover, struct hd_error *err)
{
	const struct hd_policy wanted = { .handover = *handover };

	return write_policy(ret, arena, xml, length, &(struct edit){ &wanted, true, false }, err);
}

int hd_replugs_write(struct hd_pins_text *ret, struct hd_arena *arena, const char *xml,
		     size_t length, struct hd_replug *list, size_t n, struct hd_error *err)
{
	const struct hd_policy wanted = { .replugs = list, .n_replugs = n };

	return write_policy(ret, arena, xml, length, &(struct edit){ &wanted, false, true }, err);
}
