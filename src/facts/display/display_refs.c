/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * display_refs.c - who else keeps the card's driver, beside the processes with open nodes?
 *
 * sys/module/MODULE/refcnt counts other modules (its holders/), open files, and
 * references that neither lsof nor fuser shows: a buffer that was shared
 * (dma-buf) keeps the driver after the node was closed (Linux
 * drivers/gpu/drm/drm_prime.c, drm_gem_prime_export; drivers/dma-buf/dma-buf.c,
 * dma_buf_export).
 */
#include "config.h"

#include <string.h>

#include "base/text.h"
#include "facts/display/display_internal.h"

#define DRIVERS "sys/bus/pci/drivers"

/* References that the kernel itself takes and gives back when the card goes. */
static const struct kernel_ref {
	const char *module;
	unsigned console;	/* fbcon pins who made the framebuffer: only drivers with a
				   framebuffer of their own (fbcon.c, fbcon_open) */
	unsigned audio;		/* snd_hda_core pins who tells it of the screens (Linux
				   sound/hda/hdac_component.c, hdac_component_master_bind) */
} kernel_refs[] = {
	{ "i915", 1, 1 },
	{ "xe", 1, 1 },
	{ "nouveau", 1, 1 },
	{ "radeon", 1, 1 },
	{ "amdgpu", 1, 1 },
	{ "nvidia", 0, 0 },
};

static uint64_t refs_of_kernel(const struct hd_display_scan *scan, const char *module)
{
	for (size_t i = 0; i < HD_ARRAY_SIZE(kernel_refs); i++)
		if (!strcmp(kernel_refs[i].module, module))
			return (scan->has_console ? kernel_refs[i].console : 0) +
			       kernel_refs[i].audio;
	return scan->has_console;
}

/* Has the driver another function than this one? */
static bool is_shared(struct hd_display_scan *scan)
{
	const char *const *names;
	struct hd_pci_addr addr;
	ssize_t n = hd_sysroot_names(scan->root, scan->arena, &names, DRIVERS "/%s",
				     scan->fn->driver);

	for (ssize_t i = 0; i < n; i++)
		if (strchr(names[i], ':') && hd_pci_addr_parse(names[i], &addr) &&
		    hd_pci_addr_compare(&addr, &scan->fn->addr))
			return true;
	return false;
}

void hd_display_refs_read(struct hd_display_scan *scan)
{
	struct hd_display_refs *refs = &scan->ret->refs;
	const char *module, *const *holders;
	ssize_t n;

	if (hd_sysroot_link_base(scan->root, scan->arena, &module, DRIVERS "/%s/module",
				 scan->fn->driver) < 0 ||
	    hd_sysroot_u64(scan->root, &refs->total, "sys/module/%s/refcnt", module) < 0)
		return;
	n = hd_sysroot_names(scan->root, scan->arena, &holders, "sys/module/%s/holders", module);
	refs->module = module;
	refs->explained = (n > 0 ? (uint64_t)n : 0) + refs_of_kernel(scan, module);
	refs->is_shared = is_shared(scan);
}
