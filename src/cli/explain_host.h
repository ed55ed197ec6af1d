/* SPDX-License-Identifier: GPL-2.0-or-later */
/* explain_host.h - what does this host say of the devices that messages name? */
#pragma once

#include "base/context.h"
#include "report/explain.h"

/*
 * Runs the checks that the messages of FOUND name, for the device that each names, and adds to
 * their fields what the host knows.  RET gets a state for each, in order.  A device that does
 * not exist, or a host that cannot be read, is a "problem" of the message, not a failure.
 * Unless all messages are harmless, RET also gets what the text names and what is wrong with it.
 */
void hd_explain_host(struct hd_explain_report *ret, struct hd_context *context,
		     struct hd_explanation *found) _nonnull_(1, 2, 3);
