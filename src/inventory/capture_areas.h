/* SPDX-License-Identifier: GPL-2.0-or-later */
/* capture_areas.h - which files a capture has; for capture*.c only. */
#pragma once

#include <stdbool.h>

#include "base/sysroot.h"

/* What is done with the files and links of an area's directories. */
struct hd_area {
	const char *const *paths;	/* directories, or with depth 0 files (links, if LINKS is
					   given); RELEASE is the
					   kernel's, DAEMON the PID of libvirt's */
	unsigned depth;			/* of directories, the first counted */
	const char *const *files;	/* names (a "*" at the end is any rest); NULL: none */
	const char *const *links;	/* the same */
	const char *const *skips;	/* directories that are not entered; NULL: none */
	const char *const *keeps;	/* directories that count though empty; NULL: none */
	bool is_names_only;		/* a file's content is private, its name is enough */
	const char *const *lines;	/* only lines with one of these words; NULL: all */
	bool is_picky;			/* only directories of KEEPS are entered */
	const char *until;		/* what follows this is left out; NULL: nothing */
};

extern const struct hd_area hd_areas[];	/* ends with a row without paths */

/* Is NAME one of NAMES? */
bool hd_area_has(const char *const *names, const char *name);

/* The area's part of a text; ARENA owns what is new. */
const char *hd_area_part(const struct hd_area *area, struct hd_arena *arena, const char *text);

/* What the kernel said of IOMMU and VFIO, as records of dev/kmsg; NULL if it cannot be read. */
const char *hd_capture_kernel_log(const struct hd_sysroot *root, struct hd_arena *arena);
