/* SPDX-License-Identifier: GPL-2.0-or-later */
/* node_name.h - how is this host called in the cluster of a scheduler? */
#pragma once

#include "cli/command.h"
#include "report/export.h"

/*
 * As --node gives it, or the host's own name, which is cut where FORMAT allows no domain.  NULL if FORMAT does
 * not have nodes.  HD_EXIT_USAGE with ERR: it is unknown, or not one.
 */
enum hd_exit hd_node_name(const char **ret, const struct hd_run *run, const struct hd_export_format *format,
			  struct hd_error *err) _nonnull_(1, 2, 3, 4) _must_check_;
