/* SPDX-License-Identifier: GPL-2.0-or-later */
/* compose.c - the elements for the devices that somebody named. */
#include "config.h"

#include <errno.h>
#include <string.h>

#include "check/checks.h"
#include "element/compose.h"

void hd_compose_note(struct hd_composer *c, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	*(const char **)hd_append(c->arena, &c->list->notes, &c->list->n_notes,
				  sizeof(*c->list->notes)) = hd_vprintf(c->arena, fmt, args);
	va_end(args);
}

int hd_compose_add(struct hd_element **ret, struct hd_composer *c, enum hd_element_kind kind,
		   const char *name)
{
	struct hd_element element = { .kind = kind, .name = name, .card = c->n_cards };
	struct hd_element *added;

	*ret = NULL;
	for (size_t i = 0; kind != HD_ELEMENT_DISK && i < c->list->n; i++)
		if (c->list->items[i].kind == kind && !strcmp(c->list->items[i].name, name))
			return 0;
	if (hd_element_options_apply(c->options, c->arena, &element, c->err) < 0)
		return c->err->code;
	c->n_cards++;
	added = hd_append(c->arena, &c->list->items, &c->list->n, sizeof(*added));
	*added = element;
	*ret = added;
	return 0;
}

static bool is_of_other_kind(const struct hd_elements *list, enum hd_element_kind kind,
			     const struct hd_pci_fn *fn)
{
	for (size_t i = 0; i < list->n; i++)
		if (list->items[i].has_pci && list->items[i].kind != kind &&
		    !hd_pci_addr_compare(&list->items[i].pci, &fn->addr))
			return true;
	return false;
}

int hd_compose_add_fn(struct hd_element **ret, struct hd_composer *c, enum hd_element_kind kind,
		      const struct hd_pci_fn *fn)
{
	const char **values;
	int rc;

	if (is_of_other_kind(c->list, kind, fn))
		return hd_fail(c->err, -EPERM, "%s is requested in two ways; a guest can have it "
			       "only once", fn->name);
	rc = hd_compose_add(ret, c, kind, hd_strdup(c->arena, fn->name));
	if (rc < 0 || !*ret)
		return rc;
	(*ret)->has_pci = (*ret)->takes_slot = true;
	(*ret)->pci = fn->addr;
	(*ret)->group = fn->group;
	values = (*ret)->values;
	values[HD_P_DOMAIN] = hd_printf(c->arena, "0x%04x", fn->addr.domain);
	values[HD_P_BUS] = hd_printf(c->arena, "0x%02x", fn->addr.bus);
	values[HD_P_SLOT] = hd_printf(c->arena, "0x%02x", fn->addr.slot);
	values[HD_P_FUNCTION] = hd_printf(c->arena, "0x%x", fn->addr.fn);
	if (!values[HD_P_MANAGED])
		values[HD_P_MANAGED] = "no";
	return 0;
}

static int compose_virtual(struct hd_composer *c, const struct hd_device_ref *ref,
			   const struct hd_pci_fn *fn)
{
	if (fn->class >> 16 != 0x02)
		return hd_compose_pci(c, ref);
	if (hd_compose_check_parent(c, fn) == 0)
		return hd_compose_interface(c, ref);
	*c->err = (struct hd_error){ 0 };
	hd_compose_note(c, "%s: its physical function has no network interface, so libvirt "
			"cannot set MAC and VLAN; it is passed as a plain PCI device", fn->name);
	return hd_compose_pci(c, ref);
}

/* Its class decides, unless an option fits only one kind of element. */
static int compose_function(struct hd_composer *c, const struct hd_device_ref *ref)
{
	struct hd_pci_fn fn;
	int rc = hd_compose_fn(&fn, c, ref);

	if (rc < 0)
		return rc;
	if (c->options->mac || c->options->vlan)
		return hd_compose_interface(c, ref);
	if (c->options->ns || c->options->target)
		return hd_compose_disk(c, ref);
	if (fn.physfn)
		return compose_virtual(c, ref, &fn);
	return hd_pci_fn_is_display(&fn) ? hd_compose_gpu(c, ref) : hd_compose_pci(c, ref);
}

