/* SPDX-License-Identifier: GPL-2.0-or-later */
/* host.h - one fake host for all inputs of a fuzzer, in memory where that has a file system. */
#pragma once

#include <stddef.h>

#include "tests/support/fakehost.h"

/*
 * Made by the first call, of the captured tree tests/hosts/NAME.tree (NULL: empty), and
 * removed when the program ends.  `make fuzz` says where by FUZZ_DIR.
 */
struct fake_host *fuzz_host(const char *name);

/* All of the SIZE bytes at DATA become the text of PATH, which may be longer than before. */
void fuzz_host_put(const char *path, const void *data, size_t size);

/* Is TEXT, but for its newlines and tabs, what may be shown (base/utf8.h)? NULL is. */
bool fuzz_is_shown(const char *text);
