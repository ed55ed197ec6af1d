/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * read_device.h - one reader per element that may ask for a host device.
 *
 * Each appends to request->hostdevs what the element asks for, which may be
 * nothing, and returns 0, or -EINVAL with the error filled.
 */
#pragma once

#include "domain/request.h"
#include "domain/xml.h"

struct hd_device_element {
	const char *name;
	int (*read)(const struct hd_xml_job *job, const struct _xmlNode *node,
		    struct hd_request *request);
};

/* <hostdev>, <interface>, <disk>, <serial>; ends with a NULL name. */
extern const struct hd_device_element hd_device_elements[];

int hd_hostdev_read(const struct hd_xml_job *job, const struct _xmlNode *node,
		    struct hd_request *request) _nonnull_(1, 2, 3) _must_check_;
int hd_interface_read(const struct hd_xml_job *job, const struct _xmlNode *node,
		      struct hd_request *request) _nonnull_(1, 2, 3) _must_check_;
int hd_disk_read(const struct hd_xml_job *job, const struct _xmlNode *node,
		 struct hd_request *request) _nonnull_(1, 2, 3) _must_check_;
int hd_serial_read(const struct hd_xml_job *job, const struct _xmlNode *node,
		   struct hd_request *request) _nonnull_(1, 2, 3) _must_check_;

/* For the readers: a new entry of the request for this element. */
struct hd_hostdev *hd_device_add(const struct hd_xml_job *job,
				 const struct _xmlNode *node, struct hd_request *request)
	_nonnull_(1, 2, 3) _returns_nonnull_;

/* For the readers: managed=, <driver model=>, <rom>, the guest's <address type='pci'>. */
int hd_device_common(const struct hd_xml_job *job, const struct _xmlNode *node,
		     struct hd_hostdev *hostdev) _nonnull_(1, 2, 3) _must_check_;

/* For the readers: the PCI or USB address of a <source>; its absence is an error. */
int hd_device_source(const struct hd_xml_job *job, const struct _xmlNode *node,
		     const struct _xmlNode *source, struct hd_hostdev *hostdev)
	_nonnull_(1, 2, 4) _must_check_;
int hd_device_usb_addr(const struct hd_xml_job *job, const struct _xmlNode *address,
		       struct hd_hostdev *hostdev) _nonnull_(1, 2, 3) _must_check_;
