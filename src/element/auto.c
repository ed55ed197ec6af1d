/* SPDX-License-Identifier: GPL-2.0-or-later */
/* auto.c - what a device is given as when nobody says it. */
#include "config.h"

#include <errno.h>

#include "element/compose.h"

/* Can libvirt set its MAC?  Then it is an interface; else a function like others. */
static bool has_parent_netdev(struct hd_composer *c, const struct hd_pci_fn *fn)
{
	struct hd_error ignored = { 0 };
	struct hd_pci_fn parent = { 0 };
	struct hd_pci_addr addr;

	return hd_pci_addr_parse(fn->physfn, &addr) &&
	       hd_pci_fn_read(&parent, c->root, c->arena, &addr, &ignored) == 0 &&
	       (parent.n_netdevs || parent.hides_netdevs);
}

static int compose_virtual(struct hd_composer *c, const struct hd_device_ref *ref,
			   const struct hd_pci_fn *fn)
{
	if (fn->class >> 16 != 0x02)
		return hd_compose_pci(c, ref);
	if (has_parent_netdev(c, fn))
		return hd_compose_interface(c, ref);
	hd_compose_note(c, "%s: its physical function has no network interface, so libvirt "
			"cannot set MAC and VLAN; it is passed as a plain PCI device", fn->name);
	return hd_compose_pci(c, ref);
}

/* What it is decides, but for options that only one way has. */
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
	return fn.class >> 16 == 0x03 ? hd_compose_gpu(c, ref) : hd_compose_pci(c, ref);
}

int hd_compose_auto(struct hd_composer *c, const struct hd_device_ref *ref)
{
	static int (*const ways[HD_DEVICE_KIND_MAX])(struct hd_composer *,
						     const struct hd_device_ref *) = {
		[HD_DEVICE_PCI] = compose_function,
		[HD_DEVICE_USB] = hd_compose_usb,
		[HD_DEVICE_SERIAL] = hd_compose_serial,
		[HD_DEVICE_MDEV] = hd_compose_mdev,
	};

	if (ways[ref->kind])
		return ways[ref->kind](c, ref);
	return hd_fail(c->err, -EPERM, "%s: this kind of device is passed to a guest in "
				       "another way",
		       ref->name);
}
