/* SPDX-License-Identifier: GPL-2.0-or-later */
/* confirm.h - asks the person at the terminal before something ends or changes. */
#pragma once

#include "cli/command.h"

/*
 * Writes QUESTION and waits for the answer; --yes is one.  HD_EXIT_OK: go on.  HD_EXIT_USAGE with
 * ERR: nobody can be asked, because standard input is not a terminal.  HD_EXIT_REFUSED with
 * ERR: the answer was not "y" or "yes".
 */
enum hd_exit hd_confirm(struct hd_run *run, const char *question, struct hd_error *err)
	_nonnull_(1, 2, 3) _must_check_;
