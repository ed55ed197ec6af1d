/* SPDX-License-Identifier: GPL-2.0-or-later */
/* check_against.h - does the configuration of a scheduler offer what it must not? */
#pragma once

#include "cli/command.h"

/*
 * Checks the file of --against and prints the report: HD_EXIT_OK, HD_EXIT_REFUSED, or another with ERR.
 */
enum hd_exit hd_check_against(struct hd_run *run, struct hd_error *err) _nonnull_(1, 2) _must_check_;
