/* SPDX-License-Identifier: GPL-2.0-or-later */
/* help.h - help and lists, all from the tables of commands and options. */
#pragma once

#include "cli/command.h"

void hd_help_global(FILE *out) _nonnull_(1);
void hd_help_command(FILE *out, const struct hd_command *command) _nonnull_(1, 2);

/* Options without a command ("--version"), from 0; NULL: no more. */
const char *hd_help_option(size_t i);

/* Names, one per line; internal commands are left out. */
void hd_help_list_commands(FILE *out) _nonnull_(1);
