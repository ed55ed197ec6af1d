/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * tracer.h - runs a function in a process that dies at its Nth system call.
 *
 * ptrace(2) stops the process and all that it forks at each call's entry: a
 * SIGKILL there is a crash between any two things that the world can see.
 */
#pragma once

#include <signal.h>
#include <stdbool.h>
#include <sys/ptrace.h>

/* A stop at a call's entry, in what waitpid(2) says above its lowest byte. */
#define TRACER_CALL (SIGTRAP | PTRACE_EVENT_SECCOMP << 8)

/*
 * From here on the tracer (with PTRACE_O_TRACESECCOMP) sees one stop for each call of this process
 * and its children, at its entry; PTRACE_SYSCALL has a second one at its return.
 */
bool tracer_stop_at_calls(void);

enum tracer_victim {
	TRACER_ALL,		/* all processes, at the Nth call of any (a host's OOM, a cgroup) */
	TRACER_FIRST,		/* the first process at its Nth call; its children go on */
	TRACER_CHILD,		/* the child that makes the Nth call of all children */
};

struct tracer_result {
	int calls;		/* that counted, up to the end or the kill */
	bool is_killed;
	int exit_code;		/* of the first process; -1 if it was killed */
	int processes;		/* that there were */
	int opens;		/* of files and directories but /dev/null, by all processes */
	int listings;		/* getdents64(2) */
	int looks;		/* at a name without opening it: stat(2), readlink(2) */
	bool forks_unsynced;	/* it forked after a write(2) without fdatasync(2) */
};

/* Can we trace at all here?  RUN may also execute a program. */
bool tracer_works(void);

/* Runs RUN(ARG) until all its processes have ended. KILL_AT 0: nobody is killed. */
void tracer_run(int (*run)(void *arg), void *arg, enum tracer_victim victim, int kill_at,
		struct tracer_result *ret);
