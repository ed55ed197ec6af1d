/* SPDX-License-Identifier: GPL-2.0-or-later */
/* host.h - one fake host for all inputs of a fuzzer, in memory where that has a file system. */
#pragma once

#include <stddef.h>

#include "tests/support/fakehost.h"

/* Which captured tree of tests/hosts it is made of; NULL: an empty one.  A target's own. */
extern const char *const fuzz_host_name;

/*
 * The host, made before the first input (LLVMFuzzerInitialize() is in host.c) and removed
 * when the program ends.  `make fuzz` says where by FUZZ_DIR.
 */
struct fake_host *fuzz_host(void);

/* All of the SIZE bytes at DATA become the text of PATH, which may be longer than before. */
void fuzz_host_put(const char *path, const void *data, size_t size);
