/* SPDX-License-Identifier: GPL-2.0-or-later */
/* grub_reader.h - a place in a file of shell code.  Part of grub_default.c. */
#pragma once

#include "facts/boot/grub_default.h"

/* Where we are in one file. */
struct hd_grub_reader {
	struct hd_grub *grub;
	struct hd_arena *arena;
	size_t file, at;
	unsigned line;
	int depth;		/* of if, case, loops, braces */
	struct hd_error *err;
};

char hd_grub_now(const struct hd_grub_reader *r) _nonnull_(1);
const char *hd_grub_here(const struct hd_grub_reader *r) _nonnull_(1);
void hd_grub_step(struct hd_grub_reader *r) _nonnull_(1);	/* over one character */

/* "/PATH:LINE: WHAT"; -EINVAL. */
int hd_grub_refuse(const struct hd_grub_reader *r, unsigned line, const char *what)
	_nonnull_(1, 3);

/* NAME= or NAME+= at TEXT: an enum hd_grub_variable, or -1. */
int hd_grub_assigned(const char *text) _nonnull_(1);

bool hd_grub_ends_word(char c);

/*
 * Over a command that is not an assignment of ours, to the end of its line.
 * -EINVAL with the reader's error if it could set one.
 */
int hd_grub_skip(struct hd_grub_reader *r) _nonnull_(1) _must_check_;
