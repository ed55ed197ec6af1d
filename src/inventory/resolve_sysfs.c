/* SPDX-License-Identifier: GPL-2.0-or-later */
/* resolve_sysfs.c - which device is a directory of sysfs, or what does it hang on? */
#include "config.h"

#include <ctype.h>
#include <errno.h>
#include <string.h>

#include "base/text.h"
#include "facts/pci/pci.h"
#include "facts/storage/storage.h"
#include "inventory/inventory.h"
#include "inventory/resolve_internal.h"

#define DEVICES "sys/devices/"
#define SUBSYSTEMS "/nvme-subsystem/"
#define VFIO_GROUPS "sys/devices/virtual/vfio/"
#define IOMMU_GROUPS "sys/kernel/iommu_groups"

/* The function's own link says where it is; a plain directory keeps its name. */
static const char *dir_of_function(const struct hd_resolver *r, const char *name)
{
	struct hd_pci_addr addr;
	const char *link;

	if (!hd_pci_addr_parse(name, &addr))
		return NULL;
	if (hd_sysroot_link(r->root, r->arena, &link, HD_SYS_PCI "/%s", name) == 0)
		return hd_path_of_link(r->arena, link);
	return hd_printf(r->arena, HD_SYS_PCI "/%s", name);
}

const char *hd_resolve_dir(const struct hd_resolver *r, const char *path)
{
	const char *link;

	if (hd_text_starts_with(path, DEVICES))
		return path;
	if (hd_sysroot_link(r->root, r->arena, &link, "%s", path) == 0)
		return hd_path_of_link(r->arena, link);
	if (hd_sysroot_link_base(r->root, r->arena, &link, "%s/device", path) == 0)
		return dir_of_function(r, link);
	return NULL;
}

/* The device nearest to DIR, not the hubs before it. */
static const struct hd_usb_dev *find_usb(const struct hd_resolver *r, const char *dir)
{
	const struct hd_usb_dev *found = NULL;

	for (size_t i = 0; i < r->usbs.n; i++) {
		const struct hd_usb_dev *dev = &r->usbs.devs[i];

		if (hd_path_is_below(dir, dev->path) &&
		    (!found || strlen(dev->path) > strlen(found->path)))
			found = dev;
	}
	return found;
}

/* Behind a controller of USB: ".../usb1/1-2/..." */
static bool is_on_usb(const char *dir)
{
	const char *at = dir;

	while ((at = strstr(at, "/usb"))) {
		at += strlen("/usb");
		if (isdigit((unsigned char)*at) && strchr("/", at[strspn(at, "0123456789")]))
			return true;
	}
	return false;
}

static int resolve_usb(struct hd_device_ref *ret, struct hd_resolver *r, const char *dir)
{
	const struct hd_usb_dev *usb;
	int rc = hd_resolve_usbs(r);

	if (rc < 0)
		return rc;
	usb = find_usb(r, dir);
	if (!usb)
		return hd_fail(r->err, -ENXIO, "'%s' belongs to a USB device that is not in /" HD_SYS_USB, r->shown);
	hd_resolve_is_usb(ret, r, usb, HD_USB_BY_NODE);
	return 1;
}

int hd_resolve_owner(struct hd_device_ref *ret, struct hd_resolver *r, const char *dir)
{
	struct hd_pci_addr addr;
	bool has_pci = hd_path_function(dir, &addr);

	if (has_pci)
		hd_resolve_is_pci(ret, r, &addr);
	return is_on_usb(dir) ? resolve_usb(ret, r, dir) : has_pci;
}

/* "nvme0n1p2", "nvme0c1n1", "ng0n1": the number after the n. */
static unsigned namespace_in(const char *node)
{
	const char *at = node, *n;
	uint64_t value;

	if (hd_text_starts_with(at, "nvme"))
		at += strlen("nvme");
	else if (hd_text_starts_with(at, "ng"))
		at += strlen("ng");
	else
		return 0;
	n = strchr(at, 'n');
	if (!n || !isdigit((unsigned char)n[1]))
		return 0;
	value = 0;
	for (n++; isdigit((unsigned char)*n) && value < UINT32_MAX / 10; n++)
		value = value * 10 + (uint64_t)(*n - '0');
	return (unsigned)value;
}

