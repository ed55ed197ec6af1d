/* SPDX-License-Identifier: GPL-2.0-or-later */
/* value_explain.h - why did the kernel not accept a value? */
#pragma once

#include <stdbool.h>

#include "base/error.h"

/* Is it a pool's nr_hugepages? */
bool hd_value_is_hugepages(const char *path) _nonnull_(1);

/* The write of VALUE failed with CODE. Returns CODE with ERR filled. */
int hd_value_refused(struct hd_error *err, const char *path, const char *value, int code)
	_nonnull_(1, 2, 3);

/* The write of TO succeeded, and now it reads NOW. Returns -ENOMEM or -EIO with ERR filled. */
int hd_value_differs(struct hd_error *err, const char *path, const char *from, const char *to,
		     const char *now) _nonnull_(1, 2, 3, 4, 5);
