/* SPDX-License-Identifier: GPL-2.0-or-later */
/* resolve_named.c - vendor:device, interfaces, virtual functions by number, mediated devices. */
#include "config.h"

#include <errno.h>
#include <string.h>

#include "base/text.h"
#include "facts/mdev/mdev.h"
#include "facts/pci/pci.h"
#include "inventory/resolve_internal.h"

#define SYS_NET "sys/class/net"
#define MAX_VF 65535

/* In a captured tree without the class: each function's own directory. */
static bool find_below_functions(struct hd_device_ref *ret, struct hd_resolver *r,
				 const char *name)
{
	struct hd_pci_addr *addrs = NULL;
	size_t n = 0;

	if (hd_pci_addresses(r->root, r->arena, &addrs, &n, r->err) < 0)
		return false;
	for (size_t i = 0; i < n; i++) {
		char fn[HD_PCI_ADDR_SIZE];

		if (!hd_sysroot_has(r->root, HD_SYS_PCI "/%s/net/%s",
				    hd_pci_addr_format(&addrs[i], fn), name))
			continue;
		hd_resolve_is_pci(ret, r, &addrs[i]);
		return true;
	}
	return false;
}

/* People often leave out the beginning of a name. */
static int no_interface(const struct hd_resolver *r, const char *text)
{
	const char *meant = "";

	if (hd_sysroot_has(r->root, "dev/%s", text))
		meant = hd_printf(r->arena, "; perhaps you mean /dev/%s", r->shown);
	else if (hd_sysroot_has(r->root, HD_SYS_USB "/%s", text))
		meant = hd_printf(r->arena, "; perhaps you mean usb:%s", r->shown);
	return hd_fail(r->err, -ENOENT, "'%s' is not a device: this host has no interface "
		       "with that name%s" HD_SEE_LIST, r->shown, meant);
}

int hd_resolve_net(struct hd_device_ref *ret, struct hd_resolver *r, const char *text)
{
	const char *dir = NULL;
	int rc;

	if (!*text || strchr(text, '/') || text[0] == '.')
		return hd_fail(r->err, -EINVAL, "'%s' is not an interface name", r->shown);
	ret->node = hd_text_printable(r->arena, text, NAME_MAX);
	if (hd_sysroot_has(r->root, SYS_NET "/%s", text))
		dir = hd_resolve_dir(r, hd_printf(r->arena, SYS_NET "/%s", text));
	else if (!hd_sysroot_has(r->root, SYS_NET) && find_below_functions(ret, r, text))
		return 0;
	else
		return no_interface(r, text);
	rc = dir ? hd_resolve_owner(ret, r, dir) : 0;
	if (rc)
		return rc < 0 ? rc : 0;
	return hd_fail(r->err, -ENXIO, "'%s' is an interface without a PCI function or USB "
		       "device (a bridge, bond, VLAN or the like); name the card's interface" HD_SEE_LIST, r->shown);
}

/* It does not exist yet, but mdevctl has a definition of it. */
static bool find_definition(struct hd_device_ref *ret, struct hd_resolver *r,
			    const char *uuid)
{
	const char *const *parents = NULL;
	ssize_t n = hd_sysroot_names(r->root, r->arena, &parents, HD_MDEVCTL);

	for (ssize_t i = 0; i < n; i++) {
		if (!hd_sysroot_has(r->root, HD_MDEVCTL "/%s/%s", parents[i], uuid))
			continue;
		ret->has_pci = hd_pci_addr_parse(parents[i], &ret->pci);
		return true;
	}
	return false;
}

int hd_resolve_mdev(struct hd_device_ref *ret, struct hd_resolver *r, const char *text)
{
	struct hd_device_ref owner = { .kind = HD_DEVICE_MDEV };
	const char *dir;
	char uuid[37];

	if (!hd_text_uuid(text, uuid))
		return hd_fail(r->err, -EINVAL, "'%s' is not a UUID", r->shown);
	if (hd_sysroot_has(r->root, HD_SYS_MDEV "/%s", uuid)) {
		dir = hd_resolve_dir(r, hd_printf(r->arena, HD_SYS_MDEV "/%s", uuid));
		if (dir && hd_resolve_owner(&owner, r, dir) > 0) {
			ret->has_pci = owner.has_pci;
			ret->pci = owner.pci;
		}
	} else if (!find_definition(ret, r, uuid)) {
		return hd_fail(r->err, -ENOENT, "'%s': this host has no mediated device "
			       "with this UUID, and mdevctl defines none; see 'mdevctl "
			       "list' and 'mdevctl types'", r->shown);
	}
	ret->kind = HD_DEVICE_MDEV;
	ret->uuid = hd_strdup(r->arena, uuid);
	ret->name = ret->uuid;
	return 0;
}

