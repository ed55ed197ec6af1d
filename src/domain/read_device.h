/* SPDX-License-Identifier: GPL-2.0-or-later */
/* read_device.h - reads one element that may ask for a host device. */
#pragma once

#include "domain/request.h"
#include "domain/xml.h"

/*
 * Appends to request->hostdevs what a <hostdev>, <interface>, <disk> or <serial> asks
 * for, which may be nothing; other elements ask for nothing.  Returns 0, or -EINVAL
 * with the error filled.
 */
int hd_device_read(const struct hd_xml_job *job, const struct _xmlNode *node,
		   struct hd_request *request) _nonnull_(1, 2, 3) _must_check_;
