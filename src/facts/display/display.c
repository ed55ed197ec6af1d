/* SPDX-License-Identifier: GPL-2.0-or-later */
/* display.c - what does the host show or compute with this graphics card? */
#include "config.h"

#include <string.h>

#include "base/text.h"
#include "facts/display/display_internal.h"

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

bool hd_display_is_numbered(const char *name, const char *start)
{
	const char *number = name + strlen(start);

	return hd_text_starts_with(name, start) && *number &&
	       strspn(number, "0123456789") == strlen(number);
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
