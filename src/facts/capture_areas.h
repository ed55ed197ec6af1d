/* SPDX-License-Identifier: GPL-2.0-or-later */
/* capture_areas.h - which files a capture has; for capture*.c only. */
#pragma once

#include <stdbool.h>

/* What is done with the files and links of an area's directories. */
struct hd_area {
	const char *path;		/* a directory, or with depth 0 one file; RELEASE is the kernel's */
	unsigned depth;			/* of directories, the first counted */
	const char *const *files;	/* names (a "*" at the end is any rest); NULL: none */
	const char *const *links;	/* the same */
	const char *const *skips;	/* directories that are not entered; NULL: none */
	const char *const *keeps;	/* directories that count though empty; NULL: none */
	bool is_names_only;		/* a file's content is not for others, its name is enough */
	const char *lines;		/* only lines with this word; NULL: all */
	bool is_picky;			/* only directories of KEEPS are entered */
	const char *until;		/* what follows this is left out; NULL: nothing */
};

extern const struct hd_area hd_areas[];	/* ends with a row without a path */

/* Is NAME one of NAMES? */
bool hd_area_has(const char *const *names, const char *name);
