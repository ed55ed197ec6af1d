/* SPDX-License-Identifier: GPL-2.0-or-later */
/* display_internal.h - what display*.c share; for them and their tests only. */
#pragma once

#include "facts/display/display.h"

#define HD_DISPLAY_TEXT 64	/* characters of a name that others chose */

struct hd_display_scan {
	struct hd_display *ret;
	const struct hd_sysroot *root;
	struct hd_arena *arena;
	const struct hd_pci_fn *fn;
	const struct hd_displays *displays;
	bool has_console;		/* set by the consoles, for the references */
};

/* Adds a use; the caller fills it. */
struct hd_display_use *hd_display_add(struct hd_display_scan *scan) _nonnull_(1);

/* Notes that something cannot be determined; the first reason stays. */
void hd_display_unknown(struct hd_display_scan *scan, const char *file, int rc)
	_nonnull_(1, 2);

/* "vtcon1" of the console driver whose name contains NAME and that is in use now, or NULL. */
const char *hd_display_bound_console(const struct hd_sysroot *root, struct hd_arena *arena,
				     const char *name) _nonnull_(1, 2, 3);

/* "python3 (pid 42)", printable. */
const char *hd_display_process(const struct hd_sysroot *root, struct hd_arena *arena,
			       const char *pid) _nonnull_(1, 2, 3);

/* Each adds its uses to the scan. */
void hd_display_sessions_read(struct hd_display_scan *scan) _nonnull_(1);
void hd_display_compute_read(struct hd_display_scan *scan) _nonnull_(1);
void hd_display_memory_read(struct hd_display_scan *scan) _nonnull_(1);
void hd_display_consoles_read(struct hd_display_scan *scan) _nonnull_(1);
void hd_display_clients_read(struct hd_display_scan *scan) _nonnull_(1);
void hd_display_refs_read(struct hd_display_scan *scan) _nonnull_(1);
