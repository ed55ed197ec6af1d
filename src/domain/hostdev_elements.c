/* SPDX-License-Identifier: GPL-2.0-or-later */
/* hostdev_elements.c - the elements of a guest that ask for host devices, each as text of its own. */
#include "config.h"

#include <string.h>

#include "base/text.h"
#include "domain/hostdev_elements.h"
#include "domain/read_device.h"
#include "domain/xml_value.h"

#define MAX_NAME 200

/* What one element asks for: nothing, or one device. */
static int pick_element(struct hd_picked **ret, size_t *n, const struct hd_xml_job *job,
			const struct _xmlNode *node)
{
	struct hd_request request = { 0 };
	int rc = hd_device_read(job, node, &request);

	for (size_t i = 0; rc == 0 && i < request.n_hostdevs; i++)
		hd_push(job->arena, ret, n, (struct hd_picked){
			hd_xml_dump(job->arena, node), request.hostdevs[i] });
	return rc;
}

int hd_pick_devices(struct hd_picked **ret, size_t *ret_n, struct hd_arena *arena,
		    const char *xml, size_t length, struct hd_error *err)
{
	const struct hd_xml_job job = { .arena = arena, .err = err };
	_cleanup_(hd_xml_free) struct _xmlDoc *doc = NULL;
	const struct _xmlNode *domain, *node;
	struct hd_picked *list = NULL;
	size_t n = 0;
	int rc = hd_domain_read(&job, &doc, &domain, xml, length);

	if (rc < 0)
		return rc;
	node = hd_xml_first(hd_xml_child(domain, "devices"));
	for (; node; node = hd_xml_next(node)) {
		rc = pick_element(&list, &n, &job, node);
		if (rc < 0)
			return rc;
	}
	*ret = list;
	*ret_n = n;
	return 0;
}

static bool is_same_pci(const struct hd_hostdev *a, const struct hd_hostdev *b)
{
	return a->has_addr && b->has_addr && !hd_pci_addr_compare(&a->addr, &b->addr) &&
	       (!a->nvme_namespace || !b->nvme_namespace ||
		a->nvme_namespace == b->nvme_namespace);
}

/* Numbers that one of them does not say may be any. */
static bool is_same_usb(const struct hd_hostdev *a, const struct hd_hostdev *b)
{
	bool has_ids = a->usb_vendor && b->usb_vendor;
	bool has_places = a->usb_bus && b->usb_bus;

	return (has_ids || has_places) &&
	       (!has_ids || (a->usb_vendor == b->usb_vendor && a->usb_product == b->usb_product)) &&
	       (!has_places || (a->usb_bus == b->usb_bus && a->usb_device == b->usb_device));
}

static bool is_same_mdev(const struct hd_hostdev *a, const struct hd_hostdev *b)
{
	return !strcmp(a->mdev_uuid, b->mdev_uuid);
}

static bool is_same_serial(const struct hd_hostdev *a, const struct hd_hostdev *b)
{
	return a->path && b->path && !strcmp(a->path, b->path);
}

static bool is_same_scsi(const struct hd_hostdev *a, const struct hd_hostdev *b)
{
	return a->has_scsi && b->has_scsi && hd_scsi_addr_is_same(&a->scsi, &b->scsi);
}

static bool (*const is_same[HD_DEVICE_KIND_MAX])(const struct hd_hostdev *a,
						 const struct hd_hostdev *b) = {
	[HD_DEVICE_PCI] = is_same_pci,
	[HD_DEVICE_USB] = is_same_usb,
	[HD_DEVICE_MDEV] = is_same_mdev,
	[HD_DEVICE_SCSI] = is_same_scsi,
	[HD_DEVICE_SERIAL] = is_same_serial,
};

bool hd_hostdev_is_same(const struct hd_hostdev *a, const struct hd_hostdev *b)
{
	return a->kind == b->kind && is_same[a->kind] && is_same[a->kind](a, b);
}

static const char *usb_name(struct hd_arena *arena, const struct hd_hostdev *dev)
{
	if (dev->usb_bus)
		return hd_printf(arena, "usb:%u.%u", dev->usb_bus, dev->usb_device);
	return hd_printf(arena, "usb %04x:%04x", dev->usb_vendor, dev->usb_product);
}

/* One that the host does not have is of iSCSI or vhost. */
static const char *scsi_name(struct hd_arena *arena, const struct hd_hostdev *dev)
{
	char name[HD_SCSI_ADDR_SIZE];

	return dev->has_scsi ? hd_printf(arena, "scsi %s", hd_scsi_addr_format(&dev->scsi, name)) :
	       "scsi";
}

const char *hd_hostdev_name(struct hd_arena *arena, const struct hd_hostdev *dev)
{
	char name[HD_PCI_ADDR_SIZE];

	if (dev->kind == HD_DEVICE_PCI)
		return hd_strdup(arena, hd_pci_addr_format(&dev->addr, name));
	if (dev->kind == HD_DEVICE_USB)
		return usb_name(arena, dev);
	if (dev->kind == HD_DEVICE_MDEV)
		return hd_printf(arena, "mdev %s", dev->mdev_uuid);
	if (dev->kind == HD_DEVICE_SCSI)
		return scsi_name(arena, dev);
	return hd_printf(arena, "serial %s",
			 hd_text_printable(arena, dev->path ? dev->path : "", MAX_NAME));
}