int hd_compose_auto(struct hd_composer *c, const struct hd_device_ref *ref)
{
	static hd_composes *const by_kind[HD_DEVICE_KIND_MAX] = {
		[HD_DEVICE_PCI] = compose_function,
		[HD_DEVICE_USB] = hd_compose_usb,
		[HD_DEVICE_SERIAL] = hd_compose_serial,
		[HD_DEVICE_MDEV] = hd_compose_mdev,
		[HD_DEVICE_SCSI] = hd_compose_scsi,
	};

	if (by_kind[ref->kind])
		return by_kind[ref->kind](c, ref);
	return hd_fail(c->err, -EPERM, "%s: this kind of device is passed to a guest in another way",
		       ref->name);
}

static int compose_one(struct hd_composer *c, const struct hd_device_ref *ref)
{
	static const struct {
		const char *as;
		hd_composes *compose;
	} ways[] = {
		{ "pci", hd_compose_pci },
		{ "gpu", hd_compose_gpu },
		{ "disk", hd_compose_disk },
		{ "interface", hd_compose_interface },
		{ "usb", hd_compose_usb },
		{ "serial", hd_compose_serial },
		{ "mdev", hd_compose_mdev },
		{ "scsi", hd_compose_scsi },
	};

	if (!c->options->as)
		return hd_compose_auto(c, ref);
	for (size_t i = 0; i < HD_ARRAY_SIZE(ways); i++)
		if (!strcmp(ways[i].as, c->options->as))
			return ways[i].compose(c, ref);
	return hd_fail(c->err, -EINVAL, "--as: unknown kind");
}

static bool has_value(const struct hd_elements *list, enum hd_element_kind kind,
		      enum hd_placeholder what)
{
	for (size_t i = 0; i < list->n; i++)
		if (list->items[i].kind == kind && list->items[i].values[what])
			return true;
	return false;
}

/* What an older libvirt ignores or refuses (libvirt docs/formatdomain.rst, NEWS.rst). */
static void note_versions(struct hd_composer *c)
{
	static const struct {
		enum hd_element_kind kind;
		enum hd_placeholder what;
		const char *option, *version;
	} rows[] = {
		{ HD_ELEMENT_USB, HD_P_GUEST_RESET, "--guest-reset", "8.6" },
		{ HD_ELEMENT_PCI, HD_P_DRIVER_MODEL, "--driver-model", "10.0" },
		{ HD_ELEMENT_INTERFACE, HD_P_DRIVER_MODEL, "--driver-model", "10.0" },
		{ HD_ELEMENT_PCI, HD_P_DISPLAY, "--display of a PCI device", "10.3" },
		{ HD_ELEMENT_PCI, HD_P_RAMFB, "--ramfb of a PCI device", "10.3" },
		{ HD_ELEMENT_PCI, HD_P_IOMMUFD, "--iommufd", "12.1" },
		{ HD_ELEMENT_INTERFACE, HD_P_IOMMUFD, "--iommufd", "12.1" },
	};

	for (size_t i = 0; i < HD_ARRAY_SIZE(rows); i++)
		if (has_value(c->list, rows[i].kind, rows[i].what))
			hd_compose_note(c, "%s needs libvirt %s or later", rows[i].option,
					rows[i].version);
}

/* As iommufd-available will say at the start. */
static void note_iommufd(struct hd_composer *c)
{
	struct hd_iommufd iommufd;
	const char *lacks = NULL;

	if (!c->options->iommufd)
		return;
	hd_iommufd_read(&iommufd, c->root, c->arena);
	if (iommufd.is_known)
		lacks = hd_iommufd_lacks(c->arena, &iommufd, false);
	if (lacks)
		hd_compose_note(c, "--iommufd: %s; a start here is refused", lacks);
}

int hd_elements_compose(struct hd_elements *ret, const struct hd_sysroot *root,
			struct hd_arena *arena, const struct hd_device_ref *refs, size_t n,
			const struct hd_element_options *options, struct hd_error *err)
{
	struct hd_elements list = { 0 };
	struct hd_composer c = { .root = root, .arena = arena, .options = options, .list = &list,
				 .err = err };
	int rc = 0;

	for (size_t i = 0; rc == 0 && i < n; i++)
		rc = compose_one(&c, &refs[i]);
	if (rc == 0)
		rc = hd_compose_groups(&c);
	if (rc < 0)
		return rc;
	note_versions(&c);
	note_iommufd(&c);
	*ret = list;
	return 0;
}
