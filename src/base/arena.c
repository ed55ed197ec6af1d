/* SPDX-License-Identifier: GPL-2.0-or-later */
/* arena.c - memory that lives as long as one run. */
#include "config.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/exit.h"

struct hd_arena_block {
	struct hd_arena_block *next;
	max_align_t data[];
};

void hd_oom(void)
{
	static const char text[] = "hostdevctl: out of memory\n";

	if (write(STDERR_FILENO, text, sizeof(text) - 1) < 0)
		_exit(HD_EXIT_MEMORY);
	_exit(HD_EXIT_MEMORY);
}

void hd_arena_done(struct hd_arena *arena)
{
	while (arena->blocks) {
		struct hd_arena_block *next = arena->blocks->next;

		free(arena->blocks);
		arena->blocks = next;
	}
}

void *hd_alloc(struct hd_arena *arena, size_t size)
{
	struct hd_arena_block *block;

	if (size > SIZE_MAX / 2)
		hd_oom();
	block = calloc(1, sizeof(*block) + size);
	if (!block)
		hd_oom();
	block->next = arena->blocks;
	arena->blocks = block;
	return block->data;
}

char *hd_strndup(struct hd_arena *arena, const char *text, size_t n)
{
	size_t length = strnlen(text, n);
	char *copy = hd_alloc(arena, length + 1);

	memcpy(copy, text, length);
	return copy;
}

char *hd_strdup(struct hd_arena *arena, const char *text)
{
	return hd_strndup(arena, text, strlen(text));
}

char *hd_vprintf(struct hd_arena *arena, const char *fmt, va_list args)
{
	va_list again;
	char *text;
	int length;

	va_copy(again, args);
	length = vsnprintf(NULL, 0, fmt, args);
	if (length < 0)
		hd_oom();
	text = hd_alloc(arena, (size_t)length + 1);
	(void)vsnprintf(text, (size_t)length + 1, fmt, again);
	va_end(again);
	return text;
}

char *hd_printf(struct hd_arena *arena, const char *fmt, ...)
{
	va_list args;
	char *text;

	va_start(args, fmt);
	text = hd_vprintf(arena, fmt, args);
	va_end(args);
	return text;
}

/* The old array stays in the arena: a doubling array wastes at most its size. */
void *hd_append(struct hd_arena *arena, void *array, size_t *n, size_t size)
{
	char *old, *grown;

	memcpy(&old, array, sizeof(old));
	if ((*n & (*n - 1)) == 0) {
		size_t room = *n ? *n * 2 : 1;

		if (room > SIZE_MAX / 2 / size)
			hd_oom();
		grown = hd_alloc(arena, room * size);
		if (*n)
			memcpy(grown, old, *n * size);
		old = grown;
		memcpy(array, &old, sizeof(old));
	}
	return old + (*n)++ * size;
}

/* The power of two that holds N bytes and a NUL. */
static size_t text_room(size_t n)
{
	size_t room = 64;

	if (n > SIZE_MAX / 4)
		hd_oom();
	while (room <= n)
		room *= 2;
	return room;
}

void hd_append_text(struct hd_arena *arena, char **text, size_t *n, const char *more,
		    size_t length)
{
	size_t room = length > SIZE_MAX / 4 ? SIZE_MAX : text_room(*n + length);

	if (!*text || room != text_room(*n)) {
		char *grown = hd_alloc(arena, room);

		if (*n)
			memcpy(grown, *text, *n);
		*text = grown;
	}
	memcpy(*text + *n, more, length);
	*n += length;
}
