/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * lines.h - goes through a large file of the host line by line.
 *
 * Files such as modules.alias and proc/interrupts have megabytes on a large
 * host: they are scanned in a fixed buffer and never kept.
 */
#pragma once

#include <stdbool.h>

#include "base/sysroot.h"

/* Files are scanned up to here; what is behind is not looked at. */
#define HD_LINES_MAX_BYTES (64u << 20)
/* A longer line is handed out cut; its rest is dropped. */
#define HD_LINES_MAX_LINE 16384

/* LINE is terminated, without its newline, and valid during the call; false stops. */
typedef bool (*hd_line_fn)(void *data, const char *line);

/* Calls EACH for the lines of PATH; 0, or a negative errno if it cannot be read. */
int hd_lines_scan(const struct hd_sysroot *root, hd_line_fn each, void *data,
		  const char *fmt, ...) _nonnull_(1, 2, 4) _printf_(4, 5) _must_check_;
