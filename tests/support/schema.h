/* SPDX-License-Identifier: GPL-2.0-or-later */
/* schema.h - is this what libvirt's own schema takes? */
#pragma once

#include <stdbool.h>

struct schema {
	void *grammar;		/* NULL: it is not on this machine */
};

/* Elements as children of <all>, by the schema in the first directory that matches PATTERN. */
void schema_open(struct schema *ret, const char *pattern);
void schema_close(struct schema *schema);

/* Fails the running test, with libxml2's words, if ELEMENTS (any number) are not valid. */
void schema_check(const struct schema *schema, const char *elements);
