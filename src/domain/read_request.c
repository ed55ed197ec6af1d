/* SPDX-License-Identifier: GPL-2.0-or-later */
/* read_request.c - reads what a guest asks for from its domain XML, and finds devices in it. */
#include "config.h"

#include <errno.h>
#include <stdlib.h>

#include "base/text.h"
#include "domain/read_device.h"
#include "domain/request.h"
#include "domain/resources.h"
#include "domain/xml_value.h"

static const char *text_of(const struct hd_xml_job *job, const struct _xmlNode *node)
{
	const char *text = hd_xml_text(job->arena, node);

	return text ? text : "";
}

static int read_general(const struct hd_xml_job *job, const struct _xmlNode *domain,
			struct hd_request *request)
{
	const struct _xmlNode *uuid = hd_xml_child(domain, "uuid");
	const struct _xmlNode *os_type = hd_xml_child(hd_xml_child(domain, "os"), "type");
	const char *type = hd_xml_attr(job->arena, domain, "type");

	request->name = text_of(job, hd_xml_child(domain, "name"));
	request->type = type ? type : "";
	request->machine = hd_xml_attr(job->arena, os_type, "machine");
	if (uuid && !hd_value_uuid(text_of(job, uuid), request->uuid))
		return hd_element_bad(job, uuid, "'%s' is not a UUID",
				      hd_text_printable(job->arena, text_of(job, uuid),
							40));
	return 0;
}

/* For all PCI devices (libvirt docs/formatdomain.rst, since 12.2). */
static int read_iommufd(const struct hd_xml_job *job, const struct _xmlNode *domain,
			struct hd_request *request)
{
	const struct _xmlNode *node = hd_xml_child(domain, "iommufd");
	bool is_enabled = false;

	if (hd_value_choice(job, node, "enabled", hd_yes_no, &is_enabled) < 0)
		return job->err->code;
	if (is_enabled) {
		request->iommufd_line = hd_xml_line(node);
		request->iommufd_fdgroup = hd_xml_attr(job->arena, node, "fdgroup");
	}
	return 0;
}

static int read_devices(const struct hd_xml_job *job, const struct _xmlNode *devices,
			struct hd_request *request)
{
	const struct _xmlNode *node;

	for (node = hd_xml_first(devices); node; node = hd_xml_next(node))
		if (hd_device_read(job, node, request) < 0)
			return job->err->code;
	return 0;
}

/* By address, and functions that are asked for twice in the order of the XML. */
static int by_address(const void *a, const void *b)
{
	const struct hd_hostdev *x = *(const struct hd_hostdev *const *)a;
	const struct hd_hostdev *y = *(const struct hd_hostdev *const *)b;
	int order = hd_pci_addr_compare(&x->addr, &y->addr);

	return order ? order : (x > y) - (x < y);
}

/* Namespaces of one NVMe controller may be disks of their own. */
static bool may_share(const struct hd_hostdev *a, const struct hd_hostdev *b)
{
	return a->source == HD_SOURCE_DISK && b->source == HD_SOURCE_DISK &&
	       a->nvme_namespace != b->nvme_namespace;
}

static int refuse_twice(const struct hd_xml_job *job, const struct hd_request *request)
{
	char buf[HD_PCI_ADDR_SIZE];

	for (size_t i = 1; i < request->n_by_addr; i++) {
		const struct hd_hostdev *a = request->by_addr[i - 1];
		const struct hd_hostdev *b = request->by_addr[i];

		if (hd_pci_addr_compare(&a->addr, &b->addr) || may_share(a, b))
			continue;
		return hd_fail(job->err, -EINVAL,
			       "line %u: %s is requested twice, first in line %u",
			       b->line, hd_pci_addr_format(&b->addr, buf), a->line);
	}
	return 0;
}

static int index_addresses(const struct hd_xml_job *job, struct hd_request *request)
{
	if (!request->n_hostdevs)
		return 0;
	request->by_addr = hd_alloc(job->arena,
				    request->n_hostdevs * sizeof(*request->by_addr));
	for (size_t i = 0; i < request->n_hostdevs; i++)
		if (request->hostdevs[i].has_addr)
			request->by_addr[request->n_by_addr++] = &request->hostdevs[i];
	qsort(request->by_addr, request->n_by_addr, sizeof(*request->by_addr),
	      by_address);
	return refuse_twice(job, request);
}