/* Why there is no such VF. */
static int no_vf(struct hd_resolver *r, const char *pf, unsigned number)
{
	uint64_t total = 0, now = 0;

	if (hd_sysroot_u64(r->root, &total, HD_SYS_PCI "/%s/sriov_totalvfs", pf) < 0)
		return hd_fail(r->err, -ENXIO, "'%s': %s has no virtual functions (no SR-IOV, or "
			       "its driver has none)", r->shown, pf);
	if (hd_sysroot_u64(r->root, &now, HD_SYS_PCI "/%s/sriov_numvfs", pf) < 0 || !now)
		return hd_fail(r->err, -ENOENT, "'%s': %s has no virtual functions yet; to "
			       "create up to %u: echo NUMBER > /" HD_SYS_PCI "/%s/sriov_numvfs",
			       r->shown, pf, (unsigned)total, pf);
	return hd_fail(r->err, -ENOENT, "'%s': %s has no virtual function %u; it has %u, "
		       "numbered from 0 to %u", r->shown, pf, number, (unsigned)now, (unsigned)now - 1);
}

/* The physical function that the text before the slash names. */
static int resolve_pf(struct hd_device_ref *ret, struct hd_resolver *r, const char *text)
{
	int rc = hd_resolve(ret, r->root, r->arena, text, r->err);

	if (rc < 0)
		return rc;
	if (ret->kind != HD_DEVICE_PCI)
		return hd_fail(r->err, -ENXIO, "'%s': %s is not a PCI function, so it has "
			       "no virtual functions", r->shown, ret->name);
	if (!hd_sysroot_has(r->root, HD_SYS_PCI "/%s", ret->name))
		return hd_fail(r->err, -ENOENT, "'%s': this host has no PCI function %s"
			       HD_SEE_LIST, r->shown, ret->name);
	return 0;
}

int hd_resolve_vf(struct hd_device_ref *ret, struct hd_resolver *r, const char *text)
{
	const char *pf_name = text + strlen("vf:"), *slash = strrchr(pf_name, '/'), *link;
	struct hd_device_ref pf = { .kind = HD_DEVICE_PCI };
	struct hd_pci_addr addr;
	uint64_t number;
	int rc;

	if (!slash || slash == pf_name || !hd_text_u64(slash + 1, &number) ||
	    number > MAX_VF || hd_text_starts_with(pf_name, "vf:"))
		return hd_fail(r->err, -EINVAL, "'%s' is not a virtual function; write "
			       "vf:PF/NUMBER, such as vf:enp3s0f0/2 or vf:0000:03:00.0/2", r->shown);
	rc = resolve_pf(&pf, r, hd_strndup(r->arena, pf_name, (size_t)(slash - pf_name)));
	if (rc < 0)
		return rc;
	if (hd_sysroot_link_base(r->root, r->arena, &link, HD_SYS_PCI "/%s/virtfn%u", pf.name,
				 (unsigned)number) < 0 || !hd_pci_addr_parse(link, &addr))
		return no_vf(r, pf.name, (unsigned)number);
	hd_resolve_is_pci(ret, r, &addr);
	return 0;
}

static bool has_number(const struct hd_resolver *r, const char *fn, const char *file,
		       unsigned wanted)
{
	uint64_t value;

	return hd_sysroot_u64(r->root, &value, HD_SYS_PCI "/%s/%s", fn, file) == 0 &&
	       value == wanted;
}

/* Tells two equal cards apart: the slot would be better, but sysfs has only the driver. */
static const char *pci_hint(const struct hd_resolver *r, const char *fn)
{
	const char *driver;

	if (hd_pci_driver_read(r->root, r->arena, fn, &driver) < 0 || !driver)
		return "PCI, no driver";
	return hd_printf(r->arena, "PCI, driver %s", driver);
}

static int add_functions(struct hd_device_ref *ret, struct hd_resolver *r, unsigned vendor,
			 unsigned device)
{
	struct hd_pci_addr *addrs = NULL;
	size_t n = 0;
	int rc = hd_pci_addresses(r->root, r->arena, &addrs, &n, r->err);

	for (size_t i = 0; rc >= 0 && i < n; i++) {
		char name[HD_PCI_ADDR_SIZE];

		hd_pci_addr_format(&addrs[i], name);
		if (!has_number(r, name, "vendor", vendor) ||
		    !has_number(r, name, "device", device))
			continue;
		hd_resolve_is_pci(ret, r, &addrs[i]);
		hd_resolve_add(r, ret->name, pci_hint(r, name));
	}
	return rc < 0 ? rc : 0;
}

static int add_usb(struct hd_device_ref *ret, struct hd_resolver *r, unsigned vendor,
		   unsigned device)
{
	int rc = hd_resolve_usbs(r);

	for (size_t i = 0; rc == 0 && i < r->usbs.n; i++) {
		const struct hd_usb_dev *dev = &r->usbs.devs[i];

		if (dev->vendor != vendor || dev->product != device)
			continue;
		hd_resolve_is_usb(ret, r, dev, HD_USB_BY_ID);
		hd_resolve_add_usb(r, dev);
	}
	return rc;
}

int hd_resolve_id(struct hd_device_ref *ret, struct hd_resolver *r, const char *text)
{
	unsigned vendor = 0, device = 0;
	const char *end;
	int rc;

	(void)hd_resolve_ids(text, &vendor, &device, &end);
	rc = add_functions(ret, r, vendor, device);
	if (rc == 0)
		rc = add_usb(ret, r, vendor, device);
	if (rc == 0)
		rc = hd_resolve_only(r);
	return rc <= 0 ? rc : hd_fail(r->err, -ENOENT, "'%s': this host has no PCI function or "
				      "USB device with this vendor and device id" HD_SEE_LIST,
				      r->shown);
}
