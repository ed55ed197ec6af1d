/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * grub_default.h - etc/default/grub and its drop-ins: shell code that grub-mkconfig
 * sources, understood as far as plain assignments go.
 *
 * GRUB's docs/grub.texi, "Simple configuration": GRUB_CMDLINE_LINUX is for all
 * entries, GRUB_CMDLINE_LINUX_DEFAULT comes behind it for the usual ones.  What
 * could change one of them and is not understood (conditions, substitutions, here
 * documents, other variables) is refused with file and line.
 */
#pragma once

#include "facts/boot/kernel_parameters.h"

enum hd_grub_variable {
	HD_GRUB_LINUX,
	HD_GRUB_DEFAULT,
	HD_GRUB_BLS,			/* GRUB_ENABLE_BLSCFG */
	HD_GRUB_VARIABLE_MAX
};

extern const char *const hd_grub_variables[HD_GRUB_VARIABLE_MAX];

struct hd_boot_file {
	const char *path;
	const char *text;		/* all of it */
};

/* One character of a value, and where it is written. */
struct hd_grub_char {
	char c;
	size_t file, at;
	unsigned line;
};

struct hd_grub_value {
	struct hd_grub_char *chars;
	size_t n;
	/* Its last assignment. */
	bool is_set;
	size_t file, start, end;	/* of the right side */
	unsigned line;
};

struct hd_grub {
	const struct hd_boot_file *files;
	size_t n_files;
	struct hd_grub_value values[HD_GRUB_VARIABLE_MAX];
};

/* Files in the order in which they are sourced.  0, or -EINVAL with ERR. */
int hd_grub_read(struct hd_grub *ret, struct hd_arena *arena, const struct hd_boot_file *files,
		 size_t n_files, struct hd_error *err) _nonnull_(1, 2, 5) _must_check_;

/* A value as text. */
const char *hd_grub_text(struct hd_arena *arena, const struct hd_grub_value *value)
	_nonnull_(1, 2) _returns_nonnull_;

/* The words that the usual entries get, with their places. */
void hd_grub_words(struct hd_word **ret, size_t *ret_n, struct hd_arena *arena,
		   const struct hd_grub *grub) _nonnull_(1, 2, 3, 4);

/*
 * TEXT, the file where V was assigned last, with WORDS after its value.  Edit no other
 * place of the file before: V says where the value was when the file was read.
 */
const char *hd_grub_append(struct hd_arena *arena, const char *text,
			   const struct hd_grub_value *v, const char *words)
	_nonnull_(1, 2, 3, 4) _returns_nonnull_;
