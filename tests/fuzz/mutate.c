/* SPDX-License-Identifier: GPL-2.0-or-later */
/* mutate.c - small, repeatable damage to a fuzzer's inputs. */
#include "config.h"

#include <string.h>

#include "tests/fuzz/mutate.h"

#define MAX_STACKED 8
#define MAX_PIECE 4096

/* xorshift64*: the same inputs for the same seed on every machine. */
size_t fuzz_random(uint64_t *state, size_t limit)
{
	*state ^= *state >> 12;
	*state ^= *state << 25;
	*state ^= *state >> 27;
	return (size_t)((*state * 0x2545f4914f6cdd1dull) >> 16) % limit;
}

/* Puts PIECE into BUF at AT; what does not fit into the room is lost at the end. */
static size_t insert(uint8_t *buf, size_t size, size_t at, const struct fuzz_text *piece)
{
	size_t room = FUZZ_INPUT_MAX - at;
	size_t n = piece->size < room ? piece->size : room;
	size_t tail = size - at < room - n ? size - at : room - n;

	memmove(buf + at + n, buf + at, tail);
	memcpy(buf + at, piece->data, n);
	return at + n + tail;
}

static size_t flip_bit(uint8_t *buf, size_t size, const struct fuzz_pool *pool, uint64_t *state)
{
	(void)pool;
	if (size)
		buf[fuzz_random(state, size)] ^= (uint8_t)(1u << fuzz_random(state, 8));
	return size;
}

static size_t set_byte(uint8_t *buf, size_t size, const struct fuzz_pool *pool, uint64_t *state)
{
	static const uint8_t telling[] = "\0\1\x7f\x80\xff\n\t '\"<>&;:=/#[]{}0123456789-abcfx";

	(void)pool;
	if (size)
		buf[fuzz_random(state, size)] =
			telling[fuzz_random(state, sizeof(telling) - 1)];
	return size;
}

static size_t cut_end(uint8_t *buf, size_t size, const struct fuzz_pool *pool, uint64_t *state)
{
	(void)buf;
	(void)pool;
	return fuzz_random(state, size + 1);
}

static size_t cut_piece(uint8_t *buf, size_t size, const struct fuzz_pool *pool,
			uint64_t *state)
{
	size_t at = fuzz_random(state, size + 1);
	size_t room = size - at < MAX_PIECE ? size - at : MAX_PIECE;
	size_t n = fuzz_random(state, room + 1);

	(void)pool;
	memmove(buf + at, buf + at + n, size - at - n);
	return size - n;
}

/* A piece of one text, at a random place: the input itself counts as a text. */
static size_t copy_piece(uint8_t *buf, size_t size, const struct fuzz_pool *pool,
			 uint64_t *state)
{
	uint8_t copy[MAX_PIECE];
	struct fuzz_text from = { .data = buf, .size = size }, piece = { .data = copy };
	size_t at, room;

	if (pool->n_texts && fuzz_random(state, 2))
		from = pool->texts[fuzz_random(state, pool->n_texts)];
	at = fuzz_random(state, from.size + 1);
	room = from.size - at < MAX_PIECE ? from.size - at : MAX_PIECE;
	piece.size = fuzz_random(state, room + 1);
	memcpy(copy, from.data + at, piece.size);
	return insert(buf, size, fuzz_random(state, size + 1), &piece);
}

static size_t add_word(uint8_t *buf, size_t size, const struct fuzz_pool *pool, uint64_t *state)
{
	if (!pool->n_words)
		return size;
	return insert(buf, size, fuzz_random(state, size + 1),
		      &pool->words[fuzz_random(state, pool->n_words)]);
}

static size_t overwrite_word(uint8_t *buf, size_t size, const struct fuzz_pool *pool,
			     uint64_t *state)
{
	const struct fuzz_text *word;
	size_t at = fuzz_random(state, size + 1);

	if (!pool->n_words)
		return size;
	word = &pool->words[fuzz_random(state, pool->n_words)];
	memcpy(buf + at, word->data, word->size < size - at ? word->size : size - at);
	return size;
}

size_t fuzz_mutate(uint8_t *buf, size_t size, const struct fuzz_pool *pool, uint64_t *state)
{
	static size_t (*const ways[])(uint8_t *, size_t, const struct fuzz_pool *, uint64_t *) = {
		flip_bit, set_byte, set_byte, cut_piece, copy_piece, add_word, overwrite_word,
	};
	size_t n = 1 + fuzz_random(state, MAX_STACKED);

	for (size_t i = 0; i < n; i++)
		size = ways[fuzz_random(state, sizeof(ways) / sizeof(ways[0]))](buf, size, pool,
										state);
	if (!fuzz_random(state, 16))
		size = cut_end(buf, size, pool, state);
	return size;
}
