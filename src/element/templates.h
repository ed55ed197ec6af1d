/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * templates.h - where templates come from.
 *
 * A template KIND.xml is looked for in the directory that the caller names,
 * then in SYSCONFDIR/hostdevctl/xml-templates, then in
 * PKGDATADIR/xml-templates; the first one counts, and if it is bad the next
 * one is not tried.  Those of the last two must be regular files, in a
 * directory, both owned by root (or by who runs this) and writable by nobody
 * else: the tool runs as root and its output is given to libvirt.
 */
#pragma once

#include <stdbool.h>

#include "domain/template.h"

/* NAME is "pci"; DIR may be NULL.  Fills all of *ret but `element`. */
int hd_template_load(struct hd_template *ret, struct hd_arena *arena, const char *dir,
		     const char *name, struct hd_error *err)
	_nonnull_(1, 2, 4, 5) _must_check_;

/* Of one directory: 1 if it has none.  Owner and mode are not checked if IS_TRUSTED. */
int hd_template_load_from(struct hd_template *ret, struct hd_arena *arena, const char *dir,
			  bool is_trusted, const char *name, struct hd_error *err)
	_nonnull_(1, 2, 3, 5, 6) _must_check_;
