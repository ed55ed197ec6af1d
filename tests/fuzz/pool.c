/* SPDX-License-Identifier: GPL-2.0-or-later */
/* pool.c - a fuzzer's corpus and dictionary, read from files. */
#include "config.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/macro.h"
#include "tests/fuzz/pool.h"

static void close_file(FILE **file)
{
	if (*file)
		(void)fclose(*file);
}

static void *grown(void *array, size_t n, size_t size)
{
	void *bigger = realloc(array, (n + 1) * size);

	if (!bigger)
		abort();
	return bigger;
}

static void add(struct fuzz_text **texts, size_t *n, const struct fuzz_text *text)
{
	*texts = grown(*texts, *n, sizeof(**texts));
	(*texts)[(*n)++] = *text;
}

bool fuzz_pool_read_file(const char *path, struct fuzz_text *ret)
{
	_cleanup_(close_file) FILE *file = fopen(path, "re");
	struct fuzz_text text = { 0 };

	if (!file)
		return false;
	text.data = grown(NULL, FUZZ_INPUT_MAX, 1);
	text.size = fread(text.data, 1, FUZZ_INPUT_MAX, file);
	if (ferror(file)) {
		free(text.data);
		return false;
	}
	text.data = grown(text.data, text.size, 1);
	*ret = text;
	return true;
}

static int is_visible(const struct dirent *entry)
{
	return entry->d_name[0] != '.';
}

static void read_dir(struct fuzz_pool *pool, const char *dir)
{
	struct dirent **names = NULL;
	int n = scandir(dir, &names, is_visible, alphasort);

	for (int i = 0; i < n; i++) {
		struct fuzz_text text;
		char path[4096];

		(void)snprintf(path, sizeof(path), "%s/%s", dir, names[i]->d_name);
		if (fuzz_pool_read_file(path, &text))
			add(&pool->texts, &pool->n_texts, &text);
		free(names[i]);
	}
	free(names);
}

/* "\\", "\"" and "\xNN" of a dictionary's word, in place. */
static size_t unescape(uint8_t *word, size_t size)
{
	size_t used = 0;

	for (size_t i = 0; i < size; i++) {
		char hex[3] = "";

		if (word[i] == '\\' && i + 3 < size && word[i + 1] == 'x') {
			memcpy(hex, word + i + 2, 2);
			word[used++] = (uint8_t)strtoul(hex, NULL, 16);
			i += 3;
			continue;
		}
		if (word[i] == '\\' && i + 1 < size)
			i++;
		word[used++] = word[i];
	}
	return used;
}

static void read_dict(struct fuzz_pool *pool, const char *path)
{
	_cleanup_(close_file) FILE *file = fopen(path, "re");
	char line[1024];

	while (file && fgets(line, sizeof(line), file)) {
		char *start = strchr(line, '"'), *end = strrchr(line, '"');
		struct fuzz_text word;

		if (line[0] == '#' || !start || end <= start + 1)
			continue;
		word.size = (size_t)(end - start - 1);
		word.data = grown(NULL, word.size, 1);
		memcpy(word.data, start + 1, word.size);
		word.size = unescape(word.data, word.size);
		add(&pool->words, &pool->n_words, &word);
	}
}

void fuzz_pool_read(struct fuzz_pool *pool, const char *dir, const char *dict)
{
	read_dir(pool, dir);
	read_dict(pool, dict);
}

void fuzz_pool_done(struct fuzz_pool *pool)
{
	for (size_t i = 0; i < pool->n_texts; i++)
		free(pool->texts[i].data);
	for (size_t i = 0; i < pool->n_words; i++)
		free(pool->words[i].data);
	free(pool->texts);
	free(pool->words);
	*pool = (struct fuzz_pool){ 0 };
}
