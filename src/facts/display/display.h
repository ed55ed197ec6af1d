/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * display.h - what the host shows or computes with a graphics card.
 *
 * Processes that have its nodes open are not told here: they are found for all
 * functions in one pass (holders.h).
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/sysroot.h"
#include "facts/pci/pci.h"

enum hd_display_use_kind {
	HD_USE_SESSION,		/* somebody is logged in on it */
	HD_USE_COMPUTE,		/* a process computes on it */
	HD_USE_FIRMWARE,	/* the firmware's picture is in its memory */
	HD_USE_CONSOLE,		/* the text consoles are on it */
	HD_USE_CLIENT,		/* another module holds it in the kernel */
};

/* Why the host needs the card, and what ends it. */
struct hd_display_use {
	enum hd_display_use_kind kind;
	const char *target;	/* the session's id, the process's number, "vtcon1", the platform
				   device "efi-framebuffer.0"; NULL: nothing that can be ended */
	const char *by;		/* the service that started the session, the driver of the
				   platform device; or NULL */
	const char *ended_by;	/* what a hand-over ends it with: "session 2 of joe (wayland)"; NULL:
				   nothing does, or the guest's policy asks for none */
	const char *what;	/* "card0 -> seat0 -> session 2 of joe (wayland)" */
	const char *source;	/* the file that says so, as "run/systemd/sessions/2" */
	const char *command;	/* ends it, as root; NULL: no command can */
	const char *advice;	/* what to do where a command would end it, and could not be undone; or NULL */
	const char *parameter;	/* kernel parameter that avoids it from the next boot on, or
				   NULL */
	bool is_harmless;	/* it loses the picture and nothing else */
	bool leaves_region;	/* the memory stays reserved after the command, or there is no
				   command since nobody draws: only VFIO before Linux 6.0
				   minds (vfio_pci_core.c, vfio_pci_vga_init) */
};

/*
 * References to the driver's module.  Each open file of a node, each buffer
 * that outlives its file (dma-buf), and some users in the kernel count one.
 */
struct hd_display_refs {
	const char *module;	/* NULL: unbound, built in, or without a count */
	uint64_t total;
	uint64_t explained;	/* by other modules and by what the kernel itself does */
	bool is_shared;		/* the driver has other functions too: nobody can say whose
				   the references are */
	uint64_t unexplained;	/* what nothing explains, also no process with an open node; 0
				   where nobody can say */
	const char *owners;	/* "glxgears (pid 812)": has buffers of the driver, or NULL */
	const char *command;	/* ends these, or NULL */
};

/* Empty unless the function is of class 03 (display). */
struct hd_display {
	struct hd_display_use *uses;	/* in the order in which they must be ended */
	size_t n_uses;
	struct hd_display_refs refs;
	const char *seat;	/* which it belongs to; NULL unless on a host driver */
	bool consoles_stay_off;		/* once unbound by hand, until the next framebuffer */
	const char *firmware_console;	/* "vtcon1": the text consoles are on the framebuffer that
					   the firmware has in its memory; or NULL */
	bool is_seats_card;	/* the seat's sessions are shown on it, and not on others alone */
	const char *unknown;	/* what could not be determined, and why: it counts as in use */
};

/* What the host can show something on; cards on VFIO or a stub are not the host's. */
struct hd_displays {
	const char **names;		/* functions with a screen and a driver */
	size_t n;
	const char *boot_screen;	/* "fb0", "vtcon0": the firmware's picture or the text
					   consoles, on a card without a driver; or NULL */
};

/*
 * Sources: sys/class/drm, sys/class/graphics, proc/driver/nvidia, sys/class/vtconsole.
 * The cost depends on the number of displays, not on the number of functions.
 */
void hd_displays_find(struct hd_displays *ret, const struct hd_sysroot *root,
		      struct hd_arena *arena) _nonnull_(1, 2, 3);

/*
 * Firmware framebuffers on its memory, text consoles, graphical sessions, compute
 * processes, kernel clients, module references.  Sources: proc/iomem,
 * sys/class/graphics, sys/class/vtconsole, run/systemd/sessions (logind-session.c
 * session_save), sys/class/kfd, sys/module.
 */
void hd_display_read(struct hd_display *ret, const struct hd_sysroot *root,
		     struct hd_arena *arena, const struct hd_pci_fn *fn,
		     const struct hd_displays *displays) _nonnull_(1, 2, 3, 4, 5);

/*
 * A display that is none of TAKEN: its address, "the boot screen (fb0)", or NULL.
 * The boot screen is on the card that the firmware started (boot_vga).
 */
const char *hd_display_other(const struct hd_displays *displays, struct hd_arena *arena,
			     const struct hd_pci_fn *const *taken, size_t n_taken)
	_nonnull_(1, 2);

/* Finds who has the references of REFS that nothing explains; no process has a node open. */
void hd_display_explain_refs(struct hd_display_refs *refs, const struct hd_sysroot *root,
			     struct hd_arena *arena) _nonnull_(1, 2, 3);
