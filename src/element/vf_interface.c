/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * vf_interface.c - an SR-IOV virtual function as a network interface.
 *
 * libvirt sets MAC and VLAN through the physical function's interface, and takes
 * <interface type='hostdev'> for virtual functions only (src/hypervisor/virhostdev.c,
 * virHostdevNetConfigReplace; src/util/virnetdev.c).
 */
#include "config.h"

#include <errno.h>

#include "element/compose.h"

static int no_vf(struct hd_composer *c, const struct hd_pci_fn *fn)
{
	if (fn->sriov_totalvfs > 0)
		return hd_fail(c->err, -EPERM, "%s is a physical function, but libvirt "
			       "sets MAC and VLAN only of virtual functions: name one of "
			       "its %d (vf:%s/0), or pass it as a whole with --as pci", fn->name, fn->sriov_numvfs,
			       fn->n_netdevs ? fn->netdevs[0] : fn->name);
	return hd_fail(c->err, -EPERM, "%s is not an SR-IOV virtual function, but libvirt "
		       "takes <interface type='hostdev'> only for these: use --as pci, "
		       "without --mac and --vlan", fn->name);
}

int hd_compose_check_parent(struct hd_composer *c, const struct hd_pci_fn *fn)
{
	struct hd_pci_fn parent = { 0 };
	struct hd_pci_addr addr;

	if (!hd_pci_addr_parse(fn->physfn, &addr))
		return hd_fail(c->err, -EIO, "%s: its physical function '%.32s' has no address",
			       fn->name, fn->physfn);
	if (hd_pci_fn_read(&parent, c->root, c->arena, &addr, c->err) < 0)
		return c->err->code;
	if (parent.n_netdevs || parent.hides_netdevs)
		return 0;
	return hd_fail(c->err, -EPERM, "%s: its physical function %s (%s) has no network "
		       "interface, through which libvirt would set MAC and VLAN: bind it "
		       "to its driver, or use --as pci", fn->name, parent.name, parent.driver ? parent.driver :
		       "no driver");
}

int hd_compose_interface(struct hd_composer *c, const struct hd_device_ref *ref)
{
	struct hd_element *element;
	struct hd_pci_fn fn;
	int rc = hd_compose_fn(&fn, c, ref);

	if (rc < 0)
		return rc;
	if (fn.class >> 16 != 0x02)
		return hd_fail(c->err, -EPERM, "%s is not a network function (class %06x)", fn.name,
			       fn.class);
	rc = fn.physfn ? hd_compose_check_parent(c, &fn) : no_vf(c, &fn);
	if (rc < 0)
		return rc;
	if (!c->options->mac)
		hd_compose_note(c, "%s: libvirt chooses a MAC address when the guest is defined; "
				"--mac sets one", fn.name);
	return hd_compose_add_fn(&element, c, HD_ELEMENT_INTERFACE, &fn);
}
