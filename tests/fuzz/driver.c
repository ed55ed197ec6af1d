/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * driver.c - runs one fuzzer without a fuzzing engine, as a test.
 *
 * A child process runs the inputs, after copying each to memory that it
 * shares with the parent: when it dies or hangs, the parent still has the
 * input and leaves it on disk.  The target is the function that libFuzzer
 * calls too, so the same file builds with clang -fsanitize=fuzzer without this
 * one.
 */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <limits.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/macro.h"
#include "base/text.h"
#include "tests/fuzz/fuzz.h"
#include "tests/fuzz/mutate.h"
#include "tests/fuzz/pool.h"

#define BATCH_RUNS 2000
#define HANG_SECONDS 20

int LLVMFuzzerInitialize(int *argc, char ***argv) __attribute__((weak));
void __lsan_do_leak_check(void) __attribute__((weak));

struct shared {
	uint64_t runs;
	size_t size;
	uint8_t input[FUZZ_INPUT_MAX];
};

struct fuzz {
	const char *name;
	struct shared *shared;
	struct fuzz_pool pool;
	uint64_t seed, max_runs;
	int64_t deadline;
};

static uint64_t setting(const char *name, uint64_t otherwise)
{
	const char *text = getenv(name);

	return text && *text ? strtoull(text, NULL, 10) : otherwise;
}

/* The target gets a block of exactly the input's size, so that ASan sees one byte too far. */
static void run_one(struct shared *shared)
{
	uint8_t *exact = malloc(shared->size ? shared->size : 1);

	if (!exact)
		_exit(1);
	memcpy(exact, shared->input, shared->size);
	(void)alarm(HANG_SECONDS);
	(void)LLVMFuzzerTestOneInput(exact, shared->size);
	(void)alarm(0);
	free(exact);
	shared->runs++;
}

static void load(struct shared *shared, const struct fuzz_text *text)
{
	memcpy(shared->input, text->data, text->size);
	shared->size = text->size;
}

static bool is_over(const struct fuzz *fuzz)
{
	return !hd_ms_left(fuzz->deadline) ||
	       (fuzz->max_runs && fuzz->shared->runs >= fuzz->max_runs);
}

/* Batch 0 is the corpus as it is; the others damage it, each with a state of its own. */
static void run_batch(const struct fuzz *fuzz, uint64_t batch)
{
	uint64_t state = (fuzz->seed << 32) + batch * 0x9e3779b97f4a7c15ull + 1;
	size_t n = batch ? BATCH_RUNS : fuzz->pool.n_texts;

	for (size_t i = 0; i < n && !(batch && is_over(fuzz)); i++) {
		size_t pick = batch ? fuzz_random(&state, fuzz->pool.n_texts) : i;

		load(fuzz->shared, &fuzz->pool.texts[pick]);
		if (batch)
			fuzz->shared->size = fuzz_mutate(fuzz->shared->input, fuzz->shared->size,
							 &fuzz->pool, &state);
		run_one(fuzz->shared);
	}
	if (__lsan_do_leak_check)
		__lsan_do_leak_check();
}

/* Returns the child's wait status. */
static int fork_batch(const struct fuzz *fuzz, uint64_t batch)
{
	pid_t pid;
	int status;

	(void)fflush(NULL);
	pid = fork();
	if (pid < 0)
		return W_EXITCODE(1, 0);
	if (pid == 0) {
		run_batch(fuzz, batch);
		_exit(0);
	}
	while (waitpid(pid, &status, 0) < 0)
		if (errno != EINTR)
			return W_EXITCODE(1, 0);
	return status;
}

static void keep_input(const struct fuzz *fuzz)
{
	const struct shared *shared = fuzz->shared;
	char path[128];
	FILE *file;

	(void)snprintf(path, sizeof(path), "fuzz-%s-%" PRIu64 "-%" PRIu64 ".input", fuzz->name,
		       fuzz->seed, shared->runs);
	file = fopen(path, "we");
	if (!file || fwrite(shared->input, 1, shared->size, file) != shared->size ||
	    fclose(file))
		printf("# the input could not be written to %s: %s\n", path, strerror(errno));
	else
		printf("# the input is in %s; run it again: tests/fuzz_%s --run %s\n", path,
		       fuzz->name, path);
}

static const char *verdict_of(int status)
{
	if (WIFSIGNALED(status) && WTERMSIG(status) == SIGALRM)
		return "hang";
	return WIFSIGNALED(status) ? strsignal(WTERMSIG(status)) : "bad exit";
}

static int fuzz_all(struct fuzz *fuzz)
{
	int64_t start = hd_now_ms();
	int status = 0;

	fuzz->seed = setting("FUZZ_SEED", 1);
	fuzz->max_runs = setting("FUZZ_RUNS", 0);
	fuzz->deadline = start + (int64_t)setting("FUZZ_SECONDS", 1) * 1000;
	printf("1..1\n# fuzz %s: %zu files, %zu words, seed %" PRIu64 "\n", fuzz->name,
	       fuzz->pool.n_texts, fuzz->pool.n_words, fuzz->seed);
	for (uint64_t batch = 0; status == 0 && (!batch || !is_over(fuzz)); batch++)
		status = fork_batch(fuzz, batch);
	if (status)
		keep_input(fuzz);
	printf("%s 1 - fuzz %s: %" PRIu64 " inputs in %.1f s%s%s\n",
	       status ? "not ok" : "ok", fuzz->name, fuzz->shared->runs,
	       (double)(hd_now_ms() - start) / 1000, status ? ": " : "",
	       status ? verdict_of(status) : "");
	return status ? 1 : 0;
}

/* Runs files in this process, for a debugger. */
static int run_files(struct shared *shared, char **paths)
{
	for (; *paths; paths++) {
		struct fuzz_text text = { 0 };

		if (!fuzz_pool_read_file(*paths, &text)) {
			(void)fprintf(stderr, "cannot read %s: %s\n", *paths, strerror(errno));
			return 2;
		}
		load(shared, &text);
		run_one(shared);
		free(text.data);
	}
	return 0;
}

static void fuzz_done(struct fuzz *fuzz)
{
	fuzz_pool_done(&fuzz->pool);
}

/* "domain" of "tests/fuzz_domain". */
static const char *name_of(const char *program)
{
	const char *slash = strrchr(program, '/');
	const char *name = slash ? slash + 1 : program;

	return hd_text_starts_with(name, "fuzz_") ? name + strlen("fuzz_") : name;
}

int main(int argc, char **argv)
{
	_cleanup_(fuzz_done) struct fuzz fuzz = { .name = name_of(argv[0]) };
	char dir[PATH_MAX], dict[PATH_MAX];

	fuzz.shared = mmap(NULL, sizeof(*fuzz.shared), PROT_READ | PROT_WRITE,
			   MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (fuzz.shared == MAP_FAILED)
		return 99;
	if (LLVMFuzzerInitialize)
		(void)LLVMFuzzerInitialize(&argc, &argv);
	if (argc > 2 && !strcmp(argv[1], "--run"))
		return run_files(fuzz.shared, argv + 2);
	(void)snprintf(dir, sizeof(dir), SRCDIR "/tests/fuzz/corpus/%s", fuzz.name);
	(void)snprintf(dict, sizeof(dict), SRCDIR "/tests/fuzz/dict/%s.dict", fuzz.name);
	fuzz_pool_read(&fuzz.pool, argc > 1 ? argv[1] : dir, dict);
	if (!fuzz.pool.n_texts) {
		printf("Bail out! no corpus in %s\n", argc > 1 ? argv[1] : dir);
		return 99;
	}
	return fuzz_all(&fuzz);
}
