/* SPDX-License-Identifier: GPL-2.0-or-later */
/* display.c - what does the host show or compute with this graphics card? */
#include "config.h"

#include <string.h>

#include "base/text.h"
#include "facts/display/display_internal.h"

#define NVIDIA "proc/driver/nvidia/gpus"

/*
 * Has the host another display when these are gone?
 *
 * Looked for where the kernel lists what shows something, never among all
 * functions: a card without a driver shows nothing, unless the firmware's
 * picture or the text consoles are still on it.
 */

/* Each entry is a link to the device, or is named by the function itself. */
static const struct display_class {
	const char *dir, *start;
} classes[] = {
	{ "sys/class/drm", "card" },
	{ "sys/class/graphics", "fb" },	/* drivers of framebuffers alone */
	{ NVIDIA, "" },			/* nvidia has a card also without nvidia_drm */
};

/* A 3D controller (0302) has no screen. */
static bool has_screen(uint64_t class)
{
	return class >> 16 == 0x03 && class >> 8 != 0x0302;
}

/* Is it a display, and the host's to use? */
static bool is_display(const struct hd_sysroot *root, struct hd_arena *arena, const char *name)
{
	enum hd_driver_kind kind;
	const char *driver;
	uint64_t class;

	if (hd_sysroot_u64(root, &class, HD_SYS_PCI "/%s/class", name) < 0 ||
	    !has_screen(class))
		return false;
	if (hd_sysroot_link_base(root, arena, &driver, HD_SYS_PCI "/%s/driver", name) < 0)
		return true;
	kind = hd_driver_kind_of(driver);
	return kind != HD_DRIVER_VFIO && kind != HD_DRIVER_HARMLESS &&
	       !hd_sysroot_has(root, HD_SYS_PCI "/%s/vfio-dev", name);
}

/* The function that "../../devices/pci0000:00/0000:00:02.0/drm/card0" is of, or NULL. */
static const char *function_of(struct hd_arena *arena, const char *link)
{
	const char *found = NULL;
	struct hd_pci_addr addr;

	while (*link) {
		size_t length = strcspn(link, "/");
		const char *part = hd_strndup(arena, link, length);

		if (strchr(part, ':') && hd_pci_addr_parse(part, &addr))
			found = part;
		link += length + (link[length] == '/');
	}
	return found;
}

static void add_display(struct hd_displays *displays, const struct hd_sysroot *root,
			struct hd_arena *arena, const char *entry, const char *link)
{
	const char *name = function_of(arena, link);

	/* Linux drivers/firmware/sysfb*.c: "simple-framebuffer.0", "efi-framebuffer.0" */
	if (!name && strstr(link, "/platform/") && strstr(link, "framebuffer."))
		displays->boot_screen = entry;
	if (name && !hd_text_is_any(name, displays->names, displays->n) &&
	    is_display(root, arena, name))
		hd_push(arena, &displays->names, &displays->n, name);
}

void hd_displays_find(struct hd_displays *ret, const struct hd_sysroot *root,
		      struct hd_arena *arena)
{
	memset(ret, 0, sizeof(*ret));
	ret->boot_screen = hd_display_bound_console(root, arena, "VGA");
	for (size_t i = 0; i < HD_ARRAY_SIZE(classes); i++) {
		const struct display_class *class = &classes[i];
		const char *const *entries, *link;
		ssize_t n = hd_sysroot_names(root, arena, &entries, "%s", class->dir);

		for (ssize_t k = 0; k < n; k++) {
			if (!*class->start)
				link = entries[k];
			else if (!hd_text_is_numbered(entries[k], class->start) ||
				 hd_sysroot_link(root, arena, &link, "%s/%s", class->dir,
						 entries[k]) < 0)
				continue;
			add_display(ret, root, arena, entries[k], link);
		}
	}
}

const char *hd_display_other(const struct hd_displays *displays, struct hd_arena *arena,
			     const struct hd_pci_fn *const *taken, size_t n_taken)
{
	bool takes_boot_screen = false;

	for (size_t i = 0; i < displays->n; i++) {
		bool is_taken = false;

		for (size_t k = 0; k < n_taken; k++)
			is_taken |= !strcmp(taken[k]->name, displays->names[i]);
		if (!is_taken)
			return displays->names[i];
	}
	for (size_t k = 0; k < n_taken; k++)
		takes_boot_screen |= taken[k]->is_boot_vga;
	if (!displays->boot_screen || takes_boot_screen)
		return NULL;
	return hd_printf(arena, "the boot screen (%s)", displays->boot_screen);
}

struct hd_display_use *hd_display_add(struct hd_display_scan *scan)
{
	return hd_append(scan->arena, &scan->ret->uses, &scan->ret->n_uses,
			 sizeof(*scan->ret->uses));
}

void hd_display_unknown(struct hd_display_scan *scan, const char *file, int rc)
{
	if (!scan->ret->unknown)
		scan->ret->unknown =
			hd_printf(scan->arena, "%s: %s", file, strerror(-rc));
}

const char *hd_display_process(const struct hd_sysroot *root, struct hd_arena *arena,
			       const char *pid)
{
	const char *comm;

	if (hd_sysroot_text(root, arena, &comm, "proc/%s/comm", pid) <= 0)
		comm = "a process";
	return hd_printf(arena, "%s (pid %s)", hd_text_printable(arena, comm, HD_DISPLAY_TEXT),
			 pid);
}

void hd_display_read(struct hd_display *ret, const struct hd_sysroot *root,
		     struct hd_arena *arena, const struct hd_pci_fn *fn,
		     const struct hd_displays *displays)
{
	struct hd_display_scan scan = { ret, root, arena, fn, displays, false };

	memset(ret, 0, sizeof(*ret));
	if (!hd_pci_fn_is_display(fn))
		return;
	/* Who draws must end before the console can be taken off (vt.c, con_is_graphics). */
	if (fn->driver_kind == HD_DRIVER_HOST) {
		hd_display_sessions_read(&scan);
		hd_display_compute_read(&scan);
	}
	/* A card without a driver, or on VFIO already, may still be the boot screen. */
	hd_display_memory_read(&scan);
	hd_display_consoles_read(&scan);
	if (fn->driver_kind != HD_DRIVER_HOST)
		return;
	hd_display_clients_read(&scan);
	hd_display_refs_read(&scan);
}
