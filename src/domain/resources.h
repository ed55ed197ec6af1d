/* SPDX-License-Identifier: GPL-2.0-or-later */
/* resources.h - memory, huge pages and CPUs that a domain asks for. */
#pragma once

#include "domain/request.h"
#include "domain/xml.h"

/* <memory>, <memoryBacking>, <cputune>, <numatune> of DOMAIN into the request. */
int hd_resources_read(const struct hd_xml_job *job, const struct _xmlNode *domain,
		      struct hd_request *request) _nonnull_(1, 2, 3) _must_check_;

/*
 * VALUE times libvirt's UNIT ("KiB", "MB", "g", "bytes"; NULL: KiB) in KiB,
 * rounded up; false for an unknown unit or a product beyond 64 bits.
 */
bool hd_resources_kib(uint64_t value, const char *unit, uint64_t *ret)
	_nonnull_(3) _must_check_;
