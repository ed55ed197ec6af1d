/* SPDX-License-Identifier: GPL-2.0-or-later */
/* network_routes.h - which interfaces a default route of this host leaves by. */
#pragma once

#include <stdbool.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/sysroot.h"

struct hd_default_routes {
	const char **interfaces;
	size_t n;
};

/* IPv4 and IPv6; routes that refuse ("unreachable default") do not count. */
int hd_default_routes_read(struct hd_default_routes *ret, const struct hd_sysroot *root,
			   struct hd_arena *arena, struct hd_error *err)
	_nonnull_(1, 2, 3, 4) _must_check_;

bool hd_default_routes_have(const struct hd_default_routes *routes, const char *interface)
	_nonnull_(1, 2);
