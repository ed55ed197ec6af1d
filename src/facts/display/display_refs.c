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

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/dir.h"
#include "base/text.h"
#include "facts/display/display_internal.h"

#define DMABUF "/dmabuf:"
#define MAX_OWNERS 8
#define MAX_PROCESSES 65536
#define DRIVERS "sys/bus/pci/drivers"
#define KFD "sys/class/kfd/kfd"
#define NVIDIA_MODESET "sys/module/nvidia_drm/parameters/modeset"

/*
 * Which processes keep a card's driver by a buffer, without its nodes?
 *
 * A shared buffer (dma-buf) is a file of its own; proc/PID/fdinfo names its
 * exporter: the driver's module, or "drm" for all that export by
 * drm_gem_prime_export (Linux drivers/gpu/drm/drm_prime.c).  This looks at all
 * processes once more, and only for a driver with references that nothing else
 * explains.
 */

struct owners {
	const struct hd_sysroot *root;
	struct hd_arena *arena;
	const char *module;
	bool is_only_card;
	const char *names, *command;
	size_t n;
};

static bool is_dmabuf(int dir_fd, const char *entry)
{
	char target[sizeof(DMABUF)];
	ssize_t n = readlinkat(dir_fd, entry, target, sizeof(target));

	return n >= (ssize_t)strlen(DMABUF) && !memcmp(target, DMABUF, strlen(DMABUF));
}

static bool is_ours(struct owners *owners, const char *pid, const char *entry)
{
	const char *text, *exporter;

	if (hd_sysroot_text(owners->root, owners->arena, &text, "proc/%s/fdinfo/%s", pid,
			    entry) <= 0)
		return false;
	exporter = hd_text_line_value(owners->arena, text, "exp_name:\t");
	return exporter && (!strcmp(exporter, owners->module) ||
			    (owners->is_only_card && !strcmp(exporter, "drm")));
}

static bool has_buffer(struct owners *owners, const char *pid)
{
	_cleanup_(hd_close) int fd =
		hd_sysroot_fd(owners->root, O_RDONLY | O_DIRECTORY, "proc/%s/fd", pid);
	const struct dirent64 *entry;
	struct hd_dir dir;

	if (fd < 0)
		return false;
	hd_dir_begin(&dir, fd);
	while ((entry = hd_dir_next(&dir)))
		if (hd_text_is_numbered(entry->d_name, "") &&
		    is_dmabuf(fd, entry->d_name) && is_ours(owners, pid, entry->d_name))
			return true;
	return false;
}

static void add_owner(struct owners *owners, const char *pid)
{
	const char *name = hd_display_process(owners->root, owners->arena, pid);

	owners->names = owners->names
				? hd_printf(owners->arena, "%s, %s", owners->names, name)
				: name;
	owners->command = owners->command
				  ? hd_printf(owners->arena, "%s %s", owners->command, pid)
				  : hd_printf(owners->arena, "kill %s", pid);
	owners->n++;
}

/* If several cards use drm's common export, nothing tells whose buffer it is. */
static bool is_only_card(const struct hd_sysroot *root, struct hd_arena *arena)
{
	const char *const *names;
	ssize_t n = hd_sysroot_names(root, arena, &names, "sys/class/drm"), cards = 0;

	for (ssize_t i = 0; i < n; i++)
		cards += hd_text_is_numbered(names[i], "card");
	return cards == 1;
}

static void find_owners(struct hd_display_refs *refs, const struct hd_sysroot *root,
			struct hd_arena *arena)
{
	struct owners owners = {
		.root = root,
		.arena = arena,
		.module = refs->module,
		.is_only_card = is_only_card(root, arena),
	};
	const char *const *pids;
	ssize_t n = hd_sysroot_names(root, arena, &pids, "proc");

	for (ssize_t i = 0; i < n && i < MAX_PROCESSES && owners.n < MAX_OWNERS; i++)
		if (hd_text_is_numbered(pids[i], "") && has_buffer(&owners, pids[i]))
			add_owner(&owners, pids[i]);
	refs->owners = owners.names;
	refs->command = owners.command;
}

void hd_display_explain_refs(struct hd_display_refs *refs, const struct hd_sysroot *root,
			     struct hd_arena *arena)
{
	if (!refs->module || refs->is_shared || refs->total <= refs->explained)
		return;
	refs->unexplained = refs->total - refs->explained;
	find_owners(refs, root, arena);
}

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

/*
 * Which programs and kernel parts work with the card without showing?
 *
 * AMD's compute interface is one node for all cards; its sysfs tells which
 * process has which card (Linux drivers/gpu/drm/amd/amdkfd/kfd_process.c:
 * kfd/proc/PID/vram_GPUID, made for each card of a process).  nvidia_drm with
 * modeset holds the card in the kernel, where no list of processes shows it.
 */

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
		return hd_text_is_numbered(id, "") ? id : NULL;
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

		if (!hd_text_is_numbered(pids[i], "") ||
		    !hd_sysroot_has(scan->root, KFD "/proc/%s/vram_%s", pids[i], id))
			continue;
		use = hd_display_add(scan);
		use->kind = HD_USE_COMPUTE;
		use->target = pids[i];
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
		if (hd_text_is_numbered(names[i], "card"))
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
	use->kind = HD_USE_CLIENT;
	use->what = "nvidia_drm holds the card in the kernel (modeset is on)";
	use->source = NVIDIA_MODESET;
	use->command = "modprobe -r nvidia_drm nvidia_modeset";
}
