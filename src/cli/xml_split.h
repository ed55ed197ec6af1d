/* SPDX-License-Identifier: GPL-2.0-or-later */
/* xml_split.h - elements as files of their own, one for each call of `virsh attach-device`. */
#pragma once

#include "cli/command.h"
#include "element/element.h"

/*
 * Writes METADATA, unless it is "", and the elements of LIST to new files in DIR, which is created if it is
 * not there, and their names, one per line, to the run's output.  A file that exists is not
 * changed; if one cannot be written, none is left.  HD_EXIT_HOST with ERR.
 */
enum hd_exit hd_xml_split(struct hd_run *run, const char *dir, const char *metadata,
			  const struct hd_elements *list, struct hd_error *err)
	_nonnull_(1, 2, 3, 4, 5) _must_check_;
