/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * early_exit.h - can this domain XML pass a host device at all?
 *
 * Looks at bytes only, so that most guests never pay for an XML parser.  It
 * may say true for a guest without devices, and never false for one with:
 * text that is not plain UTF-8, that declares entities or names another
 * encoding counts as true.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>

bool hd_domain_may_pass_devices(const char *xml, size_t length);

/* The same for a policy that lets USB devices come back to the guest (policy.h). */
bool hd_domain_may_replug(const char *xml, size_t length);
