/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * hang.h - runs a program of which one system call never ends.
 *
 * ptrace(2) stops the process at the call's entry and never lets it go on: it then is as
 * one that sleeps in the kernel where no signal reaches it.  A SIGKILL leads it to the stop
 * at its exit, where it still has all its descriptors and is not a zombie.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#define HANG_KEYS 1024
#define HANG_TASKS 64

/* Calls of the same kind: by process, number, and the end of the path if they have one. */
struct hang_key {
	int depth;		/* 0: the program, 1: its children, 2: theirs and all below */
	long number;
	char path[64];		/* "" if it has none; digits are '#' */
	bool has_settings;	/* made after the settings had been opened */
	bool has_limits;	/* made after they had been read: they limit this call */
	int n;			/* how often */
};

bool hang_is_same(const struct hang_key *a, const struct hang_key *b);

struct hang_keys {
	struct hang_key keys[HANG_KEYS];
	int n;
};

struct hang_run {
	bool is_hung;		/* the call was made */
	int64_t hung_ms;	/* until then */
	bool has_ended;		/* the program, within the limit */
	int status;		/* its exit status; 128 + N when a signal ended it */
	int64_t ms;		/* until its end */
	bool is_silent;		/* nobody has its standard error any more */
	char err[8192];		/* what it wrote there */
	char bad[256];		/* a call of the program that may hang itself, or "" */
	pid_t left[HANG_TASKS];	/* processes of it that have not ended */
	int n_left;
};

/*
 * Runs RUN(ARG, ERR), which executes the program with ERR as its standard error, and hangs the
 * call number NTH (from 1) of the kind KEY; NULL: none.  Waits at most LIMIT_MS for its end.
 * Whatever hangs stays so until hang_finish().  KEYS gets all calls that were made.
 */
void hang_start(void (*run)(void *arg, int err), void *arg, const struct hang_key *key, int nth,
		int64_t limit_ms, struct hang_keys *keys, struct hang_run *ret);

/* All that is left dies. */
void hang_finish(const struct hang_run *run);

/*
 * Calls TRY(DATA, I) for all I below N, many at the same time, each in a process of its own:
 * they sleep nearly all of the time.  Counts its answers: 0 good, 1 bad, 2 not come to.
 */
void hang_pool(int (*try)(const void *data, int i), const void *data, int n, int counts[static 3]);
