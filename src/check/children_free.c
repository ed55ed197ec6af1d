/* SPDX-License-Identifier: GPL-2.0-or-later */
/* children_free.c - would a mediated device, or a virtual function in use, go with the driver? */
#include "config.h"

#include <string.h>

#include "check/usb_loss.h"

/* A guest that has a child, or is defined with it; NULL: none. */
struct owner {
	const char *guest, *uuid;
	bool is_running;
};

static struct owner owner_of_vf(const struct hd_guests *guests, const struct hd_child *child)
{
	struct owner owner = { NULL, NULL, false };
	struct hd_pci_addr addr;

	if (!hd_pci_addr_parse(child->name, &addr))
		return owner;
	for (size_t i = 0; i < guests->n_claims && !owner.is_running; i++)
		if (!hd_pci_addr_compare(&guests->claims[i].addr, &addr))
			owner = (struct owner){ guests->claims[i].guest, guests->claims[i].uuid,
						guests->claims[i].is_running };
	return owner;
}

static bool find_among(struct owner *ret, const struct hd_guest_device *devices, size_t n,
		       const char *uuid, bool is_running)
{
	for (size_t i = 0; i < n; i++) {
		if (devices[i].dev.kind != HD_DEVICE_MDEV ||
		    strcmp(devices[i].dev.mdev_uuid, uuid) != 0)
			continue;
		*ret = (struct owner){ devices[i].guest, devices[i].uuid, is_running };
		return true;
	}
	return false;
}

static struct owner owner_of_mdev(const struct hd_guests *guests, const char *uuid)
{
	struct owner owner = { NULL, NULL, false };

	(void)(find_among(&owner, guests->devices, guests->n_devices, uuid, true) ||
	       find_among(&owner, guests->own_devices, guests->n_own_devices, uuid, true) ||
	       find_among(&owner, guests->defined_devices, guests->n_defined_devices, uuid,
			  false));
	return owner;
}

static const char *used_by(const struct hd_subject *s, const struct hd_child *child,
			   const struct owner *owner)
{
	if (owner->is_running)
		return hd_printf(s->arena, "the running guest \"%s\" has it", owner->guest);
	if (child->busy)
		return child->busy;
	return owner->guest ? hd_printf(s->arena, "the defined guest \"%s\" asks for it",
					owner->guest) : NULL;
}

/* What ends the use; the virtual functions themselves are for sriov-vfs-off. */
static const char *remedy_for(const struct hd_subject *s, const struct hd_child *child,
			      const struct owner *owner)
{
	const char *first = owner->is_running ?
			    hd_end_guest(s->arena, owner->guest, owner->uuid) :
			    child->busy ? "stop the program that has it open" : NULL;
	const char *stop = child->is_vf ? NULL :
			   hd_printf(s->arena, HD_COMMAND("mdevctl stop -u %s"), child->name);

	if (!first || !stop)
		return first ? first : stop;
	return hd_printf(s->arena, "%s, then %s", first, stop);
}

static void add_child(struct hd_sum *sum, const struct hd_child *child)
{
	const struct hd_subject *s = sum->subject;
	const struct hd_guests *guests = &s->facts->guests;
	struct owner owner = child->is_vf ? owner_of_vf(guests, child) :
			     owner_of_mdev(guests, child->name);
	const char *use = used_by(s, child, &owner);
	struct hd_result part = { .severity = HD_ERROR };

	/* A virtual function that nobody has is not a use of its parent. */
	if (child->is_vf && !owner.is_running && !child->busy)
		return;
	part.evidence = hd_printf(s->arena, "%s %s %sgoes with driver %s%s%s",
				  child->is_vf ? "virtual function" : "mediated device",
				  child->name,
				  child->type ? hd_printf(s->arena, "(%s) ", child->type) : "",
				  s->pci->fn.driver, use ? ", and " : "", use ? use : "");
	part.remedy = remedy_for(s, child, &owner);
	hd_sum_add(sum, HD_FAIL, &part);
}

static enum hd_verdict are_children_free(const struct hd_subject *s, struct hd_result *ret)
{
	const struct hd_children *children = &s->pci->children;
	struct hd_sum sum = { .subject = s, .ret = ret, .verdict = HD_PASS };
	const struct hd_result unknown = { .severity = HD_ERROR, .evidence = children->unknown };

	if (s->pci->fn.driver_kind != HD_DRIVER_HOST)
		return HD_SKIP;
	for (size_t i = 0; i < children->n; i++)
		add_child(&sum, &children->items[i]);
	if (children->unknown)
		hd_sum_add(&sum, HD_UNKNOWN, &unknown);
	if (sum.verdict != HD_PASS)
		return hd_sum_end(&sum);
	return children->n ? HD_PASS : HD_SKIP;
}

const struct hd_check hd_check_children_free = {
	.id = "children-free",
	.scope = HD_SCOPE_TAKEN,
	.severity = HD_ERROR,
	.title = "no device that the driver creates from the function would disappear with it",
	.remedy = "find them with `mdevctl list` and `ls "
		  "/sys/bus/pci/devices/ADDRESS/virtfn*`, and stop their users",
	.doc = "When a driver is unbound from a function, its mediated devices and virtual "
	       "functions disappear: a guest that has one loses it, or the kernel waits "
	       "for the guest forever (Linux drivers/vfio/mdev, "
	       "vfio_unregister_group_dev). The check fails if the function has any "
	       "mediated device, whether a guest uses it or not, or if a running guest or "
	       "a program uses one of its virtual functions; this cannot be allowed. What "
	       "else a driver creates from a function, its interfaces, disks and device "
	       "nodes, is checked by network-free, storage-free and holders-free. Source: "
	       "the function's directory in sysfs, VFIO's nodes, and libvirt's files in "
	       "/run/libvirt/qemu and /etc/libvirt/qemu.",
	.is_last_look = true,
	.run = are_children_free,
};
