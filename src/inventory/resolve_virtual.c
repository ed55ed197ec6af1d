/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * resolve_virtual.c - nodes that stand for others: NVMe heads, VFIO groups, dm and md.
 *
 * With native multipath an NVMe disk belongs to its subsystem, which links to
 * its controllers (facts/storage/storage_blocks.c); a VFIO group is its functions.
 */
#include "config.h"

#include <errno.h>
#include <string.h>

#include "base/text.h"
#include "facts/pci/pci.h"
#include "facts/storage/storage.h"
#include "inventory/inventory.h"
#include "inventory/resolve_internal.h"

#define SUBSYSTEMS "/nvme-subsystem/"
#define VFIO_GROUPS "sys/devices/virtual/vfio/"
#define IOMMU_GROUPS "sys/kernel/iommu_groups"

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

	for (ssize_t i = 0; i < n; i++)
		add_controller(ret, r, subsystem, names[i], ret->node);
	if (r->n_candidates > 1)
		return hd_resolve_ambiguous(r);
	if (r->n_candidates)
		return 0;
	return hd_fail(r->err, -ENXIO, "'%s' is an NVMe disk without a controller on the PCI bus"
		       HD_SEE_LIST, r->shown);
}

static int vfio_group(struct hd_device_ref *ret, struct hd_resolver *r, const char *dir)
{
	const char *group = dir + strlen(VFIO_GROUPS);
	const char *const *names = NULL;
	ssize_t n = strchr(group, '/') ? 0 :
		    hd_sysroot_names(r->root, r->arena, &names, IOMMU_GROUPS "/%s/devices",
				     group);
	struct hd_pci_addr addr;

	for (ssize_t i = 0; i < n; i++) {
		if (!hd_pci_addr_parse(names[i], &addr))
			continue;
		hd_resolve_is_pci(ret, r, &addr);
		hd_resolve_add(r, ret->name, NULL);
	}
	if (r->n_candidates > 1)
		return hd_resolve_ambiguous(r);
	return r->n_candidates ? 0 :
	       hd_fail(r->err, -ENXIO, "'%s' is a VFIO group without a PCI function"
		       HD_SEE_LIST, r->shown);
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

int hd_resolve_virtual(struct hd_device_ref *ret, struct hd_resolver *r, const char *dir)
{
	if (ret->nvme_namespace && strstr(dir, SUBSYSTEMS))
		return nvme_head(ret, r, dir);
	if (hd_text_starts_with(dir, VFIO_GROUPS))
		return vfio_group(ret, r, dir);
	return made_of_others(ret, r, dir);
}
