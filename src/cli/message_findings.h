/* SPDX-License-Identifier: GPL-2.0-or-later */
/* message_findings.h - what the host says now to what a message says. */
#pragma once

#include "cli/command.h"
#include "report/explain.h"

/*
 * Runs the checks that the messages name, for the device that each names, and
 * fills RET, one for each item, owned by the run's arena.  A device that is not there,
 * or a host that cannot be read, is a "problem" of the item, no failure.
 */
void hd_message_states_read(struct hd_message_state **ret, struct hd_context *context,
			    const struct hd_explanation *explanation) _nonnull_(1, 2, 3);
