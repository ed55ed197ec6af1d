/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * kernel_parameters.h - which words of a kernel command line must change so that
 * parameters are as wanted.  Pure.
 *
 * Linux Documentation/admin-guide/kernel-parameters.rst: words are separated by
 * blanks, '-' and '_' in names are equal, what follows "--" is not the kernel's.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/error.h"

struct hd_parameter {
	const char *name;		/* "intel_iommu" */
	const char *value;		/* "on"; NULL: it need not be there */
	bool is_list;			/* the value is one of a comma-separated list; others stay */
	const char *const *bad;		/* items of the list that must not be there, or NULL */
	const char *const *also;	/* other values that mean the same, or NULL */
	/*
	 * It belongs to this word ("hugepagesz=1G"): what is meant is the one between
	 * it and the next word of the same name.  NULL: wherever it is.
	 */
	const char *behind;
};

/* A word where it was found: AT bytes into text FILE. */
struct hd_word {
	const char *text;
	size_t file, at;
	unsigned line;
	bool is_plain;		/* its bytes are there as they are: it can be replaced */
};

/* LENGTH bytes at AT of text FILE become TEXT. */
struct hd_word_edit {
	size_t file, at, length;
	const char *text;
	const char *was;	/* the word, for people */
	unsigned line;
	bool is_safe;		/* the word is plain */
	bool is_end;		/* the kernel reads nothing behind it: what is added comes before it,
				   which no tool but an editor can do */
};

struct hd_word_edits {
	struct hd_word_edit *items;	/* by word */
	size_t n;
	const char *added;		/* what must be put behind all words, or NULL: there is
					   nothing, or a word before which it goes */
	const char *before;		/* that one: "--", or the quotation that is never closed */
	const char *wanted;		/* what must be added in either case, or NULL */
};

void hd_parameters_judge(struct hd_word_edits *ret, struct hd_arena *arena,
			 const struct hd_parameter *params, size_t n_params,
			 const struct hd_word *words, size_t n_words) _nonnull_(1, 2);

/*
 * Are the words that are none of the parameters the same ones, in the same order?  AFTER
 * is what an edit of BEFORE came to.
 */
bool hd_parameters_keep_others(const struct hd_parameter *params, size_t n_params,
			       const struct hd_word *before, size_t n_before,
			       const struct hd_word *after, size_t n_after);

/* The words of LENGTH bytes at FROM of TEXT, which is number FILE. */
void hd_words_split(struct hd_word **words, size_t *n, struct hd_arena *arena, const char *text,
		    size_t from, size_t length, size_t file) _nonnull_(1, 2, 3, 4);

/* TEXT, number FILE, with the edits of that file; a word that goes takes a blank with it. */
const char *hd_words_edited(struct hd_arena *arena, const char *text, size_t file,
			    const struct hd_word_edits *edits) _nonnull_(1, 2, 4) _returns_nonnull_;
