/* SPDX-License-Identifier: GPL-2.0-or-later */
/* explain_named.h - has this host the devices, groups, drivers, guests and nodes that a text names? */
#pragma once

#include "base/context.h"
#include "report/explain.h"

/* Names of one text that are looked up; those after them are ignored. */
#define HD_NAMED_MAX 16

/*
 * Looks up what FOUND's messages and lines name, each once, in order, owned by the context; returns
 * how many.  No path of the text is opened: names are compared with those of the host's folders.
 */
size_t hd_explain_named(const struct hd_named **ret, struct hd_context *context,
			const struct hd_explanation *found) _nonnull_(1, 2, 3);