/*
 * The kernel's file says it (Linux drivers/nvme/host/sysfs.c); the number in the
 * name is its instance, which is the same on most disks.
 */
static void read_namespace(struct hd_device_ref *ref, const struct hd_resolver *r,
			   const char *dir)
{
	const char *disk = dir;
	uint64_t nsid;

	ref->nvme_namespace = namespace_in(basename(dir));
	if (!ref->nvme_namespace)
		return;
	if (ref->is_partition)
		disk = hd_printf(r->arena, "%.*s", (int)(strrchr(dir, '/') - dir), dir);
	if (hd_sysroot_u64(r->root, &nsid, "%s/nsid", disk) == 0 && nsid &&
	    nsid < UINT32_MAX)
		ref->nvme_namespace = (unsigned)nsid;
}

static bool is_tty(const struct hd_resolver *r, const char *dir)
{
	const char *subsystem;

	if (hd_sysroot_link_base(r->root, r->arena, &subsystem, "%s/subsystem", dir) == 0)
		return !strcmp(subsystem, "tty");
	return strstr(dir, "/tty/") != NULL;
}

/* The tty of a platform's UART hangs on neither bus, but is a serial port as well. */
static int resolve_tty(struct hd_device_ref *ret, struct hd_resolver *r, const char *dir)
{
	if (strstr(dir, "/virtual/"))
		return hd_fail(r->err, -ENXIO, "'%s' is a terminal without hardware", r->shown);
	if (hd_resolve_owner(ret, r, dir) < 0)
		return r->err->code;
	ret->kind = HD_DEVICE_SERIAL;
	ret->usb_by = HD_USB_BY_NONE;
	ret->tty = hd_text_printable(r->arena, basename(dir), NAME_MAX);
	return 0;
}

/* "nvme1c0n2" is a path to "nvme1n2", and to that disk's partitions. */
static bool is_path_to(const char *path, const char *head)
{
	size_t digits = strspn(head + strlen("nvme"), "0123456789") + strlen("nvme");
	const char *n = strrchr(path, 'n');
	size_t length = strlen(n);

	return !strncmp(path, head, digits) && path[digits] == 'c' &&
	       !strncmp(n, head + digits, length) &&
	       (!head[digits + length] || head[digits + length] == 'p');
}

/* 1: it has a path to the disk; 0: only to others; -1: it has no paths at all. */
static int leads_to(const struct hd_resolver *r, const char *fn, const char *controller,
		    const char *head)
{
	const char *const *names = NULL;
	ssize_t n = hd_sysroot_names(r->root, r->arena, &names, HD_SYS_PCI "/%s/nvme/%s", fn,
				     controller);
	int found = -1;

	for (ssize_t i = 0; i < n; i++) {
		if (!hd_nvme_is_path(names[i]))
			continue;
		if (is_path_to(names[i], head))
			return 1;
		found = 0;
	}
	return found;
}

static void add_controller(struct hd_device_ref *ret, struct hd_resolver *r,
			   const char *subsystem, const char *name, const char *head)
{
	char fn[HD_PCI_ADDR_SIZE];
	struct hd_pci_addr addr;
	const char *link;

	if (!hd_nvme_is_controller(name) ||
	    hd_sysroot_link(r->root, r->arena, &link, "%s/%s", subsystem, name) < 0 ||
	    !hd_path_function(link, &addr) ||
	    !leads_to(r, hd_pci_addr_format(&addr, fn), name, head))
		return;
	hd_resolve_is_pci(ret, r, &addr);
	hd_resolve_add(r, ret->name, hd_printf(r->arena, "controller %s", name));
}

