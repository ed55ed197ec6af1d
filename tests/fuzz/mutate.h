/* SPDX-License-Identifier: GPL-2.0-or-later */
/* mutate.h - small, repeatable damage to a fuzzer's inputs. */
#pragma once

#include <stddef.h>
#include <stdint.h>

/* The longest input that a fuzzer is given. */
#define FUZZ_INPUT_MAX (1u << 20)

struct fuzz_text {
	uint8_t *data;
	size_t size;
};

/* What mutations draw from: the corpus, and words that the format knows. */
struct fuzz_pool {
	struct fuzz_text *texts;
	size_t n_texts;
	struct fuzz_text *words;
	size_t n_words;
};

/* A repeatable random number below LIMIT (which is not 0); *STATE is not 0 either. */
size_t fuzz_random(uint64_t *state, size_t limit);

/* Damages the SIZE bytes in BUF (room: FUZZ_INPUT_MAX) one to eight times; returns the new size. */
size_t fuzz_mutate(uint8_t *buf, size_t size, const struct fuzz_pool *pool, uint64_t *state);
