/* SPDX-License-Identifier: GPL-2.0-or-later */
/* trouble.h - does a line that no row matches look like an error, so that it may not be ignored? */
#pragma once

#include <stdbool.h>

#include "base/macro.h"

enum hd_trouble {
	HD_TROUBLE_NONE,
	/* Only says that something failed, as "Failed to start domain": the reason is elsewhere. */
	HD_TROUBLE_ENVELOPE,
	HD_TROUBLE_ERROR,
};

/*
 * What LINE sounds like.  Words like "error" and "denied" count as whole words, in
 * either case; not in phrases of healthy logs ("Error reporting enabled") nor as
 * names and values of settings ("errors=remount-ro").
 */
enum hd_trouble hd_trouble_of(const char *line) _nonnull_(1);
