/* SPDX-License-Identifier: GPL-2.0-or-later */
/* hostdev_pci.c - a PCI function as it is, and a graphics card with all that is on it. */
#include "config.h"

#include <errno.h>
#include <string.h>

#include "check/machine_part.h"
#include "element/compose.h"
#include "facts/mdev/mdev.h"

#define FUNCTIONS 8

int hd_compose_fn(struct hd_pci_fn *ret, struct hd_composer *c, const struct hd_device_ref *ref)
{
	struct hd_pci_fn fn = { 0 };
	const char *part;
	int rc;

	if (!ref->has_pci)
		return hd_fail(c->err, -EPERM, "%s is not a PCI function and does not "
					       "belong to one", ref->name);
	rc = hd_pci_fn_read(&fn, c->root, c->arena, &ref->pci, c->err);
	if (rc < 0)
		return rc;
	if (!fn.is_present)
		return hd_fail(c->err, -ENODEV, "%s: the host does not have this PCI "
			       "function; see 'hostdevctl list'", fn.name);
	part = hd_part_of_machine(&fn);
	if (part)
		return hd_fail(c->err, -EPERM, "%s (class %06x) %s: it stays with the host",
			       fn.name, fn.class, part);
	*ret = fn;
	return 0;
}

/* Controllers of USB devices and of disks other than NVMe. */
static bool is_shared_class(const struct hd_pci_fn *fn)
{
	return hd_pci_class_of(fn) == 0x0c03 ||
	       (fn->class >> 16 == 0x01 && hd_pci_class_of(fn) != 0x0108);
}

/* Says that more is passed than was named. */
static void note_whole(struct hd_composer *c, const struct hd_device_ref *ref,
		       const struct hd_pci_fn *fn)
{
	if (ref->kind != HD_DEVICE_PCI)
		hd_compose_note(c, "%s is passed as a whole: everything connected to it, "
				   "not only %s", fn->name,
				ref->name);
	else if (ref->is_partition || (ref->node && is_shared_class(fn)))
		hd_compose_note(c, "%s is passed as a whole: everything connected to it, "
				   "not only %s", fn->name,
				ref->node ? ref->node : ref->given);
}

/* NVIDIA's vGPU without mdev: the VF has a type and stays on its own VFIO driver. */
static int apply_vgpu(struct hd_composer *c, const struct hd_pci_fn *fn,
		      struct hd_element *element)
{
	struct hd_vgpu vgpu;

	hd_vgpu_read(&vgpu, c->root, c->arena, fn);
	if (!vgpu.is_there && (c->options->display || c->options->ramfb))
		return hd_fail(c->err, -EINVAL,
			       "%s is not a vGPU: --display and --ramfb are for vGPUs", fn->name);
	if (!vgpu.is_there)
		return 0;
	if (!vgpu.is_unknown && !vgpu.type)
		return hd_fail(c->err, -EPERM, "%s has no vGPU type yet; write one to "
			       "/%s/nvidia/current_vgpu_type (%s)", fn->name, fn->path,
			       vgpu.creatable ? vgpu.creatable : "none can be created now");
	if (c->options->managed && !strcmp(c->options->managed, "yes"))
		return hd_fail(c->err, -EPERM, "%s is a vGPU: it must stay on its driver, so "
			       "--managed must be no", fn->name);
	element->values[HD_P_MANAGED] = "no";
	return 0;
}

static int add_function(struct hd_element **ret, struct hd_composer *c, const struct hd_pci_fn *fn)
{
	int rc = hd_compose_add_fn(ret, c, HD_ELEMENT_PCI, fn);

	if (rc < 0 || !*ret)
		return rc;
	if (c->options->teaming && fn->class >> 16 != 0x02)
		return hd_fail(c->err, -EINVAL, "%s: --teaming is for network functions", fn->name);
	if (fn->sriov_numvfs > 0)
		hd_compose_note(c, "%s has %d virtual functions; they are gone while a "
				   "guest has it",
				fn->name, fn->sriov_numvfs);
	return apply_vgpu(c, fn, *ret);
}

