/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * change_list.h - what setup would change: files, values of the kernel, and the
 * commands that make it effective.
 *
 * Derived from facts by pure functions, shown as a diff, and applied as one
 * transaction (setup/transaction.h).  Paths are relative to the root
 * ("etc/default/grub").  All texts are strings owned by the arena of whoever adds them.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "base/arena.h"

struct hd_file_change {
	const char *path;
	const char *why;	/* for people; may be NULL */
	mode_t mode;		/* of a new file; others keep mode, owner and attributes */
	const char *old;	/* its whole text when it was read; NULL: it was not there */
	const char *text;	/* its whole text afterwards; NULL: it is removed */
};

/* An attribute of the kernel, changed now; what it is at boot is a file's matter. */
struct hd_value_change {
	const char *path;	/* "sys/bus/pci/devices/0000:01:00.0/sriov_numvfs" */
	const char *why;
	const char *old, *value;
	const char *between;	/* written first, if not NULL ("0" before another number of VFs) */
};

/* What is run after files and values are changed. */
struct hd_command_change {
	const char *const *argv;	/* argv[0] is an absolute path; NULL-terminated */
	const char *const *undo;	/* run after all is put back; NULL: argv again */
	const char *while_there;	/* and only if this path exists then; NULL: in any case */
	const char *why;
};

/* Ready for use when zeroed. */
struct hd_changes {
	struct hd_file_change *files;
	size_t n_files;
	struct hd_value_change *values;
	size_t n_values;
	struct hd_command_change *commands;
	size_t n_commands;
	const char **notes;		/* what a person must know or do, one line each */
	size_t n_notes;
	bool is_incomplete;		/* a note says what a person must do for it to work */
};

/*
 * Adds the change of a file.  A second change of a path replaces the first one's .text and
 * keeps its .old; one that changes nothing is not added.
 */
void hd_changes_file(struct hd_changes *changes, struct hd_arena *arena,
		     const struct hd_file_change *file) _nonnull_(1, 2, 3);

/* The change of PATH that was added already, or NULL: build on its text, not on the host's. */
struct hd_file_change *hd_changes_find(const struct hd_changes *changes, const char *path)
	_nonnull_(1, 2);

/* An attribute that already has the value is not added. */
void hd_changes_value(struct hd_changes *changes, struct hd_arena *arena,
		      const struct hd_value_change *value) _nonnull_(1, 2, 3);

/* The same words a second time are not added. */
void hd_changes_command(struct hd_changes *changes, struct hd_arena *arena,
			const struct hd_command_change *command) _nonnull_(1, 2, 3);

void hd_changes_note(struct hd_changes *changes, struct hd_arena *arena, const char *fmt, ...)
	_nonnull_(1, 2, 3) _printf_(3, 4);

/* Nothing to do? Notes do not count. */
bool hd_changes_is_empty(const struct hd_changes *changes) _nonnull_(1);

/* The words of a command as one line for people, quoted as for a shell where they need it. */
const char *hd_changes_words(struct hd_arena *arena, const char *const argv[])
	_nonnull_(1, 2) _returns_nonnull_;
