/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * utf8.h - which characters of a text that others wrote may be shown?
 *
 * One answer for the hook, the tool, its JSON and its XML.  Devices name themselves,
 * and users name guests: neither name may control a terminal or change the
 * direction of a line.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "base/macro.h"

/*
 * The character that the LENGTH (not 0) bytes at AT begin with; *RET: its bytes.
 * -1 and one byte if they begin with none of UTF-8 (RFC 3629: the shortest form,
 * no surrogate, up to U+10FFFF).
 */
int hd_utf8_next(const char *at, size_t length, size_t *ret) _nonnull_(1, 3);

/*
 * Not -1, and neither a control (Unicode Cc, C1 as well as C0) nor what separates
 * lines, changes the direction or takes no column (Zl, Zp, Cf).
 */
bool hd_char_is_shown(int c);

/* Are all characters of TEXT shown? */
bool hd_text_is_shown(const char *text) _nonnull_(1);

/* How many of the first LENGTH bytes are whole characters: a cut behind them splits none. */
size_t hd_utf8_whole(const char *text, size_t length) _nonnull_(1);

/*
 * TEXT into BUF of SIZE (not 0) bytes, with "?" for each character that is not shown and
 * none of KEEP ("\n"); what does not fit is left out as whole characters.  TEXT may be
 * BUF.  Returns BUF.
 */
char *hd_text_shown(char *buf, size_t size, const char *text, const char *keep)
	_nonnull_(1, 3, 4) _returns_nonnull_;
