/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * bench_run.c - runs commands in turn, many times, and prints the median of each.
 *
 * usage: bench_run RUNS INPUT -- LABEL [NAME=VALUE] COMMAND... [++ COMMAND...] [-- LABEL ...]
 *
 * Taking turns spreads what else the machine does over all of them.  What
 * follows ++ is run afterwards, with the same variable, and not measured.  What
 * the commands print is dropped.  Ends with 1 if one of them failed.  Links libc
 * alone: a child's peak memory counts what its parent had when it was made.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define MAX_CASES 16
#define MAX_RUNS 1001

extern char **environ;

struct bench {
	const char *label;
	char **command, **after, **env;
	int64_t us[MAX_RUNS];
	long peak_kib;
	int status;
};

static int64_t now_us(void)
{
	struct timespec now;

	(void)clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

static int run(char **command, char **env, const char *input, struct rusage *usage)
{
	int status;
	pid_t pid = vfork();

	if (!pid) {
		int in = open(input, O_RDONLY | O_CLOEXEC);
		int out = open("/dev/null", O_WRONLY | O_CLOEXEC);

		if (in >= 0 && out >= 0 && dup2(in, STDIN_FILENO) >= 0 &&
		    dup2(out, STDOUT_FILENO) >= 0)
			(void)execve(command[0], command, env);
		_exit(127);
	}
	if (pid < 0 || wait4(pid, &status, 0, usage) != pid)
		return 126;
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

static void measure(struct bench *bench, int at, const char *input)
{
	struct rusage usage = { 0 };
	int64_t start = now_us();

	bench->status |= run(bench->command, bench->env, input, &usage);
	bench->us[at] = now_us() - start;
	if (usage.ru_maxrss > bench->peak_kib)
		bench->peak_kib = usage.ru_maxrss;
	if (bench->after)
		bench->status |= run(bench->after, bench->env, input, &usage);
}

static int ascending(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return (x > y) - (x < y);
}

/* The environment, with VARIABLE before it: the first of a name counts. */
static char **env_with(char *variable)
{
	size_t n = 0;
	char **env;

	while (environ[n])
		n++;
	env = calloc(n + 2, sizeof(*env));
	if (!env)
		exit(2);
	env[0] = variable;
	memcpy(env + 1, environ, n * sizeof(*env));
	return env;
}

/* Cuts the words at "--" (which WORDS begins with) and "++". Returns how many cases there are. */
static int split(struct bench *benches, char **words)
{
	struct bench *bench = benches;

	for (; *words && bench < benches + MAX_CASES; words++) {
		if (!strcmp(*words, "--")) {
			bench->label = words[1];
			bench->command = words + 2;
			bench->env = environ;
			if (words[1] && words[2] && strchr(words[2], '='))
				bench->env = env_with(*bench->command++);
			bench++;
		} else if (!strcmp(*words, "++")) {
			bench[-1].after = words + 1;
		} else {
			continue;
		}
		*words = NULL;
	}
	return (int)(bench - benches);
}

/* Returns whether all have ended with 0. */
static bool print(struct bench *benches, int n, int runs)
{
	bool is_good = true;
	double base = 0;

	printf("%-44s %9s %9s %7s %9s\n", "", "median", "fastest", "ratio", "peak");
	for (int i = 0; i < n; i++) {
		struct bench *b = &benches[i];
		double median;

		qsort(b->us, (size_t)runs, sizeof(*b->us), ascending);
		median = (double)b->us[runs / 2];
		base = i ? base : median;
		printf("%-44s %6.2f ms %6.2f ms %7.2f %5.1f MiB%s\n", b->label, median / 1000,
		       (double)b->us[0] / 1000, median / base, (double)b->peak_kib / 1024,
		       b->status ? "  FAILED" : "");
		is_good &= !b->status;
	}
	return is_good;
}

int main(int argc, char **argv)
{
	static struct bench benches[MAX_CASES];
	int runs = argc > 4 ? (int)strtol(argv[1], NULL, 10) : 0, n;

	if (runs < 1 || runs > MAX_RUNS || strcmp(argv[3], "--"))
		return 2;
	n = split(benches, argv + 3);
	for (int i = 0; i < runs; i++)
		for (int k = 0; k < n; k++)
			measure(&benches[k], i, argv[2]);
	return print(benches, n, runs) ? 0 : 1;
}
