/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * vf_pool.c - all virtual functions of a network card as a pool that libvirt takes from.
 *
 * A network with <forward mode='hostdev'> (libvirt docs/formatnetwork.rst); managed='yes', since
 * libvirt chooses the function after the hook has run, so nobody else could bind it.
 */
#include "config.h"

#include <errno.h>

#include "base/text.h"
#include "element/element.h"
#include "facts/pci/pci.h"

#define NAME_SHOWN 64

static int read_parent(struct hd_pci_fn *ret, const struct hd_sysroot *root,
		       struct hd_arena *arena, const struct hd_device_ref *ref,
		       struct hd_error *err)
{
	const char *shown = hd_text_printable(arena, ref->given, NAME_SHOWN);

	if (ref->kind != HD_DEVICE_PCI)
		return hd_fail(err, -EPERM, "'%s' is not a PCI function: a pool is of the virtual "
			       "functions of a network card", shown);
	if (hd_pci_fn_read(ret, root, arena, &ref->pci, err) < 0)
		return err->code;
	if (!ret->is_present)
		return hd_fail(err, -ENODEV, "%s: the host does not have this PCI function",
			       ref->name);
	if (ret->physfn)
		return hd_fail(err, -EPERM, "%s is a virtual function itself: name its parent, %s",
			       ret->name, ret->physfn);
	if (ret->sriov_totalvfs <= 0)
		return hd_fail(err, -EPERM, "%s has no SR-IOV: it cannot have virtual functions",
			       ret->name);
	if (!ret->n_netdevs)
		return hd_fail(err, -EPERM, "%s has no network interface, by which libvirt names a "
			       "pool: bind it to its driver", ret->name);
	return 0;
}

static void add_element(struct hd_elements *list, struct hd_arena *arena,
			enum hd_element_kind kind, const char *name, const char *pool,
			const char *interface)
{
	struct hd_element *element = hd_append(arena, &list->items, &list->n, sizeof(*element));

	*element = (struct hd_element){ .kind = kind, .name = name, .group = HD_NO_GROUP };
	element->values[HD_P_NAME] = pool;
	if (interface)
		element->values[HD_P_INTERFACE] = interface;
}

int hd_elements_pool(struct hd_elements *ret, const struct hd_sysroot *root,
		     struct hd_arena *arena, const struct hd_device_ref *ref, struct hd_error *err)
{
	struct hd_pci_fn fn = { 0 };
	const char *interface, *pool;
	size_t n = 0;

	*ret = (struct hd_elements){ 0 };
	if (read_parent(&fn, root, arena, ref, err) < 0)
		return err->code;
	interface = hd_text_printable(arena, fn.netdevs[0], NAME_SHOWN);
	pool = hd_printf(arena, "hostdev-%s", interface);
	add_element(ret, arena, HD_ELEMENT_POOL_NETWORK, "network", pool, interface);
	add_element(ret, arena, HD_ELEMENT_POOL_INTERFACE, "interface", pool, NULL);
	hd_push(arena, &ret->notes, &n, hd_printf(arena, "<network> is for 'virsh net-define', "
		"<interface> for each guest; libvirt chooses a function of %s at its start, after "
		"the hook has run, so that it is not checked", interface));
	if (fn.sriov_numvfs <= 0)
		hd_push(arena, &ret->notes, &n, hd_printf(arena, "%s has no virtual functions yet: "
			"'hostdevctl setup vfs %s N --apply' creates up to %d", interface,
			interface, fn.sriov_totalvfs));
	ret->n_notes = n;
	return 0;
}