static int nvme_head(struct hd_device_ref *ret, struct hd_resolver *r, const char *dir)
{
	const char *at = strstr(dir, SUBSYSTEMS) + strlen(SUBSYSTEMS);
	const char *subsystem = hd_printf(r->arena, "%.*s",
					  (int)(at - dir + (ptrdiff_t)strcspn(at, "/")), dir);
	const char *const *names = NULL;
	ssize_t n = hd_sysroot_names(r->root, r->arena, &names, "%s", subsystem);
	int rc;

	for (ssize_t i = 0; i < n; i++)
		add_controller(ret, r, subsystem, names[i], ret->node);
	rc = hd_resolve_only(r);
	return rc <= 0 ? rc : hd_fail(r->err, -ENXIO, "'%s' is an NVMe disk without a controller "
				      "on the PCI bus" HD_SEE_LIST, r->shown);
}

static int vfio_group(struct hd_device_ref *ret, struct hd_resolver *r, const char *dir)
{
	const char *group = dir + strlen(VFIO_GROUPS);
	const char *const *names = NULL;
	ssize_t n = strchr(group, '/') ? 0 :
		    hd_sysroot_names(r->root, r->arena, &names, IOMMU_GROUPS "/%s/devices",
				     group);
	struct hd_pci_addr addr;
	int rc;

	for (ssize_t i = 0; i < n; i++) {
		if (!hd_pci_addr_parse(names[i], &addr))
			continue;
		hd_resolve_is_pci(ret, r, &addr);
		hd_resolve_add(r, ret->name, NULL);
	}
	rc = hd_resolve_only(r);
	return rc <= 0 ? rc : hd_fail(r->err, -ENXIO, "'%s' is a VFIO group without a PCI "
				      "function" HD_SEE_LIST, r->shown);
}

/* dm, md, loop and zram are made of other disks. */
static int made_of_others(struct hd_device_ref *ret, struct hd_resolver *r, const char *dir)
{
	const char *const *names = NULL;
	ssize_t n = hd_sysroot_names(r->root, r->arena, &names, "%s/slaves", dir);
	const char *list = NULL;

	(void)ret;
	for (ssize_t i = 0; i < n; i++) {
		const char *name = hd_text_printable(r->arena, names[i], NAME_MAX);

		list = list ? hd_printf(r->arena, "%s, /dev/%s", list, name) :
		       hd_printf(r->arena, "/dev/%s", name);
	}
	if (list)
		return hd_fail(r->err, -ENXIO, "'%s' is not a device of its own but lies "
			       "on %.300s; name the disk", r->shown, list);
	return hd_fail(r->err, -ENXIO, "'%s' does not belong to a PCI function or USB device"
		       HD_SEE_LIST, r->shown);
}

/*
 * A node that hangs on no bus and may stand for others; RET has its node and namespace.  With
 * native multipath an NVMe disk belongs to its subsystem, which links to its controllers
 * (facts/storage/storage_blocks.c); a VFIO group is its functions.
 */
static int resolve_virtual(struct hd_device_ref *ret, struct hd_resolver *r, const char *dir)
{
	if (ret->nvme_namespace && strstr(dir, SUBSYSTEMS))
		return nvme_head(ret, r, dir);
	if (hd_text_starts_with(dir, VFIO_GROUPS))
		return vfio_group(ret, r, dir);
	return made_of_others(ret, r, dir);
}

int hd_resolve_node(struct hd_device_ref *ret, struct hd_resolver *r, const char *dir)
{
	const char *name = basename(dir);
	int rc;

	ret->node = hd_text_printable(r->arena, name, NAME_MAX);
	ret->is_partition = hd_sysroot_has(r->root, "%s/partition", dir);
	if (is_tty(r, dir))
		return resolve_tty(ret, r, dir);
	read_namespace(ret, r, dir);
	rc = hd_resolve_owner(ret, r, dir);
	if (rc < 0 || hd_resolve_scsi_node(ret, r, dir))
		return rc < 0 ? rc : 0;
	return rc == 0 ? resolve_virtual(ret, r, dir) : 0;
}
