/* SPDX-License-Identifier: GPL-2.0-or-later */
/* text.h - small, strict helpers for text that others wrote. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"

/*
 * A whole text that is one unsigned number: decimal, or hex with "0x".  A
 * leading 0 is decimal, as in sysfs.  Signs, blanks, overflow and empty text
 * give false and leave *ret alone.
 */
bool hd_text_u64(const char *text, uint64_t *ret) _nonnull_(1, 2) _must_check_;

/*
 * The same as libvirt's virStrToLong with base 0 takes it (libvirt
 * src/util/virstring.c): a leading 0 is octal.  Used for numbers in domain XML.
 */
bool hd_text_u64_c(const char *text, uint64_t *ret) _nonnull_(1, 2) _must_check_;

/* "259:3", as in "dev" of sysfs: 12 bits of major, 20 of minor (Linux include/linux/kdev_t.h). */
bool hd_text_device_number(const char *text, unsigned *ret_major, unsigned *ret_minor)
	_nonnull_(1, 2, 3) _must_check_;

/* May NAME, of the kernel or a file, be a component of a path? */
bool hd_text_is_component(const char *name) _nonnull_(1);

/* Is WORD one of the blank-separated words of LINE?  Not for kernel parameters (kernel_cmdline.h). */
bool hd_text_has_word(const char *line, const char *word) _nonnull_(1, 2);

/* Takes the next line off *AT (cut at its newline, owned by ARENA); NULL at the end. */
const char *hd_text_next_line(struct hd_arena *arena, const char **at) _nonnull_(1, 2);

/* What follows START on the first line of TEXT that begins with it, owned by ARENA, or NULL. */
const char *hd_text_line_value(struct hd_arena *arena, const char *text, const char *start)
	_nonnull_(1, 2, 3);

/*
 * A copy that is safe to print on a terminal or in a log: what is not shown
 * (utf8.h) becomes "?", and what is longer than MAX bytes is cut with "...".
 */
const char *hd_text_printable(struct hd_arena *arena, const char *text, size_t max)
	_nonnull_(1, 2) _returns_nonnull_;

/* True if TEXT is a UUID in libvirt's form; *ret gets 36 lower case characters and an end. */
bool hd_text_uuid(const char *text, char ret[static 37]) _nonnull_(1, 2) _must_check_;

/*
 * How many characters of A must be added, removed or replaced to get B
 * (Levenshtein); SIZE_MAX if B has more than 64.
 */
size_t hd_text_distance(const char *a, const char *b) _nonnull_(1, 2);

/* Is TEXT one of the N words? */
bool hd_text_is_any(const char *text, const char *const words[], size_t n) _nonnull_(1);
#define HD_IS_ANY(text, words) hd_text_is_any((text), (words), HD_ARRAY_SIZE(words))

/* strcmp() of two elements of an array of texts, for HD_SORT(). */
int hd_text_order(const void *a, const void *b) _nonnull_(1, 2);

bool hd_text_starts_with(const char *text, const char *start) _nonnull_(1, 2);
bool hd_text_ends_with(const char *text, const char *end) _nonnull_(1, 2);

/* Are both the same text, or both NULL? */
bool hd_text_is_same(const char *a, const char *b);

/* A copy with each FROM as TO. */
char *hd_text_replaced(struct hd_arena *arena, const char *text, char from, char to)
	_nonnull_(1, 2) _returns_nonnull_;

/* Is NAME the text START and a number: "card0", "fb12"? */
bool hd_text_is_numbered(const char *name, const char *start) _nonnull_(1, 2);

/* Has TEXT only ASCII letters, digits and the characters of MORE? */
bool hd_text_has_only(const char *text, const char *more) _nonnull_(1, 2);

/*
 * May NAME be a driver or a module of the kernel?  Such names come from XML
 * and from modules.alias, and become part of a path and a word of modprobe's:
 * 1 to 63 letters, digits, "_" and "-", and "-" not first.
 */
bool hd_text_is_driver(const char *name) _nonnull_(1);

/*
 * May NAME be a unit that a command names without quotes?  A unit's name of
 * systemd.unit(5) may have a backslash, too; a shell would take that away.
 */
bool hd_text_is_unit(const char *name) _nonnull_(1);

/* TEXT as one printable word of a shell's command line. */
const char *hd_shell_word(struct hd_arena *arena, const char *text)
	_nonnull_(1, 2) _returns_nonnull_;

/*
 * The word by which virsh and our commands find a guest: its name; or its UUID, if that is not ""
 * and the name has a quote, may be cut or changed for print, or looks like an option or like
 * virsh's number of a running guest.
 */
const char *hd_guest_word(struct hd_arena *arena, const char *name, const char *uuid)
	_nonnull_(1, 2, 3) _returns_nonnull_;
