/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * running_guests.h - what the guests that run have now, as text: libvirt's status files.
 *
 * run/libvirt/qemu/NAME.xml is written at each change of a running guest, also by a hot-plug
 * that no hook sees.
 */
#pragma once

#include "base/arena.h"
#include "base/error.h"
#include "base/sysroot.h"

struct hd_running_guest {
	const char *file;		/* "NAME.xml" */
	const char *live;		/* its status with its XML, as it was read */
};

struct hd_running_guests {
	struct hd_running_guest *items;	/* sorted by file */
	size_t n;
	const char *unreadable;		/* first status file that could not be read, or NULL */
};

/*
 * Those that CONCERNS says are to be kept, by a look at LENGTH bytes of their text.  0, or a
 * negative errno with ERR: the folder cannot be read.
 */
int hd_running_guests_read(struct hd_running_guests *ret, const struct hd_sysroot *root,
			   struct hd_arena *arena, bool (*concerns)(const char *live, size_t length),
			   struct hd_error *err) _nonnull_(1, 2, 3, 4, 5) _must_check_;

/*
 * A file of FOLDER as text: bytes after a NUL, which XML cannot have, are lost.  Its length and
 * *RET, or a negative errno and NULL.
 */
ssize_t hd_guest_text_read(const char **ret, const struct hd_sysroot *root, struct hd_arena *arena,
			   const char *folder, const char *name) _nonnull_(1, 2, 3, 4, 5) _must_check_;

/* Sets *UNREADABLE, unless it is set: the status FILE and why it was not understood. */
void hd_running_guest_note(const char **unreadable, struct hd_arena *arena, const char *file,
			   const char *why) _nonnull_(1, 2, 3, 4);
