/* SPDX-License-Identifier: GPL-2.0-or-later */
/* text_console.h - shows a text to whoever sits before the host's screen. */
#pragma once

#include "base/sysroot.h"

/*
 * Writes TEXT to the text console in the foreground.  If a graphical program that has crashed left that
 * in graphics mode, where no text is visible, it becomes a text console again, as logind does at a session's
 * end; not if a session is active on seat0 or a program has that console open, nor if either is unknown.  This
 * needs CAP_SYS_TTY_CONFIG: without it the text is written all the same.  Waits for half a second at most; a
 * failure is not reported.
 */
void hd_text_console_show(const struct hd_sysroot *root, const char *text) _nonnull_(1, 2);
