/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * address_pattern.h - the PCI functions that an address of a scheduler's configuration means.
 *
 * Forms: a whole address, one without its function (the whole card), Nova's glob ("*:0a:00.*", ":0a:00.";
 * what is left out is anything) and Nova's regular expression for each part (PciAddressGlobSpec and
 * PciAddressRegexSpec of nova/pci/devspec.py).
 */
#pragma once

#include <regex.h>
#include <stdbool.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/pciaddr.h"
#include "scheduler/document.h"

#define HD_ADDRESS_PARTS 4	/* domain, bus, slot, function */

struct hd_address_pattern {
	struct hd_address_part {
		bool is_any;
		unsigned value;
		const char *regex;	/* or NULL; matches at the beginning, as Python's re.match() does */
		bool is_number;		/* of a regex: it is VALUE, as Nova prints it */
	} parts[HD_ADDRESS_PARTS];
};

/* "0000:01:00.0" or, for the whole card, "0000:01:00"; false: it is neither. */
bool hd_address_pattern_path(struct hd_address_pattern *ret, const char *text)
	_nonnull_(1, 2) _must_check_;

/* Nova's "address": a text or a map.  0, or -EINVAL with ERR, which says what is wrong with it. */
int hd_address_pattern_nova(struct hd_address_pattern *ret, struct hd_arena *arena,
			    const struct hd_doc *address, struct hd_error *err)
	_nonnull_(1, 2, 3, 4) _must_check_;

/* Does it mean one function only? */
bool hd_address_pattern_is_single(const struct hd_address_pattern *pattern, struct hd_pci_addr *ret)
	_nonnull_(1, 2);

/* What is compared with many addresses: the expressions, ready for it.  A zeroed one matches all. */
struct hd_address_matcher {
	const struct hd_address_pattern *pattern;
	regex_t regex[HD_ADDRESS_PARTS];
	bool is_open[HD_ADDRESS_PARTS];
};

void hd_address_matcher_open(struct hd_address_matcher *ret, const struct hd_address_pattern *pattern)
	_nonnull_(1, 2);
bool hd_address_matches(const struct hd_address_matcher *matcher, const struct hd_pci_addr *addr)
	_nonnull_(1, 2);
void hd_address_matcher_close(struct hd_address_matcher *matcher) _nonnull_(1);
