/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * guest_pages.h - how many huge pages a guest's memory takes, and from which of the host's nodes.
 *
 * libvirt takes for each of the guest's NUMA nodes the page size whose nodeset
 * names it, else the one without a nodeset (src/qemu/qemu_command.c,
 * qemuBuildMemoryBackendProps), and lets QEMU allocate all at the start.
 */
#pragma once

#include "domain/request.h"

/* What is needed of one size from one set of the host's nodes. */
struct hd_page_need {
	uint64_t size_kib, pages;
	const char *nodes;	/* of the host, as written; NULL: any */
};

/* Each size and set of nodes once; zeroed at first. */
struct hd_page_needs {
	struct hd_page_need *items;
	size_t n;
};

/*
 * Adds what the guest takes.  DEFAULT_KIB is the size of a <hugepages/> that says
 * none.  UNASKED_KIB is that for the memory that the guest does not want in huge
 * pages; 0: it takes none for that.
 */
void hd_page_needs_add(struct hd_page_needs *needs, struct hd_arena *arena,
		       const struct hd_request *request, uint64_t default_kib,
		       uint64_t unasked_kib) _nonnull_(1, 2, 3);
