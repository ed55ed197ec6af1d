/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * display_compute.c - which programs and kernel parts work with the card without showing?
 *
 * AMD's compute interface is one node for all cards; its sysfs tells which
 * process has which card (Linux drivers/gpu/drm/amd/amdkfd/kfd_process.c:
 * kfd/proc/PID/vram_GPUID, made for each card of a process).  nvidia_drm with
 * modeset holds the card in the kernel, where no list of processes shows it.
 */
#include "config.h"

#include <string.h>

#include "base/text.h"
#include "facts/display/display_internal.h"

#define KFD "sys/class/kfd/kfd"
#define NVIDIA_MODESET "sys/module/nvidia_drm/parameters/modeset"

static bool is_node_of(const struct hd_pci_addr *addr, struct hd_arena *arena, const char *text)
{
	const char *location = hd_text_line_value(arena, text, "location_id ");
	const char *domain = hd_text_line_value(arena, text, "domain ");
	const uint64_t wanted = (uint64_t)addr->bus << 8 | (uint64_t)addr->slot << 3 | addr->fn;
	uint64_t number, domain_number = 0;

	return location && hd_text_u64(location, &number) && number == wanted &&
	       (!domain || (hd_text_u64(domain, &domain_number))) &&
	       domain_number == addr->domain;
}

/* The number by which kfd knows the card, or NULL. */
static const char *gpu_id(struct hd_display_scan *scan)
{
	const char *const *nodes, *text, *id;
	ssize_t n = hd_sysroot_names(scan->root, scan->arena, &nodes, KFD "/topology/nodes");

	for (ssize_t i = 0; i < n; i++) {
		if (hd_sysroot_text(scan->root, scan->arena, &text,
				    KFD "/topology/nodes/%s/properties", nodes[i]) <= 0 ||
		    !is_node_of(&scan->fn->addr, scan->arena, text) ||
		    hd_sysroot_text(scan->root, scan->arena, &id,
				    KFD "/topology/nodes/%s/gpu_id", nodes[i]) <= 0)
			continue;
		return hd_display_is_numbered(id, "") ? id : NULL;
	}
	return NULL;
}

void hd_display_compute_read(struct hd_display_scan *scan)
{
	const char *id = gpu_id(scan);
	const char *const *pids;
	ssize_t n = id ? hd_sysroot_names(scan->root, scan->arena, &pids, KFD "/proc") : 0;

	for (ssize_t i = 0; i < n; i++) {
		struct hd_display_use *use;

		if (!hd_display_is_numbered(pids[i], "") ||
		    !hd_sysroot_has(scan->root, KFD "/proc/%s/vram_%s", pids[i], id))
			continue;
		use = hd_display_add(scan);
		use->what = hd_printf(scan->arena, "%s computes on it",
				      hd_display_process(scan->root, scan->arena, pids[i]));
		use->source = hd_printf(scan->arena, KFD "/proc/%s/vram_%s", pids[i], id);
		use->command = hd_printf(scan->arena, "kill %s", pids[i]);
	}
}

static bool has_card(struct hd_display_scan *scan)
{
	const char *const *names;
	ssize_t n = hd_sysroot_names(scan->root, scan->arena, &names, "%s/drm", scan->fn->path);

	for (ssize_t i = 0; i < n; i++)
		if (hd_display_is_numbered(names[i], "card"))
			return true;
	return false;
}

/* With modeset it opens the card when it takes it and keeps it (nvidia-drm, nv_drm_load). */
void hd_display_clients_read(struct hd_display_scan *scan)
{
	struct hd_display_use *use;
	const char *modeset;

	if (!scan->fn->driver || strcmp(scan->fn->driver, "nvidia") ||
	    hd_sysroot_text(scan->root, scan->arena, &modeset, NVIDIA_MODESET) <= 0 ||
	    (*modeset != 'Y' && *modeset != '1') || !has_card(scan))
		return;
	use = hd_display_add(scan);
	use->what = "nvidia_drm holds the card in the kernel (modeset is on)";
	use->source = NVIDIA_MODESET;
	use->command = "modprobe -r nvidia_drm nvidia_modeset";
}
