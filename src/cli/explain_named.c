/* SPDX-License-Identifier: GPL-2.0-or-later */
/* explain_named.c - has this host the devices, groups, drivers, guests and nodes that a text names? */
#include "config.h"

#include <string.h>

#include "base/pciaddr.h"
#include "base/text.h"
#include "cli/explain_named.h"

#define VALUE_SHOWN 100
#define NODES "/dev/vfio/"

/* Is NAME one of the names in FOLDER? */
static bool has_name(struct hd_context *context, const char *folder, const char *name)
{
	const char *const *names;
	ssize_t n = hd_sysroot_names(&context->root, context->arena, &names, "%s", folder);

	return n > 0 && hd_text_is_any(name, names, (size_t)n);
}

/* Where LINK of the function leads to, or NULL. */
static const char *linked(struct hd_context *context, const char *address, const char *link)
{
	const char *base;

	return hd_sysroot_link_base(&context->root, context->arena, &base,
				    "sys/bus/pci/devices/%s/%s", address, link) < 0 ? NULL : base;
}

static const char *state_of_address(struct hd_context *context, const char *value)
{
	const char *driver, *group;
	struct hd_pci_addr addr;
	char buf[HD_PCI_ADDR_SIZE];

	if (!hd_pci_addr_parse(value, &addr) ||
	    !has_name(context, "sys/bus/pci/devices", hd_pci_addr_format(&addr, buf)))
		return NULL;
	driver = linked(context, buf, "driver");
	group = linked(context, buf, "iommu_group");
	return hd_printf(context->arena, "%s%s, %s%s", driver ? "driver " : "no driver",
			 driver ? driver : "", group ? "IOMMU group " : "no IOMMU group",
			 group ? group : "");
}

static const char *state_of_group(struct hd_context *context, const char *value)
{
	const char *const *members, *text = "devices";
	ssize_t n;

	if (!has_name(context, "sys/kernel/iommu_groups", value))
		return NULL;
	n = hd_sysroot_names(&context->root, context->arena, &members,
			     "sys/kernel/iommu_groups/%s/devices", value);
	for (ssize_t i = 0; i < n && i < HD_NAMED_MAX; i++)
		text = hd_printf(context->arena, "%s %s", text, members[i]);
	return n > 0 ? text : NULL;
}

static const char *state_of_driver(struct hd_context *context, const char *value)
{
	return has_name(context, "sys/bus/pci/drivers", value) ? "loaded" : NULL;
}

static const char *state_of_guest(struct hd_context *context, const char *value)
{
	const char *file = hd_printf(context->arena, "%s.xml", value);

	if (has_name(context, "run/libvirt/qemu", file))
		return "runs";
	return has_name(context, "etc/libvirt/qemu", file) ? "defined, does not run" : NULL;
}

/* Of the nodes of groups alone. */
static const char *state_of_path(struct hd_context *context, const char *value)
{
	return has_name(context, "dev/vfio", value + strlen(NODES)) ? "exists" : NULL;
}

static const struct kind {
	const char *name;
	const char *(*state)(struct hd_context *context, const char *value);
	const char *absent;
	const char *start;	/* of values that can be looked up; NULL: all */
} kinds[] = {
	{ "address", state_of_address, "not on this host", NULL },
	{ "group", state_of_group, "not on this host", NULL },
	{ "driver", state_of_driver, "not loaded on this host", NULL },
	{ "guest", state_of_guest, "not a guest of this host's libvirt", NULL },
	{ "path", state_of_path, "does not exist on this host", NODES },
};

struct list {
	struct hd_named *items;
	size_t n;
};

static void add_named(struct list *list, struct hd_context *context, const struct kind *kind,
		      const char *value)
{
	const char *shown = hd_text_printable(context->arena, value, VALUE_SHOWN), *state;

	for (size_t i = 0; i < list->n; i++)
		if (list->items[i].kind == kind->name && !strcmp(list->items[i].value, shown))
			return;
	if (list->n >= HD_NAMED_MAX || (kind->start && !hd_text_starts_with(value, kind->start)))
		return;
	state = kind->state(context, value);
	hd_push(context->arena, &list->items, &list->n, (struct hd_named){
		kind->name, shown, state != NULL, state ? state : kind->absent });
}

static void add_fields(struct list *list, struct hd_context *context, const struct hd_fields *fields)
{
	for (size_t i = 0; i < HD_ARRAY_SIZE(kinds); i++) {
		const char *value = hd_field_value(fields, kinds[i].name);

		if (value && *value)
			add_named(list, context, &kinds[i], value);
	}
}

size_t hd_explain_named(const struct hd_named **ret, struct hd_context *context,
			const struct hd_explanation *found)
{
	struct list list = { .n = 0 };

	for (size_t i = 0; i < found->n; i++)
		add_fields(&list, context, &found->items[i].fields);
	for (size_t i = 0; i < found->n_unknown; i++)
		add_fields(&list, context, &found->unknown[i].fields);
	*ret = list.items;
	return list.n;
}