int hd_compose_pci(struct hd_composer *c, const struct hd_device_ref *ref)
{
	struct hd_element *element;
	struct hd_pci_fn fn;
	int rc = hd_compose_fn(&fn, c, ref);

	if (rc < 0)
		return rc;
	note_whole(c, ref, &fn);
	return add_function(&element, c, &fn);
}

/* What is on a graphics card: displays, HDMI audio, USB and UCSI of a USB-C port. */
static bool is_of_card(const struct hd_pci_fn *fn)
{
	static const unsigned classes[] = { 0x0403, 0x0c03, 0x0c80 };

	for (size_t i = 0; i < HD_ARRAY_SIZE(classes); i++)
		if (hd_pci_class_of(fn) == classes[i])
			return true;
	return hd_pci_fn_is_display(fn);
}

/* Only the display gets ROM, boot order and a variant driver; vfio-pci fits all. */
static void keep_shared(struct hd_element *element)
{
	static const enum hd_placeholder own[] = { HD_P_ROM_BAR, HD_P_ROM_FILE, HD_P_BOOT };
	const char *model = element->values[HD_P_DRIVER_MODEL];

	for (size_t i = 0; i < HD_ARRAY_SIZE(own); i++)
		element->values[own[i]] = NULL;
	if (model && strcmp(model, "vfio-pci") != 0)
		element->values[HD_P_DRIVER_MODEL] = NULL;
}

/* hd_compose_groups() reports what is in the same group. */
static void note_left_out(struct hd_composer *c, const struct hd_pci_fn *display,
			  const struct hd_pci_fn *fn)
{
	if (fn->group == HD_NO_GROUP || fn->group != display->group)
		hd_compose_note(c, "%s (class %06x, %s) is in the same slot as %s, but %s: "
				"it is omitted", fn->name, fn->class, fn->driver ? fn->driver :
				"no driver", display->name, is_of_card(fn) ?
				"in another IOMMU group" : "not part of a graphics card");
}

/* Another function of the slot; integrated graphics share their slot with other devices. */
static int add_other(struct hd_composer *c, const struct hd_pci_fn *display,
		     const struct hd_pci_addr *addr, int card)
{
	struct hd_pci_fn fn = { 0 };
	struct hd_element *element;
	int rc = hd_pci_fn_read(&fn, c->root, c->arena, addr, c->err);

	if (rc < 0 || !fn.is_present || hd_part_of_machine(&fn) || fn.physfn)
		return rc;
	if (!is_of_card(&fn) || fn.group != display->group) {
		note_left_out(c, display, &fn);
		return 0;
	}
	rc = add_function(&element, c, &fn);
	if (rc < 0 || !element)
		return rc;
	keep_shared(element);
	element->card = card;
	return 0;
}

int hd_compose_gpu(struct hd_composer *c, const struct hd_device_ref *ref)
{
	int card = c->n_cards, rc = 0;
	struct hd_element *element;
	struct hd_pci_fn fn;

	rc = hd_compose_fn(&fn, c, ref);
	if (rc < 0)
		return rc;
	if (!hd_pci_fn_is_display(&fn))
		return hd_fail(c->err, -EPERM, "%s is not a graphics card (class %06x)", fn.name,
			       fn.class);
	for (uint8_t i = 0; rc == 0 && i < FUNCTIONS; i++) {
		struct hd_pci_addr addr = fn.addr;

		addr.fn = i;
		if (hd_pci_addr_compare(&addr, &fn.addr) != 0) {
			rc = add_other(c, &fn, &addr, card);
			continue;
		}
		rc = add_function(&element, c, &fn);
		if (rc == 0 && element)
			element->card = card;
	}
	return rc;
}