static void read_seclabel(const struct hd_xml_job *job, const struct _xmlNode *node,
			  struct hd_request *request)
{
	const struct _xmlNode *label = hd_xml_child(node, "label");

	if (hd_xml_is(node, "seclabel") && hd_xml_attr_is(node, "model", "dac") && label)
		request->dac_label = text_of(job, label);
}

static int read_domain(const struct hd_xml_job *job, const struct _xmlNode *domain,
		       struct hd_request *request)
{
	const struct _xmlNode *node;

	if (read_general(job, domain, request) < 0 ||
	    hd_resources_read(job, domain, request) < 0 ||
	    read_iommufd(job, domain, request) < 0)
		return job->err->code;
	for (node = hd_xml_first(domain); node; node = hd_xml_next(node)) {
		if (hd_xml_is(node, "devices") && read_devices(job, node, request) < 0)
			return job->err->code;
		read_seclabel(job, node, request);
		if (hd_xml_is(node, "metadata") &&
		    hd_policy_read(job, node, &request->policy) < 0)
			return job->err->code;
	}
	return index_addresses(job, request);
}

int hd_request_parse(struct hd_request *ret, struct hd_arena *arena, const char *xml,
		     size_t length, struct hd_error *err)
{
	const struct hd_xml_job job = { .arena = arena, .err = err };
	_cleanup_(hd_xml_free) struct _xmlDoc *doc = NULL;
	struct hd_request request = { 0 };
	const struct _xmlNode *domain;
	int rc = hd_domain_read(&job, &doc, &domain, xml, length);

	if (rc == 0)
		rc = read_domain(&job, domain, &request);
	if (rc == 0)
		*ret = request;
	return rc;
}

static const char *const kind_names[] = {
	[HD_DEVICE_PCI] = "pci",
	[HD_DEVICE_USB] = "usb",
	[HD_DEVICE_MDEV] = "mdev",
	[HD_DEVICE_SCSI] = "scsi",
	[HD_DEVICE_SERIAL] = "serial",
};
_Static_assert(HD_ARRAY_SIZE(kind_names) == HD_DEVICE_KIND_MAX, "a kind has no name");

const char *hd_device_kind_name(enum hd_device_kind kind)
{
	return kind < HD_DEVICE_KIND_MAX ? kind_names[kind] : "unknown";
}

static int is_before(const void *addr, const void *element)
{
	const struct hd_hostdev *hostdev = *(const struct hd_hostdev *const *)element;

	return hd_pci_addr_compare(addr, &hostdev->addr);
}

static const struct hd_hostdev *look_through(const struct hd_request *request,
					     const struct hd_pci_addr *addr)
{
	for (size_t i = 0; i < request->n_hostdevs; i++)
		if (request->hostdevs[i].has_addr &&
		    !hd_pci_addr_compare(&request->hostdevs[i].addr, addr))
			return &request->hostdevs[i];
	return NULL;
}

const struct hd_hostdev *hd_request_pci(const struct hd_request *request,
					const struct hd_pci_addr *addr)
{
	struct hd_hostdev *const *found;

	if (!request->by_addr)
		return look_through(request, addr);
	found = bsearch(addr, request->by_addr, request->n_by_addr,
			sizeof(*request->by_addr), is_before);
	return found ? *found : NULL;
}

bool hd_request_passes_devices(const struct hd_request *request)
{
	for (size_t i = 0; i < request->n_hostdevs; i++)
		if (request->hostdevs[i].kind != HD_DEVICE_SCSI || request->hostdevs[i].has_scsi)
			return true;
	return false;
}

const struct hd_hostdev *hd_request_iommufd(const struct hd_request *request)
{
	for (size_t i = 0; i < request->n_hostdevs; i++) {
		const struct hd_hostdev *dev = &request->hostdevs[i];

		if (dev->kind != HD_DEVICE_PCI || dev->source == HD_SOURCE_DISK)
			continue;
		if (dev->iommufd == HD_IOMMUFD_YES ||
		    (dev->iommufd == HD_IOMMUFD_AS_GUEST && request->iommufd_line))
			return dev;
	}
	return NULL;
}

void hd_request_keep(struct hd_request *request, struct hd_hostdev *devs, size_t n)
{
	request->hostdevs = devs;
	request->n_hostdevs = n;
	request->by_addr = NULL;
	request->n_by_addr = 0;
	request->n_networks = 0;
}
