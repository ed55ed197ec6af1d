/* SPDX-License-Identifier: GPL-2.0-or-later */
/* policy_xml.h - reads a guest's policy from its <metadata>. */
#pragma once

#include "domain/policy.h"
#include "domain/xml.h"

/* No policy of one guest pins or allows more. */
#define HD_POLICY_MAX_ENTRIES 1024

/*
 * Adds what METADATA says to *POLICY, which was zeroed or read before; elements
 * of other namespaces are left alone.  Returns 0, or -EINVAL with ERR.
 */
int hd_policy_read(const struct hd_xml_job *job, const struct _xmlNode *metadata,
		   struct hd_policy *policy) _nonnull_(1, 2, 3) _must_check_;
