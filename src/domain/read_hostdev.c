/* SPDX-License-Identifier: GPL-2.0-or-later */
/* read_hostdev.c - what a <hostdev> asks for. */
#include "config.h"

#include <string.h>

#include "domain/read_device.h"
#include "domain/xml_value.h"

static int read_pci(const struct hd_xml_job *job, const struct _xmlNode *node,
		    struct hd_hostdev *hostdev)
{
	return hd_device_source(job, node, hd_xml_child(node, "source"), hostdev);
}

static int read_usb_id(const struct hd_xml_job *job, const struct _xmlNode *source,
		       const char *name, unsigned *ret)
{
	static const struct hd_range range = { "id", 0, 0xffff, true };
	const struct _xmlNode *node = hd_xml_child(source, name);
	uint64_t value = 0;
	int rc = hd_value_number(job, node, &range, &value);

	if (rc < 0)
		return rc;
	if (node && !rc)
		return hd_element_bad(job, node, "has no id");
	*ret = (unsigned)value;
	return 0;
}

static int read_usb(const struct hd_xml_job *job, const struct _xmlNode *node,
		    struct hd_hostdev *hostdev)
{
	const struct _xmlNode *source = hd_xml_child(node, "source");
	const struct _xmlNode *address = hd_xml_child(source, "address");
	bool has_vendor = hd_xml_child(source, "vendor");

	hostdev->kind = HD_DEVICE_USB;
	hostdev->is_optional = hd_xml_attr_is(source, "startupPolicy", "optional") ||
			       hd_xml_attr_is(source, "startupPolicy", "requisite");
	if (has_vendor != (bool)hd_xml_child(source, "product"))
		return hd_element_bad(job, source,
				      "has only one of <vendor> and <product>");
	if (!has_vendor && !address)
		return hd_element_bad(job, node, "has no <source> with %s",
				      "<vendor> and <product>, or with <address>");
	if (read_usb_id(job, source, "vendor", &hostdev->usb_vendor) < 0 ||
	    read_usb_id(job, source, "product", &hostdev->usb_product) < 0)
		return job->err->code;
	return address ? hd_device_usb_addr(job, address, hostdev) : 0;
}

static int read_mdev(const struct hd_xml_job *job, const struct _xmlNode *node,
		     struct hd_hostdev *hostdev)
{
	const struct _xmlNode *source = hd_xml_child(node, "source");
	const struct _xmlNode *address = hd_xml_child(source, "address");
	const char *text = hd_xml_attr(job->arena, address, "uuid");
	char uuid[37];

	hostdev->kind = HD_DEVICE_MDEV;
	if (!text)
		return hd_element_bad(job, node,
				      "has no <source> with an <address uuid=>");
	if (!hd_value_uuid(text, uuid))
		return hd_value_bad(job, address, "uuid", "not a UUID");
	hostdev->mdev_uuid = hd_strdup(job->arena, uuid);
	hostdev->mdev_model = hd_xml_attr(job->arena, node, "model");
	return 0;
}

static int read_scsi(const struct hd_xml_job *job, const struct _xmlNode *node,
		     struct hd_hostdev *hostdev)
{
	(void)job;
	(void)node;
	hostdev->kind = HD_DEVICE_SCSI;
	return 0;
}

static const struct {
	const char *type;
	int (*read)(const struct hd_xml_job *job, const struct _xmlNode *node,
		    struct hd_hostdev *hostdev);
} types[] = {
	{ "pci", read_pci },
	{ "usb", read_usb },
	{ "mdev", read_mdev },
	{ "scsi", read_scsi },
	{ "scsi_host", read_scsi },
};

/* Another mode is for containers, another type for a libvirt newer than we are. */
int hd_hostdev_read(const struct hd_xml_job *job, const struct _xmlNode *node,
		    struct hd_request *request)
{
	const char *mode = hd_xml_attr(job->arena, node, "mode");
	const char *type = hd_xml_attr(job->arena, node, "type");

	if (mode && strcmp(mode, "subsystem") != 0)
		return 0;
	if (!type)
		return hd_element_bad(job, node, "has no type");
	for (size_t i = 0; i < HD_ARRAY_SIZE(types); i++) {
		struct hd_hostdev *hostdev;

		if (strcmp(type, types[i].type) != 0)
			continue;
		hostdev = hd_device_add(job, node, request);
		hostdev->source = HD_SOURCE_HOSTDEV;
		if (hd_device_common(job, node, hostdev) < 0)
			return job->err->code;
		return types[i].read(job, node, hostdev);
	}
	return 0;
}
