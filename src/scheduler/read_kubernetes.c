/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * read_kubernetes.c - which devices do objects of Kubernetes offer: KubeVirt's resource, or Harvester's claims?
 *
 * As kubectl prints them, one, several or a List, and as `export` writes them.  Types: PermittedHostDevices
 * of kubevirt.io/api/core/v1, PCIDeviceClaim of devices.harvesterhci.io/v1beta1.
 */
#include "config.h"

#include <errno.h>
#include <string.h>

#include "base/text.h"
#include "scheduler/configuration_internal.h"

/* What is being read, for messages: "pciHostDevices[2]" begins at LINE. */
struct place {
	struct hd_configuration_reader *reader;
	const struct hd_doc *value;
	const char *member;
	size_t number;
};

/* Of JSON no line is known. */
static const char *line_of(const struct hd_configuration_reader *reader, const struct hd_doc *value)
{
	return value->line ? hd_printf(reader->arena, "line %u: ", value->line) : "";
}

/* PART, which has the name KEY, is null or of this KIND; else what it says would not be read. */
static int must_be(const struct hd_configuration_reader *reader, const struct hd_doc *part, const char *key,
		   enum hd_doc_kind kind)
{
	if (part->kind == kind || (part->kind == HD_DOC_TEXT && !part->text))
		return 0;
	return hd_fail(reader->err, -EINVAL, "%s%s is not %s", line_of(reader, part), key,
		       kind == HD_DOC_LIST ? "a list" : "an object");
}

static int refuse_item(const struct place *at, const char *what, const char *text)
{
	struct hd_configuration_reader *reader = at->reader;
	const char *line = line_of(reader, at->value);

	if (!text)
		return hd_fail(reader->err, -EINVAL, "%s%s[%zu]: %s is missing", line, at->member, at->number,
			       what);
	return hd_fail(reader->err, -EINVAL, "%s%s[%zu]: '%s' is not %s", line, at->member, at->number,
		       hd_text_printable(reader->arena, text, HD_OBJECT_MAX), what);
}

static bool is_true(const char *text)
{
	return text && (!strcmp(text, "true") || !strcmp(text, "True"));
}

/* The entry of an item without its selector; SELECTOR is for people. */
static struct hd_entry entry_of(const struct place *at, enum hd_device_kind kind, const char *selector)
{
	struct hd_arena *arena = at->reader->arena;
	const char *resource = hd_doc_text(at->value, "resourceName");
	bool is_external = is_true(hd_doc_text(at->value, "externalResourceProvider"));

	return (struct hd_entry){
		.scheduler = &hd_scheduler_kubevirt, .line = at->value->line, .kind = kind,
		.object = hd_printf(arena, "%s[%zu] %s (%s)", at->member, at->number,
				    resource ? hd_text_printable(arena, resource, HD_OBJECT_MAX) : "-",
				    selector ? hd_text_printable(arena, selector, HD_OBJECT_MAX) : "-"),
		.chosen_by = is_external ? "another device plugin chooses the devices" : NULL,
	};
}

static int add_id(const struct place *at, struct hd_entry *entry, const struct hd_entry_id *id)
{
	entry->has_vendor = entry->has_device = true;
	entry->vendor = id->vendor;
	entry->device = id->device;
	return hd_configuration_add(at->reader, entry);
}

static int take_pci(const struct place *at)
{
	const char *selector = hd_doc_text(at->value, "pciVendorSelector");
	struct hd_entry entry = entry_of(at, HD_DEVICE_PCI, selector);
	struct hd_entry_id id;

	if (!hd_entry_id_read(&id, selector))
		return refuse_item(at, selector ? "VENDOR:DEVICE" : "pciVendorSelector", selector);
	return add_id(at, &entry, &id);
}

static int take_mdev(const struct place *at)
{
	const char *selector = hd_doc_text(at->value, "mdevNameSelector");
	struct hd_entry entry = entry_of(at, HD_DEVICE_MDEV, selector);

	if (!selector)
		return refuse_item(at, "mdevNameSelector", NULL);
	entry.type = selector;
	return hd_configuration_add(at->reader, &entry);
}

static int take_usb_selector(const struct place *at, const struct hd_doc *selector)
{
	const char *vendor = hd_doc_text(selector, "vendor"), *product = hd_doc_text(selector, "product");
	struct hd_entry_id id = { .is_known = true };
	struct hd_entry entry;

	if (!hd_entry_hex(&id.vendor, vendor))
		return refuse_item(at, vendor ? "the vendor of a USB device" : "vendor", vendor);
	if (!hd_entry_hex(&id.device, product))
		return refuse_item(at, product ? "the product of a USB device" : "product", product);
	entry = entry_of(at, HD_DEVICE_USB, hd_printf(at->reader->arena, "%04x:%04x", id.vendor, id.device));
	entry.line = selector->line;
	return add_id(at, &entry, &id);
}

static int take_usb(const struct place *at)
{
	const struct hd_doc *selectors = hd_doc_member(at->value, "selectors");
	int rc = 0;

	if (!selectors || selectors->kind != HD_DOC_LIST)
		return refuse_item(at, "the list of selectors", NULL);
	for (size_t i = 0; rc == 0 && i < selectors->n; i++)
		rc = take_usb_selector(at, &selectors->items[i]);
	return rc;
}

static const struct {
	const char *member;
	int (*take)(const struct place *at);
} members[] = {
	{ "pciHostDevices", take_pci },
	{ "mediatedDevices", take_mdev },
	{ "usb", take_usb },
};

