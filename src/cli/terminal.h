/* SPDX-License-Identifier: GPL-2.0-or-later */
/* terminal.h - what may be written to standard output: colours, lines of which width? */
#pragma once

#include <stdbool.h>

#include "base/macro.h"

/* The columns of the terminal that standard output is; 0: it is not one, and nothing is cut. */
int hd_terminal_width(void);

/* Is standard output a terminal that has colours, and NO_COLOR not set (no-color.org)? */
bool hd_terminal_colour(void);
