/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * complete.h - what may come next on a command line that is being typed.
 *
 * All follows from the rows of commands and options: the words that stand for
 * values in them ("DEVICE", "FILE") say what is offered.
 */
#pragma once

#include "cli/command.h"

struct hd_completion {
	const struct hd_command *command;	/* NULL: it is the command that is typed */
	bool is_literal;			/* behind "--": no more options */
	const struct hd_option *value_of;	/* a value of this option is typed; or NULL */
	int operand;				/* else: number of the operand, from 0 */
	const char *first;			/* operand 0, if there are others behind it; or NULL */
	const char *before;			/* goes before what is offered: "--allow=" */
	const char *start;			/* what is typed of it so far */
	const char *sysroot;			/* of --sysroot before, or NULL */
	bool is_elsewhere;			/* --connect before: another host's */
	const struct hd_option *given[64];	/* options before that are given once */
	size_t n_given;
};

/*
 * WORDS follow "hostdevctl"; the last of N is being typed and may be "".  False: what
 * comes there is unknown.
 */
bool hd_completion_parse(struct hd_completion *ret, struct hd_arena *arena, char **words, int n)
	_nonnull_(1, 2, 3) _must_check_;

/*
 * Writes what may come, one per line, sorted; ":file" and ":directory" ask the
 * shell for names of files.  A command line has no room for errors: what cannot be read
 * is not offered.
 */
void hd_completion_offer(FILE *out, const struct hd_completion *completion,
			 struct hd_arena *arena) _nonnull_(1, 2, 3);

/* Does completion know the values of OPTION, or that they cannot be known? For tests. */
bool hd_completion_knows(const struct hd_option *option) _nonnull_(1);