static const char *const way[] = { "spec", "configuration", "permittedHostDevices" };

static const struct hd_doc *permitted_of(const struct hd_doc *object)
{
	for (size_t i = 0; i < HD_ARRAY_SIZE(way); i++)
		object = hd_doc_member(object, way[i]);
	return object;
}

static int take_member(struct hd_configuration_reader *reader, const struct hd_doc *permitted, size_t member)
{
	const struct hd_doc *list = hd_doc_member(permitted, members[member].member);
	struct place at = { .reader = reader, .member = members[member].member };
	int rc = list ? must_be(reader, list, at.member, HD_DOC_LIST) : 0;

	for (size_t i = 0; rc == 0 && list && i < list->n; i++) {
		at.value = &list->items[i];
		at.number = i;
		rc = members[member].take(&at);
	}
	return rc;
}

static int take_kubevirt(struct hd_configuration_reader *reader, const struct hd_doc *object)
{
	const struct hd_doc *part = object;
	int rc = 0;

	hd_configuration_is_of(reader, &hd_scheduler_kubevirt);
	for (size_t i = 0; rc == 0 && i < HD_ARRAY_SIZE(way) && (part = hd_doc_member(part, way[i])); i++)
		rc = must_be(reader, part, way[i], HD_DOC_MAP);
	for (size_t i = 0; rc == 0 && i < HD_ARRAY_SIZE(members); i++)
		rc = take_member(reader, part, i);
	return rc;
}

static int take_claim(struct hd_configuration_reader *reader, const struct hd_doc *object)
{
	const struct hd_doc *spec = hd_doc_member(object, "spec");
	const char *name = hd_doc_text(hd_doc_member(object, "metadata"), "name");
	const char *address = hd_doc_text(spec, "address"), *node = hd_doc_text(spec, "nodeName");
	const struct place at = { .reader = reader, .value = object, .member = "PCIDeviceClaim" };
	struct hd_address_pattern *pattern = hd_alloc(reader->arena, sizeof(*pattern));
	struct hd_pci_addr single;
	struct hd_entry entry = {
		.scheduler = &hd_scheduler_harvester, .line = object->line, .kind = HD_DEVICE_PCI,
		.object = hd_printf(reader->arena, "PCIDeviceClaim %s",
				    name ? hd_text_printable(reader->arena, name, HD_OBJECT_MAX) : "-"),
		.address = pattern,
	};

	hd_configuration_is_of(reader, &hd_scheduler_harvester);
	if (!address || !hd_address_pattern_path(pattern, address) ||
	    !hd_address_pattern_is_single(pattern, &single))
		return refuse_item(&at, address ? "the address of a PCI function" : "address", address);
	if (!node)
		return refuse_item(&at, "nodeName", NULL);
	entry.node = hd_text_printable(reader->arena, node, HD_OBJECT_MAX);
	return hd_configuration_add(reader, &entry);
}

/* What is of another kind offers nothing; a patch does not say its kind. */
static int take_object(struct hd_configuration_reader *reader, const struct hd_doc *object)
{
	const char *kind = hd_doc_text(object, "kind");

	if (kind && !strcmp(kind, "PCIDeviceClaim"))
		return take_claim(reader, object);
	if (kind ? !strcmp(kind, "KubeVirt") : permitted_of(object) != NULL)
		return take_kubevirt(reader, object);
	return 0;
}

/* The items of a List; NULL: it is another object. */
static const struct hd_doc *items_of(const struct hd_doc *object)
{
	const char *kind = hd_doc_text(object, "kind");

	return kind && hd_text_ends_with(kind, "List") ? hd_doc_member(object, "items") : NULL;
}

/* One object, or a List of them. */
static int take_objects(struct hd_configuration_reader *reader, const struct hd_doc *object)
{
	const struct hd_doc *items = items_of(object);
	int rc;

	if (!items)
		return take_object(reader, object);
	rc = must_be(reader, items, "items", HD_DOC_LIST);
	for (size_t i = 0; rc == 0 && i < items->n; i++) {
		const char *name = hd_printf(reader->arena, "items[%zu]", i);

		rc = must_be(reader, &items->items[i], name, HD_DOC_MAP);
		if (rc == 0)
			rc = take_object(reader, &items->items[i]);
	}
	return rc;
}

/* kubectl prints an empty List if it finds nothing: in the wrong namespace, for example. */
static int refuse_empty(const struct hd_configuration_reader *reader, const struct hd_doc *object)
{
	const struct hd_doc *items = items_of(object);

	if (!items || items->n)
		return 0;
	return hd_fail(reader->err, -EINVAL, "the List has no items: kubectl found nothing; look in all namespaces: "
		       "kubectl get kubevirt -A -o yaml");
}

int hd_read_kubernetes(struct hd_configuration_reader *reader, const char *text)
{
	const char *at = text + strspn(text, " \t\r\n");
	const struct hd_doc *objects;
	struct hd_doc value;
	size_t n;
	int rc = (*at == '{' ? hd_document_json : hd_document_yaml)(&value, reader->arena, text, strlen(text),
								    reader->err);

	objects = value.kind == HD_DOC_MAP ? &value : value.items;
	n = value.kind == HD_DOC_MAP ? 1 : value.n;
	for (size_t i = 0; rc == 0 && i < n; i++)
		rc = take_objects(reader, &objects[i]);
	for (size_t i = 0; rc == 0 && !reader->ret->scheduler && i < n; i++)
		rc = refuse_empty(reader, &objects[i]);
	return rc;
}
