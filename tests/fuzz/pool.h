/* SPDX-License-Identifier: GPL-2.0-or-later */
/* pool.h - a fuzzer's corpus and dictionary, read from files. */
#pragma once

#include <stdbool.h>

#include "tests/fuzz/mutate.h"

/*
 * Every plain file of directory DIR in the order of names, cut at
 * FUZZ_INPUT_MAX, and the words of libFuzzer dictionary DICT (no words if
 * there is no such file).  Ends the program if memory is out.
 */
void fuzz_pool_read(struct fuzz_pool *pool, const char *dir, const char *dict);

/* One file; false with errno when it cannot be read.  The caller frees ret->data. */
bool fuzz_pool_read_file(const char *path, struct fuzz_text *ret);

void fuzz_pool_done(struct fuzz_pool *pool);
