/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * read_disk.c - what a <disk> or a <serial> asks for.
 *
 * A disk is a chain of images, and each of them can be a namespace of an NVMe
 * controller that QEMU drives itself; libvirt gives all of them to vfio-pci.
 */
#include "config.h"

#include "domain/read_device.h"
#include "domain/xml_value.h"

static int read_nvme(const struct hd_xml_job *job, const struct _xmlNode *node,
		     struct hd_request *request)
{
	static const struct hd_range range = { "namespace", 1, UINT32_MAX, false };
	const struct _xmlNode *source = hd_xml_child(node, "source");
	struct hd_hostdev *hostdev;
	uint64_t namespace;
	int rc;

	if (!hd_xml_attr_is(node, "type", "nvme"))
		return 0;
	hostdev = hd_device_add(job, node, request);
	hostdev->source = HD_SOURCE_DISK;
	if (hd_value_choice(job, source, "managed", hd_yes_no, &hostdev->managed) < 0 ||
	    hd_device_source(job, node, source, hostdev) < 0)
		return job->err->code;
	if (hostdev->kind != HD_DEVICE_PCI)
		return hd_element_bad(job, node, "is not at a PCI address");
	rc = hd_value_number(job, source, &range, &namespace);
	if (rc == 0)
		return hd_element_bad(job, source, "has no namespace");
	if (rc > 0)
		hostdev->nvme_namespace = (unsigned)namespace;
	return rc < 0 ? rc : 0;
}

int hd_disk_read(const struct hd_xml_job *job, const struct _xmlNode *node,
		 struct hd_request *request)
{
	const struct _xmlNode *mirror = hd_xml_child(node, "mirror"), *image;

	for (image = node; image; image = hd_xml_child(image, "backingStore"))
		if (read_nvme(job, image, request) < 0)
			return job->err->code;
	return mirror ? read_nvme(job, mirror, request) : 0;
}

int hd_serial_read(const struct hd_xml_job *job, const struct _xmlNode *node,
		   struct hd_request *request)
{
	const char *path = hd_xml_attr(job->arena, hd_xml_child(node, "source"), "path");
	struct hd_hostdev *hostdev;

	if (!hd_xml_attr_is(node, "type", "dev"))
		return 0;
	if (!path)
		return hd_element_bad(job, node, "has no <source> with a path");
	hostdev = hd_device_add(job, node, request);
	hostdev->kind = HD_DEVICE_SERIAL;
	hostdev->source = HD_SOURCE_SERIAL;
	hostdev->path = path;
	return 0;
}
